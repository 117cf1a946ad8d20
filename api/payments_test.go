package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/law/casefile"
)

// to lets the clock go on to nine o'clock of that day, and what fell due in the case be entered.
func (h *house) to(day, id string) {
	h.Helper()
	at, err := time.ParseInLocation("2006-01-02 15", day+" 09", opening.Location())
	require.NoError(h, err)
	require.NoError(h, h.register.StepClock(h.Context(), at))
	h.settled(id)
}

// fined is an enforcement case in which 5,000 yuan are to be paid by 2026-04-15: ordered on 03-02, not
// put right, decided and served on 03-31.
func (h *house) fined() (id string) {
	h.Helper()
	h.carded("2099-12-31")
	r := h.do(request{method: "POST", path: "/v1/enforcements", as: "officer", header: map[string]string{"Prefer": "wait=5"}, body: map[string]any{
		"violation": h.violationBy("order-then-sanction"), "requirement": "yd-t-1", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "operator": operator,
	}})
	require.Equal(h, 201, r.status, "%s", r.raw)
	id = r.json["case"].(string)
	at, two := "/v1/enforcements/"+id, []string{"li", "wang"}
	served := func(document, on string) {
		h.act("officer", at+"/serve", map[string]any{"document": document, "method": "direct", "on": on, "evidence": "e1"})
	}
	h.act("head", at+"/assign", map[string]any{"officer": "li"})
	h.act("officer", at+"/establish", map[string]any{"officers": two, "breach": true, "harm": true, "text": "属实。"})
	h.act("officer", at+"/order", map[string]any{"term": "15d", "reasons": "整改。"})
	served("rectification-order", "2026-03-02")
	h.to("2026-03-18", id)
	h.act("officer", at+"/verify", map[string]any{"officers": two, "rectified": false, "text": "未改。"})
	h.act("head", at+"/file", map[string]any{"reasons": "立案。"})
	h.act("officer", at+"/rule-out-other-law", map[string]any{"otherLaw": false, "reasons": "不属于。"})
	h.act("officer", at+"/notify", map[string]any{"sanction": "fine", "amount": 500000, "reasons": "拟罚款。"})
	served("penalty-notice", "2026-03-18")
	waived := h.do(request{method: "POST", path: at + "/waiver", as: "operator", body: map[string]any{"text": "放弃。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 200, waived.status, "%s", waived.raw)
	h.act("reviewer", at+"/review", map[string]any{"opinion": "agree", "text": "合法。"})
	h.to("2026-03-31", id)
	h.act("head", at+"/decide", map[string]any{"sanction": "fine", "amount": 500000, "announceSurcharge": true, "reasons": "决定罚款。"})
	served("penalty-decision", "2026-03-31")
	h.act("head", at+"/withhold", map[string]any{"reasons": "不公开。"})
	return id
}

// The operator reports on 04-02 what it has paid; the bank's payment of that day comes on 04-07 and is that one. The
// bank's slip is fed in again, under another key: on file, in doubt, an officer's to decide.
func TestPaymentsAreReportedMatchedAndDoubted(t *testing.T) {
	h := newHouse(t)
	id := h.fined()
	at := "/v1/enforcements/" + id
	send := func(as, paper string, body map[string]any) reply {
		return h.do(request{method: "POST", path: at + "/" + paper, as: as, body: body, header: map[string]string{"Prefer": "wait=5"}})
	}
	slip := func(number string) map[string]any {
		return map[string]any{"amount": 500000, "on": "2026-04-02", "slip": number}
	}
	file := func(as string) map[string]any { return h.do(request{method: "GET", path: at, as: as}).json }
	h.to("2026-04-02", id)
	for name, c := range map[string]struct {
		as     string
		body   map[string]any
		status int
		code   string
	}{
		"negative":      {"operator", map[string]any{"amount": -1, "on": "2026-04-02"}, 422, "out-of-range"},
		"nothing":       {"operator", map[string]any{"on": "2026-04-02"}, 422, "missing-field"},
		"to come":       {"operator", map[string]any{"amount": 1, "on": "2026-04-03"}, 422, "day-in-future"},
		"too long":      {"operator", slip(strings.Repeat("1", 65)), 422, "too-long"},
		"words":         {"operator", slip("张三 13800000000"), 422, "bad-format"},
		"empty":         {"operator", slip(""), 422, "too-short"},
		"another":       {"other operator", slip("ICBC-0042"), 404, "not-found"},
		"strange":       {"stranger", slip("ICBC-0042"), 404, "not-found"},
		"its own money": {"operator", map[string]any{"amount": 1, "on": "2026-04-02", "sender": "bank"}, 422, "not-in-list"},
		"administrator": {"admin", slip("ICBC-0042"), 403, "not-for-you"},
	} {
		r := send(c.as, "payment-report", c.body)
		require.Equal(t, c.status, r.status, "%s: %s", name, r.raw)
		require.Equal(t, c.code, r.json["code"], "%s: %s", name, r.raw)
	}
	require.Equal(t, 403, send("operator", "payment", slip("ICBC-0042")).status, "only the bank says what was paid")
	complaint, number, pin := h.filed()
	require.NotEqual(t, complaint, id)
	require.Equal(t, 404, h.do(request{method: "POST", path: at + "/payment-report", body: slip("ICBC-0042"), header: map[string]string{"Duban-Receipt": number, "Duban-Pin": pin}}).status)

	reported := send("operator", "payment-report", slip("ICBC-0042"))
	require.Equal(t, 200, reported.status, "%s", reported.raw)
	require.NotContains(t, reported.json["entry"], "none")
	for _, as := range []string{"officer", "operator"} {
		require.Equal(t, []any{map[string]any{"entry": reported.json["entry"].(map[string]any)["seq"], "slip": "ICBC-0042", "day": "2026-04-02", "amount": 500000.0, "state": "waiting"}}, file(as)["paymentReports"])
		require.EqualValues(t, 500000, file(as)["fines"].([]any)[0].(map[string]any)["owed"], "it has not counted")
	}
	task := func() map[string]any {
		for _, x := range h.do(request{method: "GET", path: "/v1/tasks", as: "officer"}).json["items"].([]any) {
			if x := x.(map[string]any); x["case"] == id {
				return x
			}
		}
		return map[string]any{}
	}
	require.Equal(t, "payment-check", task()["name"])

	h.to("2026-04-07", id)
	paid := slip("icbc/0042")
	counted := send("officer", "payment", paid)
	require.Equal(t, 200, counted.status, "%s", counted.raw)
	for _, as := range []string{"officer", "operator"} {
		x := file(as)["paymentReports"].([]any)[0].(map[string]any)
		require.Equal(t, "matched", x["state"])
		require.Equal(t, map[string]any{"paper": counted.json["paper"], "day": "2026-04-02", "amount": 500000.0, "slip": "icbc/0042"}, x["payment"])
	}
	require.NotEqual(t, "payment-check", task()["name"])

	again := send("officer", "payment", slip("ICBC-0042"))
	require.Equal(t, 200, again.status, "%s", again.raw)
	entry := again.json["entry"].(map[string]any)
	require.Equal(t, "same-slip", entry["none"])
	require.Equal(t, "payment-check", task()["name"])
	for _, as := range []string{"officer", "operator"} {
		x := file(as)["paymentDoubts"].([]any)[0].(map[string]any)
		require.Equal(t, []any{entry["seq"], "undecided", counted.json["paper"]}, []any{x["entry"], x["state"], x["like"]})
		require.EqualValues(t, 500000, file(as)["fines"].([]any)[0].(map[string]any)["paid"])
	}
	decide := map[string]any{"payment": entry["seq"], "reasons": "同一凭证。"}
	require.Equal(t, 403, h.do(request{method: "POST", path: at + "/dismiss-payment", as: "operator", body: decide}).status)
	none := h.do(request{method: "POST", path: at + "/count-payment", as: "officer", body: map[string]any{"payment": 1, "reasons": "r"}})
	require.Equal(t, "no-such-payment", none.json["code"], "%s", none.raw)
	require.Equal(t, "/payment", none.json["pointer"])
	h.act("officer", at+"/dismiss-payment", decide)
	require.Equal(t, "not-counted", file("operator")["paymentDoubts"].([]any)[0].(map[string]any)["state"])
	lines := h.do(request{method: "GET", path: "/v1/cases/" + id + "/ledger?limit=200", as: "operator"})
	require.Contains(t, string(lines.raw), "同一凭证。", "it is told why")
	require.NotContains(t, h.log.String(), "0042")
	_, c, err := h.register.CaseByID(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, casefile.Correcting, c.State)
	h.verified()
}
