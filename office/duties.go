package office

import (
	"context"
	"errors"
	"slices"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
	"duban/register"
)

// DutyAct is what an operator or an officer does about a duty.
type DutyAct struct {
	Key   string // the Idempotency-Key
	Duty  string
	Words string // a report's text, or reasons
	Until calendar.Day
}

// Duties lists what operators owe: to an operator its own, to staff what is owed to the authorities that
// they may see.
func (o *Office) Duties(ctx context.Context, who access.Who, f DutyFilter, authority string, after int64, limit int) ([]Duty, error) {
	a := access.ReadDuty
	if f.Proposed {
		a = access.ProposeDuty
	}
	if err := access.Ever(who, a); err != nil {
		return nil, err
	}
	scope := access.ScopeOf(who, a)
	var ok bool
	var err error
	if f.Authorities, ok, err = o.narrowed(ctx, scope, authority); err != nil || !ok {
		return nil, err
	}
	if scope.Operator != "" {
		if f.Operator != "" && f.Operator != scope.Operator {
			return nil, nil
		}
		f.Operator = scope.Operator
	}
	all, err := o.register.Duties(ctx, f, after, limit)
	for i := range all {
		if err == nil {
			all[i], err = o.dutyFor(ctx, who, all[i])
		}
	}
	return all, err
}

// dutyFor takes from a duty what its operator may not know: what is only proposed or was dismissed, our
// reasons, and a case that it was not told of yet (penalties 50). An improvement notice is written to it.
func (o *Office) dutyFor(ctx context.Context, who access.Who, l Duty) (Duty, error) {
	if !who.Outside() {
		return l, nil
	}
	d := &l.Duty
	if d.Matter != duties.Improving {
		l.Words = ""
	}
	if d.Case != "" {
		_, _, err := o.docket.Find(ctx, who, access.ReadCase, d.Case, "")
		if err != nil && !errors.Is(err, access.ErrHidden) {
			return l, err
		}
		if err != nil {
			d.Case = ""
		}
	}
	if d.Matter == duties.Proposed || d.Matter == duties.Dismissed || d.Matter == duties.Confirmed && d.Case == "" {
		d.Matter = duties.NoMatter
		if d.State == duties.Untrue { // what an officer found is ours until the operator is told
			d.State = duties.Filed
			if d.Reported.After(d.Due) && !d.Due.IsZero() {
				d.State = duties.Late
			}
		}
	}
	return l, nil
}

// duty is a duty to which the caller may do the action.
func (o *Office) duty(ctx context.Context, who access.Who, a access.Action, id string) (Duty, error) {
	if err := access.Ever(who, a); err != nil {
		return Duty{}, err
	}
	l, err := o.register.DutyByID(ctx, id)
	if err != nil {
		return l, err
	}
	x := access.Thing{Operator: l.Duty.Operator, Authority: l.Duty.Authority, Visible: true}
	if a == access.DecideDuty {
		return l, o.mayOwn(ctx, who, access.ReadDuty, a, x)
	}
	return l, o.may(ctx, who, a, x)
}

// DutyReports lists the reports on a duty.
func (o *Office) DutyReports(ctx context.Context, who access.Who, id string, after int64, limit int) ([]DutyReport, error) {
	if _, err := o.duty(ctx, who, access.ReadDuty, id); err != nil {
		return nil, err
	}
	return o.register.DutyReports(ctx, id, after, limit)
}

// ReportDuty takes an operator's report on a duty of its own, once for a key. ErrKeyReused.
func (o *Office) ReportDuty(ctx context.Context, who access.Who, a DutyAct) (DutyReceipt, error) {
	if _, err := o.duty(ctx, who, access.ReportDuty, a.Duty); err != nil {
		return DutyReceipt{}, err
	}
	r, err := o.register.ReportDuty(ctx, register.DutyAct{Owner: who.Owner(), Key: a.Key, Duty: a.Duty, By: casefile.Actor{Sender: "operator"}, Words: a.Words})
	if err != nil {
		return r, dutySays(err)
	}
	r.Duty, err = o.dutyFor(ctx, who, r.Duty)
	return r, err
}

// FileBlockage takes what an operator tells at once, and opens the duty to write it down, by the
// regulation of the authority to which it is owed.
func (o *Office) FileBlockage(ctx context.Context, who access.Who, key string, b duties.Blockage) (Duty, error) {
	if err := o.may(ctx, who, access.ReportDuty, access.Thing{Operator: who.ID}); err != nil {
		return Duty{}, err
	}
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return Duty{}, err
	}
	operator, err := o.register.OperatorByID(ctx, who.ID)
	if err != nil {
		return Duty{}, err
	}
	today, err := o.Today(ctx)
	if err != nil {
		return Duty{}, err
	}
	to, _ := o.Regulations.ReportsTo(tree, operator.Province)
	rules, err := o.Regulations.Duties(to, today)
	if err != nil {
		return Duty{}, err
	}
	i := slices.IndexFunc(rules, func(d casefile.Duty) bool { return d.Cadence == casefile.AtOnce && d.Binds(operator.Types) })
	if i < 0 {
		return Duty{}, reject("no-such-duty", "", "", "适用于该经营者的法规没有此项报告义务。", "the regulation that binds this operator has no such duty")
	}
	rule := rules[i]
	days, err := o.docket.Calendar(ctx)
	if err != nil {
		return Duty{}, err
	}
	l, err := o.register.FileBlockage(ctx, register.DutyAct{Owner: who.Owner(), Key: key, By: casefile.Actor{Sender: "operator"}}, rule, duties.Duty{
		Operator: operator.ID, Authority: to.ID, Code: rule.Code, Title: rule.Title, Cadence: rule.Cadence, Cite: rule.Cite,
		Unverified: rule.Unverified, Violation: rule.Violation, Grace: rule.Grace,
	}, b, days)
	return l, dutySays(err)
}

// decision is what the authority to which a duty is owed makes of it.
func decision(who access.Who, a DutyAct) register.DutyAct {
	return register.DutyAct{Owner: who.Owner(), Key: a.Key, Duty: a.Duty, By: who.Actor(), Words: a.Words, Until: a.Until}
}

// ConfirmDuty opens the enforcement case that a duty proposes, under its own sanction clause: the violation
// act is that of the duty, on the day after its term, or of an untrue report on the day that it came in.
// *Rejection without a sanction clause.
func (o *Office) ConfirmDuty(ctx context.Context, who access.Who, a DutyAct) (Duty, error) {
	l, err := o.duty(ctx, who, access.DecideDuty, a.Duty)
	if err != nil {
		return l, err
	}
	d := l.Duty
	if d.Violation == "" {
		return l, dutySays(duties.ErrNoClause)
	}
	at := d.Due
	switch d.State {
	case duties.Untrue:
		at = d.Reported
	case duties.Open, duties.Filed: // told too late orally
		at = d.OralDue
	}
	day := calendar.DayOf(at, o.register.Place())
	by := who.Actor()
	by.Sender = "officer"
	in, err := o.filing(ctx, request{by: by, operator: d.Operator, Filing: Filing{
		Kind: casefile.Enforcement, Authority: d.Authority,
		Body: casefile.Body{
			Violation: d.Violation, Requirement: d.Code + "-" + d.Period, PeriodFrom: day, PeriodTo: day, Operator: d.Operator, Text: a.Words,
		},
	}})
	if err != nil {
		return l, err
	}
	l, err = o.register.ConfirmDuty(ctx, decision(who, a), in)
	if err == nil {
		o.nudge(casefile.Enforcement, l.Duty.Case, "filing", "")
	}
	return l, dutySays(err)
}

// DismissDuty ends a proposal, with reasons.
func (o *Office) DismissDuty(ctx context.Context, who access.Who, a DutyAct) (Duty, error) {
	return o.decide(ctx, who, a, o.register.DismissDuty)
}

// DoubtDuty enters that a report was found untrue.
func (o *Office) DoubtDuty(ctx context.Context, who access.Who, a DutyAct) (Duty, error) {
	return o.decide(ctx, who, a, o.register.DoubtDuty)
}

// ImproveDuty enters an improvement notice. *Rejection with a sanction clause.
func (o *Office) ImproveDuty(ctx context.Context, who access.Who, a DutyAct) (Duty, error) {
	today, err := o.Today(ctx)
	if err != nil {
		return Duty{}, err
	}
	return o.decide(ctx, who, a, func(ctx context.Context, d register.DutyAct) (Duty, error) {
		if a.Until.Before(today) {
			return Duty{}, reject("day-in-past", "until", "", "改进期限不能早于今日。", "the day to improve by can't have passed")
		}
		return o.register.ImproveDuty(ctx, d)
	})
}

func (o *Office) decide(ctx context.Context, who access.Who, a DutyAct, enter func(context.Context, register.DutyAct) (Duty, error)) (Duty, error) {
	if l, err := o.duty(ctx, who, access.DecideDuty, a.Duty); err != nil {
		return l, err
	}
	l, err := enter(ctx, decision(who, a))
	return l, dutySays(err)
}

// dutySays is why a duty does not allow what was asked.
func dutySays(err error) error {
	switch {
	case errors.Is(err, duties.ErrNoClause):
		return reject("no-sanction-clause", "", "telecom-2001:13", "该义务没有罚则，只可督促和要求改进。", "the duty has no sanction clause: it leads to a reminder and an improvement notice only")
	case errors.Is(err, duties.ErrClause):
		return reject("own-sanction-clause", "", "", "该义务有自己的罚则，请确认或者驳回拟立案建议。", "the duty has a sanction clause of its own: confirm or dismiss what is proposed")
	case errors.Is(err, duties.ErrNotSo):
		return reject("duty-not-so", "", "", "该义务目前不允许此操作。", "the duty does not allow this as it stands")
	case errors.Is(err, duties.ErrBlockageBegan):
		return reject("bad-blockage", "began", "telecom-2001:18", "障碍开始的时间不能晚于现在。", "the blockage can't begin later than now")
	case errors.Is(err, duties.ErrBlockageOral):
		return reject("bad-blockage", "oral", "telecom-2001:18", "口头报告的时间须在障碍开始之后，且不晚于现在。", "the oral report comes after the blockage began, and not later than now")
	case errors.Is(err, duties.ErrBlockage):
		return reject("bad-blockage", "grade", "telecom-2001:18", "本办法没有该障碍等级。", "the regime knows no such grade of blockage")
	}
	return sameAct(err)
}
