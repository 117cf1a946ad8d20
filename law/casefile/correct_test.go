package casefile_test

import (
	"slices"
	"testing"

	"duban/law/casefile"
)

func (h *house) corrects(id string, b casefile.Body) casefile.Entry {
	h.t.Helper()
	b.Reasons = "r"
	return h.act(id, "correct-facts", li, b)
}

func (h *house) cantCorrect(id string, b casefile.Body, code, field string) {
	h.t.Helper()
	b.Reasons = "r"
	r := h.try(id, "correct-facts", li, b)
	if r == nil || r.Code != code || r.Field != field {
		h.t.Fatalf("refusal %+v, want %s at %q", r, code, field)
	}
}

// The day of the event was typed wrongly: the time bar and the preservation hang on the right one.
func TestEventDayPutRight(t *testing.T) {
	h := open(t, "2026-02-02")
	id := complaint(h, "fee") // of 2026-01-20
	h.refuses(id, "decline", li, casefile.Body{Ground: "fee-time-bar", Reasons: "r"}, "time-bar-not-met")
	h.cantCorrect(id, casefile.Body{EventOn: day("2026-02-03")}, "day-in-future", "eventOn")
	h.cantCorrect(id, casefile.Body{EventOn: day("2026-01-20")}, "same-facts", "eventOn")
	h.cantCorrect(id, casefile.Body{}, "missing-field", "eventOn")
	h.act(id, "accept", li, casefile.Body{})
	before := h.cases[id].Complaint.PreserveUntil
	h.until("2026-02-04")
	h.cantCorrect(id, casefile.Body{EventOn: day("2026-02-03")}, "event-after-filing", "eventOn")
	e := h.corrects(id, casefile.Body{EventOn: day("2026-01-10")})
	f := h.cases[id].Complaint
	if f.EventOn != day("2026-01-10") || f.PreserveUntil != day("2026-06-10") || before != day("2026-06-20") {
		t.Errorf("event %s, preserved until %s, before %s", f.EventOn, f.PreserveUntil, before)
	}
	if e.Judged == nil || e.Judged.From != day("2026-01-10") {
		t.Errorf("the entry does not say how: %+v", e.Judged)
	}
	made := h.cases[id].Contestable
	if len(made) != 2 || made[0].FinalOn.IsZero() || made[1].Known != day("2026-02-04") {
		t.Errorf("the first notice is contested no more, the second is: %+v", made)
	}
	if x := h.cases[id].Corrected; len(x) != 1 || x[0].Entry != e.Seq || !slices.Equal(x[0].Facts, []string{"eventOn"}) {
		t.Errorf("corrected: %+v", x)
	}
	h.corrects(id, casefile.Body{Dispute: "other"})
	if !h.cases[id].Complaint.PreserveUntil.IsZero() {
		t.Error("no dispute about fees, and its data are still preserved")
	}
}

// It is another operator: its silence was none, its lapse is set aside, the right one is asked.
func TestOperatorPutRight(t *testing.T) {
	h := open(t, "2026-02-02")
	id := complaint(h, "other")
	h.act(id, "accept", li, casefile.Body{})
	h.act(id, "forward", li, casefile.Body{Text: "t"})
	answer, _ := h.cases[id].Deadline("answer")
	h.until("2026-02-25") // its term lapsed
	h.act(id, "supervise", li, casefile.Body{Reasons: "r"})
	lapse := h.cases[id].Lapses[0].Seq
	h.cantCorrect(id, casefile.Body{Operator: "nobody"}, "unknown-operator", "operator")
	e := h.corrects(id, casefile.Body{Operator: "cm-ln"})
	c := *h.cases[id]
	if c.State != casefile.Accepted || c.Operator != "cm-ln" || c.Complaint.Supervised || len(c.Lapses) != 0 || !slices.Equal(e.Corrects, []int{lapse}) {
		t.Errorf("%s, %s, %+v, lapses %v, corrects %v", c.State, c.Operator, c.Complaint, c.Lapses, e.Corrects)
	}
	if d, _ := c.Deadline("answer"); d.Day != answer.Day {
		t.Errorf("our 30 days moved: %s", d.Day)
	}
	for _, name := range []string{"reply", "supervised-reply"} {
		if _, armed := c.Deadline(name); armed {
			t.Errorf("%s still runs against the wrong operator", name)
		}
	}
	if !slices.ContainsFunc(e.Notices, func(n casefile.Notice) bool {
		return n.To == "operator" && n.ID == carrier && n.Document == "facts-corrected"
	}) {
		t.Errorf("the wrong operator is not told: %+v", e.Notices)
	}
	// What was written to the first is not read by the second, but the complaint, once it is asked.
	filing, forwarded := h.lines[id][0], h.lines[id][2]
	if c.Reads(casefile.ReaderOperator, filing) || c.Reads(casefile.ReaderOperator, forwarded) || c.Reads(casefile.ReaderOperator, e) {
		t.Error("the second operator reads before it is asked, or what is the first's")
	}
	h.act(id, "forward", li, casefile.Body{Text: "t"})
	h.due(id, "reply", "2026-03-09")
	if c = *h.cases[id]; !c.Reads(casefile.ReaderOperator, filing) || c.Reads(casefile.ReaderOperator, forwarded) || !c.Reads(casefile.ReaderOperator, h.last(id)) {
		t.Error("once asked it reads the complaint, and what is written to it")
	}
	h.paper(id, "reply", "operator", casefile.Body{Text: "t"})
	h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	h.cantCorrect(id, casefile.Body{Operator: carrier}, "answered-already", "operator")
	h.act(id, "close", li, casefile.Body{})
	h.cantCorrect(id, casefile.Body{EventOn: day("2026-01-05")}, "case-closed", "eventOn")
	if e := h.corrects(id, casefile.Body{Contact: "digest"}); len(e.Patch["corrected"]) == 0 {
		t.Error("the contact can be changed at any time")
	}

	// The answer came back: nobody has been answered, and it was another operator after all.
	h.paper(id, "undelivered", "house", casefile.Body{Document: "answer"})
	h.state(id, casefile.Answered)
	h.corrects(id, casefile.Body{Operator: carrier})
	h.state(id, casefile.Accepted)
	for _, name := range []string{"close", "answer"} {
		if _, armed := h.cases[id].Deadline(name); armed != (name == "answer") {
			t.Errorf("%s armed: %v", name, armed)
		}
	}
}

// A violation act is put right until something of effect rests on it.
func TestViolationPutRight(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "service-standard")
	h.corrects(id, casefile.Body{PeriodTo: day("2026-01-28")})
	h.state(id, casefile.Opened)
	h.act(id, "establish", li, established())
	h.cantCorrect(id, casefile.Body{PeriodFrom: day("2026-01-29")}, "bad-period", "periodFrom")
	h.same = "other"
	h.cantCorrect(id, casefile.Body{Requirement: "hotline"}, "same-violation-act", "requirement")
	h.same = ""
	h.corrects(id, casefile.Body{Requirement: "hotline", Operator: "cm-ln"})
	h.state(id, casefile.Opened) // two officers establish it anew
	if c := h.cases[id]; c.Enforcement.Established || c.Operator != "cm-ln" || c.Visible {
		t.Errorf("%+v", c.Enforcement)
	}
	h.act(id, "establish", li, established())
	h.act(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"})
	h.cantCorrect(id, casefile.Body{Requirement: "bill-detail"}, "order-in-force", "")
	h.hopeless(id, "correct-facts", li, "order-in-force")
}

// After the notice other facts want another notice; after the decision nothing is put right any more.
func TestNoticeOfWrongFactsIsNone(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "obstruction")
	h.act(id, "establish", li, established())
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	decision, _ := h.cases[id].Deadline("decision")
	h.act(id, "notify", li, casefile.Body{Sanction: "warning", Reasons: "r"})
	h.act(id, "serve", li, proof("penalty-notice", "2026-02-02"))
	h.until("2026-02-12") // its term for defence is over
	lapse := h.cases[id].Lapses[0].Seq
	e := h.corrects(id, casefile.Body{PeriodTo: day("2026-01-28")})
	h.state(id, casefile.Investigating)
	if c := h.cases[id]; c.Enforcement.Noticed != nil || !slices.Equal(e.Corrects, []int{lapse}) || len(e.Notices) == 0 {
		t.Errorf("%+v, %+v", c.Enforcement, e)
	}
	if d, _ := h.cases[id].Deadline("decision"); d.Day != decision.Day {
		t.Error("the 90 days run from the filing")
	}
	h.act(id, "notify", li, casefile.Body{Sanction: "warning", Reasons: "r"})
	h.act(id, "serve", li, proof("penalty-notice", "2026-02-12"))
	h.paper(id, "waiver", "operator", casefile.Body{})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "decide", qian, casefile.Body{Sanction: "warning", Term: term("10d"), Reasons: "r"})
	h.cantCorrect(id, casefile.Body{PeriodTo: day("2026-01-25")}, "decided-already", "")
}

// No past fact lies in the future: an act is refused by the field, a paper has no effect, and a filing
// that came in another way loses the day.
func TestPastFactsAreNotToCome(t *testing.T) {
	h := open(t, "2026-02-02")
	id := h.file(casefile.Complaint, here, "complainant", casefile.Body{Dispute: "fee", Operator: carrier, Text: "t", EventOn: day("2036-01-01"), AskedOperatorOn: day("2036-01-01")})
	if f := h.cases[id].Complaint; !f.EventOn.IsZero() || !f.AskedOperatorOn.IsZero() {
		t.Errorf("%+v", f)
	}
	late := day("2026-02-03")
	full := casefile.Body{EventOn: late, AskedOperatorOn: late, FiledOn: late, On: late, PeriodFrom: late, PeriodTo: late}
	for _, k := range casefile.Kinds() {
		for _, row := range casefile.Rows(k) {
			for _, cell := range row.Moves {
				s, ok := casefile.SpecOf(k, cell.Move)
				if !ok || s.Name == "filing" || cell.Class == casefile.Lapse {
					continue
				}
				for _, field := range s.Fields() {
					var day casefile.Body
					copyField(&day, full, field)
					if day.After(h.today()) == "" {
						continue
					}
					b := plausible(s)
					b.Deadline = "reply"
					copyField(&b, full, field)
					c := standing(k, row.State)
					by := casefile.Actor{Sender: "operator"}
					if s.Class == casefile.Act {
						by = officer("li", s.Roles[0])
						by.Authority, c.Officer = c.Authority, ""
					}
					o, r, err := casefile.Decide(c, casefile.Move{Class: s.Class, Name: s.Name, Ref: "x", At: h.now, By: by, Body: b, Cards: h.cards}, law())
					switch {
					case err != nil:
						t.Errorf("%s in %s: %v", s.Key(), row.State, err)
					case s.Name == "call-hearing":
					case s.Class == casefile.Paper && o.Entry.None != "day-in-future":
						t.Errorf("%s in %s takes %s of tomorrow: none %q", s.Key(), row.State, field, o.Entry.None)
					case s.Class == casefile.Act && (r == nil || r.Code != "day-in-future" || r.Field != field) && (r == nil || r.Code != "recused"):
						t.Errorf("%s in %s takes %s of tomorrow: %+v", s.Key(), row.State, field, r)
					}
				}
			}
		}
	}
}
