package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/casefile"
	"duban/register"
)

// published is a case with a fine of 10,000 yuan that is served and published, and the entry of its decision.
func (h *house) published() (at, id string, decision float64) {
	h.Helper()
	h.carded("2099-12-31")
	r := h.do(request{method: "POST", path: "/v1/enforcements", as: "officer", body: map[string]any{
		"violation": h.violationBy("order-then-sanction"), "requirement": "yd-t-1", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "operator": operator,
	}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 201, r.status, "%s", r.raw)
	id = r.json["case"].(string)
	at = "/v1/enforcements/" + id
	team := []string{"li", "wang"}
	served := func(document, on string) {
		h.act("officer", at+"/serve", map[string]any{"document": document, "method": "direct", "on": on, "evidence": "回证"})
	}
	fine := map[string]any{"sanction": "fine", "amount": 1_000_000, "reasons": "逾期不改。"}
	h.act("officer", at+"/establish", map[string]any{"officers": team, "breach": true, "harm": true, "text": "属实。"})
	h.act("officer", at+"/order", map[string]any{"term": "15d", "reasons": "整改。"})
	served("rectification-order", "2026-03-02")
	h.clock("2026-03-18T09:00:00+08:00")
	h.act("officer", at+"/verify", map[string]any{"officers": team, "rectified": false, "text": "未整改。"})
	h.act("head", at+"/file", map[string]any{"reasons": "立案。"})
	h.act("officer", at+"/rule-out-other-law", map[string]any{"otherLaw": false, "reasons": "不属于。"})
	h.act("officer", at+"/notify", fine)
	served("penalty-notice", "2026-03-18")
	waiver := h.do(request{method: "POST", path: at + "/waiver", as: "operator", body: map[string]any{}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 200, waiver.status, "%s", waiver.raw)
	h.act("reviewer", at+"/review", map[string]any{"opinion": "agree", "text": "同意。"})
	decided := h.act("head", at+"/decide", fine)
	decision = decided.json["entry"].(map[string]any)["seq"].(float64)
	served("penalty-decision", "2026-03-18")
	h.act("officer", at+"/publish", nil)
	return at, id, decision
}

// clock moves the legal clock to an instant, and has what falls due until then entered.
func (h *house) clock(to string) {
	h.Helper()
	r := h.do(request{method: "POST", path: "/dev/clock", as: "admin", body: map[string]any{"to": to}})
	require.Equal(h, 200, r.status, "%s", r.raw)
}

// A fine of 10,000 yuan that a reconsideration varies to 2,000: whoever holds the receipt reads the new amount
// once the decision is served, and the public reads it at once, with the note, though nobody has taken the old
// publication down.
func TestTheAmountAsVariedOnAppeal(t *testing.T) {
	h := newHouse(t)
	require.NoError(t, h.register.PutOfficer(t.Context(), register.Officer{ID: "wu", Authority: ministry, Role: casefile.RoleHead, Name: "wu"}))
	secret, err := h.register.CreateKey(t.Context(), register.KeySpec{Kind: register.OfficerKey, Owner: "wu", Authority: ministry, Role: casefile.RoleHead})
	require.NoError(t, err)
	h.keys["minister"] = secret
	fined, contested, decision := h.published()
	amount := func() (any, any) {
		items := h.do(request{method: "GET", path: "/v1/publications?kind=penalty-decision"}).json["items"].([]any)
		require.Len(t, items, 1)
		p := items[0].(map[string]any)
		return p["amount"], p["note"]
	}
	before, note := amount()
	require.Equal(t, []any{1_000_000.0, nil}, []any{before, note})

	appeal := h.do(request{method: "POST", path: "/v1/appeals", as: "operator", body: map[string]any{
		"contestedCase": contested, "contested": decision, "applicant": "penalised", "text": "处罚过重。",
	}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, appeal.status, "%s", appeal.raw)
	at := "/v1/appeals/" + appeal.json["case"].(string)
	tracked := func() map[string]any {
		r := h.do(request{method: "GET", path: "/v1/receipts/" + appeal.json["number"].(string), header: map[string]string{"Duban-Pin": appeal.json["pin"].(string)}})
		require.Equal(t, 200, r.status, "%s", r.raw)
		return r.json
	}
	h.act("superior", at+"/accept", nil)
	h.act("superior", at+"/send-copy", nil)
	h.settled(contested)
	h.act("officer", fined+"/answer-appeal", map[string]any{"contested": decision, "text": "事实清楚。"})
	h.settled(appeal.json["case"].(string))
	h.act("minister", at+"/decide", map[string]any{"outcome": "varied", "amount": 200_000, "reasons": "过罚不当。"})
	require.NotContains(t, tracked(), "amount", "it is decided and not served")
	h.act("superior", at+"/serve", map[string]any{"document": "reconsideration-decision", "method": "direct", "on": "2026-03-18", "evidence": "回证"})
	got := tracked()
	require.Equal(t, []any{"varied", 200_000.0, true}, []any{got["outcome"], got["amount"], got["closed"]})

	h.settled(contested)
	after, note := amount()
	require.Equal(t, []any{200_000.0, "varied"}, []any{after, note})
	h.act("officer", fined+"/withdraw-publication", map[string]any{"reasons": "复议变更。"})
	require.Empty(t, h.do(request{method: "GET", path: "/v1/publications?kind=penalty-decision"}).json["items"])
	h.act("officer", fined+"/publish", nil)
	after, note = amount()
	require.Equal(t, []any{200_000.0, "varied"}, []any{after, note})
}
