package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"duban/api"
	"duban/dispatch"
	"duban/docket"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
	"duban/standalone/cast"
	"duban/standalone/temporalserver"
	"duban/worker"
	"duban/workflows"
)

// parts is an installation put together by hand, so that each part can be taken away.
type parts struct {
	t        *testing.T
	url      string
	register *register.Register
	keys     map[string]string
	temporal string // address, whether or not anything answers there
}

// assemble starts the API and the worker on a register and an address of Temporal.
func assemble(t *testing.T, database, temporal string) *parts {
	t.Helper()
	return assembleWith(t, database, temporal, dispatch.Log{})
}

func assembleWith(t *testing.T, database, temporal string, notifier dispatch.Notifier) *parts {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := register.Open(ctx, register.Config{URL: database, Secret: []byte("a secret for the tests of the whole"), Grace: 100 * time.Millisecond})
	require.NoError(t, err)
	require.NoError(t, r.Migrate(ctx))
	keys, err := cast.Seed(ctx, r)
	require.NoError(t, err)
	cal, err := regimes.Calendar()
	require.NoError(t, err)
	library, err := regimes.Load()
	require.NoError(t, err)
	c, err := client.NewLazyClient(client.Options{HostPort: temporal, Namespace: "duban", Logger: silent{}})
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	desk, files := workflows.NewDesk(c), docket.New(r, cal)
	courier := workflows.NewCourier(desk, nil)
	t.Cleanup(func() { courier.Stop(time.Second) })
	o := office.New(office.Options{Register: r, Docket: files, Regulations: jurisdiction.NewRegulations(library), Calendar: cal, Desk: courier})
	server, err := api.New(api.Options{Office: o, Docket: files, Parts: o.Parts(desk.Health)})
	require.NoError(t, err)
	var running sync.WaitGroup
	running.Go(func() {
		if err := api.Serve(ctx, server, l, time.Second); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	running.Go(func() {
		if err := worker.Run(ctx, worker.Config{Client: c, Register: r, Calendar: cal, Regulations: jurisdiction.NewRegulations(library), Notifier: notifier, Every: 100 * time.Millisecond}); err != nil {
			t.Errorf("worker: %v", err)
		}
	})
	t.Cleanup(func() {
		cancel()
		running.Wait()
		c.Close()
		require.NoError(t, r.Close())
	})
	return &parts{t: t, url: "http://" + l.Addr().String(), register: r, keys: keys, temporal: temporal}
}

// startTemporal runs a server at that address until the test ends.
func startTemporal(t *testing.T, address string) {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	require.NoError(t, err)
	var n int
	_, err = fmt.Sscan(port, &n)
	require.NoError(t, err)
	s, err := temporalserver.Start(context.Background(), temporalserver.Config{Dir: t.TempDir(), Port: n})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
}

// silent is a log that nobody reads: these tests take parts away on purpose.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}

// reply is an answer of the API; Retry is its Retry-After.
type reply struct {
	Status int
	Retry  string
	Body   map[string]any
}

func (p *parts) post(path, who, key string, in map[string]any) reply {
	p.t.Helper()
	raw, err := json.Marshal(in)
	require.NoError(p.t, err)
	req, err := http.NewRequest(http.MethodPost, p.url+path, bytes.NewReader(raw))
	require.NoError(p.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", "test-key-"+key)
	if who != "" {
		req.Header.Set("Authorization", "Bearer "+p.keys[who])
	}
	return p.do(req)
}

func (p *parts) get(path, who string) reply {
	p.t.Helper()
	req, err := http.NewRequest(http.MethodGet, p.url+path, nil)
	require.NoError(p.t, err)
	req.Header.Set("Authorization", "Bearer "+p.keys[who])
	return p.do(req)
}

func (p *parts) do(req *http.Request) reply {
	p.t.Helper()
	res, err := http.DefaultClient.Do(req)
	require.NoError(p.t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(p.t, err)
	out := reply{Status: res.StatusCode, Retry: res.Header.Get("Retry-After")}
	require.NoError(p.t, json.Unmarshal(raw, &out.Body), "%s", raw)
	return out
}

func (p *parts) file(key string) string {
	p.t.Helper()
	got := p.post("/v1/complaints", "", key, map[string]any{
		"operator": "liaohai-telecom", "dispute": "other", "subject": "话费多计", "text": "账单有误。",
		"complainantName": "测试", "complainantPhone": "13800000000",
	})
	require.Equal(p.t, http.StatusCreated, got.Status, "%v", got.Body)
	return got.Body["case"].(string)
}

// settled waits until no paper and no due deadline is unentered.
func (p *parts) settled() {
	p.t.Helper()
	require.Eventually(p.t, func() bool {
		left, err := p.register.Unsettled(context.Background())
		return err == nil && left == 0
	}, 30*time.Second, 20*time.Millisecond, "papers stay unentered")
}

func (p *parts) moves(id string) []string {
	p.t.Helper()
	lines, err := p.register.Ledger(context.Background(), id, 0, 200)
	require.NoError(p.t, err)
	var out []string
	for _, l := range lines {
		out = append(out, l.Entry.Move)
	}
	return out
}

func (p *parts) clean() {
	p.t.Helper()
	report, err := p.register.Verify(context.Background(), nil)
	require.NoError(p.t, err)
	require.Empty(p.t, report.Violations)
}

func sqliteURL(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "register.db") }
