package docket

import (
	"time"

	"duban/access"
	"duban/law/casefile"
	"duban/register"
)

// Line is a case as lists show it.
type Line struct {
	ID         string         `json:"id"`
	Number     string         `json:"number"`
	Kind       casefile.Kind  `json:"kind"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Next       string         `json:"next"`
	Closed     bool           `json:"closed"`
	Seq        int            `json:"seq"`
	Authority  string         `json:"authority"`
	Operator   string         `json:"operator,omitempty"`
	Officer    string         `json:"officer,omitempty"`
	Subject    string         `json:"subject"`
	Filed      time.Time      `json:"filed"`
	NextDue    time.Time      `json:"nextDue,omitzero"`
	Due        time.Time      `json:"due,omitzero"`
	Overdue    bool           `json:"overdue"`
	Stuck      bool           `json:"stuck,omitempty"`
}

// LineOf is a row of the register as lists show it to that reader.
func LineOf(who access.Who, r register.CaseRow) Line {
	row := StateOf(r.Kind, r.State)
	return Line{
		ID: r.ID, Number: r.Number, Kind: r.Kind, State: r.State, StateTitle: row.Title, Next: r.MustAct, Closed: r.Closed,
		Seq: r.Seq, Authority: r.Authority, Operator: r.Operator, Officer: r.Officer, Subject: subjectFor(who, r), Filed: r.Filed,
		NextDue: r.NextDue, Due: r.Due, Overdue: r.Overdue, Stuck: r.Stuck,
	}
}

// subjectFor is the subject as that reader may see it: operators see the authority's words, not the citizen's.
func subjectFor(who access.Who, r register.CaseRow) string {
	if who.Kind == access.Operator {
		return r.Outward
	}
	return r.Subject
}
