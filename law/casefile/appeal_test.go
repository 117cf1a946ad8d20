package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

// appealed is an application to the ministry of 2026-03-16 against the newest act of that sort.
func appealed(h *house, id, what, applicant string) string {
	h.t.Helper()
	h.until("2026-03-16")
	return h.file(casefile.Appeal, ours, "applicant", casefile.Body{
		ContestedCase: id, Contested: h.made(id, what), Applicant: applicant, Text: "t",
	})
}

// inReview is accepted on 03-17, the copy sent on 03-18, our answer in.
func inReview(h *house, id, what, applicant string) string {
	h.t.Helper()
	ap := appealed(h, id, what, applicant)
	h.due(ap, "admissibility", "2026-03-23")
	h.until("2026-03-17")
	h.act(ap, "accept", bureaucrat, casefile.Body{})
	h.due(ap, "copy", "2026-03-26")
	h.due(ap, "review-decision", "2026-05-16")
	h.refuses(ap, "decide", minister, casefile.Body{Outcome: "upheld", Reasons: "r"}, "respondent-not-heard")
	h.until("2026-03-18")
	h.act(ap, "send-copy", bureaucrat, casefile.Body{})
	h.due(id, "answer-appeal", "2026-04-01")
	h.due(ap, "respondent-answer", "2026-04-01")
	h.refuses(ap, "decide", minister, casefile.Body{Outcome: "upheld", Reasons: "r"}, "respondent-not-heard")
	h.act(id, "answer-appeal", li, casefile.Body{Contested: h.made(id, what), Text: "t"})
	h.notDue(id, "answer-appeal")
	h.notDue(ap, "respondent-answer")
	return ap
}

// decided serves the outcome on 2026-04-20.
func decided(h *house, ap string, b casefile.Body) {
	h.t.Helper()
	h.until("2026-04-20")
	b.Reasons = "r"
	h.act(ap, "decide", minister, b)
	h.act(ap, "serve", bureaucrat, proof("reconsideration-decision", "2026-04-20"))
	h.state(ap, casefile.AppealClosed)
}

// Filed 03-16, served 04-20: those 36 days are no days of surcharge. Due 03-27.
func TestUpheld(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 10000)
	ap := inReview(h, id, "decision", "penalised")
	h.until("2026-04-10")
	h.state(id, casefile.Unpaid) // payment stays due meanwhile
	f := h.cases[id].Fines[0]
	if got := f.SurchargeOn(h.today(), law().Regime.Surcharge); got != 0 {
		t.Errorf("surcharge during the appeal: %d", got)
	}
	decided(h, ap, casefile.Body{Outcome: "upheld"})
	h.notDue(id, "reconsideration-window")
	h.due(id, "second-suit-window", "2026-05-06") // the fifteenth day is in the holiday
	h.due(ap, "second-suit-window", "2026-05-06")
	h.until("2026-04-22")
	f = h.cases[id].Fines[0]
	if got := f.SurchargeOn(h.today(), law().Regime.Surcharge); got != 60000 { // the 21st and 22nd
		t.Errorf("surcharge after the appeal: %d", got)
	}
	pay(h, id, 10600, "2026-04-22")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
	h.until("2026-05-07")
	if m := h.cases[id].Contestable[1]; m.FinalOn != day("2026-05-06") {
		t.Errorf("final on %s", m.FinalOn)
	}
}

// A freeze belongs to its contest, wherever that stands: it ends when that one does, and an entry made
// before contests had names still says which by the place.
func TestAFreezeNamesItsContest(t *testing.T) {
	for name, stored := range map[string]func(*casefile.Case){
		"as entered": func(*casefile.Case) {},
		"in another order": func(c *casefile.Case) {
			c.Contests = append([]casefile.Contest{{Entry: 1, Act: 1, Route: "court"}}, c.Contests...)
		},
		"as stored before": func(c *casefile.Case) { c.Contests[0].Entry, c.Fines[0].Frozen[0].By = 0, 0 },
	} {
		h := open(t, "2026-02-02")
		id := fined(h, 10000)
		ap := inReview(h, id, "decision", "penalised")
		c := h.cases[id]
		if f := c.Fines[0].Frozen; len(f) != 1 || f[0].By == 0 || f[0].By != c.Contests[0].Entry {
			t.Fatalf("%s: frozen %+v by %+v", name, f, c.Contests)
		}
		stored(c)
		decided(h, ap, casefile.Body{Outcome: "upheld"})
		if f := h.cases[id].Fines[0].Frozen; len(f) != 1 || f[0].To != day("2026-04-20") {
			t.Errorf("%s: frozen %+v", name, f)
		}
	}
}

// Only the penalised party's appeal stops the surcharge.
func TestComplainantsAppealFreezesNothing(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 10000)
	inReview(h, id, "decision", "complainant")
	h.until("2026-03-30")
	f := h.cases[id].Fines[0]
	if got := f.SurchargeOn(h.today(), law().Regime.Surcharge); got != 90000 {
		t.Errorf("surcharge: %d", got)
	}
}

func TestRevokedOnAppeal(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 4000)
	pay(h, id, 4000, "2026-03-12")
	ap := inReview(h, id, "decision", "penalised")
	decided(h, ap, casefile.Body{Outcome: "revoked"})
	h.due(id, "refund", "2026-05-20")
	h.state(id, casefile.Correcting)
	refund(h, id, 4000)
	h.state(id, casefile.EnforcementClosed)
}

func TestVaried(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 6000)
	pay(h, id, 6000, "2026-03-12")
	ap := inReview(h, id, "decision", "penalised")
	h.refuses(ap, "decide", minister, casefile.Body{Outcome: "varied", Amount: 700000, Reasons: "r"}, "worse-for-applicant")
	h.refuses(ap, "decide", minister, casefile.Body{Outcome: "varied", Reasons: "r"}, "missing-field")
	h.refuses(ap, "decide", minister, casefile.Body{Outcome: "abandoned", Reasons: "r"}, "unknown-outcome")
	decided(h, ap, casefile.Body{Outcome: "varied", Amount: 200000})
	f := h.cases[id].Fines[0]
	if f.Amount != 200000 || f.CollectedBy != ours || len(f.Refunds) != 1 || f.Refunds[0].Amount != 400000 {
		t.Errorf("%+v", f)
	}
	refund(h, id, 4000)
	h.state(id, casefile.Correcting)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// A fine made higher on a third party's appeal opens the closed case again.
func TestVariedHigherForAThirdParty(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 1000)
	pay(h, id, 1000, "2026-03-12")
	h.act(id, "verify", li, verified(yes()))
	ap := inReview(h, id, "decision", "third-party")
	decided(h, ap, casefile.Body{Outcome: "varied", Amount: 300000})
	h.state(id, casefile.Payable)
	h.due(id, "payment", "2026-05-06")
}

// Revoked and to be redone: refund, investigation, a new notice, not the same on the same facts.
func TestRedo(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 4000)
	pay(h, id, 4000, "2026-03-12")
	ap := inReview(h, id, "decision", "penalised")
	decided(h, ap, casefile.Body{Outcome: "revoked-redo"})
	h.state(id, casefile.Investigating)
	h.due(id, "redo", "2026-06-19") // 60 days (rules 49), our own: not rolled
	h.due(id, "refund", "2026-05-20")
	h.refuses(id, "notify", li, fine(4000), "same-again")
	h.act(id, "notify", li, fine(1000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-04-20"))
	h.paper(id, "waiver", "operator", casefile.Body{})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "decide", qian, fine(1000))
	h.notDue(id, "redo")
	h.act(id, "serve", li, proof("penalty-decision", "2026-04-20"))
	h.state(id, casefile.Payable)
	refund(h, id, 4000)
	h.state(id, casefile.Payable)
}

// Confirmed unlawful is no annulment: the amount stands.
func TestConfirmedUnlawful(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 3000)
	pay(h, id, 3000, "2026-03-12")
	ap := inReview(h, id, "decision", "penalised")
	decided(h, ap, casefile.Body{Outcome: "confirmed-unlawful"})
	c := h.cases[id]
	if f := c.Fines[0]; f.Annulled || len(f.Refunds) != 0 || len(c.Notes) != 1 {
		t.Errorf("%+v %v", f, c.Notes)
	}
	h.state(id, casefile.Correcting)
}

// Nobody examined it: accepted on the fifth working day, and the 60 days run from there.
func TestDeemedAccepted(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 1000)
	ap := appealed(h, id, "decision", "penalised")
	h.until("2026-03-25")
	h.state(ap, casefile.InReview)
	if got := h.cases[ap].Appeal.AcceptedOn; got != day("2026-03-23") {
		t.Errorf("accepted on %s", got)
	}
	h.due(ap, "review-decision", "2026-05-22")
	if k := h.cases[id].Contests[0]; k.AcceptedOn != day("2026-03-23") || k.FiledOn != day("2026-03-16") {
		t.Errorf("%+v", k)
	}
	h.act(ap, "extend", minister, casefile.Body{Reasons: "r"})
	h.due(ap, "review-decision", "2026-06-21")
	h.refuses(ap, "extend", minister, casefile.Body{Reasons: "r"}, "extended-already")
	h.until("2026-06-23") // over without a decision: nothing moves, a suit is open, the body may still decide
	h.state(ap, casefile.InReview)
	h.due(ap, "second-suit-window", "2026-07-06")
	h.act(ap, "send-copy", bureaucrat, casefile.Body{})
	h.until("2026-07-10") // no answer came: decided without evidence of the act
	e := h.act(ap, "decide", minister, casefile.Body{Outcome: "revoked", Reasons: "r"})
	if len(e.Late) == 0 {
		t.Error("a late decision is not shown as late")
	}
}

// Correction is asked once; not made, the application is abandoned; posted in time, it is not.
func TestAbandoned(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 1000)
	ap := appealed(h, id, "decision", "penalised")
	h.act(ap, "ask-correction", bureaucrat, casefile.Body{Text: "t"})
	h.due(ap, "appeal-correction", "2026-03-30")
	h.until("2026-04-01")
	h.state(ap, casefile.Abandoned)
	h.due(id, "reconsideration-window", "2026-05-11") // a new application in time is possible
	if len(h.cases[id].Fines[0].Frozen) != 0 {
		t.Error("an application that was never accepted froze the surcharge")
	}
	again := h.file(casefile.Appeal, ours, "applicant", casefile.Body{ContestedCase: id, Contested: h.made(id, "decision"), Applicant: "penalised", Text: "t"})
	h.state(again, casefile.Examining)
	h.paper(again, "withdrawal", "applicant", casefile.Body{})
	h.state(again, casefile.Terminated)

	e := h.paperOn(ap, "correction", "applicant", day("2026-03-30"), casefile.Body{Text: "t"})
	if len(e.Corrects) != 1 {
		t.Errorf("corrects %v", e.Corrects)
	}
	h.state(ap, casefile.Examining)
	h.due(ap, "admissibility", "2026-04-09") // a new 5 working days, over Qingming
	h.refuses(ap, "ask-correction", bureaucrat, casefile.Body{Text: "t"}, "asked-already")
	h.act(ap, "decline", bureaucrat, casefile.Body{Ground: "no-claim", Reasons: "r"})
	h.state(ap, casefile.AppealNotAccepted)
	h.due(id, "suit-window", "2026-09-14") // a direct suit stays possible
	h.due(id, "second-suit-window", "2026-04-16")
}

// A contested order's term keeps running unless it is stayed; what is left runs on after the end.
func TestStay(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	order := h.made(id, "order")
	h.until("2026-02-14")
	h.paper(id, "appeal", "body", casefile.Body{Contested: order, Route: "reconsideration", Applicant: "penalised", FiledOn: day("2026-02-13"), Body: "elsewhere"})
	h.due(id, "rectification", "2026-02-24")
	h.paper(id, "stay", "body", casefile.Body{Contested: order, Route: "reconsideration"})
	h.notDue(id, "rectification")
	if got := h.cases[id].Idle(); got != "stayed" {
		t.Errorf("idle: %q", got)
	}
	h.until("2026-04-01")
	h.refuses(id, "verify", li, verified(no()), "stayed")
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: order, Outcome: "upheld", On: day("2026-03-31")})
	h.due(id, "rectification", "2026-04-10") // ten days were left
	if e := h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: order, Outcome: "upheld", On: day("2026-03-31")}); e.None != "known-already" {
		t.Errorf("told twice: %q", e.None)
	}
}

// Who is not on Duban sends papers; what they say counts even if the news never came.
func TestCourt(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 4000)
	decision := h.made(id, "decision")
	h.until("2026-03-20")
	if e := h.paper(id, "summons", "court", casefile.Body{Contested: 1}); e.None != "no-such-act" {
		t.Errorf("summons about nothing: %q", e.None)
	}
	h.paper(id, "summons", "court", casefile.Body{Contested: decision})
	h.due(id, "answer-court", "2026-04-04")
	h.until("2026-04-06")
	if len(h.cases[id].Overdue) != 1 {
		t.Errorf("overdue %v", h.cases[id].Overdue)
	}
	if e := h.act(id, "answer-court", li, casefile.Body{Contested: decision, Text: "t"}); len(e.Late) != 1 {
		t.Errorf("late %v", e.Late)
	}
	h.until("2026-09-01")
	h.paper(id, "judgment", "court", casefile.Body{Contested: decision, Outcome: "varied", Amount: 100000, On: day("2026-08-31")})
	c := h.cases[id]
	if f := c.Fines[0]; f.Amount != 100000 || f.CollectedBy != "" {
		t.Errorf("%+v", f)
	}
	if c.Contestable[1].FinalOn != day("2026-08-31") {
		t.Errorf("final on %s", c.Contestable[1].FinalOn)
	}
	h.notDue(id, "suit-window")
}

// An application handed to us by mistake: on file, and the sender learns where and until when.
func TestWrongBody(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 4000)
	e := h.paper(id, "appeal", "operator", casefile.Body{
		Contested: h.made(id, "decision"), Route: "reconsideration", Applicant: "penalised", FiledOn: day("2026-03-12"), Body: here,
	})
	if e.None != "wrong-body" || len(e.Notices) != 1 || e.Notices[0].Due != day("2026-05-11") || len(h.cases[id].Contests) != 0 {
		t.Errorf("%+v", e)
	}
}

// Silence is contested, the ministry orders an answer, the answer performs it.
func TestOrderedToPerform(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "other")
	h.until("2026-03-06")
	ap := inReview(h, id, "silence", "complainant")
	decided(h, ap, casefile.Body{Outcome: "ordered-to-perform", Until: day("2026-05-08")})
	h.due(id, "perform", "2026-05-08")
	e := h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	h.notDue(id, "perform")
	if d := h.cases[id].Duties[0]; d.Done != e.Seq {
		t.Errorf("%+v", d)
	}

	h = open(t, "2026-02-02")
	id = h.file(casefile.Complaint, here, "complainant", casefile.Body{Dispute: "other", Operator: carrier, Text: "t"})
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	h.act(id, "decline", li, casefile.Body{Ground: "settled", Reasons: "r"})
	ap = inReview(h, id, "non-acceptance", "complainant")
	decided(h, ap, casefile.Body{Outcome: "revoked"})
	h.state(id, casefile.Received)
	h.due(id, "answer", "2026-05-20")
}

// Who had a function in the contested act has none in its reconsideration.
func TestAppealReviewerIsSomebodyElse(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 4000)
	ap := inReview(h, id, "decision", "penalised")
	mixed := casefile.Actor{Officer: "qian", Role: casefile.RoleHead, Authority: ours}
	h.refuses(ap, "decide", mixed, casefile.Body{Outcome: "upheld", Reasons: "r"}, "separate-functions")
}
