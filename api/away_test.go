package api_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"duban/api"
	"duban/law/casefile"
	"duban/register"
	"duban/register/postgrestest"
)

// atOnce sends all requests at the same time.
func (h *house) atOnce(requests []request) []reply {
	answers := make([]reply, len(requests))
	var sending sync.WaitGroup
	for i, r := range requests {
		sending.Go(func() { answers[i] = h.do(r) })
	}
	sending.Wait()
	return answers
}

func (h *house) ready() string {
	return h.do(request{method: "GET", path: "/readyz"}).json["parts"].(map[string]any)["database"].(string)
}

// PostgreSQL stands still among filings and acts: each is told 503 and when to try again, no connection
// is cut, and nothing hangs on. When it goes on, the same key gives each its receipt or entry, once.
func TestRegisterStandsStill(t *testing.T) {
	url, stop, err := postgrestest.Open()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, stop()) })
	h := newHouseAt(t, t.TempDir(), url, api.Options{Deadline: time.Second})
	var requests []request
	for n := range 6 {
		id, _, _ := h.filed()
		requests = append(requests,
			request{method: "POST", path: "/v1/complaints/" + id + "/accept", as: "officer", header: map[string]string{"Idempotency-Key": fmt.Sprint("stands-still-act-", n)}},
			request{method: "POST", path: "/v1/complaints", body: complaint(), header: map[string]string{"Idempotency-Key": fmt.Sprint("stands-still-filing-", n)}},
		)
	}
	before := runtime.NumGoroutine()

	thaw, err := postgrestest.Freeze(url)
	require.NoError(t, err)
	for i, a := range h.atOnce(requests) {
		require.Equal(t, 503, a.status, "%s: %s", requests[i].path, a.raw)
		require.Equal(t, "2", a.header.Get("Retry-After"))
		require.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
	}
	require.Equal(t, "failed", h.ready())
	require.NoError(t, thaw())

	require.Eventually(t, func() bool { return h.ready() == "ok" }, time.Minute, 100*time.Millisecond)
	for i, r := range requests {
		want := 201
		if strings.HasSuffix(r.path, "/accept") {
			want = 200
		}
		require.Eventually(t, func() bool { return h.do(r).status == want }, time.Minute, 100*time.Millisecond, "request %d", i)
	}
	rep, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, rep.Violations)
	require.Equal(t, 12, rep.Cases)
	require.Equal(t, 6, rep.Acts)
	http.DefaultClient.CloseIdleConnections()
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before }, time.Minute, 100*time.Millisecond, "something hangs on")
}

// Another program holds the register's file: what is to be written can't be now, and /readyz says so.
func TestRegisterCanNotBeWritten(t *testing.T) {
	h := newHouse(t)
	other, err := sql.Open("sqlite", filepath.Join(h.folder, "register.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	held, err := other.Conn(t.Context())
	require.NoError(t, err)
	_, err = held.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	require.NoError(t, err)

	r := request{method: "POST", path: "/v1/complaints", body: complaint(), header: map[string]string{"Idempotency-Key": "while-it-is-held"}}
	refused := h.do(r)
	require.Equal(t, 503, refused.status, "%s", refused.raw)
	require.Equal(t, "register-unreachable", refused.json["code"])
	require.Equal(t, "2", refused.header.Get("Retry-After"))
	require.Equal(t, "failed", h.ready())
	require.Equal(t, 200, h.do(request{method: "GET", path: "/v1/authorities"}).status, "what is there can be read")

	_, err = held.ExecContext(t.Context(), "ROLLBACK")
	require.NoError(t, err)
	require.NoError(t, held.Close())
	require.Eventually(t, func() bool { return h.ready() == "ok" }, time.Minute, 100*time.Millisecond)
	require.Equal(t, 201, h.do(r).status)
}

// The register goes away behind a filing that was committed: who waits for its entry gets the receipt.
func TestReceiptIsGivenThoughItsEntryCanNotBeRead(t *testing.T) {
	h := newHouse(t)
	h.desk.looked = func() { _ = h.register.Close() }
	r := h.do(request{method: "POST", path: "/v1/complaints", body: complaint(), header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, r.status, "%s", r.raw)
	require.Equal(t, []any{"GD-C-2026-000001", nil}, []any{r.json["number"], r.json["entry"]})
}

// A handler that runs into the deadline is answered for, by a problem.
func TestDeadlineOfARequest(t *testing.T) {
	folder := t.TempDir()
	h := newHouseAt(t, folder, "sqlite:"+filepath.Join(folder, "register.db"), api.Options{Deadline: time.Nanosecond})
	r := h.do(request{method: "GET", path: "/v1/authorities"})
	require.Equal(t, []any{503, "2", "application/problem+json"}, []any{r.status, r.header.Get("Retry-After"), r.header.Get("Content-Type")}, "%s", r.raw)
}

// 200 officers accept one complaint at once: one does, the others are told how it stands, and leave nothing.
func TestManyActOnOneCase(t *testing.T) {
	folder := t.TempDir()
	h := newHouseAt(t, folder, "sqlite:"+filepath.Join(folder, "register.db"), api.Options{Deadline: time.Minute}) // as slow as the machine may be
	id, _, _ := h.filed()
	r := request{method: "POST", path: "/v1/complaints/" + id + "/accept", as: "officer"}
	requests := make([]request, 200)
	for i := range requests {
		requests[i] = r
	}
	answers := map[int]int{}
	for _, a := range h.atOnce(requests) {
		answers[a.status]++
		if a.status != 200 {
			require.Equal(t, "wrong-state", a.json["code"], "%s", a.raw)
		}
	}
	require.Equal(t, map[int]int{200: 1, 409: 199}, answers)
	rep, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, 1, rep.Acts)
}

// A paper that can't be entered holds up the acts on its case, which says so; no other case is held up, and
// nothing of the acts is left.
func TestActsBehindAPaperThatCanNotBeEntered(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	other, _, _ := h.filed()
	_, err := h.register.Receive(t.Context(), register.PaperIn{Owner: "test", Key: "sick", Case: id, Name: "no-such-paper", By: casefile.Actor{Sender: "complainant"}})
	require.NoError(t, err)
	at := func(id string) request {
		return request{method: "POST", path: "/v1/complaints/" + id + "/accept", as: "officer"}
	}
	for _, a := range h.atOnce([]request{at(id), at(id), at(id), at(id), at(id), at(id)}) {
		require.Equal(t, []any{503, "case-stuck"}, []any{a.status, a.json["code"]}, "%s", a.raw)
		require.Equal(t, "2", a.header.Get("Retry-After"))
	}
	require.Equal(t, 200, h.do(at(other)).status)
	rep, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, 1, rep.Acts)
	require.Len(t, rep.Stuck, 1)
}
