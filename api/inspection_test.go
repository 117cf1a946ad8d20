package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
)

// carded gives li and wang enforcement cards that end on that day.
func (h *house) carded(until string) {
	for _, who := range []string{"li", "wang"} {
		staff := h.do(request{method: "PUT", path: "/v1/officers/" + who, as: "admin", body: map[string]any{"authority": guangdong, "role": "officer", "name": "人员" + who}})
		require.Equal(h, 200, staff.status, "%s", staff.raw)
		card := h.do(request{method: "PUT", path: "/v1/cards/E-" + who, as: "admin", body: map[string]any{
			"officer": who, "kind": "enforcement", "from": "2020-01-01", "until": until,
		}})
		require.Equal(h, 200, card.status, "%s", card.raw)
	}
}

// What is transferred to an authority of another domain is carried by the receiver's regulation; to
// one of ours, by the text that the case began under. Who has no regulation receives nothing.
func TestATransferIsCarriedByTheReceiversRegulation(t *testing.T) {
	h := newHouse(t)
	for _, a := range []jurisdiction.Authority{
		{ID: "lnta", Level: "province", Domain: "tourism", Code: "LT", Name: casefile.Text{Zh: "旅游局", En: "Tourism"}},
		{ID: "post", Level: "province", Domain: "post", Code: "PO", Name: casefile.Text{Zh: "邮政局", En: "Post"}},
	} {
		require.NoError(t, h.register.PutAuthority(t.Context(), a))
	}
	filed := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "superior", "text": "上级交办。"}, header: map[string]string{"Prefer": "wait=5"}})
	inspection := filed.json["case"].(string)
	complaint, _, _ := h.filed()
	h.act("officer", "/v1/complaints/"+complaint+"/accept", nil)
	for at, want := range map[string]string{"/v1/inspections/" + inspection: "liaoning-tourism-1991", "/v1/complaints/" + complaint: "liaoning-tourism-1991"} {
		none := h.do(request{method: "POST", path: at + "/transfer", as: "officer", body: map[string]any{"authority": "post", "reasons": "不归本机关"}})
		require.Equal(t, "no-regime", none.json["code"], "%s", none.raw)
		h.act("officer", at+"/transfer", map[string]any{"authority": "lnta", "reasons": "不归本机关"})
		require.Equal(t, want, h.regimeOfTransferred(at))
	}
	again := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "superior", "text": "上级交办。"}, header: map[string]string{"Prefer": "wait=5"}})
	at := "/v1/inspections/" + again.json["case"].(string)
	h.act("officer", at+"/transfer", map[string]any{"authority": ministry, "reasons": "跨省"})
	require.Equal(t, "telecom-2001", h.regimeOfTransferred(at))
	verified, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, verified.Violations)
}

// regimeOfTransferred names the regulation that the case opened by a transfer is pinned to.
func (h *house) regimeOfTransferred(at string) string {
	h.Helper()
	links := h.do(request{method: "GET", path: at, as: "admin"}).json["links"].([]any)
	id := links[len(links)-1].(map[string]any)["case"].(string)
	h.settled(id)
	row, c, err := h.register.CaseByID(h.Context(), id)
	require.NoError(h, err)
	require.Positive(h, c.Seq, "it is entered")
	require.Equal(h, row.Authority, c.Authority)
	text, err := h.register.RegimeText(h.Context(), c.Regime)
	require.NoError(h, err)
	law, err := regimes.Parse(text)
	require.NoError(h, err)
	return law.Name
}

// A re-inspection and what is transferred of it do not count, and say why.
func TestAReinspectionIsExempt(t *testing.T) {
	h := newHouse(t)
	today := h.do(request{method: "GET", path: "/dev/clock"}).json["now"].(string)[:10]
	h.carded("2099-12-31")
	team := []string{"li", "wang"}
	reported := func(text any) string {
		plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}})
		require.Equal(t, 201, plan.status, "%s", plan.raw)
		at := "/v1/inspections/" + plan.json["case"].(string)
		h.act("head", at+"/approve", nil)
		h.act("officer", at+"/appoint", map[string]any{"officers": team})
		h.act("officer", at+"/start", map[string]any{"officers": team, "on": today, "shown": true})
		h.act("officer", at+"/record", map[string]any{"officers": team, "requirement": "yd-t-1", "breach": true, "text": "超时。", "evidence": "photo-1"})
		h.act("officer", at+"/preliminary", map[string]any{"text": "初步报告。"})
		h.do(request{method: "POST", path: at + "/comments", as: "operator", body: map[string]any{"text": "无异议。"}, header: map[string]string{"Prefer": "wait=5"}})
		h.act("officer", at+"/report", map[string]any{"text": "报告。"})
		body := map[string]any{}
		if text != nil {
			body["text"] = text
		}
		h.act("officer", at+"/re-inspect", body)
		for _, l := range h.do(request{method: "GET", path: at, as: "officer"}).json["links"].([]any) {
			if l := l.(map[string]any); l["as"] == "re-inspection" {
				return l["case"].(string)
			}
		}
		t.Fatal("no re-inspection")
		return ""
	}
	why := func(as, id string) []any {
		r := h.do(request{method: "GET", path: "/v1/exempt-inspections/" + id, as: as})
		require.Equal(t, 200, r.status, "%s", r.raw)
		return []any{r.json["ground"], r.json["reasons"], r.json["officer"]}
	}
	again := reported("逐项复查。")
	require.Equal(t, []any{"re-inspection", "逐项复查。", "li"}, why("officer", again))
	silent := why("officer", reported(nil))
	require.Equal(t, "re-inspection", silent[0])
	require.Contains(t, silent[1], "GD-I-2026-", "where no words are given, what it follows")
	h.settled(again)
	h.act("officer", "/v1/inspections/"+again+"/transfer", map[string]any{"authority": ministry, "reasons": "跨省"})
	links := h.do(request{method: "GET", path: "/v1/inspections/" + again, as: "officer"}).json["links"].([]any)
	moved := links[len(links)-1].(map[string]any)
	require.Equal(t, "transferred-to", moved["as"])
	require.Equal(t, []any{"re-inspection", "逐项复查。", "li"}, why("superior", moved["case"].(string)))
	verified, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, verified.Violations)
}

// An inspection from the plan to the enforcement case, and what an expired card stops.
func TestInspection(t *testing.T) {
	h := newHouse(t)
	now := h.do(request{method: "GET", path: "/dev/clock"}).json["now"].(string)
	today := now[:10]
	h.carded(today)
	plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, plan.status, "%s", plan.raw)
	at := "/v1/inspections/" + plan.json["case"].(string)
	team := []string{"li", "wang"}
	h.act("head", at+"/approve", nil)
	h.act("officer", at+"/appoint", map[string]any{"officers": team})
	start := map[string]any{"officers": team, "on": today, "shown": false}
	refused := h.do(request{method: "POST", path: at + "/start", as: "officer", body: start, header: map[string]string{"Idempotency-Key": "without-cards"}})
	require.Equal(t, "cards-not-shown", refused.json["code"], "%s", refused.raw)
	require.Equal(t, "penalties-2021:55", refused.json["clause"])
	start["shown"] = true
	h.act("officer", at+"/start", start)
	h.act("officer", at+"/record", map[string]any{"officers": team, "requirement": "yd-t-1", "breach": true, "text": "超时。", "evidence": "photo-1", "value": "52.5"})
	h.act("officer", at+"/preliminary", map[string]any{"text": "初步报告。"})
	comments := h.do(request{method: "POST", path: at + "/comments", as: "operator", body: map[string]any{"text": "无异议。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 200, comments.status, "%s", comments.raw)
	h.act("officer", at+"/report", map[string]any{"text": "报告。"})
	h.act("officer", at+"/publish", nil)
	opened := h.act("officer", at+"/open-enforcement", map[string]any{"violation": h.violation(), "requirement": "yd-t-1", "periodFrom": today, "periodTo": today})
	require.NotEmpty(t, opened.json["entry"])
	h.act("officer", at+"/close", nil)
	file := h.do(request{method: "GET", path: at, as: "officer"})
	require.Equal(t, true, file.json["closed"])
	require.Equal(t, "complaint", file.json["inspection"].(map[string]any)["cause"])
	theirs := h.do(request{method: "GET", path: at, as: "operator"})
	require.NotEmpty(t, theirs.json["inspection"], "%s", theirs.raw)
	require.NotContains(t, theirs.json["inspection"], "cause", "that somebody complained or reported is for no operator to know")

	// Expired yesterday means refused today.
	next := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": otherOperator, "cause": "superior", "text": "上级交办。"}, header: map[string]string{"Prefer": "wait=5"}})
	again := "/v1/inspections/" + next.json["case"].(string)
	h.act("head", again+"/approve", nil)
	step := h.do(request{method: "POST", path: "/dev/clock", body: map[string]any{"toNextDue": true}, header: map[string]string{"Idempotency-Key": ""}})
	require.Equal(t, 200, step.status)
	late := h.do(request{method: "POST", path: again + "/appoint", as: "officer", body: map[string]any{"officers": team}})
	require.Equal(t, "no-card", late.json["code"], "%s", late.raw)
	h.carded("2099-12-31")
	h.act("officer", again+"/appoint", map[string]any{"officers": team})
}

// A head who is doubted can't decide on it; the head of the authority above can, on that alone.
func TestTheSuperiorDecidesOnTheHeadsRecusal(t *testing.T) {
	h := newHouse(t)
	staff := h.do(request{method: "PUT", path: "/v1/officers/chen", as: "admin", body: map[string]any{"authority": guangdong, "role": "head", "name": "负责人"}})
	require.Equal(t, 200, staff.status, "%s", staff.raw)
	require.NoError(t, h.register.PutOfficer(t.Context(), register.Officer{ID: "wu", Authority: ministry, Role: casefile.RoleHead, Name: "吴"}))
	key, err := h.register.CreateKey(t.Context(), register.KeySpec{Kind: register.OfficerKey, Owner: "wu", Authority: ministry, Role: casefile.RoleHead})
	require.NoError(t, err)
	h.keys["minister"] = key
	plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "superior", "text": "上级交办。"}, header: map[string]string{"Prefer": "wait=5"}})
	at := "/v1/inspections/" + plan.json["case"].(string)
	for _, who := range []string{"chen", "li"} {
		asked := h.do(request{method: "POST", path: at + "/ask-recusal", as: "officer", body: map[string]any{"officer": who, "text": "与经营者有利害关系。", "sender": "officer"}, header: map[string]string{"Prefer": "wait=5"}})
		require.Equal(t, 200, asked.status, "%s", asked.raw)
	}
	decide := func(as, who string) reply {
		return h.do(request{method: "POST", path: at + "/decide-recusal", as: as, body: map[string]any{"officer": who, "agreed": true, "reasons": "属实。"}})
	}
	own := decide("head", "chen")
	require.Equal(t, []any{"separate-functions", "penalties-2021:43"}, []any{own.json["code"], own.json["clause"]})
	require.Contains(t, own.json["detail"], "上级机关负责人")
	require.Equal(t, "wrong-authority", decide("minister", "li").json["code"])
	require.Equal(t, 200, decide("minister", "chen").status)
	require.Equal(t, "recused", h.do(request{method: "POST", path: at + "/approve", as: "head"}).json["code"])
}

func TestCards(t *testing.T) {
	h := newHouse(t)
	h.carded("2026-12-31")
	list := h.do(request{method: "GET", path: "/v1/cards", as: "head"})
	require.Len(t, list.json["items"], 2, "%s", list.raw)
	require.Len(t, h.do(request{method: "GET", path: "/v1/cards?officer=li", as: "officer"}).json["items"], 1)
	require.Empty(t, h.do(request{method: "GET", path: "/v1/cards", as: "stranger"}).json["items"], "of another authority")
	require.Equal(t, 403, h.do(request{method: "GET", path: "/v1/cards", as: "operator"}).status)
	put := func(as, officer, from, until string) reply {
		return h.do(request{method: "PUT", path: "/v1/cards/E-li", as: as, body: map[string]any{"officer": officer, "kind": "inspection", "level": "city", "from": from, "until": until, "types": []string{"shop"}}})
	}
	require.Equal(t, 403, put("head", "li", "2026-01-01", "2026-12-31").status)
	require.Equal(t, "unknown-officer", h.do(request{method: "PUT", path: "/v1/cards/E-9", as: "admin", body: map[string]any{"officer": "none", "kind": "inspection", "from": "2026-01-01", "until": "2026-12-31"}}).json["code"])
	require.Equal(t, "bad-card", put("admin", "li", "2026-12-31", "2026-01-01").json["code"])
	require.Equal(t, "bad-card", put("admin", "wang", "2026-01-01", "2026-12-31").json["code"], "a number stays with its officer")
	require.Equal(t, 200, put("admin", "li", "2026-01-01", "2026-06-30").status)
}

// What was over before this installation comes in by the import key only, once, ended, by its own day,
// and counts towards nothing.
func TestImportedInspection(t *testing.T) {
	h := newHouse(t)
	body := func(change map[string]any) map[string]any {
		out := map[string]any{
			"operator": operator, "imported": true, "on": "2015-01-05", "receivedOn": "2015-01-05", "externalSource": "old", "externalId": "v1",
			"cause": "planned", "value": "94", "items": []map[string]any{{"requirement": "hotline"}},
		}
		for field, value := range change {
			if out[field] = value; value == nil {
				delete(out, field)
			}
		}
		return out
	}
	post := func(as, key string, change map[string]any) reply {
		return h.do(request{method: "POST", path: "/v1/inspections", as: as, body: body(change), header: map[string]string{"Idempotency-Key": key}})
	}
	require.Equal(t, "not-for-you", post("officer", "import-officer", nil).json["code"])
	require.Equal(t, "not-for-you", post("officer", "import-half", map[string]any{"imported": false, "text": "x", "cause": "report"}).json["code"])
	for field, change := range map[string]map[string]any{
		"imported": {"imported": nil}, "externalId": {"externalId": nil}, "receivedOn": {"receivedOn": nil}, "on": {"on": "2027-01-01"},
	} {
		bad := post("import", "import-bad-"+field, change)
		require.Equal(t, []any{float64(422), field}, []any{float64(bad.status), bad.json["field"]}, "%s", bad.raw)
	}
	in := post("import", "import-v1-once", nil)
	require.Equal(t, 201, in.status, "%s", in.raw)
	file := h.do(request{method: "GET", path: "/v1/inspections/" + in.json["case"].(string), as: "officer"})
	require.Equal(t, []any{true, "closed"}, []any{file.json["closed"], file.json["state"]}, "%s", file.raw)
	require.Equal(t, "2015-01-05", file.json["inspection"].(map[string]any)["onSiteOn"])
	again := post("import", "import-v1-other-key", nil)
	require.Equal(t, in.json["case"], again.json["case"], "%s", again.raw)
	require.Len(t, h.items("officer", "/v1/inspections"), 1)
}
