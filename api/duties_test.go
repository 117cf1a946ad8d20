package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
)

// kept moves the clock to an instant and has the duties kept.
func (h *house) kept(to string) {
	h.Helper()
	r := h.do(request{method: "POST", path: "/dev/clock", body: map[string]any{"to": to + "+08:00"}})
	require.Equal(h, 200, r.status, "%s", r.raw)
	library, err := regimes.Load()
	require.NoError(h, err)
	cal, err := regimes.Calendar()
	require.NoError(h, err)
	keeper := activities.NewDutyKeeper(h.register, cal, activities.OwedBy(h.register, jurisdiction.NewRegulations(library)))
	for range 2 { // twice is as good as once
		require.NoError(h, keeper.Keep(h.Context()))
	}
}

// owes is the one duty of that code that a caller sees.
func (h *house) owes(as, code string) map[string]any {
	h.Helper()
	var found []map[string]any
	for _, d := range h.items(as, "/v1/duties") {
		if d["code"] == code {
			found = append(found, d)
		}
	}
	require.Len(h, found, 1, "%s of %s", code, as)
	return found[0]
}

// 1 July: the report on the half-year is due. 20 July: one operator sends it. 21 July: the other
// is reminded. 1 August: it is missing, and an officer makes a case of it.
func TestSelfCheckReportsOverHTTP(t *testing.T) {
	h := newHouse(t)
	require.NoError(t, h.register.PutOperator(t.Context(), register.Operator{ID: "everywhere", Name: "跨省经营者"}))
	h.kept("2026-06-30T12:00:00")
	for _, d := range h.items("superior", "/v1/duties") {
		require.Equal(t, "standing", d["cadence"])
	}
	h.kept("2026-07-01T12:00:00")
	mine := h.owes("operator", "self-check-report")
	require.Equal(t, []any{"2026H1", "open", "gd", "2026-07-31T16:00:00Z", true}, []any{mine["period"], mine["state"], mine["authority"], mine["due"], mine["unverified"]})
	require.Equal(t, "counting 31 natural days from 2026-07-01, the last day is 2026-07-31", mine["why"].(map[string]any)["en"].([]any)[1])
	require.Empty(t, h.items("stranger", "/v1/duties"), "another province")
	cross := h.items("superior", "/v1/duties?operator=everywhere")
	require.Len(t, cross, 3)
	require.Equal(t, ministry, cross[0]["authority"], "telecom 18: of all provinces, to the ministry")
	require.Equal(t, 400, h.do(request{method: "GET", path: "/v1/duties?cursor=x", as: "officer"}).status)

	h.kept("2026-07-20T12:00:00")
	at := "/v1/duties/" + mine["id"].(string)
	key := map[string]string{"Idempotency-Key": "self-check-2026H1"}
	report := request{method: "POST", path: at + "/reports", as: "operator", body: map[string]any{"text": "自查情况"}, header: key}
	filed := h.do(report)
	require.Equal(t, 201, filed.status, "%s", filed.raw)
	require.Equal(t, []any{false, "2026-07-20T04:00:00Z"}, []any{filed.json["late"], filed.json["received"]})
	require.Equal(t, filed.json["id"], h.do(report).json["id"])
	report.body = map[string]any{"text": "别的"}
	require.Equal(t, "idempotency-key-reused", h.do(report).json["code"])
	require.Equal(t, 404, h.post("other operator", at+"/reports", map[string]any{"text": "x"}).status)
	require.Equal(t, 403, h.post("officer", at+"/reports", map[string]any{"text": "x"}).status)
	require.Equal(t, "自查情况", h.items("officer", at+"/reports")[0]["text"])
	require.Equal(t, 404, h.do(request{method: "GET", path: at + "/reports", as: "stranger"}).status)

	h.kept("2026-07-21T12:00:00")
	require.Contains(t, h.owes("other operator", "self-check-report"), "reminded")
	require.NotContains(t, h.owes("operator", "self-check-report"), "reminded")
	require.Empty(t, h.items("officer", "/v1/duties?overdue=true"))
	require.Empty(t, h.items("officer", "/v1/duties/proposals"))
	h.kept("2026-07-31T12:00:00")
	h.kept("2026-08-03T12:00:00")
	proposed := h.items("officer", "/v1/duties/proposals")
	require.Len(t, proposed, 1)
	require.Equal(t, []any{"missing", otherOperator, "self-check-report"}, []any{proposed[0]["state"], proposed[0]["operator"], proposed[0]["violation"]})
	require.Equal(t, proposed, h.items("officer", "/v1/duties?overdue=true"))
	require.Empty(t, h.items("officer", "/v1/enforcements"), "the clock opens no case")

	missing, why := "/v1/duties/"+proposed[0]["id"].(string), map[string]any{"reasons": "逾期未报"}
	for who, status := range map[string]int{"operator": 403, "reviewer": 403, "stranger": 404, "superior": 403, "": 401} {
		require.Equal(t, status, h.post(who, missing+"/confirm", why).status, who)
	}
	require.Equal(t, "own-sanction-clause", h.post("officer", missing+"/improve", map[string]any{"text": "改", "until": "2026-09-01"}).json["code"])
	confirmed := h.post("officer", missing+"/confirm", why)
	require.Equal(t, 200, confirmed.status, "%s", confirmed.raw)
	require.Equal(t, []any{"confirmed", "逾期未报"}, []any{confirmed.json["matter"], confirmed.json["words"]})
	require.Equal(t, "duty-not-so", h.post("officer", missing+"/confirm", why).json["code"])
	h.settled(confirmed.json["case"].(string))
	papers := "/v1/cases/" + confirmed.json["case"].(string) + "/papers"
	filing := h.do(request{method: "GET", path: papers + "/" + h.items("officer", papers)[0]["id"].(string), as: "officer"})
	require.Equal(t, "self-check-report", filing.json["body"].(map[string]any)["violation"], "%s", filing.raw)
	require.Empty(t, h.items("officer", "/v1/duties/proposals"))

	require.Equal(t, 200, h.post("officer", at+"/untrue", why).status)
	require.Len(t, h.items("officer", "/v1/duties/proposals"), 1)
	gone := h.post("head", at+"/dismiss", map[string]any{"reasons": "核实无误"})
	require.Equal(t, []any{200, "dismissed"}, []any{gone.status, gone.json["matter"]})
	verified, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, verified.Violations)
}

// A blockage is told at once and written within its hours; without a sanction clause it leads to
// an improvement notice.
func TestBlockagesOverHTTP(t *testing.T) {
	h := newHouse(t)
	told := map[string]any{"grade": "extra-grave", "began": "2026-03-02T08:00:00+08:00", "oral": "2026-03-02T08:20:00+08:00"}
	key := map[string]string{"Idempotency-Key": "blockage-of-2-March"}
	made := h.do(request{method: "POST", path: "/v1/blockages", as: "operator", body: told, header: key})
	require.Equal(t, 201, made.status, "%s", made.raw)
	require.Equal(t, []any{"2026-03-02T05:00:00Z", "open", guangdong}, []any{made.json["due"], made.json["state"], made.json["authority"]})
	require.Equal(t, made.json["id"], h.do(request{method: "POST", path: "/v1/blockages", as: "operator", body: told, header: key}).json["id"])
	told["grade"] = "major"
	require.Equal(t, "idempotency-key-reused", h.do(request{method: "POST", path: "/v1/blockages", as: "operator", body: told, header: key}).json["code"])
	second := h.post("operator", "/v1/blockages", told)
	require.Equal(t, []any{"2026-03-03T01:00:00Z", "2026-03-02T05:00:00Z"}, []any{second.json["due"], second.json["oralDue"]})
	for field, wrong := range map[string]string{"grade": "small", "began": "2026-03-02T23:00:00+08:00", "oral": "2026-03-02T07:59:00+08:00"} {
		was := told[field]
		told[field] = wrong
		r := h.post("operator", "/v1/blockages", told)
		require.Equal(t, []any{"bad-blockage", field, "telecom-2001:18"}, []any{r.json["code"], r.json["field"], r.json["clause"]})
		told[field] = was
	}
	require.Equal(t, 403, h.post("officer", "/v1/blockages", told).status)

	oral := second.json["oralWhy"].(map[string]any)
	require.Equal(t, "4 hours end on 2026-03-02 at 13:00", oral["en"].([]any)[1], "%v", oral)
	require.Equal(t, "计24小时，至2026-03-03 09:00止", second.json["why"].(map[string]any)["zh"].([]any)[1])

	h.kept("2026-03-02T13:00:00") // the end of the four hours, the one in which it began not counted
	at := "/v1/duties/" + made.json["id"].(string)
	late := h.post("operator", at+"/reports", map[string]any{"text": "书面报告"})
	require.Equal(t, []any{201, true}, []any{late.status, late.json["late"]})
	intime := h.post("operator", "/v1/duties/"+second.json["id"].(string)+"/reports", map[string]any{"text": "书面报告"})
	require.Equal(t, []any{201, false}, []any{intime.status, intime.json["late"]})
	require.Len(t, h.items("officer", "/v1/duties/proposals"), 1)
	require.Equal(t, "no-sanction-clause", h.post("officer", at+"/confirm", map[string]any{"reasons": "迟报"}).json["code"])
	require.Empty(t, h.items("officer", "/v1/enforcements"))
	require.Equal(t, "day-in-past", h.post("officer", at+"/improve", map[string]any{"text": "改进报告制度", "until": "2026-03-01"}).json["code"])
	improved := h.post("officer", at+"/improve", map[string]any{"text": "改进报告制度", "until": "2026-04-01"})
	require.Equal(t, []any{200, "improving", "2026-04-01"}, []any{improved.status, improved.json["matter"], improved.json["improveBy"]})
	require.Equal(t, "改进报告制度", h.items("operator", "/v1/duties?overdue=false")[0]["words"], "the operator reads it")

	table := h.do(request{method: "GET", path: "/v1/duties?format=csv", as: "officer"})
	require.Equal(t, 200, table.status)
	require.True(t, strings.HasPrefix(string(table.raw), "\uFEFFid,"), "%s", table.raw)
	require.Contains(t, string(table.raw), "改进报告制度")
}

// Nobody was there from 22 July to 2 August: a report on the 3rd is late, nothing is proposed yet,
// and both say why. The reminder came back.
func TestDutiesTellOfOutagesAndLettersThatCameBack(t *testing.T) {
	h := newHouse(t)
	h.kept("2026-07-01T12:00:00")
	h.kept("2026-07-21T12:00:00")
	letters, err := h.register.ClaimNotices(t.Context(), 50, time.Minute)
	require.NoError(t, err)
	require.Len(t, letters, 2)
	for _, n := range letters {
		require.Equal(t, []any{"duty-reminder", "2026-07-31", n.Contact.Name[len("经营者"):] + "@example.com"}, []any{n.Document, n.Due.String(), n.Contact.Email})
		require.NoError(t, h.register.NoticeFailed(t.Context(), n.ID, "no such mailbox", true))
	}
	h.kept("2026-08-03T12:00:00")
	waits := h.owes("operator", "self-check-report")
	require.Equal(t, []any{"open", "2026-07-22", "2026-08-02", "2026-08-04T16:00:00Z", []any{"duty-reminder"}},
		[]any{waits["state"], waits["downFrom"], waits["downTo"], waits["heldUntil"], waits["undelivered"]})
	require.Empty(t, h.items("officer", "/v1/duties/proposals"))
	late := h.post("operator", "/v1/duties/"+waits["id"].(string)+"/reports", map[string]any{"text": "自查情况"})
	require.Equal(t, []any{201, true}, []any{late.status, late.json["late"]}, "%s", late.raw)
	h.kept("2026-08-04T12:00:00")
	h.kept("2026-08-05T12:00:00")
	proposed := h.items("officer", "/v1/duties/proposals")
	require.Len(t, proposed, 1)
	require.Equal(t, []any{otherOperator, "missing", "2026-07-22"}, []any{proposed[0]["operator"], proposed[0]["state"], proposed[0]["downFrom"]})
	table := h.do(request{method: "GET", path: "/v1/duties?format=csv", as: "officer"})
	require.Contains(t, string(table.raw), "2026-07-22")
}
