// Package boundaries_test keeps the order of the packages: who may import whom, which libraries
// stay where, and that both modules stand on the same versions.
package boundaries_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// allowed says for each package which others of the installation it may import, from the bottom up.
// Imports go upward in this list only.
var allowed = []struct {
	name    string
	imports string
}{
	{"law/calendar", ""},
	{"law/checklist", ""},
	{"law/casefile", "law/calendar law/checklist"},
	{"law/plans", "law/calendar"},
	{"law/duties", "law/casefile law/calendar"},
	{"law/regimes", "law/casefile law/calendar"},
	{"law/draw", "law/calendar"},
	{"law/standards", "law/regimes law/casefile law/checklist law/calendar"},
	{"law/jurisdiction", "law/regimes law/casefile law/calendar"},
	{"law/phone", ""},
	{"register", "law/phone law/casefile law/jurisdiction law/draw law/plans law/duties law/calendar"},
	{"access", "law/casefile law/jurisdiction"},
	{"activities", "register law/jurisdiction law/standards law/regimes law/casefile law/checklist law/draw law/plans law/duties law/calendar"},
	{"workflows", "activities law/casefile"}, // of activities the names and what Settle takes and gives
	{"dispatch", "law/casefile law/calendar"},
	{"worker", "workflows activities register dispatch law/jurisdiction law/regimes law/casefile law/calendar"}, // of regimes only whether it reads what cases are pinned to
	{"docket", "access register law/jurisdiction law/standards law/regimes law/casefile law/checklist law/calendar"},
	{"office", "law/phone access docket activities register law/jurisdiction law/standards law/regimes law/casefile law/checklist law/draw law/plans law/duties law/calendar"},
	{"api/wire", ""},
	{"api", "api/wire access docket office law/casefile law/checklist law/draw law/plans law/duties law/calendar"},
	{"api/contract", "law/casefile law/checklist law/calendar"},
	{"api/client", ""},
	{"importer", "api/client law/calendar law/regimes"},
	{"setup", "access api docket office register law/jurisdiction law/regimes law/casefile"},
	{"command", "access setup api api/client importer dispatch docket office register worker workflows law/calendar law/casefile law/checklist law/draw law/jurisdiction law/regimes law/standards"},
	{"cmd/duban", "command"},
	{"register/postgrestest", ""},
	{"examples", ""},
	{"boundaries", ""},
	{"scripts", ""},
}

// banned are libraries that may not even be reached through others, by the path they begin with.
var banned = map[string][]string{
	"law/calendar":          {"gorm.io/", "github.com/", "go.temporal.io/", "golang.org/", "modernc.org/"}, // standard library only
	"law/plans":             {"gorm.io/", "github.com/", "go.temporal.io/", "golang.org/", "modernc.org/"},
	"law/duties":            {"gorm.io/", "github.com/", "go.temporal.io/", "golang.org/", "modernc.org/"},
	"law/checklist":         {"gorm.io/", "github.com/", "go.temporal.io/", "golang.org/", "modernc.org/"},
	"law/casefile":          {"gorm.io/", "github.com/", "go.temporal.io/", "golang.org/", "modernc.org/"},
	"law/draw":              {"gorm.io/", "github.com/", "go.temporal.io/", "golang.org/", "modernc.org/"},
	"law/regimes":           {"gorm.io/", "github.com/labstack/", "go.temporal.io/", "github.com/jackc/"},
	"law/standards":         {"gorm.io/", "github.com/labstack/", "go.temporal.io/", "github.com/jackc/"},
	"register":              {"go.temporal.io/", "github.com/labstack/"},
	"activities":            {"go.temporal.io/", "github.com/labstack/"},
	"dispatch":              {"gorm.io/", "go.temporal.io/", "github.com/labstack/", "github.com/jackc/"},
	"access":                {"gorm.io/", "go.temporal.io/", "github.com/labstack/", "github.com/jackc/", "modernc.org/"},
	"docket":                {"go.temporal.io/", "github.com/labstack/"},
	"office":                {"github.com/labstack/", "duban/workflows", "duban/worker"},
	"worker":                {"github.com/labstack/", "duban/api"},
	"importer":              {"gorm.io/", "go.temporal.io/", "github.com/labstack/", "github.com/jackc/", "duban/register"},
	"api/client":            {"gorm.io/", "go.temporal.io/", "github.com/labstack/", "github.com/jackc/"},
	"register/postgrestest": {"gorm.io/", "go.temporal.io/", "duban/"},
}

// apart are libraries that may not be imported themselves, though what is imported may stand on them: a
// door knows no database, and what is above the register writes no SQL.
var apart = map[string][]string{
	"api":    {"gorm.io/", "github.com/jackc/", "modernc.org/", "go.temporal.io/"},
	"office": {"gorm.io/", "modernc.org/", "go.temporal.io/"},
	"docket": {"gorm.io/", "modernc.org/", "github.com/jackc/"},
}

// pkg is what we read of `go list`.
type pkg struct {
	ImportPath    string
	Imports, Deps []string
}

func list(t *testing.T, dir string, args ...string) map[string]pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Deps"}, args...)...)
	cmd.Dir = dir
	raw, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("go list: %s", exit.Stderr)
	}
	require.NoError(t, err)
	all := map[string]pkg{}
	for d := json.NewDecoder(bytes.NewReader(raw)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		all[p.ImportPath] = p
	}
}

func within(path string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool {
		return path == strings.TrimSuffix(prefix, "/") || strings.HasPrefix(path, strings.TrimSuffix(prefix, "/")+"/")
	})
}

// Every package of the installation has its line above, and imports only what that allows.
func TestImportsGoUpward(t *testing.T) {
	seen := map[string]bool{}
	rules := map[string][]string{}
	for _, a := range allowed {
		rules[a.name] = strings.Fields(a.imports)
	}
	for name, p := range list(t, "..", "./...") {
		short := strings.TrimPrefix(name, "duban/")
		may, known := rules[short]
		if !known {
			t.Errorf("%s has no line in this test: say what it may import", short)
			continue
		}
		seen[short] = true
		for _, i := range p.Imports {
			if of, ours := strings.CutPrefix(i, "duban/"); ours && !slices.Contains(may, of) {
				t.Errorf("%s imports %s, which is above it or none of its affairs", short, of)
			}
		}
	}
	for _, a := range allowed {
		require.True(t, seen[a.name], "%s stands here but is no package any more", a.name)
	}
}

// The law knows no database, no web server and no Temporal, not even through others; and so on up.
func TestLibrariesStayWhereTheyBelong(t *testing.T) {
	all := list(t, "..", "./...")
	for name, prefixes := range banned {
		p, known := all["duban/"+name]
		require.True(t, known, "%s is no package", name)
		for _, dep := range p.Deps {
			if within(dep, prefixes...) {
				t.Errorf("%s depends on %s", name, dep)
			}
		}
	}
}

// What a package imports itself.
func TestLibrariesAreKeptApart(t *testing.T) {
	all := list(t, "..", "./...")
	for name, prefixes := range apart {
		p, known := all["duban/"+name]
		require.True(t, known, "%s is no package", name)
		for _, i := range p.Imports {
			if within(i, prefixes...) {
				t.Errorf("%s imports %s", name, i)
			}
		}
	}
}

// What helps tests stays in tests, and a name says what a package is about.
func TestProgramsCarryNoTestHelpersAndNoGrabBags(t *testing.T) {
	for _, dir := range []string{"..", "../standalone"} {
		for name, p := range list(t, dir, "./...") {
			for _, i := range p.Imports {
				if within(i, "github.com/stretchr/testify", "pgregory.net/rapid", "testing") && path.Base(name) != "postgrestest" {
					t.Errorf("%s imports %s outside its tests", name, i)
				}
				if i == "duban/register/postgrestest" && !within(name, "duban/standalone/bench") {
					t.Errorf("%s imports %s outside its tests", name, i)
				}
			}
			for _, part := range strings.Split(name, "/") {
				if slices.Contains([]string{"util", "utils", "common", "model", "models", "types", "helper", "helpers", "misc", "base"}, part) {
					t.Errorf("%s: %q says nothing about what is in it", name, part)
				}
			}
		}
	}
}

// The Temporal server is 200 modules and 100 MB: only standalone carries it, not even the root's tests.
func TestOnlyStandaloneCarriesTheServer(t *testing.T) {
	for name := range list(t, "..", "-deps", "-test", "./...") {
		if within(name, "go.temporal.io/server") {
			t.Errorf("the root module depends on %s", name)
		}
	}
	found := false
	for name := range list(t, "../standalone", "-deps", "./...") {
		found = found || within(name, "go.temporal.io/server")
		if within(name, "duban/command") {
			t.Errorf("standalone depends on %s, which is duban's own", name)
		}
	}
	require.True(t, found, "standalone carries no Temporal server: does this test look at the right thing?")
}
