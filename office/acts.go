package office

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/law/standards"
	"duban/register"
)

// Asked finds the act that a key has asked for.
func (o *Office) Asked(ctx context.Context, a api.Act) (api.Act, error) {
	row, err := o.register.ActByKey(ctx, a.Owner, a.Key)
	if err != nil {
		return api.Act{}, told(err)
	}
	if a, err = o.digested(a); err != nil {
		return api.Act{}, err
	}
	was := actOf(row)
	if was.Case != a.Case || was.Name != a.Name || was.By != a.By || !reflect.DeepEqual(was.Body, a.Body) {
		return was, api.ErrKeyReused
	}
	return was, nil
}

// digested is the act with what it says of a person's contact: a digest, by which the law sees that
// there is one, and the register whether the same was asked for before.
func (o *Office) digested(a api.Act) (api.Act, error) {
	if a.Person == nil {
		return a, nil
	}
	digest, err := o.register.ContactDigest(*contactOf(a.Person))
	a.Body.Contact = digest
	return a, err
}

func contactOf(p *api.Person) *register.Person {
	if p == nil {
		return nil
	}
	return &register.Person{Name: p.Name, Phone: p.Phone, Email: p.Email, Address: p.Address}
}

// Preview asks the law about the act on the case as it stands. A refusal counts only when
// nothing waits that Settle would enter before the act.
func (o *Office) Preview(ctx context.Context, a api.Act, row api.Line, c casefile.Case) (*casefile.Refusal, error) {
	if err := o.colleague(ctx, a, c); err != nil {
		return nil, err
	}
	if a.Name == "correct-facts" && a.Body.Operator != "" && a.By.Authority == c.Authority {
		if _, err := o.register.OperatorByID(ctx, a.Body.Operator); errors.Is(err, register.ErrNotFound) {
			return nil, reject("unknown-operator", "operator", "", "登记册中没有该经营者。", "the register knows no such operator")
		} else if err != nil {
			return nil, told(err)
		}
	}
	a, err := o.digested(a)
	if err != nil {
		return nil, err
	}
	now, err := o.register.Now(ctx)
	if err != nil {
		return nil, told(err)
	}
	law, err := o.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	days, err := o.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	m := casefile.Move{Class: casefile.Act, Name: a.Name, Ref: "preview", At: now, By: a.By, Body: a.Body}
	if err := m.Ask(asked{ctx: ctx, office: o, c: c, on: calendar.DayOf(now, days.Place())}); err != nil {
		return nil, told(err)
	}
	_, refusal, err := casefile.Decide(c, m, casefile.Law{Regime: law, Calendar: days})
	if err != nil || refusal == nil {
		return nil, err
	}
	stale := func(d casefile.Deadline) bool { return d.Stale(days) } // counted anew before the act
	if !row.NextDue.IsZero() && !row.NextDue.After(now) || slices.ContainsFunc(c.Deadlines, stale) {
		return nil, nil
	}
	waits, err := o.waits(ctx, a.Case)
	if err != nil || waits {
		return nil, err
	}
	return refusal, nil
}

// asked tells the law what the register knows of a case, on a day.
type asked struct {
	ctx    context.Context
	office *Office
	c      casefile.Case
	on     calendar.Day
}

func (a asked) Facts(officers []string) ([]casefile.Card, []string, error) {
	return a.office.register.Facts(a.ctx, officers, a.c.Operator)
}

func (a asked) Above(officer string) (string, error) {
	return a.office.register.Above(a.ctx, a.c.Authority, officer)
}

func (a asked) Checklist(id string, types []string) (*checklist.List, error) {
	library, err := a.office.standards()
	if err != nil {
		return nil, err
	}
	standard, err := library.Chosen(id, types, a.on)
	if errors.Is(err, standards.ErrNotInForce) { // of which the law is to speak
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return standard.Checklist(), nil
}

// colleague refuses an act that gives the case, or the chair of its hearing, to somebody who could
// not act in it: who is unknown, of another authority, or of a role without such acts.
func (o *Office) colleague(ctx context.Context, a api.Act, c casefile.Case) error {
	roles, ok := map[string][]casefile.Role{
		"assign":       {casefile.RoleOfficer, casefile.RoleHead},
		"call-hearing": {casefile.RoleOfficer, casefile.RoleReviewer, casefile.RoleHead},
	}[a.Name]
	if !ok || a.By.Authority != c.Authority { // of another authority's officers the caller learns nothing
		return nil
	}
	who, err := o.register.OfficerByID(ctx, a.Body.Officer)
	switch {
	case errors.Is(err, register.ErrNotFound), err == nil && who.Authority != c.Authority:
		return reject("unknown-officer", "officer", "", "办理本案的机关没有该人员。", "the authority that carries the case has no such officer")
	case err == nil && !slices.Contains(roles, who.Role):
		return reject("wrong-officer-role", "officer", "", "该人员的职务不能办理此事;请指定承办人或者负责人。", "somebody of that role can't do this; name a handling officer or a head")
	}
	return told(err)
}

// waits tells whether a paper of the case is not entered yet.
func (o *Office) waits(ctx context.Context, id string) (bool, error) {
	const page = 200
	for after := int64(0); ; {
		papers, err := o.register.Papers(ctx, id, after, page)
		if err != nil {
			return false, told(err)
		}
		for _, p := range papers {
			if p.Entry == 0 {
				return true, nil
			}
			after = p.Serial
		}
		if len(papers) < page {
			return false, nil
		}
	}
}

// PutAct commits an act, to be settled.
func (o *Office) PutAct(ctx context.Context, a api.Act) (api.Act, error) {
	row, err := o.register.PutAct(ctx, register.ActIn{
		Owner: a.Owner, Key: a.Key, Case: a.Case, Name: a.Name, By: a.By, Body: a.Body, IfMatch: a.IfMatch,
		Contact: contactOf(a.Person),
	})
	return actOf(row), told(err)
}

// ActByID reads an act with its verdict.
func (o *Office) ActByID(ctx context.Context, id string) (api.Act, error) {
	row, err := o.register.ActByID(ctx, id)
	return actOf(row), told(err)
}

func actOf(row register.ActRow) api.Act {
	out := api.Act{ID: row.ID, Case: row.Case, Name: row.Name, By: row.By, Body: row.Body, IfMatch: row.IfMatch}
	if row.Verdict != nil {
		out.Entry, out.Refusal = row.Verdict.Entry, row.Verdict.Refusal
	}
	return out
}
