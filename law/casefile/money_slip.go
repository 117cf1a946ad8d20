package casefile

import (
	"slices"
	"strings"
	"unicode"

	"duban/law/calendar"
)

// PaymentReport is a payment of which the operator has told. It never counts as money: what counts is
// what the bank reports (penalties 67), with which it is matched.
type PaymentReport struct {
	Entry    int          `json:"entry"`
	Slip     string       `json:"slip,omitempty"` // the bank's number of the slip
	Day      calendar.Day `json:"day"`
	Amount   Fen          `json:"amount"`
	Payment  string       `json:"payment,omitempty"`  // paper of the bank's payment that it is; empty: none has come
	NotFound int          `json:"notFound,omitempty"` // entry by which an officer found that none has come; one that comes later is matched all the same
}

// PaymentDoubt is a payment by the bank that looks like one that is here already. It is no money until an
// officer counts it.
type PaymentDoubt struct {
	Entry     int          `json:"entry"`
	Paper     string       `json:"paper"`
	Slip      string       `json:"slip,omitempty"`
	Day       calendar.Day `json:"day"`
	Amount    Fen          `json:"amount"`
	Like      string       `json:"like,omitempty"`      // paper of the payment of this case that it looks like
	Case      string       `json:"case,omitempty"`      // else the other case in which a payment with that slip was entered
	Counted   int          `json:"counted,omitempty"`   // entry by which it was counted
	Dismissed int          `json:"dismissed,omitempty"` // entry by which it was found to be no money of its own
}

// sameSlip is why a payment is on file and yet puts something before an officer.
const sameSlip = "same-slip"

// Waits tells whether the report is still to be compared with the bank's payments.
func (r PaymentReport) Waits() bool { return r.Payment == "" && r.NotFound == 0 }

// Waits tells whether an officer is still to decide.
func (d PaymentDoubt) Waits() bool { return d.Counted == 0 && d.Dismissed == 0 }

// SlipKey is the number of a slip as numbers are compared: its letters and digits, however they are
// written and set apart; empty: it says none.
func SlipKey(number string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, number)
}

// How two payments, or a payment and a report, may be the same.
const (
	otherMoney = iota
	sameSum    // of one day and one sum, and one of them at least says no number
	sameNumber // whatever day and sum they say
)

// likeness compares by slip, day and sum. Two numbers that differ are two slips.
func (p Payment) likeness(q Payment) int {
	a, b := SlipKey(p.Slip), SlipKey(q.Slip)
	switch {
	case a != "" && a == b:
		return sameNumber
	case (a == "" || b == "") && p.Day == q.Day && p.Amount == q.Amount:
		return sameSum
	}
	return otherMoney
}

func (r PaymentReport) payment() Payment { return Payment{Slip: r.Slip, Day: r.Day, Amount: r.Amount} }

func (d PaymentDoubt) payment() Payment {
	return Payment{Paper: d.Paper, Day: d.Day, Amount: d.Amount, Slip: d.Slip}
}

// Received is every payment of the bank's that counts, whole: one may cover several fines.
func (c Case) Received() []Payment {
	var all []Payment
	for _, f := range c.Fines {
		for _, p := range f.Payments {
			if i := slices.IndexFunc(all, func(q Payment) bool { return q.Paper == p.Paper }); i >= 0 {
				all[i].Amount += p.Amount
				continue
			}
			all = append(all, p)
		}
	}
	return all
}

// reportPayment enters what the operator says that it has paid. It is matched with the bank's payment
// if that is here; else it waits for it while something is owed, or a payment is in doubt.
func reportPayment(t *turn) {
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
func (t *turn) matched(paper string) bool {
	return slices.ContainsFunc(t.c.Reports, func(r PaymentReport) bool { return r.Payment == paper })
}

// match finds the report that a payment of the bank's is: the same slip before the same sum, one that
// waits before one that an officer has closed.
func (t *turn) match(p Payment) {
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

// twin finds what a payment looks like: one that counts, one in doubt with the same number, or one that
// was entered in another case. Who pays twice is not to lose it, so an officer looks.
func (t *turn) twin(p Payment) (d PaymentDoubt, found bool) {
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
func (t *turn) doubt(d PaymentDoubt) {
	t.none(sameSlip)
	t.c.Doubts = append(t.c.Doubts, d)
	t.check()
	t.notice("payment-doubted", "officer").Due = t.checkDue()
}

// countPayment: it is money of its own. It counts from the bank's day on, as if it had never been in doubt.
func countPayment(t *turn) {
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
func dismissPayment(t *turn) {
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

// checking tells whether an officer is still to compare a payment with the bank's.
func (c Case) checking() bool {
	return slices.ContainsFunc(c.Reports, PaymentReport.Waits) || slices.ContainsFunc(c.Doubts, PaymentDoubt.Waits)
}

// check gives the officer a day to compare with the bank: the first that was set, however many
// payments come. It belongs to the decision, so it outlives the closing of the case.
func (t *turn) check() {
	if _, armed := t.armed("payment-check"); armed || t.late("payment-check") {
		return
	}
	rule, known := t.term("payment-check")
	if !known { // pinned before there was such a clock
		if rule, known = t.term("task"); !known {
			t.fail("regime %s has no term for the officer to check a payment", t.law.Regime.Name)
			return
		}
	}
	t.armRule("payment-check", rule, t.today(), t.c.Fines[len(t.c.Fines)-1].Decision)
}

// checkDue is the day of the check; zero where it has passed.
func (t *turn) checkDue() calendar.Day {
	d, _ := t.armed("payment-check")
	return d.Day
}

// checked ends the check when nothing is left to compare.
func (t *turn) checked() {
	if !t.c.checking() {
		t.clear("met", "payment-check")
	}
}
