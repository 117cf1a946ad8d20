package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

func TestPaidInTime(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 5000)
	h.until("2026-03-20")
	pay(h, id, 2000, "2026-03-19")
	h.state(id, casefile.Payable)
	pay(h, id, 3000, "2026-03-20")
	h.state(id, casefile.Correcting) // paying does not end the duty to correct (penalties 28)
	h.notDue(id, "payment")
	h.act(id, "verify", li, verified(no()))
	h.state(id, casefile.Correcting)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
	h.until("2026-10-01")
	if m := h.cases[id].Contestable; m[1].FinalOn != day("2026-09-14") {
		t.Errorf("the decision is final on %s", m[1].FinalOn)
	}
	if e := pay(h, id, 1, "2026-09-30"); len(h.cases[id].Fines[0].Refunds) != 1 || e.None != "" {
		t.Error("money that nobody owed is not to be refunded")
	}
	h.state(id, casefile.EnforcementClosed)
	h.due(id, "refund", "2026-10-31")
}

// 10,000 yuan, due 2026-03-27, paid on the twentieth day after: 6,000 of surcharge.
func TestPaidLate(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 10000)
	h.until("2026-03-28")
	h.state(id, casefile.Unpaid)
	h.until("2026-04-16")
	pay(h, id, 10000, "2026-04-16")
	h.state(id, casefile.Unpaid) // the surcharge is owed
	h.until("2026-05-20")
	if got := h.cases[id].Fines[0].Owed(h.today(), law().Regime.Surcharge); got != 600000 {
		t.Errorf("owed %d", got)
	}
	pay(h, id, 6000, "2026-05-20")
	h.state(id, casefile.Correcting)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// The bank's date counts: the lapse is set aside, the surcharge taken back.
func TestBankDateBeforeTheLapse(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 2000)
	h.until("2026-04-01")
	h.state(id, casefile.Unpaid)
	lapse := h.last(id)
	e := h.paper(id, "payment", "bank", casefile.Body{Amount: 200000, On: day("2026-03-27")}) // the day stands in the slip
	if len(e.Corrects) != 1 || e.Corrects[0] != lapse.Seq {
		t.Errorf("corrects %v, want %d", e.Corrects, lapse.Seq)
	}
	h.state(id, casefile.Correcting)
	for _, l := range h.cases[id].Lapses {
		if l.Name == "payment" {
			t.Errorf("still there: %v", l)
		}
	}
	if e := h.paper(id, "payment", "bank", casefile.Body{Amount: 100, On: day("2026-04-02")}); e.None != "day-in-future" {
		t.Errorf("paid tomorrow: %q", e.None)
	}
}

func TestWriteOff(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 1000)
	h.until("2026-04-06") // ten days late: 300
	h.refuses(id, "write-off", li, casefile.Body{Amount: 1, Reasons: "r"}, "wrong-role")
	h.refuses(id, "write-off", qian, casefile.Body{Amount: 130001, Reasons: "r"}, "more-than-owed")
	h.act(id, "write-off", qian, casefile.Body{Amount: 130000, Reasons: "r"})
	h.state(id, casefile.Correcting)
	h.until("2026-06-01")
	if got := h.cases[id].Fines[0].Owed(h.today(), law().Regime.Surcharge); got != 0 {
		t.Errorf("owed after the write-off: %d", got)
	}
	pay(h, id, 1000, "2026-03-27") // in time after all: it is kept, and nothing comes back that was never paid
	if f := h.cases[id].Fines[0]; len(f.Refunds) != 0 {
		t.Errorf("refunds: %+v", f.Refunds)
	}
}

// Revoked of our own motion, before and after money came, in an open and in a closed case.
func TestRevokedOfOwnMotion(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 1000)
	decision := h.made(id, "decision")
	h.refuses(id, "revoke", qian, casefile.Body{Contested: 1, Reasons: "r"}, "no-such-act")
	h.act(id, "revoke", qian, casefile.Body{Contested: decision, Reasons: "r"})
	h.state(id, casefile.EnforcementClosed) // nothing was paid, nothing is left
	h.refuses(id, "revoke", qian, casefile.Body{Contested: decision, Reasons: "r"}, "annulled-already")

	h = open(t, "2026-02-02")
	id = fined(h, 1000)
	pay(h, id, 400, "2026-03-12")
	h.act(id, "revoke", qian, casefile.Body{Contested: decision, Reasons: "r"})
	h.state(id, casefile.Correcting)
	h.notDue(id, "payment")
	refund(h, id, 400)
	h.state(id, casefile.EnforcementClosed)

	h = open(t, "2026-02-02")
	id = fined(h, 1000)
	pay(h, id, 1000, "2026-03-12")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
	h.act(id, "revoke", qian, casefile.Body{Contested: decision, Reasons: "r"})
	h.state(id, casefile.EnforcementClosed)
	h.due(id, "refund", "2026-04-11")
	h.until("2026-04-13")
	if got := h.cases[id].Overdue; len(got) != 1 || got[0] != "refund" {
		t.Errorf("overdue %v", got)
	}
	if e := refund(h, id, 1000); len(e.Late) != 1 {
		t.Errorf("late %v", e.Late)
	}
	if c := h.cases[id]; len(c.Overdue) != 0 || c.Fines[0].Refunds[0].Paid == 0 {
		t.Errorf("overdue %v, refund %+v", c.Overdue, c.Fines[0].Refunds)
	}

	h = open(t, "2026-02-02") // an order revoked while it ran
	id = ordered(h)
	h.act(id, "revoke", qian, casefile.Body{Contested: h.made(id, "order"), Reasons: "r"})
	h.state(id, casefile.Established)
	h.notDue(id, "rectification")
}

// refund goes due → treasury → paid, an entry each.
func refund(h *house, id string, yuan casefile.Fen) casefile.Entry {
	h.t.Helper()
	slip := casefile.Body{Amount: yuan * 100, On: h.today()}
	if e := h.paper(id, "refund-paid", "bank", slip); e.None != "no-such-refund" {
		h.t.Fatalf("the treasury paid before it was asked: %q", e.None)
	}
	h.act(id, "request-refund", li, casefile.Body{Amount: yuan * 100, Interest: 55})
	slip.Interest = 55
	return h.paper(id, "refund-paid", "bank", slip)
}

// A correction of a clerical error lowers; what it lowers below the money that came, comes back.
func TestCorrected(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 5000)
	pay(h, id, 5000, "2026-03-12")
	h.refuses(id, "correct", qian, casefile.Body{Amount: 600000, Reasons: "r"}, "amount-out-of-bounds")
	h.act(id, "correct", qian, casefile.Body{Amount: 50000, Reasons: "r"})
	if f := h.cases[id].Fines[0]; f.Amount != 50000 || len(f.Refunds) != 1 || f.Refunds[0].Amount != 450000 {
		t.Errorf("%+v", f)
	}
	refund(h, id, 4500)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}
