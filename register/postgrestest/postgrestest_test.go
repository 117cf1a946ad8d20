package postgrestest_test

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"duban/register/postgrestest"
)

func query(t *testing.T, database, statement string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var answer string
	if err := conn.QueryRow(t.Context(), statement).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestEachStartGivesAFreshDatabase(t *testing.T) {
	first, second := postgrestest.Start(t), postgrestest.Start(t)
	if a, b := query(t, first, "SELECT current_database()"), query(t, second, "SELECT current_database()"); a == b {
		t.Errorf("both calls gave database %s", a)
	}
	if n := query(t, second, "SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public'"); n != "0" {
		t.Errorf("a fresh database has %s tables", n)
	}
	if enc := query(t, first, "SHOW server_encoding"); enc != "UTF8" {
		t.Errorf("encoding is %s", enc)
	}
}

func TestOpenKeepsFsyncWhenAskedAndStopRemovesEverything(t *testing.T) {
	database, stop, err := postgrestest.Open(postgrestest.Durable())
	if err != nil {
		t.Fatal(err)
	}
	if v := query(t, database, "SHOW fsync"); v != "on" {
		t.Errorf("fsync is %s", v)
	}
	if v := query(t, database, "SHOW listen_addresses"); v != "" {
		t.Errorf("it listens on %s", v)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(u.Query().Get("host")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its folder is still there: %v", err)
	}
}
