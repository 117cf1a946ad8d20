package register

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/casefile"
)

// filling is the migration that writes what SQL can't work out: who must act in a case and by when,
// the pieces by which subjects are found, the keyed hashes by which persons are.
func (r *Register) filling() *goose.Migration {
	return goose.NewGoMigration(16, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		db := r.db.Session(&gorm.Session{NewDB: true, Context: ctx})
		db.Statement.ConnPool = tx
		return errors.Join(r.fillCases(db), r.fillPersons(db))
	}}, nil)
}

// fillBatch is how many rows are read at once.
const fillBatch = 500

func (r *Register) fillCases(db *gorm.DB) error {
	if err := db.Exec("DELETE FROM grams").Error; err != nil {
		return fmt.Errorf("empty the search index: %w", err)
	}
	var after int64
	for {
		var rows []struct {
			Serial       int64
			Body, Sought string
		}
		if err := db.Raw("SELECT serial, body, sought FROM cases WHERE serial > ? ORDER BY serial LIMIT ?", after, fillBatch).Scan(&rows).Error; err != nil {
			return fmt.Errorf("read the cases: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		var grams []gramRow
		for _, row := range rows {
			var c casefile.Case
			if err := decode(row.Body, &c); err != nil {
				return fmt.Errorf("read case %d: %w", row.Serial, err)
			}
			is, sought := duesOf(c, r.place), fold(row.Sought)
			err := db.Exec(`UPDATE cases SET turn = ?, list_due = ?, task_who = ?, task = ?, task_due = ?, term_open = ?, term = ?, term_due = ?, sought = ?
				WHERE serial = ?`, is.MustAct, is.ListDue, is.TaskWho, is.Task, is.TaskDue, is.TermOpen, is.Term, is.TermDue, sought, row.Serial).Error
			if err != nil {
				return fmt.Errorf("write case %d: %w", row.Serial, err)
			}
			grams = append(grams, gramRows(row.Serial, gramsOf(sought))...)
			after = row.Serial
		}
		if len(grams) == 0 {
			continue
		}
		if err := db.CreateInBatches(&grams, 2000).Error; err != nil {
			return fmt.Errorf("write the search index: %w", err)
		}
	}
}

func (r *Register) fillPersons(db *gorm.DB) error {
	after := ""
	for {
		var rows []personRow
		if err := db.Where("id > ?", after).Order("id").Limit(fillBatch).Find(&rows).Error; err != nil {
			return fmt.Errorf("read the persons: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		for _, row := range rows {
			after = row.ID
			var p Person
			if row.Format != plain {
				return fmt.Errorf("read person %s: format %d is unknown", row.ID, row.Format)
			}
			if err := json.Unmarshal(row.Sealed, &p); err != nil {
				return fmt.Errorf("read person %s: %w", row.ID, err)
			}
			digests, err := r.digestsOf(row.ID, p)
			if err == nil && len(digests) > 0 {
				err = db.Clauses(clause.OnConflict{DoNothing: true}).Create(&digests).Error
			}
			if err != nil {
				return fmt.Errorf("write by what person %s is found: %w", row.ID, err)
			}
		}
	}
}
