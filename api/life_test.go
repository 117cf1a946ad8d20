package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/api/client"
)

// 2026-03-02 a complaint is filed; it is accepted, forwarded, replied to, answered and closed.
func TestComplaintOverHTTP(t *testing.T) {
	h := newHouse(t)
	id, number, pin := h.filed()
	at := "/v1/complaints/" + id

	accepted := h.act("officer", at+"/accept", nil)
	require.Equal(t, `"2"`, accepted.header.Get("ETag"))
	require.Equal(t, "accepted", accepted.json["entry"].(map[string]any)["to"])
	h.act("officer", at+"/assign", map[string]any{"officer": "li"})
	forwarded := h.act("officer", at+"/forward", nil)
	armed := forwarded.json["entry"].(map[string]any)["armed"].([]any)
	require.Equal(t, "reply", armed[0].(map[string]any)["name"])
	require.NotEmpty(t, armed[0].(map[string]any)["why"].(map[string]any)["zh"])

	replied := h.do(request{method: "POST", path: at + "/reply", as: "operator", body: map[string]any{"text": "已退费。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 200, replied.status, "%s", replied.raw)
	require.Equal(t, "replied", replied.json["entry"].(map[string]any)["to"])
	satisfied := h.do(request{method: "POST", path: at + "/feedback", body: map[string]any{"satisfied": true}, header: map[string]string{
		"Duban-Receipt": number, "Duban-Pin": pin, "Prefer": "wait=5",
	}})
	require.Equal(t, 200, satisfied.status, "%s", satisfied.raw)

	h.act("officer", at+"/answer", map[string]any{"finding": "founded", "text": "经营者已退费。"})
	closed := h.act("officer", at+"/close", nil)
	require.Equal(t, true, closed.json["closed"])

	file := h.do(request{method: "GET", path: "/v1/cases/" + id, as: "officer"})
	require.Equal(t, 200, file.status)
	require.Equal(t, closed.header.Get("ETag"), file.header.Get("ETag"))
	require.Equal(t, "closed", file.json["state"])
	ledger := h.do(request{method: "GET", path: "/v1/cases/" + id + "/ledger", as: "superior"})
	require.Len(t, ledger.json["items"], 8)

	tracked := h.do(request{method: "GET", path: "/v1/receipts/" + number, header: map[string]string{"Duban-Pin": pin}})
	require.Equal(t, "closed", tracked.json["state"])
	require.NotContains(t, string(tracked.raw), `"li"`, "a receipt shows no officer")
	require.NotContains(t, h.log.String(), "张三")
	require.NotContains(t, h.log.String(), number)
}

// An act right after the filing finds it unentered: it is not hopeless, it is early.
func TestActBeforeTheFilingIsEntered(t *testing.T) {
	h := newHouse(t)
	h.desk.away.Store(true)
	r := h.do(request{method: "POST", path: "/v1/complaints", body: complaint()})
	require.Equal(t, 201, r.status)
	h.desk.away.Store(false)
	h.act("officer", "/v1/complaints/"+r.json["case"].(string)+"/accept", nil)
}

// Temporal is away: papers get their receipts, acts are made.
func TestTemporalAway(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	h.desk.away.Store(true)

	ready := h.do(request{method: "GET", path: "/readyz"})
	require.Equal(t, 503, ready.status)
	require.Equal(t, map[string]any{"database": "ok", "schema": "ok", "temporal": "failed"}, ready.json["parts"])
	filed := h.do(request{method: "POST", path: "/v1/complaints", body: complaint()})
	require.Equal(t, 201, filed.status)
	tracked := h.do(request{method: "GET", path: "/v1/receipts/" + filed.json["number"].(string), header: map[string]string{"Duban-Pin": filed.json["pin"].(string)}})
	require.Equal(t, "filed", tracked.json["state"])
	letter := h.do(request{method: "POST", path: "/v1/complaints/" + id + "/letter", as: "operator", body: map[string]any{"text": "来函"}, header: map[string]string{"Prefer": "wait=1"}})
	require.Equal(t, 202, letter.status)
	require.Nil(t, letter.json["entry"])

	again := request{method: "POST", path: "/v1/complaints/" + id + "/accept", as: "officer", header: map[string]string{"Idempotency-Key": "the-same-key"}}
	done := h.do(again)
	require.Equal(t, 200, done.status, "%s", done.raw)
	ledger := h.items("officer", "/v1/cases/"+id+"/ledger")
	require.Equal(t, []any{"filing", "letter", "accept"}, []any{ledger[0]["move"], ledger[1]["move"], ledger[2]["move"]}, "what came before the act is entered before it")
	require.EqualValues(t, 3, h.desk.acted.Load(), "and the workflow is told")
	require.Equal(t, done.json, h.do(again).json, "the same key is the same act")
	h.desk.away.Store(false)
	require.Equal(t, 200, h.do(request{method: "GET", path: "/readyz"}).status)
}

func TestWhoSeesACase(t *testing.T) {
	h := newHouse(t)
	id, number, pin := h.filed()
	for as, want := range map[string]int{
		"officer": 200, "superior": 200, "operator": 200, "admin": 200,
		"stranger": 404, "other operator": 404, "import": 403, "": 401,
	} {
		for _, path := range []string{"", "/ledger", "/papers"} {
			require.Equal(t, want, h.do(request{method: "GET", path: "/v1/cases/" + id + path, as: as}).status, "%s %s", as, path)
		}
	}
	hidden := h.do(request{method: "GET", path: "/v1/cases/" + id, as: "stranger"})
	missing := h.do(request{method: "GET", path: "/v1/cases/aaaaaaaaaaaaaaaaaaaaaaaaaa", as: "stranger"})
	delete(hidden.json, "instance")
	delete(missing.json, "instance")
	require.Equal(t, missing.json, hidden.json, "forbidden and missing look the same")

	for as, want := range map[string]int{"officer": 1, "superior": 1, "operator": 1, "admin": 1, "stranger": 0, "other operator": 0} {
		list := h.do(request{method: "GET", path: "/v1/complaints?open=true&text=" + "%E7%BB%8F%E8%90%A5%E8%80%85", as: as})
		require.Len(t, list.json["items"], want, as)
	}
	wrong := h.do(request{method: "GET", path: "/v1/receipts/" + number, header: map[string]string{"Duban-Pin": "00000000"}})
	require.Equal(t, 404, wrong.status)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/appeals/" + id, as: "officer"}).status, "a complaint is no appeal")

	_, other, otherPin := h.filed()
	withdraw := request{method: "POST", path: "/v1/complaints/" + id + "/withdrawal", header: map[string]string{"Duban-Receipt": other, "Duban-Pin": otherPin}}
	require.Equal(t, 404, h.do(withdraw).status)
	withdraw.header = map[string]string{"Duban-Receipt": number, "Duban-Pin": pin}
	require.Equal(t, 202, h.do(withdraw).status)
}

func TestWhoReadsAPaper(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	list := h.do(request{method: "GET", path: "/v1/cases/" + id + "/papers", as: "operator"})
	filing := list.json["items"].([]any)[0].(map[string]any)
	require.NotContains(t, filing, "body")
	path := "/v1/cases/" + id + "/papers/" + filing["id"].(string)
	require.Contains(t, h.do(request{method: "GET", path: path, as: "officer"}).json, "body")
	require.NotContains(t, h.do(request{method: "GET", path: path, as: "operator"}).json, "body")
	require.NotContains(t, h.do(request{method: "GET", path: path, as: "admin"}).json, "body")
	require.Equal(t, 404, h.do(request{method: "GET", path: path, as: "stranger"}).status)
}

// Officers enter the papers of others, with the day that the law counts and its evidence.
func TestPapersOnTheSendersBehalf(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	at := "/v1/complaints/" + id
	h.act("officer", at+"/accept", nil)
	h.act("officer", at+"/forward", nil)
	for _, c := range []struct {
		as     string
		body   map[string]any
		status int
		code   string
	}{
		{"operator", map[string]any{"text": "x", "effectiveOn": "2026-03-01", "evidence": "e1"}, 422, "officers-only-field"},
		{"operator", map[string]any{"text": "x", "sender": "complainant"}, 422, "not-in-list"},
		{"officer", map[string]any{"text": "x", "effectiveOn": "2026-03-01"}, 422, "evidence-needed"},
		{"officer", map[string]any{"text": "x", "effectiveOn": "2026-03-03", "evidence": "e1"}, 422, "day-in-future"},
		{"superior", map[string]any{"text": "x"}, 403, "wrong-sender"},
		{"officer", map[string]any{"text": "x", "effectiveOn": "2026-03-02", "evidence": "e1"}, 202, ""},
	} {
		r := h.do(request{method: "POST", path: at + "/reply", as: c.as, body: c.body})
		require.Equal(t, c.status, r.status, "%s", r.raw)
		if c.code != "" {
			require.Equal(t, c.code, r.json["code"])
		}
	}
	letter := h.do(request{method: "POST", path: at + "/letter", as: "officer", body: map[string]any{"text": "x"}})
	require.Equal(t, "missing-field", letter.json["code"], "whose letter?")
}

func TestImport(t *testing.T) {
	h := newHouse(t)
	b := complaint()
	b["externalSource"], b["externalId"], b["receivedOn"] = "fcc", "1", "2026-02-10"
	delete(b, "complainantPhone")
	require.Equal(t, 422, h.do(request{method: "POST", path: "/v1/complaints", body: b}).status, "only imports bring an id")
	first := h.do(request{method: "POST", path: "/v1/complaints", as: "import", body: b})
	require.Equal(t, 201, first.status, "%s", first.raw)
	second := h.do(request{method: "POST", path: "/v1/complaints", as: "import", body: b})
	require.Equal(t, first.json["case"], second.json["case"], "the same external id is the same case")
	require.Equal(t, true, second.json["again"])
	require.Equal(t, "2026-02-09T16:00:00Z", first.json["received"])
	b["authority"] = "miit"
	require.Equal(t, 403, h.do(request{method: "POST", path: "/v1/complaints", as: "import", body: b}).status, "imports are for the key's own authority")
}

func TestClockAndDeadlines(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	clock := h.do(request{method: "GET", path: "/dev/clock"})
	require.Equal(t, "stepped", clock.json["mode"])
	require.NotNil(t, clock.json["nextDue"])
	step := h.do(request{method: "POST", path: "/dev/clock", body: map[string]any{"toNextDue": true}, header: map[string]string{"Idempotency-Key": ""}})
	require.Equal(t, 200, step.status, "%s", step.raw)
	require.Equal(t, clock.json["nextDue"], step.json["now"])
	back := h.do(request{method: "POST", path: "/dev/clock", body: map[string]any{"to": "2026-03-01T00:00:00+08:00"}})
	require.Equal(t, 409, back.status)
	h.act("officer", "/v1/complaints/"+id+"/accept", nil)

	due := h.do(request{method: "GET", path: "/v1/deadline?from=2026-02-02&term=15d"})
	require.Equal(t, "2026-02-24", due.json["day"], "%s", due.raw)
	year := h.do(request{method: "GET", path: "/v1/calendar/2026"})
	require.Equal(t, true, year.json["announced"])
	require.Equal(t, 200, h.do(request{method: "GET", path: "/v1/regimes/telecom-2001"}).status)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/regimes/none"}).status)
	require.GreaterOrEqual(t, len(h.do(request{method: "GET", path: "/v1/standards"}).json["items"].([]any)), 8)
	standard := h.do(request{method: "GET", path: "/v1/standards/telecom-indicators"})
	require.Equal(t, 200, standard.status, "%s", standard.raw)
	repair := standard.json["requirements"].([]any)[0].(map[string]any)
	require.Equal(t, "telecom-regulation-2016:32", repair["cite"])
	require.Equal(t, map[string]any{"by": "measure", "unit": "hour", "atMost": "48", "asks": map[string]any{"zh": "≤ 48 小时", "en": "≤ 48 h"}}, repair["judge"])
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/standards/none"}).status)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/standards/liaoning-shop?on=2025-12-31"}).status)
	require.Equal(t, 200, h.do(request{method: "GET", path: "/v1/standards/liaoning-shop?on=2026-01-01"}).status)
	require.Len(t, h.do(request{method: "GET", path: "/v1/regimes"}).json["items"], 2)
	tourism := h.do(request{method: "GET", path: "/v1/regimes/liaoning-tourism-1991?on=2026-03-15"}).json
	require.Equal(t, "acceptance", tourism["terms"].(map[string]any)["complaint.answer"].(map[string]any)["from"])
	require.EqualValues(t, 4, tourism["joint"].(map[string]any)["from"])
	require.Equal(t, map[string]any{"open": "reconsideration-first", "cite": "reconsideration-2023:23"}, tourism["routes"].(map[string]any)["silence"])
	require.Equal(t, map[string]any{"years": 30.0, "permanent": false, "cite": "archives-2020:21", "unverified": true}, tourism["retention"].(map[string]any)["enforcement"])
	require.Equal(t, map[string]any{
		"of": "penalty-decision", "how": "may", "within": "7wd", "withdraw": "3wd", "withdrawCite": "penalties-2021:48", "cite": "penalties-2021:48", "unverified": true,
	}, tourism["publication"].([]any)[0])
	require.Len(t, tourism["places"], 4)
	require.Equal(t, map[string]any{"type": "star-hotel", "level": "national-star", "cite": "liaoning-tourism-1991:10"}, tourism["cards"].([]any)[0])
	telecom := h.do(request{method: "GET", path: "/v1/regimes/telecom-2001?on=2026-03-15"}).json
	duty := telecom["duties"].([]any)[2].(map[string]any)
	require.Equal(t, []any{"self-check-report", "31d", "1wd", 10.0, true}, []any{duty["code"], duty["term"], duty["grace"], duty["remind"], duty["unverified"]})
	require.Contains(t, telecom["notes"].(map[string]any)["duties self-check-report"], "house data")
	require.Equal(t, "telecom-2001", telecom["documents"].([]any)[0].(map[string]any)["name"])
	require.Subset(t, telecom["surcharge"], map[string]any{"perMille": 30.0, "every": 1.0, "cap": 1000.0})
	for _, section := range []string{"bounds", "bodies", "moves", "clauses"} {
		require.NotEmpty(t, telecom[section], section)
	}
	require.EqualValues(t, 5_000_000, tourism["hearing"].(map[string]any)["fine"].(map[string]any)["from"])
	for _, v := range tourism["violations"].([]any) {
		switch line := v.(map[string]any); line["code"] {
		case "sight-overcrowded":
			require.Equal(t, []any{"suspension"}, line["also"])
			require.Equal(t, []any{map[string]any{"what": "suspension", "min": "1m", "max": "6m", "grave": true}}, line["measures"])
		case "unlicensed":
			require.Equal(t, map[string]any{"fineMin": 200000.0, "fineMax": 2000000.0, "cite": "tourism-law-2018:95"}, line["persons"])
		}
	}
	multiples := 0
	for _, v := range tourism["violations"].([]any) {
		if m, ok := v.(map[string]any)["multiple"].(map[string]any); ok && m["max"] == 5.0 {
			multiples++
		}
	}
	require.Equal(t, 6, multiples)
}

// A complaint leads to an enforcement case, which is fined; the fine is appealed to the ministry.
func TestEnforcementAndAppeal(t *testing.T) {
	h := newHouse(t)
	id, number, pin := h.filed()
	at := "/v1/complaints/" + id
	declined := h.act("officer", at+"/decline", map[string]any{"ground": h.ground("complaint.decline"), "reasons": "超过期限"})
	entry := declined.json["entry"].(map[string]any)["seq"]

	appeal := request{method: "POST", path: "/v1/appeals", body: map[string]any{
		"contestedCase": id, "contested": entry, "applicant": "complainant", "text": "不服。",
	}, header: map[string]string{"Duban-Receipt": number, "Duban-Pin": pin, "Prefer": "wait=5"}}
	filed := h.do(appeal)
	require.Equal(t, 201, filed.status, "%s", filed.raw)
	theirs := h.do(request{method: "GET", path: "/v1/appeals/" + filed.json["case"].(string), as: "superior"})
	require.Equal(t, ministry, theirs.json["authority"], "the competent body of a province is the ministry")
	require.Equal(t, "non-acceptance", theirs.json["appeal"].(map[string]any)["act"], "the door tells what sort of act it is")
	made := h.do(request{method: "GET", path: "/v1/complaints/" + id, as: "officer"}).json["made"].([]any)[0].(map[string]any)
	require.Equal(t, []any{"non-acceptance", "either"}, []any{made["what"], made["route"]})
	appeal.body = map[string]any{"contestedCase": id, "contested": 1, "applicant": "complainant", "text": "不服。"}
	require.Equal(t, "not-contestable", h.do(appeal).json["code"])
	appeal.body = map[string]any{"contestedCase": id, "contested": entry, "applicant": "penalised", "text": "不服。"}
	require.Equal(t, 403, h.do(appeal).status)

	period := map[string]any{"violation": h.violation(), "requirement": "yd-t-1", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "operator": operator}
	first := h.do(request{method: "POST", path: "/v1/enforcements", as: "officer", body: period})
	require.Equal(t, 201, first.status, "%s", first.raw)
	same := h.do(request{method: "POST", path: "/v1/enforcements", as: "officer", body: period})
	require.Equal(t, 409, same.status)
	require.Equal(t, "same-act", same.json["code"])
	period["violation"] = "no-such-thing"
	require.Equal(t, "unknown-violation", h.do(request{method: "POST", path: "/v1/enforcements", as: "officer", body: period}).json["code"])
	require.Equal(t, 403, h.do(request{method: "POST", path: "/v1/enforcements", as: "operator", body: period}).status)
	plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, plan.status, "%s", plan.raw)
	h.act("head", "/v1/inspections/"+plan.json["case"].(string)+"/approve", nil)
}

// The generated client speaks the same contract.
func TestGeneratedClient(t *testing.T) {
	h := newHouse(t)
	c, err := client.NewClientWithResponses(h.url)
	require.NoError(t, err)
	phone := "13800000000"
	wait := client.Prefer("wait=5")
	filed, err := c.FileComplaintWithResponse(t.Context(), &client.FileComplaintParams{IdempotencyKey: "from-the-client", Prefer: &wait}, client.ComplaintFilingBody{
		Operator: operator, Dispute: "other", Subject: "断网", Text: "三天无网。", ComplainantName: "李四", ComplainantPhone: &phone,
	})
	require.NoError(t, err)
	require.Equal(t, 201, filed.StatusCode(), "%s", filed.Body)
	require.Equal(t, "received", filed.JSON201.Entry.To)
	tracked, err := c.TrackReceiptWithResponse(t.Context(), filed.JSON201.Number, &client.TrackReceiptParams{DubanPin: *filed.JSON201.Pin})
	require.NoError(t, err)
	require.Equal(t, "待审查", tracked.JSON200.StateTitle.Zh)
	asOfficer := func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+h.keys["officer"])
		return nil
	}
	moves, err := client.NewClient(h.url, client.WithRequestEditorFn(asOfficer))
	require.NoError(t, err)
	accepted, err := moves.Act(t.Context(), "complaint", filed.JSON201.Case, "accept", "from-the-officer", nil)
	require.NoError(t, err)
	require.Equal(t, 2, accepted.Entry.Seq)
	letter, err := moves.Paper(t.Context(), "complaint", filed.JSON201.Case, "letter", "from-the-officer", map[string]any{"text": "来函", "sender": "complainant"})
	require.NoError(t, err)
	require.Equal(t, filed.JSON201.Number, letter.Number)
	_, err = moves.Act(t.Context(), "complaint", filed.JSON201.Case, "accept", "another-time", nil)
	var refused *client.Refused
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "wrong-state", refused.Code)
}

func (h *house) ground(move string) string {
	r := h.do(request{method: "GET", path: "/v1/regimes/telecom-2001"})
	for _, g := range r.json["grounds"].(map[string]any)[move].([]any) {
		if code := g.(map[string]any)["code"].(string); !strings.Contains(code, "time") {
			return code
		}
	}
	h.Fatal("no ground for " + move)
	return ""
}

func (h *house) violation() string {
	r := h.do(request{method: "GET", path: "/v1/regimes/telecom-2001"})
	return r.json["violations"].([]any)[0].(map[string]any)["code"].(string)
}

// Pins can't be guessed by trying: after ten wrong ones even the right one has to wait, on the
// tracking page as at the door.
func TestPinsAreNotGuessed(t *testing.T) {
	h := newHouse(t)
	id, number, pin := h.filed()
	track := func(pin string) reply {
		return h.do(request{method: "GET", path: "/v1/receipts/" + number, header: map[string]string{"Duban-Pin": pin}})
	}
	letter := func(pin string) reply {
		return h.do(request{method: "POST", path: "/v1/complaints/" + id + "/letter", body: map[string]any{"text": "a"}, header: map[string]string{"Duban-Receipt": number, "Duban-Pin": pin}})
	}
	for range 5 {
		require.Equal(t, 200, track(pin).status)
		require.Equal(t, 404, track("00000000").status)
		require.Equal(t, 202, letter(pin).status)
		require.Equal(t, 404, letter("00000000").status)
	}
	for _, refused := range []reply{track("00000000"), track(pin), letter(pin)} {
		require.Equal(t, 429, refused.status)
		require.Equal(t, "too-many-pins", refused.json["code"])
		require.NotEmpty(t, refused.header.Get("Retry-After"))
	}
}
