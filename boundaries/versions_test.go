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

type requirement struct{ Path, Version string }

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

// replacements are the modules in whose place standalone has folders: the root, and parts of the Temporal server.
var replacements = map[string]string{
	"duban":                              "../",
	"cloud.google.com/go/storage":        "./leftout/cloudstorage",
	"go.temporal.io/auto-scaled-workers": "./leftout/autoscaledworkers",
}

// What is tested in the root with one version must not run in standalone with another, and what both
// stand on is compiled once. Modules that neither names itself follow the Temporal server in both.
func TestBothModulesStandOnTheSameVersions(t *testing.T) {
	root, ours := readModule(t, "..")
	alone, theirs := readModule(t, "../standalone")
	require.Equal(t, root.Go, alone.Go, "the Go version")
	shared := 0
	for path, r := range ours {
		other, both := theirs[path]
		if !both {
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
	replaced := map[string]string{}
	for _, r := range alone.Replace {
		replaced[r.Old.Path] = r.New.Path
	}
	require.Equal(t, replacements, replaced, "what standalone replaces")
	for _, dir := range replacements {
		_, needed := readModule(t, "../standalone/"+dir)
		for path, r := range needed {
			if other, both := theirs[path]; both {
				require.Equal(t, other.Version, r.Version, "%s: the version of %s", dir, path)
			}
		}
	}
}

// What those parts would bring is not compiled: a third of all that a new machine would have to build.
func TestStandaloneIsBuiltWithoutTheCloud(t *testing.T) {
	all := list(t, "../standalone", "-deps", ".")
	require.Contains(t, all, "go.temporal.io/server/temporal")
	for path := range all {
		if within(path, "k8s.io", "github.com/envoyproxy", "cloud.google.com/go/run", "github.com/aws/aws-sdk-go-v2/service/lambda") {
			t.Errorf("standalone is built with %s", path)
		}
	}
	require.Less(t, len(all), 1350, "packages of standalone")
}
