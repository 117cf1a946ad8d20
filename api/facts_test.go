package api_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

// No past fact lies in the future, whatever asks for it: the door says which field is wrong.
func TestPastFactsAreNotToComeAtTheDoor(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	at := "/v1/complaints/" + id
	with := func(field string) map[string]any {
		b := maps.Clone(complaint())
		b[field] = "2036-01-01"
		return b
	}
	for _, c := range []struct {
		as, path, field string
		body            any
	}{
		{"", "/v1/complaints", "eventOn", with("eventOn")},
		{"", "/v1/complaints", "askedOperatorOn", with("askedOperatorOn")},
		{"officer", "/v1/enforcements", "periodFrom", map[string]any{"violation": "service-standard", "requirement": "x", "periodFrom": "2036-01-01", "periodTo": "2036-01-02", "operator": operator}},
		{"officer", at + "/correction", "eventOn", map[string]any{"text": "x", "eventOn": "2036-01-01"}},
		{"officer", at + "/postal-receipt", "on", map[string]any{"document": "forwarding-letter", "on": "2036-01-01"}},
		{"operator", at + "/force-majeure", "periodFrom", map[string]any{"deadline": "reply", "text": "x", "periodFrom": "2036-01-01", "periodTo": "2036-01-02"}},
		{"operator", at + "/appeal", "filedOn", map[string]any{"contested": 1, "route": "court", "applicant": "penalised", "filedOn": "2036-01-01"}},
		{"officer", at + "/open-enforcement", "periodFrom", map[string]any{"violation": "service-standard", "requirement": "x", "periodFrom": "2036-01-01", "periodTo": "2036-01-02", "reasons": "r"}},
		{"officer", at + "/correct-facts", "eventOn", map[string]any{"reasons": "r", "eventOn": "2036-01-01"}},
	} {
		r := h.do(request{method: "POST", path: c.path, as: c.as, body: c.body})
		require.Contains(t, []int{409, 422}, r.status, "%s %s: %s", c.path, c.field, r.raw)
		require.Equal(t, "day-in-future", r.json["code"], "%s %s: %s", c.path, c.field, r.raw)
		require.Equal(t, c.field, r.json["field"], "%s: %s", c.path, r.raw)
	}
}

// What was typed wrongly is put right by an act; a contact by its four fields, of which none is shown.
func TestFactsPutRightOverHTTP(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	path := "/v1/complaints/" + id + "/correct-facts"
	r := h.do(request{method: "POST", path: path, as: "officer", body: map[string]any{"reasons": "r", "complainantPhone": "13911112222"}})
	require.Equal(t, "missing-field", r.json["code"], "%s", r.raw)
	require.Equal(t, "complainantName", r.json["field"])
	r = h.do(request{method: "POST", path: path, as: "officer", body: map[string]any{"reasons": "r", "operator": "nobody"}})
	require.Equal(t, "unknown-operator", r.json["code"], "%s", r.raw)

	whole := map[string]any{"reasons": "号码登记有误", "eventOn": "2026-01-31", "complainantName": "张三", "complainantPhone": "13911112222"}
	key := map[string]string{"Idempotency-Key": "the-same-contact"}
	done := h.do(request{method: "POST", path: path, as: "officer", body: whole, header: key})
	require.Equal(t, 200, done.status, "%s", done.raw)
	again := h.do(request{method: "POST", path: path, as: "officer", body: whole, header: key})
	require.Equal(t, done.json["act"], again.json["act"])
	whole["complainantPhone"] = "13922223333"
	other := h.do(request{method: "POST", path: path, as: "officer", body: whole, header: key})
	require.Equal(t, "idempotency-key-reused", other.json["code"], "%s", other.raw)
	file := h.do(request{method: "GET", path: "/v1/cases/" + id, as: "officer"})
	require.Equal(t, "2026-01-31", file.json["complaint"].(map[string]any)["eventOn"])
	for _, shown := range []string{string(done.raw), string(file.raw), h.log.String()} {
		require.NotContains(t, shown, "13911112222")
	}
}
