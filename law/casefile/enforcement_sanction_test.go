package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

// shopping is a case of forced shopping with 12,000 yuan of illegal income, filed on 2026-03-16.
func shopping(h *house) string { return tourCase(h, "forced-shopping", 12_000_00) }

func tourCase(h *house, code string, income casefile.Fen) string {
	h.t.Helper()
	b := violation()
	b.Violation, b.Operator = code, carrier
	id := h.file(casefile.Enforcement, here, "officer", b)
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	facts := established()
	facts.Income = income
	h.act(id, "establish", li, facts)
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	return id
}

// heavy is a fine of 60,000, 12,000 confiscated, and the business suspended for a month.
func heavy() casefile.Body {
	b := fine(60_000)
	b.Also, b.Confiscated, b.Suspension = []string{"confiscation", "suspension"}, 12_000_00, term("1m")
	return b
}

func together(b casefile.Body) casefile.Body {
	b.Collective = yes()
	return b
}

// heavyDecided is noticed, waived, reviewed, decided and served on 2026-03-16.
func heavyDecided(h *house) string {
	h.t.Helper()
	id := shopping(h)
	decidedWithout(h, id, heavy())
	h.act(id, "serve", li, proof("penalty-decision", h.today().String()))
	return id
}

// decidedWithout notices and decides on one day, the party having waived everything.
func decidedWithout(h *house, id string, b casefile.Body) {
	h.t.Helper()
	h.act(id, "notify", li, b)
	h.act(id, "serve", li, proof("penalty-notice", h.today().String()))
	h.paper(id, "waiver", "operator", casefile.Body{Hearing: yes()})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "decide", qian, together(b))
}

// What the clause leaves no choice about, what it does not offer, and what becomes of the income.
func TestWhatAViolationOffers(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := shopping(h)
	with := func(change func(*casefile.Body)) casefile.Body {
		b := heavy()
		change(&b)
		return b
	}
	for code, b := range map[string]casefile.Body{
		"sanction-not-available":     {Sanction: "warning", Reasons: "r"},
		"amount-of-no-fine":          {Sanction: "suspension", Amount: 1, Reasons: "r"},
		"unknown-sanction":           {Sanction: "detention", Reasons: "r"},
		"measure-missing":            with(func(b *casefile.Body) { b.Also, b.Suspension = []string{"confiscation"}, casefile.Body{}.Suspension }),
		"one-sanction":               with(func(b *casefile.Body) { b.Also = append(b.Also, "warning") }),
		"suspension-out-of-bounds":   with(func(b *casefile.Body) { b.Suspension = term("20wd") }),
		"confiscation-out-of-bounds": with(func(b *casefile.Body) { b.Confiscated = 12_000_01 }),
		"fine-missing":               with(func(b *casefile.Body) { b.Sanction, b.Amount = "confiscation", 0 }),
		"grave-not-stated": with(func(b *casefile.Body) {
			b.Also, b.Suspension = []string{"confiscation", "licence-revocation"}, casefile.Body{}.Suspension
		}),
		"suspension-of-nothing": with(func(b *casefile.Body) { b.Also, b.Grave = append(b.Also, "licence-revocation"), yes() }),
		"income-unaccounted":    with(func(b *casefile.Body) { b.Confiscated = 11_000_00 }),
	} {
		h.refuses(id, "notify", li, b, code)
	}
	h.refuses(id, "notify", li, with(func(b *casefile.Body) { b.Also, b.Confiscated = []string{"suspension"}, 0 }), "income-unaccounted")
	h.refuses(id, "notify", li, with(func(b *casefile.Body) { b.Also = append(b.Also, "public-criticism") }), "sanction-not-available")
	h.refuses(id, "notify", li, with(func(b *casefile.Body) { b.Also = []string{"confiscation"} }), "measure-not-named")
	h.refuses(id, "notify", li, with(func(b *casefile.Body) { b.Also = []string{"suspension"} }), "measure-not-named")
	b := with(func(b *casefile.Body) { b.Confiscated, b.Returned = 10_000_00, 2_000_00 }) // 2,000 went back to the tourists
	h.act(id, "notify", li, b)
	if got := h.cases[id].Enforcement.Noticed.Returned; got != 2_000_00 {
		t.Errorf("returned %d", got)
	}

	id = tourCase(h, "sight-overcrowded", 0)
	only := casefile.Body{Sanction: "suspension", Suspension: term("29d"), Grave: yes(), Reasons: "r"}
	h.refuses(id, "notify", li, only, "suspension-out-of-bounds") // tourism law 105: one to six months
	only.Suspension = term("6m")
	regime := *h.under.Regime
	regime.Bounds = map[string]casefile.Bound{"enforcement.suspension": {Min: 1, Max: 90, Cite: "house:task"}}
	whole := h.under
	h.under = &casefile.Law{Regime: &regime, Calendar: whole.Calendar}
	h.refuses(id, "notify", li, only, "term-out-of-bounds")
	h.under = whole
	h.act(id, "notify", li, only)
	if x := h.cases[id].Enforcement.Noticed.Also; len(x) != 1 || x[0].Term != term("6m") {
		t.Errorf("noticed %+v", x)
	}
}

// telecom 21 says warning or fine, and nothing of a suspension; illegal income is confiscated by
// penalties 28 all the same.
func TestTelecomConfiscatesIllegalIncome(t *testing.T) {
	h := open(t, "2026-02-02")
	id := filed(h)
	h.act(id, "investigate", li, casefile.Body{Officers: []string{"li", "wang"}, Text: "t", Income: 800_00})
	h.refuses(id, "notify", li, fine(3000), "income-unaccounted")
	b := fine(3000)
	b.Also, b.Suspension = []string{"suspension"}, term("1m")
	h.refuses(id, "notify", li, b, "sanction-not-available")
	b = casefile.Body{Sanction: "warning", Also: []string{"confiscation"}, Confiscated: 800_00, Reasons: "r"}
	h.act(id, "notify", li, b)
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-02"))
	h.paper(id, "waiver", "operator", casefile.Body{})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	b.AnnounceSurcharge = yes()
	h.act(id, "decide", qian, b)
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-02"))
	h.state(id, casefile.Payable)
	h.due(id, "payment", "2026-03-17")
	h.until("2026-05-02")
	h.state(id, casefile.Unpaid)
	if owed := h.cases[id].Fines[0].Owed(h.today(), law().Regime.Surcharge); owed != 800_00 {
		t.Errorf("what is confiscated was raised to %d", owed)
	}
	pay(h, id, 800, "2026-05-02")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// What was not notified can't be decided, kind by kind.
func TestHeavierThanNotifiedInAnyKind(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := shopping(h)
	b := heavy()
	b.Confiscated, b.Returned = 8_000_00, 4_000_00
	h.act(id, "notify", li, b)
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.paper(id, "waiver", "operator", casefile.Body{Hearing: yes()})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	for _, change := range []func(*casefile.Body){
		func(b *casefile.Body) { b.Amount++ },
		func(b *casefile.Body) { b.Confiscated, b.Returned = 8_000_01, 3_999_99 },
		func(b *casefile.Body) { b.Suspension = term("2m") },
		func(b *casefile.Body) {
			b.Also, b.Suspension, b.Grave = []string{"confiscation", "licence-revocation"}, casefile.Body{}.Suspension, yes()
		},
	} {
		now := together(b)
		change(&now)
		h.refuses(id, "decide", qian, now, "heavier-than-notified")
	}
	h.refuses(id, "decide", qian, b, "collective-missing")
	b.Suspension = term("20d")
	b.Amount = 30_000_00
	h.act(id, "decide", qian, together(b))
}

// Both are paid by one slip; a late fine is raised, what is confiscated is not.
func TestFineAndConfiscationPaid(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := shopping(h)
	b := heavy()
	decidedWithout(h, id, b)
	h.until("2026-03-17")
	pay(h, id, 1_000, "2026-03-17") // before it was even served
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-17"))
	h.due(id, "payment", "2026-04-01")
	h.due(id, "suspension", "2026-04-17")
	h.until("2026-04-02")
	h.state(id, casefile.Unpaid)
	e := pay(h, id, 71_000, "2026-04-01")
	h.state(id, casefile.Correcting)
	if len(e.Corrects) != 1 {
		t.Errorf("paid in time: corrects %v", e.Corrects)
	}
	for _, m := range h.cases[id].Fines {
		if m.Paid(h.today()) != m.Amount || len(m.Refunds) != 0 {
			t.Errorf("%+v", m)
		}
	}
	pay(h, id, 5, "2026-04-02") // too much
	h.act(id, "verify", li, verified(yes()))
	refund(h, id, 5)
	h.state(id, casefile.Correcting)
	h.until("2026-04-18")
	h.due(id, "verification", "2026-05-06") // 10 working days, over the first of May
	h.state(id, casefile.Correcting)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// A clerical error in what was confiscated: what was paid above it comes back.
func TestConfiscationCorrected(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	pay(h, id, 72_000, "2026-03-16")
	h.refuses(id, "correct", qian, casefile.Body{Confiscated: 12_000_00, Reasons: "r"}, "amount-out-of-bounds")
	h.act(id, "correct", qian, casefile.Body{Confiscated: 11_000_00, Reasons: "r"})
	refund(h, id, 1_000)
	if c := h.cases[id]; c.Fines[1].Amount != 11_000_00 || c.Enforcement.Sanctions[0].Also[0].Amount != 11_000_00 {
		t.Errorf("%+v, %+v", c.Fines[1], c.Enforcement.Sanctions[0])
	}
}

func TestWrittenOffInBothKinds(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	h.refuses(id, "write-off", qian, casefile.Body{Amount: 72_000_01, Reasons: "r"}, "more-than-owed")
	h.act(id, "write-off", qian, casefile.Body{Amount: 72_000_00, Reasons: "r"})
	h.state(id, casefile.Correcting)
	if c := h.cases[id]; c.Fines[0].WrittenOff != 60_000_00 || c.Fines[1].WrittenOff != 12_000_00 {
		t.Errorf("%+v", c.Fines)
	}
}

// A clause for travel agencies is none for a scenic spot.
func TestViolationOfOtherOperators(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	h.types = []string{"sight"}
	b := violation()
	b.Violation, b.Operator = "filing-faults", carrier
	id := h.file(casefile.Enforcement, here, "officer", b)
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	h.act(id, "establish", li, established())
	h.refuses(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"}, "operator-type")
	b.Violation = "forced-shopping"
	id = h.file(casefile.Enforcement, here, "officer", b)
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	h.act(id, "establish", li, established())
	h.refuses(id, "file", qian, casefile.Body{Reasons: "r"}, "operator-type")
	h.refuses(tour(h, "2026-03-01"), "open-enforcement", li, b, "operator-type")
	b.Violation = "unlicensed" // tourism law 95: who has no licence is no travel agency
	unlicensed := h.file(casefile.Enforcement, here, "officer", b)
	h.act(unlicensed, "assign", li, casefile.Body{Officer: "li"})
	h.act(unlicensed, "establish", li, established())
	h.act(unlicensed, "file", qian, casefile.Body{Reasons: "r"})
	h.types = []string{"shop", "travel-agency"}
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
}

// Public criticism stands alone like a warning, where the clause has it.
func TestPublicCriticism(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	regime := *h.under.Regime
	regime.Violations = map[string]casefile.Violation{"no-report": regime.Violations["no-report"]}
	v := regime.Violations["no-report"]
	v.Also = append(v.Also, casefile.Measure{What: casefile.PublicCriticism})
	regime.Violations["no-report"] = v
	h.under = &casefile.Law{Regime: &regime, Calendar: h.under.Calendar}
	id := tourCase(h, "no-report", 0)
	b := casefile.Body{Sanction: "public-criticism", Reasons: "r"}
	decidedWithout(h, id, b)
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-16"))
	h.state(id, casefile.Correcting)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// telecom 22: nothing stands beside the warning that only orders; the fine that follows confiscates.
func TestIncomeAfterAWarningWithOrder(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "obstruction")
	facts := established()
	facts.Income = 500_00
	h.act(id, "establish", li, facts)
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	warning := casefile.Body{Sanction: "warning", Reasons: "r"}
	beside := warning
	beside.Also, beside.Confiscated = []string{"confiscation"}, 500_00
	h.refuses(id, "notify", li, beside, "sanction-not-available")
	round := func(b casefile.Body) {
		h.act(id, "notify", li, b)
		h.act(id, "serve", li, proof("penalty-notice", h.today().String()))
		h.paper(id, "waiver", "operator", casefile.Body{})
		h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
		b.Term = term("10d")
		h.act(id, "decide", qian, b)
		h.act(id, "serve", li, proof("penalty-decision", h.today().String()))
	}
	round(warning)
	h.until("2026-02-13")
	h.act(id, "verify", li, verified(no()))
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	h.refuses(id, "notify", li, fine(1000), "income-unaccounted")
	b := fine(1000)
	b.Also, b.Confiscated = []string{"confiscation"}, 500_00
	round(b)
	pay(h, id, 1_500, "2026-02-13")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}
