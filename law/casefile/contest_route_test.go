package casefile_test

import (
	"slices"
	"testing"

	"duban/law/casefile"
)

// routed is an installation under the telecom regime with other routes of appeal.
func routed(t *testing.T, on string, routes map[string]casefile.Route) *house {
	h := open(t, on)
	l := law()
	r := *l.Regime
	r.Routes = routes
	l.Regime = &r
	h.under = &l
	return h
}

func told(e casefile.Entry, document, to string) *casefile.Notice {
	for i, n := range e.Notices {
		if n.Document == document && n.To == to {
			return &e.Notices[i]
		}
	}
	return nil
}

// penalised is fined 10,000 yuan, the decision served on 03-12.
func penalised(h *house) string {
	h.t.Helper()
	id := reviewed(h, fine(10000))
	h.act(id, "decide", qian, fine(10000))
	h.until("2026-03-12")
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-12"))
	return id
}

// Silence of 03-04: reconsideration first (reconsideration 23). A text that is older than the
// section says the same.
func TestSilenceGoesToReconsiderationFirst(t *testing.T) {
	for name, routes := range map[string]map[string]casefile.Route{"as it is": law().Regime.Routes, "older text": nil} {
		t.Run(name, func(t *testing.T) {
			h := routed(t, "2026-02-02", routes)
			id := forwarded(h, "other")
			h.until("2026-03-09")
			act := h.made(id, "silence")
			h.due(id, "reconsideration-window", "2026-05-06")
			h.notDue(id, "suit-window")

			suit := casefile.Body{Contested: act, Route: "court", Applicant: "complainant", FiledOn: h.today()}
			e := h.paper(id, "appeal", "complainant", suit)
			n := told(e, "wrong-route", "complainant")
			if e.None != "wrong-route" || n == nil || n.Cite != "reconsideration-2023:23" || n.Due != day("2026-05-06") || !slices.Contains(e.Cites, n.Cite) {
				t.Fatalf("a suit before reconsideration: %q %+v", e.None, n)
			}
			if len(h.cases[id].Contests) != 0 {
				t.Fatalf("contests %+v", h.cases[id].Contests)
			}
			// What a court has before it, it declines itself; whoever handles the case reads the clause.
			if n := told(h.paper(id, "appeal", "court", suit), "appeal-news", "officer"); n == nil || n.Cite != "reconsideration-2023:23" {
				t.Errorf("news of the court: %+v", n)
			}

			ap := inReview(h, id, "silence", "complainant")
			decided(h, ap, casefile.Body{Outcome: "claim-rejected"})
			h.due(id, "second-suit-window", "2026-05-06")
			h.until("2026-04-21")
			suit.FiledOn = h.today()
			if e := h.paper(id, "appeal", "complainant", suit); e.None != "" && e.None != "known-already" {
				t.Errorf("a suit after reconsideration is on file only: %s", e.None)
			}
		})
	}
}

// The complainant sues over silence at once. The court does not take the suit, or dismisses it, and
// says nothing of the silence: reconsideration is open to the end of its sixty days.
func TestSuitThatWasNotHeardClosesNoWindow(t *testing.T) {
	for _, outcome := range []string{"not-accepted", "dismissed", "terminated", "withdrawn"} {
		h := open(t, "2026-02-02")
		id := forwarded(h, "other")
		h.until("2026-03-09")
		act := h.made(id, "silence")
		h.paper(id, "appeal", "court", casefile.Body{Contested: act, Route: "court", Applicant: "complainant", FiledOn: h.today()})
		h.until("2026-03-16")
		h.paper(id, "judgment", "court", casefile.Body{Contested: act, Outcome: outcome, On: h.today()})
		h.due(id, "reconsideration-window", "2026-05-06")
	}
}

// Where reconsideration is final there is no suit, neither beside it nor after it.
func TestReconsiderationOnly(t *testing.T) {
	h := routed(t, "2026-02-02", map[string]casefile.Route{"decision": {Open: casefile.RouteReconsiderationOnly, Cite: "reconsideration-2023:26"}})
	id := penalised(h)
	h.due(id, "reconsideration-window", "2026-05-11")
	for _, d := range h.cases[id].Deadlines {
		if d.Name == "suit-window" && d.Of == h.made(id, "decision") {
			t.Error("a window to sue directly is open")
		}
	}
	h.until("2026-03-13")
	if e := h.paper(id, "appeal", "operator", casefile.Body{Contested: h.made(id, "decision"), Route: "court", Applicant: "penalised", FiledOn: h.today()}); e.None != "wrong-route" {
		t.Errorf("a suit: %q", e.None)
	}
	h.until("2026-03-16")
	ap := h.file(casefile.Appeal, ours, "applicant", casefile.Body{ContestedCase: id, Contested: h.made(id, "decision"), Act: "decision", Applicant: "penalised", Text: "t"})
	h.act(ap, "decline", bureaucrat, casefile.Body{Ground: "out-of-scope", Reasons: "r"})
	h.notDue(ap, "second-suit-window")
	h.notDue(id, "second-suit-window")
	h.due(id, "reconsideration-window", "2026-05-11")
	h.until("2026-05-12")
	if m := h.cases[id].Contestable[1]; m.FinalOn != day("2026-05-11") {
		t.Errorf("final on %s", m.FinalOn)
	}
}

// Where only a court is open, an application to us is on file: the applicant is told by which
// clause, and the body declines it.
func TestCourtOnly(t *testing.T) {
	h := routed(t, "2026-02-02", map[string]casefile.Route{"decision": {Open: casefile.RouteCourtOnly, Cite: "litigation-2017:46"}})
	id := penalised(h)
	decision := h.made(id, "decision")
	if d, ok := h.cases[id].Deadline("suit-window"); !ok || d.Of != decision || d.Day != day("2026-09-14") {
		t.Errorf("window to sue %+v", d)
	}
	for _, d := range h.cases[id].Deadlines {
		if d.Name == "reconsideration-window" && d.Of == decision {
			t.Error("a window for reconsideration is open")
		}
	}
	h.until("2026-03-16")
	ap := h.file(casefile.Appeal, ours, "applicant", casefile.Body{ContestedCase: id, Contested: decision, Act: "decision", Applicant: "penalised", Text: "t"})
	h.state(ap, casefile.Examining)
	if n := told(h.last(ap), "wrong-route", "applicant"); n == nil || n.Cite != "litigation-2017:46" {
		t.Errorf("the applicant is told %+v", n)
	}
	h.act(ap, "decline", bureaucrat, casefile.Body{Ground: "out-of-scope", Reasons: "r"})
	h.state(ap, casefile.AppealNotAccepted)
}
