package register

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/calendar"
	"duban/law/casefile"
)

// opening is a case about to get its row, opened at the door or by another case's entry.
type opening struct {
	casefile.NewCase
	subject  string
	outward  string        // as operators read that of the case that opens this one; empty: its own subject
	body     casefile.Body // of the filing
	regime   string
	paper    string
	filed    time.Time // legal
	real     time.Time
	external *External
}

// open makes the row of a case, takes its violation act and gives it its number. The number
// comes late: its counter is locked from there to the commit.
func (r *Register) open(p *pipeline, o opening) (caseRow, error) {
	if o.Kind == casefile.Enforcement {
		if err := takeViolation(p, o.ID, o.Operator, o.body); err != nil {
			return caseRow{}, err
		}
	}
	var authority []struct{ Code string }
	var operator []struct{ Name string }
	var number numbers
	year := o.filed.In(r.place).Year()
	err := errors.Join(
		read(p, "find the authority", &authority, "SELECT code FROM authorities WHERE id = ?", o.Authority),
		read(p, "find the operator", &operator, "SELECT name FROM operators WHERE id = ?", o.Operator),
		r.takeNumber(p, &number, o.Authority, o.Kind, year),
		p.send(),
	)
	if (err == nil || errors.Is(err, gorm.ErrForeignKeyViolated)) && len(authority) == 0 {
		err = fmt.Errorf("authority %q: %w", o.Authority, ErrNotFound)
	}
	if err != nil {
		return caseRow{}, err
	}
	name := ""
	if len(operator) > 0 {
		name = operator[0].Name
	}
	sought := soughtBy(o.subject, worded(outward(o)), name, o.body.Requirement)
	c := casefile.Case{
		ID: o.ID, Kind: o.Kind, State: casefile.Filed, Regime: o.regime, Authority: o.Authority, Operator: o.Operator, Filed: o.filed,
		Visible: casefile.KnownAtOnce(o.Kind),
	}
	body, err := encode(c)
	if err != nil {
		return caseRow{}, err
	}
	row := caseRow{
		ID: o.ID, Kind: o.Kind, State: c.State, Authority: o.Authority, Operator: o.Operator, Subject: o.subject, Outward: outward(o), Sought: sought,
		Regime: o.regime, Filing: o.paper, FiledAt: o.filed, NextDue: o.filed, NextLook: o.real.Add(r.grace),
		Origin: body, Body: body, Told: c.Visible, Year: year, N: number[0].N,
	}
	duesOf(c, r.place).put(&row)
	if o.external != nil {
		row.ExtSource, row.ExtID = &o.external.Source, &o.external.ID
	}
	row.Number = numberOf(authority[0].Code, o.Kind, year, row.N)
	put := p.tx
	if o.external != nil {
		put = p.tx.Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "authority"}, {Name: "ext_source"}, {Name: "ext_id"}}, DoNothing: true,
		})
	}
	made := put.Create(&row)
	if made.Error != nil {
		return caseRow{}, fmt.Errorf("open case %s: %w", o.ID, made.Error)
	}
	if made.RowsAffected == 0 {
		return caseRow{}, errImported
	}
	return row, putGrams(p, row.Serial, gramsOf(sought))
}

// outward is the subject of a new case as operators read it: a title of the installation for what a citizen
// or an applicant has named, else the subject.
func outward(o opening) string {
	return cmp.Or(casefile.Neutral(o.Kind, o.body.Dispute).Zh, o.outward, o.subject)
}

// worded is a subject as operators read it, where somebody has written it: nothing is found by a
// neutral title, which every second case has.
func worded(outward string) string {
	for _, neutral := range []casefile.Text{casefile.Neutral(casefile.Complaint, "fee"), casefile.Neutral(casefile.Complaint, "other"), casefile.Neutral(casefile.Appeal, "")} {
		if outward == neutral.Zh {
			return ""
		}
	}
	return outward
}

// takeViolation claims the days of the violation act; ErrSameAct when one of them is taken.
func takeViolation(p *pipeline, id, operator string, b casefile.Body) error {
	if b.Requirement == "" || b.PeriodFrom.IsZero() || b.PeriodTo.Before(b.PeriodFrom) {
		return fmt.Errorf("%w: the violation act is incomplete", ErrFiling)
	}
	if b.PeriodTo.After(b.PeriodFrom.AddDays(casefile.MaxViolationDays)) {
		return fmt.Errorf("%w: the period is longer than %d days", ErrFiling, casefile.MaxViolationDays)
	}
	days := violationDays(id, operator, b.Requirement, b.PeriodFrom, b.PeriodTo)
	all := func(rows int64) error {
		if rows != int64(len(days)) {
			return ErrSameAct
		}
		return nil
	}
	return p.add("take the violation act of case "+id, all, func(tx *gorm.DB) *gorm.DB {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&days)
	})
}

func violationDays(id, operator, requirement string, from, to calendar.Day) (days []violationDayRow) {
	for d := from; !d.After(to); d = d.AddDays(1) {
		days = append(days, violationDayRow{Operator: operator, Requirement: requirement, Day: d.String(), CaseID: id})
	}
	return days
}
