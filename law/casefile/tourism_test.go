package casefile_test

import (
	"os"
	"slices"
	"testing"

	"duban/law/casefile"
	"duban/law/regimes"
)

// tourism is the tourism regime of the day on which a complaint is filed.
func tourism(t failer, on string) *casefile.Law {
	t.Helper()
	lib, err := regimes.Load()
	if err != nil {
		t.Fatalf("%v", err)
	}
	b, err := lib.At("liaoning-tourism-1991", day(on))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return &casefile.Law{Regime: b.Regime, Calendar: law().Calendar}
}

func openTourism(t failer, on string) *house {
	t.Helper()
	h := open(t, on)
	h.under = tourism(t, on)
	return h
}

// tour is a complaint about a tour whose contract ended on that day.
func tour(h *house, ended string) string {
	h.t.Helper()
	return h.file(casefile.Complaint, here, "complainant", casefile.Body{Dispute: "other", EventOn: day(ended), Operator: carrier, Text: "t"})
}

// 2026-03-16 filed → 17 correction asked, which tells the consumer → 19 corrected; another is left
// lying: 2026-03-18 acceptance overdue → 25 the 7 working days of the consumer law are over too.
func TestConsumerIsToldWithinSevenWorkingDays(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := tour(h, "2026-03-01")
	h.due(id, "take-up", "2026-03-25")
	if d, _ := h.cases[id].Deadline("take-up"); d.Cite != "consumer-law-2013:46" {
		t.Errorf("by %s", d.Cite)
	}
	left := tour(h, "2026-03-01")
	h.until("2026-03-17")
	h.act(id, "ask-correction", li, casefile.Body{Text: "t"})
	h.until("2026-03-19")
	h.paper(id, "correction", "complainant", casefile.Body{Text: "t"})
	h.due(id, "accept", "2026-03-23")
	h.notDue(id, "take-up")
	h.until("2026-03-26")
	if got := h.cases[left].Overdue; !slices.Equal(got, []string{"accept", "take-up"}) {
		t.Errorf("overdue %v", got)
	}
	if e := h.act(left, "accept", li, casefile.Body{Place: "contract"}); !slices.Equal(e.Late, []string{"accept", "take-up"}) {
		t.Errorf("late %v", e.Late)
	}
}

// The measures of 2010 and those of 2026, by the day of filing: accept → forward → reply → mediation
// → answer → close.
func TestTourismComplaintUnderBothMeasures(t *testing.T) {
	for _, c := range []struct{ filed, measures, accept, reply, place string }{
		{"2026-03-14", "tourism-complaints-2010", "2026-03-20", "2026-03-27", "tourism-complaints-2010:5"},
		{"2026-03-15", "tourism-complaints-2026", "2026-03-17", "2026-03-24", "tourism-complaints-2026:jurisdiction"},
	} {
		t.Run(c.measures, func(t *testing.T) {
			h := openTourism(t, c.filed)
			id := tour(h, "2026-03-01")
			h.due(id, "accept", c.accept)
			h.notDue(id, "answer") // the 60 days run from acceptance
			h.until("2026-03-17")
			h.act(id, "assign", li, casefile.Body{Officer: "li"})
			h.refuses(id, "tell-operator-first", li, casefile.Body{Reasons: "r"}, "closed-by-regime")
			h.refuses(id, "accept", li, casefile.Body{Place: "moon"}, "unknown-place")
			e := h.act(id, "accept", li, casefile.Body{Place: "contract"})
			if !slices.Contains(e.Cites, c.place) || h.cases[id].Complaint.Place != "contract" {
				t.Errorf("cites %v", e.Cites)
			}
			h.due(id, "answer", "2026-05-16") // a Saturday: our own duty does not roll
			if d, _ := h.cases[id].Deadline("answer"); d.Cite != c.measures+":finish" || !d.Unverified {
				t.Errorf("by %s, unverified %t", d.Cite, d.Unverified)
			}
			h.act(id, "forward", li, casefile.Body{})
			h.due(id, "reply", c.reply)
			h.until("2026-03-23")
			h.paper(id, "reply", "operator", casefile.Body{Text: "t"})
			h.act(id, "propose-mediation", li, casefile.Body{})
			h.paper(id, "consent", "complainant", casefile.Body{Agreed: yes()})
			h.paper(id, "consent", "operator", casefile.Body{Agreed: yes()})
			h.act(id, "open-mediation", li, casefile.Body{})
			h.until("2026-03-30")
			h.act(id, "end-mediation", li, casefile.Body{Agreed: yes()})
			h.state(id, casefile.Mediated)
			h.act(id, "answer", li, casefile.Body{Finding: "settled", Text: "t"})
			h.act(id, "close", li, casefile.Body{})
			h.state(id, casefile.ComplaintEnded)
		})
	}
}

// Without an agreement the complainant is told what else is open: arbitration, court, the deposit.
func TestMediationWithoutAgreementNamesTheDeposit(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := tour(h, "2026-03-01")
	h.act(id, "accept", li, casefile.Body{})
	h.act(id, "inquire", li, casefile.Body{})
	h.act(id, "propose-mediation", li, casefile.Body{})
	h.paper(id, "consent", "complainant", casefile.Body{Agreed: yes()})
	h.paper(id, "consent", "operator", casefile.Body{Agreed: yes()})
	h.act(id, "open-mediation", li, casefile.Body{})
	e := h.act(id, "end-mediation", li, casefile.Body{Agreed: no()})
	var told []string
	for _, n := range e.Notices {
		if n.Document == "remedy-notice" && n.To == "complainant" {
			told = append(told, n.Cite)
		}
	}
	if want := []string{"tourism-law-2018:92", "tourism-complaints-2026:deposit", "travel-agencies-2020:15"}; !slices.Equal(told, want) {
		t.Errorf("told of %v, want %v", told, want)
	}
	h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	h.until("2026-07-01")
	if len(h.cases[id].Contestable) != 0 {
		t.Errorf("contestable: %v", h.cases[id].Contestable)
	}
}

// 90 days after the contract ended, counted to the filing.
func TestTourismTimeBar(t *testing.T) {
	h := openTourism(t, "2026-03-14")
	in, out := tour(h, "2025-12-14"), tour(h, "2025-12-13")
	bar := casefile.Body{Ground: "time-bar", Reasons: "r"}
	h.refuses(in, "decline", li, bar, "time-bar-not-met")
	e := h.act(out, "decline", li, bar)
	if !slices.Contains(e.Cites, "tourism-law-2018:92") {
		t.Errorf("a refusal names what else is open: %v", e.Cites)
	}
	h.due(out, "reconsideration-window", "2026-05-13")
}

// Four or more complain by one to three representatives.
func TestJointComplaint(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	joint := func(complainants, representatives int) string {
		return h.file(casefile.Complaint, here, "complainant", casefile.Body{
			Dispute: "other", EventOn: day("2026-03-01"), Operator: carrier, Text: "t", Complainants: complainants, Representatives: representatives,
		})
	}
	three := joint(3, 0)
	h.act(three, "accept", li, casefile.Body{})
	id := joint(4, 4)
	h.refuses(id, "accept", li, casefile.Body{}, "representatives-missing")
	id = joint(4, 0)
	h.refuses(id, "accept", li, casefile.Body{}, "representatives-missing")
	h.act(id, "ask-correction", li, casefile.Body{Text: "t"})
	h.paper(id, "correction", "complainant", casefile.Body{Text: "t", Representatives: 2})
	h.notDue(id, "answer-complete")
	e := h.act(id, "accept", li, casefile.Body{})
	if !slices.Contains(e.Cites, "tourism-complaints-2026:joint") {
		t.Errorf("cites %v", e.Cites)
	}
	h.due(id, "answer", "2026-05-15")
}

// An answer that came back does not meet the 60 days, which run on from acceptance; silence after
// them may be contested.
func TestTourismSilence(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := tour(h, "2026-03-01")
	h.until("2026-03-17")
	h.act(id, "accept", li, casefile.Body{})
	h.act(id, "inquire", li, casefile.Body{})
	h.act(id, "answer", li, casefile.Body{Finding: "founded", Text: "t"})
	h.until("2026-03-20")
	h.paper(id, "undelivered", "house", casefile.Body{Document: "answer"})
	h.due(id, "answer", "2026-05-16")
	h.until("2026-05-18")
	h.made(id, "silence")
}

// Tourism law 98: 30,000 to 300,000 yuan, or one to five times the illegal income from 300,000 on;
// the decision itself orders the correction.
func TestFineByMultipleOfIllegalIncome(t *testing.T) {
	for _, c := range []struct{ income, little, amount, much casefile.Fen }{
		{299_999_99, 29_999, 30_000, 300_001},
		{299_999_99, 29_999, 300_000, 300_001},
		{300_000_00, 299_999, 300_000, 1_500_001},
		{300_000_00, 299_999, 1_500_000, 1_500_001},
	} {
		h := openTourism(t, "2026-03-16")
		b := violation()
		b.Violation, b.Operator = "forced-shopping", carrier
		id := h.file(casefile.Enforcement, here, "officer", b)
		h.act(id, "assign", li, casefile.Body{Officer: "li"})
		facts := established()
		facts.Income = c.income
		h.act(id, "establish", li, facts)
		h.refuses(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"}, "wrong-sequence")
		h.act(id, "file", qian, casefile.Body{Reasons: "r"})
		h.refuses(id, "notify", li, fine(c.little), "amount-out-of-bounds")
		h.refuses(id, "notify", li, fine(c.much), "amount-out-of-bounds")
		b = fine(c.amount)
		b.Also, b.Confiscated, b.Suspension = []string{"confiscation", "suspension"}, c.income, term("10d")
		h.act(id, "notify", li, b)
		h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
		h.paper(id, "waiver", "operator", casefile.Body{Hearing: yes()})
		h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
		b.Collective = yes()
		h.act(id, "decide", qian, b)
		h.act(id, "serve", li, proof("penalty-decision", "2026-03-16"))
		h.state(id, casefile.Payable)
		h.paper(id, "payment", "bank", casefile.Body{Amount: c.amount * 100, On: day("2026-03-16"), Slip: "1"})
		h.state(id, casefile.Payable)                                                                     // what was confiscated is owed too
		h.paper(id, "payment", "bank", casefile.Body{Amount: c.income, On: day("2026-03-16"), Slip: "2"}) // the sum may be the fine's
		h.state(id, casefile.Correcting)                                                                  // a paid fine does not end the duty to correct
		h.act(id, "verify", li, verified(yes()))
		h.state(id, casefile.Correcting) // nor does the correction end the suspension
		h.until("2026-03-27")
		h.act(id, "verify", li, verified(yes()))
		h.state(id, casefile.EnforcementClosed)
	}
}

// The regulation's scale waits until the law above it has been ruled out on the same facts.
func TestRegulationYieldsToTheLaw(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	b := violation()
	b.Violation, b.Operator = "unlicensed-by-regulation", carrier
	id := h.file(casefile.Enforcement, here, "officer", b)
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	h.act(id, "establish", li, established())
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	h.refuses(id, "notify", li, fine(100_000), "other-law-unanswered")
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: yes(), Reasons: "r"})
	h.refuses(id, "notify", li, fine(100_000), "other-law-applies")
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: no(), Reasons: "r"})
	h.act(id, "notify", li, fine(100_000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.paper(id, "waiver", "operator", casefile.Body{Hearing: yes()})
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: yes(), Reasons: "r"})
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "other-law-applies")
	h.cases[id].Enforcement.OtherLaw = nil // noticed before the question was asked so early
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "other-law-unanswered")
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: no(), Reasons: "r"})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "rule-out-other-law", li, casefile.Body{OtherLaw: yes(), Reasons: "r"})
	h.refuses(id, "decide", qian, fine(100_000), "other-law-applies")
}

// What a city's rules ask for besides, the act can't do without.
func TestCityAsksForMore(t *testing.T) {
	text, err := os.ReadFile("../../examples/dalian-tourism.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lib, err := regimes.LoadWith(map[string][]byte{"dalian.yaml": text})
	if err != nil {
		t.Fatal(err)
	}
	b, err := lib.At("dalian-tourism-example", day("2026-03-16"))
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, "2026-03-16")
	h.under = &casefile.Law{Regime: b.Regime, Calendar: law().Calendar}
	id := tour(h, "2026-03-01")
	h.refuses(id, "accept", li, casefile.Body{Reasons: "r"}, "missing-field")
	h.act(id, "accept", li, casefile.Body{Reasons: "r", Place: "harm"})
	h.due(id, "answer", "2026-04-30")
}
