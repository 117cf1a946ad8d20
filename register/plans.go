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
	"duban/law/plans"
)

// PlanIn is a plan as an officer makes it. The register gives it its id.
type PlanIn struct {
	Owner string
	Key   string // the Idempotency-Key

	Plan plans.Plan
	By   casefile.Actor
}

// ChangeIn is a change of a plan as an officer decides it.
type ChangeIn struct {
	Owner string
	Key   string

	Plan   string
	Change plans.Change
	By     casefile.Actor
}

// PlanRow is a plan with its changes, and how far it was seen to.
type PlanRow struct {
	Serial  int64
	Plan    plans.Plan
	By      casefile.Actor // who made it
	Created time.Time
	Through calendar.Day // the last day that was seen to; zero: none
	NextDue time.Time    // zero: its year is over
	Looks   int          // by the sweep, since it was last seen to
	Seq     int          // of its last event
	Head    string       // hash of its last event
}

// planEvent is a line of a plan's events: how it was made, or a change.
type planEvent struct {
	Plan   string         `json:"plan"`
	Seq    int            `json:"seq"`
	At     time.Time      `json:"at"`
	By     casefile.Actor `json:"by"`
	Made   *plans.Plan    `json:"made,omitempty"`
	Change *plans.Change  `json:"change,omitempty"`
}

// PutPlan makes a plan and wakes it. The same key with the same plan gives the plan that it made,
// with another ErrKeyReused. plans.ErrPlan, ErrNotFound for the authority.
func (r *Register) PutPlan(ctx context.Context, in PlanIn) (PlanRow, error) {
	id := idOf("plan", in.Owner, in.Key)
	in.Plan.ID, in.Plan.Changes = id, nil
	request, err := r.digest(in.content())
	if err != nil {
		return PlanRow{}, err
	}
	if err := in.Plan.Check(); err != nil {
		return PlanRow{}, err
	}
	body, err := encode(in.Plan)
	if err != nil {
		return PlanRow{}, err
	}
	err = r.write(ctx, func(tx *gorm.DB) error {
		c, db, err := r.holdClock(&pipeline{tx: tx})
		if err != nil {
			return err
		}
		if _, err := authorityCode(tx, in.Plan.Authority); err != nil {
			return err
		}
		now := c.At(db)
		row := planRow{
			ID: id, Authority: in.Plan.Authority, Year: in.Plan.Year, Cadence: in.Plan.Cadence, Officer: in.By.Officer, Role: in.By.Role,
			Body: body, CreatedAt: now, NextDue: now, NextLook: micro(db),
		}
		put := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if put.Error != nil {
			return put.Error
		}
		if put.RowsAffected == 0 {
			return errDone
		}
		return putPlanEvent(tx, row, id, request, planEvent{At: now, By: in.By, Made: &in.Plan})
	})
	if errors.Is(err, errDone) {
		err = r.sameRequest(ctx, "plan_events", id, request)
	}
	if err != nil {
		return PlanRow{}, fmt.Errorf("make a plan: %w", err)
	}
	return r.PlanByID(ctx, id)
}

// content leaves the first day out: for the same request sent again tomorrow it would be another.
func (in PlanIn) content() any {
	p := in.Plan
	p.From = calendar.Day{}
	return struct {
		Plan plans.Plan
		By   casefile.Actor
	}{p, in.By}
}

// ChangePlan enters a change behind the others and wakes the plan. The same key with the same
// change is entered once; with another content ErrKeyReused. ErrNotFound; plans.ErrPlan for a
// change that can't be, or begins in the past: what a plan has had checked stays.
func (r *Register) ChangePlan(ctx context.Context, in ChangeIn) (PlanRow, error) {
	id := idOf("plan event", in.Owner, in.Key)
	request, err := r.digest(struct {
		Plan   string
		Change plans.Change
		By     casefile.Actor
	}{in.Plan, in.Change, in.By})
	if err != nil {
		return PlanRow{}, err
	}
	err = r.write(ctx, func(tx *gorm.DB) error {
		row, err := lockRow[planRow](r, tx, in.Plan)
		if err != nil {
			return err
		}
		var known int64
		if err := tx.Raw("SELECT count(*) FROM plan_events WHERE id = ?", id).Scan(&known).Error; err != nil {
			return err
		}
		if known > 0 {
			return errDone
		}
		c, db, err := r.clock(tx)
		if err != nil {
			return err
		}
		var p plans.Plan
		if err := decode(row.Body, &p); err != nil {
			return err
		}
		now := c.At(db)
		if err := p.CheckChange(in.Change, calendar.DayOf(now, r.place)); err != nil {
			return err
		}
		return putPlanEvent(tx, row, id, request, planEvent{At: now, By: in.By, Change: &in.Change})
	})
	if errors.Is(err, errDone) {
		err = r.sameRequest(ctx, "plan_events", id, request)
	}
	if err != nil {
		return PlanRow{}, fmt.Errorf("change plan %s: %w", in.Plan, err)
	}
	return r.PlanByID(ctx, in.Plan)
}

// putPlanEvent chains an event to the one before and wakes the plan.
func putPlanEvent(tx *gorm.DB, plan planRow, id, request string, e planEvent) error {
	e.Plan, e.Seq = plan.ID, plan.Seq+1
	body, err := encode(e)
	if err != nil {
		return err
	}
	row := planEventRow{PlanID: plan.ID, Seq: e.Seq, ID: id, Request: request, At: e.At, Body: body, Prev: plan.Head, Hash: chain(plan.Head, body)}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("enter event %d: %w", e.Seq, err)
	}
	return tx.Exec("UPDATE plans SET seq = ?, head = ?, next_due = ?, looks = 0 WHERE id = ?", row.Seq, row.Hash, e.At, plan.ID).Error
}

// PlanByID finds a plan; ErrNotFound.
func (r *Register) PlanByID(ctx context.Context, id string) (PlanRow, error) {
	var out []PlanRow
	err := r.snapshot(ctx, func(tx *gorm.DB) error {
		row, err := oneByID[planRow](tx, "plan", id)
		if err != nil {
			return err
		}
		out, err = plansOf(tx, []planRow{row})
		return err
	})
	if err != nil {
		return PlanRow{}, fmt.Errorf("read plan %s: %w", id, err)
	}
	return out[0], nil
}

// Plans lists the plans of those authorities behind the serial after, at most limit; nil: of all.
func (r *Register) Plans(ctx context.Context, of []string, after int64, limit int) ([]PlanRow, error) {
	var out []PlanRow
	err := r.snapshot(ctx, func(tx *gorm.DB) error {
		list := tx.Where("serial > ?", after)
		list = ofAuthorities(list, of)
		var rows []planRow
		err := list.Order("serial").Limit(bounded(limit)).Find(&rows).Error
		if err == nil {
			out, err = plansOf(tx, rows)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the plans: %w", err)
	}
	return out, nil
}

// plansOf puts each plan together from its events.
func plansOf(tx *gorm.DB, rows []planRow) ([]PlanRow, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	var events []planEventRow
	if err := tx.Where("plan_id IN ?", ids).Order("plan_id, seq").Find(&events).Error; err != nil {
		return nil, err
	}
	out := make([]PlanRow, len(rows))
	at := map[string]*PlanRow{}
	for i, row := range rows {
		through, err := readDay(row.Through)
		if err != nil {
			return nil, err
		}
		out[i] = PlanRow{
			Serial: row.Serial, By: casefile.Actor{Officer: row.Officer, Role: row.Role, Authority: row.Authority}, Created: row.CreatedAt.UTC(),
			Through: through, Looks: row.Looks, Seq: row.Seq, Head: row.Head,
		}
		if row.NextDue.Before(never) {
			out[i].NextDue = row.NextDue.UTC()
		}
		if err := decode(row.Body, &out[i].Plan); err != nil {
			return nil, err
		}
		at[row.ID] = &out[i]
	}
	for _, row := range events {
		var e planEvent
		if err := decode(row.Body, &e); err != nil {
			return nil, err
		}
		if e.Change != nil {
			at[row.PlanID].Plan.Changes = append(at[row.PlanID].Plan.Changes, *e.Change)
		}
	}
	return out, nil
}
