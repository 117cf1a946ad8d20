package docket

import (
	"time"

	"duban/access"
	"duban/law/casefile"
	"duban/register"
)

// Task is what somebody must do in a case.
type Task struct {
	Case       string         `json:"case"`
	Number     string         `json:"number"`
	Kind       casefile.Kind  `json:"kind"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Authority  string         `json:"authority"`
	Operator   string         `json:"operator,omitempty"`
	Officer    string         `json:"officer,omitempty"`
	Subject    string         `json:"subject"`
	Filed      time.Time      `json:"filed"`
	Who        string         `json:"who"`
	Name       string         `json:"name,omitempty"` // of the deadline; empty: only the state waits
	Title      casefile.Text  `json:"title"`
	Due        time.Time      `json:"due,omitzero"`
	Overdue    bool           `json:"overdue"`
}

// TaskOf is what must be done in a row of the register, as that reader sees it: by an operator what is its own,
// else what the installation must do. now is the legal instant.
func TaskOf(who access.Who, r register.CaseRow, now time.Time) Task {
	t, title := r.OfOurs, StateOf(r.Kind, r.State).Title
	if who.Kind == access.Operator {
		t = r.OfTheirs
	}
	out := Task{
		Case: r.ID, Number: r.Number, Kind: r.Kind, State: r.State, StateTitle: title, Authority: r.Authority, Operator: r.Operator, Officer: r.Officer,
		Subject: subjectFor(who, r), Filed: r.Filed, Who: t.Who, Name: t.Name, Title: title, Due: t.Due, Overdue: !t.Due.IsZero() && !t.Due.After(now),
	}
	if t.Name != "" {
		out.Title = deadlines[t.Name]
	}
	return out
}
