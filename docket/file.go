package docket

import (
	"context"
	"fmt"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// File is the file of a case: what its row and its body say, with the way to each deadline.
type File struct {
	Line
	Regime      string                    `json:"regime"`
	Before      bool                      `json:"beforeRegime,omitempty"`
	Late        []string                  `json:"late,omitempty"`
	Deadlines   []Deadline                `json:"deadlines"`
	Still       []Still                   `json:"still,omitempty"`
	Complaint   *casefile.ComplaintFile   `json:"complaint,omitempty"`
	Enforcement *casefile.EnforcementFile `json:"enforcement,omitempty"`
	Appeal      *casefile.AppealFile      `json:"appeal,omitempty"`
	Inspection  *casefile.InspectionFile  `json:"inspection,omitempty"`
	Checklist   *ChecklistName            `json:"checklist,omitempty"`
	Made        []Contestable             `json:"made,omitempty"`
	Contests    []casefile.Contest        `json:"contests,omitempty"`
	Fines       []Fine                    `json:"fines,omitempty"`
	Duties      []casefile.PerformDuty    `json:"duties,omitempty"`
	Links       []casefile.Link           `json:"links,omitempty"`
	Notes       []string                  `json:"notes,omitempty"`
	Public      []casefile.Publicity      `json:"publications,omitempty"`
	Retention   *Retention                `json:"retention,omitempty"`
	Moves       []Move                    `json:"moves"`
}

// Retention is how long a file is kept.
type Retention struct {
	From       calendar.Day `json:"from"`
	KeepUntil  calendar.Day `json:"keepUntil,omitzero"`
	Permanent  bool         `json:"permanent"`
	Cite       string       `json:"cite"`
	Unverified bool         `json:"unverified,omitempty"`
}

// Contestable is an act of ours with the ways that are open against it, by the case's own regime.
type Contestable struct {
	casefile.ContestedAct
	Route           string `json:"route"`
	RouteCite       string `json:"routeCite,omitempty"`
	RouteUnverified bool   `json:"routeUnverified,omitempty"`
}

// Move is what the state of a case allows from outside.
type Move struct {
	Class   casefile.Class  `json:"class"`
	Name    string          `json:"name"`
	Title   casefile.Text   `json:"title"`
	Href    string          `json:"href"`
	Roles   []casefile.Role `json:"roles,omitempty"`
	Senders []string        `json:"senders,omitempty"`
	ByDay   bool            `json:"byDay,omitempty"`
}

// File shows the file of a case that Find has given.
func (d *Docket) File(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case) (File, error) {
	c, err := d.For(ctx, who, c)
	if err != nil {
		return File{}, err
	}
	out := File{
		Line: LineOf(who, row), Regime: c.Regime, Before: c.BeforeRegime, Late: c.Overdue, Deadlines: make([]Deadline, len(c.Deadlines)),
		Complaint: c.Complaint, Enforcement: c.Enforcement, Appeal: c.Appeal, Inspection: c.Inspection, Checklist: nameOf(c.Checklist),
		Contests: c.Contests, Duties: c.Duties, Links: c.Links, Notes: c.Notes, Public: c.Public, Moves: moves(row),
	}
	if k := c.Kept; k != nil {
		out.Retention = &Retention{From: k.From, KeepUntil: k.Until, Permanent: k.Permanent, Cite: k.Cite, Unverified: k.Unverified}
	}
	days, err := d.Calendar(ctx)
	if err != nil {
		return File{}, err
	}
	for i, x := range c.Deadlines {
		out.Deadlines[i] = deadlineOf(x, days)
	}
	for _, x := range c.Still {
		out.Still = append(out.Still, stillOf(x, days))
	}
	if out.Fines, err = d.fines(ctx, c); err != nil {
		return File{}, err
	}
	out.Made, err = d.contestable(ctx, c)
	return out, err
}

func (d *Docket) contestable(ctx context.Context, c casefile.Case) ([]Contestable, error) {
	if len(c.Made) == 0 {
		return nil, nil
	}
	regime, err := d.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	out := make([]Contestable, len(c.Made))
	for i, m := range c.Made {
		r := regime.Route(m.What)
		out[i] = Contestable{ContestedAct: m, Route: r.Open, RouteCite: r.Cite, RouteUnverified: r.Unverified}
	}
	return out, nil
}

// moves is what the state of a case allows from outside: papers have a place in every state, so
// only those are shown that the state waits for.
func moves(row register.CaseRow) []Move {
	out := []Move{}
	for _, cell := range StateOf(row.Kind, row.State).Moves {
		s, ok := casefile.SpecOf(row.Kind, cell.Move)
		if !ok || s.Inside || s.Name == "filing" {
			continue
		}
		out = append(out, Move{
			Class: s.Class, Name: s.Name, Title: s.Title, Href: fmt.Sprintf("/v1/%ss/%s/%s", row.Kind, row.ID, s.Name),
			Roles: s.Roles, Senders: s.Senders, ByDay: s.ByDay,
		})
	}
	return out
}
