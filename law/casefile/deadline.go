package casefile

import (
	"fmt"
	"slices"
	"time"

	"duban/law/calendar"
)

// DeadlineClass is one of the three classes of lifecycles §2: what may follow by itself.
type DeadlineClass string

const (
	StatutoryEffect DeadlineClass = "statutory-effect" // a statute names the effect: the only lapses that change a state
	OwnDuty         DeadlineClass = "own-duty"         // we are late: state stays, superior told, reminders
	PartyTerm       DeadlineClass = "party-term"       // a party's term is over: a task before a named officer
)

// Deadline is one term of a case, with what happened to it. Its day is what the calendar counts of
// that (Count); its lapse is the move of the same name. One that stands still has no day.
type Deadline struct {
	Name        string        `json:"name"`
	Class       DeadlineClass `json:"class"`
	ArmedBy     int           `json:"armedBy"`       // entry that armed it
	From        calendar.Day  `json:"from"`          // the day that is not counted
	Term        calendar.Term `json:"term,omitzero"` // zero where an officer or another body set the day itself
	Roll        bool          `json:"roll,omitempty"`
	Day         calendar.Day  `json:"day,omitzero"` // the last day
	Due         time.Time     `json:"due,omitzero"` // 24:00 of Day: the half-open end
	Cite        string        `json:"cite"`
	Unverified  bool          `json:"unverified,omitempty"`
	Provisional bool          `json:"provisional,omitempty"` // reaches a year whose holiday table is not announced
	Calendar    string        `json:"calendar"`              // hash of the calendar it was computed by
	Of          int           `json:"of,omitempty"`          // act of ours (its entry; in an appeal 1, its filing) to which it belongs; such a deadline survives closing
	Times       int           `json:"times,omitempty"`       // reminders sent before this one

	Extended    []calendar.Term `json:"extended,omitempty"`  // in its own unit
	Cap         calendar.Term   `json:"cap,omitzero"`        // of the term with its extensions; zero: none
	Suspended   []calendar.Span `json:"suspended,omitempty"` // on which it stood still
	StayedSince calendar.Day    `json:"still,omitzero"`      // since when it stands still; zero: it runs
}

// Key names a deadline for ever: unique per case (name, the act it belongs to, the entry that armed it).
func (d Deadline) Key() string {
	if d.Of != 0 {
		return fmt.Sprintf("%s/%d@%d", d.Name, d.Of, d.ArmedBy)
	}
	return fmt.Sprintf("%s@%d", d.Name, d.ArmedBy)
}

// Count is what the calendar is asked for the deadline's day. Days under way are none of it: a
// document posted in time is in time (civil procedure 85), and a paper says when it was posted.
func (d Deadline) Count() calendar.Count {
	return calendar.Count{From: d.From, Term: d.Term, Roll: d.Roll, Extended: d.Extended, Cap: d.Cap, Suspended: d.Suspended}
}

// Counted is how the calendar comes to the day of a deadline that runs and was not set by an officer
// or another body. It panics where a stored deadline can't be counted, as the calendar's Due does.
func (d Deadline) Counted(c *calendar.Calendar) calendar.Due {
	due, err := c.Count(d.Count())
	if err != nil {
		panic(fmt.Sprintf("casefile: count deadline %s: %v", d.Key(), err))
	}
	return due
}

// By is the deadline as that calendar counts it, from the same day. One set by an officer or
// another body stays as it is, as does one that stands still.
func (d Deadline) By(c *calendar.Calendar) Deadline {
	if d.Term.IsZero() || !d.StayedSince.IsZero() || d.Calendar == c.Hash() {
		return d
	}
	return d.counted(c)
}

func (d Deadline) counted(c *calendar.Calendar) Deadline {
	due := d.Counted(c)
	d.Day, d.Due, d.Provisional, d.Calendar = due.Day, due.Due, due.Provisional, c.Hash()
	return d
}

// Left is what is left of a deadline that stands still, if it ran on today: natural days to its last
// day before any giving way, or working days of a term in such. Zero: nothing, or it runs.
func (d Deadline) Left(c *calendar.Calendar) calendar.Term {
	if d.StayedSince.IsZero() {
		return calendar.Term{}
	}
	last := d.Counted(c).Day
	if last.Before(d.StayedSince) {
		return calendar.Term{}
	}
	if d.Term.Unit == calendar.WorkingDays {
		left := calendar.Term{Unit: calendar.WorkingDays}
		for day := d.StayedSince; !day.After(last); day = day.AddDays(1) {
			if c.Working(day) {
				left.N++
			}
		}
		return left
	}
	d.Roll = false
	return calendar.Term{N: max(d.Counted(c).Day.Sub(d.StayedSince)+1, 1), Unit: calendar.NaturalDays} // 1: only a rest keeps it open
}

// Why is how the calendar comes to the deadline's day; of one that stands still, what has happened to
// it. Nothing where an officer or another body has set the day.
func (d Deadline) Why(c *calendar.Calendar) []calendar.Step {
	if d.Term.IsZero() || d.From.IsZero() {
		return nil
	}
	steps := d.Counted(c).Steps
	if d.StayedSince.IsZero() {
		return steps
	}
	steps = slices.DeleteFunc(steps, func(s calendar.Step) bool {
		return s.Kind != calendar.StepStart && s.Kind != calendar.StepExtended && s.Kind != calendar.StepCapped && s.Kind != calendar.StepSuspended
	})
	left := d.Left(c)
	if left.IsZero() {
		left.Unit = d.Term.Unit
	}
	return append(steps, calendar.Step{Kind: calendar.StepStill, From: d.StayedSince, N: left.N, Unit: left.Unit})
}

// Stale reports whether that calendar gives the deadline another day, or is sure of a day that
// was provisional, or the reverse.
func (d Deadline) Stale(c *calendar.Calendar) bool {
	by := d.By(c)
	return by.Day != d.Day || by.Provisional != d.Provisional
}

// Cleared is a deadline that an entry took away, and why.
type Cleared struct {
	Name    string `json:"name"`
	ArmedBy int    `json:"armedBy"`
	Of      int    `json:"of,omitempty"`
	Why     string `json:"why"` // met, lapsed, moot, set-aside, recomputed, replaced, extended, stayed
}
