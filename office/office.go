// Package office joins the register and the regimes behind the API's interfaces: it picks the
// authority and the regime of a filing, asks the law whether an act is hopeless, and turns rows
// into what the API shows. It decides nothing that Settle would not decide again.
package office

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/law/standards"
	"duban/register"
)

// Office serves api.House. It is safe for use by many goroutines.
type Office struct {
	register *register.Register
	library  *regimes.Library
	builtIn  *calendar.Calendar
	days     atomic.Pointer[seen]
	pinned   sync.Map // hash → *casefile.Regime

	standards func() (*standards.Library, error) // read at the first call
}

var _ api.House = (*Office)(nil)

// seen is the calendar of the house as it was a moment ago.
type seen struct {
	days *calendar.Calendar
	at   time.Time
}

// New joins a register with the regimes and the built-in calendar, over which the register's
// holiday tables lie.
func New(r *register.Register, l *regimes.Library, c *calendar.Calendar) *Office {
	read := sync.OnceValues(func() (*standards.Library, error) { return standards.Load(l) })
	return &Office{register: r, library: l, builtIn: c, standards: read}
}

// Parts are what a house is ready by, in the order of /readyz; carrier asks whether cases are
// carried on.
func (o *Office) Parts(carrier func(context.Context) error) []api.Part {
	return []api.Part{
		{Name: "database", Check: o.register.Ready},
		{Name: "schema", Check: o.register.CheckSchema},
		{Name: "temporal", Check: carrier},
	}
}

// told turns what the register says into what the API expects.
func told(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, register.ErrNotFound):
		return fmt.Errorf("%w: %w", api.ErrNotFound, err)
	case errors.Is(err, register.ErrKeyReused):
		return fmt.Errorf("%w: %w", api.ErrKeyReused, err)
	case errors.Is(err, register.ErrFilter):
		return fmt.Errorf("%w: %w", api.ErrFilter, err)
	case errors.Is(err, register.ErrClock):
		return fmt.Errorf("%w: %w", api.ErrClock, err)
	case errors.Is(err, register.ErrSameAct):
		return reject("same-act", "", "penalties-2021:29", "该违法行为已由另一案件办理,申诉应并入该案。", "another case holds this violation act already; a complaint joins it")
	case errors.Is(err, register.ErrUnavailable):
		return fmt.Errorf("%w: %w", api.ErrUnavailable, err)
	}
	return err
}

// reject is what the door says no with.
func reject(code, field, cite, zh, en string) error {
	return &api.Rejection{Refusal: casefile.Refusal{Code: code, Field: field, Cite: cite, Reason: casefile.Text{Zh: zh, En: en}}}
}

// Now is the legal time.
func (o *Office) Now(ctx context.Context) (time.Time, error) {
	now, err := o.register.Now(ctx)
	return now, told(err)
}

func (o *Office) today(ctx context.Context) (calendar.Day, error) {
	now, err := o.register.Now(ctx)
	return calendar.DayOf(now, o.builtIn.Place()), told(err)
}

// State shows the clock of the law.
func (o *Office) State(ctx context.Context) (api.ClockState, error) {
	clock, err := o.register.Clock(ctx)
	if err != nil {
		return api.ClockState{}, told(err)
	}
	out := api.ClockState{Mode: string(clock.Mode)}
	if out.Now, err = o.register.Now(ctx); err != nil {
		return out, told(err)
	}
	if out.NextDue, err = o.register.NextDue(ctx); err != nil {
		return out, told(err)
	}
	out.Unsettled, err = o.register.Unsettled(ctx)
	return out, told(err)
}

// Step moves a stepped clock on.
func (o *Office) Step(ctx context.Context, to time.Time) error {
	return told(o.register.StepClock(ctx, to))
}
