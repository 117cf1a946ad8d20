package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

func violation() casefile.Body {
	return casefile.Body{
		Violation: "service-standard", Requirement: "bill-detail", PeriodFrom: day("2026-01-05"), PeriodTo: day("2026-01-25"), Reasons: "r",
	}
}

func established() casefile.Body {
	return casefile.Body{Officers: []string{"li", "wang"}, Breach: yes(), Harm: yes(), Text: "t"}
}

func verified(done *bool) casefile.Body {
	return casefile.Body{Officers: []string{"wang", "li"}, Rectified: done, Text: "t"}
}

func proof(document, on string) casefile.Body {
	return casefile.Body{Document: document, Method: "direct", On: day(on), Evidence: "e"}
}

// opened is an enforcement case of 2026-02-02, assigned to Li.
func opened(h *house, code string) string {
	h.t.Helper()
	b := violation()
	b.Violation, b.Operator = code, carrier
	id := h.file(casefile.Enforcement, here, "officer", b)
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	return id
}

// ordered serves an order on 2026-02-09: 15 days, the last in the festival, so until 02-24.
func ordered(h *house) string {
	h.t.Helper()
	id := opened(h, "service-standard")
	h.act(id, "establish", li, established())
	h.until("2026-02-06")
	h.act(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"})
	h.due(id, "service", "2026-02-24") // 7 working days; 02-14 works
	h.until("2026-02-09")
	h.act(id, "serve", li, proof("rectification-order", "2026-02-09"))
	h.due(id, "rectification", "2026-02-24")
	return id
}

// filed is not rectified, and filed on 2026-03-02.
func filed(h *house) string {
	h.t.Helper()
	id := ordered(h)
	h.until("2026-02-26")
	h.act(id, "verify", li, verified(no()))
	h.until("2026-03-02")
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	h.due(id, "decision", "2026-05-31") // 90 days, a Sunday: our own duty does not roll
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: no(), Reasons: "r"})
	return id
}

func fine(yuan casefile.Fen) casefile.Body {
	return casefile.Body{Sanction: "fine", Amount: yuan * 100, Reasons: "r"}
}

// reviewed has been noticed on 03-03, its term for defence over on 03-10, reviewed on 03-11.
func reviewed(h *house, b casefile.Body) string {
	h.t.Helper()
	id := filed(h)
	h.act(id, "notify", li, b)
	h.until("2026-03-03")
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-03"))
	h.due(id, "defence", "2026-03-10")
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "not-heard")
	h.until("2026-03-11")
	h.state(id, casefile.Defending)
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	return id
}

// fined is 10,000 yuan, served on 03-12, to be paid by 03-27, the surcharge announced.
func fined(h *house, yuan casefile.Fen) string {
	h.t.Helper()
	id := reviewed(h, fine(yuan))
	b := fine(yuan)
	b.AnnounceSurcharge = yes()
	h.act(id, "decide", qian, b)
	h.until("2026-03-12")
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-12"))
	h.due(id, "payment", "2026-03-27")
	h.due(id, "reconsideration-window", "2026-05-11")
	h.due(id, "suit-window", "2026-09-14") // 09-12 is a Saturday
	h.act(id, "withhold", qian, casefile.Body{Reasons: "r"})
	return id
}

func pay(h *house, id string, yuan casefile.Fen, on string) casefile.Entry {
	h.t.Helper()
	return h.paperOn(id, "payment", "bank", day(on), casefile.Body{Amount: yuan * 100, On: day(on)})
}

func TestOrderComplied(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "service-standard")
	h.refuses(id, "establish", li, casefile.Body{Officers: []string{"li", "li"}, Breach: yes(), Harm: yes(), Text: "t"}, "two-officers")
	h.act(id, "establish", li, casefile.Body{Officers: []string{"li", "wang"}, Breach: yes(), Harm: no(), Text: "t"})
	h.refuses(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"}, "conditions-missing") // harm is the second condition
	h.refuses(id, "file", qian, casefile.Body{Reasons: "r"}, "order-first")

	h = open(t, "2026-02-02")
	id = ordered(h)
	h.until("2026-02-13")
	h.paper(id, "rectification-report", "operator", casefile.Body{Text: "t"})
	h.due(id, "rectification", "2026-02-24") // the report does not end the term
	h.act(id, "verify", li, verified(no()))
	h.state(id, casefile.Rectifying) // a failure is found only when the term is over
	h.paper(id, "extension-application", "operator", casefile.Body{Text: "t"})
	h.act(id, "grant-extension", li, casefile.Body{Term: term("5d"), Reasons: "r"})
	h.due(id, "rectification", "2026-03-02") // added to the old last day: 03-01 is a Sunday
	h.until("2026-02-28")
	h.paper(id, "rectification-report", "operator", casefile.Body{Text: "t"})
	h.act(id, "verify", wangIn(h, id), verified(yes()))
	h.state(id, casefile.Rectified)
	if len(h.cases[id].Enforcement.Sanctions) != 0 {
		t.Error("sanctioned for what was rectified")
	}
}

// wangIn assigns the case to Wang and returns her.
func wangIn(h *house, id string) casefile.Actor {
	h.t.Helper()
	h.act(id, "assign", li, casefile.Body{Officer: "wang"})
	return wang
}

// The term is over: a task and a clock for verification; nothing else moves.
func TestTermOverMovesNothing(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.refuses(id, "verify", li, verified(no()), "term-still-running")
	h.until("2026-02-25")
	h.state(id, casefile.Rectifying)
	h.due(id, "verification", "2026-03-09") // 10 working days; 02-28 works
	h.until("2026-03-20")
	h.state(id, casefile.Rectifying)
	if got := h.cases[id].Overdue; len(got) != 1 || got[0] != "verification" {
		t.Errorf("overdue %v", got)
	}
	e := h.paperOn(id, "rectification-report", "operator", day("2026-02-24"), casefile.Body{Text: "t"})
	if len(e.Corrects) != 1 {
		t.Errorf("a report posted on the last day corrects %v", e.Corrects)
	}
}

func TestWarning(t *testing.T) {
	h := open(t, "2026-02-02")
	warning := casefile.Body{Sanction: "warning", Reasons: "r"}
	id := filed(h)
	h.refuses(id, "notify", li, casefile.Body{Sanction: "warning", Amount: 1, Reasons: "r"}, "one-sanction")
	h.refuses(id, "notify", li, fine(499), "amount-out-of-bounds")
	h.refuses(id, "notify", li, fine(10001), "amount-out-of-bounds")
	h.act(id, "notify", li, warning)
	h.refuses(id, "serve", li, proof("penalty-decision", "2026-03-02"), "other-document")
	h.refuses(id, "serve", li, proof("penalty-notice", "2026-03-01"), "served-before-made")
	h.refuses(id, "serve", li, proof("penalty-notice", "2026-03-03"), "day-in-future")
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-02"))
	h.paper(id, "waiver", "operator", casefile.Body{})
	h.act(id, "review", zhao, casefile.Body{Opinion: "object", Text: "t"}) // an opinion, no approval
	h.refuses(id, "decide", qian, fine(500), "heavier-than-notified")
	h.act(id, "decide", qian, warning)
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-02"))
	h.state(id, casefile.Correcting) // the fault is still to be corrected
	h.until("2026-03-09")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

func TestThreeFunctionsThreePersons(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "service-standard")
	mixed := established()
	mixed.Officers = []string{"li", "qian"}
	h.act(id, "establish", li, mixed) // a head may investigate, but then not decide
	h.act(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"})
	by := proof("rectification-order", "2026-02-02")
	by.Method = "pigeon"
	h.refuses(id, "serve", li, by, "unknown-method")
	h.act(id, "serve", li, proof("rectification-order", "2026-02-02"))
	h.until("2026-02-25")
	h.act(id, "verify", li, verified(no()))
	h.refuses(id, "file", qian, casefile.Body{Reasons: "r"}, "separate-functions")
	h.act(id, "file", sun, casefile.Body{Reasons: "r"})
	h.refuses(id, "investigate", li, casefile.Body{Officers: []string{"li", "sun"}, Text: "t"}, "separate-functions")
	h.refuses(id, "notify", li, fine(500), "other-law-unanswered") // before anything is put to the party, the reviewer or the head
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: yes(), Reasons: "r"})
	h.refuses(id, "notify", li, fine(500), "other-law-applies")
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: no(), Reasons: "r"})
	h.act(id, "notify", li, fine(500))
	h.act(id, "serve", li, proof("penalty-notice", "2026-02-25"))
	h.paper(id, "waiver", "operator", casefile.Body{})
	h.refuses(id, "review", officer("wang", casefile.RoleReviewer), casefile.Body{Opinion: "agree", Text: "t"}, "separate-functions")
	h.refuses(id, "decide", qian, fine(500), "wrong-state") // nothing is decided without a review
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.refuses(id, "decide", qian, fine(500), "separate-functions")
	h.refuses(id, "decide", officer("zhao", casefile.RoleHead), fine(500), "separate-functions")
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: yes(), Reasons: "r"})
	h.refuses(id, "decide", sun, fine(500), "other-law-applies")
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: no(), Reasons: "r"})
	h.act(id, "decide", sun, fine(500))
}

// A defence of two points: each is answered, nothing grows for it, new facts need a new notice.
func TestDefence(t *testing.T) {
	h := open(t, "2026-02-02")
	id := filed(h)
	h.act(id, "notify", li, fine(3000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-02"))
	h.paper(id, "defence", "operator", casefile.Body{Text: "t", Points: 2})
	h.refuses(id, "notify", li, fine(5000), "heavier-for-defending")
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.refuses(id, "decide", qian, fine(3000), "defence-unanswered")
	h.paper(id, "defence", "operator", casefile.Body{Text: "t", Points: 1}) // seen by no review yet
	h.state(id, casefile.Defending)
	h.act(id, "review", zhao, casefile.Body{Opinion: "return", Text: "t"})
	h.state(id, casefile.Investigating)
	h.refuses(id, "notify", li, fine(5000), "heavier-for-defending")
	h.act(id, "investigate", li, casefile.Body{Officers: []string{"li", "wang"}, Text: "t"})
	h.act(id, "notify", li, fine(5000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-02"))
	h.until("2026-03-03")
	h.refuses(id, "no-penalty", li, casefile.Body{Ground: "first-minor", Reasons: "r"}, "wrong-role")
	e := h.act(id, "no-penalty", qian, casefile.Body{Ground: "first-minor", Reasons: "r"})
	h.state(id, casefile.NoPenalty)
	educated := false
	for _, n := range e.Notices {
		educated = educated || n.Document == "education"
	}
	if !educated {
		t.Error("no education (penalties 33)")
	}
	h.due(id, "reconsideration-window", "2026-05-06") // a complainant may contest it; 60 days end on a holiday
}

// A defence posted on the last day arrives after the review, and another after the decision.
func TestDefencePostedInTime(t *testing.T) {
	h := open(t, "2026-02-02")
	id := reviewed(h, fine(3000))
	h.state(id, casefile.Reviewed)
	h.paperOn(id, "defence", "operator", day("2026-03-10"), casefile.Body{Text: "t", Points: 1})
	h.state(id, casefile.Defending)
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	b := fine(3000)
	b.Answered = 1
	h.act(id, "decide", qian, b)
	if e := h.paperOn(id, "defence", "operator", day("2026-03-10"), casefile.Body{Text: "t", Points: 1}); e.None == "" {
		t.Error("the lapse had been set aside already")
	}

	h = open(t, "2026-02-02")
	id = fined(h, 3000)
	e := h.paperOn(id, "defence", "operator", day("2026-03-10"), casefile.Body{Text: "t", Points: 1})
	if len(e.Corrects) != 1 || len(e.Notices) == 0 || e.Notices[0].To != "head" {
		t.Errorf("a defence in time after the decision: %+v", e)
	}
	h.state(id, casefile.Payable)
}

// telecom 22: order and warning at once, then a second filing, notice and decision: a fine.
func TestObstruction(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "obstruction")
	h.act(id, "establish", li, casefile.Body{Officers: []string{"li", "wang"}, Breach: yes(), Harm: no(), Text: "t"})
	h.refuses(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"}, "wrong-sequence")
	warning := casefile.Body{Sanction: "warning", Reasons: "r"}
	round := func(b casefile.Body, on string) {
		h.t.Helper()
		h.act(id, "file", qian, casefile.Body{Reasons: "r"})
		n := b
		n.Term = casefile.Body{}.Term
		h.act(id, "notify", li, n)
		h.act(id, "serve", li, proof("penalty-notice", on))
		h.paper(id, "waiver", "operator", casefile.Body{})
		h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
		h.act(id, "decide", qian, b)
		h.act(id, "serve", li, proof("penalty-decision", on))
	}
	warning.Term = term("10d")
	round(warning, "2026-02-02")
	h.state(id, casefile.Rectifying)
	h.due(id, "rectification", "2026-02-12")
	h.until("2026-02-13")
	h.act(id, "verify", li, verified(no()))
	h.refuses(id, "drop", li, casefile.Body{Reasons: "r"}, "sanction-in-force")
	round(fine(1), "2026-02-13") // no minimum
	h.state(id, casefile.Payable)
	pay(h, id, 1, "2026-02-13")
	h.state(id, casefile.Correcting)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)

	h = open(t, "2026-02-02")
	id = opened(h, "obstruction")
	h.act(id, "establish", li, established())
	h.refuses(id, "notify", li, fine(1), "wrong-state") // filed first
	round(warning, "2026-02-02")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// telecom 23: a warning is all there is.
func TestSelfCheckReport(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "self-check-report")
	h.act(id, "establish", li, established())
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	h.refuses(id, "notify", li, fine(500), "sanction-not-available")
	h.act(id, "notify", li, casefile.Body{Sanction: "warning", Reasons: "r"})
}

// One violation act has one case: a further complaint joins it, and no second case is filed on it.
func TestOneViolationAct(t *testing.T) {
	h := open(t, "2026-02-02")
	ex := filed(h)
	second := complaint(h, "other")
	h.same = ex
	h.act(second, "open-enforcement", li, violation())
	h.same = ""
	if got := h.cases[ex].Enforcement.Joined; len(got) != 1 || got[0] != second {
		t.Errorf("joined: %v", got)
	}
	if len(h.order) != 2 {
		t.Errorf("cases: %v", h.order)
	}
	other := opened(h, "obstruction")
	h.act(other, "establish", li, established())
	h.same = ex
	h.refuses(other, "file", qian, casefile.Body{Reasons: "r"}, "same-violation-act")
}

// 公告送达: thirty days after issue the notice counts as served, by law.
func TestAnnouncement(t *testing.T) {
	h := open(t, "2026-02-02")
	id := filed(h)
	h.act(id, "notify", li, fine(3000))
	b := proof("penalty-notice", "2026-03-02")
	b.Method = "announcement"
	h.act(id, "serve", li, b)
	h.state(id, casefile.NoticeMade)
	h.due(id, "announcement", "2026-04-01")
	h.until("2026-04-02")
	h.state(id, casefile.Defending)
	h.due(id, "defence", "2026-04-09") // 5 working days over Qingming
	if got := h.cases[id].Enforcement.Noticed.Served; got != day("2026-04-01") {
		t.Errorf("served on %s", got)
	}
}

// The proof came late, the service did not.
func TestServiceInTimeProofLate(t *testing.T) {
	h := open(t, "2026-02-02")
	id := filed(h)
	h.act(id, "notify", li, fine(3000))
	h.due(id, "service", "2026-03-11")
	h.until("2026-03-20")
	if len(h.cases[id].Overdue) != 1 {
		t.Fatalf("overdue %v", h.cases[id].Overdue)
	}
	e := h.paper(id, "postal-receipt", "post", casefile.Body{Document: "penalty-notice", On: day("2026-03-10")})
	if len(e.Corrects) != 1 || len(e.Late) != 0 || len(h.cases[id].Overdue) != 0 {
		t.Errorf("corrects %v, late %v, overdue %v", e.Corrects, e.Late, h.cases[id].Overdue)
	}
	h.state(id, casefile.Defending)
	h.notDue(id, "reminder")
}
