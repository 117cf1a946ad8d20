package office

import (
	"context"
	"errors"

	"duban/access"
	"duban/docket"
	"duban/law/casefile"
	"duban/law/phone"
	"duban/register"
)

// Act is an act as an officer asks for it.
type Act struct {
	Key string // the Idempotency-Key

	Case    string
	Kind    casefile.Kind
	Name    string
	Body    casefile.Body
	IfMatch *int // the seq that the officer saw

	Contact *Person // correct-facts: where the case's person can be reached; it never stands with the act
}

// Acted is an act that was entered.
type Acted struct {
	ID    string
	Kind  casefile.Kind
	Entry docket.Entry
}

// Act makes an act: it sees whether the caller may, and has it settled in one transaction with what comes
// before it. What it gives is committed. *Rejection where the law says no, which leaves nothing; ErrStale,
// ErrKeyReused; ErrStuck where a move before it can't be decided. After any other error the same key asks
// again, and gives the entry if there is one.
func (o *Office) Act(ctx context.Context, who access.Who, a Act) (Acted, error) {
	// Of many who act on one case at once, those behind wait here and not on its row, each with a connection.
	leave, err := o.acting.enter(ctx, a.Case)
	if err != nil {
		return Acted{}, err
	}
	defer leave()
	row, _, err := o.docket.Find(ctx, who, access.ActInCase, a.Case, a.Kind)
	if err != nil {
		return Acted{}, err
	}
	in := register.ActIn{Owner: who.Owner(), Key: a.Key, Case: row.ID, Name: a.Name, By: who.Actor(), Body: a.Body, IfMatch: a.IfMatch, Contact: a.Contact}
	if a.Contact != nil { // the law sees that there is one, and the register whether the same was asked for before
		if err := whole(a.Kind, *a.Contact); err != nil {
			return Acted{}, err
		}
		if in.Body.Contact, err = o.register.ContactDigest(*a.Contact); err != nil {
			return Acted{}, err
		}
	}
	if a.IfMatch != nil && *a.IfMatch != row.Seq { // told before anything is settled, unless it was made
		if _, err := o.register.ActByKey(ctx, in.Owner, in.Key); errors.Is(err, ErrNotFound) {
			return Acted{}, ErrStale
		} else if err != nil {
			return Acted{}, err
		}
	}
	act, err := o.settle.Act(ctx, in)
	if err != nil {
		return Acted{}, err
	}
	if act.After.Seq != row.Seq { // also where only what came before a refused act was entered
		o.Desk.Acted(row.Kind, row.ID, act.State, act.After)
	}
	if no := act.Refusal; no != nil {
		if no.Code == "stale" {
			return Acted{}, ErrStale
		}
		if err := o.docket.Named(ctx, no); err != nil {
			return Acted{}, err
		}
		return Acted{}, rejected(no)
	}
	var entry docket.Entry
	if act.Made != nil {
		entry, err = o.docket.Made(ctx, who, *act.Made, in.Body)
	} else {
		entry, err = o.docket.Entry(ctx, who, row.ID, act.Entry)
	}
	return Acted{ID: act.ID, Kind: row.Kind, Entry: entry}, err
}

// whole keeps a contact out under which nobody can be reached.
func whole(k casefile.Kind, p Person) error {
	party := string(k.Filer())
	switch {
	case p.Name == "":
		return no("missing-field", party+"Name")
	case !canBeReached(p):
		return no("contact-needed", party+"Phone")
	}
	return nil
}

// canBeReached tells whether something can be sent to a person, or they can be rung up.
func canBeReached(p Person) bool {
	return len(phone.Numbers(p.Phone)) > 0 || p.Email != "" || p.Address != ""
}
