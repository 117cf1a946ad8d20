package register

import (
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/casefile"
)

// opening is a case about to get its row, opened at the door or by another case's entry.
type opening struct {
	casefile.NewCase
	subject  string
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
	var number []struct{ N int64 }
	year := o.filed.In(r.place).Year()
	err := errors.Join(
		read(p, "find the authority", &authority, "SELECT code FROM authorities WHERE id = ?", o.Authority),
		read(p, "find the operator", &operator, "SELECT name FROM operators WHERE id = ?", o.Operator),
		read(p, "take a number", &number, nextNumber, o.Authority, o.Kind, year),
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
	sought := soughtOf(o, name)
	c := casefile.Case{
		ID: o.ID, Kind: o.Kind, State: casefile.Filed, Regime: o.regime, Authority: o.Authority, Operator: o.Operator, Filed: o.filed,
		Told: casefile.KnownAtOnce(o.Kind),
	}
	body, err := encode(c)
	if err != nil {
		return caseRow{}, err
	}
	row := caseRow{
		ID: o.ID, Kind: o.Kind, State: c.State, Authority: o.Authority, Operator: o.Operator, Subject: o.subject, Sought: sought,
		Regime: o.regime, Filing: o.paper, FiledAt: o.filed, NextDue: o.filed, NextLook: o.real.Add(r.grace),
		Origin: body, Body: body, Told: c.Told, Year: year, N: number[0].N,
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
	return row, putGrams(p, row.Serial, sought)
}

// takeViolation claims the days of the violation act; ErrSameAct when one of them is taken.
func takeViolation(p *pipeline, id, operator string, b casefile.Body) error {
	if b.Requirement == "" || b.PeriodFrom.IsZero() || b.PeriodTo.Before(b.PeriodFrom) {
		return fmt.Errorf("%w: the violation act is incomplete", ErrFiling)
	}
	if b.PeriodTo.After(b.PeriodFrom.AddDays(casefile.MaxViolationDays)) {
		return fmt.Errorf("%w: the period is longer than %d days", ErrFiling, casefile.MaxViolationDays)
	}
	var days []violationDayRow
	for d := b.PeriodFrom; !d.After(b.PeriodTo); d = d.AddDays(1) {
		days = append(days, violationDayRow{Operator: operator, Requirement: b.Requirement, Day: d.String(), CaseID: id})
	}
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
