package casefile

import "slices"

// reportPayment enters what the operator says that it has paid. It is matched with the bank's payment
// if that is here; else it waits for it while something is owed, or a payment is in doubt.
func reportPayment(t *making) {
	b := t.m.Body
	r := PaymentReport{Entry: t.seq(), Slip: b.Slip, Day: b.On, Amount: b.Amount}
	if len(t.c.Fines) == 0 || b.Amount <= 0 {
		t.none("nothing-owed")
		return
	}
	if slices.ContainsFunc(t.c.Reports, func(x PaymentReport) bool {
		return x.payment().likeness(r.payment()) == sameNumber && x.Day == r.Day && x.Amount == r.Amount
	}) {
		t.none("known-already")
		return
	}
	best := otherMoney
	for _, p := range t.c.Received() {
		if n := p.likeness(r.payment()); n > best && !t.matched(p.Paper) {
			best, r.Payment = n, p.Paper
		}
	}
	if r.Payment == "" && !t.owes() && !slices.ContainsFunc(t.c.Doubts, PaymentDoubt.Waits) {
		t.none("nothing-owed")
		return
	}
	t.c.Reports = append(t.c.Reports, r)
	if r.Payment == "" {
		t.check()
		t.notice("payment-reported", "officer").Due = t.checkDue()
	}
}

// matched tells whether a report has been found to be that payment.
func (t *making) matched(paper string) bool {
	return slices.ContainsFunc(t.c.Reports, func(r PaymentReport) bool { return r.Payment == paper })
}

// match finds the report that a payment of the bank's is: the same slip before the same sum, one that
// waits before one that an officer has closed.
func (t *making) match(p Payment) {
	best, at := 0, -1
	for i, r := range t.c.Reports {
		rank := 2 * p.likeness(r.payment())
		if rank > 0 && r.Waits() {
			rank++
		}
		if r.Payment == "" && rank > best {
			best, at = rank, i
		}
	}
	if at >= 0 {
		t.c.Reports[at].Payment = p.Paper
	}
	t.checked()
}
