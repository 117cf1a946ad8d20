package docket

import (
	"cmp"
	"context"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Fine is money of a case as it stands today, by the surcharge of the case's own regime; whole fen.
type Fine struct {
	Decision    int                `json:"decision"`
	What        string             `json:"what"`
	Currency    string             `json:"currency"`
	Announced   casefile.Fen       `json:"announced"`
	Amount      casefile.Fen       `json:"amount"`
	PerMille    int64              `json:"perMille,omitempty"`
	Due         calendar.Day       `json:"due,omitzero"`
	Surcharge   casefile.Fen       `json:"surcharge"`
	Paid        casefile.Fen       `json:"paid"`
	Owed        casefile.Fen       `json:"owed"`
	Annulled    bool               `json:"annulled,omitempty"`
	WrittenOff  casefile.Fen       `json:"writtenOff,omitempty"`
	CollectedBy string             `json:"collectedBy,omitempty"`
	Payments    []casefile.Payment `json:"payments,omitempty"`
	Refunds     []casefile.Refund  `json:"refunds,omitempty"`
}

func (d *Docket) fines(ctx context.Context, c casefile.Case) ([]Fine, error) {
	if len(c.Fines) == 0 {
		return nil, nil
	}
	regime, err := d.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	today, err := d.Today(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Fine, len(c.Fines))
	for i, f := range c.Fines {
		out[i] = Fine{
			Decision: f.Decision, What: cmp.Or(f.What, casefile.FineKind), Currency: casefile.Currency, Announced: f.Announced, Amount: f.Amount, PerMille: f.PerMille, Due: f.Due,
			Surcharge: f.SurchargeOn(today, regime.Surcharge), Paid: f.Paid(today), Owed: f.Owed(today, regime.Surcharge),
			Annulled: f.Annulled, WrittenOff: f.WrittenOff, CollectedBy: f.CollectedBy, Payments: f.Payments, Refunds: f.Refunds,
		}
	}
	return out, nil
}
