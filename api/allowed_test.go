package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A problem says what would have been taken, in both languages: values, bounds, names.
func TestProblemsNameWhatIsAllowed(t *testing.T) {
	h := newHouse(t)
	with := func(field string, value any) map[string]any {
		b := complaint()
		b[field] = value
		return b
	}
	file := "/v1/complaints"
	for name, c := range map[string]struct {
		r      request
		zh, en string
	}{
		"a parameter":    {request{method: "GET", path: "/v1/cases?colour=red", as: "officer"}, "state、", "state, "},
		"a value":        {request{method: "POST", path: file, body: with("dispute", "weather")}, "：fee、other。", ": fee, other"},
		"a field":        {request{method: "POST", path: file, body: with("colour", "red")}, "askedOperatorOn、", "askedOperatorOn, "},
		"a length":       {request{method: "POST", path: file, body: with("subject", "")}, "1至200个字符", "1 to 200 characters"},
		"a number":       {request{method: "POST", path: file, body: with("complainants", -1)}, "0至100000000", "0 to 100000000"},
		"a type":         {request{method: "POST", path: file, body: with("text", 7)}, "string", "string"},
		"one of a query": {request{method: "GET", path: "/v1/cases?limit=500", as: "officer"}, "1至200", "1 to 200"},
	} {
		for lang, want := range map[string]string{"zh-CN": c.zh, "en": c.en} {
			r := c.r
			r.header = map[string]string{"Accept-Language": lang}
			got := h.do(r)
			require.GreaterOrEqual(t, got.status, 400, name)
			require.Contains(t, got.json["detail"], want, "%s: %s", name, got.raw)
		}
	}
}
