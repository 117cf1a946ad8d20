package api_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/register"
)

// inspected is an inspection of the operator, approved, with what leads to its path.
func (h *house) inspected(who string) string {
	h.Helper()
	plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": who, "cause": "superior", "text": "上级交办。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 201, plan.status, "%s", plan.raw)
	at := "/v1/inspections/" + plan.json["case"].(string)
	h.act("head", at+"/approve", nil)
	return at
}

func (h *house) problem(as, path string, body map[string]any) []any {
	h.Helper()
	r := h.post(as, path, body)
	return []any{float64(r.status), r.json["code"], r.json["field"]}
}

// By the telecom indicators: the bound decides, the lines are answered one by one, the score is
// shown, and the enforcement case is for the violation that the indicator points to.
func TestAnInspectionByItsChecklist(t *testing.T) {
	h := newHouse(t)
	h.carded("2099-12-31")
	for id, types := range map[string][]string{operator: {"telecom-operator"}, otherOperator: {"shop"}} {
		require.NoError(t, h.register.PutOperator(t.Context(), register.Operator{ID: id, Name: "经营者" + id, Province: guangdong, Types: types}))
	}
	set := map[string]any{"standard": "telecom-indicators"}
	require.Equal(t, []any{422.0, "standard-not-binding", "standard"}, h.problem("officer", h.inspected(otherOperator)+"/set-checklist", set))
	at := h.inspected(operator)
	get := func(as string) reply { return h.do(request{method: "GET", path: at + "/checklist", as: as}) }
	require.Equal(t, 404, get("officer").status, "it has none yet")
	require.Equal(t, []any{422.0, "unknown-standard", "standard"}, h.problem("officer", at+"/set-checklist", map[string]any{"standard": "none"}))
	require.NoError(t, h.register.PutOperator(t.Context(), register.Operator{ID: operator, Name: "经营者", Province: guangdong, Types: []string{"restaurant", "shop"}}))
	require.Equal(t, []any{422.0, "missing-field", "standard"}, h.problem("officer", at+"/set-checklist", map[string]any{}), "two bind it")
	require.NoError(t, h.register.PutOperator(t.Context(), register.Operator{ID: operator, Name: "经营者", Province: guangdong, Types: []string{"telecom-operator"}}))
	require.Equal(t, []any{422.0, "bad-format", "standard"}, h.problem("officer", at+"/set-checklist", map[string]any{"standard": "../x"}))
	h.act("officer", at+"/set-checklist", nil) // the only one for such an operator
	team, today := []string{"li", "wang"}, "2026-03-02"
	h.act("officer", at+"/appoint", map[string]any{"officers": team})
	h.act("officer", at+"/announce", map[string]any{"text": "定于近日检查。"})
	require.Equal(t, 200, h.do(request{method: "GET", path: at, as: "operator"}).status)
	require.Equal(t, 404, get("operator").status, "what will be looked at is for the authority to know")
	require.NotContains(t, h.do(request{method: "GET", path: at, as: "operator"}).json, "checklist")

	h.act("officer", at+"/start", map[string]any{"officers": team, "on": today, "shown": true})
	list := get("operator")
	require.Equal(t, 200, list.status, "%s", list.raw)
	items := list.json["items"].([]any)
	file := h.do(request{method: "GET", path: at, as: "officer"}).json["checklist"].(map[string]any)
	require.Equal(t, []any{"telecom-indicators", 1.0, list.json["hash"], float64(len(items))}, []any{file["standard"], file["version"], file["hash"], file["lines"]})
	first := items[0].(map[string]any)
	require.Equal(t, "open", first["stands"])
	require.Equal(t, map[string]any{"zh": "≤ 48 小时", "en": "≤ 48 h"}, first["judge"].(map[string]any)["asks"])

	record := func(code string, more map[string]any) map[string]any {
		b := map[string]any{"officers": team, "requirement": code, "text": "现场测量。"}
		for k, v := range more {
			b[k] = v
		}
		return b
	}
	town := "fault-repair-town"
	for name, c := range map[string]struct {
		more map[string]any
		want []any
	}{
		"no value":              {map[string]any{}, []any{422.0, "missing-field", "value"}},
		"a yes":                 {map[string]any{"value": "yes"}, []any{422.0, "bad-value", "value"}},
		"too long for the law":  {map[string]any{"value": "1234567890"}, []any{422.0, "bad-value", "value"}},
		"words":                 {map[string]any{"value": "两天"}, []any{422.0, "bad-format", "value"}},
		"a number that is none": {map[string]any{"value": 48.5}, []any{422.0, "wrong-type", "value"}},
		"against its value":     {map[string]any{"value": "48", "breach": true}, []any{422.0, "breach-against-value", "breach"}},
		"beside the list":       {map[string]any{"value": "48", "unlisted": true}, []any{422.0, "on-list", "unlisted"}},
		"without reasons":       {map[string]any{"notApplicable": true}, []any{422.0, "missing-field", "reasons"}},
	} {
		require.Equal(t, c.want, h.problem("officer", at+"/record", record(town, c.more)), name)
	}
	require.Equal(t, []any{422.0, "not-on-list", "requirement"}, h.problem("officer", at+"/record", record("smile", map[string]any{"breach": true})))
	h.act("officer", at+"/record", record(town, map[string]any{"value": "48.5", "evidence": "photo-1"}))
	left := h.post("officer", at+"/preliminary", map[string]any{"text": "初步报告。"})
	require.Equal(t, []any{"lines-left", 409}, []any{left.json["code"], left.status})
	require.Contains(t, left.json["detail"], "fault-repair-country")
	h.act("officer", at+"/record", record("fault-repair-country", map[string]any{"value": "72"}))
	for _, x := range items[2:] {
		h.act("officer", at+"/record", record(x.(map[string]any)["code"].(string), map[string]any{"notApplicable": true, "reasons": "未开展该项业务。"}))
	}

	list = get("officer")
	lines := list.json["items"].([]any)
	stands := map[any]int{}
	for _, x := range lines {
		stands[x.(map[string]any)["stands"]]++
	}
	require.Equal(t, map[any]int{"breach": 1, "met": 1, "not-applicable": len(items) - 2}, stands)
	breach := lines[0].(map[string]any)
	require.Equal(t, []any{"48.5", "photo-1", today, true, "service-standard"}, []any{breach["value"], breach["evidence"], breach["on"], breach["enforceable"], breach["violation"]})
	tallies := list.json["tallies"].([]any)
	require.Len(t, tallies, 13)
	require.Equal(t, map[string]any{
		"branch": "", "title": map[string]any{"zh": "合计", "en": "total"}, "met": 1.0, "notMet": 1.0, "open": 0.0, "notApplicable": float64(len(items) - 2), "weight": 20.0, "perMille": 500.0,
	}, tallies[0])
	rows := h.rows(h.do(request{method: "GET", path: at + "/checklist?format=csv", as: "officer"}).raw)
	require.Len(t, rows, len(items)+1)
	require.Equal(t, "48.5", rows[1][slices.Index(rows[0], "value")])
	require.Equal(t, town, rows[1][slices.Index(rows[0], "code")])
	require.NotEmpty(t, rows[1][slices.Index(rows[0], "text.zh")])

	jsonl := h.do(request{method: "GET", path: at + "/checklist", as: "officer", header: map[string]string{"Accept": "application/jsonl"}})
	require.Equal(t, len(items), strings.Count(string(jsonl.raw), "\n"))

	h.act("officer", at+"/preliminary", map[string]any{"text": "初步报告。"})
	comments := h.do(request{method: "POST", path: at + "/comments", as: "operator", body: map[string]any{"text": "无异议。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 200, comments.status, "%s", comments.raw)
	h.act("officer", at+"/report", map[string]any{"text": "报告。"})
	result := h.do(request{method: "GET", path: at, as: "operator"}).json["inspection"].(map[string]any)["result"].(map[string]any)
	require.Equal(t, 500.0, result["perMille"])
	period := map[string]any{"requirement": town, "periodFrom": today, "periodTo": today}
	other := map[string]any{"requirement": town, "periodFrom": today, "periodTo": today, "violation": "obstruction"}
	require.Equal(t, []any{422.0, "other-violation", "violation"}, h.problem("officer", at+"/open-enforcement", other))
	h.act("officer", at+"/open-enforcement", period)
	require.Equal(t, "enforcement", get("officer").json["items"].([]any)[0].(map[string]any)["settled"])
	require.Equal(t, 404, get("stranger").status)
	require.Equal(t, 404, get("other operator").status)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/inspections/aaaaaaaaaaaaaaaaaaaaaaaaaa/checklist", as: "officer"}).status)
	require.Equal(t, 401, get("").status)
	h.verified()
}
