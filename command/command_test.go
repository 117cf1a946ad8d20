package command

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// ran is what a command left.
type ran struct {
	status   int
	out, err string
}

func runWith(t *testing.T, env []string, args ...string) ran {
	t.Helper()
	var out, err bytes.Buffer
	now := func() time.Time { return time.Date(2026, time.March, 2, 1, 0, 0, 0, time.UTC) }
	status := Main(t.Context(), Terminal{Out: &out, Err: &err, Env: env, Now: now}, args...)
	return ran{status: status, out: out.String(), err: err.String()}
}

func run(t *testing.T, args ...string) ran {
	t.Helper()
	return runWith(t, nil, args...)
}

// write puts a file into a directory of the test's own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// golden compares with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", name, got, want)
	}
}

func TestWrongUsage(t *testing.T) {
	for _, args := range [][]string{
		{},
		{"nothing"},
		{"deadline", "--nothing"},
		{"deadline", "more"},
		{"deadline", "--from", "2026-02-02"},
		{"deadline", "--from", "2026-02-30", "--term", "15d"},
		{"deadline", "--from", "2026-02-02", "--term", "15"},
		{"deadline", "--from", "2026-02-02", "--term", "15d", "--roll=maybe"},
		{"deadline", "--from", "2026-02-02", "--term", "15d", "--lang", "fr"},
		{"regime"},
		{"regime", "chek"},
		{"regime", "check"},
		{"regime", "show", "nothing"},
		{"regime", "basis"},
		{"regime", "basis", "--type", "castle"},
		{"regime", "basis", "--type", "sight", "--regime", "telecom-2001"},
		{"regime", "basis", "--type", "sight", "--on", "soon"},
		{"regime", "basis", "--type", "sight", "--on", "2026-05-01", "--decided", "2026-04-30"},
		{"regime", "show", "telecom-2001", "--on", "yesterday"},
		{"key", "create"},
		{"key", "create", "--role", "king"},
		{"key", "create", "--role", "head"},
		{"key", "create", "--role", "admin", "--officer", "lin"},
		{"import", "complaints", "--map", "m.yaml"},
		{"import", "complaints", "f.csv"},
		{"import", "complaints", "f.csv", "--map", "m.yaml", "--concurrency", "0"},
		{"verify", "--log-level", "loud"},
		{"verify", "--log-format", "xml"},
		{"worker", "--smtp", "localhost"},
	} {
		got := run(t, args...)
		if got.status != exitUsage {
			t.Errorf("duban %s: status %d, %s", strings.Join(args, " "), got.status, got.err)
		}
		if !strings.Contains(got.err, "--help") {
			t.Errorf("duban %s does not point to the help: %s", strings.Join(args, " "), got.err)
		}
	}
}

// Every command says what it is for, and shows how.
func TestEveryCommandHasHelp(t *testing.T) {
	for _, c := range (&session{}).root().Commands() {
		all := append(c.Commands(), c)
		for _, c := range all {
			if c.Short == "" || !c.HasSubCommands() && c.Example == "" {
				t.Errorf("%s: no description or no example", c.CommandPath())
			}
			if got := run(t, append(strings.Fields(c.CommandPath())[1:], "--help")...); got.status != exitOK || got.err != "" {
				t.Errorf("%s --help: status %d, %s", c.CommandPath(), got.status, got.err)
			}
		}
	}
}
