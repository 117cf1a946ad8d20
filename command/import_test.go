package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"duban/importer"
)

// counter is a server that files complaints like the API: once per external id.
type counter struct {
	mu     sync.Mutex
	filed  map[string]map[string]string // external id → body
	keys   map[string]string            // Idempotency-Key → body
	posts  int
	answer func(w http.ResponseWriter, posts int) bool // before all else; true: it has answered
}

func (k *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.posts++
	if k.answer != nil && k.answer(w, k.posts) {
		return
	}
	if r.Method != http.MethodPost || r.URL.Path != "/v1/complaints" {
		problemAs(w, http.StatusNotFound, "not-found")
		return
	}
	if r.Header.Get("Authorization") != "Bearer the-import-key" {
		problemAs(w, http.StatusUnauthorized, "unknown-key")
		return
	}
	var body map[string]string
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		problemAs(w, http.StatusBadRequest, "bad-body")
		return
	}
	if body["operator"] == "nobody" {
		problemAs(w, http.StatusUnprocessableEntity, "not-in-list")
		return
	}
	text, key, id := fmt.Sprint(body), r.Header.Get("Idempotency-Key"), body["externalSource"]+"/"+body["externalId"]
	if before, ok := k.keys[key]; ok && before != text {
		problemAs(w, http.StatusUnprocessableEntity, "idempotency-key-reused")
		return
	}
	_, again := k.filed[id]
	if r.URL.Query().Get("dryRun") == "true" && !again {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	k.filed[id], k.keys[key] = body, text
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, `{"paper":"p","case":"c","kind":"complaint","number":"LN-C-2026-000001","received":"2026-03-02T09:00:00+08:00","again":%v}`, again)
}

func problemAs(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"type":"urn:duban:problem:%s","title":"%[1]s","status":%d,"code":"%[1]s","detail":"no","field":"operator"}`, code, status)
}

// A map and a file with the defects of real files: those with which the importer itself is tested.
var testMap, testRows = sample("complaints.yaml"), sample("complaints.csv")

func sample(name string) string {
	text, err := os.ReadFile(filepath.Join("..", "importer", "testdata", name))
	if err != nil {
		panic(err)
	}
	return string(text)
}

func (k *counter) start(t *testing.T) (url string) {
	t.Helper()
	k.filed, k.keys = map[string]map[string]string{}, map[string]string{}
	server := httptest.NewServer(k)
	t.Cleanup(server.Close)
	return server.URL
}

func TestImport(t *testing.T) {
	k := &counter{}
	url := k.start(t)
	rejected := filepath.Join(t.TempDir(), "rejected.csv")
	args := []string{
		"import", "complaints", write(t, "rows.csv", testRows), "--map", write(t, "map.yaml", testMap),
		"--api", url, "--key-file", write(t, "key", "the-import-key\n"), "--rejected", rejected, "--concurrency", "1", "--json",
	}
	var counts importer.Tally
	got := run(t, args...)
	if err := json.Unmarshal([]byte(got.out), &counts); err != nil {
		t.Fatalf("%v: %s%s", err, got.out, got.err)
	}
	if got.status != exitFound || counts.Rows != 12 || counts.Filed != 3 || counts.Existing != 1 || counts.Rejected != 8 {
		t.Errorf("status %d, %+v\n%s", got.status, counts, got.err)
	}
	text, err := os.ReadFile(rejected)
	if err != nil || !strings.HasPrefix(string(text), "\ufeffduban:line,duban:reason,Ticket,") || strings.Count(string(text), "\n") != 9 {
		t.Errorf("%v: %s", err, text)
	}

	if got := run(t, args...); got.status != exitFound || !strings.Contains(got.out, `"filed": 0`) || len(k.filed) != 3 {
		t.Errorf("the second run filed more: %s", got.out)
	}
}

func TestDryRunFilesNothing(t *testing.T) {
	k := &counter{}
	url := k.start(t)
	got := run(t, "import", "complaints", write(t, "rows.csv", testRows), "--map", write(t, "map.yaml", testMap), "--api", url, "--dry-run")
	if got.status != exitFound || k.posts != 0 || !strings.Contains(got.out, "12 rows: 4 could be filed, 1 there before, 7 rejected") || !strings.Contains(got.err, "not asked without --key-file") {
		t.Errorf("status %d, %d posts, %s%s", got.status, k.posts, got.out, got.err)
	}
	got = run(t, "import", "complaints", write(t, "rows.csv", testRows), "--map", write(t, "map.yaml", testMap), "--api", url, "--dry-run", "--key-file", write(t, "key", "the-import-key"))
	if got.status != exitFound || k.posts != 4 || len(k.filed) != 0 || !strings.Contains(got.out, "12 rows: 3 could be filed, 1 there before, 8 rejected") {
		t.Errorf("with a key: status %d, %d posts, %s%s", got.status, k.posts, got.out, got.err)
	}
}

func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("Ticket,Title,Operator,Day,City\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Slow internet,Comcast Inc.,22-Apr-15,Atlanta\n", i+1)
	}
	return b.String()
}

// Stopped in the middle, then run again: every row is filed once.
func TestStopAndGoOn(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	k := &counter{answer: func(_ http.ResponseWriter, posts int) bool {
		if posts == 50 {
			interrupt()
		}
		return false
	}}
	url := k.start(t)
	args := []string{
		"import", "complaints", write(t, "rows.csv", manyRows(300)), "--map", write(t, "map.yaml", testMap),
		"--api", url, "--key-file", write(t, "key", "the-import-key"),
	}
	var out, errs bytes.Buffer
	if status := Main(ctx, Terminal{Out: &out, Err: &errs}, args...); status != exitFailed || !strings.Contains(errs.String(), "the same command goes on") {
		t.Errorf("status %d, %s", status, errs.String())
	}
	filed := len(k.filed)
	if filed < 50 || filed > 50+8 {
		t.Errorf("%d rows were filed after the stop at 50", filed)
	}
	if !strings.Contains(out.String(), fmt.Sprintf("%d filed", filed)) {
		t.Errorf("the stop did not tell the %d rows filed: %s", filed, out.String())
	}
	got := run(t, args...)
	if want := fmt.Sprintf("300 rows: %d filed, %d there before, 0 rejected", 300-filed, filed); got.status != exitOK || !strings.Contains(got.out, want) {
		t.Errorf("status %d, %s, want %s", got.status, got.out, want)
	}
	if len(k.filed) != 300 {
		t.Errorf("%d filed in the end", len(k.filed))
	}
}

// What is wrong with all rows is told once.
func TestWrongKeyStopsAtOnce(t *testing.T) {
	k := &counter{}
	url := k.start(t)
	got := run(t, "import", "complaints", write(t, "rows.csv", manyRows(300)), "--map", write(t, "map.yaml", testMap), "--api", url, "--key-file", write(t, "key", "another"))
	if got.status != exitFailed || k.posts > 8 || !strings.Contains(got.err, "duban key create --role import") {
		t.Errorf("status %d, %d posts, %s", got.status, k.posts, got.err)
	}
}

func TestReceivedFromColumn(t *testing.T) {
	k := &counter{}
	url := k.start(t)
	got := run(t, "import", "complaints", write(t, "rows.csv", manyRows(1)), "--map", write(t, "map.yaml", testMap),
		"--api", url, "--key-file", write(t, "key", "the-import-key"), "--received-from", "Day")
	if got.status != exitOK || k.filed["old/1"]["receivedOn"] != "2015-04-22" {
		t.Errorf("status %d, %v %s", got.status, k.filed, got.err)
	}
}
