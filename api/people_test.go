package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Administrators make authorities, operators and officers; contact details are for staff.
func TestPeople(t *testing.T) {
	h := newHouse(t)
	city := map[string]any{"parent": guangdong, "level": "city", "domain": "telecom", "code": "SZ", "nameZh": "深圳", "nameEn": "Shenzhen"}
	put := func(as, path string, body any) reply {
		return h.do(request{method: "PUT", path: path, as: as, body: body})
	}
	require.Equal(t, 403, put("head", "/v1/authorities/sz", city).status)
	require.Equal(t, 200, put("admin", "/v1/authorities/sz", city).status)
	city["code"] = "GD"
	require.Equal(t, "code-taken", put("admin", "/v1/authorities/sz2", city).json["code"])
	require.Len(t, h.do(request{method: "GET", path: "/v1/authorities"}).json["items"], 4)

	require.Equal(t, 200, put("admin", "/v1/operators/small", map[string]any{"name": "小公司", "province": "sz", "phone": "075512345678"}).status)
	require.Equal(t, "unknown-authority", put("admin", "/v1/operators/small", map[string]any{"name": "小公司", "province": "none"}).json["code"])
	require.NotContains(t, h.do(request{method: "GET", path: "/v1/operators/small"}).json, "phone")
	require.NotContains(t, h.do(request{method: "GET", path: "/v1/operators/small", as: "operator"}).json, "phone")
	require.Contains(t, h.do(request{method: "GET", path: "/v1/operators/small", as: "officer"}).json, "phone")
	first := h.do(request{method: "GET", path: "/v1/operators?limit=2"})
	require.Len(t, first.json["items"], 2)
	require.Len(t, h.do(request{method: "GET", path: "/v1/operators?limit=2&cursor=" + first.json["next"].(string)}).json["items"], 1)

	require.Equal(t, 200, put("admin", "/v1/officers/liu", map[string]any{"authority": "sz", "role": "officer", "name": "刘"}).status)
	require.Len(t, h.do(request{method: "GET", path: "/v1/officers?authority=sz", as: "head"}).json["items"], 1)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/officers?authority=sz", as: "stranger"}).status)
	require.Equal(t, 403, h.do(request{method: "GET", path: "/v1/officers", as: "operator"}).status)
}

// A mended regime reaches a running case only by the paper of the installation, one entry for each case.
func TestRepin(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	r := request{method: "POST", path: "/v1/cases/" + id + "/repin", as: "officer", body: map[string]any{"regime": "telecom-2001"}, header: map[string]string{"Prefer": "wait=5"}}
	require.Equal(t, 403, h.do(r).status, "not the head")
	r.as = "head"
	done := h.do(r)
	require.Equal(t, 200, done.status, "%s", done.raw)
	require.Equal(t, "house", done.json["entry"].(map[string]any)["class"])
	r.body = map[string]any{"regime": "none"}
	require.Equal(t, "no-regime", h.do(r).json["code"])
}

// A revoked key is refused by the next request.
func TestRevokedKey(t *testing.T) {
	h := newHouse(t)
	require.Equal(t, 200, h.do(request{method: "GET", path: "/v1/cases", as: "officer"}).status)
	key, err := h.register.Authenticate(t.Context(), h.keys["officer"])
	require.NoError(t, err)
	require.NoError(t, h.register.RevokeKey(t.Context(), key.ID))
	r := h.do(request{method: "GET", path: "/v1/cases", as: "officer"})
	require.Equal(t, 401, r.status)
	require.Equal(t, "unknown-key", r.json["code"])
	require.Equal(t, 200, h.do(request{method: "GET", path: "/v1/cases", as: "colleague"}).status)
}
