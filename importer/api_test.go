package importer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

// registry answers like the API: each external id once, operators that it knows, dry runs.
type registry struct {
	mu        sync.Mutex
	filed     map[string]map[string]any // by kind and external id
	stranger  bool                      // the key is of another kind
	operators map[string]bool           // nil: every one is known but nobody
	posts     int
	answer    func(w http.ResponseWriter, posts int) bool // before all else; true: it has answered
}

func (k *registry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.posts++
	if k.answer != nil && k.answer(w, k.posts) {
		return
	}
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		problemAs(w, http.StatusBadRequest, "bad-body")
		return
	}
	switch kind := strings.TrimPrefix(r.URL.Path, "/v1/"); {
	case r.Header.Get("Authorization") != "Bearer the-import-key":
		problemAs(w, http.StatusUnauthorized, "unknown-key")
	case r.Method == http.MethodPut && strings.HasPrefix(kind, "operators/"):
		k.operators[strings.TrimPrefix(kind, "operators/")] = true
	case kind == "complaints" || kind == "inspections":
		k.file(w, kind, body, r.URL.Query().Get("dryRun") == "true")
	default:
		problemAs(w, http.StatusNotFound, "not-found")
	}
}

func (k *registry) file(w http.ResponseWriter, kind string, body map[string]any, dry bool) {
	if o := body["operator"].(string); o == "nobody" || k.operators != nil && !k.operators[o] {
		problemAs(w, http.StatusUnprocessableEntity, "unknown-operator")
		return
	}
	if body["authority"] == "theirs" || k.stranger {
		problemAs(w, http.StatusForbidden, "not-for-you")
		return
	}
	id := kind + "/" + body["externalId"].(string)
	before, again := k.filed[id]
	switch {
	case again && !reflect.DeepEqual(before, body):
		problemAs(w, http.StatusUnprocessableEntity, "idempotency-key-reused")
		return
	case dry && !again:
		w.WriteHeader(http.StatusNoContent)
		return
	case !again:
		k.filed[id] = body
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, `{"paper":"p","case":%q,"kind":"complaint","number":"LN-C-2026-000001","received":"2026-03-02T09:00:00+08:00","again":%v}`, "case-"+id, again)
}

func problemAs(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"type":"urn:duban:problem:%s","title":"%[1]s","status":%d,"code":"%[1]s","detail":"no","field":"operator"}`, code, status)
}

func (k *registry) door(t *testing.T, dry bool) *Door {
	t.Helper()
	if k.filed == nil {
		k.filed = map[string]map[string]any{}
	}
	server := httptest.NewServer(k)
	t.Cleanup(server.Close)
	d, err := NewDoor(server.URL, "the-import-key", "en", dry)
	if err != nil {
		t.Fatal(err)
	}
	d.pause = time.Millisecond
	return d
}

// write puts a file into a directory of the test's own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// job is an import by a map, with what it told.
func job(t *testing.T, m string, d *Door) (Job, *bytes.Buffer) {
	t.Helper()
	told := &bytes.Buffer{}
	return Job{Map: write(t, "map.yaml", m), AtOnce: 4, Door: d, Out: told, Now: time.Now}, told
}

// became is what a tally counts, without the time.
func became(t Tally) [4]int { return [4]int{t.Rows, t.Filed, t.Existing, t.Rejected} }

func readFile(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
