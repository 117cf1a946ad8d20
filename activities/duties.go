package activities

import (
	"context"
	"fmt"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
	"duban/register"
)

// Obligations tells what all operators owe on a day.
type Obligations func(ctx context.Context, on calendar.Day) ([]register.Obligation, error)

// DutyKeeper keeps what operators owe: it opens the duties of the calendar, reminds, and enters
// terms that have ended, by the clock of the law.
type DutyKeeper struct {
	register    *register.Register
	calendar    *calendar.Calendar
	obligations Obligations
}

// NewDutyKeeper joins the register with the built-in calendar, over which the register's holiday
// tables lie, and what operators owe.
func NewDutyKeeper(r *register.Register, c *calendar.Calendar, o Obligations) *DutyKeeper {
	return &DutyKeeper{register: r, calendar: c, obligations: o}
}

// ticksAtOnce bounds one look.
const ticksAtOnce = 200

// Keep does all that is due. Once a legal day, and under each new calendar, it opens duties; it
// may be killed anywhere and run beside another: what was done is in the register, each once.
func (k *DutyKeeper) Keep(ctx context.Context) error {
	now, err := k.register.Now(ctx)
	if err != nil {
		return err
	}
	days, err := k.register.Calendar(ctx, k.calendar)
	if err != nil {
		return err
	}
	watch, err := k.register.DutyWatch(ctx)
	if err != nil {
		return err
	}
	today := calendar.DayOf(now, days.Place())
	if watch.Through.Before(today) || watch.Calendar != days.Hash() {
		if err := k.open(ctx, days, watch.Through, today); err != nil {
			return err
		}
		// Marked last: a kill before it opens the rest the next time.
		if err := k.register.DutiesSeen(ctx, register.DutyWatch{Through: today, Calendar: days.Hash()}); err != nil {
			return err
		}
	}
	for {
		n, err := k.register.TickDuties(ctx, days, ticksAtOnce)
		if err != nil || n < ticksAtOnce {
			return err
		}
	}
}

func (k *DutyKeeper) open(ctx context.Context, days *calendar.Calendar, since, today calendar.Day) error {
	all, err := k.obligations(ctx, today)
	if err != nil {
		return fmt.Errorf("find what operators owe: %w", err)
	}
	for _, o := range all {
		for _, rule := range o.Duties {
			for _, t := range duties.Terms(rule, days, since, today) {
				if err := k.openTerm(ctx, days.Place(), o, rule, t); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (k *DutyKeeper) openTerm(ctx context.Context, place *time.Location, o register.Obligation, rule casefile.Duty, t duties.Term) error {
	var due, remind time.Time
	if !t.Last.IsZero() {
		due = t.Last.End(place)
	}
	if !t.Remind.IsZero() {
		remind = t.Remind.Start(place)
	}
	stands, err := k.register.DutiesAt(ctx, rule.Code, t.Period, due, remind)
	if err != nil {
		return err
	}
	for _, operator := range o.Operators {
		if stands[operator.ID] || !rule.Binds(operator.Types) {
			continue
		}
		err := k.register.OpenDuty(ctx, duties.Duty{
			Operator: operator.ID, Authority: o.Authority, Code: rule.Code, Title: rule.Title, Cadence: rule.Cadence, Period: t.Period,
			Cite: rule.Cite, Unverified: rule.Unverified, Violation: rule.Violation, Remind: remind, Due: due, Grace: rule.Grace,
			From: t.From, Term: rule.Term, Roll: rule.Roll,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
