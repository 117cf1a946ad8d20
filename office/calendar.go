package office

import (
	"context"
	"fmt"

	"duban/access"
	"duban/law/calendar"
	"duban/register"
)

// MovedDeadline is a running deadline that a holiday table moves, or makes certain or provisional.
type MovedDeadline = register.MovedDeadline

// ErrCalendar is for a holiday table that contradicts those of the years beside it.
var ErrCalendar = register.ErrCalendar

// MovedDeadlines lists the running deadlines that a holiday table moves once it is loaded, by case, and tells whether
// it changes the calendar at all. Nothing is changed. Who wants both asks before the table is loaded: once it
// is, the workers shorten the list. ErrCalendar.
func (o *Office) MovedDeadlines(ctx context.Context, who access.Who, t calendar.Table) (moves []MovedDeadline, changes bool, err error) {
	if err := access.Ever(who, access.LoadCalendar); err != nil {
		return nil, false, err
	}
	was, err := o.calendarNow(ctx)
	if err != nil {
		return nil, false, err
	}
	days, err := was.With(t)
	if err != nil {
		return nil, false, fmt.Errorf("%w: %w", ErrCalendar, err)
	}
	err = o.register.MovedDeadlines(ctx, days, func(m MovedDeadline) error {
		moves = append(moves, m)
		return nil
	})
	return moves, days.Hash() != was.Hash(), err
}

// LoadCalendar makes a holiday table the one that its year goes by, in the caller's name, and tells whether
// that changed anything. Programs that run notice it within a second. ErrCalendar.
func (o *Office) LoadCalendar(ctx context.Context, who access.Who, t calendar.Table) (changed bool, err error) {
	if err := access.Ever(who, access.LoadCalendar); err != nil {
		return false, err
	}
	was, err := o.calendarNow(ctx)
	if err != nil {
		return false, err
	}
	return o.register.LoadTable(ctx, was, t, who.ID)
}

// calendarNow is the calendar as the register has it at this moment; the docket's may be a second old.
func (o *Office) calendarNow(ctx context.Context) (*calendar.Calendar, error) {
	days, err := o.docket.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	return o.register.Calendar(ctx, days)
}
