package casefile_test

import (
	"slices"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
)

// foreseen holds what was entered against what was said to be possible before it: an act that was
// made, and a paper that had an effect, were listed, and nothing called them hopeless.
func foreseen(h *house, before casefile.Case, m casefile.Move, o casefile.Outcome) {
	h.t.Helper()
	spec, known := casefile.SpecOf(before.Kind, m.Name)
	if !known || spec.Class != m.Class || spec.Inside || spec.Name == "filing" || o.Entry.None != "" {
		return
	}
	if o.Entry.Seq > 12 && o.Entry.Seq%4 != 0 {
		return // of long lives one move in four
	}
	by := m.By
	if m.Class == casefile.Paper {
		if by.Officer != "" || by.Sender == "house" || !slices.Contains(spec.Senders, by.Sender) {
			return
		}
	}
	for _, p := range casefile.Prospects(before, casefile.Asker{By: by, At: m.At, Types: m.Types, Above: m.Above, StandsIn: m.StandsIn}, h.law()) {
		if p.Move != m.Name {
			continue
		}
		if p.Refusal != nil {
			h.t.Fatalf("%s in %s was called hopeless (%s), and was made: %s", m.Name, before.State, p.Refusal.Code, asJSON(h.t, m.Body))
		}
		if o.Entry.From != o.Entry.To && !slices.Contains(p.To, o.Entry.To) && len(o.Entry.Corrects) == 0 {
			h.t.Fatalf("%s in %s led to %s, foreseen were %v", m.Name, before.State, o.Entry.To, p.To)
		}
		return
	}
	h.t.Fatalf("%s in %s by %+v had an effect, and was not listed: %s", m.Name, before.State, by, asJSON(h.t, m.Body))
}

// prospect finds a move among what is possible; nil: it is not listed.
func prospect(h *house, id, move string, by casefile.Actor) *casefile.Prospect {
	for _, p := range casefile.Prospects(*h.cases[id], casefile.Asker{By: by, At: h.now}, h.law()) {
		if p.Move == move {
			return &p
		}
	}
	return nil
}

func (h *house) hopeless(id, move string, by casefile.Actor, code string) {
	h.t.Helper()
	p := prospect(h, id, move, by)
	switch {
	case p == nil:
		h.t.Fatalf("%s is not listed in %s", move, h.cases[id].State)
	case p.Refusal == nil && code != "" || p.Refusal != nil && p.Refusal.Code != code:
		h.t.Fatalf("%s in %s: refusal %+v, want %q", move, h.cases[id].State, p.Refusal, code)
	case p.Refusal != nil && (p.Refusal.Reason.Zh == "" || p.Refusal.Reason.En == ""):
		h.t.Fatalf("%s in %s: no sentence", move, h.cases[id].State)
	}
}

func (h *house) unlisted(id, move string, by casefile.Actor) {
	h.t.Helper()
	if p := prospect(h, id, move, by); p != nil {
		h.t.Fatalf("%s is listed in %s: %+v", move, h.cases[id].State, p)
	}
}

// What each of them may do on the way to a penalty, and what bars it, by the gate and its clause.
func TestProspectsOnTheWayToAPenalty(t *testing.T) {
	h := open(t, "2026-02-02")
	id := filed(h)
	h.hopeless(id, "notify", li, "")
	h.hopeless(id, "notify", wang, "wrong-officer")
	h.unlisted(id, "decide", qian)
	h.act(id, "notify", li, fine(3000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-02"))
	h.hopeless(id, "review", zhao, "not-heard")
	if p := prospect(h, id, "review", zhao); p.Refusal.Cite != "penalties-2021:62" || !slices.Contains(p.To, casefile.Reviewed) {
		t.Errorf("%+v", p)
	}
	h.unlisted(id, "review", li) // an act of another role
	operator := casefile.Actor{Sender: "operator"}
	h.hopeless(id, "defence", operator, "")
	h.hopeless(id, "waiver", operator, "")
	h.unlisted(id, "hearing-request", operator) // the notice gave no right
	h.unlisted(id, "notify", operator)
	h.paper(id, "waiver", "operator", casefile.Body{})
	h.hopeless(id, "review", zhao, "")
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.hopeless(id, "decide", qian, "")
	h.hopeless(id, "decide", officer("zhao", casefile.RoleHead), "separate-functions")
	h.act(id, "decide", qian, fine(3000))
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-02"))
	h.hopeless(id, "write-off", qian, "")
	h.hopeless(id, "request-refund", li, "no-such-refund")
}

func TestProspectsOfAComplaint(t *testing.T) {
	h := open(t, "2026-02-02")
	id := complaint(h, "fee")
	operator, complainant := casefile.Actor{Sender: "operator"}, casefile.Actor{Sender: "complainant"}
	h.hopeless(id, "accept", li, "")
	h.hopeless(id, "decline", li, "")
	h.hopeless(id, "withdrawal", complainant, "")
	h.hopeless(id, "withdrawal", li, "") // entered for the complainant
	h.unlisted(id, "reply", operator)
	h.unlisted(id, "accept", operator)
	h.act(id, "accept", li, casefile.Body{})
	h.act(id, "forward", li, casefile.Body{})
	h.hopeless(id, "supervise", li, "term-still-running")
	h.hopeless(id, "reply", operator, "")
	h.unlisted(id, "reply", complainant)
	h.unlisted(id, "answer-appeal", bureaucrat) // of another authority
	h.paper(id, "withdrawal", "complainant", casefile.Body{})
	for _, move := range []string{"answer-court", "perform", "restore-term", "accept", "reply"} { // a closed case lists no dead ones
		h.unlisted(id, move, li)
	}
	h.hopeless(id, "open-enforcement", li, "") // in any state (penalties 54)
	h.hopeless(id, "letter", operator, "")
}

// Nothing of a closed case is hopeless, and no act of an outsider is listed, whatever the state.
func TestProspectsInEveryState(t *testing.T) {
	at := day("2026-04-20").Start(calendar.Shanghai())
	for _, k := range casefile.Kinds() {
		for _, row := range casefile.Rows(k) {
			c := standing(k, row.State)
			for _, by := range []casefile.Actor{li, wang, zhao, qian, bureaucrat, minister, {Sender: "operator"}, {Sender: "complainant"}, {Sender: "applicant"}, {}} {
				for _, p := range casefile.Prospects(c, casefile.Asker{By: by, At: at, Above: ours}, law()) {
					spec, _ := casefile.SpecOf(k, p.Move)
					switch {
					case row.Closed && p.Refusal != nil:
						t.Errorf("%s %s: the dead %s is listed: %s", k, row.State, p.Move, p.Refusal.Code)
					case by.Officer == "" && (p.Class != casefile.Paper || !slices.Contains(spec.Senders, by.Sender)):
						t.Errorf("%s %s: %s is listed for %q", k, row.State, p.Move, by.Sender)
					case by.Officer != "" && p.Class == casefile.Act && !slices.Contains(spec.Roles, by.Role):
						t.Errorf("%s %s: %s is listed for a %s", k, row.State, p.Move, by.Role)
					case spec.Inside:
						t.Errorf("%s %s: %s is the installation's own", k, row.State, p.Move)
					}
				}
			}
		}
	}
}

// A page asks for them each time it is shown.
func BenchmarkProspects(b *testing.B) {
	h := open(b, "2026-02-02")
	id := fined(h, 10000)
	c := *h.cases[id]
	b.ReportAllocs()
	for b.Loop() {
		if len(casefile.Prospects(c, casefile.Asker{By: li, At: h.now}, law())) == 0 {
			b.Fatal("nothing is possible")
		}
	}
}

// Two judgments come in on one day: the second says something else than the first, so it has an effect, and is
// foreseen (foreseen holds every move of the tests).
func TestASecondJudgmentIsForeseen(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "other")
	h.until("2026-03-09")
	judged := func(outcome string) casefile.Entry {
		return h.paper(id, "judgment", "court", casefile.Body{Contested: h.made(id, "silence"), Outcome: outcome, On: h.today()})
	}
	if e := judged("upheld"); e.None != "" {
		t.Fatalf("the first: %q", e.None)
	}
	if e := judged("upheld"); e.None != "known-already" {
		t.Errorf("the same again: %q", e.None)
	}
	asker := casefile.Asker{By: casefile.Actor{Sender: "court"}, At: h.now}
	if !slices.ContainsFunc(casefile.Prospects(*h.cases[id], asker, h.law()), func(p casefile.Prospect) bool { return p.Move == "judgment" }) {
		t.Error("another judgment is not foreseen")
	}
	if e := judged("dismissed"); e.None != "" {
		t.Errorf("another outcome: %q", e.None)
	}
}
