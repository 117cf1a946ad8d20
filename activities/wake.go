package activities

import (
	"context"
	"errors"
	"fmt"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/plans"
	"duban/register"
)

// WakeActivity is the name under which the workflow of a plan calls Wake.
const WakeActivity = "Wake"

// WakeInput names the plan.
type WakeInput struct {
	Plan string `json:"plan"`
}

// WakeResult is all that the workflow learns.
type WakeResult struct {
	Seen   int           `json:"seen,omitempty"`   // checks seen to by this call
	Wake   time.Time     `json:"wake,omitzero"`    // legal instant at which the plan is next due
	WakeIn time.Duration `json:"wakeIn,omitempty"` // real time until then; 0 with Wake set: no timer helps, a look will come
	More   bool          `json:"more,omitempty"`   // checks are left, or the plan was changed meanwhile: call again
	Ended  bool          `json:"ended,omitempty"`  // the plan's year is over, or there is no such plan
}

// Pinning is the regulation to which a case that an authority opens on a day is pinned.
type Pinning func(ctx context.Context, authority string, kind casefile.Kind, on calendar.Day) (register.RegimeText, error)

// Planner sees to plans.
type Planner struct {
	register *register.Register
	calendar *calendar.Calendar
	pinning  Pinning
	nudge    Nudge
}

// NewPlanner joins the register with the built-in calendar, over which the register's holiday
// tables lie, and the regulation of a day.
// Without a nudge the cases that it opens are left to the sweep.
func NewPlanner(r *register.Register, c *calendar.Calendar, p Pinning, n Nudge) *Planner {
	if n == nil {
		n = func(casefile.Kind, string) {}
	}
	return &Planner{register: r, calendar: c, pinning: p, nudge: n}
}

// checksPerWake bounds one call; what is left is told by WakeResult.More.
const checksPerWake = 50

// Wake sees to the checks of a plan that are due, each in a transaction of its own, then marks how
// far it came and when to look again. It may run twice, and end anywhere: a check that was seen to
// is in the register and not seen to again.
func (a *Planner) Wake(ctx context.Context, in WakeInput) (WakeResult, error) {
	w, err := a.register.WakePlan(ctx, in.Plan)
	if errors.Is(err, register.ErrNotFound) {
		return WakeResult{Ended: true}, nil // a register restored from before this plan
	}
	if err != nil {
		return WakeResult{}, fmt.Errorf("wake plan %s: %w", in.Plan, err)
	}
	days, err := a.register.Calendar(ctx, a.calendar)
	if err != nil {
		return WakeResult{}, fmt.Errorf("wake plan %s: %w", in.Plan, err)
	}
	out, err := (&Planner{register: a.register, calendar: days, pinning: a.pinning, nudge: a.nudge}).wake(ctx, w)
	if errors.Is(err, register.ErrPlanMoved) {
		return WakeResult{Seen: out.Seen, More: true}, nil
	}
	if err != nil {
		return WakeResult{}, fmt.Errorf("wake plan %s: %w", in.Plan, err)
	}
	return out, nil
}

func (a *Planner) wake(ctx context.Context, w register.PlanWake) (WakeResult, error) {
	var out WakeResult
	today := calendar.DayOf(w.Now, a.calendar.Place())
	due, through := plans.Due(w.Plan, w.Targets, a.calendar, w.Through, today)
	due, err := a.register.Unseen(ctx, w.Plan.ID, due)
	if err != nil {
		return out, err
	}
	for _, o := range due {
		if out.Seen == checksPerWake {
			out.More = true
			return out, nil
		}
		if err := a.see(ctx, w, o, today); err != nil {
			return out, err
		}
		out.Seen++
	}
	if next := plans.Wake(w.Plan, a.calendar, today); !next.IsZero() {
		out.Wake = next.Start(a.calendar.Place())
	}
	if through.Before(w.Through) {
		through = w.Through
	}
	if err := a.register.PlanSeen(ctx, w.PlanRow, through, out.Wake, a.calendar.Hash()); err != nil {
		return out, err
	}
	out.Ended = out.Wake.IsZero()
	if wait, ok := w.Clock.Wait(w.Now, out.Wake); ok && !out.Ended {
		out.WakeIn = max(wait, time.Millisecond)
	}
	return out, nil
}

// subjects is the line in lists of a visit's case.
var subjects = map[plans.Cadence]string{plans.Periodic: "定期检查", plans.Spot: "抽查"}

func (a *Planner) see(ctx context.Context, w register.PlanWake, o plans.Occurrence, today calendar.Day) error {
	if !w.Plan.Cadence.Visits() {
		return a.register.SeeSelfCheck(ctx, w.PlanRow, o)
	}
	regime, err := a.pinning(ctx, w.Plan.Authority, casefile.Inspection, today)
	if err != nil {
		return err
	}
	subject := fmt.Sprintf("%d年%s", w.Plan.Year, subjects[w.Plan.Cadence])
	opened, err := a.register.OpenVisit(ctx, w.PlanRow, o, subject, regime)
	if err == nil && opened != "" {
		a.nudge(casefile.Inspection, opened)
	}
	return err
}
