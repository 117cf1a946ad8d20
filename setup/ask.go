package setup

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"duban/law/casefile"
)

// request is what the API within the process is asked.
type request struct {
	method, path string
	body         map[string]any
	key          string
}

// answer is what it said.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func (r *run) ask(ctx context.Context, method, path string, body map[string]any, key, lang string) (*answer, error) {
	text := []byte(nil)
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
	}
	q, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	q.RemoteAddr = "127.0.0.1:0"
	q.Header.Set("Accept-Language", lang)
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		q.Header.Set("Idempotency-Key", key)
	}
	a := &answer{status: http.StatusOK, header: http.Header{}}
	r.door.ServeHTTP(a, q)
	if a.status >= http.StatusInternalServerError {
		var p problem
		if err := json.Unmarshal(a.body.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s %s: status %d", method, path, a.status)
		}
		return nil, fmt.Errorf("%s %s: %s (%s)", method, path, p.Detail, p.Code)
	}
	return a, nil
}

// problem is the part of a problem document that is told.
type problem struct {
	Code    string `json:"code"`
	Detail  string `json:"detail"`
	Field   string `json:"field"`
	Pointer string `json:"pointer"`
}

// ours are fields of an element that the API does not take, by the part of the file.
var ours = map[string][]string{"keys": {"file", "name"}}

// refused notes why an element was not taken, in both languages, at the field that is named.
func (r *run) refused(ctx context.Context, it item, q request, en *answer) error {
	zh, err := r.ask(ctx, q.method, q.path, q.body, q.key, "zh-CN")
	if err != nil {
		return err
	}
	var p, inChinese problem
	if err := json.Unmarshal(en.body.Bytes(), &p); err != nil {
		return fmt.Errorf("%s %s: status %d: %w", q.method, q.path, en.status, err)
	}
	if err := json.Unmarshal(zh.body.Bytes(), &inChinese); err != nil {
		return fmt.Errorf("%s %s: status %d: %w", q.method, q.path, zh.status, err)
	}
	says := casefile.Text{Zh: inChinese.Detail, En: p.Detail}
	if p.Code == "unknown-field" {
		for _, field := range ours[it.path[0]] {
			says = casefile.Text{Zh: strings.TrimSuffix(says.Zh, "。") + "、" + field + "。", En: says.En + ", " + field}
		}
	}
	path := slices.Clone(it.path)
	switch {
	case p.Pointer != "":
		path = append(path, strings.Split(strings.TrimPrefix(p.Pointer, "/"), "/")...)
	case p.Field != "":
		path = append(path, p.Field)
	}
	if p.Code == "unknown-field" {
		r.problems = append(r.problems, r.KeyProblem(says, path...))
	} else {
		r.fault(says, path...)
	}
	return nil
}
