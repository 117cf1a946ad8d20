package api_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// reported carries an inspection by hand to its report: one finding, no breach.
func (h *house) reported(operator string) string {
	today := h.do(request{method: "GET", path: "/dev/clock"}).json["now"].(string)[:10]
	plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 201, plan.status, "%s", plan.raw)
	at := "/v1/inspections/" + plan.json["case"].(string)
	team := []string{"li", "wang"}
	h.act("head", at+"/approve", nil)
	h.act("officer", at+"/appoint", map[string]any{"officers": team})
	h.act("officer", at+"/start", map[string]any{"officers": team, "on": today, "shown": true})
	h.act("officer", at+"/record", map[string]any{"officers": team, "requirement": "yd-t-1", "breach": false, "text": "合格。"})
	h.act("officer", at+"/report", map[string]any{"text": "报告。"})
	return at
}

// Anybody reads what was published, as a page or a file, and nobody's name in it.
func TestPublications(t *testing.T) {
	h := newHouse(t)
	h.carded("2099-12-31")
	first, second, kept := h.reported(operator), h.reported(otherOperator), h.reported(operator)
	read := func(query string) []any {
		r := h.do(request{method: "GET", path: "/v1/publications" + query})
		require.Equal(t, 200, r.status, "%s", r.raw)
		return r.json["items"].([]any)
	}
	require.Empty(t, read(""))
	h.act("officer", first+"/publish", nil)
	h.act("officer", second+"/publish", nil)
	h.act("head", kept+"/withhold", map[string]any{"reasons": "涉及商业秘密。"})
	items := read("")
	require.Len(t, items, 2)
	newest := items[0].(map[string]any)
	require.Equal(t, []any{"inspection-result", guangdong, otherOperator, "经营者" + otherOperator, float64(1), float64(0)}, []any{
		newest["kind"], newest["authority"], newest["operator"], newest["operatorName"], newest["findings"], newest["breaches"],
	})
	require.Equal(t, map[string]any{"zh": "广东", "en": "Guangdong"}, newest["authorityName"])
	require.NotContains(t, newest, "shownUntil")
	require.Len(t, read("?operator="+operator), 1)
	require.Empty(t, read("?kind=penalty-decision"))
	require.Len(t, read("?authority="+guangdong), 2)

	page := h.do(request{method: "GET", path: "/v1/publications?limit=1"})
	require.Len(t, page.json["items"], 1)
	next := h.do(request{method: "GET", path: "/v1/publications?limit=1&cursor=" + page.json["next"].(string)})
	require.Equal(t, items[1], next.json["items"].([]any)[0])
	for _, bad := range []string{"?kind=rumour", "?cursor=x"} {
		require.GreaterOrEqual(t, h.do(request{method: "GET", path: "/v1/publications" + bad}).status, 400, bad)
	}

	file := h.do(request{method: "GET", path: "/v1/publications?format=csv"})
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file.raw, []byte("\xEF\xBB\xBF")))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 3)
	require.Contains(t, rows[0], "authorityName.zh")
	lines := h.do(request{method: "GET", path: "/v1/publications?format=jsonl"})
	require.Equal(t, 2, strings.Count(string(lines.raw), "\n"))
	for _, person := range []string{"li", "wang", "chen", "人员li"} {
		require.NotContains(t, string(lines.raw), `"`+person+`"`)
	}

	// What was withheld is the authority's own; how long the file is kept, both read.
	h.act("officer", kept+"/close", nil)
	ours := h.do(request{method: "GET", path: kept, as: "officer"})
	require.Equal(t, "withheld", ours.json["publications"].([]any)[0].(map[string]any)["state"])
	theirs := h.do(request{method: "GET", path: kept, as: "operator"})
	require.NotContains(t, theirs.json, "publications")
	for _, file := range []reply{ours, theirs} {
		r := file.json["retention"].(map[string]any)
		require.Equal(t, []any{"archives-2020:21", false, true}, []any{r["cite"], r["permanent"], r["unverified"]})
		require.Equal(t, r["from"].(string)[4:], r["keepUntil"].(string)[4:])
	}
	require.Len(t, h.items("officer", "/v1/cases?keepUntilBefore=2199-01-01"), 1)
	require.Empty(t, h.items("officer", "/v1/inspections?keepUntilBefore=2030-01-01"))
}
