package casefile

import (
	"slices"

	"duban/calendar"
)

// fineOf is the money of the decision made by that entry.
func (t *turn) fineOf(entry int) *Fine {
	for i := range t.c.Fines {
		if t.c.Fines[i].Decision == entry {
			return &t.c.Fines[i]
		}
	}
	return nil
}

// openFine is the newest fine in force.
func (t *turn) openFine() *Fine {
	for i := len(t.c.Fines) - 1; i >= 0; i-- {
		if !t.c.Fines[i].Annulled {
			return &t.c.Fines[i]
		}
	}
	return nil
}

// payment counts on the bank's date (penalties 67), so one that was in time sets an entered lapse aside.
func payment(t *turn) {
	fine := t.openFine()
	if fine == nil && len(t.c.Fines) > 0 {
		fine = &t.c.Fines[len(t.c.Fines)-1]
	}
	if fine == nil || t.m.Body.Amount <= 0 {
		t.none("nothing-owed")
		return
	}
	fine.Payments = append(fine.Payments, Payment{Paper: t.m.Ref, Day: t.m.Body.On, Amount: t.m.Body.Amount})
	if !fine.Due.IsZero() && fine.Paid(fine.Due) >= fine.Amount-fine.WrittenOff {
		t.setAside("payment")
	}
	t.refundExcess(fine)
	t.settle()
}

// paymentOverdue: the surcharge may run from now on, if the decision announced it (penalties 72).
func paymentOverdue(t *turn) {
	if t.c.State != Unpaid {
		return
	}
	t.cite(t.law.Regime.Surcharge.Cite)
	t.notice("payment-overdue", "operator")
	t.notice("payment-overdue", "officer")
}

// refundExcess makes what was paid too much due back, in an entry of its own kind: this one.
func (t *turn) refundExcess(fine *Fine) {
	over := -fine.Owed(t.lastMoneyDay(fine), t.law.Regime.Surcharge)
	if over <= 0 {
		return
	}
	fine.Refunds = append(fine.Refunds, Refund{Amount: over, Due: t.seq()})
	t.clear("moot", "refund")
	t.armOf("refund", t.today(), fine.Decision)
	t.cite("reconsideration-2023:72")
	t.notice("refund-due", "operator")
}

// lastMoneyDay is the day by which what is owed is reckoned: the day the last money came.
func (t *turn) lastMoneyDay(fine *Fine) (day calendar.Day) {
	for _, p := range fine.Payments {
		if p.Day.After(day) {
			day = p.Day
		}
	}
	return day
}

func requestRefund(t *turn) {
	for i := range t.c.Fines {
		for j := range t.c.Fines[i].Refunds {
			r := &t.c.Fines[i].Refunds[j]
			if r.Treasury == 0 && r.Amount == t.m.Body.Amount {
				r.Treasury, r.Interest = t.seq(), t.m.Body.Interest
				t.notice("refund-request", "treasury")
				return
			}
		}
	}
	t.refuse("no-such-refund", t.e.Cites[0], "没有该金额的待退款项。", "no refund of that amount is due")
}

func refundPaid(t *turn) {
	for i := range t.c.Fines {
		for j := range t.c.Fines[i].Refunds {
			r := &t.c.Fines[i].Refunds[j]
			if r.Treasury != 0 && r.Paid == 0 && r.Amount+r.Interest == t.m.Body.Amount+t.m.Body.Interest {
				r.Paid = t.seq()
				t.clearOf("refund", t.c.Fines[i].Decision)
				t.notice("refund-paid", "operator")
				t.settle()
				return
			}
		}
	}
	t.none("no-such-refund")
}

func writeOff(t *turn) {
	fine := t.openFine()
	if fine == nil || t.m.Body.Amount <= 0 || t.m.Body.Amount > fine.Owed(t.today(), t.law.Regime.Surcharge) {
		t.refuse("more-than-owed", t.e.Cites[0], "核销金额超过欠缴金额。", "that is more than is owed")
		return
	}
	fine.WrittenOff += t.m.Body.Amount
	t.settle()
}

// owes tells whether any fine in force still has something to pay on the last day money came, or
// a refund that the operator still waits for.
func (t *turn) owes() bool {
	for i := range t.c.Fines {
		f := &t.c.Fines[i]
		for _, r := range f.Refunds {
			if r.Paid == 0 {
				return true
			}
		}
		if !f.Annulled && (f.Due.IsZero() || f.Owed(t.reckonOn(f), t.law.Regime.Surcharge) > 0) {
			return true
		}
	}
	return false
}

// reckonOn: while principal is unpaid the surcharge runs to today; after that it stands still.
func (t *turn) reckonOn(f *Fine) calendar.Day {
	if f.Paid(calendar.Day{}) < f.Amount-f.WrittenOff {
		return t.today()
	}
	return t.lastMoneyDay(f)
}

// settle moves a case whose money is done: to the verification of the fault, or to its end. It
// does nothing for cases that do not wait for money.
func (t *turn) settle() {
	switch t.c.State {
	case Payable, Unpaid, Correcting, Decided:
		t.settleNow()
	}
}

// settleNow closes only when every sanction is paid, performed, annulled or written off and the
// fault is verified as corrected: a paid fine does not end the duty to correct (penalties 28).
func (t *turn) settleNow() {
	f := t.enforcement()
	if t.c.State == Decided && f.live("") != nil && f.live("").Served.IsZero() {
		return
	}
	if t.owes() {
		return
	}
	t.clear("met", "payment", "service")
	if isTrue(f.Rectified) || f.live("") == nil {
		t.clearAll("moot")
		t.to(EnforcementClosed)
		return
	}
	if t.c.State != Correcting {
		t.to(Correcting)
		t.arm("verification", t.day())
	}
}

// verifyFault finds, by two officers, whether the fault itself is corrected.
func verifyFault(t *turn) {
	if !t.two() {
		return
	}
	f := t.enforcement()
	f.Rectified = t.m.Body.Rectified
	t.clear("met", "verification")
	if isTrue(f.Rectified) {
		t.settle()
		return
	}
	t.arm("verification", t.day())
}

// freeze stops the surcharge for the penalised party's appeal over the fine (penalties 73);
// payment itself stays due.
func (t *turn) freeze(k *Contest) {
	fine := t.fineOf(k.Act)
	if fine == nil || k.Applicant != "penalised" {
		return
	}
	i := t.indexOf(k)
	if slices.ContainsFunc(fine.Frozen, func(s Span) bool { return s.Contest == i }) {
		return
	}
	from := k.FiledOn
	if t.law.Regime.Surcharge.FreezeGap && k.Route == "court" {
		for _, before := range t.c.Contests {
			if before.Act == k.Act && before.Route == "reconsideration" && !before.EndedOn.IsZero() {
				from = before.EndedOn.AddDays(1)
			}
		}
	}
	fine.Frozen = append(fine.Frozen, Span{From: from, Contest: i})
	t.cite(t.law.Regime.Surcharge.FreezeCite)
}

func (t *turn) indexOf(k *Contest) int {
	for i := range t.c.Contests {
		if &t.c.Contests[i] == k {
			return i
		}
	}
	return -1
}

// thaw ends the freeze on the day the outcome takes effect. An application that was not accepted
// froze nothing unless the regime says so; an outcome whose acceptance never reached us froze all the same.
func (t *turn) thaw(k *Contest) {
	fine := t.fineOf(k.Act)
	if fine == nil {
		return
	}
	if k.Outcome != OutcomeNotAccepted || t.law.Regime.Surcharge.FreezeNotAccepted {
		t.freeze(k)
	}
	i := t.indexOf(k)
	for j := range fine.Frozen {
		if fine.Frozen[j].Contest == i {
			fine.Frozen[j].To = k.EndedOn
		}
	}
}
