package boundaries_test

import (
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// module is what we read of `go mod edit -json`.
type module struct {
	Go      string
	Require []requirement
	Replace []struct {
		Old, New struct{ Path, Version string }
	}
}

type requirement struct {
	Path, Version string
	Indirect      bool
}

func readModule(t *testing.T, dir string) (module, map[string]requirement) {
	t.Helper()
	cmd := exec.Command("go", "mod", "edit", "-json")
	cmd.Dir = dir
	raw, err := cmd.Output()
	require.NoError(t, err)
	var m module
	require.NoError(t, json.Unmarshal(raw, &m))
	versions := map[string]requirement{}
	for _, r := range m.Require {
		versions[r.Path] = r
	}
	return m, versions
}

// What is tested in the root with one version must not run in standalone with another. Modules that
// neither names itself follow the Temporal server in standalone, and may differ.
func TestBothModulesStandOnTheSameVersions(t *testing.T) {
	root, ours := readModule(t, "..")
	alone, theirs := readModule(t, "../standalone")
	require.Equal(t, root.Go, alone.Go, "the Go version")
	shared := 0
	for path, r := range ours {
		other, both := theirs[path]
		if !both || r.Indirect && other.Indirect {
			continue
		}
		shared++
		if r.Version != other.Version {
			t.Errorf("%s: %s in the root, %s in standalone", path, r.Version, other.Version)
		}
	}
	require.Greater(t, shared, 10, "the modules share hardly anything: does this test read the right files?")
	for _, path := range []string{"go.temporal.io/sdk", "go.temporal.io/api", "gorm.io/gorm", "modernc.org/sqlite"} {
		require.NotEmpty(t, theirs[path], "standalone names no version of %s", path)
	}
	require.Empty(t, root.Replace, "the root replaces a module")
	require.Len(t, alone.Replace, 1, "standalone replaces more than the root module")
	require.Equal(t, "duban", alone.Replace[0].Old.Path)
}
