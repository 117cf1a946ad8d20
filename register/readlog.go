package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Read is a search for personal data, or an opening of it.
type Read struct {
	Serial    int64     // given when it is kept
	At        time.Time // likewise
	Officer   string    // who
	Authority string
	Case      string // whose data was opened; empty: a search
	Purpose   string
	What      string // which kind; never a value
}

// KeepRead keeps who read what, before he is told.
func (r *Register) KeepRead(ctx context.Context, x Read) error {
	row := readLogRow{At: micro(time.Now()), Officer: x.Officer, Authority: x.Authority, Purpose: x.Purpose, What: x.What}
	if x.Case != "" {
		row.CaseID = &x.Case
	}
	if err := r.write(ctx, func(tx *gorm.DB) error { return tx.Create(&row).Error }); err != nil {
		return fmt.Errorf("keep a read: %w", err)
	}
	return nil
}

// Reads lists what was read, after that serial, of a case or by an officer; both empty: all.
func (r *Register) Reads(ctx context.Context, caseID, officer string, after int64, limit int) ([]Read, error) {
	list := r.db.WithContext(ctx).Where("serial > ?", after)
	if caseID != "" {
		list = list.Where("case_id = ?", caseID)
	}
	if officer != "" {
		list = list.Where("officer = ?", officer)
	}
	var rows []readLogRow
	if err := list.Order("serial").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the reads: %w", err)
	}
	out := make([]Read, len(rows))
	for i, row := range rows {
		out[i] = Read{Serial: row.Serial, At: row.At.UTC(), Officer: row.Officer, Authority: row.Authority, Purpose: row.Purpose, What: row.What}
		if row.CaseID != nil {
			out[i].Case = *row.CaseID
		}
	}
	return out, nil
}
