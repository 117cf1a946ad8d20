package casefile

import "slices"

// fineOf is the fine of the decision made by that entry.
func (t *making) fineOf(entry int) *Fine { return t.moneyOf(entry, FineKind) }

// moneyOf is what the decision made by that entry has the operator pay, of that kind.
func (t *making) moneyOf(entry int, kind string) *Fine {
	for i := range t.c.Fines {
		if m := &t.c.Fines[i]; m.Decision == entry && m.kind() == kind {
			return m
		}
	}
	return nil
}

// open is the money in force, in the order in which a payment covers it: the newest decision
// first, and its fine, which may be raised, before what it confiscates.
func (t *making) open() []*Fine {
	var all []*Fine
	for i := range t.c.Fines {
		if m := &t.c.Fines[i]; !m.Annulled {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b *Fine) int { return b.Decision - a.Decision })
	return all
}

// payment enters money at the bank. One that looks like a payment that is here is neither counted
// nor lost: an officer decides.
func payment(t *making) {
	b := t.m.Body
	if len(t.c.Fines) == 0 || b.Amount <= 0 {
		t.none("nothing-owed")
		return
	}
	p := Payment{Paper: t.m.Ref, Day: b.On, Amount: b.Amount, Slip: b.Slip}
	if d, found := t.twin(p); found {
		t.doubt(d)
		return
	}
	t.count(p)
}

// count takes a payment on the bank's date (penalties 67), so one that was in time sets an entered
// lapse aside.
func (t *making) count(p Payment) {
	open := t.open()
	if len(open) == 0 {
		open = []*Fine{&t.c.Fines[len(t.c.Fines)-1]}
	}
	t.match(p)
	of := func(amount Fen) Payment { p.Amount = amount; return p }
	left := p.Amount
	for _, m := range open {
		part := min(left, max(0, m.Owed(t.today(), t.law.Regime.Surcharge)))
		m.receive(of(part))
		if over := min(part, -m.Owed(t.today(), t.law.Regime.Surcharge)); over > 0 { // a surcharge that the bank's date takes back
			m.receive(of(-over))
			part -= over
		}
		left -= part
	}
	open[0].receive(of(left)) // paid too much
	inTime := func(m *Fine) bool { return !m.Annulled && !m.Due.IsZero() && m.principalLeft(m.Due) == 0 }
	if !slices.ContainsFunc(open, func(m *Fine) bool { return !inTime(m) }) {
		t.setAside("payment", open[0].Due)
	}
	for _, m := range open {
		t.refundExcess(m)
	}
	t.settle()
}

// receive adds money of one slip.
func (f *Fine) receive(p Payment) {
	if n := len(f.Payments); n > 0 && f.Payments[n-1].Paper == p.Paper {
		f.Payments[n-1].Amount += p.Amount
		if f.Payments[n-1].Amount == 0 {
			f.Payments = f.Payments[:n-1]
		}
		return
	}
	if p.Amount != 0 {
		f.Payments = append(f.Payments, p)
	}
}

// paymentOverdue: the surcharge may run from now on, if the decision announced it (penalties 72).
// The demand to the operator is an act of ours, no lapse.
func paymentOverdue(t *making) {
	t.cite(t.law.Regime.Surcharge.Cite)
	t.notice("payment-overdue", "officer")
}

// refundExcess makes what was paid too much due back, unasked (reconsideration 72).
func (t *making) refundExcess(fine *Fine) {
	over := -fine.Owed(t.today(), t.law.Regime.Surcharge)
	if over <= 0 {
		return
	}
	fine.Refunds = append(fine.Refunds, Refund{Amount: over, Due: t.seq()})
	if !slices.ContainsFunc(t.c.Deadlines, func(d Deadline) bool { return d.is("refund") && d.Of == fine.Decision }) {
		t.armOf("refund", t.today(), fine.Decision)
	}
	t.cite("reconsideration-2023:72")
	t.notice("refund-due", "operator")
	t.notice("task", "officer")
}

func requestRefund(t *making) {
	for i := range t.c.Fines {
		for j := range t.c.Fines[i].Refunds {
			r := &t.c.Fines[i].Refunds[j]
			if r.Treasury == 0 && r.Amount == t.m.Body.Amount && t.m.Body.Interest >= 0 {
				r.Treasury, r.Interest = t.seq(), t.m.Body.Interest
				t.notice("refund-request", "treasury")
				return
			}
		}
	}
	due := slices.ContainsFunc(t.c.Fines, func(f Fine) bool {
		return slices.ContainsFunc(f.Refunds, func(r Refund) bool { return r.Treasury == 0 })
	})
	t.refuseField(fieldIf(due, "amount"), "no-such-refund", t.basis(), "没有该金额的待退款项。", "no refund of that amount is due")
}

func refundPaid(t *making) {
	for i := range t.c.Fines {
		fine := &t.c.Fines[i]
		for j := range fine.Refunds {
			r := &fine.Refunds[j]
			if r.Treasury == 0 || r.Paid != 0 || r.Amount+r.Interest != t.m.Body.Amount+t.m.Body.Interest {
				continue
			}
			r.Paid = t.seq()
			if !slices.ContainsFunc(t.c.Fines, func(m Fine) bool { return m.Decision == fine.Decision && m.refunding() }) {
				t.clearOf("met", "refund", fine.Decision)
			}
			t.notice("refund-paid", "operator")
			t.settle()
			return
		}
	}
	t.none("no-such-refund")
}

// refunding tells whether the operator still waits for money to come back.
func (f Fine) refunding() bool {
	return slices.ContainsFunc(f.Refunds, func(r Refund) bool { return r.Paid == 0 })
}

func writeOff(t *making) {
	left, owed := t.m.Body.Amount, Fen(0)
	for _, m := range t.open() {
		owed += max(0, m.Owed(t.today(), t.law.Regime.Surcharge))
	}
	if left <= 0 || left > owed {
		t.refuseField(fieldIf(owed > 0, "amount"), "more-than-owed", t.basis(), "核销金额超过欠缴金额。", "that is more than is owed")
		return
	}
	for _, m := range t.open() {
		part := min(left, max(0, m.Owed(t.today(), t.law.Regime.Surcharge)))
		if part == 0 {
			continue
		}
		m.WrittenOff += part
		m.WriteOffs = append(m.WriteOffs, Payment{Paper: t.m.Ref, Day: t.today(), Amount: part})
		left -= part
	}
	t.settle()
}

// owes tells whether any fine in force still has something to pay.
func (t *making) owes() bool {
	return slices.ContainsFunc(t.c.Fines, func(f Fine) bool {
		return !f.Annulled && (f.Due.IsZero() || f.Owed(t.today(), t.law.Regime.Surcharge) > 0)
	})
}

// settle moves a case whose money is done: to what is left to do, or to its end. It does nothing
// for cases that do not wait for money.
func (t *making) settle() {
	switch t.c.State {
	case Correcting, EnforcementClosed:
		if t.owes() { // a third party's appeal made the fine higher (reconsideration 63)
			t.to(Payable)
			t.arm("payment", t.today())
			return
		}
		switch f := t.c.Enforcement; {
		case t.c.State == Correcting:
			t.settleNow()
		case f != nil && f.pending(): // a suspension has taken the place of a revocation that was carried out
			t.to(Correcting)
		}
	case Payable, Unpaid, Decided:
		t.settleNow()
	}
}

// settleNow closes only when every sanction is paid, performed, annulled or written off, what is
// to come back has come back, and the fault is verified as corrected: a paid fine does not end
// the duty to correct (penalties 28). Where nothing is left of any sanction, there is no fault.
func (t *making) settleNow() {
	f := t.enforcement()
	if t.c.State == Decided && !f.allServed() || t.owes() {
		return
	}
	t.clear("moot", "payment", "service", "announcement")
	corrected := isTrue(f.Rectified) || f.live("") == nil
	switch {
	case corrected && !f.pending() && !slices.ContainsFunc(t.c.Fines, Fine.refunding):
		t.clearAll("moot")
		t.to(EnforcementClosed)
	default:
		if t.c.State != Correcting {
			t.to(Correcting)
		}
		if _, armed := t.armed("verification"); !corrected && !armed && !t.shut() && !t.late("verification") {
			t.arm("verification", t.today())
		}
		if corrected {
			t.clear("moot", "verification")
		}
	}
}

// shut tells whether a suspension of business runs, or stands still. Two officers look when it is
// over, whether the business is in order again.
func (t *making) shut() bool {
	_, runs := t.armed("suspension")
	return runs || t.stayedAt("suspension") >= 0
}

// allServed tells whether no sanction in force still waits for its service.
func (f *EnforcementFile) allServed() bool {
	return !slices.ContainsFunc(f.Sanctions, func(s Sanction) bool { return !s.Annulled && s.Served.IsZero() })
}

// verifyFault finds, by two officers, whether the fault itself is corrected.
func verifyFault(t *making) {
	if !t.team() {
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
func (t *making) freeze(k *Contest) {
	fine := t.fineOf(k.Act)
	if fine == nil || k.Applicant != "penalised" {
		return
	}
	if slices.ContainsFunc(fine.Frozen, func(s Span) bool { return t.frozenBy(s) == k }) {
		return
	}
	from := k.FiledOn
	if from.IsZero() {
		from = k.AcceptedOn
	}
	if from.IsZero() {
		return // neither day is known: nothing is frozen on a guess
	}
	if t.law.Regime.Surcharge.FreezeGap && k.Route == "court" {
		for _, before := range t.c.Contests {
			if before.Act == k.Act && before.Route == "reconsideration" && !before.EndedOn.IsZero() {
				from = before.EndedOn.AddDays(1)
			}
		}
	}
	fine.Frozen = append(fine.Frozen, Span{From: from, Contest: t.indexOf(k), By: k.Entry})
	t.cite(t.law.Regime.Surcharge.FreezeCite)
	t.refundExcess(fine) // what was paid for days that turn out to be frozen
}

// frozenBy is the contest that froze those days: by the entry that noted it, or by its place where
// neither has a name yet.
func (t *making) frozenBy(s Span) *Contest {
	for i := range t.c.Contests {
		if k := &t.c.Contests[i]; s.By != 0 && k.Entry == s.By || s.By == 0 && i == s.Contest {
			return k
		}
	}
	return nil
}

func (t *making) indexOf(k *Contest) int {
	for i := range t.c.Contests {
		if &t.c.Contests[i] == k {
			return i
		}
	}
	return -1
}

// thaw ends the freeze on the day the outcome takes effect. An application that was never accepted
// froze nothing unless the regime says so; one whose acceptance never reached us froze all the same.
func (t *making) thaw(k *Contest) {
	fine := t.fineOf(k.Act)
	if fine == nil {
		return
	}
	switch k.Outcome {
	case OutcomeNotAccepted, OutcomeAbandoned, OutcomeWithdrawn:
		if t.law.Regime.Surcharge.FreezeNotAccepted {
			t.freeze(k)
		}
	default:
		t.freeze(k)
	}
	for i := range fine.Frozen {
		if t.frozenBy(fine.Frozen[i]) == k {
			fine.Frozen[i].To = k.EndedOn
		}
	}
}
