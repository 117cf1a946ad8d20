package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// One thread for the complainant: the first receipt shows where the complaint went, what is sent on
// it reaches who has it, and an act of theirs is contested on it.
func TestOldReceiptFollowsTheTransfer(t *testing.T) {
	h := newHouse(t)
	id, number, pin := h.filed()
	receipt := map[string]string{"Duban-Receipt": number, "Duban-Pin": pin, "Prefer": "wait=5"}
	moved := h.act("officer", "/v1/complaints/"+id+"/transfer", map[string]any{"authority": liaoning, "reasons": "r"})
	there := moved.json["entry"].(map[string]any)["sends"].([]any)[0].(map[string]any)["case"].(string)
	letter := h.do(request{method: "POST", path: "/v1/complaints/" + id + "/letter", body: map[string]any{"text": "补充说明"}, header: receipt})
	require.Equal(t, 200, letter.status, "%s", letter.raw)

	tracked := h.do(request{method: "GET", path: "/v1/receipts/" + number, header: map[string]string{"Duban-Pin": pin}})
	require.Equal(t, "transferred", tracked.json["state"])
	went := tracked.json["transferredTo"].([]any)
	require.Len(t, went, 1)
	now := went[0].(map[string]any)
	require.Equal(t, there, now["case"])
	require.Equal(t, "received", now["state"])
	require.NotEqual(t, number, now["number"])
	require.NotEmpty(t, tracked.json["answerBy"])

	h.act("stranger", "/v1/complaints/"+there+"/decline", map[string]any{"ground": "settled", "reasons": "r"})
	appeal := map[string]any{"contestedCase": there, "contested": 3, "applicant": "complainant", "text": "不服", "applicantName": "张三"}
	filed := h.do(request{method: "POST", path: "/v1/appeals", body: appeal, header: receipt})
	require.Equal(t, 201, filed.status, "%s", filed.raw)
	other := h.do(request{method: "POST", path: "/v1/complaints", body: complaint(), header: map[string]string{"Prefer": "wait=5"}})
	appeal["contestedCase"] = other.json["case"]
	require.NotEqual(t, 201, h.do(request{method: "POST", path: "/v1/appeals", body: appeal, header: receipt}).status, "another's complaint")
}
