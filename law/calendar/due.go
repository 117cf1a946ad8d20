package calendar

import (
	"fmt"
	"time"
)

// Due is the end of a term and how it was found.
type Due struct {
	Day Day       `json:"day"` // the last day of the term
	Due time.Time `json:"due"` // 24:00 of it: the first instant that is too late

	// Provisional: holidays that may move the day are not in a table. Either
	// the notice is not published yet, or the year is before the first table.
	Provisional bool   `json:"provisional"`
	Steps       []Step `json:"steps"`
}

// newYearReach is how many days before 1 January the notice for a year may
// speak of: a bridge to New Year's Day claims at most the weekend before a
// Thursday, from 27 December. (2018-12-31, a Monday, was off by the notice for
// 2019, and 2018-12-29 a working day.)
const newYearReach = 5

// Due returns the last day of a term that an event on the day from sets
// running. The day from is not counted. If roll is set, a last day of rest
// gives way to the first working day after it (Civil Procedure Law art.85);
// working days end on a working day anyhow, so for them roll is of no effect.
//
// It panics if from is no day or t fails its Check: the alternative is a
// deadline that has passed before it is set.
func (c *Calendar) Due(from Day, t Term, roll bool) Due {
	due, err := c.Count(Count{From: from, Term: t, Roll: roll})
	if err != nil {
		panic(fmt.Sprintf("calendar: %v", err))
	}
	return due
}

// walk goes over days and notes what a reader needs in order to follow.
type walk struct {
	c       *Calendar
	steps   []Step
	still   []Span // days on which the term stands still, in their order
	told    int    // how many of them the steps have told
	weekend Step   // plain weekends come one after another: told as one sum
}

func (w *walk) say(s Step) { w.steps = append(w.steps, s) }

// nominal is the last day of a term of natural days, months or years, before
// any rolling.
func (w *walk) nominal(from Day, t Term) Day {
	var last Day
	switch t.Unit {
	case Months:
		last = from.AddMonths(t.N)
	case Years:
		last = from.AddMonths(12 * t.N)
	default:
		last = from.AddDays(t.N)
	}
	w.say(Step{Kind: StepCount, From: from.AddDays(1), To: last, N: t.N, Unit: t.Unit})
	if t.Unit != NaturalDays {
		_, _, begun := from.Date()
		if _, _, ended := last.Date(); begun != ended {
			w.say(Step{Kind: StepMonthEnd, From: last, To: last, N: begun})
		}
	}
	return last
}

// count is the n-th working day from first on.
func (w *walk) count(first Day, n int) Day {
	w.say(Step{Kind: StepCount, From: first, N: n, Unit: WorkingDays})
	at := len(w.steps) - 1
	day := first
	for left := n; ; day = day.AddDays(1) {
		if !w.stands(day) && w.pass(day) {
			if left--; left == 0 {
				break
			}
		}
	}
	w.steps[at].To = day
	w.tellWeekends()
	return day
}

// roll is the first working day from last on that does not stand still: a term that a rest has kept
// open may be suspended before it is over.
func (w *walk) roll(last Day) Day {
	day := last
	for w.rests(day) {
		day = day.AddDays(1)
	}
	w.tellWeekends()
	w.tellStill(last, day)
	if day != last {
		w.say(Step{Kind: StepRoll, From: last, To: day, N: day.Sub(last)})
	}
	return day
}

// rests reports whether a term can't end on day.
func (w *walk) rests(day Day) bool { return w.stands(day) || !w.pass(day) }

// pass reports whether day works, and notes it unless it is plain: a working
// day of Monday to Friday.
func (w *walk) pass(day Day) bool {
	m, listed := w.c.marks[day]
	weekend := day.weekend()
	switch {
	case listed && m.off:
		w.extend(StepHoliday, day, m.name)
		return false
	case listed && weekend:
		w.extend(StepMakeUp, day, "")
	case weekend:
		if w.weekend.N == 0 {
			w.weekend = Step{Kind: StepWeekend, From: day, To: day}
		}
		w.weekend.widen(day)
		w.weekend.N++
		return false
	}
	return true
}

// extend lengthens the step before if day continues it, else begins another.
func (w *walk) extend(kind StepKind, day Day, name string) {
	before := &w.steps[len(w.steps)-1]
	if before.Kind == kind && before.Name == name && (before.To.AddDays(1) == day || day.AddDays(1) == before.From) {
		before.widen(day)
		before.N++
		return
	}
	w.say(Step{Kind: kind, From: day, To: day, N: 1, Name: name})
}

// widen has the days of a step reach day, on whichever side it lies.
func (s *Step) widen(day Day) {
	if day.Before(s.From) {
		s.From = day
	}
	if day.After(s.To) {
		s.To = day
	}
}

func (w *walk) tellWeekends() {
	if w.weekend.N > 0 {
		w.say(w.weekend)
	}
	w.weekend = Step{}
}

// doubt reports, and notes, the years without an announced table that may
// change which of the days from a to b work.
func (w *walk) doubt(a, b Day) bool {
	found := false
	for y, last := a.Year(), b.AddDays(newYearReach).Year(); y <= last; y++ {
		if w.c.known[y] {
			continue
		}
		found = true
		s := Step{Kind: StepUnannounced, From: NewDay(y, time.January, 1-newYearReach), To: NewDay(y, time.December, 31), N: y}
		if y < w.c.first {
			s.Kind = StepBeforeTables
		}
		if s.From.Before(a) {
			s.From = a
		}
		if s.To.After(b) {
			s.To = b
		}
		w.say(s)
	}
	return found
}
