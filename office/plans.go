package office

import (
	"context"
	"errors"
	"fmt"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/plans"
	"duban/register"
)

// Pinning is the regulation to which a case that an authority opens on a day is pinned: what
// plans open is pinned as what comes in at the door.
func (o *Office) Pinning(ctx context.Context, authority string, kind casefile.Kind, on calendar.Day) (register.RegimeText, error) {
	a, err := o.register.AuthorityByID(ctx, authority)
	if err != nil {
		return register.RegimeText{}, told(err)
	}
	b, err := o.bundle(a, kind, on)
	if err != nil {
		return register.RegimeText{}, err
	}
	return register.RegimeText{Hash: b.Regime.Hash, Text: b.Text}, nil
}

// Receiving is the regulation by which an authority carries a case that it is given on a day.
func (o *Office) Receiving(to register.Authority, kind casefile.Kind, on calendar.Day) (register.RegimeText, error) {
	b, err := o.bundle(to, kind, on)
	var no *api.Rejection
	if errors.As(err, &no) {
		return register.RegimeText{}, fmt.Errorf("%w: %w", register.ErrNoRegime, err)
	}
	if err != nil {
		return register.RegimeText{}, err
	}
	return register.RegimeText{Hash: b.Regime.Hash, Text: b.Text}, nil
}

// MakePlan makes a plan: it begins with its year, or today.
func (o *Office) MakePlan(ctx context.Context, owner, key string, p plans.Plan, by casefile.Actor) (api.PlanLine, error) {
	a, err := o.register.AuthorityByID(ctx, p.Authority)
	if err != nil {
		return api.PlanLine{}, told(err)
	}
	today, err := o.today(ctx)
	if err != nil {
		return api.PlanLine{}, err
	}
	if p.From = calendar.NewDay(p.Year, 1, 1); p.From.Before(today) {
		p.From = today
	}
	if err := o.plannable(ctx, a, p, today); err != nil {
		return api.PlanLine{}, err
	}
	row, err := o.register.PutPlan(ctx, register.PlanIn{Owner: owner, Key: key, Plan: p, By: by})
	return planLine(row), told(err)
}

// plannable says why an authority can't have a plan.
func (o *Office) plannable(ctx context.Context, a register.Authority, p plans.Plan, today calendar.Day) error {
	switch {
	case !p.Cadence.By(a.Level):
		return reject("wrong-level", "cadence", "liaoning-tourism-1991:14",
			"定期检查由市级机关安排,抽查由省级机关或部安排。", "periodic checks are planned by cities, spot checks by provinces or the ministry")
	case p.Year < today.Year() || p.Year > today.Year()+1:
		return reject("bad-plan-year", "year", "", "计划须为本年度或下一年度。", "a plan is for this year or the next")
	}
	if err := p.Check(); err != nil {
		return unplanned(err)
	}
	supervised, err := o.register.Supervised(ctx, a.ID)
	if err != nil {
		return told(err)
	}
	for _, id := range p.Operators {
		operator, err := o.register.OperatorByID(ctx, id)
		if errors.Is(err, register.ErrNotFound) {
			return reject("unknown-operator", "operators", "", "名单中有登记册没有的经营者。", "the list has an operator that the register does not know")
		}
		if err != nil {
			return told(err)
		}
		if !supervised(operator) {
			return reject("not-supervised", "operators", "", "名单中有不归本机关监管的经营者。", "the list has an operator that this authority does not supervise")
		}
	}
	if p.Cadence.Visits() {
		_, err := o.bundle(a, casefile.Inspection, today)
		return err
	}
	return nil
}

// ChangePlan enters a change of a plan.
func (o *Office) ChangePlan(ctx context.Context, owner, key, id string, c plans.Change, by casefile.Actor) (api.PlanLine, error) {
	row, err := o.register.ChangePlan(ctx, register.ChangeIn{Owner: owner, Key: key, Plan: id, Change: c, By: by})
	return planLine(row), told(unplanned(err))
}

// unplanned has a fault of a plan, or of a change of one, said by the door.
func unplanned(err error) error {
	var f *plans.Fault
	if errors.As(err, &f) {
		return reject(f.Code, f.Field, f.Cite, f.Zh, f.En)
	}
	return err
}

func planLine(row register.PlanRow) api.PlanLine {
	return api.PlanLine{Serial: row.Serial, Plan: row.Plan, By: row.By.Officer, Created: row.Created, Through: row.Through, NextDue: row.NextDue}
}

// Plan finds a plan.
func (o *Office) Plan(ctx context.Context, id string) (api.PlanLine, error) {
	row, err := o.register.PlanByID(ctx, id)
	return planLine(row), told(err)
}

// Plans lists the plans of an authority, of all if none is named.
func (o *Office) Plans(ctx context.Context, authority string, after int64, limit int) ([]api.PlanLine, error) {
	rows, err := o.register.Plans(ctx, authority, after, limit)
	return each(rows, planLine), told(err)
}

// Checks lists the checks of a plan that were seen to.
func (o *Office) Checks(ctx context.Context, plan string, after int64, limit int) ([]api.Check, error) {
	rows, err := o.register.Occurrences(ctx, plan, after, limit)
	return each(rows, func(r register.Occurrence) api.Check {
		return api.Check{Serial: r.Serial, Slot: r.Slot, Operator: r.Operator, Day: r.Day, State: string(r.State), Case: r.Case, At: r.At}
	}), told(err)
}

// Alerts lists the alerts to an authority, to all if none is named.
func (o *Office) Alerts(ctx context.Context, authority string, after int64, limit int) ([]api.Warning, error) {
	rows, err := o.register.Alerts(ctx, authority, after, limit)
	return each(rows, func(r register.Alert) api.Warning { return api.Warning(r) }), told(err)
}

// FileSelfCheck takes a unit's check of itself.
func (o *Office) FileSelfCheck(ctx context.Context, owner, key string, s api.OwnCheck) (api.OwnCheck, error) {
	row, err := o.register.FileSelfCheck(ctx, register.SelfCheckIn{
		Owner: owner, Key: key, Operator: s.Operator, Day: s.Day, Inspector: s.Inspector, Faults: s.Faults, Text: s.Text,
	})
	if errors.Is(err, register.ErrFiling) {
		err = inFuture("day")
	}
	return api.OwnCheck(row), told(err)
}

// SelfChecks lists the self-checks of an operator.
func (o *Office) SelfChecks(ctx context.Context, operator string, after int64, limit int) ([]api.OwnCheck, error) {
	rows, err := o.register.SelfChecks(ctx, operator, after, limit)
	return each(rows, func(r register.SelfCheck) api.OwnCheck { return api.OwnCheck(r) }), told(err)
}

// FileExempt opens an inspection outside every plan, with the ground on which it does not count, of
// an operator that its authority supervises, as plans do.
func (o *Office) FileExempt(ctx context.Context, f api.Filing, ground, reasons string) (api.Receipt, error) {
	in, err := o.filing(ctx, f)
	if err != nil {
		return api.Receipt{}, err
	}
	operator, err := o.register.OperatorByID(ctx, f.Operator)
	if err != nil {
		return api.Receipt{}, told(err)
	}
	supervised, err := o.register.Supervised(ctx, in.Authority)
	if err != nil {
		return api.Receipt{}, told(err)
	}
	if !supervised(operator) {
		return api.Receipt{}, reject("not-supervised", "operator", "", "该经营者不归本机关监管,不能由本机关检查。", "this authority does not supervise that operator, and can't inspect it")
	}
	r, err := o.register.FileExempt(ctx, in, ground, reasons)
	return receiptOf(r), told(err)
}

// Exemption tells why an inspection counts towards no cap.
func (o *Office) Exemption(ctx context.Context, id string) (api.Exempted, error) {
	e, err := o.register.ExemptionOf(ctx, id)
	return api.Exempted{Ground: e.Ground, Reasons: e.Reason, Officer: e.Officer, At: e.At}, told(err)
}

func each[A, B any](all []A, f func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = f(a)
	}
	return out
}
