package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"duban/api"
	"duban/office"
)

// What goes wrong inside tells a client nothing but that it did, and when to try again.
func TestFaultsTellNothing(t *testing.T) {
	const secret = "password=hunter2"
	for name, c := range map[string]struct {
		fail   func() error
		status int
		code   string
	}{
		"register away": {func() error { return fmt.Errorf("read %s: %w", secret, office.ErrUnavailable) }, 503, "register-unreachable"},
		"time is up":    {func() error { return fmt.Errorf("read %s: %w", secret, context.DeadlineExceeded) }, 503, "register-unreachable"},
		"fault":         {func() error { return errors.New(secret) }, 500, "internal"},
		"panic":         {func() error { panic(secret) }, 500, "internal"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			e, err := api.New(api.Options{Logger: slog.New(slog.NewJSONHandler(&log, nil))})
			require.NoError(t, err)
			e.GET("/fails", func(echo.Context) error { return c.fail() })
			w := httptest.NewRecorder()
			e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/fails", nil))
			require.Equal(t, c.status, w.Code)
			var p struct{ Code, Instance string }
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
			require.Equal(t, c.code, p.Code)
			require.NotContains(t, w.Body.String(), "hunter2")
			require.Equal(t, c.status == 503, w.Header().Get("Retry-After") != "")
			require.Contains(t, log.String(), p.Instance[len("urn:duban:request:"):], "the log finds the request again")
		})
	}
}

// Ten times the same act with the same key, all at once: one entry, ten times the same answer.
func TestSameKeyAtOnce(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	answers := make([]reply, 10)
	var sending sync.WaitGroup
	for i := range answers {
		sending.Go(func() {
			answers[i] = h.do(request{method: "POST", path: "/v1/complaints/" + id + "/accept", as: "officer", header: map[string]string{"Idempotency-Key": "one-and-the-same"}})
		})
	}
	sending.Wait()
	for _, a := range answers {
		require.Equal(t, 200, a.status, "%s", a.raw)
		require.Equal(t, answers[0].json, a.json)
	}
	require.Len(t, h.do(request{method: "GET", path: "/v1/cases/" + id + "/ledger", as: "officer"}).json["items"], 2)
}

// A second officer acts on what the first one has changed: whoever saw an older entry is told.
func TestIfMatch(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	at := "/v1/complaints/" + id
	seen := h.do(request{method: "GET", path: at, as: "officer"}).header.Get("ETag")
	require.Equal(t, `"1"`, seen)
	r := request{method: "POST", path: at + "/accept", as: "officer", header: map[string]string{"If-Match": seen}}
	require.Equal(t, 200, h.do(r).status)
	r.path = at + "/forward"
	stale := h.do(r)
	require.Equal(t, 412, stale.status)
	require.Equal(t, "stale", stale.json["code"])
}

// A server that is told to stop lets the running request finish.
func TestServeStopsGently(t *testing.T) {
	asked, answer := make(chan struct{}), make(chan struct{})
	e, err := api.New(api.Options{})
	require.NoError(t, err)
	e.GET("/slow", func(c echo.Context) error {
		close(asked)
		<-answer
		return c.NoContent(http.StatusOK)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	stopped, got := make(chan error, 1), make(chan int, 1)
	go func() { stopped <- api.Serve(ctx, e, l, 10*time.Second) }()
	go func() {
		r, err := http.Get("http://" + l.Addr().String() + "/slow")
		if err != nil {
			got <- 0
			return
		}
		got <- r.StatusCode
		_ = r.Body.Close()
	}()
	<-asked
	stop()
	close(answer)
	require.Equal(t, http.StatusOK, <-got)
	require.NoError(t, <-stopped)
}
