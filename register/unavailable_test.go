package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
	"duban/register/postgrestest"
)

// trouble makes a register's database unable to do what is asked, until end.
type trouble func(t *testing.T, r *Register) (end func())

func saying(begin, end string) trouble {
	return func(t *testing.T, r *Register) func() {
		ok(t, r.db.Exec(begin).Error)
		return func() { ok(t, r.db.Exec(end).Error) }
	}
}

// What can't be written now is ErrUnavailable, Ready says so, and once it is over the same key gets
// its receipt. Each trouble is the database's own.
func TestWhatCanNotBeWrittenNow(t *testing.T) {
	for name, x := range map[string]struct {
		on, add string // which database, and what is added to its URL
		trouble trouble
	}{
		"full":           {"sqlite", "", full},
		"read-only file": {"sqlite", "", saying("PRAGMA query_only = 1", "PRAGMA query_only = 0")},
		"locked file":    {"sqlite", "", lockedByAnother},
		"read-only":      {"postgres", "", saying("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")},
		"locked":         {"postgres", "&lock_timeout=50ms", lockedByAnother},
	} {
		t.Run(x.on+" "+name, func(t *testing.T) {
			t.Parallel()
			address := fresh(t, x.on)
			open(t, address, Config{}) // with its people
			r := must(Open(t.Context(), Config{URL: address + x.add, Secret: secret, MaxConns: 1, Attempts: 1}))(t)
			defer func() { ok(t, r.Close()) }()
			was := must(r.File(t.Context(), aComplaint("before")))(t)
			ready(t, r, nil)

			end := x.trouble(t, r)
			_, err := r.File(t.Context(), aComplaint("1"))
			isErr(t, err, ErrUnavailable)
			letter := casefile.Body{Text: strings.Repeat("x", 9000)} // more than a page may have left
			_, err = r.Receive(t.Context(), PaperIn{Owner: "o1", Key: "k", Case: was.Case, Name: "letter", By: casefile.Actor{Sender: "complainant"}, Body: letter})
			isErr(t, err, ErrUnavailable)
			isErr(t, makeAct(t.Context(), r, testLaw(t), ActIn{Owner: "o1", Key: "k", Case: was.Case, Name: "accept", By: officer}), ErrUnavailable)
			ready(t, r, ErrUnavailable)

			end()
			ready(t, r, nil)
			if in := must(r.File(t.Context(), aComplaint("1")))(t); in.Again {
				t.Error("a filing that could not be written was taken")
			}
			clean(t, r)
		})
	}
}

// ready looks at the register anew.
func ready(t *testing.T, r *Register, want error) {
	t.Helper()
	r.probe.at = time.Time{}
	if err := r.Ready(t.Context()); want == nil {
		ok(t, err)
	} else {
		isErr(t, err, want)
	}
}

// full leaves the file no page.
func full(t *testing.T, r *Register) func() {
	ok(t, r.db.Exec("PRAGMA max_page_count = 1").Error) // it stays as long as it is
	for n := range 1000 {
		if _, err := r.File(t.Context(), aComplaint(fmt.Sprint("fill", n))); err != nil {
			return func() { ok(t, r.db.Exec("PRAGMA max_page_count = 1000000").Error) }
		}
	}
	t.Fatal("the file does not fill")
	return nil
}

// lockedByAnother has another program hold what everybody needs.
func lockedByAnother(t *testing.T, r *Register) func() {
	if r.sqlite() {
		ok(t, r.db.Exec("PRAGMA busy_timeout = 50").Error)
	}
	other := must(Open(t.Context(), Config{URL: addressOf(t, r), Secret: secret}))(t)
	held := other.db.Begin()
	ok(t, held.Error)
	if !r.sqlite() {
		ok(t, held.Exec("LOCK TABLE papers, acts, probes").Error)
	}
	return func() {
		ok(t, held.Rollback().Error)
		ok(t, other.Close())
	}
}

// addressOf finds the database of a register again.
func addressOf(t *testing.T, r *Register) string {
	t.Helper()
	var file string
	if r.sqlite() {
		ok(t, r.db.Raw("SELECT file FROM pragma_database_list").Scan(&file).Error)
		return "sqlite:" + file
	}
	var at struct{ Folder, Name string }
	ok(t, r.db.Raw("SELECT current_setting('unix_socket_directories') AS folder, current_database() AS name").Scan(&at).Error)
	return "postgres://postgres@/" + at.Name + "?host=" + at.Folder
}

// What PostgreSQL says when it can't, by the classes of its codes.
func TestWhatPostgreSQLCanNotDoNow(t *testing.T) {
	t.Parallel()
	address := fresh(t, "postgres")
	r := open(t, address, Config{})
	for class, x := range map[string]struct{ add, statement string }{
		"53 too much for a temporary file": {"&temp_file_limit=64kB&work_mem=64kB", "SELECT count(*) FROM (SELECT g FROM generate_series(1, 200000) g ORDER BY md5(g::text) OFFSET 0) s"},
		"57 took too long":                 {"&statement_timeout=50ms", "SELECT pg_sleep(60)"},
		"58 no such file":                  {"", "SELECT pg_read_file('no such file')"},
		"25 stood still in a transaction":  {"&idle_in_transaction_session_timeout=50ms", ""},
		"57 terminated":                    {"", "SELECT pg_terminate_backend(pg_backend_pid())"},
	} {
		other := must(Open(t.Context(), Config{URL: address + x.add, Secret: secret}))(t)
		defer func() { ok(t, other.Close()) }()
		err := other.write(t.Context(), func(tx *gorm.DB) error {
			if x.statement != "" {
				return tx.Exec(x.statement).Error
			}
			var pid int
			ok(t, tx.Raw("SELECT pg_backend_pid()").Scan(&pid).Error)
			waitFor(t, func() bool { // it is ended by its server
				var n int64
				ok(t, r.db.Raw("SELECT count(*) FROM pg_stat_activity WHERE pid = ?", pid).Scan(&n).Error)
				return n == 0
			})
			return tx.Exec("SELECT 1").Error
		})
		t.Logf("%s: %v", class, err)
		isErr(t, err, ErrUnavailable)
	}
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	isErr(t, r.db.WithContext(soon).Exec("SELECT pg_sleep(60)").Error, ErrUnavailable)
}

// A connection that is taken away under a turn: what it has done is undone, and the next goes on.
func TestConnectionCutUnderATurn(t *testing.T) {
	r := open(t, fresh(t, "postgres"), Config{})
	in := must(r.File(t.Context(), aComplaint("1")))(t)
	err := r.Turn(t.Context(), Ask{Case: in.Case, Papers: 10}, func(tn *Turn) error {
		var pid int
		if err := tn.tx.Raw("SELECT pg_backend_pid()").Scan(&pid).Error; err != nil {
			return err
		}
		ok(t, r.db.Exec("SELECT pg_terminate_backend(?, 10000)", pid).Error)
		return tn.Enter(entry(tn, "x"))
	})
	isErr(t, err, ErrUnavailable)
	settle(t, r, in.Case, "")
	clean(t, r)
}

// Who is not let in, and why.
func TestWhoIsNotLetIn(t *testing.T) {
	t.Parallel()
	address := fresh(t, "postgres")
	r := open(t, address, Config{})
	name := strings.ToLower(t.Name())
	for _, s := range []string{
		"CREATE ROLE " + name + "_full LOGIN CONNECTION LIMIT 0",
		"CREATE ROLE " + name + "_shut NOLOGIN",
	} {
		ok(t, r.db.Exec(s).Error)
	}
	for why, as := range map[string]string{"53 too many connections": name + "_full", "28 may not log in": name + "_shut", "28 unknown": name + "_none"} {
		u := must(url.Parse(address))(t)
		u.User = url.User(as)
		_, err := Open(t.Context(), Config{URL: u.String(), Secret: secret})
		t.Logf("%s: %v", why, err)
		isErr(t, err, ErrUnavailable)
	}
	ok(t, r.db.Exec("DROP ROLE "+name+"_full, "+name+"_shut").Error)
	_, err := Open(t.Context(), Config{URL: "postgres://postgres@/x?host=" + t.TempDir(), Secret: secret})
	isErr(t, err, ErrUnavailable)
}

// A server that is stopped takes the connections with it, and gives new ones when it is back.
func TestPostgreSQLCrashes(t *testing.T) {
	address, stop, err := postgrestest.Open()
	ok(t, err)
	t.Cleanup(func() { ok(t, stop()) })
	r := open(t, address, Config{})
	must(r.File(t.Context(), aComplaint("1")))(t)
	ok(t, postgrestest.Crash(address))
	ready(t, r, nil)
	must(r.File(t.Context(), aComplaint("2")))(t)
	clean(t, r)
}

// What is only read, row by row, says so too when the server is gone.
func TestServerThatIsGone(t *testing.T) {
	address, stop, err := postgrestest.Open()
	ok(t, err)
	r := open(t, address, Config{})
	ok(t, stop())
	_, err = r.Authenticate(t.Context(), "a secret")
	isErr(t, err, ErrUnavailable)
	_, err = r.Tree(t.Context())
	isErr(t, err, ErrUnavailable)
}

// A transaction whose time is up between two statements is ended under whoever makes it: that is no fault of
// his, and the same may be asked again.
func TestTimeUpBeforeTheCommit(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer stop()
		err := r.write(ctx, func(tx *gorm.DB) error {
			<-ctx.Done()
			waitFor(t, func() bool { return errors.Is(tx.WithContext(t.Context()).Exec("SELECT 1").Error, sql.ErrTxDone) })
			return nil
		})
		isErr(t, err, ErrUnavailable)
	})
}

// waitFor waits for a thing to be so.
func waitFor(t *testing.T, so func() bool) {
	t.Helper()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for ends := time.After(30 * time.Second); !so(); {
		select {
		case <-look.C:
		case <-ends:
			t.Fatal("it does not come to that")
		}
	}
}

// An error of the disk: the kernel lets the process make no file longer. The test runs itself in a
// process of its own, for which the bound is.
func TestDiskThatCanNotBeWritten(t *testing.T) {
	const variable = "DUBAN_TEST_SHORT_FILES"
	if folder := os.Getenv(variable); folder != "" {
		withShortFiles(t, folder)
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), variable+"="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func withShortFiles(t *testing.T, folder string) {
	r := open(t, "sqlite:"+filepath.Join(folder, "register.db"), Config{})
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	ok(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was))
	ok(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: was.Max}))
	_, err := r.File(t.Context(), aComplaint("1"))
	isErr(t, err, ErrUnavailable)
	ready(t, r, ErrUnavailable)
	ok(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was))
	ready(t, r, nil)
	must(r.File(t.Context(), aComplaint("1")))(t)
	clean(t, r)
}
