package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever is wrong with a request: a problem with status, code and sentence, and nothing changed.
func TestBadInput(t *testing.T) {
	h := newHouse(t)
	id, number, pin := h.filed()
	at := "/v1/complaints/" + id
	h.act("officer", at+"/accept", nil)
	h.act("head", at+"/assign", map[string]any{"officer": "li"})
	h.act("officer", at+"/forward", nil)
	used := map[string]string{"Idempotency-Key": "used-already"}
	require.Equal(t, 202, h.do(request{method: "POST", path: at + "/letter", as: "operator", body: map[string]any{"text": "a"}, header: used}).status)
	usedAct := map[string]string{"Idempotency-Key": "used-for-an-act"}
	require.Equal(t, 200, h.do(request{method: "POST", path: at + "/assign", as: "head", body: map[string]any{"officer": "li"}, header: usedAct}).status)
	h.settled(id)

	with := func(field string, v any) map[string]any {
		b := complaint()
		b[field] = v
		return b
	}
	party := map[string]string{"Duban-Receipt": number, "Duban-Pin": pin}
	file, supervise, reply := "/v1/complaints", at+"/supervise", at+"/reply"
	for name, c := range map[string]struct {
		r       request
		status  int
		code    string
		pointer string
	}{
		"unknown field":           {request{path: file, body: with("colour", "red")}, 422, "unknown-field", "/colour"},
		"wrong type":              {request{path: file, body: with("text", 7)}, 422, "wrong-type", "/text"},
		"null":                    {request{path: file, body: with("text", nil)}, 422, "wrong-type", "/text"},
		"too long":                {request{path: file, body: with("subject", strings.Repeat("长", 201))}, 422, "too-long", "/subject"},
		"text too long":           {request{path: file, body: with("text", strings.Repeat("长", 20001))}, 422, "too-long", "/text"},
		"empty":                   {request{path: file, body: with("subject", "")}, 422, "too-short", "/subject"},
		"no such day":             {request{path: file, body: with("eventOn", "2026-02-30")}, 422, "bad-date", "/eventOn"},
		"day of another form":     {request{path: file, body: with("eventOn", "1.2.2026")}, 422, "bad-date", "/eventOn"},
		"day long gone":           {request{path: file, body: with("eventOn", "1900-12-31")}, 422, "bad-date", "/eventOn"},
		"day too far off":         {request{path: file, body: with("eventOn", "9999-12-31")}, 422, "bad-date", "/eventOn"},
		"instant long gone":       {request{path: "/v1/blockages", as: "operator", body: map[string]any{"grade": "major", "began": "1800-05-12T08:00:00+08:00", "oral": "2026-03-02T08:30:00+08:00"}}, 422, "bad-date", "/began"},
		"unknown appeal":          {request{path: at + "/appeal", as: "operator", body: map[string]any{"contested": 1, "route": "reconsideration", "applicant": "penalised", "filedOn": "2026-03-01", "appealCase": id}}, 422, "unknown-appeal", "/appealCase"},
		"deadline from no day":    {request{method: "GET", path: "/v1/deadline?from=9999-12-31&term=1d"}, 400, "bad-parameter", ""},
		"term too long":           {request{path: supervise, as: "officer", body: map[string]any{"reasons": "r", "term": "9999d"}}, 422, "bad-format", "/term"},
		"not in the list":         {request{path: file, body: with("dispute", "weather")}, 422, "not-in-list", "/dispute"},
		"zero character":          {request{path: file, body: with("text", "a\x00b")}, 422, "bad-format", "/text"},
		"missing field":           {request{path: reply, as: "operator", body: map[string]any{}}, 422, "missing-field", "/text"},
		"no body":                 {request{path: reply, as: "operator"}, 422, "body-needed", ""},
		"body where none belongs": {request{method: "GET", path: "/v1/cases/" + id, as: "officer", body: map[string]any{"a": 1}}, 422, "body-not-allowed", ""},
		"unknown operator":        {request{path: file, body: with("operator", "nobody")}, 422, "unknown-operator", "/operator"},
		"unknown authority":       {request{path: file, body: with("authority", "nowhere")}, 422, "unknown-authority", "/authority"},
		"no contact":              {request{path: file, body: without(complaint(), "complainantPhone")}, 422, "contact-needed", "/complainantPhone"},
		"unknown case":            {request{path: "/v1/complaints/aaaaaaaaaaaaaaaaaaaaaaaaaa/accept", as: "officer"}, 404, "not-found", ""},
		"no case at all":          {request{path: "/v1/complaints/1/accept", as: "officer"}, 404, "not-found", ""},
		"case of another kind":    {request{path: "/v1/enforcements/" + id + "/order", as: "officer", body: map[string]any{"term": "15d", "reasons": "r"}}, 404, "not-found", ""},
		"wrong state":             {request{path: at + "/accept", as: "officer"}, 409, "wrong-state", ""},
		"officer unknown":         {request{path: at + "/assign", as: "head", body: map[string]any{"officer": "nobody"}}, 422, "unknown-officer", "/officer"},
		"wrong officer":           {request{path: supervise, as: "colleague", body: map[string]any{"reasons": "r"}}, 403, "wrong-officer", ""},
		"wrong role":              {request{path: supervise, as: "reviewer", body: map[string]any{"reasons": "r"}}, 403, "wrong-role", ""},
		"wrong authority":         {request{path: supervise, as: "superior", body: map[string]any{"reasons": "r"}}, 403, "wrong-authority", ""},
		"operator acts":           {request{path: at + "/close", as: "operator"}, 403, "not-for-you", ""},
		"admin acts":              {request{path: at + "/close", as: "admin"}, 403, "not-for-you", ""},
		"party acts":              {request{path: at + "/close", header: party}, 403, "not-for-you", ""},
		"no key":                  {request{path: at + "/close"}, 401, "key-needed", ""},
		"unknown key":             {request{path: at + "/close", header: map[string]string{"Authorization": "Bearer nonsense"}}, 401, "unknown-key", ""},
		"wrong pin":               {request{path: at + "/letter", body: map[string]any{"text": "a"}, header: map[string]string{"Duban-Receipt": number, "Duban-Pin": "0000"}}, 404, "not-found", ""},
		"another's paper":         {request{path: reply, body: map[string]any{"text": "a"}, header: party}, 403, "wrong-sender", ""},
		"stale If-Match":          {request{path: supervise, as: "officer", body: map[string]any{"reasons": "r"}, header: map[string]string{"If-Match": `"1"`}}, 412, "stale", ""},
		"bad If-Match":            {request{path: supervise, as: "officer", body: map[string]any{"reasons": "r"}, header: map[string]string{"If-Match": "1"}}, 400, "bad-if-match", ""},
		"no Idempotency-Key":      {request{path: file, body: complaint(), header: map[string]string{"Idempotency-Key": ""}}, 400, "idempotency-key-missing", ""},
		"short Idempotency-Key":   {request{path: file, body: complaint(), header: map[string]string{"Idempotency-Key": "1"}}, 400, "idempotency-key-unfit", ""},
		"reused key of a paper":   {request{path: at + "/letter", as: "operator", body: map[string]any{"text": "b"}, header: used}, 422, "idempotency-key-reused", ""},
		"reused key of an act":    {request{path: at + "/assign", as: "head", body: map[string]any{"officer": "wang"}, header: usedAct}, 422, "idempotency-key-reused", ""},
		"3 MB":                    {request{path: file, body: with("text", strings.Repeat("a", 3<<20))}, 413, "body-too-large", ""},
		"invalid UTF-8":           {request{path: file, body: bytes.Replace([]byte(`{"operator":"telco","text":"@"}`), []byte("@"), []byte{0xff}, 1)}, 400, "bad-encoding", ""},
		"broken JSON":             {request{path: file, body: `{"operator":`}, 400, "bad-json", ""},
		"two documents":           {request{path: at + "/close", as: "officer", body: `{} {}`}, 400, "bad-json", ""},
		"a list":                  {request{path: at + "/close", as: "officer", body: `[]`}, 422, "wrong-type", ""},
		"not JSON":                {request{path: file, body: complaint(), header: map[string]string{"Content-Type": "text/xml"}}, 415, "not-json", ""},
		"unknown parameter":       {request{method: "GET", path: "/v1/cases?colour=red", as: "officer"}, 400, "unknown-parameter", ""},
		"bad parameter":           {request{method: "GET", path: "/v1/cases?limit=many", as: "officer"}, 400, "bad-parameter", ""},
		"bad cursor":              {request{method: "GET", path: "/v1/cases?cursor=AAAA", as: "officer"}, 400, "bad-filter", ""},
		"no such day to count":    {request{method: "GET", path: "/v1/deadline?from=2026-02-30&term=5d"}, 400, "bad-parameter", ""},
		"no such suspension":      {request{method: "GET", path: "/v1/deadline?from=2026-02-02&term=5d&suspended=2026-02-05"}, 400, "bad-parameter", ""},
		"cap of another unit":     {request{method: "GET", path: "/v1/deadline?from=2026-02-02&term=5d&extended=5d&cap=1m"}, 400, "bad-parameter", ""},
		"hours from a day":        {request{method: "GET", path: "/v1/deadline?from=2026-02-02&term=5h"}, 400, "bad-parameter", ""},
		"two sides of an event":   {request{method: "GET", path: "/v1/deadline?from=2026-02-02&before=2026-02-02&term=5d"}, 400, "bad-parameter", ""},
		"no such term":            {request{method: "GET", path: "/v1/deadline?from=2026-02-02&term=9999d"}, 400, "bad-parameter", ""},
		"no such path":            {request{method: "GET", path: "/v1/nothing"}, 404, "not-found", ""},
		"no such method":          {request{method: "DELETE", path: "/v1/cases"}, 405, "method-not-allowed", ""},
		"inside paper":            {request{path: at + "/undelivered", as: "officer", body: map[string]any{"document": "x"}}, 404, "not-found", ""},
		"second filing":           {request{path: at + "/filing", as: "officer", body: complaint()}, 404, "not-found", ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := h.trace(id)
			r := c.r
			if r.method == "" {
				r.method = http.MethodPost
			}
			for lang, sentence := range map[string]string{"": "。", "en-GB,en;q=0.8": " "} {
				r.header = copied(c.r.header)
				if lang != "" {
					r.header["Accept-Language"] = lang
				}
				out := h.do(r)
				require.Equal(t, c.status, out.status, "%s", out.raw)
				require.Equal(t, c.code, out.json["code"], "%s", out.raw)
				require.Equal(t, "application/problem+json", out.header.Get("Content-Type"))
				require.EqualValues(t, c.status, out.json["status"])
				require.Contains(t, out.json["detail"], sentence)
				if c.pointer != "" {
					require.Equal(t, c.pointer, out.json["pointer"])
				}
			}
			require.Equal(t, before, h.trace(id), "nothing changed")
		})
	}
}

// A rule's refusal names its clause.
func TestRefusalCites(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	r := h.do(request{method: "POST", path: "/v1/complaints/" + id + "/close", as: "officer"})
	require.Equal(t, 409, r.status)
	require.Regexp(t, `^[a-z0-9-]+:\d+`, r.json["clause"])
}

func without(b map[string]any, field string) map[string]any {
	delete(b, field)
	return b
}

func copied(h map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range h {
		out[k] = v
	}
	return out
}

// settled waits until no paper of the case is unentered.
func (h *house) settled(id string) {
	h.Helper()
	require.NoError(h, h.desk.run(h.Context(), id))
}

// trace is all that a bad request could have left: cases, papers and entries.
func (h *house) trace(id string) [3]int {
	h.Helper()
	page := h.do(request{method: "GET", path: "/v1/cases?limit=200", as: "admin"})
	papers := h.do(request{method: "GET", path: "/v1/cases/" + id + "/papers?limit=200", as: "admin"})
	ledger := h.do(request{method: "GET", path: "/v1/cases/" + id + "/ledger?limit=200", as: "admin"})
	return [3]int{len(page.json["items"].([]any)), len(papers.json["items"].([]any)), len(ledger.json["items"].([]any))}
}
