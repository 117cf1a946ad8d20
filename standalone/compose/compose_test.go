// Package compose holds docker-compose.yml, the Dockerfile and deploy/ against the programs that they start. It has
// tests only, in this module because Temporal's own reader of its configuration is here.
package compose

import (
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/headers"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
)

const root = "../.."

// once are the services that do their work and end; the others run for ever.
var once = []string{"migrate", "temporal-namespace", "temporal-schema"}

func project(t *testing.T) *types.Project {
	t.Helper()
	file, err := filepath.Abs(filepath.Join(root, "docker-compose.yml"))
	require.NoError(t, err)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	p, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  filepath.Dir(file),
		ConfigFiles: []types.ConfigFile{{Filename: file, Content: text}},
		Environment: types.Mapping{},
	}, loader.WithProfiles([]string{"*"}))
	require.NoError(t, err)
	return p
}

func value(t *testing.T, s types.ServiceConfig, name string) string {
	t.Helper()
	v := s.Environment[name]
	require.NotNil(t, v, "%s has no %s", s.Name, name)
	return *v
}

func TestServices(t *testing.T) {
	p := project(t)
	require.Equal(t,
		[]string{"api", "backup", "database", "migrate", "proxy", "temporal", "temporal-namespace", "temporal-schema", "temporal-ui", "worker"},
		slices.Sorted(maps.Keys(p.Services)))
	require.Equal(t, 2, *p.Services["worker"].Deploy.Replicas)

	pinned := regexp.MustCompile(`^[a-z/-]+:\d+\.\d+(\.\d+)?$`)
	for name, s := range p.Services {
		if s.Build == nil {
			require.Regexp(t, pinned, s.Image, name)
		}
		if slices.Contains(once, name) {
			require.Contains(t, s.Restart, "on-failure", name)
		} else {
			require.Equal(t, "unless-stopped", s.Restart, name)
			require.NotNil(t, s.HealthCheck, "%s has no health check", name)
		}
		require.NotNil(t, s.Deploy, "%s has no limits", name)
		limits := s.Deploy.Resources.Limits
		require.NotNil(t, limits, "%s has no limits", name)
		require.Positive(t, limits.MemoryBytes, name)
		require.Positive(t, limits.NanoCPUs, name)
		require.Positive(t, limits.Pids, name)
		if name != "proxy" && len(s.Ports) > 0 {
			require.NotEmpty(t, s.Profiles, "%s is published, and not by hand", name)
			for _, port := range s.Ports {
				require.Equal(t, "127.0.0.1", port.HostIP, "%s answers beyond this machine", name)
			}
		}
		require.Empty(t, s.NetworkMode, name)
		require.False(t, s.Privileged, name)
		for on, d := range s.DependsOn {
			require.Contains(t, p.Services, on, name)
			want := types.ServiceConditionHealthy
			if slices.Contains(once, on) {
				want = types.ServiceConditionCompletedSuccessfully
			}
			require.Equal(t, want, d.Condition, "%s waits for %s", name, on)
		}
	}
}

// TestSecrets: each comes from a file that deploy/secrets.sh makes, each path that a service is told is one of its own,
// and no password stands in an environment.
func TestSecrets(t *testing.T) {
	p := project(t)
	folder := filepath.Join(t.TempDir(), "secrets")
	script := filepath.Join(root, "deploy", "secrets.sh")
	out, err := exec.CommandContext(t.Context(), script, folder).CombinedOutput()
	require.NoError(t, err, string(out))
	made := map[string]string{}
	for name, s := range p.Secrets {
		require.Equal(t, name, filepath.Base(s.File))
		text, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		made[name] = string(text)
	}
	out, err = exec.CommandContext(t.Context(), script, folder).CombinedOutput()
	require.NoError(t, err, string(out))
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, len(made), "the script makes what nobody uses")
	for name, before := range made {
		text, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		require.Equal(t, before, string(text), "the second run changed %s", name)
	}

	path := regexp.MustCompile(`/run/secrets/([a-z.-]+)`)
	for name, s := range p.Services {
		var own []string
		for _, secret := range s.Secrets {
			own = append(own, secret.Source)
		}
		for key, v := range s.Environment {
			if v == nil {
				continue
			}
			require.NotRegexp(t, `(PASSWORD|PWD|SECRET)$`, key, "%s: a secret in the environment", name)
			require.NotRegexp(t, `//[^/@]+:[^/@]+@`, *v, "%s: a password in %s", name, key)
			for _, m := range path.FindAllStringSubmatch(*v, -1) {
				require.Contains(t, own, m[1], "%s: %s", name, key)
			}
		}
	}
	// a passfile is HOST:PORT:DATABASE:USER:PASSWORD
	require.True(t, strings.HasPrefix(made["duban.pgpass"], "database:5432:duban:duban:"))
	require.True(t, strings.HasPrefix(made["temporal.pgpass"], "database:5432:duban:temporal:"))
}

func TestMountedFilesExist(t *testing.T) {
	for name, s := range project(t).Services {
		for _, v := range s.Volumes {
			if v.Type != types.VolumeTypeBind {
				continue
			}
			require.True(t, v.ReadOnly, "%s may write %s", name, v.Source)
			info, err := os.Stat(v.Source)
			require.NoError(t, err, name)
			if strings.HasSuffix(v.Source, ".sh") {
				require.NotZero(t, info.Mode()&0o111, "%s is not executable", v.Source)
			}
		}
	}
}

// TestTemporal reads the server's configuration as the server does, with the environment that the service gives it.
func TestTemporal(t *testing.T) {
	p := project(t)
	s := p.Services["temporal"]
	require.Equal(t, "temporalio/server:"+headers.ServerVersion, s.Image)
	require.Equal(t, "temporalio/admin-tools:"+headers.ServerVersion, p.Services["temporal-schema"].Image)
	for name, v := range s.Environment {
		t.Setenv(name, *v)
	}
	mounts := map[string]string{}
	for _, v := range s.Volumes {
		mounts[v.Target] = v.Source
	}
	c, err := config.Load(config.WithConfigFile(mounts[value(t, s, "TEMPORAL_SERVER_CONFIG_FILE_PATH")]))
	require.NoError(t, err)
	require.Contains(t, mounts, c.DynamicConfigClient.Filepath)

	tools := p.Services["temporal-schema"]
	for store, schema := range map[string]string{c.Persistence.DefaultStore: "temporal", c.Persistence.VisibilityStore: "temporal_visibility"} {
		sql := c.Persistence.DataStores[store].SQL
		require.Equal(t, postgresql.PluginNamePGX, sql.PluginName)
		require.Equal(t, value(t, tools, "SQL_PLUGIN"), sql.PluginName)
		require.Equal(t, net.JoinHostPort(value(t, tools, "SQL_HOST"), value(t, tools, "SQL_PORT")), sql.ConnectAddr)
		require.Equal(t, value(t, tools, "SQL_USER"), sql.User)
		require.Equal(t, value(t, tools, "SQL_DATABASE"), sql.DatabaseName)
		require.Equal(t, schema, sql.ConnectAttributes["search_path"])
		require.Equal(t, value(t, s, "PGPASSFILE"), sql.ConnectAttributes["passfile"])
	}
	frontend := c.Services["frontend"].RPC
	require.Equal(t, 7233, frontend.GRPCPort)
	require.Equal(t, "0.0.0.0", frontend.BindOnIP)
	require.Equal(t, []string{"CMD", "nc", "-z", "127.0.0.1", "7233"}, []string(s.HealthCheck.Test))
	for _, name := range []string{"api", "worker"} {
		require.Equal(t, "temporal:7233", value(t, p.Services[name], "DUBAN_TEMPORAL"))
	}
	for _, name := range []string{"temporal-namespace", "temporal-ui"} {
		require.Equal(t, "temporal:7233", value(t, p.Services[name], "TEMPORAL_ADDRESS"))
	}
	require.Equal(t, value(t, p.Services["temporal-ui"], "TEMPORAL_UI_PORT"), portOf(t, probe(t, p.Services["temporal-ui"])))
}
