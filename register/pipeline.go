package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

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
			p.control("begin", "BEGIN")
			err := f(p)
			if err == nil {
				p.control("commit", "COMMIT")
				err = p.send()
			}
			if err == nil {
				return nil
			}
			// What is left open all the same ends with its connection: the pool takes none back that is in a transaction.
			undo, stop := context.WithTimeout(context.WithoutCancel(ctx), undoTimeout)
			defer stop()
			if _, undone := p.conn.ExecContext(undo, "rollback"); !cutOff(undone) {
				err = errors.Join(err, undone)
			}
			return err
		})
	})
}

const undoTimeout = time.Second

// control takes a statement that begins, ends or sets the transaction, and what the database
// then says that it did: a commit of what has failed is a rollback.
func (p *pipeline) control(statementText, tag string) {
	p.queue(tag, statementText, nil, func(b pgx.BatchResults) error {
		did, err := b.Exec()
		if err == nil && did.String() != tag {
			err = fmt.Errorf("the database did a %s", did)
		}
		return err
	})
}

// read takes a select whose rows go into a slice; they are there after send.
func read[Row any](p *pipeline, what string, into *[]Row, query string, args ...any) error {
	raw := p.tx.Raw(query, args...)
	if p.conn == nil {
		if err := raw.Scan(into).Error; err != nil {
			return fmt.Errorf("%s: %w", what, p.translate(err))
		}
		return nil
	}
	p.queue(what, raw.Statement.SQL.String(), raw.Statement.Vars, func(b pgx.BatchResults) error {
		rows, err := b.Query()
		if err == nil {
			*into, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[Row])
		}
		return err
	})
	return nil
}

// create takes the insert of a slice of rows.
func (p *pipeline) create(what string, rows any) error {
	return p.add(what, nil, func(tx *gorm.DB) *gorm.DB { return tx.Create(rows) })
}

// exec takes a statement that must touch so many rows.
func (p *pipeline) exec(what string, want int64, statementText string, args ...any) error {
	check := func(rows int64) error {
		if rows != want {
			return fmt.Errorf("%d rows touched, %d expected", rows, want)
		}
		return nil
	}
	return p.add(what, check, func(tx *gorm.DB) *gorm.DB { return tx.Exec(statementText, args...) })
}

// add takes any statement that changes rows; check, if there is one, hears how many. A check that
// may fail needs a send of its own before the commit: all that is sent at once is done at once.
func (p *pipeline) add(what string, check func(rows int64) error, write func(tx *gorm.DB) *gorm.DB) error {
	if check == nil {
		check = func(int64) error { return nil }
	}
	if p.conn == nil {
		done := write(p.tx)
		if err := done.Error; err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		return check(done.RowsAffected)
	}
	dry := write(p.tx.Session(&gorm.Session{DryRun: true}))
	if dry.Error != nil {
		return fmt.Errorf("%s: %w", what, dry.Error)
	}
	p.queue(what, dry.Statement.SQL.String(), dry.Statement.Vars, func(b pgx.BatchResults) error {
		tag, err := b.Exec()
		if err == nil {
			err = check(tag.RowsAffected())
		}
		return err
	})
	return nil
}

func (p *pipeline) queue(what, statementText string, args []any, take func(pgx.BatchResults) error) {
	p.queued = append(p.queued, statement{what, statementText, args, take})
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
		for _, s := range queued {
			if err := s.take(results); err != nil {
				// Close tells of the same fault once more.
				return errors.Join(fmt.Errorf("%s: %w", s.what, p.translate(err)), results.Close())
			}
		}
		return results.Close()
	})
}

// translate adds the words that gorm and the register have for an error of the database.
func (p *pipeline) translate(err error) error {
	if t, ok := p.tx.Dialector.(gorm.ErrorTranslator); ok {
		return t.Translate(err)
	}
	return err
}
