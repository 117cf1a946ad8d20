package compose

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
)

// TestProxyService: what nginx.conf names is what the services are: ports, files, the API's name; and only the two
// share the network whose addresses the API may trust.
func TestProxyService(t *testing.T) {
	p := project(t)
	proxy := p.Services["proxy"]
	conf, err := os.ReadFile(filepath.Join(root, "deploy", "nginx.conf"))
	require.NoError(t, err)
	targets := map[string]string{}
	for _, port := range proxy.Ports {
		targets[regexp.MustCompile(`\d+`).FindString(port.Published)] = ""
		require.Regexp(t, regexp.MustCompile(`(?m)^    listen `+strconv.FormatUint(uint64(port.Target), 10)+`( ssl)?;`), string(conf))
	}
	require.Contains(t, targets, "443")
	require.Contains(t, targets, "80")
	require.Contains(t, string(conf), "http://api:8080;")
	mounted := map[string]bool{}
	for _, v := range proxy.Volumes {
		mounted[v.Target] = true
	}
	require.Contains(t, mounted, "/etc/nginx/certificates")
	require.Contains(t, mounted, proxy.Entrypoint[2])
	require.Equal(t, "https://127.0.0.1:8443/proxy-livez", proxy.HealthCheck.Test[len(proxy.HealthCheck.Test)-1])
	require.Contains(t, string(conf), "location = /proxy-livez")

	require.Equal(t, []string{"front"}, networksOf(proxy))
	for name, s := range p.Services {
		if name != "proxy" && name != "api" {
			require.NotContains(t, networksOf(s), "front", name)
		}
	}
	require.ElementsMatch(t, []string{"default", "front"}, networksOf(p.Services["api"]))
}

// TestTrustedProxies: the API believes the proxy's X-Forwarded-For, and nobody's beyond the network front.
func TestTrustedProxies(t *testing.T) {
	p := project(t)
	subnet := p.Networks["front"].Ipam.Config[0].Subnet
	require.NotEmpty(t, subnet)
	require.Equal(t, subnet, value(t, p.Services["api"], "DUBAN_TRUSTED_PROXIES"))
	for name, s := range p.Services {
		if name != "api" {
			require.NotContains(t, s.Environment, "DUBAN_TRUSTED_PROXIES", name)
		}
	}
}

func networksOf(s types.ServiceConfig) (all []string) {
	for name := range s.Networks {
		all = append(all, name)
	}
	return all
}

// TestRegimesFolder: the API and the workers read the same regulations.
func TestRegimesFolder(t *testing.T) {
	p := project(t)
	for _, name := range []string{"api", "worker"} {
		s := p.Services[name]
		require.Empty(t, value(t, s, "DUBAN_REGIMES"), "an empty folder is refused, so it is named once there are files")
		var sources []string
		for _, v := range s.Volumes {
			if v.Target == "/regimes" {
				sources = append(sources, v.Source)
			}
		}
		require.Len(t, sources, 1, name)
		require.Equal(t, "deploy/regimes", filepath.ToSlash(sources[0])[len(filepath.ToSlash(p.WorkingDir))+1:])
	}
}

// TestBackupService: the dump is made by the database's own version, and every setting is one that the script reads.
func TestBackupService(t *testing.T) {
	p := project(t)
	s := p.Services["backup"]
	require.Equal(t, p.Services["database"].Image, s.Image)
	text, err := os.ReadFile(filepath.Join(root, "deploy", "backup.sh"))
	require.NoError(t, err)
	for name := range s.Environment {
		require.True(t, strings.HasPrefix(name, "PG") || strings.Contains(string(text), "$"+name) || strings.Contains(string(text), "${"+name),
			"backup.sh does not read %s", name)
	}
	require.Equal(t, value(t, p.Services["database"], "POSTGRES_USER"), value(t, s, "PGUSER"))
	require.Equal(t, value(t, p.Services["database"], "POSTGRES_DB"), value(t, s, "PGDATABASE"))
	volumes := map[string]string{}
	for _, v := range s.Volumes {
		volumes[v.Target] = v.Type
	}
	require.Equal(t, map[string]string{"/backups": "volume", "/duban/backup.sh": "bind", "/duban/restore.sh": "bind"}, volumes)
}

// TestOverrideOfTheDocuments: what docs/operations.md adds for a mail server's login fits.
func TestOverrideOfTheDocuments(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join(root, "docs", "operations.md"))
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```yaml\n# docker-compose.override.yml\n(.*?)```").FindSubmatch(doc)
	require.NotNil(t, block)
	file, err := filepath.Abs(filepath.Join(root, "docker-compose.yml"))
	require.NoError(t, err)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	p, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  filepath.Dir(file),
		ConfigFiles: []types.ConfigFile{{Filename: file, Content: text}, {Filename: "override.yml", Content: block[1]}},
		Environment: types.Mapping{},
	})
	require.NoError(t, err)
	worker := p.Services["worker"]
	require.Equal(t, "/run/secrets/smtp-password", value(t, worker, "DUBAN_SMTP_PASSWORD_FILE"))
	require.Len(t, worker.Secrets, 3, "beside its own two")
}
