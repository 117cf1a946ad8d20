package register

import (
	"context"
	"fmt"
	"time"

	"duban/law/casefile"
)

// LedgerLine is an entry as the ledger keeps it.
type LedgerLine struct {
	Entry   casefile.Entry
	Entered time.Time // legal time of the transaction; the move's own instant is Entry.At
	Hash    string    // SHA-256 over Prev, a line feed and the stored entry
	Prev    string    // hash of the line before; empty for the first
}

// Ledger reads the entries of a case behind seq after, at most limit. ErrNotFound without the
// case.
func (r *Register) Ledger(ctx context.Context, id string, after, limit int) ([]LedgerLine, error) {
	db := r.db.WithContext(ctx)
	var rows []entryRow
	if err := db.Where("case_id = ? AND seq > ?", id, after).Order("seq").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the ledger of case %s: %w", id, err)
	}
	if len(rows) == 0 {
		var n int64
		if err := db.Raw("SELECT count(*) FROM cases WHERE id = ?", id).Scan(&n).Error; err != nil {
			return nil, fmt.Errorf("read the ledger of case %s: %w", id, err)
		}
		if n == 0 {
			return nil, fmt.Errorf("case %s: %w", id, ErrNotFound)
		}
	}
	out := make([]LedgerLine, 0, len(rows))
	for _, row := range rows {
		line := LedgerLine{Entered: row.EnteredAt.UTC(), Hash: row.Hash, Prev: row.Prev}
		if err := decode(row.Body, &line.Entry); err != nil {
			return nil, fmt.Errorf("read the ledger of case %s: %w", id, err)
		}
		out = append(out, line)
	}
	return out, nil
}
