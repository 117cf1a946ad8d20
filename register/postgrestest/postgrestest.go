// Package postgrestest starts a throw-away PostgreSQL for tests and benchmarks from the server's installed binaries.
//
// The server listens on a unix socket only, in a temporary folder of its own, and ends with the process that started it,
// however that process ends: a small shell waits on a pipe that only this process holds open.
package postgrestest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// URLVariable names the environment variable that gives Start a running server instead of one of its own: the URL of a
// database whose user may create databases.
const URLVariable = "DUBAN_TEST_DATABASE_URL"

// shared is the one server of this process. It is held here until the process ends, and with it the guard's pipe.
var shared = sync.OnceValues(func() (*server, error) { return start(options{}) })

// Start returns the URL of a fresh, empty database, dropped again when tb ends. All databases of a process are in one
// server, started by the first call. A missing server fails the test: what runs on PostgreSQL must be tested on it.
func Start(tb testing.TB) string {
	tb.Helper()
	admin := os.Getenv(URLVariable)
	if admin == "" {
		s, err := shared()
		if err != nil {
			tb.Fatalf("start PostgreSQL for tests: %v", err)
		}
		admin = s.url
	}
	name := "duban_test_" + strings.ToLower(rand.Text())
	fresh, err := inDatabase(admin, name)
	if err != nil {
		tb.Fatal(err)
	}
	if err := execute(admin, "CREATE DATABASE "+name); err != nil {
		tb.Fatalf("create test database: %v", err)
	}
	tb.Cleanup(func() {
		// FORCE: a test may leave the connections of a killed process behind.
		if err := execute(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop test database: %v", err)
		}
	})
	return fresh
}

// Option changes the server that Open starts.
type Option func(*options)

type options struct {
	durable bool
	delay   time.Duration // of each wait for the disk
}

// Durable keeps fsync on, as a real installation has it: slower, and what a benchmark should measure.
func Durable() Option { return func(o *options) { o.durable = true } }

// SlowDisk is Durable on a disk that takes so much longer for each wait: strace, which has to be installed, holds the
// server's calls of fsync and fdatasync up, and no other.
func SlowDisk(delay time.Duration) Option {
	return func(o *options) { o.durable, o.delay = true, delay }
}

// Open starts a server of its own and returns the URL of its empty database. The caller calls stop when it is done; it
// stops the server and removes its data. Without that the server lives until the process ends.
func Open(opts ...Option) (url string, stop func() error, err error) {
	var o options
	for _, set := range opts {
		set(&o)
	}
	s, err := start(o)
	if err != nil {
		return "", nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return s.url, s.stop, nil
}

func inDatabase(admin, name string) (string, error) {
	u, err := url.Parse(admin)
	if err != nil {
		// The URL may hold a password, so url.Parse's error, which repeats it, is not shown.
		return "", fmt.Errorf("%s is not a URL", URLVariable)
	}
	u.Path = "/" + name
	return u.String(), nil
}

func execute(database, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}
