package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// pipeline gathers statements of one transaction and sends them at once: one way to the database
// and back instead of one each. SQLite, which has no such way, runs each as it comes.
type pipeline struct {
	tx     *gorm.DB
	conn   *sql.Conn // that of tx; nil on SQLite
	queued []statement
}

type statement struct {
	what string
	sql  string
	args []any
	take func(pgx.BatchResults) error
}

// piped is write with a pipeline, in which the transaction's begin travels already.
func (r *Register) piped(ctx context.Context, f func(*pipeline) error) error {
	if r.sqlite() {
		return r.write(ctx, func(tx *gorm.DB) error { return f(&pipeline{tx: tx}) })
	}
	return r.untilDone(ctx, func() error {
		return r.db.WithContext(ctx).Connection(func(on *gorm.DB) error {
			p := &pipeline{tx: on.Session(&gorm.Session{}), conn: on.Statement.ConnPool.(*sql.Conn)}
			p.control("begin")
			err := f(p)
			if err == nil {
				p.control("commit")
				err = p.send()
			}
			if err == nil {
				return nil
			}
			// What is left open all the same ends with its connection: the pool takes none back that is in a transaction.
			_, undone := p.conn.ExecContext(context.WithoutCancel(ctx), "rollback")
			return errors.Join(err, undone)
		})
	})
}

// control takes a word that begins or ends the transaction.
func (p *pipeline) control(word string) {
	p.queued = append(p.queued, statement{what: word, sql: word, take: func(b pgx.BatchResults) error {
		tag, err := b.Exec()
		if err == nil && !strings.EqualFold(tag.String(), word) {
			err = fmt.Errorf("the database did a %s", tag) // a commit of what has failed
		}
		return err
	}})
}

// anyRows may be touched by a statement.
const anyRows = -1

// read takes a select whose rows go into a slice; they are there after send.
func read[Row any](p *pipeline, what string, into *[]Row, query string, args ...any) error {
	raw := p.tx.Raw(query, args...)
	if p.conn == nil {
		if err := raw.Scan(into).Error; err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		return nil
	}
	p.queued = append(p.queued, statement{what, raw.Statement.SQL.String(), raw.Statement.Vars, func(b pgx.BatchResults) error {
		rows, err := b.Query()
		if err == nil {
			*into, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[Row])
		}
		return err
	}})
	return nil
}

// create takes the insert of a slice of rows.
func (p *pipeline) create(what string, rows any) error {
	return p.add(what, anyRows, func(tx *gorm.DB) *gorm.DB { return tx.Create(rows) })
}

// exec takes a statement that must touch so many rows.
func (p *pipeline) exec(what string, want int64, sql string, args ...any) error {
	return p.add(what, want, func(tx *gorm.DB) *gorm.DB { return tx.Exec(sql, args...) })
}

func (p *pipeline) add(what string, want int64, make func(tx *gorm.DB) *gorm.DB) error {
	if p.conn == nil {
		done := make(p.tx)
		if err := touched(want, done.RowsAffected, done.Error); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		return nil
	}
	dry := make(p.tx.Session(&gorm.Session{DryRun: true}))
	if dry.Error != nil {
		return fmt.Errorf("%s: %w", what, dry.Error)
	}
	p.queued = append(p.queued, statement{what, dry.Statement.SQL.String(), dry.Statement.Vars, func(b pgx.BatchResults) error {
		tag, err := b.Exec()
		return touched(want, tag.RowsAffected(), err)
	}})
	return nil
}

// send runs what was added, in its order. The first that fails ends it.
func (p *pipeline) send() error {
	if len(p.queued) == 0 {
		return nil
	}
	queued := p.queued
	p.queued = nil
	return p.conn.Raw(func(raw any) (err error) {
		var batch pgx.Batch
		for _, s := range queued {
			batch.Queue(s.sql, s.args...)
		}
		results := raw.(*stdlib.Conn).Conn().SendBatch(p.tx.Statement.Context, &batch)
		defer func() { err = errors.Join(err, results.Close()) }()
		for _, s := range queued {
			if err := s.take(results); err != nil {
				return fmt.Errorf("%s: %w", s.what, err)
			}
		}
		return nil
	})
}

func touched(want, rows int64, err error) error {
	if err == nil && want != anyRows && rows != want {
		return fmt.Errorf("%d rows touched, %d expected", rows, want)
	}
	return err
}
