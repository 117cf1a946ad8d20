package casefile

import "slices"

// twin finds what a payment looks like: one that counts, one in doubt with the same number, or one that
// was entered in another case. Who pays twice is not to lose it, so an officer looks.
func (t *making) twin(p Payment) (d PaymentDoubt, found bool) {
	d = PaymentDoubt{Entry: t.seq(), Paper: p.Paper, Slip: p.Slip, Day: p.Day, Amount: p.Amount}
	for _, q := range t.c.Received() {
		if p.likeness(q) != otherMoney {
			d.Like = q.Paper
			return d, true
		}
	}
	for _, x := range t.c.Doubts {
		if p.likeness(x.payment()) == sameNumber {
			d.Like = x.Paper
			return d, true
		}
	}
	d.Case = t.m.SlipCase
	return d, d.Case != ""
}

// doubt keeps a payment that is on file only, and puts it before the officer.
func (t *making) doubt(d PaymentDoubt) {
	t.none(sameSlip)
	t.c.Doubts = append(t.c.Doubts, d)
	t.check()
	t.notice("payment-doubted", "officer").Due = t.checkDue()
}

// countPayment: it is money of its own. It counts from the bank's day on, as if it had never been in doubt.
func countPayment(t *making) {
	of := func(again bool) int {
		return slices.IndexFunc(t.c.Doubts, func(d PaymentDoubt) bool { return d.Counted == 0 && (again || d.Entry == t.m.Body.Payment) })
	}
	i := of(false)
	if i < 0 {
		t.refuseField(fieldIf(of(true) >= 0, "payment"), "no-such-payment", t.basis(), "没有该编号的存疑缴款。", "no payment of that entry is in doubt")
		return
	}
	t.c.Doubts[i].Counted, t.c.Doubts[i].Dismissed = t.seq(), 0
	t.notice("payment-counted", "operator")
	t.count(t.c.Doubts[i].payment())
}

// dismissPayment: the payment in doubt is one that is here already, or belongs to another case; or
// the bank has no payment such as the operator reports.
func dismissPayment(t *making) {
	entry := t.m.Body.Payment
	for i := range t.c.Doubts {
		if d := &t.c.Doubts[i]; d.Entry == entry && d.Waits() {
			d.Dismissed = t.seq()
			t.notice("payment-dismissed", "operator")
			t.checked()
			return
		}
	}
	for i := range t.c.Reports {
		if r := &t.c.Reports[i]; r.Entry == entry && r.Waits() {
			r.NotFound = t.seq()
			t.notice("payment-not-found", "operator")
			t.checked()
			return
		}
	}
	t.refuseField(fieldIf(t.c.checking(), "payment"), "no-such-payment", t.basis(), "没有该编号的存疑缴款或者待核对的缴款告知。", "no payment of that entry is in doubt, and no report of that entry waits")
}
