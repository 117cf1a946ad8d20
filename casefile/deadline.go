package casefile

import (
	"fmt"
	"time"

	"duban/calendar"
)

// DeadlineClass is one of the three classes of lifecycles §2: what may follow by itself.
type DeadlineClass string

const (
	StatutoryEffect DeadlineClass = "statutory-effect" // a statute names the effect: the only lapses that change a state
	OwnDuty         DeadlineClass = "own-duty"         // we are late: state stays, superior told, reminders
	PartyTerm       DeadlineClass = "party-term"       // a party's term is over: a task before a named officer
)

// Deadline is one armed term of a case. Its lapse is the move of the same name.
type Deadline struct {
	Name        string        `json:"name"`
	Class       DeadlineClass `json:"class"`
	ArmedBy     int           `json:"armedBy"`       // entry that armed it
	From        calendar.Day  `json:"from"`          // the day that is not counted
	Term        calendar.Term `json:"term,omitzero"` // zero where an officer or another body set the day itself
	Roll        bool          `json:"roll,omitempty"`
	Day         calendar.Day  `json:"day"` // the last day
	Due         time.Time     `json:"due"` // 24:00 of Day: the half-open end
	Cite        string        `json:"cite"`
	Unverified  bool          `json:"unverified,omitempty"`
	Provisional bool          `json:"provisional,omitempty"` // reaches a year whose holiday table is not announced
	Calendar    string        `json:"calendar"`              // hash of the calendar it was computed by
	Of          int           `json:"of,omitempty"`          // act of ours (its entry; in an appeal 1, its filing) to which it belongs; such a deadline survives closing
	Times       int           `json:"times,omitempty"`       // reminders sent before this one
}

// Key names a deadline for ever: unique per case (name, the act it belongs to, the entry that armed it).
func (d Deadline) Key() string {
	if d.Of != 0 {
		return fmt.Sprintf("%s/%d@%d", d.Name, d.Of, d.ArmedBy)
	}
	return fmt.Sprintf("%s@%d", d.Name, d.ArmedBy)
}

// By is the deadline as that calendar counts it, from the same day. One set by an officer or
// another body stays as it is.
func (d Deadline) By(c *calendar.Calendar) Deadline {
	if d.Term.IsZero() || d.Calendar == c.Hash() {
		return d
	}
	due := c.Due(d.From, d.Term, d.Roll)
	d.Day, d.Due, d.Provisional, d.Calendar = due.Day, due.Due, due.Provisional, c.Hash()
	return d
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
