package register

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// What plans and duties share: a request is named by its key and done once, under the lock of what
// it changes.

// errDone ends the transaction of a request that was made before.
var errDone = errors.New("the same was asked for before")

// sameRequest tells a repetition from another request under the same key, by the event that the
// first one left in a table of events: ErrKeyReused.
func (r *Register) sameRequest(ctx context.Context, events, id, request string) error {
	var was string
	if err := r.db.WithContext(ctx).Table(events).Select("request").Where("id = ?", id).Scan(&was).Error; err != nil {
		return err
	}
	if was != request {
		return ErrKeyReused
	}
	return nil
}

// lockRow takes the row of that id against others who would change it; ErrNotFound. SQLite has one
// writer and needs no lock.
func lockRow[Row any](r *Register, tx *gorm.DB, id string) (Row, error) {
	list := tx.Where("id = ?", id)
	if !r.sqlite() {
		list = list.Clauses(clause.Locking{Strength: "NO KEY UPDATE"})
	}
	var rows []Row
	var none Row
	if err := list.Find(&rows).Error; err != nil {
		return none, err
	}
	if len(rows) == 0 {
		return none, ErrNotFound
	}
	return rows[0], nil
}
