package casefile_test

import (
	"slices"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
)

// ruled is an installation under the telecom regime with other rules on publication.
func ruled(t *testing.T, on string, rules ...casefile.Publication) *house {
	h := open(t, on)
	l := law()
	r := *l.Regime
	r.Publications = rules
	l.Regime = &r
	h.under = &l
	return h
}

// ordinary is the rule for fines of the measures of 2026.
func ordinary(how string) casefile.Publication {
	return casefile.Publication{
		Of: casefile.PenaltyDecision, How: how, Within: term("7wd"), Least: term("3m"), Most: term("1y"), Cite: "penalties-2021:48",
		Withdraw: casefile.TermRule{Term: term("3wd"), Cite: "penalties-2021:48"},
	}
}

// shown is what the public may read of the case today.
func (h *house) shown(id string) []casefile.Publicity {
	return slices.DeleteFunc(slices.Clone(h.cases[id].Public), func(p casefile.Publicity) bool { return !p.Shown(h.today()) })
}

// A fine of 10,000, decided on 03-11: published on 03-13, paid, corrected, closed. The ministry
// revokes it on 04-20: three working days to take it down, which nobody does; overdue, and done late.
func TestPublishedRevokedTakenDown(t *testing.T) {
	h := ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id := reviewed(h, fine(10000))
	h.refuses(id, "publish", li, casefile.Body{}, "no-such-act")
	h.act(id, "decide", qian, fine(10000))
	h.due(id, "publish", "2026-03-20")
	h.refuses(id, "publish", li, casefile.Body{}, "not-served")
	h.until("2026-03-12")
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-12"))
	h.until("2026-03-13")
	h.refuses(id, "publish", li, casefile.Body{Contested: 1}, "no-such-act")
	h.act(id, "publish", li, casefile.Body{})
	h.notDue(id, "publish")
	h.refuses(id, "publish", li, casefile.Body{}, "published-already")
	h.refuses(id, "withhold", qian, casefile.Body{Reasons: "r"}, "published-already")
	h.refuses(id, "withdraw-publication", li, casefile.Body{Reasons: "r"}, "still-to-be-shown")
	decision := h.made(id, "decision")
	p := h.shown(id)
	if len(p) != 1 || p[0].Of != decision || p[0].Amount != 1000000 || !slices.Equal(p[0].Sanctions, []string{"fine"}) || p[0].Violation != "service-standard" ||
		p[0].Title.Zh == "" || p[0].Clause != "telecom-2001:21" || p[0].DecidedOn != day("2026-03-11") || p[0].On != day("2026-03-13") ||
		p[0].Least != day("2026-06-11") || p[0].Until != day("2027-03-11") {
		t.Fatalf("%+v", p)
	}
	pay(h, id, 10000, "2026-03-13")
	ap := inReview(h, id, "decision", "penalised")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
	decided(h, ap, casefile.Body{Outcome: "revoked"})
	h.due(id, "withdraw-publication", "2026-04-23")
	if n := told(h.last(id), "withdraw-publication", "officer"); n == nil || n.Due != day("2026-04-23") {
		t.Errorf("the officer is told %+v", n)
	}
	refund(h, id, 10000)
	h.state(id, casefile.EnforcementClosed) // which loses no duty
	h.due(id, "withdraw-publication", "2026-04-23")
	if len(h.shown(id)) != 1 {
		t.Error("gone before anybody took it down")
	}
	h.until("2026-04-24")
	if got := h.cases[id].Overdue; !slices.Equal(got, []string{"withdraw-publication"}) {
		t.Fatalf("overdue %v", got)
	}
	e := h.act(id, "withdraw-publication", wang, casefile.Body{Reasons: "r"})
	if !slices.Equal(e.Late, []string{"withdraw-publication"}) || len(h.cases[id].Overdue) != 0 || len(h.shown(id)) != 0 {
		t.Errorf("late %v, overdue %v, shown %v", e.Late, h.cases[id].Overdue, h.shown(id))
	}
	h.notDue(id, "publish") // nothing is left to publish
	h.refuses(id, "publish", li, casefile.Body{}, "no-such-act")
}

// One that was varied is taken down and published anew, with the note of how.
func TestPublishedAnewWithItsNote(t *testing.T) {
	h := ruled(t, "2026-02-02", ordinary(casefile.PublishMust))
	id := penalised(h)
	h.refuses(id, "withhold", qian, casefile.Body{Reasons: "r"}, "must-be-published")
	h.act(id, "publish", li, casefile.Body{})
	ap := inReview(h, id, "decision", "penalised")
	decided(h, ap, casefile.Body{Outcome: "varied", Amount: 200000})
	h.due(id, "withdraw-publication", "2026-04-23")
	if p := h.shown(id); len(p) != 1 || p[0].Amount != 200000 || p[0].Changed != "varied" {
		t.Errorf("what is still shown says what stands no more: %+v", p)
	}
	h.refuses(id, "publish", li, casefile.Body{}, "withdraw-first")
	h.until("2026-04-22")
	if e := h.act(id, "withdraw-publication", li, casefile.Body{Reasons: "r"}); len(e.Late) != 0 {
		t.Errorf("late %v", e.Late)
	}
	h.due(id, "publish", "2026-05-06") // seven working days over Labour Day
	h.act(id, "publish", li, casefile.Body{})
	if p := h.shown(id); len(p) != 1 || p[0].Amount != 200000 || p[0].Note != "varied" || p[0].Changed != "" || p[0].On != day("2026-04-22") {
		t.Errorf("%+v", p)
	}
	// Confirmed unlawful later: to be taken down again; it may be published with that note, but need not.
	h.paper(id, "judgment", "court", casefile.Body{Contested: h.made(id, "decision"), Outcome: "confirmed-unlawful", On: day("2026-04-22")})
	h.due(id, "withdraw-publication", "2026-04-27")
	h.act(id, "withdraw-publication", li, casefile.Body{Reasons: "r"})
	h.notDue(id, "publish")
	h.act(id, "publish", li, casefile.Body{})
	if p := h.shown(id); len(p) != 1 || p[0].Note != "confirmed-unlawful" {
		t.Errorf("%+v", p)
	}
}

// What was withheld has nothing to take down; what the regime never has published is not.
func TestWithheldAndNever(t *testing.T) {
	h := ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id := penalised(h)
	h.refuses(id, "withhold", li, casefile.Body{Reasons: "r"}, "wrong-role")
	h.act(id, "withhold", qian, casefile.Body{Reasons: "r"})
	h.notDue(id, "publish")
	h.act(id, "revoke", qian, casefile.Body{Contested: h.made(id, "decision"), Reasons: "r"})
	h.notDue(id, "withdraw-publication")
	h.refuses(id, "withdraw-publication", li, casefile.Body{Reasons: "r"}, "not-published")

	for _, rules := range [][]casefile.Publication{nil, {{Of: casefile.PenaltyDecision, How: casefile.PublishNever, Cite: "penalties-2021:48"}}} {
		h = ruled(t, "2026-02-02", rules...)
		id = penalised(h)
		h.notDue(id, "publish")
		h.refuses(id, "publish", li, casefile.Body{}, "never-published")
		h.refuses(id, "withhold", qian, casefile.Body{Reasons: "r"}, "never-published")
	}
}

// Nobody publishes: the superior is told. After its longest term nothing is shown, of itself; and an
// operator that has done all is taken off after the shortest.
func TestTimesOfShowing(t *testing.T) {
	h := ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id := penalised(h)
	h.until("2026-03-21")
	if !slices.Contains(h.cases[id].Overdue, "publish") || told(h.last(id), "duty-overdue", "superior") == nil {
		t.Fatalf("overdue %v", h.cases[id].Overdue)
	}
	if e := h.act(id, "publish", li, casefile.Body{}); !slices.Equal(e.Late, []string{"publish"}) {
		t.Errorf("late %v", e.Late)
	}
	pay(h, id, 10000, "2026-03-21")
	h.until("2026-06-11")
	h.refuses(id, "withdraw-publication", li, casefile.Body{Reasons: "r"}, "still-to-be-shown")
	h.act(id, "verify", li, verified(yes()))
	h.refuses(id, "withdraw-publication", li, casefile.Body{Reasons: "r"}, "still-to-be-shown")
	h.until("2027-03-11")
	lines := len(h.lines[id])
	if len(h.shown(id)) != 1 {
		t.Error("gone before its day")
	}
	h.until("2027-03-12")
	if len(h.shown(id)) != 0 || len(h.lines[id]) != lines {
		t.Errorf("still shown, or by an entry of its own (%d, %d)", len(h.lines[id]), lines)
	}
	h.act(id, "revoke", qian, casefile.Body{Contested: h.made(id, "decision"), Reasons: "r"})
	h.notDue(id, "withdraw-publication")

	h = ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id = penalised(h)
	h.act(id, "publish", li, casefile.Body{})
	pay(h, id, 10000, "2026-03-12")
	h.act(id, "verify", li, verified(yes()))
	h.until("2026-06-12")
	h.act(id, "withdraw-publication", li, casefile.Body{Reasons: "r"})
	if len(h.shown(id)) != 0 {
		t.Error("still shown")
	}
	h.notDue(id, "publish")
}

// The court takes the fine out of a decision that imposed nothing else: there is nothing to publish,
// and what is published is called back once.
func TestNothingLeftToPublish(t *testing.T) {
	emptied := func(h *house, id string) casefile.Entry {
		return h.paper(id, "judgment", "court", casefile.Body{Contested: h.made(id, "decision"), Outcome: "partly-revoked", On: h.today(), Lifted: []string{"fine"}})
	}
	h := ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id := penalised(h)
	h.due(id, "publish", "2026-03-20")
	emptied(h, id)
	h.notDue(id, "publish")

	h = ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id = penalised(h)
	h.act(id, "publish", li, casefile.Body{})
	letters := 0
	for _, n := range emptied(h, id).Notices {
		if n.Document == "withdraw-publication" {
			letters++
		}
	}
	if letters != 1 {
		t.Errorf("the officer is told %d times", letters)
	}
	h.due(id, "withdraw-publication", "2026-03-17")
}

// Published on 03-12 and corrected that day: to be taken down by 03-17. Neither a second correction
// puts that off, nor a revocation after the day was missed.
func TestTakenDownByTheDayOfTheFirstChange(t *testing.T) {
	h := ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id := penalised(h)
	h.act(id, "publish", li, casefile.Body{})
	h.act(id, "correct", qian, casefile.Body{Amount: 9_000_00, Reasons: "r"})
	h.due(id, "withdraw-publication", "2026-03-17")
	h.until("2026-03-16")
	h.act(id, "correct", qian, casefile.Body{Amount: 8_000_00, Reasons: "r"})
	h.due(id, "withdraw-publication", "2026-03-17")
	h.until("2026-03-18")
	h.act(id, "revoke", qian, casefile.Body{Contested: h.made(id, "decision"), Reasons: "r"})
	h.notDue(id, "withdraw-publication")
	e := h.act(id, "withdraw-publication", li, casefile.Body{Reasons: "r"})
	if !slices.Equal(e.Late, []string{"withdraw-publication"}) || len(h.cases[id].Overdue) != 0 {
		t.Errorf("late %v, overdue %v", e.Late, h.cases[id].Overdue)
	}
}

// What fell alone is not shown with what stands: neither the fine with its amount, nor the warning.
func TestWhatFellIsNotShown(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	partly := func(what string) {
		h.paper(id, "judgment", "court", casefile.Body{Contested: h.made(id, "decision"), Outcome: "partly-revoked", On: h.today(), Lifted: []string{what}})
	}
	partly("fine")
	h.act(id, "publish", li, casefile.Body{})
	if p := h.shown(id); len(p) != 1 || p[0].Amount != 0 || !slices.Equal(p[0].Sanctions, []string{"confiscation", "suspension"}) {
		t.Errorf("%+v", p)
	}

	h = open(t, "2026-02-02")
	id = filed(h)
	h.act(id, "investigate", li, casefile.Body{Officers: []string{"li", "wang"}, Text: "t", Income: 800_00})
	decidedWithout(h, id, casefile.Body{Sanction: "warning", Also: []string{"confiscation"}, Confiscated: 800_00, Reasons: "r"})
	h.act(id, "serve", li, proof("penalty-decision", h.today().String()))
	partly("warning")
	h.act(id, "publish", li, casefile.Body{})
	if p := h.shown(id); len(p) != 1 || !slices.Equal(p[0].Sanctions, []string{"confiscation"}) {
		t.Errorf("%+v", p)
	}
	h.until("2026-03-03")
	partly("confiscation")
	h.state(id, casefile.EnforcementClosed) // nothing is left of it
}

// What changes nothing takes nothing down: the same amount, and a kind that was never imposed.
func TestVariedInNothing(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	h.act(id, "publish", li, casefile.Body{})
	varied := casefile.Body{Contested: h.made(id, "decision"), Outcome: "varied", On: h.today(), Amount: 60_000_00, Lifted: []string{"licence-revocation"}, Body: "gov"}
	h.paper(id, "appeal-outcome", "body", varied)
	h.notDue(id, "withdraw-publication")
	varied.Outcome, varied.Amount, varied.Body = "settled", 50_000_00, ""
	h.paper(id, "judgment", "court", varied)
	h.due(id, "withdraw-publication", "2026-03-19")
}

// An order that is annulled takes no duty of the decision away that rests on it.
func TestAnOrdersEndLeavesTheDecisionToBePublished(t *testing.T) {
	h := ruled(t, "2026-02-02", ordinary(casefile.PublishMay))
	id := penalised(h)
	h.until("2026-03-21")
	h.paper(id, "judgment", "court", casefile.Body{Contested: h.made(id, "order"), Outcome: "revoked", On: day("2026-03-20")})
	if !slices.Contains(h.cases[id].Overdue, "publish") {
		t.Errorf("overdue %v", h.cases[id].Overdue)
	}
	h.act(id, "revoke", qian, casefile.Body{Contested: h.made(id, "decision"), Reasons: "r"})
	if slices.Contains(h.cases[id].Overdue, "publish") {
		t.Error("a decision that is gone is still to be published")
	}
}

// A text from before the section knows no publication of decisions, and that of results as it was.
func TestOlderTextOnPublication(t *testing.T) {
	h := open(t, "2026-03-02")
	l := law()
	r := *l.Regime
	r.Publications, r.Terms, r.Moves = nil, map[string]casefile.TermRule{}, map[string]casefile.Rule{}
	for k, v := range l.Regime.Terms {
		r.Terms[k] = v
	}
	for k, v := range l.Regime.Moves {
		if k != "enforcement.publish" {
			r.Moves[k] = v
		}
	}
	r.Terms["inspection.publish"] = casefile.TermRule{Term: calendar.Term{N: 20, Unit: calendar.WorkingDays}, Cite: "house:publish", Unverified: true}
	l.Regime = &r
	h.under = &l
	id := reported(h, "hotline")
	h.due(id, "publish", "2026-03-30")
	h.act(id, "publish", li, casefile.Body{})
	p := h.shown(id)
	if len(p) != 1 || p[0].What != casefile.InspectionResult || p[0].Findings != 1 || p[0].Breaches != 1 || p[0].DecidedOn != day("2026-03-02") || !p[0].Until.IsZero() {
		t.Errorf("%+v", p)
	}
	h = open(t, "2026-02-02")
	h.under = &l
	id = penalised(h)
	h.notDue(id, "publish")
	h.refuses(id, "publish", li, casefile.Body{}, "not-in-regime")
}

// Results of inspections obey the same rule.
func TestResultsThatMustOrMayNotBeKnown(t *testing.T) {
	h := ruled(t, "2026-03-02", casefile.Publication{Of: casefile.InspectionResult, How: casefile.PublishMust, Within: term("5wd"), Cite: "telecom-2001:8"})
	id := reported(h, "hotline")
	h.due(id, "publish", "2026-03-09")
	h.refuses(id, "withhold", qian, casefile.Body{Reasons: "r"}, "must-be-published")
	h.act(id, "publish", li, casefile.Body{})

	h = ruled(t, "2026-03-02", casefile.Publication{Of: casefile.InspectionResult, How: casefile.PublishNever, Cite: "telecom-2001:8"})
	id = ready(h)
	h.act(id, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	h.act(id, "record", wang, casefile.Body{Officers: pair, Requirement: "hotline", Breach: no(), Text: "t"})
	h.act(id, "report", li, casefile.Body{Text: "t"})
	h.notDue(id, "publish")
	h.refuses(id, "publish", li, casefile.Body{}, "never-published")
	h.act(id, "close", li, casefile.Body{})
}

// A file's time runs from its end, anew from what is added to it, and not while one of its acts is
// contested (archives 21).
func TestHowLongAFileIsKept(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 10000)
	if h.cases[id].Kept != nil {
		t.Errorf("an open case: %+v", h.cases[id].Kept)
	}
	pay(h, id, 10000, "2026-03-12")
	h.act(id, "verify", li, verified(yes()))
	kept := func(from, until string) {
		t.Helper()
		if k := h.cases[id].Kept; k == nil || k.From != day(from) || k.Until != day(until) || k.Permanent || k.Cite != "archives-2020:21" || !k.Unverified {
			t.Errorf("on %s: %+v", h.today(), k)
		}
	}
	kept("2026-03-12", "2056-03-12")
	ap := inReview(h, id, "decision", "penalised")
	if h.cases[id].Kept != nil {
		t.Errorf("a contested act: %+v", h.cases[id].Kept)
	}
	decided(h, ap, casefile.Body{Outcome: "upheld"})
	kept("2026-04-20", "2056-04-20")
	h.until("2026-06-01") // the window to sue was over on 05-06
	kept("2026-05-06", "2056-05-06")
	h.paper(id, "letter", "operator", casefile.Body{Text: "t"})
	kept("2026-06-01", "2056-06-01")
	h.paper(id, "defence", "operator", casefile.Body{Text: "t", Points: 1}) // on file, without effect
	kept("2026-06-01", "2056-06-01")
	h.until("2026-08-11")
	h.act(id, "revoke", qian, casefile.Body{Contested: h.made(id, "decision"), Reasons: "r"})
	if k := h.cases[id].Kept; k != nil {
		t.Errorf("money is to come back: %+v", k)
	}
	h.until("2026-08-13")
	refund(h, id, 10000)
	kept("2026-08-13", "2056-08-13")

	// A decision to be made again opens the case: its file has no end until then.
	h = open(t, "2026-02-02")
	id = fined(h, 10000)
	pay(h, id, 10000, "2026-03-12")
	h.act(id, "verify", li, verified(yes()))
	ap = inReview(h, id, "decision", "penalised")
	decided(h, ap, casefile.Body{Outcome: "revoked-redo"})
	h.state(id, casefile.Investigating)
	if h.cases[id].Kept != nil {
		t.Errorf("open again: %+v", h.cases[id].Kept)
	}
}

// What the public reads is what stands: a line that was found anew counts once, as it was found
// last, and one that does not apply is no finding.
func TestResultOfAChecklistCountsEachLineOnce(t *testing.T) {
	h := open(t, "2026-03-02")
	id := listed(h)
	for _, x := range [][2]string{{"repair", "50"}, {"repair", "10"}, {"bill", "yes"}, {"bill", "no"}, {"manners", "9"}} {
		h.act(id, "record", li, line(x[0], x[1]))
	}
	h.act(id, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Text: "t", Reasons: "r", NotApplicable: yes()})
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.paper(id, "comments", "operator", casefile.Body{Text: "t"})
	h.act(id, "report", li, casefile.Body{Text: "t"})
	h.act(id, "publish", li, casefile.Body{})
	if p := h.shown(id); len(p) != 1 || p[0].Findings != 3 || p[0].Breaches != 1 {
		t.Errorf("%+v", p)
	}
}
