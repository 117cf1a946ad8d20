// Package scripts_test tries the scripts that are more than a list of commands.
package scripts_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// chain is a module of five packages, each importing the one before, that no cache can know.
func chain(t *testing.T) (dir string) {
	dir = t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	write("go.mod", "module chain\n\ngo 1.26.8\n")
	write("a/a.go", "package a\n\nconst A = "+strconv.FormatInt(time.Now().UnixNano(), 10)+"\n")
	write("b/b.go", "package b\n\nimport \"chain/a\"\n\nconst B = a.A + 1\n")
	write("c/c.go", "package c\n\nimport \"chain/b\"\n\nconst C = b.B + 1\n")
	write("d/d.go", "package d\n\nimport \"chain/c\"\n\nconst D = c.C + 1\n")
	write("main.go", "package main\n\nimport \"chain/d\"\n\nfunc main() { println(d.D) }\n")
	return dir
}

// build starts scripts/build.sh on it, as make does, telling each tenth of a second.
func build(t *testing.T, dir string, env ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	script, err := filepath.Abs("build.sh")
	require.NoError(t, err)
	cmd := exec.Command(script, dir, filepath.Join(dir, "program"), ".", "why it takes long")
	cmd.Env = append(os.Environ(), append(env, "EVERY=0.1")...)
	said, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	return cmd, bufio.NewScanner(said)
}

// all is what it said, without the seconds.
func all(t *testing.T, dir string) (lines []string, err error) {
	t.Helper()
	cmd, said := build(t, dir)
	for said.Scan() {
		if line := said.Text(); strings.HasPrefix(line, "built ") || !strings.HasPrefix(line, "building ") {
			line, _, _ = strings.Cut(line, " compiled, ")
			lines = append(lines, line)
		}
	}
	require.NoError(t, said.Err())
	return lines, cmd.Wait()
}

// The third of five packages is held while it is compiled: two are behind it, and the script says so.
func TestABuildIsCountedWhileItRuns(t *testing.T) {
	dir := chain(t)
	held := filepath.Join(dir, "held")
	tool := filepath.Join(dir, "tool")
	require.NoError(t, os.WriteFile(held, nil, 0o644))
	require.NoError(t, os.WriteFile(tool, []byte(`#!/bin/sh
if [ "$TOOLEXEC_IMPORTPATH" = chain/c ] && [ "$2" != -V=full ]; then while [ -e `+held+` ]; do sleep 0.05; done; fi
exec "$@"
`), 0o755))
	flags := strings.TrimSpace(os.Getenv("GOFLAGS") + " -toolexec=" + tool)
	cmd, said := build(t, dir, "GOFLAGS="+flags)
	seen := ""
	for said.Scan() {
		seen += said.Text() + "\n"
		if strings.HasPrefix(said.Text(), "building program: package 3 of 5, 2 left, ") {
			require.NoError(t, os.Remove(held), "told twice")
			break
		}
	}
	require.NoFileExists(t, held, "it said only\n%s", seen)
	last := ""
	for said.Scan() {
		last = said.Text()
	}
	require.NoError(t, cmd.Wait())
	require.Contains(t, last, "built program: 5 packages compiled, ")
	require.NotContains(t, seen, "why", "five packages take no minutes")
}

func TestOnlyWhatIsCompiledIsCounted(t *testing.T) {
	dir := chain(t)
	lines, err := all(t, dir)
	require.NoError(t, err)
	require.Equal(t, []string{"built program: 5 packages"}, lines)

	lines, err = all(t, dir)
	require.NoError(t, err)
	require.Empty(t, lines, "nothing is left to compile, and nothing to say")

	require.NoError(t, os.WriteFile(filepath.Join(dir, "c", "more.go"), []byte("package c\n\nconst More = 1\n"), 0o644))
	lines, err = all(t, dir)
	require.NoError(t, err)
	require.Equal(t, []string{"built program: 3 packages"}, lines)
}

func TestAFailedBuildSaysWhyAndFails(t *testing.T) {
	dir := chain(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "c", "wrong.go"), []byte("package c\n\nconst Wrong = missing\n"), 0o644))
	lines, err := all(t, dir)
	require.Error(t, err)
	require.Equal(t, []string{"# chain/c", "c/wrong.go:3:15: undefined: missing"}, lines)
	require.NoFileExists(t, filepath.Join(dir, "program"))
}

// A call of go with other flags compiles the Temporal server once more.
func TestEveryScriptCallsGoWithTheSameFlags(t *testing.T) {
	scripts, err := filepath.Glob("*.sh")
	require.NoError(t, err)
	calls := regexp.MustCompile(`(?m)^[^#\n]*\bgo (build|run|test|vet|generate|list)\b`)
	seen := 0
	for _, name := range scripts {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		if calls.Match(text) {
			seen++
			require.Contains(t, string(text), "\nexport CGO_ENABLED=${CGO_ENABLED:-0} GOFLAGS=${GOFLAGS:--trimpath}\n", name)
			require.NotContains(t, string(text), "go build -trimpath", name)
		}
	}
	require.GreaterOrEqual(t, seen, 5, "scripts that call go")
	makefile, err := os.ReadFile("../Makefile")
	require.NoError(t, err)
	require.Contains(t, string(makefile), "\nexport CGO_ENABLED ?= 0\nexport GOFLAGS ?= -trimpath\n")
}
