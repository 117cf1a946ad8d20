package office

import (
	"context"
	"errors"
	"slices"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
	"duban/register"
)

// ownersPage is how many operators are read at once.
const ownersPage = 200

// Obligations tells what all operators owe on a day, and to whom: those of a province to its
// administration, those of all provinces to the ministry (telecom 18).
func (o *Office) Obligations(ctx context.Context, on calendar.Day) ([]register.Obligation, error) {
	all, err := o.register.Authorities(ctx)
	if err != nil {
		return nil, told(err)
	}
	to := o.owedTo(all)
	of := map[string][]register.Operator{}
	for last := ""; ; {
		page, err := o.register.Operators(ctx, last, ownersPage)
		if err != nil {
			return nil, told(err)
		}
		for _, operator := range page {
			last = operator.ID
			if a, ok := to(operator); ok {
				of[a.ID] = append(of[a.ID], operator)
			}
		}
		if len(page) < ownersPage {
			break
		}
	}
	var out []register.Obligation
	for _, a := range all {
		if rules := o.dutiesOf(a, on); len(rules) > 0 && len(of[a.ID]) > 0 {
			out = append(out, register.Obligation{Authority: a.ID, Duties: rules, Operators: of[a.ID]})
		}
	}
	return out, nil
}

// owedTo finds the authority to which an operator reports: of a city, the one above it. Where no
// one authority is at the top, the operators of no province report to nobody.
func (o *Office) owedTo(all []register.Authority) func(register.Operator) (register.Authority, bool) {
	byID := map[string]register.Authority{}
	var tops []register.Authority
	for _, a := range all {
		byID[a.ID] = a
		if _, ours := o.library.Main(a.Domain); ours && a.Parent == "" && a.Level == "ministry" {
			tops = append(tops, a)
		}
	}
	return func(operator register.Operator) (register.Authority, bool) {
		if operator.Province == "" {
			if len(tops) != 1 {
				return register.Authority{}, false
			}
			return tops[0], true
		}
		a, ok := byID[operator.Province]
		for range all { // a loop in the tree ends here too
			above, more := byID[a.Parent]
			if a.Level != "city" || !more {
				break
			}
			a = above
		}
		return a, ok
	}
}

// dutiesOf are the duties of the regulation that an authority carries out on a day; none where
// there is no such regulation.
func (o *Office) dutiesOf(a register.Authority, on calendar.Day) []casefile.Duty {
	b, err := o.bundle(a, casefile.Enforcement, on)
	if err != nil {
		return nil
	}
	return b.Regime.Duties
}

func dutyLine(l register.DutyLine) api.DutyLine {
	return api.DutyLine{Serial: l.Serial, Duty: l.Duty, Words: l.Words}
}

// Duties lists duties.
func (o *Office) Duties(ctx context.Context, f api.DutyFilter, after int64, limit int) ([]api.DutyLine, error) {
	rows, err := o.register.Duties(ctx, register.DutyFilter(f), after, limit)
	return each(rows, dutyLine), told(err)
}

// Duty finds a duty.
func (o *Office) Duty(ctx context.Context, id string) (api.DutyLine, error) {
	l, err := o.register.DutyByID(ctx, id)
	return dutyLine(l), told(err)
}

// DutyReports lists the reports on a duty.
func (o *Office) DutyReports(ctx context.Context, id string, after int64, limit int) ([]api.DutyPaper, error) {
	rows, err := o.register.DutyReports(ctx, id, after, limit)
	return each(rows, func(r register.DutyReport) api.DutyPaper { return api.DutyPaper(r) }), told(err)
}

// ReportDuty takes a report.
func (o *Office) ReportDuty(ctx context.Context, a api.DutyAct) (api.DutyTaken, error) {
	r, err := o.register.ReportDuty(ctx, register.DutyAct(a))
	return api.DutyTaken{ID: r.ID, Received: r.Received, Hash: r.Hash, Late: r.Late, Duty: dutyLine(r.Duty)}, dutyTold(err)
}

// FileBlockage opens the duty to report a blockage, by the regulation of the one that it is owed to.
func (o *Office) FileBlockage(ctx context.Context, a api.DutyAct, operator string, b duties.Blockage) (api.DutyLine, error) {
	all, err := o.register.Authorities(ctx)
	if err != nil {
		return api.DutyLine{}, told(err)
	}
	who, err := o.register.OperatorByID(ctx, operator)
	if err != nil {
		return api.DutyLine{}, told(err)
	}
	today, err := o.today(ctx)
	if err != nil {
		return api.DutyLine{}, err
	}
	to, _ := o.owedTo(all)(who)
	rules := o.dutiesOf(to, today)
	i := slices.IndexFunc(rules, func(d casefile.Duty) bool { return d.Cadence == casefile.AtOnce && d.Binds(who.Types) })
	if i < 0 {
		return api.DutyLine{}, reject("no-such-duty", "", "", "适用于该经营者的法规没有此项报告义务。", "the regulation that binds this operator has no such duty")
	}
	rule := rules[i]
	days, err := o.Calendar(ctx)
	if err != nil {
		return api.DutyLine{}, err
	}
	l, err := o.register.FileBlockage(ctx, register.DutyAct(a), rule, duties.Duty{
		Operator: who.ID, Authority: to.ID, Code: rule.Code, Title: rule.Title, Cadence: rule.Cadence, Cite: rule.Cite,
		Unverified: rule.Unverified, Violation: rule.Violation, Grace: rule.Grace,
	}, b, days)
	return dutyLine(l), dutyTold(err)
}

// ConfirmDuty opens the enforcement case that a duty proposes, under its own sanction clause: the
// violation act is that of the duty, on the day after its term, or of an untrue report on the day
// that it came in.
func (o *Office) ConfirmDuty(ctx context.Context, a api.DutyAct) (api.DutyLine, error) {
	l, err := o.register.DutyByID(ctx, a.Duty)
	if err != nil {
		return api.DutyLine{}, told(err)
	}
	d := l.Duty
	if d.Violation == "" {
		return api.DutyLine{}, dutyTold(duties.ErrNoClause)
	}
	at := d.Due
	switch d.State {
	case duties.Untrue:
		at = d.Reported
	case duties.Open, duties.Filed: // told too late orally
		at = d.OralDue
	}
	day := calendar.DayOf(at, o.builtIn.Place())
	in, err := o.filing(ctx, api.Filing{
		Kind: casefile.Enforcement, Authority: d.Authority, Operator: d.Operator, By: withSender(a.By),
		Body: casefile.Body{
			Violation: d.Violation, Requirement: d.Code + "-" + d.Period, PeriodFrom: day, PeriodTo: day, Operator: d.Operator, Text: a.Words,
		},
	})
	if err != nil {
		return api.DutyLine{}, err
	}
	l, err = o.register.ConfirmDuty(ctx, register.DutyAct(a), in)
	return dutyLine(l), dutyTold(err)
}

func withSender(by casefile.Actor) casefile.Actor {
	by.Sender = "officer"
	return by
}

// DismissDuty ends a proposal, with reasons.
func (o *Office) DismissDuty(ctx context.Context, a api.DutyAct) (api.DutyLine, error) {
	l, err := o.register.DismissDuty(ctx, register.DutyAct(a))
	return dutyLine(l), dutyTold(err)
}

// DoubtDuty enters that a report was found untrue.
func (o *Office) DoubtDuty(ctx context.Context, a api.DutyAct) (api.DutyLine, error) {
	l, err := o.register.DoubtDuty(ctx, register.DutyAct(a))
	return dutyLine(l), dutyTold(err)
}

// ImproveDuty enters an improvement notice.
func (o *Office) ImproveDuty(ctx context.Context, a api.DutyAct) (api.DutyLine, error) {
	today, err := o.today(ctx)
	if err != nil {
		return api.DutyLine{}, err
	}
	if a.Until.Before(today) {
		return api.DutyLine{}, reject("day-in-past", "until", "", "改进期限不能早于今日。", "the day to improve by can't have passed")
	}
	l, err := o.register.ImproveDuty(ctx, register.DutyAct(a))
	return dutyLine(l), dutyTold(err)
}

func dutyTold(err error) error {
	switch {
	case errors.Is(err, duties.ErrNoClause):
		return reject("no-sanction-clause", "", "telecom-2001:13", "该义务没有罚则,只可督促和要求改进。", "the duty has no sanction clause: it leads to a reminder and an improvement notice only")
	case errors.Is(err, duties.ErrClause):
		return reject("own-sanction-clause", "", "", "该义务有自己的罚则,请确认或者驳回拟立案建议。", "the duty has a sanction clause of its own: confirm or dismiss what is proposed")
	case errors.Is(err, duties.ErrNotSo):
		return reject("duty-not-so", "", "", "该义务目前不允许此操作。", "the duty does not allow this as it stands")
	case errors.Is(err, duties.ErrBlockageBegan):
		return reject("bad-blockage", "began", "telecom-2001:18", "障碍开始的时间不能晚于现在。", "the blockage can't begin later than now")
	case errors.Is(err, duties.ErrBlockageOral):
		return reject("bad-blockage", "oral", "telecom-2001:18", "口头报告的时间须在障碍开始之后,且不晚于现在。", "the oral report comes after the blockage began, and not later than now")
	case errors.Is(err, duties.ErrBlockage):
		return reject("bad-blockage", "grade", "telecom-2001:18", "本办法没有该障碍等级。", "the regime knows no such grade of blockage")
	}
	return told(err)
}
