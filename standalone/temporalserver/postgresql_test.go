package temporalserver_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"

	"duban/register/postgrestest"
	"duban/standalone/temporalserver"
)

func execute(t *testing.T, database string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, statement := range statements {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func ask(t *testing.T, database, question string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var answer string
	if err := conn.QueryRow(t.Context(), question).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return answer
}

// The last version of each schema is taken back by hand, as an installation of an older server has it.
func TestAnOlderSchemaIsUpgraded(t *testing.T) {
	database := postgrestest.Start(t)
	stop(t, start(t, temporalserver.Config{DatabaseURL: database}))
	const versions = `SELECT (SELECT curr_version FROM temporal.schema_version) || ' ' || (SELECT curr_version FROM temporal_visibility.schema_version)`
	newest := ask(t, database, versions)
	if newest != "1.19 1.14" {
		t.Fatalf("a new installation has the versions %s; this test takes back 1.19 and 1.14", newest)
	}
	const all = `SELECT string_agg(concat_ws(' ', table_schema, table_name, column_name, data_type), E'\n' ORDER BY table_schema, table_name, column_name)
		FROM information_schema.columns WHERE table_schema LIKE 'temporal%'`
	const indexes = `SELECT string_agg(indexdef, E'\n' ORDER BY indexdef) FROM pg_indexes WHERE schemaname LIKE 'temporal%'`
	columns, indexed := ask(t, database, all), ask(t, database, indexes)
	execute(t, database,
		`DROP TABLE temporal.current_chasm_executions`,
		`UPDATE temporal.schema_version SET curr_version = '1.18'`,
		`ALTER TABLE temporal_visibility.executions_visibility DROP COLUMN TemporalExternalPayloadSizeBytes, DROP COLUMN TemporalExternalPayloadCount`,
		`UPDATE temporal_visibility.schema_version SET curr_version = '1.13'`)

	stop(t, start(t, temporalserver.Config{DatabaseURL: database}))
	if got := ask(t, database, versions); got != newest {
		t.Errorf("after the upgrade the versions are %s", got)
	}
	if got := ask(t, database, all); got != columns {
		t.Errorf("the upgrade made other columns:\n%s\nnot\n%s", got, columns)
	}
	if got := ask(t, database, indexes); got != indexed {
		t.Errorf("the upgrade made other indexes:\n%s\nnot\n%s", got, indexed)
	}
}

// A bureau's database belongs to an ordinary user, and nothing in a name may break the way to it.
func TestTheOwnerOfADatabaseWithAnyNameIsEnough(t *testing.T) {
	admin := postgrestest.Start(t)
	own, err := url.Parse(admin)
	if err != nil {
		t.Fatal(err)
	}
	name := own.Path[1:] + " 督/办?"
	const owner = "o:w n@e/r"
	execute(t, admin,
		`CREATE ROLE "`+owner+`" LOGIN PASSWORD 'p&=%41 ?'`,
		`CREATE DATABASE "`+name+`" OWNER "`+owner+`"`)
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), admin)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		for _, drop := range []string{`DROP DATABASE "` + name + `" WITH (FORCE)`, `DROP ROLE "` + owner + `"`} {
			if _, err := conn.Exec(context.Background(), drop); err != nil {
				t.Error(err)
			}
		}
	})
	own.User, own.Path = url.UserPassword(owner, "p&=%41 ?"), "/"+name
	parameters := own.Query()
	parameters.Del("sslmode")
	own.RawQuery = parameters.Encode()

	server := start(t, temporalserver.Config{DatabaseURL: own.String()})
	y := connect(t, server.Address())
	y.signalWithStart("complaint/1", 2)
	if sum := y.result("complaint/1"); sum != 2 {
		t.Errorf("the sum is %d, not 2", sum)
	}
	y.disconnect()
	stop(t, server)
	if owns := ask(t, own.String(), `SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname LIKE 'temporal%'`); owns != "temporal,temporal_visibility" {
		t.Errorf("the schemas are %s", owns)
	}
	if where := ask(t, own.String(), `SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'btree_gin'`); where != "public" {
		t.Errorf("btree_gin is in %s", where)
	}
}
