package register

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

// errAgain ends a transaction that lost a race which the next attempt will see.
var errAgain = errors.New("lost a race")

// write runs f in one transaction and tries again when the database gave up on it, so f may run
// more than once and must keep nothing from an attempt before.
func (r *Register) write(ctx context.Context, f func(tx *gorm.DB) error) error {
	return r.untilDone(ctx, func() error { return r.once(ctx, f) })
}

func (r *Register) untilDone(ctx context.Context, once func() error) error {
	for try := 1; ; try++ {
		err := cannotNow(once())
		if err == nil || try >= r.tries || !r.again(err) {
			return err
		}
		wait := time.Millisecond << min(try, 8)
		timer := time.NewTimer(wait/2 + rand.N(wait))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return cannotNow(errors.Join(ctx.Err(), err))
		}
	}
}

func (r *Register) again(err error) bool {
	return errors.Is(err, errAgain) || postgresRetry(err) || sqliteBusy(err) || unsent(err)
}

// unsent: the connection had ended already, as after a restart of the database. Nothing went out by
// it, and no commit did.
func unsent(err error) bool { return errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err) }

func (r *Register) once(ctx context.Context, f func(tx *gorm.DB) error) error {
	release, err := r.turnToWrite(ctx)
	if err != nil {
		return err
	}
	defer release()
	return r.db.WithContext(ctx).Transaction(f)
}

// turnToWrite waits for SQLite's only writer; PostgreSQL has many.
func (r *Register) turnToWrite(ctx context.Context) (release func(), err error) {
	if !r.sqlite() {
		return func() {}, nil
	}
	select {
	case r.writer <- struct{}{}:
		return func() { <-r.writer }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to write to the register: %w", ctx.Err())
	}
}

// snapshot runs f on one unchanging view of the register. It may read much, so its statements may
// take as long as who asks has time.
func (r *Register) snapshot(ctx context.Context, f func(tx *gorm.DB) error) error {
	if r.sqlite() {
		return r.db.WithContext(ctx).Transaction(f, &sql.TxOptions{ReadOnly: true})
	}
	return r.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Exec("SET LOCAL statement_timeout = 0").Error; err != nil {
			return err
		}
		return f(tx)
	}, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
}
