package api_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"
)

// noCase is an id that no case has.
const noCase = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

// hiddenFrom tries every route that names a case: to that caller the case is not there, in no word
// of the answer.
func (h *house) hiddenFrom(as, id, paper, number string) {
	h.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	require.NoError(h, err)
	tried, missing := 0, 0
	for path, item := range doc.Paths.Map() {
		if !strings.Contains(path, "{id}") || strings.Contains(path, "operators") || strings.Contains(path, "officers") || strings.Contains(path, "authorities") {
			continue
		}
		for method, op := range item.Operations() {
			ask := func(id string) reply {
				r := request{method: method, path: strings.NewReplacer("{id}", id, "{paper}", paper).Replace(path), as: as}
				if op.RequestBody != nil {
					r.body = map[string]any{"text": "甲"}
				}
				return h.do(r)
			}
			hidden, none := ask(id), ask(noCase)
			delete(hidden.json, "instance")
			delete(none.json, "instance")
			require.Equal(h, none.json, hidden.json, "%s %s", method, path)
			require.GreaterOrEqual(h, hidden.status, 400, "%s %s", method, path)
			tried++
			if hidden.status == 404 {
				missing++
			}
			if method == "GET" {
				require.Contains(h, []int{404, 403}, hidden.status, "%s %s", method, path) // 403: for staff only, whatever the id
			}
		}
	}
	require.Greater(h, tried, 50)
	require.Greater(h, missing, 10)
	for _, list := range h.lists(number) {
		r := h.do(request{method: "GET", path: list, as: as})
		require.Equal(h, 200, r.status, "%s: %s", list, r.raw)
		require.NotContains(h, string(r.raw), id, list)
	}
	appeal := request{method: "POST", path: "/v1/appeals", as: as, body: map[string]any{"contestedCase": id, "contested": 1, "applicant": "penalised", "text": "不服。"}}
	require.Equal(h, "not-in-list", h.do(appeal).json["code"])
}

// lists are ways to list a case.
func (h *house) lists(number string) []string {
	var out []string
	for _, path := range []string{"/v1/cases", "/v1/inspections", "/v1/enforcements"} {
		for _, query := range []string{"", "open=true", "sort=due", "operator=" + operator, "dueBefore=2099-01-01T00:00:00Z", "text=" + number, "text=" + url.QueryEscape("检查"), "text=" + url.QueryEscape("经营者")} {
			out = append(out, path+"?"+query)
		}
	}
	return out
}

// shownTo: the case is there, and in the lists of its kind.
func (h *house) shownTo(as, id, kinds string) {
	h.Helper()
	for _, path := range []string{"/v1/cases/" + id, "/v1/cases/" + id + "/ledger", "/v1/cases/" + id + "/papers", "/v1/" + kinds + "/" + id} {
		require.Equal(h, 200, h.do(request{method: "GET", path: path, as: as}).status, path)
	}
	for _, path := range []string{"/v1/cases", "/v1/" + kinds, "/v1/" + kinds + "?sort=due", "/v1/cases?text=" + url.QueryEscape("经营者")} {
		require.Contains(h, string(h.do(request{method: "GET", path: path, as: as}).raw), id, path)
	}
}

// 2026-03-02 a visit is planned, approved and prepared: the operator hears of it when the team
// stands in its door, and not before.
func TestUnannouncedVisitIsNotBetrayed(t *testing.T) {
	h := newHouse(t)
	h.carded("2099-12-31")
	plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, plan.status, "%s", plan.raw)
	id, paper, number := plan.json["case"].(string), plan.json["paper"].(string), plan.json["number"].(string)
	at := "/v1/inspections/" + id
	h.hiddenFrom("operator", id, paper, number)
	h.act("head", at+"/approve", nil)
	team := map[string]any{"officers": []string{"li", "wang"}}
	h.act("officer", at+"/appoint", team)
	h.hiddenFrom("operator", id, paper, number)
	require.Equal(t, 200, h.do(request{method: "GET", path: at, as: "superior"}).status)

	team["on"], team["shown"] = "2026-03-02", true
	h.act("officer", at+"/start", team)
	h.shownTo("operator", id, "inspections")
	h.hiddenFrom("other operator", id, paper, number)
	h.verified()
}

// 2026-03-02 a complaint leads to an enforcement case. The operator, who may read the complaint,
// hears of the case by the order; what the authority prepares and reviews stays its own.
func TestEnforcementIsTheAuthoritysOwnUntilToldOf(t *testing.T) {
	h := newHouse(t)
	complaint, _, _ := h.filed()
	opened := h.act("officer", "/v1/complaints/"+complaint+"/open-enforcement", map[string]any{
		"violation": h.violationBy("order-then-sanction"), "requirement": "yd-t-1", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "reasons": "涉嫌违法。",
	})
	id := opened.json["entry"].(map[string]any)["sends"].([]any)[0].(map[string]any)["case"].(string)
	var paper, number string
	require.Eventually(t, func() bool {
		r := h.do(request{method: "GET", path: "/v1/cases/" + id, as: "officer"})
		if r.json["state"] != "opened" {
			return false
		}
		number = r.json["number"].(string)
		return true
	}, 5*time.Second, 10*time.Millisecond)
	paper = h.do(request{method: "GET", path: "/v1/cases/" + id + "/papers", as: "officer"}).json["items"].([]any)[0].(map[string]any)["id"].(string)
	at := "/v1/enforcements/" + id
	two := []string{"li", "wang"}
	h.carded("2099-12-31")
	h.act("officer", at+"/establish", map[string]any{"officers": two, "breach": true, "harm": true, "text": "属实。"})
	h.hiddenFrom("operator", id, paper, number)
	for _, path := range []string{"", "/ledger", "/papers"} {
		require.NotContains(t, string(h.do(request{method: "GET", path: "/v1/cases/" + complaint + path, as: "operator"}).raw), id, path)
		if path != "/papers" {
			require.Contains(t, string(h.do(request{method: "GET", path: "/v1/cases/" + complaint + path, as: "officer"}).raw), id, path)
		}
	}

	h.act("officer", at+"/order", map[string]any{"term": "15d", "reasons": "整改。"})
	h.shownTo("operator", id, "enforcements")
	require.Contains(t, string(h.do(request{method: "GET", path: "/v1/cases/" + complaint, as: "operator"}).raw), id, "now the link may be known")
	mine, theirs := h.moves(id, "operator"), h.moves(id, "officer")
	require.Equal(t, []string{"filing", "establish", "order"}, theirs)
	require.Equal(t, []string{"filing", "order"}, mine)
	file := h.do(request{method: "GET", path: at, as: "operator"})
	require.NotContains(t, string(file.raw), "own-duty", "our own duties are not the operator's")
	require.Contains(t, string(h.do(request{method: "GET", path: at, as: "officer"}).raw), "own-duty")
	h.hiddenFrom("other operator", id, paper, number)
	h.verified()
}

func (h *house) moves(id, as string) []string {
	h.Helper()
	var out []string
	for _, e := range h.do(request{method: "GET", path: "/v1/cases/" + id + "/ledger", as: as}).json["items"].([]any) {
		out = append(out, e.(map[string]any)["move"].(string))
	}
	return out
}

func (h *house) violationBy(sequence string) string {
	for _, v := range h.do(request{method: "GET", path: "/v1/regimes/telecom-2001"}).json["violations"].([]any) {
		if v := v.(map[string]any); v["sequence"] == sequence {
			return v["code"].(string)
		}
	}
	h.Fatal("no violation by " + sequence)
	return ""
}

// verified: the rows say what their ledgers say.
func (h *house) verified() {
	h.Helper()
	report, err := h.register.Verify(h.Context(), nil)
	require.NoError(h, err)
	require.Empty(h, report.Violations)
}
