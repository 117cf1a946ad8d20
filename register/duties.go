package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

// Obligation is who owes one authority which duties.
type Obligation struct {
	Authority string
	Duties    []casefile.Duty
	Operators []Operator
}

// DutyAct is what an operator or an officer does about a duty. Its key names it: sent again it is
// done once.
type DutyAct struct {
	Owner string
	Key   string // the Idempotency-Key

	Duty  string
	By    casefile.Actor
	Words string // a report's text, or reasons; kept out of the history's chain
	Until calendar.Day
}

func (a DutyAct) request(name string) any {
	return struct {
		Name, Duty string
		By         casefile.Actor
		Words      string
		Until      calendar.Day
	}{name, a.Duty, a.By, a.Words, a.Until}
}

// dutyID is the one name of a duty: unique by operator, code and period.
func dutyID(operator, code, period string) string { return idOf("duty", operator, code, period) }

// OpenDuty opens a duty of the calendar for an operator; one that is open moves to the day that
// the calendar gives now. Twice changes nothing.
func (r *Register) OpenDuty(ctx context.Context, d duties.Duty) error {
	d.ID = dutyID(d.Operator, d.Code, d.Period)
	d.Due, d.Remind = microOf(d.Due), microOf(d.Remind)
	err := r.write(ctx, func(tx *gorm.DB) error {
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		put, err := putDuty(tx, d, now, casefile.Actor{}, d.ID, "")
		if err != nil || put {
			return err
		}
		row, was, err := r.lockDuty(tx, d.ID)
		if err != nil {
			return err
		}
		if was.State != duties.Open || was.Due.Equal(d.Due) && was.Remind.Equal(d.Remind) {
			return nil
		}
		id := idOf("duty moved", d.ID, fmt.Sprint(row.Seq+1))
		return r.putDutyEvent(tx, row, was, id, "", "", duties.Event{At: now, Name: duties.EventMoved, Due: d.Due, Remind: d.Remind})
	})
	if err != nil {
		return fmt.Errorf("open duty %s: %w", d.ID, err)
	}
	return nil
}

func microOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return micro(t)
}

// putDuty makes the row of a duty with its first event; false when there is one.
func putDuty(tx *gorm.DB, d duties.Duty, now time.Time, by casefile.Actor, id, request string) (bool, error) {
	e := duties.Event{Duty: d.ID, Seq: 1, At: now, Name: duties.EventOpened, By: by, Opened: &d}
	opened, err := duties.Apply(duties.Duty{}, e)
	if err != nil {
		return false, err
	}
	body, err := encode(e)
	if err != nil {
		return false, err
	}
	row := dutyRow{Seq: 1, Head: chain("", body)}
	if err := row.set(opened); err != nil {
		return false, err
	}
	put := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if put.Error != nil || put.RowsAffected == 0 {
		return false, put.Error
	}
	return true, tx.Create(&dutyEventRow{DutyID: d.ID, Seq: 1, ID: id, Request: request, Body: body, Hash: row.Head}).Error
}

// putDutyEvent enters an event. What it may do is duties.Apply's to say.
func (r *Register) putDutyEvent(tx *gorm.DB, row dutyRow, d duties.Duty, id, request, words string, e duties.Event) error {
	e.Duty, e.Seq = row.ID, row.Seq+1
	after, err := duties.Apply(d, e)
	if err != nil {
		return err
	}
	if e.Notices, err = duties.Notices(after, e); err != nil {
		return fmt.Errorf("enter event %d: %w", e.Seq, err)
	}
	body, err := encode(e)
	if err != nil {
		return err
	}
	line := dutyEventRow{DutyID: row.ID, Seq: e.Seq, ID: id, Request: request, Body: body, Words: words, Prev: row.Head, Hash: chain(row.Head, body)}
	if err := tx.Create(&line).Error; err != nil {
		return fmt.Errorf("enter event %d: %w", e.Seq, err)
	}
	row.Seq, row.Head = line.Seq, line.Hash
	if err := row.set(after); err != nil {
		return err
	}
	if err := tx.Save(&row).Error; err != nil {
		return err
	}
	return r.putDutyNotices(tx, e)
}

// lockDuty takes a duty against reports, officers and the clock; ErrNotFound.
func (r *Register) lockDuty(tx *gorm.DB, id string) (dutyRow, duties.Duty, error) {
	var d duties.Duty
	row, err := lockRow[dutyRow](r, tx, id)
	if err != nil {
		return row, d, err
	}
	return row, d, decode(row.Body, &d)
}

// tick enters what the clock has to say about a locked duty up to an instant, in its order: the
// instants are those of the law, an outage moves none. It returns the duty as it is then. Where
// the installation was down on the last day, a term ends for the clock only as the rule's grace says; days
// counts it. Without days, for what somebody does, that is left to the keeper: the outage is returned.
func (r *Register) tick(tx *gorm.DB, id string, now time.Time, days *calendar.Calendar) (dutyRow, duties.Duty, *duties.Down, error) {
	for {
		row, d, err := r.lockDuty(tx, id)
		if err != nil {
			return row, d, nil, err
		}
		name, at := duties.Next(d)
		if name == duties.EventReminded && !now.Before(d.Due) {
			name, at = duties.EventMissing, d.Ends() // nobody is reminded of a day that has passed
		}
		if name == "" || at.After(now) {
			return row, d, nil, nil
		}
		e := duties.Event{At: at, Name: name}
		if name == duties.EventMissing {
			if e.Down, err = downOn(tx, calendar.DayOf(at.Add(-1), calendar.Shanghai()), calendar.DayOf(now, calendar.Shanghai())); err != nil {
				return row, d, nil, err
			}
		}
		if e.Down != nil && !d.Grace.IsZero() {
			if days == nil {
				return row, d, e.Down, nil
			}
			e.Name, e.Held = duties.EventHeld, micro(days.Due(e.Down.To.AddDays(1), d.Grace, false).Day.End(days.Place()))
		}
		if err := r.putDutyEvent(tx, row, d, idOf("duty "+e.Name, id, heldID(e)), "", "", e); err != nil {
			return row, d, nil, err
		}
	}
}

// heldID tells the outages of one duty apart; what else the clock enters, it enters once.
func heldID(e duties.Event) string {
	if e.Name != duties.EventHeld {
		return ""
	}
	return e.Down.From.String()
}

// TickDuties enters the reminders and the missed terms that have come, at most limit duties, and
// tells how many. A kill between two leaves the rest to the next call.
func (r *Register) TickDuties(ctx context.Context, days *calendar.Calendar, limit int) (int, error) {
	now, err := r.Now(ctx)
	if err != nil {
		return 0, err
	}
	var ids []string
	err = r.db.WithContext(ctx).Raw("SELECT id FROM duties WHERE next_at <= ? ORDER BY next_at, serial LIMIT ?", micro(now), bounded(limit)).Scan(&ids).Error
	if err != nil {
		return 0, fmt.Errorf("look for duties: %w", err)
	}
	var broken error // one duty that fails stands in nobody's way
	for _, id := range ids {
		err := r.write(ctx, func(tx *gorm.DB) error {
			_, _, _, err := r.tick(tx, id, now, days)
			return err
		})
		if err != nil {
			broken = errors.Join(broken, fmt.Errorf("tick duty %s: %w", id, err))
		}
	}
	return len(ids), broken
}

// dutyAct enters what somebody does about a duty, once for a key. f makes the event; the clock's
// events of before come first.
func (r *Register) dutyAct(ctx context.Context, a DutyAct, name string, f func(*gorm.DB, duties.Duty, string, time.Time) (duties.Event, error)) error {
	id := idOf("duty event", a.Owner, a.Key)
	request, err := r.digest(a.request(name))
	if err != nil {
		return err
	}
	err = r.write(ctx, func(tx *gorm.DB) error {
		if _, _, err := r.lockDuty(tx, a.Duty); err != nil {
			return err
		}
		var known int64
		if err := tx.Raw("SELECT count(*) FROM duty_events WHERE id = ?", id).Scan(&known).Error; err != nil {
			return err
		}
		if known > 0 {
			return errDone
		}
		now, err := r.legalNow(tx) // after the lock, so that no tick can overlook it
		if err != nil {
			return err
		}
		row, d, down, err := r.tick(tx, a.Duty, now, nil)
		if err != nil {
			return err
		}
		e, err := f(tx, d, id, now)
		if err != nil {
			return err
		}
		e.At, e.Name, e.By = now, name, a.By
		words := a.Words
		if name == duties.EventReport {
			words, e.Down = "", down // it has a row of its own
		}
		return r.putDutyEvent(tx, row, d, id, request, words, e)
	})
	if errors.Is(err, errDone) {
		err = r.sameRequest(ctx, "duty_events", id, request)
	}
	if err != nil {
		return fmt.Errorf("enter %s of duty %s: %w", name, a.Duty, err)
	}
	return nil
}
