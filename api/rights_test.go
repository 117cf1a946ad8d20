package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/api"
	"duban/register"
)

// 2026-03-02 the head is moved to another province, then leaves: the old key opens what its owner may now, and
// then nothing.
func TestRightsFollowThePerson(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	at := "/v1/complaints/" + id
	require.Equal(t, 200, h.do(request{method: "GET", path: at, as: "head"}).status)
	moved := h.do(request{method: "PUT", path: "/v1/officers/chen", as: "admin", body: map[string]any{"authority": liaoning, "role": "officer", "name": "陈"}})
	require.Equal(t, 200, moved.status, "%s", moved.raw)
	require.Equal(t, 404, h.do(request{method: "GET", path: at, as: "head"}).status)
	who := h.do(request{method: "GET", path: "/v1/whoami", as: "head"}).json
	require.Equal(t, []any{"officer", "chen", liaoning, "officer"}, []any{who["kind"], who["id"], who["authority"], who["role"]})

	left := h.do(request{method: "POST", path: "/v1/officers/li/retire", as: "admin", body: map[string]any{"left": true}})
	require.Equal(t, 200, left.status, "%s", left.raw)
	require.NotNil(t, left.json["retired"])
	require.Equal(t, "unknown-key", h.do(request{method: "POST", path: at + "/accept", as: "officer"}).json["code"])
	h.do(request{method: "PUT", path: "/v1/officers/li", as: "admin", body: map[string]any{"authority": guangdong, "role": "officer", "name": "李"}})
	require.Equal(t, 401, h.do(request{method: "GET", path: at, as: "officer"}).status, "a change of the name brings nobody back")
	require.Equal(t, 403, h.do(request{method: "POST", path: "/v1/officers/li/retire", as: "colleague", body: map[string]any{"left": false}}).status)
	h.do(request{method: "POST", path: "/v1/officers/li/retire", as: "admin", body: map[string]any{"left": false}})
	require.Equal(t, 200, h.do(request{method: "GET", path: at, as: "officer"}).status)
	require.Equal(t, 404, h.do(request{method: "POST", path: "/v1/officers/nobody/retire", as: "admin", body: map[string]any{"left": true}}).status)
}

// An administrator makes, lists and ends keys; a secret is shown once.
func TestKeysOverTheAPI(t *testing.T) {
	h := newHouse(t)
	make := request{method: "POST", path: "/v1/keys", as: "admin", body: map[string]any{"kind": "officer", "owner": "wang"}, header: map[string]string{"Idempotency-Key": "a-key-for-wang"}}
	made := h.do(make)
	require.Equal(t, 201, made.status, "%s", made.raw)
	again := h.do(make)
	require.Equal(t, []any{201, true, nil}, []any{again.status, again.json["again"], again.json["secret"]})
	make.body = map[string]any{"kind": "officer", "owner": "zhou"}
	require.Equal(t, "idempotency-key-reused", h.do(make).json["code"])
	h.keys["new"] = made.json["secret"].(string)
	require.Equal(t, "wang", h.do(request{method: "GET", path: "/v1/whoami", as: "new"}).json["id"])
	id := made.json["key"].(map[string]any)["id"].(string)
	var listed map[string]any
	for _, k := range h.items("admin", "/v1/keys") {
		if k["id"] == id {
			listed = k
		}
	}
	require.Equal(t, []any{"officer", "wang", guangdong, "root"}, []any{listed["kind"], listed["owner"], listed["authority"], listed["by"]})
	require.NotNil(t, listed["used"])
	require.NotContains(t, string(h.do(request{method: "GET", path: "/v1/keys", as: "admin"}).raw), h.keys["new"])
	require.Equal(t, 204, h.do(request{method: "POST", path: "/v1/keys/" + id + "/revoke", as: "admin"}).status)
	require.Equal(t, "unknown-key", h.do(request{method: "GET", path: "/v1/whoami", as: "new"}).json["code"])

	for name, body := range map[string]map[string]any{
		"unknown-holder": {"kind": "operator", "owner": "nobody"}, "expires-in-past": {"kind": "admin", "owner": "anna", "expires": "2020-01-01T00:00:00Z"},
	} {
		require.Equal(t, name, h.do(request{method: "POST", path: "/v1/keys", as: "admin", body: body}).json["code"])
	}
	for _, as := range []string{"officer", "head", "operator", "import"} {
		require.Equal(t, 403, h.do(request{method: "GET", path: "/v1/keys", as: as}).status)
	}
	secret, err := h.register.CreateKey(t.Context(), register.KeySpec{Kind: register.AdminKey, Owner: "short", Expires: time.Now().Add(-time.Second)})
	require.NoError(t, err)
	h.keys["expired"] = secret
	require.Equal(t, 401, h.do(request{method: "GET", path: "/v1/keys", as: "expired"}).status)
	require.Contains(t, h.log.String(), `"by":"wang"`, "the log names whose key it was")
}

// An import of one province can't rename another's operator.
func TestAnImportChangesItsOwnOperators(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	require.NoError(t, h.register.PutOperator(ctx, register.Operator{ID: "far", Name: "外省", Province: liaoning}))
	put := func(id, province string) int {
		return h.do(request{method: "PUT", path: "/v1/operators/" + id, as: "import", body: map[string]any{"name": "改名", "province": province}}).status
	}
	require.Equal(t, []int{403, 403, 403, 200, 200}, []int{put("far", guangdong), put("far", liaoning), put(operator, liaoning), put(operator, guangdong), put("fresh", guangdong)})
	o, err := h.register.OperatorByID(ctx, "far")
	require.NoError(t, err)
	require.Equal(t, "外省", o.Name)
}

// Two strangers who happen to choose the same key and words get two receipts: none sees the other's.
func TestStrangersKeysDoNotMeet(t *testing.T) {
	h := newHouse(t)
	e, err := api.New(api.Options{Office: h.office, Docket: h.docket, Proxies: []string{"127.0.0.1"}})
	require.NoError(t, err)
	behind := httptest.NewServer(e)
	defer behind.Close()
	h.url = behind.URL
	file := func(from string) map[string]any {
		r := h.do(request{method: "POST", path: "/v1/complaints", body: complaint(), header: map[string]string{"Idempotency-Key": "my-first", "X-Forwarded-For": from}})
		require.Equal(t, 201, r.status, "%s", r.raw)
		return r.json
	}
	one, other, repeated := file("203.0.113.7"), file("203.0.113.8"), file("203.0.113.7")
	require.NotEqual(t, one["number"], other["number"])
	require.Equal(t, one["pin"], repeated["pin"])
	require.Equal(t, true, repeated["again"])
	_, err = api.New(api.Options{Proxies: []string{"somewhere"}})
	require.ErrorContains(t, err, "somewhere")
}

// Every answer, of whatever kind, keeps browsers from doing more with it than reading it; the page of the
// contract has no script within it.
func TestAnswersAreSafe(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/livez", "/v1/authorities", "/v1/cases", "/nowhere", "/docs/", "/v1/openapi.json", "/docs/swagger-ui.css"} {
		r := h.do(request{method: "GET", path: path})
		require.Equal(t, []string{"nosniff", "DENY", "no-referrer", "same-origin"},
			[]string{r.header.Get("X-Content-Type-Options"), r.header.Get("X-Frame-Options"), r.header.Get("Referrer-Policy"), r.header.Get("Cross-Origin-Opener-Policy")}, path)
		require.Contains(t, r.header.Get("Content-Security-Policy"), "default-src 'none'", path)
		require.NotContains(t, r.header.Get("Content-Security-Policy"), "unsafe", path)
	}
	page := string(h.do(request{method: "GET", path: "/docs/"}).raw)
	require.Contains(t, page, "/docs/start.js")
	require.NotContains(t, page, "<style")
	require.Equal(t, 2, strings.Count(page, "<script src="))
	require.Equal(t, 2, strings.Count(page, "<script"))
	apart, err := api.New(api.Options{MetricsApart: true})
	require.NoError(t, err)
	w := httptest.NewRecorder()
	apart.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Equal(t, 404, w.Code)
}

// Of a duty its operator reads what it owes and what was written to it, not what the authority makes of it.
func TestWhatAnOperatorReadsOfADuty(t *testing.T) {
	h := newHouse(t)
	for _, day := range []string{"2026-07-01", "2026-07-21", "2026-07-31", "2026-08-03"} {
		h.kept(day + "T12:00:00")
	}
	mine := h.items("operator", "/v1/duties")
	require.NotEmpty(t, mine)
	for _, d := range mine {
		require.Nil(t, d["matter"], "%v", d)
		require.Nil(t, d["words"], "%v", d)
	}
	proposed := h.items("head", "/v1/duties/proposals")
	require.NotEmpty(t, proposed, "something was proposed")
	require.Equal(t, 403, h.do(request{method: "GET", path: "/v1/duties/proposals", as: "operator"}).status)
}
