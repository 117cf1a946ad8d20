package docket

import (
	"cmp"
	"slices"

	"duban/law/calendar"
	"duban/law/casefile"
)

// PaymentReport is a payment that the operator reports, and what the bank knows of it. Amount in fen.
type PaymentReport struct {
	Entry   int               `json:"entry"`
	Slip    string            `json:"slip,omitempty"`
	Day     calendar.Day      `json:"day"`
	Amount  casefile.Fen      `json:"amount"`
	State   string            `json:"state"`             // waiting, matched or not-found
	Payment *casefile.Payment `json:"payment,omitempty"` // the bank's, which counts
}

// PaymentDoubt is a payment by the bank that looks like one that was entered before. Amount in fen.
type PaymentDoubt struct {
	Entry   int          `json:"entry"`
	Paper   string       `json:"paper"`
	Slip    string       `json:"slip,omitempty"`
	Day     calendar.Day `json:"day"`
	Amount  casefile.Fen `json:"amount"`
	Like    string       `json:"like,omitempty"` // paper of the payment that it looks like
	Case    string       `json:"case,omitempty"` // to staff: the other case in which that slip was entered
	State   string       `json:"state"`          // undecided, counted or not-counted
	Decided int          `json:"decided,omitempty"`
}

func reports(c casefile.Case) (out []PaymentReport) {
	received := c.Received()
	for _, r := range c.Reports {
		x := PaymentReport{Entry: r.Entry, Slip: r.Slip, Day: r.Day, Amount: r.Amount, State: "waiting"}
		switch i := slices.IndexFunc(received, func(p casefile.Payment) bool { return p.Paper == r.Payment }); {
		case i >= 0:
			x.State, x.Payment = "matched", &received[i]
		case r.NotFound > 0:
			x.State = "not-found"
		}
		out = append(out, x)
	}
	return out
}

func doubts(c casefile.Case) (out []PaymentDoubt) {
	for _, d := range c.Doubts {
		x := PaymentDoubt{
			Entry: d.Entry, Paper: d.Paper, Slip: d.Slip, Day: d.Day, Amount: d.Amount, Like: d.Like, Case: d.Case,
			State: "undecided", Decided: cmp.Or(d.Counted, d.Dismissed),
		}
		switch {
		case d.Counted > 0:
			x.State = "counted"
		case d.Dismissed > 0:
			x.State = "not-counted"
		}
		out = append(out, x)
	}
	return out
}
