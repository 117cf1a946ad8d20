package importer

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Killed between the commit and the answer: the row is found there by the next try.
func TestLostAnswer(t *testing.T) {
	k := &registry{}
	k.door(t, false) // which makes it one
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if k.posts >= 3 {
			k.ServeHTTP(w, r)
			return
		}
		k.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}))
	defer server.Close()
	d, err := NewDoor(server.URL, "the-import-key", "en", false)
	if err != nil {
		t.Fatal(err)
	}
	d.pause = time.Millisecond
	r, err := d.file(t.Context(), complaintsPath, "old", "1", filing{"externalId": "1", "operator": "x"})
	if err != nil || r == nil || !r.Again || len(k.filed) != 1 {
		t.Errorf("%+v, %v, %d filed", r, err, len(k.filed))
	}
}

func TestAPIAwayForAWhile(t *testing.T) {
	k := &registry{answer: func(w http.ResponseWriter, posts int) bool {
		if posts < 4 {
			problemAs(w, http.StatusServiceUnavailable, "unavailable")
		}
		return posts < 4
	}}
	d := k.door(t, false)
	if r, err := d.file(t.Context(), complaintsPath, "old", "1", filing{"externalId": "1", "operator": "x"}); err != nil || r.Again || k.posts != 4 {
		t.Errorf("%+v, %v, %d posts", r, err, k.posts)
	}
	d.patience = 0
	k.posts = 0
	if _, err := d.file(t.Context(), complaintsPath, "old", "2", filing{"externalId": "2", "operator": "x"}); err == nil || k.posts != 1 {
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
