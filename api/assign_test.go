package api_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// assigned is what an assignment tells of each case: its entry's number, or the code of its problem.
func assigned(t *testing.T, r reply) (out []any) {
	t.Helper()
	require.Equal(t, 200, r.status, "%s", r.raw)
	for _, x := range r.json["items"].([]any) {
		x := x.(map[string]any)
		if p, failed := x["problem"].(map[string]any); failed {
			out = append(out, p["code"])
			continue
		}
		out = append(out, x["seq"])
	}
	return out
}

// The head gives three cases to Li at once, one of which is another's; then Li's go to Wang, all of them.
func TestManyCasesAreGivenAtOnce(t *testing.T) {
	h := newHouse(t)
	first, _, _ := h.filed()
	second, _, _ := h.filed()
	abroad := complaint()
	abroad["authority"] = liaoning
	far := h.do(request{method: "POST", path: "/v1/complaints", body: abroad, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, far.status, "%s", far.raw)
	elsewhere, unknown := far.json["case"].(string), "aaaaaaaaaaaaaaaaaaaaaaaaaa"
	give := request{
		method: "POST", path: "/v1/assignments", as: "head", body: map[string]any{"officer": "li", "cases": []string{first, elsewhere, unknown, second}},
		header: map[string]string{"Idempotency-Key": "monday-morning"},
	}
	require.Equal(t, []any{2.0, "not-found", "not-found", 2.0}, assigned(t, h.do(give)))
	require.Equal(t, []any{2.0, "not-found", "not-found", 2.0}, assigned(t, h.do(give)), "the same key again makes nothing new")
	give.body = map[string]any{"officer": "wang", "cases": []string{first}}
	require.Equal(t, []any{"idempotency-key-reused"}, assigned(t, h.do(give)))
	mine, _ := h.tasks("officer", "")
	require.ElementsMatch(t, []string{first, second}, mine)

	wrong := h.do(request{method: "POST", path: "/v1/complaints/" + first + "/accept", as: "colleague"})
	require.Equal(t, []any{403, "wrong-officer", "本案由承办人li（li）办理。"}, []any{wrong.status, wrong.json["code"], wrong.json["detail"]})

	h.act("officer", "/v1/complaints/"+second+"/decline", map[string]any{"ground": h.ground("complaint.decline"), "reasons": "超过期限"})
	over := request{method: "POST", path: "/v1/assignments", as: "head", body: map[string]any{"officer": "wang", "from": "li"}}
	got := h.do(over)
	require.Equal(t, []any{3.0}, assigned(t, got), "what is closed stays where it was")
	require.Empty(t, assigned(t, h.do(over)))
	theirs, _ := h.tasks("colleague", "")
	require.Equal(t, []string{first}, theirs)

	for name, x := range map[string]struct {
		as, code string
		body     map[string]any
	}{
		"nobody to give to":   {"head", "missing-field", map[string]any{"cases": []string{first}}},
		"nothing to give":     {"head", "missing-field", map[string]any{"officer": "li"}},
		"two ways":            {"head", "invalid-field", map[string]any{"officer": "li", "from": "wang", "cases": []string{first}}},
		"a page of the named": {"head", "invalid-field", map[string]any{"officer": "li", "cases": []string{first}, "after": "x"}},
		"no such place":       {"head", "bad-filter", map[string]any{"officer": "li", "from": "wang", "after": "x"}},
		"too many":            {"head", "out-of-range", map[string]any{"officer": "li", "cases": slices.Repeat([]string{first}, 201)}},
		"an operator":         {"operator", "not-for-you", map[string]any{"officer": "li", "cases": []string{first}}},
		"an administrator":    {"admin", "not-for-you", map[string]any{"officer": "li", "cases": []string{first}}},
	} {
		r := h.do(request{method: "POST", path: "/v1/assignments", as: x.as, body: x.body})
		require.Equal(t, x.code, r.json["code"], "%s: %s", name, r.raw)
	}
	for to, code := range map[string]string{"nobody": "unknown-officer", "zhao": "unknown-officer", "zhou": "wrong-officer-role"} {
		require.Equal(t, []any{code}, assigned(t, h.do(request{method: "POST", path: "/v1/assignments", as: "head", body: map[string]any{"officer": to, "cases": []string{first}}})))
	}
	h.do(request{method: "POST", path: "/v1/officers/li/retire", as: "admin", body: map[string]any{"left": true}})
	require.Equal(t, []any{"unknown-officer"}, assigned(t, h.do(request{method: "POST", path: "/v1/assignments", as: "head", body: map[string]any{"officer": "li", "cases": []string{first}}})), "who has left gets nothing more")
}

// 2026-03-02 Li is away until the 6th, and Wang stands in: he finds Li's task among his own, does it, and
// the ledger says in whose place. Ended, he may no more.
func TestASubstituteActs(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	at := "/v1/complaints/" + id
	h.act("head", at+"/assign", map[string]any{"officer": "li"})
	require.Equal(t, "wrong-officer", h.do(request{method: "POST", path: at + "/accept", as: "colleague"}).json["code"])
	away := map[string]any{"officer": "li", "substitute": "wang", "from": "2026-03-02", "until": "2026-03-06"}
	made := h.do(request{method: "POST", path: "/v1/substitutions", as: "head", body: away})
	require.Equal(t, 201, made.status, "%s", made.raw)
	theirs, _ := h.tasks("colleague", "")
	require.Equal(t, []string{id}, theirs)
	require.NotContains(t, string(h.do(request{method: "GET", path: at, as: "colleague"}).raw), "wrong-officer")
	h.act("colleague", at+"/accept", nil)
	lines := h.items("officer", at[:len("/v1/")]+"cases/"+id+"/ledger")
	by := lines[len(lines)-1]["by"].(map[string]any)
	require.Equal(t, []any{"wang", "li"}, []any{by["officer"], by["for"]})

	require.Len(t, h.items("reviewer", "/v1/substitutions"), 1)
	require.Empty(t, h.items("superior", "/v1/substitutions"))
	require.Len(t, h.items("superior", "/v1/substitutions?authority="+guangdong), 1)
	end := "/v1/substitutions/" + made.json["id"].(string) + "/end"
	require.Equal(t, 403, h.do(request{method: "POST", path: end, as: "officer"}).status)
	h.do(request{method: "PUT", path: "/v1/officers/zhao", as: "admin", body: map[string]any{"authority": liaoning, "role": "head", "name": "赵"}})
	require.Equal(t, 404, h.do(request{method: "POST", path: end, as: "stranger"}).status, "another authority's looks as if it were not there")
	require.Equal(t, 204, h.do(request{method: "POST", path: end, as: "head"}).status)
	require.Equal(t, 404, h.do(request{method: "POST", path: "/v1/substitutions/aaaaaaaaaaaaaaaaaaaaaaaaaa/end", as: "head"}).status)
	require.Equal(t, "wrong-officer", h.do(request{method: "POST", path: at + "/forward", as: "colleague"}).json["code"])

	for name, x := range map[string]struct {
		code, field string
		value       any
	}{
		"himself": {"bad-substitute", "substitute", "li"}, "of another office": {"bad-substitute", "substitute", "zhao"}, "a reviewer": {"bad-substitute", "substitute", "zhou"},
		"nobody away": {"unknown-officer", "officer", "nobody"}, "not ours": {"unknown-officer", "officer", "zhao"},
		"backward": {"out-of-range", "until", "2026-03-01"}, "over": {"out-of-range", "until", "2026-02-01"}, "for ever": {"out-of-range", "until", "2027-03-03"}, "no day": {"bad-date", "until", "soon"},
	} {
		body := map[string]any{"officer": "li", "substitute": "wang", "from": "2026-03-02", "until": "2026-03-06"}
		body[x.field] = x.value
		r := h.do(request{method: "POST", path: "/v1/substitutions", as: "head", body: body})
		require.Equal(t, []any{422, x.code, "/" + x.field}, []any{r.status, r.json["code"], r.json["pointer"]}, "%s: %s", name, r.raw)
	}
}
