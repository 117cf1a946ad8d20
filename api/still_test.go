package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// 2026-03-02 the order is served, with 15 days. On the 5th it is extended by 5, on the 7th it is
// stayed until the 20th: the file shows what stands still, then why the day is the one it is.
func TestWhatStandsStillIsShown(t *testing.T) {
	h := newHouse(t)
	complaint, _, _ := h.filed()
	opened := h.act("officer", "/v1/complaints/"+complaint+"/open-enforcement", map[string]any{
		"violation": h.violationBy("order-then-sanction"), "requirement": "yd-t-1", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "reasons": "涉嫌违法。",
	})
	id := opened.json["entry"].(map[string]any)["sends"].([]any)[0].(map[string]any)["case"].(string)
	at := "/v1/enforcements/" + id
	require.Eventually(t, func() bool {
		return h.do(request{method: "GET", path: at, as: "officer"}).json["state"] == "opened"
	}, 5*time.Second, 10*time.Millisecond)
	h.carded("2099-12-31")
	h.act("officer", at+"/establish", map[string]any{"officers": []string{"li", "wang"}, "breach": true, "harm": true, "text": "属实。"})
	order := h.act("officer", at+"/order", map[string]any{"term": "15d", "reasons": "整改。"}).json["entry"].(map[string]any)["seq"]
	h.act("officer", at+"/serve", map[string]any{"document": "rectification-order", "method": "direct", "on": "2026-03-02", "evidence": "e"})
	paper := func(as, name string, body map[string]any) {
		t.Helper()
		r := h.do(request{method: "POST", path: at + "/" + name, as: as, body: body, header: map[string]string{"Prefer": "wait=5"}})
		require.Contains(t, []int{200, 202}, r.status, "%s", r.raw)
		require.NotNil(t, r.json["entry"], "%s", r.raw)
	}
	to := func(instant string) {
		t.Helper()
		require.Equal(t, 200, h.do(request{method: "POST", path: "/dev/clock", body: map[string]any{"to": instant + "+08:00"}}).status)
	}
	to("2026-03-05T10:00:00")
	paper("operator", "extension-application", map[string]any{"text": "请求延期"})
	h.act("officer", at+"/grant-extension", map[string]any{"term": "5d", "reasons": "准予"})
	to("2026-03-07T10:00:00")
	paper("officer", "stay", map[string]any{"contested": order, "route": "court", "sender": "court"})

	for _, as := range []string{"officer", "operator"} {
		file := h.do(request{method: "GET", path: at, as: as})
		require.Equal(t, 200, file.status)
		still := file.json["still"].([]any)
		require.Len(t, still, 1, "%s", file.raw)
		d := still[0].(map[string]any)
		require.Equal(t, []any{"rectification", "2026-03-02", "15d", "2026-03-08", "15d", []any{"5d"}}, []any{d["name"], d["from"], d["term"], d["since"], d["left"], d["extended"]})
		why := d["why"].(map[string]any)
		require.Equal(t, "it stands still from 2026-03-08 on with 15 natural days left, which run on when what stopped it is over", why["en"].([]any)[2])
		require.Equal(t, "自2026-03-08起停止计算，尚余15日，停止的原因消除后继续计算", why["zh"].([]any)[2])
	}

	to("2026-03-21T10:00:00")
	paper("officer", "judgment", map[string]any{"contested": order, "outcome": "claim-rejected", "on": "2026-03-20", "sender": "court"})
	file := h.do(request{method: "GET", path: at, as: "operator"})
	require.NotContains(t, file.json, "still")
	for _, x := range file.json["deadlines"].([]any) {
		d := x.(map[string]any)
		if d["name"] != "rectification" {
			continue
		}
		require.Equal(t, "2026-04-07", d["day"], "fifteen days to 04-04, and the holiday of Qingming")
		require.Equal(t, []any{map[string]any{"from": "2026-03-08", "to": "2026-03-20"}}, d["suspended"])
		en := d["why"].(map[string]any)["en"].([]any)
		require.Contains(t, en, "extended by 5 natural days")
		require.Contains(t, en, "suspended in 2026-03-08…03-20: 13 days not counted, the rest of the term runs on")
		h.verified()
		return
	}
	t.Fatalf("no term to rectify: %s", file.raw)
}
