package api_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// An operator reads of a complaint's subject what the authority calls it, in lists, in the file and in
// search; never what the citizen typed, nor in the case that is opened from it.
func TestOperatorReadsTheAuthoritysWords(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed() // 宽带多收费
	subject := func(as, id string) string {
		r := h.do(request{method: "GET", path: "/v1/cases/" + id, as: as})
		require.Equal(t, 200, r.status, "%s", r.raw)
		return r.json["subject"].(string)
	}
	finds := func(as, text string) bool {
		r := h.do(request{method: "GET", path: "/v1/complaints?text=" + url.QueryEscape(text), as: as})
		require.Equal(t, 200, r.status, "%s", r.raw)
		return len(r.json["items"].([]any)) > 0
	}
	require.Equal(t, "宽带多收费", subject("officer", id))
	require.Equal(t, "申诉：费用争议", subject("operator", id))
	list := h.do(request{method: "GET", path: "/v1/complaints", as: "operator"})
	require.NotContains(t, string(list.raw), "宽带多收费")
	require.False(t, finds("operator", "宽带"))
	require.False(t, finds("officer", "费用争议"), "every second case has it")
	require.True(t, finds("officer", "宽带"))

	h.act("officer", "/v1/complaints/"+id+"/correct-facts", map[string]any{"dispute": "other", "reasons": "r"})
	require.Equal(t, "申诉：服务争议", subject("operator", id))
	h.act("officer", "/v1/complaints/"+id+"/accept", map[string]any{"title": "固定资费计收"})
	require.Equal(t, "宽带多收费", subject("officer", id))
	require.Equal(t, "固定资费计收", subject("operator", id))
	require.True(t, finds("operator", "资费计收"))
	require.False(t, finds("operator", "宽带"))
	require.True(t, finds("officer", "资费计收"))

	opened := h.act("officer", "/v1/complaints/"+id+"/open-enforcement", map[string]any{
		"violation": "service-standard", "requirement": "bill", "periodFrom": "2026-02-01", "periodTo": "2026-02-02", "reasons": "r",
	})
	linked := opened.json["entry"].(map[string]any)["sends"].([]any)[0].(map[string]any)["case"].(string)
	line, _, err := h.register.CaseByID(t.Context(), linked)
	require.NoError(t, err)
	require.Equal(t, "固定资费计收", line.Outward)
}
