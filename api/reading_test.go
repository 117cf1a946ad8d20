package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// everything is all that a caller can read of a case, over every route that shows one.
func (h *house) everything(as asker, id, number, pin string) string {
	h.Helper()
	var all strings.Builder
	ask := func(path string) map[string]any {
		r := h.do(request{method: "GET", path: path, as: as.as, header: as.header})
		all.Write(r.raw)
		return r.json
	}
	for _, path := range []string{"", "/ledger", "/papers"} {
		ask("/v1/cases/" + id + path)
	}
	if papers, ok := ask("/v1/cases/" + id + "/papers")["items"].([]any); ok {
		for _, p := range papers {
			ask("/v1/cases/" + id + "/papers/" + p.(map[string]any)["id"].(string))
		}
	}
	for _, seq := range []string{"1", "2", "3", "4", "5", "6"} {
		ask("/v1/cases/" + id + "/ledger/" + seq)
	}
	ask("/v1/cases/" + id + "/ledger?format=csv")
	ask("/v1/cases/" + id + "/ledger?format=jsonl")
	ask("/v1/cases?format=jsonl")
	ask("/v1/complaints")
	if pin != "" {
		all.Write(h.do(request{method: "GET", path: "/v1/receipts/" + number, header: map[string]string{"Duban-Pin": pin}}).raw)
	}
	return all.String()
}

// reads tells which of the canaries a caller finds.
func reads(found string, canaries ...string) (out []string) {
	for _, c := range canaries {
		if strings.Contains(found, c) {
			out = append(out, c)
		}
	}
	return out
}

// A complaint is filed, accepted, forwarded, replied to and answered; at every step each reads what is
// his to read, and nobody's number stands anywhere.
func TestWhoReadsTheWordsOfAComplaint(t *testing.T) {
	h := newHouse(t)
	filing := complaint()
	filing["text"], filing["subject"] = "CANARYFILING 多收", "CANARYSUBJECT 宽带"
	r := h.do(request{method: "POST", path: "/v1/complaints", body: filing, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, r.status, "%s", r.raw)
	id, number, pin := r.json["case"].(string), r.json["number"].(string), r.json["pin"].(string)
	at := "/v1/complaints/" + id
	holder := asker{header: map[string]string{"Duban-Receipt": number, "Duban-Pin": pin}}
	canaries := []string{"CANARYSUBJECT", "CANARYFILING", "CANARYACCEPT", "CANARYFORWARD", "CANARYREPLY", "CANARYANSWER"}
	see := func(as string) []string {
		if as == "complainant" {
			return reads(h.everything(holder, id, number, pin), canaries...)
		}
		return reads(h.everything(asker{as: as}, id, number, ""), canaries...)
	}
	expect := func(when string, want map[string][]string) {
		t.Helper()
		for as, words := range want {
			require.Equal(t, words, see(as), "%s: %s", when, as)
		}
		for _, as := range []string{"other operator", "stranger", "import", ""} {
			require.Empty(t, see(as), "%s: %q", when, as)
		}
		require.Equal(t, []string{"CANARYSUBJECT"}, see("admin"), "%s: administrators run it and read nobody's letters", when)
	}
	h.act("officer", at+"/accept", map[string]any{"reasons": "CANARYACCEPT"})
	expect("accepted", map[string][]string{
		"operator": nil, "complainant": {"CANARYSUBJECT", "CANARYFILING", "CANARYACCEPT"}, "officer": {"CANARYSUBJECT", "CANARYFILING", "CANARYACCEPT"},
	})
	h.act("officer", at+"/forward", map[string]any{"text": "CANARYFORWARD"})
	reply := h.do(request{method: "POST", path: at + "/reply", as: "operator", body: map[string]any{"text": "CANARYREPLY"}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 200, reply.status, "%s", reply.raw)
	expect("replied", map[string][]string{
		"operator": {"CANARYFILING", "CANARYFORWARD", "CANARYREPLY"}, "reviewer": {"CANARYSUBJECT", "CANARYFILING", "CANARYACCEPT", "CANARYFORWARD", "CANARYREPLY"},
	})
	h.act("officer", at+"/answer", map[string]any{"finding": "founded", "text": "CANARYANSWER"})
	expect("answered", map[string][]string{
		"operator": {"CANARYFILING", "CANARYFORWARD", "CANARYREPLY"}, "complainant": {"CANARYSUBJECT", "CANARYFILING", "CANARYACCEPT", "CANARYREPLY", "CANARYANSWER"},
		"head": canaries, "superior": canaries,
	})
	letters := h.do(request{method: "GET", path: "/v1/receipts/" + number, header: map[string]string{"Duban-Pin": pin}}).json["letters"].([]any)
	var said []string
	for _, l := range letters {
		raw, err := json.Marshal(l)
		require.NoError(t, err)
		said = append(said, reads(string(raw), canaries...)...)
	}
	require.Equal(t, []string{"CANARYACCEPT", "CANARYREPLY", "CANARYANSWER"}, said, "the reply and the answer before he is asked what he thinks of them")
	for _, as := range []string{"operator", "officer", "head", "admin", "superior"} {
		require.NotContains(t, h.everything(asker{as: as}, id, number, ""), "13800000000", "%s: contact is opened, not shown", as)
	}
	require.NotContains(t, h.log.String(), "CANARY")
	h.verified()
}

// Who handles a case sees how the complainant is reached; a colleague says why, and sees a name; each opening
// stands where the head can read it.
func TestPersonsAreOpened(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	at := "/v1/cases/" + id
	open := func(as, query string) reply {
		return h.do(request{method: "GET", path: at + "/persons" + query, as: as})
	}
	require.Equal(t, []any{"complainant"}, h.do(request{method: "GET", path: at, as: "colleague"}).json["parties"])
	h.act("officer", "/v1/complaints/"+id+"/assign", map[string]any{"officer": "li"})
	mine := open("officer", "")
	require.Equal(t, map[string]any{"role": "complainant", "name": "张三", "phone": "13800000000"}, mine.json["items"].([]any)[0], "%s", mine.raw)
	require.Equal(t, []any{422, "purpose-needed"}, []any{open("colleague", "").status, open("colleague", "").json["code"]})
	require.Equal(t, map[string]any{"role": "complainant", "name": "张三"}, open("colleague", "?purpose=return+a+call").json["items"].([]any)[0])
	require.Equal(t, 200, open("superior", "?purpose=supervision").status)
	for as, status := range map[string]int{"operator": 403, "stranger": 404, "admin": 403, "import": 403, "": 401} {
		require.Equal(t, status, open(as, "?purpose=curious").status, as)
	}
	kept := h.items("head", at+"/openings")
	var lines [][]any
	for _, o := range kept {
		lines = append(lines, []any{o["officer"], o["purpose"], o["what"]})
	}
	require.Equal(t, [][]any{{"li", "handling", "contact"}, {"wang", "return a call", "names"}, {"sun", "supervision", "names"}}, lines)
	for as, status := range map[string]int{"officer": 403, "operator": 403, "admin": 200, "stranger": 403} {
		require.Equal(t, status, h.do(request{method: "GET", path: at + "/openings", as: as}).status, as)
	}
}

// What a case lists as possible is what its reader can do now, with where it leads and what bars it.
func TestMovesAreTheReadersOwn(t *testing.T) {
	h := newHouse(t)
	id, number, pin := h.filed()
	h.act("officer", "/v1/complaints/"+id+"/accept", nil)
	h.act("officer", "/v1/complaints/"+id+"/assign", map[string]any{"officer": "li"})
	moves := func(as string, header map[string]string) map[string]map[string]any {
		out := map[string]map[string]any{}
		for _, m := range h.do(request{method: "GET", path: "/v1/cases/" + id, as: as, header: header}).json["moves"].([]any) {
			m := m.(map[string]any)
			out[m["name"].(string)] = m
		}
		return out
	}
	mine := moves("officer", nil)
	require.Contains(t, mine, "forward")
	require.Nil(t, mine["forward"]["barred"])
	require.Equal(t, "forwarded", mine["forward"]["to"].([]any)[0].(map[string]any)["state"])
	theirs := moves("colleague", nil)["forward"]["barred"].(map[string]any)
	require.Equal(t, "wrong-officer", theirs["code"])
	for name, m := range moves("operator", nil) {
		require.Equal(t, "paper", m["class"], name)
	}
	for name, m := range moves("", map[string]string{"Duban-Receipt": number, "Duban-Pin": pin}) {
		require.Equal(t, "paper", m["class"], name)
		require.Contains(t, m["senders"], "complainant", name)
	}
	require.Empty(t, moves("admin", nil))
}
