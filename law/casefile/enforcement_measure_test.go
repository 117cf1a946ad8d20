package casefile_test

import (
	"slices"
	"testing"

	"duban/law/casefile"
)

// licenceRevoked is a fine, a confiscation and a licence revoked, all served, paid and verified on
// 2026-03-16.
func licenceRevoked(h *house) string {
	h.t.Helper()
	id := shopping(h)
	b := heavy()
	b.Also, b.Suspension, b.Grave = []string{"confiscation", "licence-revocation"}, casefile.Body{}.Suspension, yes()
	decidedWithout(h, id, b)
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-16"))
	pay(h, id, 72_000, "2026-03-16")
	h.act(id, "verify", li, verified(yes()))
	return id
}

// A revoked licence is taken in before the case closes; the verification comes on its own.
func TestLicenceRevoked(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := shopping(h)
	b := heavy()
	b.Also, b.Suspension, b.Grave = []string{"confiscation", "licence-revocation"}, casefile.Body{}.Suspension, yes()
	decidedWithout(h, id, b)
	h.refuses(id, "withdraw-licence", li, casefile.Body{On: day("2026-03-16"), Evidence: "e"}, "wrong-state")
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-16"))
	h.due(id, "licence-withdrawal", "2026-03-30")
	pay(h, id, 72_000, "2026-03-16")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.Correcting)
	h.until("2026-03-31")
	if got := h.cases[id].Overdue; !slices.Equal(got, []string{"publish", "licence-withdrawal"}) {
		t.Errorf("overdue %v", got)
	}
	h.refuses(id, "withdraw-licence", li, casefile.Body{On: day("2026-04-01"), Evidence: "e"}, "day-in-future")
	e := h.act(id, "withdraw-licence", li, casefile.Body{On: day("2026-03-31"), Evidence: "e"})
	h.state(id, casefile.EnforcementClosed)
	if len(e.Late) != 1 {
		t.Errorf("late %v", e.Late)
	}
	h.act(id, "revoke", qian, casefile.Body{Contested: h.made(id, "decision"), Reasons: "r"})
	if notes := h.cases[id].Notes; notes[len(notes)-1] != "licence-to-return" {
		t.Errorf("notes %v", notes)
	}
}

// Annulled on reconsideration: both sums come back, the business opens.
func TestAnnulledInAllKinds(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	pay(h, id, 72_000, "2026-03-16")
	h.due(id, "suspension", "2026-04-16")
	h.until("2026-03-20")
	decision := h.made(id, "decision")
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: decision, Outcome: "revoked", On: day("2026-03-20")})
	h.notDue(id, "suspension")
	h.notDue(id, "payment")
	h.state(id, casefile.Correcting) // money is to come back
	for _, yuan := range []casefile.Fen{60_000, 12_000} {
		h.due(id, "refund", "2026-04-19")
		refund(h, id, yuan)
	}
	h.notDue(id, "refund")
	h.state(id, casefile.EnforcementClosed)
}

// To be redone: not the same again, in any kind, on the same facts.
func TestRedoneInAllKinds(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: h.made(id, "decision"), Outcome: "revoked-redo", On: day("2026-03-16")})
	h.state(id, casefile.Investigating)
	h.notDue(id, "suspension")
	h.refuses(id, "notify", li, heavy(), "same-again")
	b := heavy()
	b.Suspension = term("15d")
	h.act(id, "notify", li, b)
	if h.cases[id].Enforcement.Hearing == nil {
		t.Error("a new notice gives no new right to a hearing")
	}
}

// Varied: less confiscated, a shorter suspension counted from its service; then the fine falls alone.
func TestVariedKindByKind(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	pay(h, id, 72_000, "2026-03-16")
	decision := h.made(id, "decision")
	h.until("2026-03-20")
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: decision, Outcome: "varied", On: day("2026-03-20"), Confiscated: 10_000_00, Suspension: term("10d"), Body: "gov"})
	h.due(id, "suspension", "2026-03-26")
	refund(h, id, 2_000)
	h.paper(id, "judgment", "court", casefile.Body{Contested: decision, Outcome: "partly-revoked", On: day("2026-03-20"), Lifted: []string{"fine"}})
	refund(h, id, 60_000)
	if s := h.cases[id].Enforcement.Sanctions[0]; !s.Lifted || s.Annulled {
		t.Errorf("%+v", s)
	}
	h.act(id, "revoke", qian, casefile.Body{Contested: decision, Reasons: "r"})
	refund(h, id, 10_000)
	h.state(id, casefile.EnforcementClosed)
}

// Only a stay stops a suspension; what was left runs on.
func TestSuspensionStayed(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	decision := h.made(id, "decision")
	pay(h, id, 72_000, "2026-03-16")
	h.act(id, "verify", li, verified(yes()))
	h.until("2026-03-20")
	h.paper(id, "appeal", "operator", casefile.Body{Contested: decision, Route: "reconsideration", Applicant: "penalised", FiledOn: day("2026-03-19"), Body: "gov"})
	h.due(id, "suspension", "2026-04-16")
	h.paper(id, "stay", "body", casefile.Body{Contested: decision, Route: "reconsideration"})
	h.notDue(id, "suspension")
	h.until("2026-05-08")
	h.state(id, casefile.Correcting)
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: decision, Outcome: "upheld", On: day("2026-05-08")})
	h.due(id, "suspension", "2026-06-04") // 27 days were left
	h.until("2026-06-05")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// Stayed by the body and by the court, shortened by the body in between: four days had run, of the
// twenty that are left of the month sixteen run on when the last stay ends.
func TestSuspensionStayedTwiceAndShortened(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	decision := h.made(id, "decision")
	pay(h, id, 72_000, "2026-03-16")
	h.until("2026-03-20")
	h.paper(id, "stay", "body", casefile.Body{Contested: decision, Route: "reconsideration"})
	h.until("2026-03-30")
	h.paper(id, "stay", "court", casefile.Body{Contested: decision, Route: "court"})
	h.until("2026-04-10")
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: decision, Outcome: "varied", On: day("2026-04-10"), Suspension: term("20d"), Body: "gov"})
	h.notDue(id, "suspension")
	h.until("2026-05-08")
	h.paper(id, "judgment", "court", casefile.Body{Contested: decision, Outcome: "claim-rejected", On: day("2026-05-08")})
	h.due(id, "suspension", "2026-05-24")
}

// Varied by a body of this installation: what is at stake comes with our answer, and grows in no kind for
// who was penalised.
func TestVariedOnAppealInAllKinds(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	pay(h, id, 72_000, "2026-03-16")
	ap := inReview(h, id, "decision", "penalised")
	for _, b := range []casefile.Body{
		{Confiscated: 12_000_01}, {Suspension: term("32d")}, {Amount: 60_000_01},
	} {
		b.Outcome, b.Reasons = "varied", "r"
		h.refuses(ap, "decide", minister, b, "worse-for-applicant")
	}
	h.due(id, "suspension", "2026-04-16")
	h.until("2026-04-15")
	h.act(ap, "decide", minister, casefile.Body{Outcome: "varied", Confiscated: 5_000_00, Suspension: term("20d"), Lifted: []string{"fine"}, Reasons: "r"})
	h.act(ap, "serve", bureaucrat, proof("reconsideration-decision", "2026-04-15"))
	c := h.cases[id]
	if !c.Fines[0].Annulled || c.Fines[1].Amount != 5_000_00 || c.Fines[1].CollectedBy != ours {
		t.Errorf("%+v", c.Fines)
	}
	h.due(id, "suspension", "2026-04-05") // counted from its service: over, and nothing more to wait for
	refund(h, id, 60_000)
	refund(h, id, 7_000)
	h.until("2026-04-17")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// The body of this installation takes the revocation away and has the business suspended for a month in its
// place: lighter, counted from service, and to be carried out.
func TestSuspensionInPlaceOfARevocation(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := licenceRevoked(h)
	ap := inReview(h, id, "decision", "penalised")
	now := casefile.Body{Outcome: "varied", Suspension: term("2m"), Reasons: "r"}
	h.refuses(ap, "decide", minister, now, "worse-for-applicant")
	now.Lifted = []string{"licence-revocation"}
	decided(h, ap, now)
	h.notDue(id, "licence-withdrawal")
	h.due(id, "suspension", "2026-05-16")
	h.state(id, casefile.Correcting)
	h.until("2026-05-17")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// The licence was taken in, and the case closed, when the court puts three months of suspension in
// the place of its revocation: the licence goes back, the case is open till the suspension is over.
func TestClosedCaseWithASuspensionInPlaceOfARevocation(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := licenceRevoked(h)
	h.act(id, "withdraw-licence", li, casefile.Body{On: day("2026-03-16"), Evidence: "e"})
	h.state(id, casefile.EnforcementClosed)
	h.until("2026-03-20")
	e := h.paper(id, "judgment", "court", casefile.Body{Contested: h.made(id, "decision"), Outcome: "varied", On: day("2026-03-20"), Lifted: []string{"licence-revocation"}, Suspension: term("3m")})
	if !notified(e, "licence-to-return") {
		t.Errorf("notices %+v", e.Notices)
	}
	h.state(id, casefile.Correcting)
	h.due(id, "suspension", "2026-06-16")
	h.until("2026-06-17")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}
