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

// checking tells whether an officer is still to compare a payment with the bank's.
func (c Case) checking() bool {
	return slices.ContainsFunc(c.Reports, PaymentReport.Waits) || slices.ContainsFunc(c.Doubts, PaymentDoubt.Waits)
}

// check gives the officer a day to compare with the bank: the first that was set, however many
// payments come. It belongs to the decision, so it outlives the closing of the case.
func (t *making) check() {
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
func (t *making) checkDue() calendar.Day {
	d, _ := t.armed("payment-check")
	return d.Day
}

// checked ends the check when nothing is left to compare.
func (t *making) checked() {
	if !t.c.checking() {
		t.clear("met", "payment-check")
	}
}
