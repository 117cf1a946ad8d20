package api_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tasks are the cases in a list of tasks, in its order, and its counts.
func (h *house) tasks(as, query string) (cases []string, counts map[string]any) {
	h.Helper()
	r := h.do(request{method: "GET", path: "/v1/tasks?" + query, as: as})
	require.Equal(h, 200, r.status, "%s", r.raw)
	for _, x := range r.json["items"].([]any) {
		cases = append(cases, x.(map[string]any)["case"].(string))
	}
	counts, _ = r.json["counts"].(map[string]any)
	return cases, counts
}

// 2026-03-02 two complaints come in; one is accepted and forwarded, the other lies until it is overdue.
// Then the overdue one comes first, with everybody whose task it is, and with nobody else.
func TestTasksAreThoseOfWhoMustAct(t *testing.T) {
	h := newHouse(t)
	late, _, _ := h.filed()
	other := complaint()
	other["operator"] = operator
	other["text"] = "另一件事"
	r := h.do(request{method: "POST", path: "/v1/complaints", body: other, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, r.status, "%s", r.raw)
	prompt := r.json["case"].(string)

	none, counts := h.tasks("officer", "of=none")
	require.Equal(t, []string{late, prompt}, none)
	require.EqualValues(t, 2, counts["later"])
	mine, _ := h.tasks("officer", "")
	require.Empty(t, mine)
	h.act("head", "/v1/complaints/"+late+"/assign", map[string]any{"officer": "li"})
	h.act("officer", "/v1/complaints/"+prompt+"/accept", nil)
	h.act("officer", "/v1/complaints/"+prompt+"/forward", nil)
	theirs, counts := h.tasks("operator", "")
	require.Equal(t, []string{prompt}, theirs)
	require.NotContains(t, counts, "none")
	seen := h.do(request{method: "GET", path: "/v1/tasks", as: "operator"}).json["items"].([]any)[0].(map[string]any)
	listed := h.do(request{method: "GET", path: "/v1/cases", as: "operator"}).json["items"].([]any)[0].(map[string]any)
	require.Equal(t, listed["subject"], seen["subject"])
	require.NotEqual(t, other["subject"], seen["subject"], "the citizen's words are not an operator's to read")
	nobody, _ := h.tasks("other operator", "")
	require.Empty(t, nobody)

	require.NoError(t, h.register.StepClock(t.Context(), opening.AddDate(0, 0, 14)))
	for _, id := range []string{late, prompt} {
		require.NoError(t, h.desk.run(t.Context(), id))
	}
	mine, counts = h.tasks("officer", "of=me")
	require.Equal(t, []string{late}, mine)
	require.EqualValues(t, 1, counts["overdue"])
	mine, _ = h.tasks("colleague", "of=me")
	require.Empty(t, mine)
	for _, as := range []string{"officer", "superior"} { // whoever is above sees what lies below
		all, _ := h.tasks(as, "of=office")
		require.Equal(t, []string{late, prompt}, all)
	}
	all, _ := h.tasks("stranger", "of=office")
	require.Empty(t, all)
	all, _ = h.tasks("officer", "of=office&until=2026-03-15")
	require.Equal(t, []string{late}, all)
	file := h.do(request{method: "GET", path: "/v1/tasks?of=office&format=csv", as: "head"})
	require.Equal(t, 200, file.status)
	require.Equal(t, 3, strings.Count(strings.TrimSpace(string(file.raw)), "\n")+1, "%s", file.raw)
	h.verified()
}

// A ministry's list without an authority is of all below it; with one, of that one alone.
func TestWhoIsAboveSeesWhatIsBelow(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	list := func(as, query string) int {
		r := h.do(request{method: "GET", path: "/v1/cases?" + query, as: as})
		require.Equal(h, 200, r.status, "%s", r.raw)
		require.Equal(t, len(r.json["items"].([]any)) > 0, strings.Contains(string(r.raw), id))
		return len(r.json["items"].([]any))
	}
	require.Equal(t, 1, list("superior", ""))
	require.Equal(t, 1, list("superior", "authority="+guangdong))
	require.Equal(t, 0, list("superior", "authority="+ministry))
	require.Equal(t, 0, list("superior", "authority="+liaoning))
	require.Equal(t, 0, list("stranger", ""))
	require.Equal(t, 0, list("stranger", "authority="+guangdong))
}

// A plain day goes to its end in the place of the installation; an instant is what it says.
func TestFiltersOfDays(t *testing.T) {
	h := newHouse(t)
	id, number, _ := h.filed()
	due := h.do(request{method: "GET", path: "/v1/cases/" + id, as: "officer"}).json["due"].(string)
	require.Equal(t, "16:00:00Z", due[11:], "it ends at 24:00 in Shanghai")
	day := due[:10]
	h.act("head", "/v1/complaints/"+id+"/assign", map[string]any{"officer": "li"})
	for query, want := range map[string]int{
		"dueBefore=" + day: 1, "dueBefore=2026-03-02": 0, "dueBefore=" + url.QueryEscape(due): 0, "dueBefore=" + day + "T16:00:01Z": 1,
		"filedFrom=2026-03-02": 1, "filedFrom=2026-03-03": 0, "filedTo=2026-03-02": 1, "filedTo=2026-03-01": 0,
		"filedFrom=2026-03-02T02:00:00Z": 1, "filedTo=2026-03-02T02:00:00Z": 0,
		"state=received&state=accepted": 1, "state=accepted": 0, "unassigned=true": 0, "unassigned=false": 1, "overdue=true": 0, "overdue=false": 1,
		"turn=officer": 1, "turn=operator": 0, "number=gd-c-2026": 1, "number=" + number: 1, "number=LN": 0,
	} {
		r := h.do(request{method: "GET", path: "/v1/cases?" + query, as: "officer"})
		require.Equal(t, 200, r.status, "%s: %s", query, r.raw)
		require.Len(t, r.json["items"], want, query)
	}
	for _, query := range []string{"dueBefore=2026-02-30", "dueBefore=tomorrow", "filedFrom=2026-03-02T10:00:00", "turn=me", "of=me"} {
		require.Equal(t, 400, h.do(request{method: "GET", path: "/v1/cases?" + query, as: "officer"}).status, query)
	}
}

func TestSearchSaysWhatItCanNot(t *testing.T) {
	h := newHouse(t)
	r := h.do(request{method: "GET", path: "/v1/cases?text=%E3%80%80%20", as: "officer"})
	require.Equal(t, 400, r.status)
	require.Equal(t, "nothing-sought", r.json["code"])
	for _, subject := range []string{"3月账单", "流量包2元", "套餐A变B", "C++套餐", "第①条", "Ⅳ期"} {
		r := h.do(request{method: "GET", path: "/v1/cases?text=" + url.QueryEscape(subject), as: "officer"})
		require.Equal(t, 200, r.status, "%s: %s", subject, r.raw)
	}
}

// Staff find a person's cases by what he gave; the search is kept, the value nowhere.
func TestPersonsAreSearchedByStaffAndItIsKept(t *testing.T) {
	h := newHouse(t)
	body := complaint()
	body["complainantName"], body["complainantPhone"], body["complainantEmail"] = "欧阳娜", "138 0013 8000", "na@example.com"
	r := h.do(request{method: "POST", path: "/v1/complaints", body: body, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(t, 201, r.status, "%s", r.raw)
	search := func(as string, header map[string]string) reply {
		return h.do(request{method: "GET", path: "/v1/cases", as: as, header: header})
	}
	name := url.PathEscape("欧阳娜")
	for _, header := range []map[string]string{{"Duban-Phone": "+8613800138000"}, {"Duban-Email": "NA@example.com"}, {"Duban-Name": name}, {"Duban-Name": name, "Duban-Phone": "13800138000"}} {
		require.Len(t, search("officer", header).json["items"], 1, "%v", header)
		require.Empty(t, search("stranger", header).json["items"])
	}
	require.Empty(t, search("officer", map[string]string{"Duban-Name": name, "Duban-Phone": "13800138001"}).json["items"])
	require.Equal(t, 400, search("officer", map[string]string{"Duban-Phone": "110"}).status)
	for _, as := range []string{"operator", "admin"} {
		require.Equal(t, 403, search(as, map[string]string{"Duban-Name": name}).status)
	}
	reads, err := h.register.Reads(t.Context(), "", "li", 0, 0)
	require.NoError(t, err)
	require.Len(t, reads, 5)
	require.Equal(t, "person-search:phone", reads[0].What)
	require.Equal(t, guangdong, reads[0].Authority)
	for _, sought := range []string{"138001", "138 001", name} {
		require.NotContains(t, h.log.String(), sought)
	}
}
