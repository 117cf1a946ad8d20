package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Mode is how the clock of the law runs (architecture §6).
type Mode string

// The modes. Real is the only one for real use.
const (
	Real    Mode = "real"    // the database's clock as it is
	Rate    Mode = "rate"    // compressed: a legal day takes Clock.Rate real seconds
	Stepped Mode = "stepped" // stands still and moves only by StepClock
)

const secondsADay = 24 * 60 * 60

// Clock maps the database's clock to legal time.
type Clock struct {
	Mode        Mode
	AnchorDB    time.Time // the database's instant at which the clock was set
	AnchorLegal time.Time // the legal instant then; Stepped: now
	Rate        int64     // Rate: real seconds per legal day, 1 to 86400
}

// At is the legal instant at the database's instant db, in UTC and whole microseconds.
func (c Clock) At(db time.Time) time.Time {
	switch c.Mode {
	case Stepped:
		return micro(c.AnchorLegal)
	case Rate:
		real := db.UnixMicro() - c.AnchorDB.UnixMicro()
		legal := real/c.Rate*secondsADay + real%c.Rate*secondsADay/c.Rate
		return time.UnixMicro(c.AnchorLegal.UnixMicro() + legal).UTC()
	}
	return micro(db)
}

// Wait is how long to wait, in real time, from the legal instant now until due; zero when due
// has come. It is not ok when the clock is stepped: then no timer helps, and the step brings the
// nudge.
func (c Clock) Wait(now, due time.Time) (real time.Duration, ok bool) {
	if c.Mode == Stepped {
		return 0, false
	}
	if !due.After(now) {
		return 0, true
	}
	wait := due.Sub(now)
	if c.Mode == Rate {
		rate := time.Duration(c.Rate)
		wait = wait/secondsADay*rate + wait%secondsADay*rate/secondsADay + time.Microsecond // never a moment too early
	}
	return wait, true
}

// legal is a real span in legal time.
func (c Clock) legal(real time.Duration) time.Duration {
	switch c.Mode {
	case Stepped:
		return 0
	case Rate:
		return real * secondsADay / time.Duration(c.Rate)
	}
	return real
}

// Now is the legal time.
func (r *Register) Now(ctx context.Context) (time.Time, error) {
	c, db, err := r.clock(r.db.WithContext(ctx))
	return c.At(db), err
}

// Clock is how the clock of the law runs.
func (r *Register) Clock(ctx context.Context) (Clock, error) {
	c, err := r.readClock(r.db.WithContext(ctx), false)
	return c, err
}

// SetClock sets how the clock runs, from AnchorLegal on (zero: the database's time). It is
// possible only while the register holds no case and no plan; ErrClock otherwise.
func (r *Register) SetClock(ctx context.Context, c Clock) error {
	if c.Rate == 0 {
		c.Rate = secondsADay
	}
	if c.Mode != Real && c.Mode != Rate && c.Mode != Stepped || c.Rate < 1 || c.Rate > secondsADay {
		return fmt.Errorf("%w: mode %q, %d seconds a day", ErrClock, c.Mode, c.Rate)
	}
	return r.write(ctx, func(tx *gorm.DB) error {
		db, err := r.databaseTime(tx)
		if err != nil {
			return err
		}
		if c.AnchorLegal.IsZero() {
			c.AnchorLegal = db
		}
		// The update comes first: it locks the row against the filing of a first case.
		set := tx.Exec("UPDATE clock SET mode = ?, anchor_db = ?, anchor_legal = ?, rate = ? WHERE one = 1",
			c.Mode, micro(db), micro(c.AnchorLegal), c.Rate)
		if set.Error != nil {
			return fmt.Errorf("set the clock: %w", set.Error)
		}
		var cases int64
		if err := tx.Raw("SELECT count(*) FROM (SELECT id FROM cases UNION ALL SELECT id FROM plans LIMIT 1) AS one").Scan(&cases).Error; err != nil {
			return fmt.Errorf("set the clock: %w", err)
		}
		if cases > 0 {
			return fmt.Errorf("%w: the register holds cases or plans", ErrClock)
		}
		return nil
	})
}

// StepClock moves a stepped clock on. ErrClock when the clock is not stepped, or to is in its past.
func (r *Register) StepClock(ctx context.Context, to time.Time) error {
	return r.write(ctx, func(tx *gorm.DB) error {
		step := tx.Exec("UPDATE clock SET anchor_legal = ? WHERE one = 1 AND mode = ? AND anchor_legal <= ?", micro(to), Stepped, micro(to))
		if step.Error != nil {
			return fmt.Errorf("step the clock: %w", step.Error)
		}
		if step.RowsAffected == 0 {
			return fmt.Errorf("%w: it is not stepped, or already later than %s", ErrClock, to.Format(time.RFC3339))
		}
		return nil
	})
}

// clock reads how the clock runs and the database's time.
func (r *Register) clock(tx *gorm.DB) (Clock, time.Time, error) {
	c, err := r.readClock(tx, false)
	if err != nil {
		return c, time.Time{}, err
	}
	db, err := r.databaseTime(tx)
	return c, db, err
}

// readClock reads the clock's row, or remembers it. With a case in the register, as beside a
// locked case, the row of a running clock can't change any more (SetClock), so it is read once.
func (r *Register) readClock(tx *gorm.DB, beside bool) (Clock, error) {
	if c := r.fixed.Load(); c != nil {
		return *c, nil
	}
	var c Clock
	if err := tx.Raw("SELECT mode, anchor_db, anchor_legal, rate FROM clock WHERE one = 1").Scan(&c).Error; err != nil {
		return c, fmt.Errorf("read the clock: %w", err)
	}
	if beside {
		r.fixClock(c)
	}
	return c, nil
}

// fixClock remembers the clock of a register with a case in it.
func (r *Register) fixClock(c Clock) {
	if c.Mode != Stepped {
		r.fixed.Store(&c)
	}
}

// holdClock reads the clock and the database's time for the filing of what may be the first case:
// SetClock waits for it. A clock that can't change any more needs no hold.
func (r *Register) holdClock(p *pipeline) (Clock, time.Time, error) {
	var held []struct{ Mode string }
	var now instant
	var err error
	if r.fixed.Load() == nil && !r.sqlite() {
		err = read(p, "hold the clock", &held, "SELECT mode FROM clock WHERE one = 1 FOR SHARE")
	}
	if err = errors.Join(err, r.readNow(p, &now), p.send()); err != nil {
		return Clock{}, time.Time{}, err
	}
	c, err := r.readClock(p.tx, false)
	return c, now[0].Now, err
}

// instant is the one row of a read of the database's clock.
type instant []struct{ Now time.Time }

// readNow is databaseTime in a pipeline: it is there after send.
func (r *Register) readNow(p *pipeline, into *instant) error {
	if r.sqlite() {
		*into = instant{{time.Now()}}
		return nil
	}
	return read(p, "read the database's clock", (*[]struct{ Now time.Time })(into), "SELECT clock_timestamp() AS now")
}

// databaseTime is the database's clock. SQLite has none of its own: inside its one write
// transaction the process's clock is as good.
func (r *Register) databaseTime(tx *gorm.DB) (time.Time, error) {
	if r.sqlite() {
		return time.Now(), nil
	}
	var now time.Time
	if err := tx.Raw("SELECT clock_timestamp()").Scan(&now).Error; err != nil {
		return now, fmt.Errorf("read the database's clock: %w", err)
	}
	return now, nil
}

// micro is t as both databases keep it: UTC, whole microseconds.
func micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
