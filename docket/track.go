package docket

import (
	"context"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Tracking is a case as its receipt shows it: no officer, no reasons, nobody's data.
type Tracking struct {
	Case       string         `json:"-"`
	Number     string         `json:"number"`
	Kind       casefile.Kind  `json:"kind"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Next       string         `json:"next"`
	Closed     bool           `json:"closed"`
	Filed      time.Time      `json:"filed"`
	Authority  casefile.Text  `json:"authority"`
	AnswerBy   calendar.Day   `json:"answerBy,omitzero"`
	Outcome    string         `json:"outcome,omitempty"`
	Amount     casefile.Fen   `json:"amount,omitempty"`
	Steps      []TrackedStep  `json:"steps"`
	Papers     []TrackedPaper `json:"papers"`
	Sent       []TrackedSent  `json:"sent"`
	Went       []Transferred  `json:"transferredTo,omitempty"`
}

// Transferred is where a complaint was transferred to; the last of them has it now.
type Transferred struct {
	Number     string         `json:"number"`
	Case       string         `json:"case"`
	Authority  casefile.Text  `json:"authority"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Next       string         `json:"next"`
	Closed     bool           `json:"closed"`
}

// TrackedStep is a change of the case's state.
type TrackedStep struct {
	At    time.Time      `json:"at"`
	State casefile.State `json:"state"`
	Title casefile.Text  `json:"title"`
}

// TrackedPaper is a paper of the one who filed.
type TrackedPaper struct {
	Name     string        `json:"name"`
	Title    casefile.Text `json:"title"`
	Received time.Time     `json:"received"`
	Entered  bool          `json:"entered"`
}

// TrackedSent is a document that was sent to the one who filed.
type TrackedSent struct {
	Document string    `json:"document"`
	At       time.Time `json:"at"`
}

// Track shows the case of a filing by its number and pin; register.ErrNotFound when they don't fit.
func (d *Docket) Track(ctx context.Context, number, pin string) (Tracking, error) {
	t, err := d.register.Track(ctx, number, pin)
	if err != nil {
		return Tracking{}, err
	}
	row, c, err := d.register.CaseByNumber(ctx, t.Number)
	if err != nil {
		return Tracking{}, err
	}
	tree, err := d.register.Tree(ctx)
	if err != nil {
		return Tracking{}, err
	}
	state := StateOf(row.Kind, row.State)
	out := Tracking{
		Case: row.ID, Number: row.Number, Kind: row.Kind, State: row.State, StateTitle: state.Title, Next: state.Who, Closed: row.Closed, Filed: row.Filed,
		Steps: []TrackedStep{}, Papers: []TrackedPaper{}, Sent: []TrackedSent{},
	}
	if c.Appeal != nil && row.Closed { // before, the decision is not served
		out.Outcome, out.Amount = c.Appeal.Outcome, c.Appeal.Amount
	}
	if a, ok := tree.Authority(row.Authority); ok {
		out.Authority = a.Name
	}
	for _, x := range t.Went {
		if row, c, err = d.register.CaseByID(ctx, x.Case); err != nil { // the last has it now
			return Tracking{}, err
		}
		at, state := Transferred{Number: row.Number, Case: row.ID, State: row.State, Closed: row.Closed}, StateOf(row.Kind, row.State)
		at.StateTitle, at.Next = state.Title, state.Who
		if a, ok := tree.Authority(row.Authority); ok {
			at.Authority = a.Name
		}
		out.Went = append(out.Went, at)
	}
	if by, armed := c.Deadline("answer"); armed {
		out.AnswerBy = by.Day
	}
	for _, s := range t.Steps {
		out.Steps = append(out.Steps, TrackedStep{At: s.At, State: s.State, Title: StateOf(row.Kind, s.State).Title})
	}
	for _, p := range t.Papers {
		out.Papers = append(out.Papers, TrackedPaper{Name: p.Name, Title: MoveTitle(row.Kind, casefile.Paper, p.Name), Received: p.Received, Entered: p.Entered})
	}
	for _, s := range t.Sent {
		out.Sent = append(out.Sent, TrackedSent(s))
	}
	return out, nil
}
