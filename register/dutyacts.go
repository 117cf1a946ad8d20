package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

// DutyReceipt is what who hands in a report takes home.
type DutyReceipt struct {
	ID       string
	Received time.Time
	Hash     string // of the text, keyed: two equal texts have the same
	Late     bool
	Duty     DutyLine
}

// ReportDuty takes a report on a duty; its receipt counts. ErrNotFound, ErrKeyReused.
func (r *Register) ReportDuty(ctx context.Context, a DutyAct) (DutyReceipt, error) {
	err := r.dutyAct(ctx, a, duties.EventReport, func(tx *gorm.DB, _ duties.Duty, id string, now time.Time) (duties.Event, error) {
		return duties.Event{Report: id}, r.putDutyReport(tx, a, id, now)
	})
	if err != nil {
		return DutyReceipt{}, err
	}
	return r.dutyReceipt(ctx, a)
}

func (r *Register) putDutyReport(tx *gorm.DB, a DutyAct, id string, now time.Time) error {
	hash, err := r.digest(a.Words)
	if err != nil {
		return err
	}
	return tx.Create(&dutyReportRow{ID: id, DutyID: a.Duty, Received: now, Body: a.Words, Hash: hash}).Error
}

func (r *Register) dutyReceipt(ctx context.Context, a DutyAct) (DutyReceipt, error) {
	row, err := oneByID[dutyReportRow](r.db.WithContext(ctx), "report", idOf("duty event", a.Owner, a.Key))
	if err != nil {
		return DutyReceipt{}, err
	}
	line, err := r.DutyByID(ctx, row.DutyID)
	if err != nil {
		return DutyReceipt{}, err
	}
	due := line.Duty.Due
	return DutyReceipt{ID: row.ID, Received: row.Received.UTC(), Hash: row.Hash, Late: !due.IsZero() && !row.Received.Before(due), Duty: line}, nil
}

// FileBlockage opens the duty to report a blockage in writing, for the operator of d, from what it
// says of it; its hours are counted by the calendar. The same key opens it once; ErrKeyReused, duties.ErrBlockage.
func (r *Register) FileBlockage(ctx context.Context, a DutyAct, rule casefile.Duty, d duties.Duty, b duties.Blockage, days *calendar.Calendar) (DutyLine, error) {
	d.Period = idOf("blockage", a.Owner, a.Key)
	d.ID = dutyID(d.Operator, d.Code, d.Period)
	b.Began, b.Oral = micro(b.Began), micro(b.Oral)
	request, err := r.digest(b)
	if err != nil {
		return DutyLine{}, err
	}
	id := idOf("duty event", a.Owner, a.Key)
	err = r.write(ctx, func(tx *gorm.DB) error {
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		at, err := b.At(rule, d, now, days)
		if err != nil {
			return err
		}
		put, err := putDuty(tx, at, now, a.By, id, request)
		if err == nil && !put {
			return errDone
		}
		return err
	})
	if errors.Is(err, errDone) {
		err = r.sameRequest(ctx, "duty_events", id, request)
	}
	if err != nil {
		return DutyLine{}, fmt.Errorf("file a blockage: %w", err)
	}
	return r.DutyByID(ctx, d.ID)
}

// ConfirmDuty opens the enforcement case that a duty proposes, in one transaction with the entry
// that says so: f is for the duty's own sanction clause. duties.ErrNoClause for a duty without
// one, duties.ErrNotSo for one that proposes nothing, ErrSameAct as File.
func (r *Register) ConfirmDuty(ctx context.Context, a DutyAct, f Filing) (DutyLine, error) {
	f.Owner, f.Key = "duty/"+a.Duty, duties.EventConfirmed
	return r.decideDuty(ctx, a, duties.EventConfirmed, func(tx *gorm.DB, d duties.Duty, _ string, now time.Time) (duties.Event, error) {
		// The law is asked before the case is there: a proposal without a clause opens none.
		if _, err := duties.Apply(d, duties.Event{Name: duties.EventConfirmed, At: now, Case: "asked"}); err != nil {
			return duties.Event{}, err
		}
		in, err := r.fileWithin(tx, f)
		return duties.Event{Case: in.Case}, err
	})
}

// DismissDuty ends a proposal, with reasons. duties.ErrNotSo.
func (r *Register) DismissDuty(ctx context.Context, a DutyAct) (DutyLine, error) {
	return r.decideDuty(ctx, a, duties.EventDismissed, plainly)
}

// DoubtDuty enters that a report was found untrue, with reasons: that is proposed as a missing one
// is (telecom 23). duties.ErrNotSo without a report.
func (r *Register) DoubtDuty(ctx context.Context, a DutyAct) (DutyLine, error) {
	return r.decideDuty(ctx, a, duties.EventUntrue, plainly)
}

// ImproveDuty enters an improvement notice for a duty without a sanction clause (telecom 13):
// what is to improve, and until when. duties.ErrClause, duties.ErrNotSo.
func (r *Register) ImproveDuty(ctx context.Context, a DutyAct) (DutyLine, error) {
	return r.decideDuty(ctx, a, duties.EventImproving, func(*gorm.DB, duties.Duty, string, time.Time) (duties.Event, error) {
		return duties.Event{Until: a.Until.String()}, nil
	})
}

func plainly(*gorm.DB, duties.Duty, string, time.Time) (duties.Event, error) {
	return duties.Event{}, nil
}

func (r *Register) decideDuty(ctx context.Context, a DutyAct, name string, f func(*gorm.DB, duties.Duty, string, time.Time) (duties.Event, error)) (DutyLine, error) {
	if err := r.dutyAct(ctx, a, name, f); err != nil {
		return DutyLine{}, err
	}
	return r.DutyByID(ctx, a.Duty)
}
