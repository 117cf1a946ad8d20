package office

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"duban/access"
	"duban/docket"
	"duban/law/calendar"
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

// Act has an act made: it sees whether the caller may, asks whether the act is hopeless, commits it and has
// it settled. *Rejection where the law says no; ErrStale, ErrKeyReused; ErrUnsettled while nobody has
// settled it: the same key asks again.
func (o *Office) Act(ctx context.Context, who access.Who, a Act) (Acted, error) {
	// Of many who act on one case at once, all behind the one who changes it then find the case as it stands
	// after: what has become hopeless costs them a reading, and the case no settle.
	leave, err := o.acting.enter(ctx, a.Case)
	if err != nil {
		return Acted{}, err
	}
	defer leave()
	row, c, err := o.docket.Find(ctx, who, access.ActInCase, a.Case, a.Kind)
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
	act, err := o.commit(ctx, in, row, c)
	if err != nil {
		return Acted{}, err
	}
	seq, err := o.settle(ctx, row.Kind, act)
	if err != nil {
		return Acted{}, err
	}
	entry, err := o.docket.Entry(ctx, who, row.ID, seq)
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

// commit gives the act its row, unless the same request made one before or the act is hopeless: then it
// costs nothing.
func (o *Office) commit(ctx context.Context, in register.ActIn, row register.CaseRow, c casefile.Case) (register.ActRow, error) {
	was, err := o.register.ActByKey(ctx, in.Owner, in.Key)
	if err == nil {
		if was.Case != in.Case || was.Name != in.Name || was.By != in.By || !reflect.DeepEqual(was.Body, in.Body) {
			err = ErrKeyReused
		}
		return was, err
	}
	if !errors.Is(err, ErrNotFound) {
		return was, err
	}
	if in.IfMatch != nil && *in.IfMatch != row.Seq {
		return was, ErrStale
	}
	hopeless, err := o.preview(ctx, in, row, c)
	if err != nil || hopeless != nil {
		return was, errors.Join(err, rejected(hopeless))
	}
	return o.register.PutAct(ctx, in)
}

// settle has a committed act settled and gives its entry. An error of the desk says nothing: an act may be
// entered although the call that asked for it failed (architecture §3.4), so its row is read.
func (o *Office) settle(ctx context.Context, kind casefile.Kind, act register.ActRow) (entry int, err error) {
	if act.Verdict == nil {
		wait, cancel := context.WithTimeout(ctx, o.ActTimeout)
		entry, failed := o.Desk.Act(wait, kind, act.Case, act.ID)
		cancel()
		if entry > 0 {
			return entry, nil
		}
		if act, err = o.register.ActByID(ctx, act.ID); err != nil {
			return 0, err
		}
		if act.Verdict == nil {
			o.Logger.Warn("act without a verdict", "act", act.ID, "error", failed)
			return 0, ErrUnsettled
		}
	}
	return act.Verdict.Entry, rejected(act.Verdict.Refusal)
}

// preview asks the law about the act on the case as it stands. A refusal counts only when nothing waits
// that Settle would enter before the act.
func (o *Office) preview(ctx context.Context, a register.ActIn, row register.CaseRow, c casefile.Case) (*casefile.Refusal, error) {
	now, err := o.register.Now(ctx)
	if err != nil {
		return nil, err
	}
	law, err := o.docket.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	days, err := o.docket.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	m := casefile.Move{Class: casefile.Act, Name: a.Name, Ref: "preview", At: now, By: a.By, Body: a.Body}
	if err := m.Ask(c, o.asker.Of(o.register.Facts(ctx, c), c, calendar.DayOf(now, days.Place()))); err != nil {
		return nil, err
	}
	_, refusal, err := casefile.Decide(c, m, casefile.Law{Regime: law, Calendar: days})
	if err != nil || refusal == nil {
		return nil, err
	}
	stale := func(d casefile.Deadline) bool { return d.Stale(days) } // counted anew before the act
	if !row.NextDue.IsZero() && !row.NextDue.After(now) || slices.ContainsFunc(c.Deadlines, stale) {
		return nil, nil
	}
	waits, err := o.register.Waits(ctx, a.Case)
	if err != nil || waits {
		return nil, err
	}
	return refusal, nil
}
