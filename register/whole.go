package register

import (
	"context"

	"gorm.io/gorm"
)

// Whole runs f on a register whose every change is part of one transaction: all of it holds once f has
// returned nil, else nothing. They go one at a time, so each sees what the one before it left. f may run more than once and must keep nothing from an attempt before. A
// change that fails within is undone by itself, so f may go on. Only what is written and read by the
// methods of people, keys and holiday tables is meant for it.
func (r *Register) Whole(ctx context.Context, f func(*Register) error) error {
	return r.write(ctx, func(tx *gorm.DB) error {
		within := &Register{db: tx, pool: r.pool, schema: r.schema, secret: r.secret, place: r.place, grace: r.grace, tries: 1, log: r.log}
		if r.sqlite() {
			within.writer = make(chan struct{}, 1) // this transaction has the turn already
		} else if err := tx.Exec("SELECT edition FROM authority_edition FOR UPDATE").Error; err != nil {
			return err
		}
		return f(within)
	})
}
