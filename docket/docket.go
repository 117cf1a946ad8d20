package docket

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
)

// ErrPurpose is for who opens personal data of a case that is not his to handle, and does not say why.
var ErrPurpose = errors.New("say for what purpose")

// freshness is how long a new holiday table may stay unseen here. Settle sees it at once.
const freshness = time.Second

// Docket reads cases. It is safe for use by many goroutines.
type Docket struct {
	register *register.Register
	builtIn  *calendar.Calendar
	days     atomic.Pointer[seen]
	pinned   regimes.Parsed
}

// seen is the calendar of the installation as it was a moment ago.
type seen struct {
	days *calendar.Calendar
	at   time.Time
}

// New reads from a register; its holiday tables lie over the built-in calendar.
func New(r *register.Register, builtIn *calendar.Calendar) *Docket {
	return &Docket{register: r, builtIn: builtIn}
}

// Thing is a case as far as rights hang on it.
func Thing(row register.CaseRow) access.Thing {
	return access.Thing{Case: row.ID, Authority: row.Authority, Operator: row.Operator, Visible: row.Visible}
}

// Find is a case to which the caller may do the action, of that kind (empty: of any). A case that he may
// not know of does not exist for him: access.ErrHidden.
func (d *Docket) Find(ctx context.Context, who access.Who, a access.Action, id string, kind casefile.Kind) (register.CaseRow, casefile.Case, error) {
	if err := access.Ever(who, a); err != nil {
		return register.CaseRow{}, casefile.Case{}, err
	}
	row, c, err := d.register.CaseByID(ctx, id)
	if err != nil {
		return row, c, err
	}
	tree, err := d.register.Tree(ctx)
	if err != nil {
		return row, c, err
	}
	if !access.May(tree, who, a, Thing(row)) || kind != "" && row.Kind != kind {
		return register.CaseRow{}, casefile.Case{}, fmt.Errorf("case %s: %w", id, access.ErrHidden)
	}
	return row, c, nil
}

// Calendar is the calendar of the installation; a newly loaded holiday table shows in it within a
// second.
func (d *Docket) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	if s := d.days.Load(); s != nil && time.Since(s.at) < freshness {
		return s.days, nil
	}
	at := time.Now()
	days, err := d.register.Calendar(ctx, d.builtIn)
	if err != nil {
		return nil, err
	}
	d.days.Store(&seen{days: days, at: at})
	return days, nil
}

// Today is the legal day.
func (d *Docket) Today(ctx context.Context) (calendar.Day, error) {
	now, err := d.register.Now(ctx)
	return calendar.DayOf(now, d.builtIn.Place()), err
}

// Pinned is the regime that a case pins by that hash; a hash never changes its text, so it is read once.
func (d *Docket) Pinned(ctx context.Context, hash string) (*casefile.Regime, error) {
	return d.pinned.Regime(hash, func(hash string) ([]byte, error) { return d.register.RegimeText(ctx, hash) })
}

// Parsed is Pinned where the text is at hand: the first case of a regime pins it only as it is filed.
func (d *Docket) Parsed(hash string, text []byte) (*casefile.Regime, error) {
	return d.pinned.Regime(hash, func(string) ([]byte, error) { return text, nil })
}

// hidden tells whether an error says that there is nothing, or nothing for this caller.
func hidden(err error) bool {
	return errors.Is(err, register.ErrNotFound) || errors.Is(err, access.ErrHidden) || errors.Is(err, access.ErrNever) || errors.Is(err, access.ErrNoKey)
}
