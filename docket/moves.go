package docket

import (
	"context"
	"errors"
	"fmt"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Move is something that the caller can do in a case now.
type Move struct {
	Class   casefile.Class  `json:"class"`
	Name    string          `json:"name"`
	Title   casefile.Text   `json:"title"`
	Href    string          `json:"href"`
	To      []Leads         `json:"to,omitempty"` // it may lead to one of these; none: the state stays
	Roles   []casefile.Role `json:"roles,omitempty"`
	Senders []string        `json:"senders,omitempty"`
	ByDay   bool            `json:"byDay,omitempty"`
	Needs   []string        `json:"needs,omitempty"`
	Takes   []string        `json:"takes,omitempty"`
	Barred  *Barred         `json:"barred,omitempty"` // why it is hopeless as the case stands
}

// Leads is a state to which a move may lead.
type Leads struct {
	State casefile.State `json:"state"`
	Title casefile.Text  `json:"title"`
}

// Barred is why an act is refused whatever it says.
type Barred struct {
	Code   string        `json:"code"`
	Reason casefile.Text `json:"reason"`
	Clause string        `json:"clause,omitempty"`
}

// moves are what is possible for the caller now, asked of the law (casefile.Prospects): for an officer the
// acts of the role and the papers of others that it enters, for an operator or a party their own papers.
func (d *Docket) moves(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case) ([]Move, error) {
	out := []Move{}
	askers, err := d.askers(ctx, who, c)
	if err != nil || len(askers) == 0 {
		return out, err
	}
	law, err := d.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	days, err := d.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var open []casefile.Prospect
	for _, asker := range askers {
		for _, p := range casefile.Prospects(c, asker, casefile.Law{Regime: law, Calendar: days}) {
			if !seen[p.Move] {
				seen[p.Move] = true
				open = append(open, p)
			}
		}
	}
	var barred []*casefile.Refusal
	for _, p := range open {
		barred = append(barred, p.Refusal)
	}
	if err := d.Named(ctx, barred...); err != nil {
		return nil, err
	}
	for _, p := range open {
		out = append(out, moveOf(row, p))
	}
	return out, nil
}

func moveOf(row register.CaseRow, p casefile.Prospect) Move {
	s, _ := casefile.SpecOf(row.Kind, p.Move)
	m := Move{
		Class: s.Class, Name: s.Name, Title: s.Title, Href: fmt.Sprintf("/v1/%ss/%s/%s", row.Kind, row.ID, s.Name),
		Roles: s.Roles, Senders: s.Senders, ByDay: s.ByDay, Needs: s.Needs, Takes: s.Takes,
	}
	for _, to := range p.To {
		m.To = append(m.To, Leads{State: to, Title: StateOf(row.Kind, to).Title})
	}
	if no := p.Refusal; no != nil {
		m.Barred = &Barred{Code: no.Code, Reason: no.Reason, Clause: no.Cite}
	}
	return m
}

// askers are as whom the caller makes moves: staff as themselves, the others as each of their parts; none
// for administrators.
func (d *Docket) askers(ctx context.Context, who access.Who, c casefile.Case) ([]casefile.Asker, error) {
	if who.Kind == access.Admin {
		return nil, nil
	}
	now, err := d.register.Now(ctx)
	if err != nil {
		return nil, err
	}
	if who.Outside() {
		var out []casefile.Asker
		for _, part := range parts(who, c) {
			out = append(out, casefile.Asker{By: casefile.Actor{Sender: string(part)}, At: now})
		}
		return out, nil
	}
	tree, err := d.register.Tree(ctx)
	if err != nil {
		return nil, err
	}
	asker := casefile.Asker{By: who.Actor(), At: now}
	if a, ok := tree.Authority(c.Authority); ok {
		asker.Above = a.Parent
	}
	if asker.Types, err = d.register.Facts(ctx, c).Types(); err != nil || c.Officer == "" || c.Officer == who.ID {
		return []casefile.Asker{asker}, err
	}
	asker.StandsIn, err = d.register.Facts(ctx, c).Substitutes(c.Officer, who.ID, calendar.DayOf(now, d.builtIn.Place()))
	return []casefile.Asker{asker}, err
}

// Named says of refusals, for the reason that another officer has the case, who that is, by name.
func (d *Docket) Named(ctx context.Context, all ...*casefile.Refusal) error {
	names := map[string]casefile.Text{}
	for _, r := range all {
		if r == nil || r.Officer == "" {
			continue
		}
		if _, known := names[r.Officer]; !known {
			has, err := d.register.OfficerByID(ctx, r.Officer)
			if errors.Is(err, register.ErrNotFound) { // of another system, that brought the case in
				has.ID, err = r.Officer, nil
			}
			if err != nil {
				return err
			}
			names[r.Officer] = casefile.Text{
				Zh: fmt.Sprintf("本案由承办人%s（%s）办理。", has.Name, has.ID), En: fmt.Sprintf("the case is assigned to the officer %s (%s)", has.Name, has.ID),
			}
		}
		r.Reason = names[r.Officer]
	}
	return nil
}
