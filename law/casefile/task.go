package casefile

import (
	"slices"
	"time"
)

// Who must act: those of the installation, and those outside it.
const (
	WhoOfficer  = "officer"
	WhoReviewer = "reviewer"
	WhoHead     = "head"
	WhoOperator = "operator"
)

// Task is what somebody must do in a case: what its state waits for, by the earliest clock that binds
// him.
type Task struct {
	Who     string    // WhoOfficer, WhoReviewer, WhoHead, WhoOperator; empty: nobody must do anything
	Name    string    // of the deadline; empty: only the state waits
	Due     time.Time // its legal end, also where that has passed; zero: no day
	Overdue bool      // it has passed, and the ledger says so
}

// owed is who must keep each clock that is no duty of ours; empty: it is a right, or a reminder of
// another clock, and nobody must do anything by it. The own duties are the authority's.
var owed = map[clock]string{
	"correction":             "complainant",
	"reply":                  WhoOperator,
	"supervised-reply":       WhoOperator,
	"feedback":               "complainant",
	"consent":                "complainant",
	"rectification":          WhoOperator,
	"defence":                WhoOperator,
	"payment":                WhoOperator,
	"hearing-request":        WhoOperator,
	"suspension":             WhoOperator,
	"reconsideration-window": "",
	"suit-window":            "",
	"second-suit-window":     "",
	"admissibility":          WhoOfficer,
	"appeal-correction":      "applicant",
	"respondent-answer":      "respondent",
	"comments":               WhoOperator,
	"improvement":            WhoOperator,
	"announcement":           "",
	"reminder":               "",
}

// owes is who must keep a clock: an own duty is the officer's, unless it is said otherwise.
func owes(name clock) string {
	if who, said := owed[name]; said {
		return who
	}
	return WhoOfficer
}

// MustAct is who must act next: who the case's row names, until his term is over or what it was for has
// arrived. From then on it is the installation's: the reviewer's where a legal review is next (penalties 58),
// else the officer's. An application to restore a term waits for the officer, too.
func (c Case) MustAct() string {
	row := tableOf(c.Kind)[c.State]
	switch {
	case row.closed || row.who == WhoOfficer || row.who == WhoReviewer || row.who == WhoHead:
		return row.who
	case len(c.Obstacles) > 0:
		return WhoOfficer
	case c.reviewNext():
		return WhoReviewer
	case slices.ContainsFunc(c.Deadlines, func(d Deadline) bool { return passes(d.Name) }), slices.ContainsFunc(c.Overdue, passes):
		return WhoOfficer
	}
	return row.who
}

// passes tells whether a clock is what a party's term, or its paper, puts before the officer.
func passes(name string) bool { return name == "task" || name == "verification" || name == "extension" }

// reviewNext: the party was heard, no hearing waits, and the officer has answered what the review
// will ask; what then leads to the decision is the legal review.
func (c Case) reviewNext() bool {
	f := c.Enforcement
	if c.State != Defending || f == nil || f.Noticed == nil || f.Noticed.Served.IsZero() || f.NewFacts {
		return false
	}
	if _, running := c.Deadline("defence"); running && !f.Waived {
		return false
	}
	return f.Hearing == nil || f.Hearing.Ended != ""
}

// AuthorityTask is what the authority that carries the case must do: its own duties, whether its turn has
// come or not, and what the state waits for. Days end in that place.
func (c Case) AuthorityTask(place *time.Location) Task {
	out := Task{Who: c.MustAct()}
	if out.Who != WhoOfficer && out.Who != WhoReviewer && out.Who != WhoHead {
		out.Who = ""
	}
	take := func(name string, due time.Time, late bool) {
		if out.Due.IsZero() || due.Before(out.Due) {
			out.Name, out.Due, out.Overdue = name, due, late
		}
	}
	for _, d := range c.Deadlines {
		if owes(clock(d.Name)) == WhoOfficer {
			take(d.Name, d.Due, false)
		}
	}
	for _, name := range c.Overdue {
		take(name, c.wasDue(name, place), true)
	}
	if out.Who == "" && out.Name != "" {
		out.Who = WhoOfficer
	}
	return out
}

// OperatorTask is what the operator must do: by its own terms, and, once they are over, still what the
// state waits for.
func (c Case) OperatorTask(place *time.Location) Task {
	var out Task
	for _, d := range c.Deadlines {
		if owes(clock(d.Name)) == WhoOperator && (out.Due.IsZero() || d.Due.Before(out.Due)) {
			out = Task{Who: WhoOperator, Name: d.Name, Due: d.Due}
		}
	}
	if out.Who != "" || tableOf(c.Kind)[c.State].who != WhoOperator {
		return out
	}
	out.Who = WhoOperator
	for _, l := range c.Lapses { // the last one stands
		if owes(clock(l.Name)) == WhoOperator && l.To == c.State {
			out = Task{Who: WhoOperator, Name: l.Name, Due: l.Day.End(place), Overdue: true}
		}
	}
	return out
}

// wasDue is the legal end of an own duty whose day has passed. A task of the officer leaves no lapse
// behind: its day is the one from which it is called to mind.
func (c Case) wasDue(name string, place *time.Location) time.Time {
	for i := len(c.Lapses) - 1; i >= 0; i-- {
		if c.Lapses[i].Name == name {
			return c.Lapses[i].Day.End(place)
		}
	}
	if d, armed := c.Deadline("reminder"); armed && !d.From.IsZero() {
		return d.From.End(place)
	}
	return c.Filed
}
