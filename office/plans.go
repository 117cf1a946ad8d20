package office

import (
	"context"
	"errors"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/plans"
	"duban/register"
)

// MakePlan makes a plan of the caller's authority: it begins with its year, or today. The same key gives
// the same. ErrKeyReused; *Rejection for one that can't be, or is not the authority's to make.
func (o *Office) MakePlan(ctx context.Context, who access.Who, key string, p plans.Plan) (Plan, error) {
	p.Authority = who.Authority
	if err := o.may(ctx, who, access.MakePlan, access.Thing{Authority: p.Authority}); err != nil {
		return Plan{}, err
	}
	today, err := o.Today(ctx)
	if err != nil {
		return Plan{}, err
	}
	if p.From = calendar.NewDay(p.Year, 1, 1); p.From.Before(today) {
		p.From = today
	}
	if err := o.plannable(ctx, p, today); err != nil {
		return Plan{}, err
	}
	return o.register.PutPlan(ctx, register.PlanIn{Owner: who.Owner(), Key: key, Plan: p, By: who.Actor()})
}

// plannable says why an authority can't have a plan.
func (o *Office) plannable(ctx context.Context, p plans.Plan, today calendar.Day) error {
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return err
	}
	a, _ := tree.Authority(p.Authority)
	switch {
	case !p.Cadence.By(a.Level):
		return reject("wrong-level", "cadence", "liaoning-tourism-1991:14",
			"定期检查由市级机关安排，抽查由省级机关或部安排。", "periodic checks are planned by cities, spot checks by provinces or the ministry")
	case p.Year < today.Year() || p.Year > today.Year()+1:
		return reject("bad-plan-year", "year", "", "计划须为本年度或下一年度。", "a plan is for this year or the next")
	}
	if err := p.Check(); err != nil {
		return unplanned(err)
	}
	for _, id := range p.Operators {
		operator, err := o.register.OperatorByID(ctx, id)
		if errors.Is(err, ErrNotFound) {
			return reject("unknown-operator", "operators", "", "名单中有登记册没有的经营者。", "the list has an operator that the register does not know")
		}
		if err != nil {
			return err
		}
		if !tree.Supervises(a.ID, operator.Province) {
			return reject("not-supervised", "operators", "", "名单中有不归本机关监管的经营者。", "the list has an operator that this authority does not supervise")
		}
	}
	if p.Cadence.Visits() {
		_, refusal, err := o.Regulations.Bundle(a, casefile.Inspection, today)
		return errors.Join(err, rejected(refusal))
	}
	return nil
}

// ChangePlan enters a change of a plan of the caller's authority, once for a key. ErrKeyReused, ErrNotFound;
// *Rejection for one that begins in the past or can't be.
func (o *Office) ChangePlan(ctx context.Context, who access.Who, key, id string, c plans.Change) (Plan, error) {
	if err := access.Ever(who, access.MakePlan); err != nil {
		return Plan{}, err
	}
	p, err := o.register.PlanByID(ctx, id)
	if err != nil {
		return p, err
	}
	if err := o.mayOwn(ctx, who, access.ReadPlan, access.MakePlan, access.Thing{Authority: p.Plan.Authority}); err != nil {
		return p, err
	}
	p, err = o.register.ChangePlan(ctx, register.ChangeIn{Owner: who.Owner(), Key: key, Plan: id, Change: c, By: who.Actor()})
	return p, unplanned(err)
}

// unplanned is a fault of a plan, or of a change of one, as a rejection.
func unplanned(err error) error {
	var f *plans.Fault
	if errors.As(err, &f) {
		return reject(f.Code, f.Field, f.Cite, f.Zh, f.En)
	}
	return err
}

// Plan finds a plan; ErrNotFound.
func (o *Office) Plan(ctx context.Context, who access.Who, id string) (Plan, error) {
	if err := access.Ever(who, access.ReadPlan); err != nil {
		return Plan{}, err
	}
	p, err := o.register.PlanByID(ctx, id)
	if err != nil {
		return p, err
	}
	return p, o.may(ctx, who, access.ReadPlan, access.Thing{Authority: p.Plan.Authority})
}

// Plans lists the plans of an authority that the caller may see; of all of them if none is named.
func (o *Office) Plans(ctx context.Context, who access.Who, authority string, after int64, limit int) ([]Plan, error) {
	return listed(ctx, o, who, access.ReadPlan, authority, func(of []string) ([]Plan, error) { return o.register.Plans(ctx, of, after, limit) })
}

// listed reads a list that is narrowed by authorities only.
func listed[T any](ctx context.Context, o *Office, who access.Who, a access.Action, named string, read func(of []string) ([]T, error)) ([]T, error) {
	if err := access.Ever(who, a); err != nil {
		return nil, err
	}
	of, ok, err := o.narrowed(ctx, access.ScopeOf(who, a), named)
	if err != nil || !ok {
		return nil, err
	}
	return read(of)
}

// Occurrences lists the checks of a plan that were seen to.
func (o *Office) Occurrences(ctx context.Context, who access.Who, plan string, after int64, limit int) ([]Occurrence, error) {
	if _, err := o.Plan(ctx, who, plan); err != nil {
		return nil, err
	}
	return o.register.Occurrences(ctx, plan, after, limit)
}

// Alerts lists the alerts to an authority that the caller may see; to all of them if none is named.
func (o *Office) Alerts(ctx context.Context, who access.Who, authority string, after int64, limit int) ([]Alert, error) {
	return listed(ctx, o, who, access.ListAlerts, authority, func(of []string) ([]Alert, error) { return o.register.Alerts(ctx, of, after, limit) })
}

// FileSelfCheck takes the caller's check of itself, once for a key. ErrKeyReused; *Rejection for a day to
// come.
func (o *Office) FileSelfCheck(ctx context.Context, who access.Who, key string, s SelfCheck) (SelfCheck, error) {
	if err := o.may(ctx, who, access.FileSelfCheck, access.Thing{Operator: who.ID}); err != nil {
		return s, err
	}
	row, err := o.register.FileSelfCheck(ctx, register.SelfCheckIn{
		Owner: who.Owner(), Key: key, Operator: who.ID, Day: s.Day, Inspector: s.Inspector, Faults: s.Faults, Text: s.Text,
	})
	if errors.Is(err, register.ErrFiling) {
		err = inFuture("day")
	}
	return row, err
}

// SelfChecks lists the self-checks of an operator: of the caller's own if none is named. *Rejection where
// staff name none.
func (o *Office) SelfChecks(ctx context.Context, who access.Who, operator string, after int64, limit int) ([]SelfCheck, error) {
	if operator == "" && who.Kind == access.Operator {
		operator = who.ID
	}
	if err := access.Ever(who, access.ReadSelfCheck); err != nil {
		return nil, err
	}
	if operator == "" {
		return nil, no("bad-parameter", "operator")
	}
	if _, err := o.supervised(ctx, who, access.ReadSelfCheck, operator); err != nil {
		return nil, err
	}
	return o.register.SelfChecks(ctx, operator, after, limit)
}
