package importer

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
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

func (k *counter) start(t *testing.T) (url string) {
	t.Helper()
	k.filed, k.keys = map[string]map[string]string{}, map[string]string{}
	server := httptest.NewServer(k)
	t.Cleanup(server.Close)
	return server.URL
}

const testMap = `
source: old
dateLayouts: [02-Jan-06, 2006-01-02]
externalId: {column: Ticket}
fields:
  operator: {column: Operator, values: {"Comcast Inc.": comcast, Nobody: nobody}}
  subject: {column: Title}
  text: {template: "{Title} ({City})"}
  complainantName: {constant: not told}
  eventOn: {column: Day, optional: true}
  dispute: {column: Title, containing: [{any: [bill, fee], value: fee}], default: other}
`

// write puts a file into a directory of the test's own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Killed between the commit and the answer: the row is found there by the next run.
func TestLostAnswer(t *testing.T) {
	k := &counter{}
	k.start(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if k.posts >= 3 {
			k.ServeHTTP(w, r)
			return
		}
		k.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}))
	defer server.Close()
	d, err := NewDoor(server.URL, "the-import-key", "en")
	if err != nil {
		t.Fatal(err)
	}
	d.pause = time.Millisecond
	again, err := d.file(t.Context(), filing{"externalSource": "old", "externalId": "1"})
	if err != nil || !again || len(k.filed) != 1 {
		t.Errorf("again %v, %v, %d filed", again, err, len(k.filed))
	}
}

func TestAPIAwayForAWhile(t *testing.T) {
	k := &counter{answer: func(w http.ResponseWriter, posts int) bool {
		if posts < 4 {
			problemAs(w, http.StatusServiceUnavailable, "unavailable")
		}
		return posts < 4
	}}
	d, err := NewDoor(k.start(t), "the-import-key", "en")
	if err != nil {
		t.Fatal(err)
	}
	d.pause = time.Millisecond
	if again, err := d.file(t.Context(), filing{"externalSource": "old", "externalId": "1"}); err != nil || again || k.posts != 4 {
		t.Errorf("again %v, %v, %d posts", again, err, k.posts)
	}
	d.patience = 0
	k.posts = 0
	if _, err := d.file(t.Context(), filing{"externalSource": "old", "externalId": "2"}); err == nil || k.posts != 1 {
		t.Errorf("no end of patience: %v, %d posts", err, k.posts)
	}
}

// The same row is the same request, and another row another.
func TestKeyOfRow(t *testing.T) {
	a := keyOf("a", "1")
	if a != keyOf("a", "1") || len(a) < 8 {
		t.Error(a)
	}
	for _, other := range [][2]string{{"a1", ""}, {"a", "2"}} {
		if keyOf(other[0], other[1]) == a {
			t.Errorf("%v has the same key", other)
		}
	}
}
