package casefile_test

import (
	"maps"
	"strings"
	"testing"

	"duban/law/casefile"
)

// noticedHeavily: the notice is made and served on one day.
func noticedHeavily(h *house) (string, casefile.Entry) {
	h.t.Helper()
	id := shopping(h)
	e := h.act(id, "notify", li, heavy())
	h.act(id, "serve", li, proof("penalty-notice", h.today().String()))
	return id, e
}

func notified(e casefile.Entry, document string) bool {
	for _, n := range e.Notices {
		if n.Document == document {
			return true
		}
	}
	return false
}

// Between the request and the hearing the officer can't go on: nothing is overdue that can't be done.
func TestNoTaskWhileAHearingWaits(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id, _ := noticedHeavily(h)
	h.paper(id, "defence", "operator", casefile.Body{Text: "t", Points: 1})
	h.due(id, "task", "2026-03-19")
	h.paper(id, "hearing-request", "operator", casefile.Body{Text: "t"})
	h.notDue(id, "task")
	h.paper(id, "defence", "operator", casefile.Body{Text: "t", Points: 1})
	h.notDue(id, "task")
	h.act(id, "call-hearing", li, casefile.Body{On: day("2026-04-02"), Officer: "wu"})
	h.until("2026-04-02")
	if got := h.cases[id].Overdue; len(got) != 0 {
		t.Errorf("overdue %v", got)
	}
	h.act(id, "hold-hearing", officer("wu", casefile.RoleOfficer), casefile.Body{Outcome: "held", Signed: yes()})
	h.due(id, "task", "2026-04-08")

	id, _ = noticedHeavily(h) // the term for the defence runs out, the hearing is to come
	h.paper(id, "hearing-request", "operator", casefile.Body{Text: "t"})
	h.until("2026-04-20")
	h.notDue(id, "defence")
	h.notDue(id, "task")
	h.paper(id, "hearing-withdrawal", "operator", casefile.Body{})
	h.due(id, "task", "2026-04-23")
}

// A fine of 60,000, 12,000 confiscated, a month of suspension: the agency asks for a hearing, is
// heard, pays, and opens again.
func TestHearing(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id, e := noticedHeavily(h)
	if !notified(e, "hearing-right") {
		t.Error("the right was not told with the notice")
	}
	h.due(id, "hearing-request", "2026-03-23")
	h.until("2026-03-18")
	h.refuses(id, "call-hearing", li, casefile.Body{On: day("2026-04-01"), Officer: "wu"}, "no-hearing-asked")
	h.paper(id, "hearing-request", "operator", casefile.Body{Text: "t"})
	h.notDue(id, "hearing-request")
	h.due(id, "hearing", "2026-04-16") // 20 working days, over Qingming
	h.until("2026-03-24")
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "hearing-not-held")
	r := h.try(id, "call-hearing", li, casefile.Body{On: day("2026-03-31"), Officer: "wu"})
	if r == nil || r.Code != "hearing-too-near" || r.Cite != "penalties-2021:64" || !strings.Contains(r.Reason.En, "7 working days before it; if told today, the earliest day is 2026-04-02") || !strings.Contains(r.Reason.Zh, "7个工作日前通知当事人；今日通知，最早可定于2026-04-02") {
		t.Fatalf("called too near: %+v", r)
	}
	for _, chair := range []string{"li", "wang", "qian"} { // investigators, and the head who filed it
		h.refuses(id, "call-hearing", li, casefile.Body{On: day("2026-04-02"), Officer: chair}, "separate-functions")
	}
	chair := officer("wu", casefile.RoleOfficer)
	h.refuses(id, "hold-hearing", chair, casefile.Body{Outcome: "held", Signed: yes()}, "hearing-not-called")
	h.act(id, "call-hearing", li, casefile.Body{On: day("2026-04-02"), Officer: "wu"})
	h.refuses(id, "investigate", li, casefile.Body{Officers: []string{"li", "wu"}, Text: "t"}, "separate-functions")
	h.refuses(id, "hold-hearing", chair, casefile.Body{Outcome: "held", Signed: yes()}, "hearing-not-yet")
	h.until("2026-04-02")
	h.refuses(id, "hold-hearing", li, casefile.Body{Outcome: "held", Signed: yes()}, "not-the-chair")
	h.refuses(id, "hold-hearing", chair, casefile.Body{Outcome: "held"}, "record-unsigned")
	h.refuses(id, "hold-hearing", chair, casefile.Body{Outcome: "adjourned", Signed: yes()}, "unknown-outcome")
	h.act(id, "hold-hearing", chair, casefile.Body{Outcome: "held", Witnessed: yes(), Points: 2})
	h.refuses(id, "review", officer("wu", casefile.RoleReviewer), casefile.Body{Opinion: "agree", Text: "t"}, "separate-functions")
	worse := heavy()
	worse.Amount = 90_000_00
	h.refuses(id, "notify", li, worse, "heavier-for-defending") // nothing grows for having been heard
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	b := together(heavy())
	h.refuses(id, "decide", qian, b, "defence-unanswered")
	b.Answered, b.AnnounceSurcharge = 2, yes()
	h.refuses(id, "decide", officer("wu", casefile.RoleHead), b, "separate-functions")
	h.until("2026-04-07")
	h.act(id, "decide", qian, b)
	h.until("2026-04-08")
	h.act(id, "serve", li, proof("penalty-decision", "2026-04-08"))
	h.due(id, "payment", "2026-04-23")
	h.due(id, "suspension", "2026-05-08")
	pay(h, id, 72_000, "2026-04-08")
	h.state(id, casefile.Correcting)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.Correcting) // a case does not close before the suspension is over
	h.until("2026-05-09")
	h.due(id, "verification", "2026-05-21")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// Not asked for in time is waived, by statute; a request that was posted in time undoes that.
func TestHearingNotAsked(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id, _ := noticedHeavily(h)
	h.paper(id, "waiver", "operator", casefile.Body{Text: "t"}) // of the defence alone
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "hearing-term-running")
	h.until("2026-03-24")
	h.state(id, casefile.Defending)
	if got := h.cases[id].Enforcement.Hearing.Ended; got != "not-requested" {
		t.Fatalf("the right ended by %q", got)
	}
	if e := h.paper(id, "hearing-request", "operator", casefile.Body{Text: "t"}); e.None != "too-late" {
		t.Errorf("asked too late: %q", e.None)
	}
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	e := h.paperOn(id, "hearing-request", "operator", day("2026-03-23"), casefile.Body{Text: "t"})
	if len(e.Corrects) != 1 {
		t.Errorf("posted in time: corrects %v", e.Corrects)
	}
	h.state(id, casefile.Defending) // the review has not seen it
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "hearing-not-held")
	h.paper(id, "hearing-withdrawal", "operator", casefile.Body{})
	h.notDue(id, "hearing")
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "decide", qian, together(heavy()))
	if e := h.paper(id, "hearing-request", "operator", casefile.Body{}); e.None == "" {
		t.Error("a hearing after the decision")
	}
}

// A flood kept the agency from asking: what was left of the term is given back, and it asks.
func TestHearingTermRestored(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id, _ := noticedHeavily(h)
	h.until("2026-03-26")
	e := h.paper(id, "force-majeure", "operator", casefile.Body{Deadline: "hearing-request", PeriodFrom: day("2026-03-19"), PeriodTo: day("2026-03-24"), Text: "t"})
	if e.None != "" {
		t.Fatalf("none: %s", e.None)
	}
	h.act(id, "restore-term", li, casefile.Body{Deadline: "hearing-request", Reasons: "r"})
	h.due(id, "hearing-request", "2026-03-31") // three working days were left
	if d, _ := h.cases[id].Deadline("hearing-request"); d.Class != casefile.StatutoryEffect {
		t.Errorf("given back as %s", d.Class)
	}
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "hearing-term-running")
	h.paper(id, "hearing-request", "operator", casefile.Body{})
	h.due(id, "hearing", "2026-04-24")
	if e := h.paper(id, "force-majeure", "operator", casefile.Body{Deadline: "suspension", PeriodFrom: day("2026-03-19"), PeriodTo: day("2026-03-24"), Text: "t"}); e.None != "no-such-term" {
		t.Errorf("kept from a suspension: %q", e.None)
	}
}

// The right to a hearing was told with a fine of 50,000, and nobody asked for one. The notice that
// took its place has a fine of 20,000: no flood gives back what lapsed under the one before.
func TestTermsOfAnEarlierNoticeAreNotRestored(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := tourCase(h, "no-report", 0)
	h.act(id, "notify", li, fine(50_000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.until("2026-03-30")
	h.act(id, "notify", li, fine(20_000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-30"))
	for _, name := range []string{"hearing-request", "defence"} {
		b := casefile.Body{Deadline: name, PeriodFrom: day("2026-03-19"), PeriodTo: day("2026-03-29"), Text: "t"}
		e := h.paper(id, "force-majeure", "operator", b)
		if want := map[string]string{"hearing-request": "no-such-term"}[name]; e.None != want {
			t.Errorf("%s: none %q, want %q", name, e.None, want)
		}
	}
	h.paper(id, "waiver", "operator", casefile.Body{}) // of the defence that runs now
	h.refuses(id, "restore-term", li, casefile.Body{Deadline: "defence", Reasons: "r"}, "case-moved-on")
}

func TestHearingAskedInTimeButAfterTheDecision(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id, _ := noticedHeavily(h)
	h.until("2026-03-24")
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "decide", qian, together(heavy()))
	e := h.paperOn(id, "hearing-request", "operator", day("2026-03-23"), casefile.Body{})
	if len(e.Corrects) != 1 || !notified(e, "hearing-in-time") {
		t.Errorf("%+v", e)
	}
	h.state(id, casefile.Decided)
}

// Who stays away has waived it; who never had the right is told so.
func TestHearingNoShow(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id, _ := noticedHeavily(h)
	h.paper(id, "hearing-request", "operator", casefile.Body{})
	h.act(id, "call-hearing", li, casefile.Body{On: day("2026-03-26"), Officer: "wu"})
	h.act(id, "call-hearing", li, casefile.Body{On: day("2026-03-30"), Officer: "sun"}) // put off
	h.until("2026-03-30")
	h.act(id, "hold-hearing", sun, casefile.Body{Outcome: "no-show"})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "decide", qian, together(heavy()))

	h = openTourism(t, "2026-03-16")
	id = tourCase(h, "no-report", 0)
	h.act(id, "notify", li, fine(49_999))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.notDue(id, "hearing-request")
	if e := h.paper(id, "hearing-request", "operator", casefile.Body{}); e.None != "no-right-to-a-hearing" {
		t.Errorf("asked without a right: %q", e.None)
	}
	h.act(id, "notify", li, fine(50_000)) // heavier: the right comes with the new notice
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.due(id, "hearing-request", "2026-03-23")
}

// A case whose notice is older than the right, moved to a text that knows it, is noticed anew.
func TestNothingIsDecidedWithoutTheRight(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	older := *h.under.Regime
	older.Hearing, older.Moves = casefile.HearingRule{}, maps.Clone(older.Moves)
	for _, name := range []string{"hearing-request", "hearing-withdrawal", "call-hearing"} {
		delete(older.Moves, "enforcement."+name)
	}
	newer := h.under
	h.under = &casefile.Law{Regime: &older, Calendar: newer.Calendar}
	id := shopping(h)
	h.act(id, "notify", li, heavy())
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.notDue(id, "hearing-request")
	for _, name := range []string{"hearing-request", "hearing-withdrawal"} { // of which that text knows nothing
		if e := h.paper(id, name, "operator", casefile.Body{}); e.None == "" || e.Cites[0] != "house:letter" {
			t.Errorf("%s: none %q, cites %v", name, e.None, e.Cites)
		}
	}
	h.refuses(id, "call-hearing", li, casefile.Body{On: day("2026-04-01"), Officer: "wu"}, "not-in-regime")
	h.paper(id, "waiver", "operator", casefile.Body{})
	h.under = newer
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "hearing-not-told")
	h.act(id, "notify", li, heavy())
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.due(id, "hearing-request", "2026-03-23")
}

// A text that is older than suspensions in this installation names them for show only.
func TestPinnedBeforeSuspensions(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	older := *h.under.Regime
	older.Terms = maps.Clone(older.Terms)
	delete(older.Terms, "enforcement.suspension")
	h.under = &casefile.Law{Regime: &older, Calendar: h.under.Calendar}
	h.refuses(shopping(h), "notify", li, heavy(), "not-in-regime")
}
