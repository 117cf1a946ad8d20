package api_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register"
)

// city adds Shenzhen with two hotels, and the keys of its officer and of one hotel.
func (h *house) city() {
	h.Helper()
	ctx := h.Context()
	require.NoError(h, h.register.PutAuthority(ctx, jurisdiction.Authority{
		ID: "sz", Parent: guangdong, Level: "city", Domain: "telecom", Code: "SZ", Name: casefile.Text{Zh: "深圳", En: "Shenzhen"},
	}))
	for _, id := range []string{"h1", "h2"} {
		require.NoError(h, h.register.PutOperator(ctx, register.Operator{ID: id, Name: "饭店" + id, Types: []string{"hotel"}, Province: "sz"}))
	}
	for name, k := range map[string]register.KeySpec{
		"city":          {Kind: register.OfficerKey, Owner: "ma", Authority: "sz", Role: casefile.RoleOfficer},
		"city reviewer": {Kind: register.OfficerKey, Owner: "he", Authority: "sz", Role: casefile.RoleReviewer},
		"hotel":         {Kind: register.OperatorKey, Owner: "h1"},
	} {
		if k.Kind == register.OfficerKey {
			require.NoError(h, h.register.PutOfficer(ctx, register.Officer{ID: k.Owner, Authority: k.Authority, Role: k.Role, Name: k.Owner}))
		}
		secret, err := h.register.CreateKey(ctx, k)
		require.NoError(h, err)
		h.keys[name] = secret
	}
}

// on moves the clock to noon of a day and has a plan seen to.
func (h *house) on(day, plan string) activities.WakeResult {
	h.Helper()
	r := h.do(request{method: "POST", path: "/dev/clock", body: map[string]any{"to": day + "T12:00:00+08:00"}})
	require.Equal(h, 200, r.status, "%s", r.raw)
	for {
		out, err := h.desk.plans.Wake(h.Context(), activities.WakeInput{Plan: plan})
		require.NoError(h, err)
		if !out.More {
			return out
		}
	}
}

func (h *house) post(as, path string, body any) reply {
	h.Helper()
	return h.do(request{method: "POST", path: path, as: as, body: body})
}

func (h *house) items(as, path string) []map[string]any {
	h.Helper()
	r := h.do(request{method: "GET", path: path, as: as})
	require.Equal(h, 200, r.status, "%s: %s", path, r.raw)
	var out []map[string]any
	for _, item := range r.json["items"].([]any) {
		out = append(out, item.(map[string]any))
	}
	return out
}

// A city plans its year: visits open on their days, stand still in a pause, and go on.
func TestAPlanOverHTTP(t *testing.T) {
	h := newHouse(t)
	h.city()
	body := map[string]any{"year": 2026, "cadence": "periodic", "types": []string{"hotel"}, "quota": 10, "cap": 4}
	key := map[string]string{"Idempotency-Key": "plan-of-2026"}
	made := h.do(request{method: "POST", path: "/v1/plans", as: "city", body: body, header: key})
	require.Equal(t, 201, made.status, "%s", made.raw)
	require.Equal(t, "2026-03-02", made.json["from"], "a plan made later begins today")
	id := made.json["id"].(string)
	again := h.do(request{method: "POST", path: "/v1/plans", as: "city", body: body, header: key})
	require.Equal(t, id, again.json["id"])
	body["quota"] = 11
	require.Equal(t, "idempotency-key-reused", h.do(request{method: "POST", path: "/v1/plans", as: "city", body: body, header: key}).json["code"])

	first := h.on("2026-03-02", id)
	require.Equal(t, "2026-03-17", first.Wake.In(opening.Location()).Format("2006-01-02"))
	require.Empty(t, h.items("city", "/v1/plans/"+id+"/occurrences"))
	h.on("2026-04-20", id)
	seen := h.items("city", "/v1/plans/"+id+"/occurrences")
	require.Len(t, seen, 2)
	require.Equal(t, []any{"2026-03-17", "h1", "opened"}, []any{seen[0]["day"], seen[0]["operator"], seen[0]["state"]}, "filled in after the outage")
	opened := h.do(request{method: "GET", path: "/v1/inspections/" + seen[0]["case"].(string), as: "city"})
	require.Equal(t, 200, opened.status)
	require.Equal(t, "h1", opened.json["operator"])
	papers := h.items("city", "/v1/cases/"+seen[0]["case"].(string)+"/papers")
	require.Len(t, papers, 1)
	require.Equal(t, "ma", papers[0]["by"].(map[string]any)["officer"], "in the name of who planned it")

	paused := h.post("city", "/v1/plans/"+id+"/pause", map[string]any{"from": "2026-05-01"})
	require.Equal(t, 200, paused.status, "%s", paused.raw)
	h.on("2026-09-01", id)
	require.Len(t, h.items("city", "/v1/plans/"+id+"/occurrences"), 2)
	require.Equal(t, 200, h.post("city", "/v1/plans/"+id+"/resume", map[string]any{"from": "2026-10-01"}).status)
	require.Equal(t, 200, h.post("city", "/v1/plans/"+id+"/change", map[string]any{"from": "2026-10-01", "quota": 8}).status)
	for _, day := range []string{"2026-12-31", "2027-01-01"} {
		h.on(day, id)
	}
	require.Len(t, h.items("city", "/v1/plans/"+id+"/occurrences"), 3)
	end := h.do(request{method: "GET", path: "/v1/plans/" + id, as: "city"})
	require.Len(t, end.json["changes"], 3)
	require.NotContains(t, end.json, "nextDue")
	require.Len(t, h.items("city", "/v1/inspections"), 3)
	page := h.do(request{method: "GET", path: "/v1/plans/" + id + "/occurrences?limit=2", as: "city"})
	require.Len(t, h.items("city", "/v1/plans/"+id+"/occurrences?limit=2&cursor="+page.json["next"].(string)), 1)
}

func TestWhoMayPlanWhat(t *testing.T) {
	h := newHouse(t)
	h.city()
	visits := func(change map[string]any) map[string]any {
		body := map[string]any{"year": 2026, "cadence": "periodic", "types": []string{"hotel"}, "quota": 10, "cap": 4}
		for k, v := range change {
			body[k] = v
			if v == nil {
				delete(body, k)
			}
		}
		return body
	}
	for name, c := range map[string]struct {
		as     string
		change map[string]any
		status int
		code   string
	}{
		"public":                {"", nil, 401, "key-needed"},
		"operator":              {"hotel", nil, 403, "not-for-you"},
		"reviewer":              {"city reviewer", nil, 403, "not-for-you"},
		"administrator":         {"admin", nil, 403, "not-for-you"},
		"province, periodic":    {"head", nil, 422, "wrong-level"},
		"city, spot":            {"city", map[string]any{"cadence": "spot"}, 422, "wrong-level"},
		"last year":             {"city", map[string]any{"year": 2025}, 422, "bad-plan-year"},
		"far year":              {"city", map[string]any{"year": 2028}, 422, "bad-plan-year"},
		"nobody":                {"city", map[string]any{"types": nil}, 422, "bad-plan-targets"},
		"types and list":        {"city", map[string]any{"operators": []string{"h1"}}, 422, "bad-plan-targets"},
		"unknown operator":      {"city", map[string]any{"types": nil, "operators": []string{"h9"}}, 422, "unknown-operator"},
		"twice":                 {"city", map[string]any{"types": nil, "operators": []string{"h1", "h1"}}, 422, "bad-plan-targets"},
		"another's operator":    {"city", map[string]any{"types": nil, "operators": []string{operator}}, 422, "not-supervised"},
		"no quota":              {"city", map[string]any{"quota": nil}, 422, "bad-plan-quota"},
		"no cap":                {"city", map[string]any{"cap": nil}, 422, "bad-plan-cap"},
		"daily with quota":      {"city", map[string]any{"cadence": "daily"}, 422, "bad-plan-quota"},
		"province, spot":        {"head", map[string]any{"cadence": "spot"}, 201, ""},
		"city, listed":          {"city", map[string]any{"types": nil, "operators": []string{"h2", "h1"}}, 201, ""},
		"city, next year":       {"city", map[string]any{"year": 2027}, 201, ""},
		"city, daily":           {"city", map[string]any{"cadence": "daily", "quota": nil, "cap": nil}, 201, ""},
		"ministry, spot, telco": {"superior", map[string]any{"cadence": "spot", "types": []string{"mobile"}}, 201, ""},
	} {
		r := h.post(c.as, "/v1/plans", visits(c.change))
		require.Equal(t, c.status, r.status, "%s: %s", name, r.raw)
		if c.code != "" {
			require.Equal(t, c.code, r.json["code"], name)
		}
	}
	en := h.do(request{method: "POST", path: "/v1/plans", as: "head", body: visits(nil), header: map[string]string{"Accept-Language": "en"}})
	require.Contains(t, en.json["detail"], "periodic checks are planned by cities")
	zh := h.post("head", "/v1/plans", visits(nil))
	require.Contains(t, zh.json["detail"], "定期检查由市级机关安排")
	require.Equal(t, "liaoning-tourism-1991:14", zh.json["clause"])

	id := h.items("city", "/v1/plans")[0]["id"].(string)
	require.Len(t, h.items("city", "/v1/plans"), 3, "its own only")
	require.Len(t, h.items("superior", "/v1/plans"), 5)
	require.Len(t, h.items("admin", "/v1/plans?limit=2"), 2)
	require.Len(t, h.items("head", "/v1/plans?authority=sz"), 3)
	require.Empty(t, h.items("stranger", "/v1/plans?authority=sz"))
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/plans/" + id, as: "stranger"}).status)
	require.Equal(t, 200, h.do(request{method: "GET", path: "/v1/plans/" + id, as: "superior"}).status)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/plans/" + strings.Repeat("a", 26), as: "city"}).status)
	pause := map[string]any{"from": "2026-12-01"}
	require.Equal(t, 404, h.post("stranger", "/v1/plans/"+id+"/pause", pause).status)
	require.Equal(t, 403, h.post("head", "/v1/plans/"+id+"/pause", pause).status, "the superior looks on")
	require.Equal(t, 403, h.post("city reviewer", "/v1/plans/"+id+"/pause", pause).status)
	late := h.post("city", "/v1/plans/"+id+"/pause", map[string]any{"from": "2026-03-01"})
	require.Equal(t, []any{"bad-plan-change", "from"}, []any{late.json["code"], late.json["field"]})
	require.Equal(t, "bad-filter", h.do(request{method: "GET", path: "/v1/plans?cursor=x", as: "city"}).json["code"])
}

// A unit that files no self-check by the end of its day is reported to its city.
func TestSelfChecksOverHTTP(t *testing.T) {
	h := newHouse(t)
	h.city()
	made := h.post("city", "/v1/plans", map[string]any{"year": 2026, "cadence": "daily", "types": []string{"hotel"}})
	require.Equal(t, 201, made.status, "%s", made.raw)
	id := made.json["id"].(string)
	check := map[string]any{"day": "2026-03-02", "inspector": "SZ-17", "faults": 1, "text": "客房灯坏"}
	filed := h.post("hotel", "/v1/self-checks", check)
	require.Equal(t, 201, filed.status, "%s", filed.raw)
	require.Equal(t, false, filed.json["late"])
	require.Equal(t, 403, h.post("city", "/v1/self-checks", check).status)
	require.Equal(t, 401, h.post("", "/v1/self-checks", check).status)
	check["day"] = "2026-03-03"
	require.Equal(t, "day-in-future", h.post("hotel", "/v1/self-checks", check).json["code"])

	h.on("2026-03-03", id)
	alerts := h.items("city", "/v1/alerts")
	require.Len(t, alerts, 1)
	require.Equal(t, []any{"h2", "2026-03-02", "sz"}, []any{alerts[0]["operator"], alerts[0]["day"], alerts[0]["authority"]})
	require.Empty(t, h.items("stranger", "/v1/alerts"))
	require.Len(t, h.items("superior", "/v1/alerts"), 1)
	require.Empty(t, h.items("city", "/v1/inspections"), "a self-check opens no case")

	require.Len(t, h.items("hotel", "/v1/self-checks"), 1)
	require.Len(t, h.items("city", "/v1/self-checks?operator=h1"), 1)
	require.Len(t, h.items("head", "/v1/self-checks?operator=h1"), 1)
	for _, who := range []string{"stranger", "operator"} {
		require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/self-checks?operator=h1", as: who}).status, who)
	}
	require.Equal(t, 400, h.do(request{method: "GET", path: "/v1/self-checks", as: "city"}).status)
}

// An inspection by hand takes no place under the cap, and is of an operator that the authority
// supervises. A re-inspection is opened by the inspection that it follows, and is exempt too.
func TestExemptInspectionsOverHTTP(t *testing.T) {
	h := newHouse(t)
	h.city()
	made := h.post("city", "/v1/plans", map[string]any{"year": 2026, "cadence": "periodic", "operators": []string{"h1"}, "quota": 1, "cap": 1})
	require.Equal(t, 201, made.status, "%s", made.raw)
	body := map[string]any{"operator": "h1", "cause": "report", "text": "群众举报"}
	filed := h.post("city", "/v1/inspections", body)
	require.Equal(t, 201, filed.status, "%s", filed.raw)
	at := "/v1/exempt-inspections/" + filed.json["case"].(string)
	why := h.do(request{method: "GET", path: at, as: "superior"})
	require.Equal(t, []any{"report", "群众举报", "ma"}, []any{why.json["ground"], why.json["reasons"], why.json["officer"]})
	require.Equal(t, 404, h.do(request{method: "GET", path: at, as: "stranger"}).status)
	require.Equal(t, 404, h.do(request{method: "POST", path: "/v1/exempt-inspections", as: "city", body: body}).status, "one way to file it")

	theirs := h.post("stranger", "/v1/inspections", body)
	require.Equal(t, []any{422, "not-supervised", "operator"}, []any{theirs.status, theirs.json["code"], theirs.json["field"]}, "%s", theirs.raw)
	body["operator"] = operator
	require.Equal(t, "not-supervised", h.post("city", "/v1/inspections", body).json["code"], "of the province, not of the city")
	require.Equal(t, 201, h.post("officer", "/v1/inspections", body).status)

	id := made.json["id"].(string)
	h.on("2026-12-31", id)
	seen := h.items("city", "/v1/plans/"+id+"/occurrences")
	require.Len(t, seen, 1)
	require.Equal(t, "opened", seen[0]["state"])
	require.Len(t, h.items("city", "/v1/inspections"), 2)
	require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/exempt-inspections/" + seen[0]["case"].(string), as: "city"}).status, "a planned one counts")
}

// An inspection filed by hand says why: it is no way around the yearly cap.
func TestAnInspectionByHandHasItsGround(t *testing.T) {
	h := newHouse(t)
	h.city()
	for name, c := range map[string]struct {
		as          string
		cause, text any
		status      int
		code, field string
	}{
		"no cause":        {"city", nil, "举报", 422, "missing-field", "cause"},
		"planned":         {"city", "planned", "计划", 422, "planned-by-plan", "cause"},
		"no reasons":      {"city", "report", nil, 422, "missing-field", "text"},
		"blank reasons":   {"city", "report", "  ", 422, "missing-field", "text"},
		"re-inspection":   {"city", "re-inspection", "复查", 403, "not-for-you", ""},
		"by the reviewer": {"city reviewer", "report", "举报", 403, "not-for-you", ""},
	} {
		body := map[string]any{"operator": "h1"}
		for field, value := range map[string]any{"cause": c.cause, "text": c.text} {
			if value != nil {
				body[field] = value
			}
		}
		r := h.post(c.as, "/v1/inspections", body)
		require.Equal(t, c.status, r.status, "%s: %s", name, r.raw)
		require.Equal(t, c.code, r.json["code"], name)
		if c.field != "" {
			require.Equal(t, c.field, r.json["field"], name)
		}
	}
	require.Empty(t, h.items("city", "/v1/inspections"))
	for _, cause := range []string{"complaint", "report", "superior"} {
		key := map[string]string{"Idempotency-Key": "by-hand-" + cause, "Prefer": "wait=5"}
		body := map[string]any{"operator": "h1", "cause": cause, "text": "来自" + cause}
		filed := h.do(request{method: "POST", path: "/v1/inspections", as: "city", body: body, header: key})
		require.Equal(t, 201, filed.status, "%s", filed.raw)
		id := filed.json["case"].(string)
		why := h.do(request{method: "GET", path: "/v1/exempt-inspections/" + id, as: "city"})
		require.Equal(t, []any{cause, "来自" + cause, "ma"}, []any{why.json["ground"], why.json["reasons"], why.json["officer"]})
		again := h.do(request{method: "POST", path: "/v1/inspections", as: "city", body: body, header: key})
		require.Equal(t, id, again.json["case"])
		_, c, err := h.register.CaseByID(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, cause, c.Inspection.Cause, "the file says so too")
	}
}
