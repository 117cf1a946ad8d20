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

// Cleared is a deadline that an entry took away, and why.
type Cleared struct {
	Name    string `json:"name"`
	ArmedBy int    `json:"armedBy"`
	Of      int    `json:"of,omitempty"`
	Why     string `json:"why"` // met, lapsed, moot, set-aside, recomputed, replaced, extended, stayed
}
