package api_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Missed and obstructed on a visit that the operator does not know of yet, then received on
// another: the newest first, page by page, and to each what it may know.
func TestCooperation(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	for _, id := range []string{"li", "wang"} {
		require.NoError(t, h.register.PutOfficer(ctx, register.Officer{ID: id, Authority: guangdong, Role: casefile.RoleOfficer, Name: id}))
		require.NoError(t, h.register.PutCard(ctx, casefile.Card{
			Number: "c-" + id, Officer: id, Kind: casefile.InspectionCard, From: calendar.NewDay(2026, 1, 1), Until: calendar.NewDay(2026, 12, 31),
		}))
	}
	at := map[string]string{}
	for _, name := range []string{"first", "second"} {
		r := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}})
		require.Equal(t, 201, r.status, "%s", r.raw)
		at[name] = "/v1/inspections/" + r.json["case"].(string)
		h.act("head", at[name]+"/approve", nil)
		h.act("officer", at[name]+"/appoint", map[string]any{"officers": []string{"li", "wang"}})
	}
	visit := func(more map[string]any) map[string]any {
		more["officers"], more["on"] = []string{"li", "wang"}, "2026-03-02"
		return more
	}
	h.act("officer", at["first"]+"/missed-visit", visit(map[string]any{"text": "无人应门"}))
	h.act("officer", at["second"]+"/start", visit(map[string]any{"shown": true}))
	h.act("officer", at["first"]+"/turned-away", visit(map[string]any{}))

	path := "/v1/operators/" + operator + "/cooperation"
	what := func(as string) (out []any) {
		for _, m := range h.items(as, path) {
			require.Equal(t, "2026-03-02", m["day"])
			out = append(out, m["what"])
		}
		return out
	}
	all := []any{"turned-away", "missed", "received"} // within one instant: by case, then by entry
	require.ElementsMatch(t, all, what("officer"))
	require.Equal(t, what("officer"), what("superior"))
	require.Equal(t, what("officer"), what("admin"))
	require.Equal(t, []any{"received"}, what("operator"), "it does not know of the other yet")
	require.Empty(t, what("stranger"))
	require.Equal(t, 404, h.do(request{method: "GET", path: path, as: "other operator"}).status)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/operators/nobody/cooperation", as: "officer"}).status)

	var paged []any
	for next := path + "?limit=1"; next != ""; {
		r := h.do(request{method: "GET", path: next, as: "officer"})
		require.Equal(t, 200, r.status, "%s", r.raw)
		paged = append(paged, r.json["items"].([]any)[0].(map[string]any)["what"])
		next = ""
		if cursor, ok := r.json["next"].(string); ok {
			next = path + "?limit=1&cursor=" + cursor
		}
	}
	require.Equal(t, what("officer"), paged)
	require.Equal(t, "bad-filter", h.do(request{method: "GET", path: path + "?cursor=x.y.z", as: "officer"}).json["code"])
	require.Len(t, h.rows(h.do(request{method: "GET", path: path + "?format=csv", as: "officer"}).raw), 4)
}

// A hotel files its own standard: versions are kept, and compared to the province's.
func TestOwnStandards(t *testing.T) {
	h := newHouse(t)
	h.city()
	raw, err := os.ReadFile("../examples/standard-own-hotel.yaml")
	require.NoError(t, err)
	path := "/v1/operators/h1/standards/liaoning-star-hotel"
	file := func(as, text string) reply {
		return h.do(request{method: "PUT", path: path, as: as, body: map[string]any{"text": text}})
	}
	require.Equal(t, 404, h.do(request{method: "GET", path: path, as: "hotel"}).status)
	first := file("hotel", string(raw))
	require.Equal(t, 200, first.status, "%s", first.raw)
	require.Equal(t, float64(1), first.json["version"])
	require.Equal(t, first.json, file("hotel", string(raw)).json, "the same again")
	second := file("hotel", string(raw)+"# 修订\n")
	require.Equal(t, float64(2), second.json["version"])
	require.Equal(t, string(raw), h.do(request{method: "GET", path: path + "?version=1", as: "city"}).json["text"])
	require.Equal(t, second.json["hash"], h.do(request{method: "GET", path: path, as: "hotel"}).json["hash"])

	c := h.do(request{method: "GET", path: path + "/compare", as: "hotel"})
	require.Equal(t, 200, c.status, "%s", c.raw)
	require.Equal(t, false, c.json["suffices"])
	stands := map[any]int{}
	for _, line := range c.json["items"].([]any) {
		stands[line.(map[string]any)["stands"]]++
	}
	for _, s := range []string{"weaker", "same", "stricter", "extra"} {
		require.NotZero(t, stands[s], s)
	}

	bad := file("hotel", strings.Replace(string(raw), "weight: 3", "weight: three", 1))
	require.Equal(t, []any{422, "bad-standard"}, []any{bad.status, bad.json["code"]})
	require.NotContains(t, string(bad.raw), "three", "what was submitted is not repeated")
	require.Equal(t, "too-long", file("hotel", string(raw)+"# "+strings.Repeat("长", 70_000)).json["code"], "200 kB, not characters")
	require.Equal(t, 404, file("operator", string(raw)).status, "another's")
	require.Equal(t, 403, file("city", string(raw)).status)
	require.Equal(t, 404, h.do(request{method: "GET", path: path, as: "stranger"}).status)
	require.Equal(t, 404, h.do(request{method: "PUT", path: "/v1/operators/h1/standards/no-such", as: "hotel", body: map[string]any{"text": "a"}}).status)
}
