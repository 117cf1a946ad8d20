package duties

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// State is how a duty of an operator stands.
type State string

// The states.
const (
	Open    State = "open"
	Filed   State = "filed"   // reported in time
	Late    State = "late"    // reported after the end of its term
	Missing State = "missing" // the term has ended without a report
	Untrue  State = "untrue"  // reported, and an officer found it untrue
)

// Matter is what the regulator makes of a duty that was not kept.
type Matter string

// The matters. A proposal is an officer's to confirm or to dismiss: no clock opens a case.
const (
	NoMatter  Matter = ""
	Proposed  Matter = "proposed"
	Confirmed Matter = "confirmed" // an enforcement case, under the duty's own clause
	Improving Matter = "improving" // an improvement notice (telecom 13)
	Dismissed Matter = "dismissed"
)

// Duty is one thing that one operator owes once.
type Duty struct {
	ID         string               `json:"id"`
	Operator   string               `json:"operator"`
	Authority  string               `json:"authority"` // to whom it is owed
	Code       string               `json:"code"`
	Title      casefile.Text        `json:"title"`
	Cadence    casefile.DutyCadence `json:"cadence"`
	Period     string               `json:"period"`
	Cite       string               `json:"cite"`
	Unverified bool                 `json:"unverified,omitempty"`
	Violation  string               `json:"violation,omitempty"` // empty: no sanction clause
	Remind     time.Time            `json:"remind,omitzero"`
	Due        time.Time            `json:"due,omitzero"` // the first instant that is too late; zero: never
	Grace      calendar.Term        `json:"grace,omitzero"`

	// What the due was counted by; zero in duties that were opened before it was kept.
	From calendar.Day  `json:"from,omitzero"` // of a half-year its last day
	Term calendar.Term `json:"term,omitzero"`
	Roll bool          `json:"roll,omitempty"`

	// Of what is told at once.
	Grade   string    `json:"grade,omitempty"`
	Began   time.Time `json:"began,omitzero"`
	Oral    time.Time `json:"oral,omitzero"`    // when the operator says that it told orally
	OralDue time.Time `json:"oralDue,omitzero"` // zero: at once, which is not measured

	WrittenIn int `json:"writtenIn,omitzero"` // hours
	OralIn    int `json:"oralIn,omitzero"`    // hours

	Opened   time.Time `json:"opened"`
	State    State     `json:"state"`
	Reminded time.Time `json:"reminded,omitzero"`
	Reported time.Time `json:"reported,omitzero"` // the first report
	Reports  int       `json:"reports,omitempty"`
	Matter   Matter    `json:"matter,omitempty"`
	Case     string    `json:"case,omitempty"`
	Improve  string    `json:"improve,omitempty"` // last day to improve

	// Where the installation was down all through the last day, nobody could report in time. That is told,
	// and nothing is proposed before Held. House data: no text says so.
	Down *Down     `json:"down,omitempty"`
	Held time.Time `json:"held,omitzero"`

	Undelivered []string `json:"undelivered,omitempty"` // documents that reached nobody, as they came back
}

// Down are days, both included, on which the installation was down all day.
type Down struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
}

// Event is a line of a duty's history.
type Event struct {
	Duty   string         `json:"duty"`
	Seq    int            `json:"seq"`
	At     time.Time      `json:"at"`
	Name   string         `json:"name"`
	By     casefile.Actor `json:"by,omitzero"`
	Opened *Duty          `json:"opened,omitempty"`
	Remind time.Time      `json:"remind,omitzero"` // moved
	Due    time.Time      `json:"due,omitzero"`    // moved
	Report string         `json:"report,omitempty"`
	Case   string         `json:"case,omitempty"`
	Until  string         `json:"until,omitempty"` // improve: a day

	Down *Down     `json:"down,omitempty"` // held, or a report or the term's end after an outage
	Held time.Time `json:"held,omitzero"`

	Document string            `json:"document,omitempty"` // undelivered
	Officer  string            `json:"officer,omitempty"`  // undelivered: who had sent it; empty: the clock
	Notices  []casefile.Notice `json:"notices,omitempty"`  // what leaves the installation because of it
}

// The names of the events.
const (
	EventOpened    = "opened"
	EventMoved     = "moved" // another calendar, another last day
	EventReminded  = "reminded"
	EventMissing   = "missing"
	EventHeld      = "held" // the installation was down: nothing is proposed yet
	EventReport    = "report"
	EventUntrue    = "untrue"
	EventConfirmed = "confirmed"
	EventImproving = "improving"
	EventDismissed = "dismissed"

	EventUndelivered = "undelivered" // a letter came back
)

// Why an event is not for a duty as it stands.
var (
	ErrNotSo    = errors.New("the duty does not stand so")
	ErrNoClause = errors.New("the duty has no sanction clause")
	ErrClause   = errors.New("the duty has a sanction clause of its own")
)

// report takes a report; false: the end of the term comes before it.
func (d *Duty) report(e Event) bool {
	switch {
	case d.State == Open && !d.Due.IsZero() && !e.At.Before(d.Due) && (e.Down != nil || e.At.Before(d.Held)):
		d.State = Late // and nothing is proposed
		d.down(e.Down)
	case d.State == Open && (d.Due.IsZero() || e.At.Before(d.Due)):
		d.State = Filed
	case d.State == Missing:
		d.State = Late
	case d.State == Open:
		return false
	}
	if d.Reports++; d.Reports == 1 {
		d.Reported = e.At
	}
	return true
}

// matter is Apply for what an officer makes of a duty.
func (d *Duty) matter(e Event) error {
	not := fmt.Errorf("%w: %s in state %s %s", ErrNotSo, e.Name, d.State, d.Matter)
	switch e.Name {
	case EventUntrue:
		if d.State != Filed && d.State != Late || d.Matter == Confirmed || d.Matter == Improving {
			return not
		}
		d.State, d.Matter = Untrue, Proposed
	case EventConfirmed:
		switch {
		case d.Matter != Proposed || e.Case == "":
			return not
		case d.Violation == "":
			return ErrNoClause
		}
		d.Matter, d.Case = Confirmed, e.Case
	case EventImproving:
		switch {
		case d.Violation != "":
			return ErrClause
		case d.Matter != Proposed && (d.Matter != NoMatter || d.Cadence != casefile.Standing): // nothing falls due that a clock could propose
			return not
		}
		d.Matter, d.Improve = Improving, e.Until
	case EventDismissed:
		if d.Matter != Proposed {
			return not
		}
		d.Matter = Dismissed
	}
	return nil
}

// Apply gives the duty after an event. ErrNotSo; ErrNoClause for a case without a clause
// (lifecycles §8); ErrClause for an improvement notice in a case's place.
func Apply(d Duty, e Event) (Duty, error) {
	not := fmt.Errorf("%w: %s in state %s %s", ErrNotSo, e.Name, d.State, d.Matter)
	if (e.Name == EventOpened) != (d.State == "") {
		return d, not
	}
	switch e.Name {
	case EventOpened:
		if e.Opened == nil {
			return d, not
		}
		d = *e.Opened
		d.State, d.Opened = Open, e.At
		if !d.OralDue.IsZero() && !d.Oral.Before(d.OralDue) {
			d.Matter = Proposed // told too late
		}
	case EventMoved:
		if d.State != Open {
			return d, not
		}
		d.Remind, d.Due, d.Down, d.Held = e.Remind, e.Due, nil, time.Time{}
	case EventReminded:
		if d.State != Open || !d.Reminded.IsZero() {
			return d, not
		}
		d.Reminded = e.At
	case EventMissing:
		if d.State != Open || d.Due.IsZero() || e.At.Before(d.Ends()) {
			return d, not
		}
		d.State, d.Matter = Missing, Proposed
		d.down(e.Down)
	case EventHeld:
		if d.State != Open || d.Due.IsZero() || e.At.Before(d.Ends()) || e.Down == nil || !e.Held.After(e.At) {
			return d, not
		}
		d.down(e.Down)
		d.Held = e.Held
	case EventReport:
		if !d.report(e) {
			return d, not
		}
	case EventUntrue, EventConfirmed, EventImproving, EventDismissed:
		if err := d.matter(e); err != nil {
			return d, err
		}
	case EventUndelivered:
		d.Undelivered = append(slices.Clone(d.Undelivered), e.Document)
	default:
		return d, not
	}
	return d, nil
}

// Next is what the clock does next with a duty, and when; an empty name: nothing. Nobody is
// reminded before the duty was opened, or of a term that was over by then.
func Next(d Duty) (name string, at time.Time) {
	switch {
	case d.State != Open || d.Due.IsZero():
		return "", time.Time{}
	case d.Reminded.IsZero() && !d.Remind.IsZero() && d.Remind.Before(d.Due) && d.Opened.Before(d.Due):
		if d.Opened.After(d.Remind) {
			return EventReminded, d.Opened
		}
		return EventReminded, d.Remind
	}
	return EventMissing, d.Ends()
}

// down keeps the outage over the last day of the term; a later one, while the duty is held, is not it.
func (d *Duty) down(outage *Down) {
	if d.Down == nil {
		d.Down = outage
	}
}

// Ends is when the term has ended for the clock.
func (d Duty) Ends() time.Time {
	if d.Held.After(d.Due) {
		return d.Held
	}
	return d.Due
}

// Overdue tells whether the term has ended without a report.
func (d Duty) Overdue(now time.Time) bool {
	return d.State == Missing || d.State == Open && !d.Due.IsZero() && !now.Before(d.Due)
}

// Blockage is an event that must be told at once.
type Blockage struct {
	Grade string
	Began time.Time
	Oral  time.Time // when it was told orally
}

// What a blockage can't be: of no grade; begun after now, or at no time; told before it began or
// after now. The first is each of them.
var (
	ErrBlockage      = errors.New("the blockage can't be so")
	ErrBlockageGrade = fmt.Errorf("%w: no such grade", ErrBlockage)
	ErrBlockageBegan = fmt.Errorf("%w: the begin", ErrBlockage)
	ErrBlockageOral  = fmt.Errorf("%w: the oral report", ErrBlockage)
)

// At gives the duty with the terms of a blockage, in hours from its begin (civil procedure 85: the
// hour of it is not counted): the terms are of 24 hours and less, and no day of rest stops them.
func (b Blockage) At(rule casefile.Duty, d Duty, now time.Time, days *calendar.Calendar) (Duty, error) {
	g, ok := rule.Grade(b.Grade)
	switch {
	case !ok:
		return d, ErrBlockageGrade
	case b.Began.IsZero() || b.Began.After(now):
		return d, ErrBlockageBegan
	case b.Oral.Before(b.Began) || b.Oral.After(now):
		return d, ErrBlockageOral
	}
	d.Grade, d.Began, d.Oral = g.Code, b.Began, b.Oral
	d.WrittenIn, d.OralIn = g.Written, g.Oral
	written, err := days.Hours(b.Began, g.Written, false)
	if err != nil {
		return d, fmt.Errorf("count the hours of a blockage: %w", err)
	}
	if d.Due = written.Due.UTC(); g.Oral == 0 {
		return d, nil
	}
	oral, err := days.Hours(b.Began, g.Oral, false)
	if err != nil {
		return d, fmt.Errorf("count the hours of a blockage: %w", err)
	}
	d.OralDue = oral.Due.UTC()
	return d, nil
}

// Why is how the calendar comes to the duty's due, and to the end of the hours in which it is told
// orally. Nothing where that is not known any more: an earlier rule or calendar led there.
func (d Duty) Why(days *calendar.Calendar) (due, oral []calendar.Step) {
	if !d.From.IsZero() {
		return stepsTo(d.Due, func() (calendar.Due, error) {
			return days.Count(calendar.Count{From: d.From, Term: d.Term, Roll: d.Roll})
		}), nil
	}
	return stepsTo(d.Due, func() (calendar.Due, error) { return days.Hours(d.Began, d.WrittenIn, false) }),
		stepsTo(d.OralDue, func() (calendar.Due, error) { return days.Hours(d.Began, d.OralIn, false) })
}

// stepsTo is how a count comes to an instant; nothing, if it comes to another.
func stepsTo(at time.Time, count func() (calendar.Due, error)) []calendar.Step {
	if found, err := count(); err == nil && found.Due.Equal(at) {
		return found.Steps
	}
	return nil
}
