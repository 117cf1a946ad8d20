package calendar

import (
	"errors"
	"fmt"
)

// Before returns the latest day on which something can be done that must be
// done at least t before an event, such as the notice of a hearing, seven
// working days before it (Administrative Penalties Law art.64). The day of the
// event is not counted; counting goes back from the day before it. If roll is
// set, a day of rest gives way to the last working day before it, so that the
// term is kept whole; working days come to a working day anyhow.
//
// The Due is 24:00 of that day. The error tells of no event or no term.
func (c *Calendar) Before(event Day, t Term, roll bool) (Due, error) {
	if event.IsZero() {
		return Due{}, errors.New("a term before no event")
	}
	if err := t.Check(); err != nil {
		return Due{}, fmt.Errorf("term: %w", err)
	}
	w := walk{c: c, steps: make([]Step, 0, 4)}
	first := event.AddDays(-1)
	w.say(Step{Kind: StepEvent, From: event, To: first})
	var day Day
	inDoubt := false
	if t.Unit == WorkingDays {
		day = w.countBack(first, t.N)
		inDoubt = !day.IsZero() && w.doubt(day, first)
	} else {
		last := w.nominalBack(event, t)
		day = last
		if roll {
			day = w.rollBack(last)
			inDoubt = !day.IsZero() && w.doubt(day, last)
		}
	}
	if day.IsZero() {
		return Due{}, fmt.Errorf("%s before %s is before all days", t, event)
	}
	return Due{Day: day, Due: day.End(c.place), Provisional: inDoubt, Steps: w.steps}, nil
}

// nominalBack is the latest day of natural days, months or years, before any
// giving way.
func (w *walk) nominalBack(event Day, t Term) Day {
	var last Day
	switch t.Unit {
	case Months:
		last = event.AddMonths(-t.N)
	case Years:
		last = event.AddMonths(-12 * t.N)
	default:
		last = event.AddDays(-t.N)
	}
	w.say(Step{Kind: StepBack, From: event.AddDays(-1), To: last, N: t.N, Unit: t.Unit})
	return last
}

// countBack is the n-th working day from first back.
func (w *walk) countBack(first Day, n int) Day {
	w.say(Step{Kind: StepBack, From: first, N: n, Unit: WorkingDays})
	at := len(w.steps) - 1
	day := first
	for left := n; !day.IsZero(); day = day.AddDays(-1) {
		if w.pass(day) {
			if left--; left == 0 {
				break
			}
		}
	}
	w.steps[at].To = day
	w.tellWeekends()
	return day
}

// rollBack is the last working day up to last.
func (w *walk) rollBack(last Day) Day {
	day := last
	for !day.IsZero() && !w.pass(day) {
		day = day.AddDays(-1)
	}
	w.tellWeekends()
	if day != last {
		w.say(Step{Kind: StepRollBack, From: last, To: day, N: last.Sub(day)})
	}
	return day
}
