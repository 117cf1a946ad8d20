package register

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/casefile"
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
func (r *Register) open(tx *gorm.DB, o opening) (caseRow, error) {
	if o.Kind == casefile.Enforcement {
		if err := takeViolation(tx, o.ID, o.Operator, o.body); err != nil {
			return caseRow{}, err
		}
	}
	code, err := authorityCode(tx, o.Authority)
	if err != nil {
		return caseRow{}, err
	}
	sought, err := sought(tx, o)
	if err != nil {
		return caseRow{}, err
	}
	c := casefile.Case{
		ID: o.ID, Kind: o.Kind, State: casefile.Filed, Regime: o.regime, Authority: o.Authority, Operator: o.Operator, Filed: o.filed,
	}
	body, err := encode(c)
	if err != nil {
		return caseRow{}, err
	}
	row := caseRow{
		ID: o.ID, Kind: o.Kind, State: c.State, Authority: o.Authority, Operator: o.Operator, Subject: o.subject, Sought: sought,
		Regime: o.regime, Filing: o.paper, FiledAt: o.filed, NextDue: o.filed, NextLook: o.real.Add(r.grace),
		Origin: body, Body: body, Year: o.filed.In(r.place).Year(),
	}
	if o.external != nil {
		row.ExtSource, row.ExtID = &o.external.Source, &o.external.ID
	}
	if row.N, err = nextNumber(tx, o.Authority, o.Kind, row.Year); err != nil {
		return caseRow{}, err
	}
	row.Number = numberOf(code, o.Kind, row.Year, row.N)
	put := tx
	if o.external != nil {
		put = tx.Clauses(clause.OnConflict{
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
	return row, putGrams(tx, row.Serial, sought)
}

// takeViolation claims the days of the violation act; ErrSameAct when one of them is taken.
func takeViolation(tx *gorm.DB, id, operator string, b casefile.Body) error {
	if b.Requirement == "" || b.PeriodFrom.IsZero() || b.PeriodTo.Before(b.PeriodFrom) {
		return fmt.Errorf("%w: the violation act is incomplete", ErrFiling)
	}
	if b.PeriodTo.After(b.PeriodFrom.AddDays(longestPeriod)) {
		return fmt.Errorf("%w: the period is longer than %d days", ErrFiling, longestPeriod)
	}
	var days []violationDayRow
	for d := b.PeriodFrom; !d.After(b.PeriodTo); d = d.AddDays(1) {
		days = append(days, violationDayRow{Operator: operator, Requirement: b.Requirement, Day: d.String(), CaseID: id})
	}
	put := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&days, 500)
	if put.Error != nil {
		return fmt.Errorf("take the violation act of case %s: %w", id, put.Error)
	}
	if put.RowsAffected != int64(len(days)) {
		return fmt.Errorf("take the violation act of case %s: %w", id, ErrSameAct)
	}
	return nil
}

// longestPeriod is the longest violation act that the register takes, in days: casefile's bound.
const longestPeriod = 366
