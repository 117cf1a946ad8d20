package register

import (
	"context"
	"fmt"
	"reflect"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Published is a decision, or the result of an inspection, as the public may read it.
type Published struct {
	Serial    int64
	Number    string // of the case
	Authority string
	Office    casefile.Text // the authority's name
	Operator  string
	Name      string // the operator's, as it is registered now
	casefile.Publicity
}

// PublishedFilter chooses what is listed. Empty fields choose all.
type PublishedFilter struct {
	What      string // casefile.InspectionResult or casefile.PenaltyDecision
	Authority string
	Operator  string
}

type publicationRow struct {
	Serial     int64 `gorm:"primaryKey;autoIncrement"`
	CaseID     string
	Decision   int
	What       string
	Authority  string
	Operator   string
	Shown      bool
	ShownUntil string
	Body       string
}

func (publicationRow) TableName() string { return "publications" }

// endless stands in publications.shown_until where nothing ends the showing.
const endless = "9999-12-31"

// publicationRows are the rows that a case has: one for each decision that was ever published.
func publicationRows(c casefile.Case) (rows []publicationRow, err error) {
	for _, p := range c.Public {
		if p.Entry == 0 {
			continue // withheld from the beginning
		}
		row := publicationRow{
			CaseID: c.ID, Decision: p.Of, What: p.What, Authority: c.Authority, Operator: c.Operator, Shown: p.State == "published", ShownUntil: endless,
		}
		if !p.Until.IsZero() {
			row.ShownUntil = p.Until.String()
		}
		if row.Body, err = encode(p); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// writePublications keeps the table equal to what the case says of its decisions.
func (t *Turn) writePublications() error {
	if reflect.DeepEqual(t.writes.public, t.c.Public) {
		return nil
	}
	rows, err := publicationRows(t.c)
	if err != nil {
		return err
	}
	for _, row := range rows {
		err := t.pipe.exec("write a publication", 1,
			`INSERT INTO publications (case_id, decision, what, authority, operator, shown, shown_until, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (case_id, decision) DO UPDATE SET authority = excluded.authority, operator = excluded.operator, shown = excluded.shown,
			shown_until = excluded.shown_until, body = excluded.body`,
			row.CaseID, row.Decision, row.What, row.Authority, row.Operator, row.Shown, row.ShownUntil, row.Body)
		if err != nil {
			return err
		}
	}
	return nil
}

// Publications lists what the public may read today, the newest first: what has the serial before
// or a lower one is left out (0: nothing is), at most limit. What was taken down, or was shown for
// its longest term, is not listed.
func (r *Register) Publications(ctx context.Context, f PublishedFilter, before int64, limit int) ([]Published, error) {
	now, err := r.Now(ctx)
	if err != nil {
		return nil, err
	}
	list := r.db.WithContext(ctx).Table("publications AS p").
		Select("p.serial, p.authority, p.operator, p.body, c.number, a.name_zh, a.name_en, o.name").
		Joins("JOIN cases c ON c.id = p.case_id").
		Joins("JOIN authorities a ON a.id = p.authority").
		Joins("LEFT JOIN operators o ON o.id = p.operator").
		Where("p.shown AND p.shown_until >= ?", calendar.DayOf(now, r.place).String())
	if before > 0 {
		list = list.Where("p.serial < ?", before)
	}
	for column, value := range map[string]string{"what": f.What, "authority": f.Authority, "operator": f.Operator} {
		if value != "" {
			list = list.Where("p."+column+" = ?", value) // columns are those above
		}
	}
	var rows []struct {
		Serial                    int64
		Authority, Operator, Body string
		Number                    string
		NameZh, NameEn            string
		Name                      *string
	}
	if err := list.Order("p.serial DESC").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the publications: %w", err)
	}
	out := make([]Published, len(rows))
	for i, row := range rows {
		out[i] = Published{
			Serial: row.Serial, Number: row.Number, Authority: row.Authority, Office: casefile.Text{Zh: row.NameZh, En: row.NameEn}, Operator: row.Operator,
		}
		if row.Name != nil {
			out[i].Name = *row.Name
		}
		if err := decode(row.Body, &out[i].Publicity); err != nil {
			return nil, fmt.Errorf("list the publications: %w", err)
		}
	}
	return out, nil
}

// published compares the rows of publications with what the folded case says.
func (rep *Report) published(f *file, c casefile.Case) error {
	want, err := publicationRows(c)
	if err != nil {
		return err
	}
	have := map[int]publicationRow{}
	for _, row := range f.public {
		row.Serial = 0
		have[row.Decision] = row
	}
	for _, row := range want {
		rep.count(f, row.Decision, CheckPublic, have[row.Decision] == row, "what the public may read of that decision is not what the ledger tells")
		delete(have, row.Decision)
	}
	for decision := range have {
		rep.count(f, decision, CheckPublic, false, "the public may read of a decision that was never published")
	}
	return nil
}

// publicOf reads the rows of the cases with these ids.
func publicOf(tx *gorm.DB, ids []string) (rows []publicationRow, err error) {
	return rows, tx.Where("case_id IN ?", ids).Find(&rows).Error
}
