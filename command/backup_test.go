package command

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"duban/register/postgrestest"
)

// script runs one of deploy's against a database and tells what it said.
func script(t *testing.T, database string, env []string, name string, args ...string) (string, error) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	host, port := u.Query().Get("host"), u.Query().Get("port")
	if host == "" {
		host, port = u.Hostname(), u.Port()
	}
	password, _ := u.User.Password()
	c := exec.CommandContext(t.Context(), filepath.Join("..", "deploy", name), args...)
	c.Env = append(os.Environ(), "PGHOST="+host, "PGPORT="+port, "PGUSER="+u.User.Username(), "PGPASSWORD="+password, "PGDATABASE="+strings.TrimPrefix(u.Path, "/"))
	c.Env = append(c.Env, env...)
	out, err := c.CombinedOutput()
	return string(out), err
}

func sql(t *testing.T, database string, statements ...string) (got string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, s := range statements {
		rows, err := conn.Query(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			if err := rows.Scan(&got); err != nil {
				t.Fatal(err)
			}
		}
		if rows.Err() != nil {
			t.Fatalf("%s: %v", s, rows.Err())
		}
	}
	return got
}

// A backup is put into another database, with its secret, and the register there is whole: verify is clean, and the
// pin on a receipt fits. So are Temporal's two schemas.
func TestBackupAndRestore(t *testing.T) {
	from, to, backups := postgrestest.Start(t), postgrestest.Start(t), t.TempDir()
	secretFile := write(t, "secret", secret+"\n")
	flags := []string{"--database", from, "--secret-file", secretFile}
	if got := run(t, append([]string{"migrate"}, flags...)...); got.status != exitOK {
		t.Fatalf("migrate: status %d, %s", got.status, got.err)
	}
	filed := aComplaint(t, opened(t, flags))
	temporal := []string{"CREATE SCHEMA temporal", "CREATE SCHEMA temporal_visibility"}
	sql(t, from, append(temporal, "CREATE TABLE temporal.executions AS SELECT 'kept'::text AS run", "CREATE TABLE temporal_visibility.lists AS SELECT 'kept'::text AS run")...)
	sql(t, to, temporal...) // as a new database has them

	env := []string{"BACKUPS=" + backups, "REGISTER_SECRET_FILE=" + secretFile, "KEEP_DAYS=14"}
	for _, name := range []string{"2020-01-01T000000Z", "2020-01-02T000000Z"} {
		old := filepath.Join(backups, name)
		if err := os.Mkdir(old, 0o700); err != nil {
			t.Fatal(err)
		}
		if age := time.Now().AddDate(0, 0, -15); name[9] == '1' {
			if err := os.Chtimes(old, age, age); err != nil {
				t.Fatal(err)
			}
		}
	}
	if out, err := script(t, from, env, "backup.sh", "once"); err != nil {
		t.Fatalf("backup: %v\n%s", err, out)
	}
	made, err := filepath.Glob(filepath.Join(backups, "*"))
	if err != nil || len(made) != 2 || filepath.Base(made[0]) != "2020-01-02T000000Z" {
		t.Fatalf("what is older than 14 days goes, and nothing else: %v, %v", made, err)
	}
	backup := made[1]

	if out, err := script(t, from, nil, "restore.sh", backup); err == nil || !strings.Contains(out, "already") {
		t.Errorf("restored over what was there: %v %s", err, out)
	}
	if out, err := script(t, to, nil, "restore.sh", backup); err != nil {
		t.Fatalf("restore: %v\n%s", err, out)
	}
	restored := []string{"--database", to, "--secret-file", filepath.Join(backup, "register-secret")}
	if got := run(t, append([]string{"verify"}, restored...)...); got.status != exitOK || !strings.Contains(got.out+got.err, "0 violations") {
		t.Errorf("verify: status %d, %s%s", got.status, got.out, got.err)
	}
	r := opened(t, restored)
	if got, err := r.Track(t.Context(), filed.Number, filed.Pin); err != nil || got.Number != filed.Number {
		t.Errorf("the receipt: %+v, %v", got, err)
	}
	for _, table := range []string{"temporal.executions", "temporal_visibility.lists"} {
		if got := sql(t, to, "SELECT run FROM "+table); got != "kept" {
			t.Errorf("%s: %q", table, got)
		}
	}

	if err := os.WriteFile(filepath.Join(backup, "register-secret"), []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := script(t, to, nil, "restore.sh", backup); err == nil || !strings.Contains(out, "register-secret") {
		t.Errorf("a backup that was touched: %v %s", err, out)
	}
}

// A backup that fails leaves no folder that looks like one, and takes no older one away.
func TestBackupThatFails(t *testing.T) {
	database, backups := postgrestest.Start(t), t.TempDir()
	old := filepath.Join(backups, "2020-01-01T000000Z")
	if err := os.Mkdir(old, 0o700); err != nil {
		t.Fatal(err)
	}
	env := []string{"BACKUPS=" + backups, "REGISTER_SECRET_FILE=" + filepath.Join(t.TempDir(), "none"), "KEEP_DAYS=0"}
	if out, err := script(t, database, env, "backup.sh", "once"); err == nil {
		t.Errorf("a backup without the secret: %s", out)
	}
	whole, err := filepath.Glob(filepath.Join(backups, "20*Z"))
	if err != nil || len(whole) != 1 || whole[0] != old {
		t.Errorf("left %v, %v", whole, err)
	}
}
