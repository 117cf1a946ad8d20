package casefile_test

import (
	"strings"
	"testing"

	"duban/law/casefile"
)

func complaint(h *house, dispute string) string {
	h.t.Helper()
	return h.file(casefile.Complaint, here, "complainant", casefile.Body{
		Dispute: dispute, EventOn: day("2026-01-20"), AskedOperatorOn: day("2026-01-05"), Operator: carrier, Text: "t",
	})
}

// forwarded is a complaint of 2026-02-02 that the operator must answer to by 2026-02-24.
func forwarded(h *house, dispute string) string {
	h.t.Helper()
	id := complaint(h, dispute)
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	h.until("2026-02-06")
	h.act(id, "accept", li, casefile.Body{})
	h.until("2026-02-09")
	h.act(id, "forward", li, casefile.Body{})
	return id
}

func replied(h *house, dispute string) string {
	h.t.Helper()
	id := forwarded(h, dispute)
	h.until("2026-02-12")
	h.paper(id, "reply", "operator", casefile.Body{Text: "t"})
	return id
}

func answered(h *house, dispute string) string {
	h.t.Helper()
	id := replied(h, dispute)
	h.until("2026-02-13")
	h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	h.act(id, "close", li, casefile.Body{})
	h.state(id, casefile.ComplaintEnded)
	return id
}

// 2026-02-02 filed → 02-09 accept due, 03-04 answer due; Spring Festival 02-15 to 02-23.
func TestAnswered(t *testing.T) {
	h := open(t, "2026-02-02")
	id := complaint(h, "fee")
	h.due(id, "accept", "2026-02-09")
	h.due(id, "answer", "2026-03-04")
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	h.until("2026-02-06")
	e := h.act(id, "accept", li, casefile.Body{})
	sent := map[string]string{}
	for _, n := range e.Notices {
		sent[n.Document] = n.To
	}
	if sent["acceptance-notice"] != "complainant" || sent["preservation-notice"] != "operator" {
		t.Errorf("accepting a fee dispute sends %v", sent)
	}
	if got := h.cases[id].Complaint.PreserveUntil; got != day("2026-06-20") { // 5 months from the event (telecom 17)
		t.Errorf("billing data are kept until %s", got)
	}
	h.due(id, "task", "2026-02-11")
	h.until("2026-02-09")
	h.act(id, "forward", li, casefile.Body{})
	h.due(id, "reply", "2026-02-24") // the tenth day is the 19th, in the festival
	h.until("2026-02-12")
	h.paper(id, "reply", "operator", casefile.Body{Text: "t"})
	h.due(id, "feedback", "2026-02-24")
	h.notDue(id, "reply")
	h.until("2026-02-13")
	h.paper(id, "feedback", "complainant", casefile.Body{Satisfied: no()})
	h.due(id, "answer", "2026-03-04") // nothing between has extended the 30 days
	e = h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	h.notDue(id, "answer")
	if len(e.Late) != 0 {
		t.Errorf("late: %v", e.Late)
	}
	h.act(id, "close", li, casefile.Body{})
	h.state(id, casefile.ComplaintEnded)
	h.until("2027-01-01")
	if got := h.cases[id].Deadlines; len(got) != 0 {
		t.Errorf("still armed: %v", got)
	}
}

// The operator-first rule: its own 15 days run from 01-30; after them the complainant comes back.
func TestOperatorFirst(t *testing.T) {
	h := open(t, "2026-02-02")
	id := h.file(casefile.Complaint, here, "complainant", casefile.Body{Dispute: "other", AskedOperatorOn: day("2026-01-30"), Operator: carrier, Text: "t"})
	h.act(id, "tell-operator-first", li, casefile.Body{Reasons: "r"})
	h.state(id, casefile.OperatorFirst)
	h.until("2026-03-02")
	if e := h.paper(id, "letter", "complainant", casefile.Body{Text: "t"}); e.None != "" {
		t.Errorf("a letter to a closed case: %s", e.None)
	}
	h.paper(id, "return", "complainant", casefile.Body{Text: "t"})
	h.state(id, casefile.Received)
	h.due(id, "accept", "2026-03-09")
	h.due(id, "answer", "2026-04-01")
	if got := h.cases[id].Complaint.ReceivedOn; got != day("2026-02-02") {
		t.Errorf("the first receipt counts for the time bars, not %s", got)
	}
	h.refuses(id, "tell-operator-first", li, casefile.Body{Reasons: "r"}, "operator-was-asked")
}

// A fee dispute is barred 5 months after the event, another only after 2 years.
func TestTimeBar(t *testing.T) {
	h := open(t, "2026-02-02")
	old := casefile.Body{Dispute: "fee", EventOn: day("2025-06-01"), Operator: carrier, Text: "t"}
	id := h.file(casefile.Complaint, here, "complainant", old)
	h.refuses(id, "decline", li, casefile.Body{Ground: "because", Reasons: "r"}, "unknown-ground")
	no := h.try(id, "decline", li, casefile.Body{Ground: "because", Reasons: "r"})
	for _, g := range law().Regime.Grounds["complaint.decline"] {
		if !strings.Contains(no.Reason.Zh, g.Code) || !strings.Contains(no.Reason.En, g.Code) || no.Field != "ground" {
			t.Errorf("the refusal does not name %s: %+v", g.Code, no)
		}
	}
	h.refuses(id, "decline", li, casefile.Body{Ground: "other-time-bar", Reasons: "r"}, "other-kind-of-dispute")
	h.refuses(id, "decline", li, casefile.Body{Ground: "fee-time-bar"}, "missing-field")
	e := h.act(id, "decline", li, casefile.Body{Ground: "fee-time-bar", Reasons: "r"})
	if j := e.Judged; j == nil || j.Name != "time-bar" || j.From != day("2025-06-01") || j.Term != term("5m") || j.Day != day("2025-11-01") {
		t.Errorf("judged by %+v", j)
	}
	h.state(id, casefile.NotAccepted)
	h.due(id, "reconsideration-window", "2026-04-03")
	h.due(id, "suit-window", "2026-08-03") // 08-02 is a Sunday
	h.paper(id, "reply", "operator", casefile.Body{Text: "t"})
	if got := h.last(id).None; got != "case-closed" {
		t.Errorf("a reply to a case not accepted: %q", got)
	}
	h.until("2026-02-10") // the notice was known later than it was made
	h.paper(id, "postal-receipt", "post", casefile.Body{Document: "non-acceptance-notice", On: day("2026-02-09")})
	h.due(id, "reconsideration-window", "2026-04-10")

	young := complaint(h, "fee")
	h.refuses(young, "decline", li, casefile.Body{Ground: "fee-time-bar", Reasons: "r"}, "time-bar-not-met")

	h.until("2026-09-01")
	if made := h.cases[id].Contestable[0]; made.FinalOn != day("2026-08-10") { // 6 months from 02-09, the last day a Sunday
		t.Errorf("final on %s", made.FinalOn)
	}
}

// 移送: the receiver's own days run from its receipt, the time bar from the first.
func TestTransferred(t *testing.T) {
	h := open(t, "2026-02-02")
	id := complaint(h, "other")
	h.until("2026-02-05")
	h.refuses(id, "transfer", li, casefile.Body{Reasons: "r"}, "receiver-missing")
	h.refuses(id, "transfer", li, casefile.Body{Reasons: "r", Authority: here}, "receiver-is-sender")
	h.refuses(id, "transfer", li, casefile.Body{Reasons: "r", Authority: "jl", Body: "市场监管局"}, "two-receivers")
	h.act(id, "transfer", li, casefile.Body{Reasons: "r", Authority: "jl-pca"})
	h.state(id, casefile.Transferred)
	there := h.linked(id, "transferred-to")
	h.state(there, casefile.Received)
	h.due(there, "accept", "2026-02-12")
	h.due(there, "answer", "2026-03-07")
	if f := h.cases[there].Complaint; f.ReceivedOn != day("2026-02-02") || h.cases[there].Authority != "jl-pca" {
		t.Errorf("there: received %s by %s", f.ReceivedOn, h.cases[there].Authority)
	}
	h.until("2026-03-10") // an answer that came back is due by the receiver's own days
	if got := h.cases[there].Overdue; len(got) != 2 || got[0] != "accept" || got[1] != "answer" {
		t.Errorf("overdue there: %v", got)
	}
}

// Withdrawal ends the complaint, not the supervision.
func TestWithdrawnThenEnforced(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "other")
	h.until("2026-02-10")
	h.paper(id, "withdrawal", "complainant", casefile.Body{})
	h.state(id, casefile.Withdrawn)
	h.act(id, "open-enforcement", wang, violation())
	h.state(id, casefile.Withdrawn)
	ex := h.linked(id, "enforcement")
	h.state(ex, casefile.Opened)
	h.act(ex, "establish", li, established())
	h.state(ex, casefile.Established)

	second := complaint(h, "other") // one that joins and is then withdrawn moves nothing there either
	h.same = ex
	h.act(second, "open-enforcement", wang, violation())
	h.same = ""
	h.paper(second, "withdrawal", "complainant", casefile.Body{})
	if e := h.last(ex); e.Move != "settlement" || e.None != "supervision-goes-on" {
		t.Errorf("%s %q", e.Move, e.None)
	}
}

// Nobody replies: a task, then by an officer's act a supervised matter, then a late answer.
func TestSilenceThenSupervisedThenLate(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "other")
	h.refuses(id, "supervise", li, casefile.Body{Reasons: "r"}, "term-still-running")
	h.until("2026-02-25")
	h.state(id, casefile.Forwarded) // silence is no admission: the lapse only made a task
	h.due(id, "task", "2026-02-27")
	r := h.try(id, "supervise", li, casefile.Body{Reasons: "r", Term: term("40d")})
	if r == nil || r.Code != "term-out-of-bounds" || r.Reason != (casefile.Text{Zh: "所定期限须为1日至10日。", En: "the term must be between 1 and 10 days"}) {
		t.Errorf("a term of 40 days: %+v", r)
	}
	h.refuses(id, "supervise", li, casefile.Body{Reasons: "r", Term: term("10d")}, "term-not-shorter")
	h.act(id, "supervise", li, casefile.Body{Reasons: "r", Term: term("5d")})
	h.due(id, "supervised-reply", "2026-03-02")
	h.until("2026-02-26") // served a day later by post: the second term counts from there
	h.paper(id, "postal-receipt", "post", casefile.Body{Document: "supervision-letter", On: day("2026-02-26")})
	h.due(id, "supervised-reply", "2026-03-03")
	h.until("2026-03-03")
	h.paper(id, "reply", "operator", casefile.Body{Text: "t"})
	h.until("2026-03-05")
	if got := h.cases[id].Overdue; len(got) != 1 || got[0] != "answer" {
		t.Fatalf("overdue %v", got)
	}
	h.state(id, casefile.Replied)
	h.due(id, "reconsideration-window", "2026-05-06") // silence may be contested: 60 days from 03-04, over Labour Day
	h.notDue(id, "suit-window")                       // by reconsideration first
	h.made(id, "silence")
	e := h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	if len(e.Late) != 1 || e.Late[0] != "answer" || len(h.cases[id].Overdue) != 0 {
		t.Errorf("late %v, overdue %v", e.Late, h.cases[id].Overdue)
	}
	h.act(id, "close", li, casefile.Body{})
	h.state(id, casefile.ComplaintEnded)
}

// An answer in time leaves no silence to contest; one that came back is no answer.
func TestAnswerThatCameBack(t *testing.T) {
	h := open(t, "2026-02-02")
	id := answered(h, "other")
	h.until("2026-02-25")
	h.paper(id, "undelivered", "house", casefile.Body{Document: "answer"})
	h.state(id, casefile.Answered)
	h.due(id, "answer", "2026-03-04")
	h.refuses(id, "close", li, casefile.Body{}, "not-answered")
	h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	h.refuses(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"}, "answered-already")
	h.act(id, "close", li, casefile.Body{})
	h.until("2026-06-01")
	if len(h.cases[id].Contestable) != 0 {
		t.Errorf("contestable: %v", h.cases[id].Contestable)
	}
}

// Mediation goes on over day 30; the answer does not wait for it.
func TestMediated(t *testing.T) {
	h := open(t, "2026-02-02")
	id := replied(h, "other")
	h.until("2026-02-25")
	h.act(id, "propose-mediation", li, casefile.Body{})
	h.due(id, "consent", "2026-03-02")
	h.paper(id, "consent", "complainant", casefile.Body{Agreed: yes()})
	h.refuses(id, "open-mediation", li, casefile.Body{}, "consent-missing")
	if e := h.paper(id, "consent", "bystander", casefile.Body{Agreed: yes()}); e.None != "sender-is-no-party" {
		t.Errorf("consent of a bystander: %q", e.None)
	}
	h.paper(id, "consent", "operator", casefile.Body{Agreed: yes()})
	h.act(id, "open-mediation", li, casefile.Body{})
	h.due(id, "mediation", "2026-03-27")
	h.until("2026-03-04")
	h.refuses(id, "answer", li, casefile.Body{Finding: "settled", Text: "t"}, "no-agreement")
	h.act(id, "answer", li, casefile.Body{Finding: "partly-founded", Text: "t"})
	h.state(id, casefile.Mediating)
	h.act(id, "open-enforcement", li, violation())
	ex := h.linked(id, "enforcement")
	h.until("2026-03-20")
	h.act(id, "end-mediation", li, casefile.Body{Agreed: yes()})
	h.state(id, casefile.Answered)
	if got := h.cases[ex].Enforcement.Mitigating; len(got) != 1 || got[0] != "settled" {
		t.Errorf("mitigating: %v", got)
	}
	h.state(ex, casefile.Opened) // neither waits for the other
	h.act(id, "close", li, casefile.Body{})
}

// A correction posted in time that arrives after the complaint was declined for want of it.
func TestCorrectionPostedInTime(t *testing.T) {
	h := open(t, "2026-03-02")
	id := complaint(h, "other")
	h.act(id, "ask-correction", li, casefile.Body{Text: "t"})
	h.due(id, "correction", "2026-03-12")
	h.until("2026-03-16")
	h.act(id, "decline", li, casefile.Body{Ground: "not-corrected", Reasons: "r"})
	h.until("2026-03-17")
	if e := h.paperOn(id, "correction", "complainant", day("2026-03-13"), casefile.Body{Text: "t"}); e.None != "case-closed" {
		t.Errorf("a late correction: %q", e.None)
	}
	e := h.paperOn(id, "correction", "complainant", day("2026-03-12"), casefile.Body{Text: "t"})
	if len(e.Corrects) != 1 {
		t.Errorf("corrects %v", e.Corrects)
	}
	h.state(id, casefile.Received)
	h.notDue(id, "reconsideration-window")
	h.due(id, "answer", "2026-04-16")
	h.due(id, "answer-complete", "2026-04-16")
}

// A reply postmarked in time sets the lapse aside; the task that hung on it goes.
func TestReplyInTime(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "other")
	h.until("2026-02-25")
	lapse := h.last(id)
	if lapse.Move != "reply" || lapse.To != casefile.Forwarded {
		t.Fatalf("%+v", lapse)
	}
	e := h.paperOn(id, "reply", "operator", day("2026-02-24"), casefile.Body{Text: "t"})
	if len(e.Corrects) != 1 || e.Corrects[0] != lapse.Seq {
		t.Errorf("corrects %v, want %d", e.Corrects, lapse.Seq)
	}
	h.notDue(id, "task")
	h.state(id, casefile.Replied)
}
