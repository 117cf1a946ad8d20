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

// OccurrenceState is what became of a check of a plan.
type OccurrenceState string

// The states. None of them changes any more.
const (
	VisitOpened    OccurrenceState = "opened" // an inspection case was opened
	VisitCapped    OccurrenceState = "capped" // none: the enterprise had its planned visits of the year
	SelfCheckFiled OccurrenceState = "filed"  // the unit checked itself in time
	SelfCheckLacks OccurrenceState = "missed" // it did not: there is an alert
)

// Occurrence is a check of a plan that was seen to.
type Occurrence struct {
	Serial   int64
	Slot     string // its name within the plan
	Operator string
	Day      calendar.Day
	State    OccurrenceState
	Case     string // of a visit that was opened
	At       time.Time
}

// PlanWake is what is needed to see to a plan.
type PlanWake struct {
	PlanRow
	Targets []string // whom it checks, in the order of their turns
	Now     time.Time
	Clock   Clock
}

// WakePlan reads a plan with the operators that it is for at this moment; ErrNotFound.
func (r *Register) WakePlan(ctx context.Context, id string) (PlanWake, error) {
	row, err := r.PlanByID(ctx, id)
	if err != nil {
		return PlanWake{}, err
	}
	out := PlanWake{PlanRow: row, Targets: row.Plan.Operators}
	db := r.db.WithContext(ctx)
	var now time.Time
	if out.Clock, now, err = r.clock(db); err != nil {
		return out, err
	}
	out.Now = out.Clock.At(now)
	if len(row.Plan.Types) == 0 {
		return out, nil
	}
	tree, err := r.Tree(ctx)
	if err != nil {
		return out, err
	}
	var all []Operator
	if err := db.Select("id", "types", "province").Order("id").Find(&all).Error; err != nil {
		return out, fmt.Errorf("find the operators of plan %s: %w", id, err)
	}
	for _, o := range all {
		if row.Plan.Covers(o.Types) && tree.Supervises(row.Plan.Authority, o.Province) {
			out.Targets = append(out.Targets, o.ID)
		}
	}
	return out, nil
}

// Unseen leaves those of the occurrences that were not seen to: neither their slot nor another
// check of the operator on that day.
func (r *Register) Unseen(ctx context.Context, plan string, due []plans.Occurrence) ([]plans.Occurrence, error) {
	if len(due) == 0 {
		return nil, nil
	}
	first := due[0].Day.AddDays(-2 * plans.LookBack) // a slot may have moved
	var rows []occurrenceRow
	err := r.db.WithContext(ctx).Select("slot", "operator", "day").Where("plan_id = ? AND day >= ?", plan, first.String()).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("find what plan %s has seen to: %w", plan, err)
	}
	type visit struct{ operator, day string }
	slots, days := map[string]bool{}, map[visit]bool{}
	for _, row := range rows {
		slots[row.Slot], days[visit{row.Operator, row.Day}] = true, true
	}
	var out []plans.Occurrence
	for _, o := range due {
		if !slots[o.Slot] && !days[visit{o.Operator, o.Day.String()}] {
			out = append(out, o)
		}
	}
	return out, nil
}

// OpenVisit opens the inspection of an occurrence, with the number of the visit in the
// enterprise's year and the occurrence's row, in one transaction: after a kill all of it is there,
// or nothing. A visit beyond the plan's cap is entered as such and opens nothing. It returns the
// case; empty where it opened none now. ErrPlanMoved when the plan is not as it was read.
func (r *Register) OpenVisit(ctx context.Context, p PlanRow, o plans.Occurrence, subject string, regime RegimeText) (string, error) {
	f := Filing{
		Owner: "plan/" + p.Plan.ID, Key: o.Slot, Kind: casefile.Inspection, Authority: p.Plan.Authority, Operator: o.Operator, Subject: subject,
		By: casefile.Actor{Sender: "officer", Officer: p.By.Officer, Role: p.By.Role, Authority: p.Plan.Authority}, Body: casefile.Body{Operator: o.Operator},
		Regime: regime,
	}
	var id string
	err := r.see(ctx, p, o, func(tx *gorm.DB, row *occurrenceRow) error {
		id = ""
		in, _, err := r.countedVisit(tx, p.Plan.Year, p.Plan.Cap, f)
		if err != nil {
			return err
		}
		if in.Case == "" {
			row.State = VisitCapped
			return nil
		}
		id, row.State, row.CaseID = in.Case, VisitOpened, &in.Case
		return nil
	})
	if errors.Is(err, errDone) {
		return "", nil
	}
	return id, err
}

// countedVisit opens an inspection that takes the next place under the enterprise's cap of the
// year, and tells how many were taken before. No case: the cap is reached. The operator is locked.
func (r *Register) countedVisit(tx *gorm.DB, year, most int, f Filing) (in Receipt, had int, err error) {
	if err := tx.Raw("SELECT coalesce(max(n), 0) FROM inspection_counts WHERE operator = ? AND year = ?", f.Operator, year).Scan(&had).Error; err != nil {
		return Receipt{}, 0, err
	}
	if had >= most {
		return Receipt{}, had, nil
	}
	if in, err = r.fileWithin(tx, f); err != nil {
		return Receipt{}, had, err
	}
	count := inspectionCountRow{Operator: f.Operator, Year: year, N: had + 1, CaseID: in.Case}
	if err := tx.Create(&count).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
		return Receipt{}, had, errors.Join(errAgain, err)
	} else if err != nil {
		return Receipt{}, had, err
	}
	return in, had, nil
}

// missedSelfCheck names the alert.
const missedSelfCheck = "self-check-missed"

// SeeSelfCheck enters whether a unit checked itself on a day that is over. A missed check raises
// an alert to the city that supervises the unit, else to the plan's authority. ErrPlanMoved as
// for OpenVisit.
func (r *Register) SeeSelfCheck(ctx context.Context, p PlanRow, o plans.Occurrence) error {
	err := r.see(ctx, p, o, func(tx *gorm.DB, row *occurrenceRow) error {
		var filed int64
		err := tx.Raw("SELECT count(*) FROM self_checks WHERE operator = ? AND day = ? AND received < ?",
			o.Operator, o.Day.String(), micro(o.Day.End(r.place))).Scan(&filed).Error
		if err != nil {
			return err
		}
		if filed > 0 {
			row.State = SelfCheckFiled
			return nil
		}
		row.State = SelfCheckLacks
		alert := alertRow{
			ID: idOf("alert", p.Plan.ID, o.Slot), Name: missedSelfCheck, Authority: p.Plan.Authority, Operator: o.Operator,
			PlanID: p.Plan.ID, Day: row.Day, At: row.At,
		}
		var city []string
		err = tx.Raw("SELECT a.id FROM operators o JOIN authorities a ON a.id = o.province WHERE o.id = ? AND a.level = 'city'", o.Operator).Scan(&city).Error
		if err != nil {
			return err
		}
		if len(city) > 0 {
			alert.Authority = city[0]
		}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&alert).Error
	})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

// see writes an occurrence once, with what f does beside it: errDone when it is there. The plan
// is locked against changes, the operator against self-checks and other plans.
func (r *Register) see(ctx context.Context, p PlanRow, o plans.Occurrence, f func(*gorm.DB, *occurrenceRow) error) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		locked, err := lockRow[planRow](r, tx, p.Plan.ID)
		if err != nil {
			return err
		}
		if locked.Head != p.Head {
			return ErrPlanMoved
		}
		if err := r.lockOperator(tx, o.Operator, "NO KEY UPDATE"); err != nil {
			return err
		}
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		row := occurrenceRow{PlanID: p.Plan.ID, Slot: o.Slot, Operator: o.Operator, Day: o.Day.String(), At: now}
		if err := f(tx, &row); errors.Is(err, errReceived) {
			return errDone // its paper is there, and with it all the rest
		} else if err != nil {
			return err
		}
		put := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if put.Error == nil && put.RowsAffected == 0 {
			return errDone
		}
		return put.Error
	})
	if err != nil {
		return fmt.Errorf("see to check %s of plan %s: %w", o.Slot, p.Plan.ID, err)
	}
	return nil
}

// lockOperator takes an operator's row. SQLite has one writer and needs no lock.
func (r *Register) lockOperator(tx *gorm.DB, id, strength string) error {
	lock := "SELECT id FROM operators WHERE id = ?"
	if !r.sqlite() {
		lock += " FOR " + strength
	}
	var found []string
	if err := tx.Raw(lock, id).Scan(&found).Error; err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("operator %s: %w", id, ErrNotFound)
	}
	return nil
}

// PlanSeen marks that a plan was seen to through a day, by the calendar of that hash, and when it
// is next due (zero: its year is over). ErrPlanMoved when it is not as it was read: then it has to
// be seen to again.
func (r *Register) PlanSeen(ctx context.Context, p PlanRow, through calendar.Day, due time.Time, hash string) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		now, err := r.databaseTime(tx)
		if err != nil {
			return err
		}
		// The sweep's lease ends with what it was for: the next check may be due at once.
		set := tx.Exec("UPDATE plans SET through = ?, next_due = ?, calendar = ?, looks = 0, next_look = ? WHERE id = ? AND head = ? AND through <= ?",
			through.String(), orNever(due), hash, micro(now), p.Plan.ID, p.Head, through.String())
		if set.Error == nil && set.RowsAffected == 0 {
			return ErrPlanMoved
		}
		return set.Error
	})
	if err != nil {
		return fmt.Errorf("mark plan %s: %w", p.Plan.ID, err)
	}
	return nil
}

// Occurrences lists the checks of a plan that were seen to, behind the serial after.
func (r *Register) Occurrences(ctx context.Context, plan string, after int64, limit int) ([]Occurrence, error) {
	var rows []occurrenceRow
	if err := r.db.WithContext(ctx).Where("plan_id = ? AND serial > ?", plan, after).Order("serial").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the checks of plan %s: %w", plan, err)
	}
	out := make([]Occurrence, len(rows))
	for i, row := range rows {
		day, err := readDay(row.Day)
		if err != nil {
			return nil, fmt.Errorf("list the checks of plan %s: %w", plan, err)
		}
		out[i] = Occurrence{Serial: row.Serial, Slot: row.Slot, Operator: row.Operator, Day: day, State: row.State, At: row.At.UTC()}
		if row.CaseID != nil {
			out[i].Case = *row.CaseID
		}
	}
	return out, nil
}
