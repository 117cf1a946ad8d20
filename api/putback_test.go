package api_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a GET gives may be put again as it is, and changes nothing.
func TestGetGivesWhatPutTakes(t *testing.T) {
	h := newHouse(t)
	put := func(path string, body any) reply {
		t.Helper()
		return h.do(request{method: "PUT", path: path, as: "admin", body: body})
	}
	get := func(as, path string) reply {
		t.Helper()
		return h.do(request{method: "GET", path: path, as: as})
	}
	for path, body := range map[string]map[string]any{
		"/v1/authorities/sz": {"parent": guangdong, "level": "city", "domain": "telecom", "code": "SZ", "nameZh": "深圳", "nameEn": "Shenzhen", "email": "sz@example.org", "address": "深圳市"},
		"/v1/operators/small": {
			"name": "小公司", "types": []any{"isp", "vno"}, "province": guangdong, "licence": "B1", "email": "a@example.org",
			"phone": "0755 1234", "address": "深圳市", "lang": "en",
		},
		"/v1/operators/bare":      {"name": "小公司"},
		"/v1/officers/liu":        {"authority": guangdong, "role": "officer", "name": "刘", "card": "粤1", "email": "liu@example.org", "lang": "en"},
		"/v1/cards/%E7%B2%A4-001": {"officer": "li", "kind": "inspection", "level": "city", "types": []any{"isp"}, "from": "2026-01-01", "until": "2026-12-31"},
	} {
		first := put(path, body)
		require.Equal(t, 200, first.status, "%s", first.raw)
		seen := get("admin", path)
		require.Equal(t, 200, seen.status, "%s", seen.raw)
		require.Equal(t, first.json, seen.json, path)
		again := put(path, seen.json)
		require.Equal(t, 200, again.status, "%s: %s", path, again.raw)
		require.Equal(t, seen.json, get("admin", path).json, path)
		for field := range body {
			if field != "nameZh" && field != "nameEn" {
				require.Contains(t, seen.json, field, path)
			}
		}
	}
	require.Equal(t, map[string]any{"zh": "深圳", "en": "Shenzhen"}, get("", "/v1/authorities/sz").json["name"], "the public may see it")

	require.Equal(t, 200, h.do(request{method: "POST", path: "/v1/officers/liu/retire", as: "admin", body: map[string]any{"left": true}}).status)
	gone := get("admin", "/v1/officers/liu").json
	require.Contains(t, gone, "retired")
	require.Equal(t, gone, put("/v1/officers/liu", gone).json, "who has left stays so")
	gone["retired"] = "2020-01-01T00:00:00Z"
	require.Equal(t, "retired-elsewhere", put("/v1/officers/liu", gone).json["code"])
	here := get("admin", "/v1/officers/li").json
	here["retired"] = "2020-01-01T00:00:00Z"
	require.Equal(t, "retired-elsewhere", put("/v1/officers/li", here).json["code"])

	// Only staff in scope see who works where and what they carry.
	for as, want := range map[string]int{"head": 200, "superior": 200, "admin": 200, "stranger": 404, "operator": 403, "": 401} {
		require.Equal(t, want, get(as, "/v1/officers/li").status, as)
		require.Equal(t, want, get(as, "/v1/cards/%E7%B2%A4-001").status, as)
	}
	for _, path := range []string{"/v1/authorities/none", "/v1/officers/none", "/v1/cards/none"} {
		require.Equal(t, 404, get("admin", path).status, path)
	}
}

// A PUT that is not taken says which field is wrong and what it may be.
func TestPutSaysWhatIsAllowed(t *testing.T) {
	h := newHouse(t)
	authority := func(field string, v any) map[string]any {
		b := map[string]any{"level": "city", "domain": "telecom", "code": "SZ", "name": map[string]any{"zh": "深圳", "en": "Shenzhen"}, field: v}
		if v == nil {
			delete(b, field)
		}
		return b
	}
	with := func(b map[string]any, field string, v any) map[string]any {
		b[field] = v
		return b
	}
	operator := func() map[string]any { return map[string]any{"name": "小公司"} }
	officer := func() map[string]any { return map[string]any{"authority": guangdong, "role": "officer", "name": "刘"} }
	card := func() map[string]any {
		return map[string]any{"officer": "li", "kind": "inspection", "from": "2026-01-01", "until": "2026-12-31"}
	}
	const code = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
	for name, c := range map[string]struct {
		path    string
		body    any
		pointer string
		zh, en  string
	}{
		"authority: field":   {"/v1/authorities/sz", authority("colour", "red"), "/colour", "domain、email、id、level、name", "domain, email, id, level, name"},
		"authority: missing": {"/v1/authorities/sz", authority("level", nil), "/level", "level、domain、code", "level, domain, code"},
		"authority: level":   {"/v1/authorities/sz", authority("level", "town"), "/level", "ministry、province、city", "ministry, province, city"},
		"authority: code":    {"/v1/authorities/sz", authority("code", "sz"), "/code", "^[A-Z0-9]{1,12}$", "^[A-Z0-9]{1,12}$"},
		"authority: name":    {"/v1/authorities/sz", authority("name", map[string]any{"zh": "深圳"}), "/name/en", "zh、en", "zh, en"},
		"authority: no name": {"/v1/authorities/sz", authority("name", nil), "/name", "缺少", "missing"},
		"authority: half":    {"/v1/authorities/sz", with(authority("name", nil), "nameZh", "深圳"), "/nameEn", "缺少", "missing"},
		"authority: two":     {"/v1/authorities/sz", with(authority("nameEn", "Shenzhen"), "nameZh", "深圳"), "/name", "name，或者", "in one form"},
		"authority: id":      {"/v1/authorities/sz", authority("id", "sz2"), "/id", "一致", "address names"},
		"authority: parent":  {"/v1/authorities/" + ministry, with(authority("parent", guangdong), "code", "BU"), "/parent", "下级", "below"},
		"authority: itself":  {"/v1/authorities/sz", authority("parent", "sz"), "/parent", "没有该上级", "no such superior"},
		"operator: field":    {"/v1/operators/small", with(operator(), "colour", "red"), "/colour", "licence、name", "licence, name"},
		"operator: lang":     {"/v1/operators/small", with(operator(), "lang", "fr"), "/lang", "zh-CN、en", "zh-CN, en"},
		"operator: type":     {"/v1/operators/small", with(operator(), "types", []any{"网"}), "/types/0", code, code},
		"operator: mail":     {"/v1/operators/small", with(operator(), "email", "nobody"), "/email", "@", "@"},
		"operator: id":       {"/v1/operators/small", with(operator(), "id", "large"), "/id", "一致", "address names"},
		"officer: role":      {"/v1/officers/liu", with(officer(), "role", "king"), "/role", "officer、reviewer、head", "officer, reviewer, head"},
		"officer: field":     {"/v1/officers/liu", with(officer(), "colour", "red"), "/colour", "authority、card", "authority, card"},
		"officer: id":        {"/v1/officers/liu", with(officer(), "id", "li"), "/id", "一致", "address names"},
		"card: kind":         {"/v1/cards/c1", with(card(), "kind", "golden"), "/kind", "inspection、enforcement", "inspection, enforcement"},
		"card: day":          {"/v1/cards/c1", with(card(), "from", "2026-02-30"), "/from", "date", "date"},
		"card: number":       {"/v1/cards/c1", with(card(), "number", "c2"), "/number", "一致", "address names"},
		"a name in address":  {"/v1/officers/l%20iu", officer(), "", code, code},
	} {
		for lang, want := range map[string]string{"zh-CN": c.zh, "en": c.en} {
			r := h.do(request{method: "PUT", path: c.path, as: "admin", body: c.body, header: map[string]string{"Accept-Language": lang}})
			require.GreaterOrEqual(t, r.status, 400, name)
			require.Contains(t, r.json["detail"], want, "%s: %s", name, r.raw)
			if c.pointer != "" {
				require.Equal(t, c.pointer, r.json["pointer"], "%s: %s", name, r.raw)
			}
			require.Equal(t, lang == "en", !strings.ContainsAny(r.json["detail"].(string), "。，"), "%s: %s", name, r.raw)
		}
	}
	require.Len(t, h.do(request{method: "GET", path: "/v1/authorities"}).json["items"], 3, "nothing was made")
}
