//go:build nginx

package compose

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestProxy runs nginx by deploy/nginx.conf, with other ports and folders, before a server that shows what it is asked.
// It needs nginx, so it is run by make check-long: go test -tags nginx ./compose
func TestProxy(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Strict-Transport-Security", "max-age=1")
		if err := json.NewEncoder(w).Encode(map[string]any{"address": r.URL.String(), "header": r.Header, "host": r.Host, "bytes": len(body)}); err != nil {
			t.Error(err)
		}
	}))
	defer api.Close()
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} { // nginx's workers are another user, as in the container's /tmp
		require.NoError(t, os.Chmod(d, 0o755))
	}
	made, err := exec.CommandContext(t.Context(), filepath.Join(root, "deploy", "certificate.sh"), "localhost", dir).CombinedOutput()
	require.NoError(t, err, string(made))
	made, err = exec.CommandContext(t.Context(), filepath.Join(root, "deploy", "certificate.sh"), "localhost", dir).CombinedOutput()
	require.Error(t, err, "a certificate that is there stays: %s", made)

	plain, secure := free(t), free(t)
	text, err := os.ReadFile(filepath.Join(root, "deploy", "nginx.conf"))
	require.NoError(t, err)
	conf := filepath.Join(dir, "nginx.conf")
	require.NoError(t, os.WriteFile(conf, []byte(strings.NewReplacer(
		"/etc/nginx/certificates", dir, "/tmp/", dir+"/", "listen 8080", "listen "+plain, "listen 8443", "listen "+secure,
		"http://api:8080", api.URL).Replace(string(text))), 0o600))
	var log bytes.Buffer // read after the end
	nginx := exec.CommandContext(t.Context(), "nginx", "-c", conf, "-g", "daemon off;")
	nginx.Stdout, nginx.Stderr = &log, &log
	nginx.Cancel = func() error { return nginx.Process.Signal(syscall.SIGTERM) }
	require.NoError(t, nginx.Start())
	defer func() {
		require.NoError(t, nginx.Process.Signal(syscall.SIGQUIT))
		require.NoError(t, nginx.Wait())
		require.Contains(t, log.String(), "GET 200")
		require.NotContains(t, log.String(), "13800000000", "a query in the log")
		require.NotContains(t, log.String(), "127.0.0.1 ", "an address in the log")
	}()

	roots := x509.NewCertPool()
	certificate, err := os.ReadFile(filepath.Join(dir, "tls.crt"))
	require.NoError(t, err)
	require.True(t, roots.AppendCertsFromPEM(certificate))
	client := &http.Client{
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "localhost"},
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				if address == "localhost:80" {
					return new(net.Dialer).DialContext(ctx, network, plain)
				}
				return new(net.Dialer).DialContext(ctx, network, secure)
			},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	ask := func(method, address, body string) (*http.Response, map[string]any) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
		require.NoError(t, err)
		for _, name := range []string{"X-Forwarded-For", "X-Real-IP"} {
			req.Header.Set(name, "203.0.113.7") // what a caller says of itself
		}
		req.Header.Set("Forwarded", "for=203.0.113.7")
		req.Header.Set("Idempotency-Key", "my-first")
		res, err := client.Do(req)
		require.NoError(t, err)
		raw, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		var out map[string]any
		if strings.HasPrefix(string(raw), "{") {
			require.NoError(t, json.Unmarshal(raw, &out), string(raw))
		}
		return res, out
	}
	require.Eventually(t, func() bool {
		res, err := client.Get("https://localhost/proxy-livez")
		return err == nil && res.Body.Close() == nil && res.StatusCode == http.StatusNoContent
	}, 10*time.Second, 20*time.Millisecond)

	res, out := ask("GET", "https://localhost/v1/cases?text=13800000000", "")
	require.Equal(t, 200, res.StatusCode)
	require.GreaterOrEqual(t, res.TLS.Version, uint16(tls.VersionTLS12))
	require.Equal(t, []string{"max-age=63072000"}, res.Header.Values("Strict-Transport-Security"))
	require.Equal(t, "/v1/cases?text=13800000000", out["address"])
	require.Equal(t, "localhost", out["host"])
	header := out["header"].(map[string]any)
	require.Equal(t, []any{"127.0.0.1"}, header["X-Forwarded-For"], "the caller's own address, not what it said")
	require.Equal(t, []any{"https"}, header["X-Forwarded-Proto"])
	require.Equal(t, []any{"my-first"}, header["Idempotency-Key"])
	require.NotContains(t, header, "X-Real-Ip")
	require.NotContains(t, header, "Forwarded")

	_, out = ask("POST", "https://localhost/v1/complaints", strings.Repeat("x", 1<<20+1))
	require.EqualValues(t, 1<<20+1, out["bytes"], "the API itself says that a body is too long")
	for _, path := range []string{"/metrics", "/dev/clock"} {
		res, _ = ask("GET", "https://localhost"+path, "")
		require.Equal(t, 404, res.StatusCode, path)
	}
	res, _ = ask("GET", "http://localhost/docs/", "")
	require.Equal(t, 308, res.StatusCode)
	require.Equal(t, "https://localhost/docs/", res.Header.Get("Location"))

	old := tls.Config{RootCAs: roots, ServerName: "localhost", MaxVersion: tls.VersionTLS11}
	_, err = tls.Dial("tcp", secure, &old)
	require.Error(t, err, "TLS 1.1")

	api.Close()
	res, out = ask("POST", "https://localhost/v1/complaints", "{}")
	require.Equal(t, 503, res.StatusCode)
	require.Equal(t, "5", res.Header.Get("Retry-After"))
	require.Equal(t, "application/problem+json", res.Header.Get("Content-Type"))
	require.NotEmpty(t, res.Header.Get("Strict-Transport-Security"))
	require.Equal(t, "register-unreachable", out["code"])
}
