package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/calendar"
)

// SelfCheckIn is a unit's check of itself, as its operator files it (tourism 14). It is no case
// and never evidence by itself (lifecycles §7).
type SelfCheckIn struct {
	Owner string
	Key   string // the Idempotency-Key

	Operator  string
	Day       calendar.Day
	Inspector string // number of the one unit inspector's card (tourism 10)
	Faults    int    // that the unit found
	Text      string
}

// SelfCheck is a self-check of the register.
type SelfCheck struct {
	Serial    int64
	ID        string
	Operator  string
	Day       calendar.Day
	Inspector string
	Faults    int
	Text      string
	Received  time.Time
	Late      bool // received after its day
}

// FileSelfCheck takes a self-check. The same key with the same content is received once, with
// another it is ErrKeyReused. ErrFiling for a day that has not come; ErrNotFound.
func (r *Register) FileSelfCheck(ctx context.Context, in SelfCheckIn) (SelfCheck, error) {
	id := idOf("self-check", in.Owner, in.Key)
	owner := in
	owner.Owner, owner.Key = "", ""
	request, err := r.digest(owner)
	if err != nil {
		return SelfCheck{}, err
	}
	err = r.write(ctx, func(tx *gorm.DB) error {
		// The lock comes before the stamp, so that no wake can overlook a check received in time.
		if err := r.lockOperator(tx, in.Operator, "SHARE"); err != nil {
			return err
		}
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		if in.Day.IsZero() || in.Day.After(calendar.DayOf(now, r.place)) {
			return fmt.Errorf("%w: the day has not come", ErrFiling)
		}
		row := selfCheckRow{
			ID: id, Operator: in.Operator, Day: in.Day.String(), Inspector: in.Inspector, Faults: in.Faults, Body: in.Text,
			Request: request, Received: now,
		}
		put := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if put.Error == nil && put.RowsAffected == 0 {
			return errDone
		}
		return put.Error
	})
	if err != nil && !errors.Is(err, errDone) {
		return SelfCheck{}, fmt.Errorf("file a self-check: %w", err)
	}
	row, err := oneByID[selfCheckRow](r.db.WithContext(ctx), "self-check", id)
	if err != nil {
		return SelfCheck{}, err
	}
	if row.Request != request {
		return SelfCheck{}, fmt.Errorf("file a self-check: %w", ErrKeyReused)
	}
	return r.selfCheck(row)
}

// SelfChecks lists the self-checks of an operator behind the serial after, at most limit.
func (r *Register) SelfChecks(ctx context.Context, operator string, after int64, limit int) ([]SelfCheck, error) {
	var rows []selfCheckRow
	err := r.db.WithContext(ctx).Where("operator = ? AND serial > ?", operator, after).Order("serial").Limit(bounded(limit)).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list the self-checks: %w", err)
	}
	out := make([]SelfCheck, len(rows))
	for i, row := range rows {
		if out[i], err = r.selfCheck(row); err != nil {
			return nil, fmt.Errorf("list the self-checks: %w", err)
		}
	}
	return out, nil
}

func (r *Register) selfCheck(row selfCheckRow) (SelfCheck, error) {
	day, err := readDay(row.Day)
	return SelfCheck{
		Serial: row.Serial, ID: row.ID, Operator: row.Operator, Day: day, Inspector: row.Inspector, Faults: row.Faults, Text: row.Body,
		Received: row.Received.UTC(), Late: !row.Received.Before(day.End(r.place)),
	}, err
}

// Alert is what an authority must be told of.
type Alert struct {
	Serial    int64
	ID        string
	Name      string // self-check-missed
	Authority string
	Operator  string
	Plan      string
	Day       calendar.Day
	At        time.Time
}

// Alerts lists the alerts to those authorities behind the serial after, at most limit; nil: to all.
func (r *Register) Alerts(ctx context.Context, of []string, after int64, limit int) ([]Alert, error) {
	list := r.db.WithContext(ctx).Where("serial > ?", after)
	list = ofAuthorities(list, of)
	var rows []alertRow
	if err := list.Order("serial").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the alerts: %w", err)
	}
	out := make([]Alert, len(rows))
	for i, row := range rows {
		day, err := readDay(row.Day)
		if err != nil {
			return nil, fmt.Errorf("list the alerts: %w", err)
		}
		out[i] = Alert{
			Serial: row.Serial, ID: row.ID, Name: row.Name, Authority: row.Authority, Operator: row.Operator, Plan: row.PlanID, Day: day, At: row.At.UTC(),
		}
	}
	return out, nil
}
