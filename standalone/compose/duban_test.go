package compose

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"duban/command"
)

// ours are the services that run duban.
func ours(t *testing.T) map[string]types.ServiceConfig {
	t.Helper()
	found := map[string]types.ServiceConfig{}
	for name, s := range project(t).Services {
		if s.Build != nil {
			found[name] = s
		}
	}
	require.Len(t, found, 3)
	return found
}

// probe is the address that a service's health check asks.
func probe(t *testing.T, s types.ServiceConfig) *url.URL {
	t.Helper()
	test := s.HealthCheck.Test
	require.Equal(t, []string{"CMD", "wget", "-q", "-O", "/dev/null"}, []string(test[:len(test)-1]))
	u, err := url.Parse(test[len(test)-1])
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1", u.Hostname())
	return u
}

func portOf(t *testing.T, u *url.URL) string {
	t.Helper()
	require.NotEmpty(t, u.Port())
	return u.Port()
}

// TestSettings: every command is one of duban's, and every variable one of its flags.
func TestSettings(t *testing.T) {
	for name, s := range ours(t) {
		var help bytes.Buffer
		status := command.Main(t.Context(), command.Terminal{Out: &help, Err: &help}, append(s.Command, "--help")...)
		require.Zero(t, status, help.String())
		require.Contains(t, help.String(), "duban "+s.Command[0]+" [flags]")
		for variable := range s.Environment {
			flag, ok := strings.CutPrefix(variable, "DUBAN_")
			require.True(t, ok, "%s: %s is no setting of duban", name, variable)
			flag = "--" + strings.ToLower(strings.ReplaceAll(flag, "_", "-"))
			require.Contains(t, help.String(), flag+" ", "%s: %s", name, variable)
		}
		require.NotContains(t, s.Environment, "DUBAN_DEV", "anybody could move the clock")

		c, err := pgx.ParseConfig(value(t, s, "DUBAN_DATABASE"))
		require.NoError(t, err)
		require.Equal(t, []string{"database", "duban", "duban"}, []string{c.Host, c.User, c.Database})
	}
}

// TestPorts: what is published, exposed and probed is what the program is told to listen on.
func TestPorts(t *testing.T) {
	services := ours(t)
	for name, setting := range map[string]string{"api": "DUBAN_LISTEN", "worker": "DUBAN_METRICS_LISTEN"} {
		host, port, err := net.SplitHostPort(value(t, services[name], setting))
		require.NoError(t, err)
		require.Equal(t, "0.0.0.0", host, "%s can't be reached from other containers", name)
		require.Equal(t, port, portOf(t, probe(t, services[name])))
	}
	require.Equal(t, "8080", portOf(t, probe(t, services["api"])))
	require.Empty(t, services["api"].Ports, "the proxy stands before it")
	require.Equal(t, []string{"8080"}, []string(services["api"].Expose))
	require.Empty(t, services["worker"].Ports, "two workers can't share a port of this machine")
	require.Equal(t, []string{"9090"}, []string(services["worker"].Expose))
}

// TestServicesAnswer starts migrate, the API and a worker with the environment of their services, on a SQLite file and
// without Temporal, and asks what the health checks ask.
func TestServicesAnswer(t *testing.T) {
	services := ours(t)
	dir := t.TempDir()
	secret := filepath.Join(dir, "register-secret")
	require.NoError(t, os.WriteFile(secret, []byte(strings.Repeat("s", 32)), 0o600))
	environment := func(name, listen, address string) []string {
		var env []string
		for variable, v := range services[name].Environment {
			env = append(env, variable+"="+*v)
		}
		// the last of a name counts
		env = append(env, "DUBAN_DATABASE=sqlite:"+filepath.Join(dir, "register.db"), "DUBAN_SECRET_FILE="+secret)
		if listen != "" {
			env = append(env, listen+"="+address, "DUBAN_TEMPORAL="+free(t))
		}
		return env
	}
	var said bytes.Buffer
	status := command.Main(t.Context(), command.Terminal{Out: &said, Err: &said, Env: environment("migrate", "", "")}, services["migrate"].Command...)
	require.Zero(t, status, said.String())

	for name, listen := range map[string]string{"api": "DUBAN_LISTEN", "worker": "DUBAN_METRICS_LISTEN"} {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			address, done := free(t), make(chan int, 1)
			env := environment(name, listen, address)
			var said bytes.Buffer // read after the end
			go func() {
				done <- command.Main(ctx, command.Terminal{Err: &said, Env: env}, services[name].Command...)
			}()
			u := *probe(t, services[name])
			u.Host = address
			require.Eventually(t, func() bool {
				res, err := http.Get(u.String())
				if err != nil {
					return false
				}
				_, err = io.Copy(io.Discard, res.Body)
				require.NoError(t, err)
				require.NoError(t, res.Body.Close())
				return res.StatusCode < 300
			}, 20*time.Second, 20*time.Millisecond, "%s does not answer at %s", name, u.String())
			stop()
			require.Less(t, <-done, 2, &said) // 2: the settings were not understood; 1: stopped in its first moment
		})
	}
}

// free is an address where nobody listens.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, l.Close()) }()
	return l.Addr().String()
}

func TestImage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "Dockerfile"))
	require.NoError(t, err)
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	version := regexp.MustCompile(`(?m)^go (\S+)$`).FindSubmatch(module)[1]
	require.Contains(t, string(text), "FROM golang:"+string(version)+"-alpine AS build")
	require.Contains(t, string(text), "CGO_ENABLED=0")
	require.Contains(t, string(text), `ENTRYPOINT ["duban"]`)
	user := regexp.MustCompile(`(?m)^USER (\d+):\d+$`).FindSubmatch(text)
	require.NotNil(t, user)
	id, err := strconv.Atoi(string(user[1]))
	require.NoError(t, err)
	require.NotZero(t, id, "the program would run as root")
	for name, s := range ours(t) {
		require.True(t, strings.HasPrefix(s.User, string(user[1])+":"), name)
		require.Equal(t, "duban:dev", s.Image)
	}

	// the builder gets every folder that the program is built from
	ignore, err := os.ReadFile(filepath.Join(root, ".dockerignore"))
	require.NoError(t, err)
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "./cmd/duban")
	list.Dir = root
	out, err := list.Output()
	require.NoError(t, err)
	for _, p := range strings.Fields(string(out)) {
		if folder, ok := strings.CutPrefix(p, "duban/"); ok {
			top, _, _ := strings.Cut(folder, "/")
			require.Contains(t, strings.Split(string(ignore), "\n"), "!"+top, "%s is not sent to the builder", path.Clean(folder))
		}
	}
}
