package docket

import (
	"context"

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
	Stayed      []Stayed                  `json:"still,omitempty"`
	Complaint   *casefile.ComplaintFile   `json:"complaint,omitempty"`
	Enforcement *casefile.EnforcementFile `json:"enforcement,omitempty"`
	Appeal      *casefile.AppealFile      `json:"appeal,omitempty"`
	Inspection  *casefile.InspectionFile  `json:"inspection,omitempty"`
	Checklist   *ChecklistName            `json:"checklist,omitempty"`
	Made        []Contestable             `json:"made,omitempty"`
	Contests    []casefile.Contest        `json:"contests,omitempty"`
	Fines       []Fine                    `json:"fines,omitempty"`
	Reports     []PaymentReport           `json:"paymentReports,omitempty"`
	Doubts      []PaymentDoubt            `json:"paymentDoubts,omitempty"`
	Duties      []casefile.PerformDuty    `json:"duties,omitempty"`
	Links       []casefile.Link           `json:"links,omitempty"`
	Notes       []string                  `json:"notes,omitempty"`
	Public      []casefile.Publicity      `json:"publications,omitempty"`
	Retention   *Retention                `json:"retention,omitempty"`
	Corrected   []casefile.Corrected      `json:"corrected,omitempty"`
	Parties     []string                  `json:"parties,omitempty"` // to staff: that there are persons, by their roles
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

// File shows the file of a case that Find has given.
func (d *Docket) File(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case) (File, error) {
	moves, err := d.moves(ctx, who, row, c)
	if err != nil {
		return File{}, err
	}
	if c, err = d.caseFor(ctx, who, c); err != nil {
		return File{}, err
	}
	out := File{
		Line: LineOf(who, row), Regime: c.Regime, Before: c.BeforeRegime, Late: c.Overdue, Deadlines: make([]Deadline, len(c.Deadlines)),
		Complaint: c.Complaint, Enforcement: c.Enforcement, Appeal: c.Appeal, Inspection: c.Inspection, Checklist: nameOf(c.Checklist),
		Contests: c.Contests, Duties: c.Duties, Links: c.Links, Notes: c.Notes, Public: c.Public, Corrected: c.Corrected, Moves: moves,
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
	for _, x := range c.Stayed {
		out.Stayed = append(out.Stayed, stayedOf(x, days))
	}
	if out.Fines, err = d.fines(ctx, c); err != nil {
		return File{}, err
	}
	out.Reports, out.Doubts = reports(c), doubts(c)
	if out.Made, err = d.contestable(ctx, c); err != nil || who.Outside() {
		return out, err
	}
	out.Parties, err = d.register.Parts(ctx, row.ID)
	return out, err
}

func (d *Docket) contestable(ctx context.Context, c casefile.Case) ([]Contestable, error) {
	if len(c.Contestable) == 0 {
		return nil, nil
	}
	regime, err := d.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	out := make([]Contestable, len(c.Contestable))
	for i, m := range c.Contestable {
		r := regime.Route(m.What)
		out[i] = Contestable{ContestedAct: m, Route: r.Open, RouteCite: r.Cite, RouteUnverified: r.Unverified}
	}
	return out, nil
}
