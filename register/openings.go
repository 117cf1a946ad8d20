package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Opening is that somebody opened, or looked for, personal data: who, when, of which case, and why. Never what
// was looked for.
type Opening struct {
	Serial    int64
	At        time.Time // real time
	Officer   string
	Authority string
	Case      string // empty: a search
	Purpose   string
	What      string // persons, or by what was searched
}

type readLogRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	At        time.Time
	Officer   string
	Authority string
	CaseID    *string
	Purpose   string
	What      string
}

func (readLogRow) TableName() string { return "read_log" }

// OpenPersons keeps an opening, and then reads the persons of its case: what could not be written down is not shown.
// Of two of a role the first written stands; one that was put right is the one put right.
func (r *Register) OpenPersons(ctx context.Context, o Opening) ([]Party, error) {
	if err := r.keepOpening(ctx, o); err != nil {
		return nil, err
	}
	rows, err := parties(r.db.WithContext(ctx), []string{o.Case})
	if err != nil {
		return nil, fmt.Errorf("read the persons of case %s: %w", o.Case, err)
	}
	var out []Party
	for _, p := range rows {
		if !p.Replaced {
			out = append(out, Party{Role: p.Role, Person: p.Person})
		}
	}
	return out, nil
}

func (r *Register) keepOpening(ctx context.Context, o Opening) error {
	row := readLogRow{At: micro(time.Now()), Officer: o.Officer, Authority: o.Authority, Purpose: o.Purpose, What: o.What}
	if o.Case != "" {
		row.CaseID = &o.Case
	}
	if err := r.write(ctx, func(tx *gorm.DB) error { return tx.Create(&row).Error }); err != nil {
		return fmt.Errorf("keep who opens personal data: %w", err)
	}
	return nil
}

// Openings lists who opened personal data of a case, behind the serial after, at most limit.
func (r *Register) Openings(ctx context.Context, id string, after int64, limit int) ([]Opening, error) {
	var rows []readLogRow
	err := r.db.WithContext(ctx).Where("case_id = ? AND serial > ?", id, after).Order("serial").Limit(bounded(limit)).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list who opened personal data of case %s: %w", id, err)
	}
	out := make([]Opening, len(rows))
	for i, row := range rows {
		out[i] = Opening{Serial: row.Serial, At: row.At.UTC(), Officer: row.Officer, Authority: row.Authority, Case: id, Purpose: row.Purpose, What: row.What}
	}
	return out, nil
}

// Parts are in which roles persons have to do with a case: that there is one, and no more.
func (r *Register) Parts(ctx context.Context, id string) ([]string, error) {
	var roles []string
	err := r.db.WithContext(ctx).Raw("SELECT DISTINCT role FROM case_parties WHERE case_id = ? AND until_seq IS NULL ORDER BY role", id).Scan(&roles).Error
	if err != nil {
		return nil, fmt.Errorf("find the parties of case %s: %w", id, err)
	}
	return roles, nil
}
