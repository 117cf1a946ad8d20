package register

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/plans"
)

func theDay(t testing.TB, s string) calendar.Day {
	t.Helper()
	return must(calendar.ParseDay(s))(t)
}

// shenyang adds a city with hotels to the small house.
func shenyang(t testing.TB, r *Register, hotels ...string) {
	t.Helper()
	ok(t, r.PutAuthority(t.Context(), jurisdiction.Authority{ID: "sy", Parent: "ln", Level: "city", Domain: "telecom", Code: "SY", Name: casefile.Text{Zh: "沈阳", En: "Shenyang"}}))
	for _, h := range hotels {
		ok(t, r.PutOperator(t.Context(), Operator{ID: h, Name: "饭店" + h, Types: []string{"hotel"}, Province: "sy"}))
	}
}

func aPlan(t testing.TB, key string, change func(*plans.Plan)) PlanIn {
	p := plans.Plan{Authority: "sy", Year: 2026, From: theDay(t, "2026-03-02"), Cadence: plans.Periodic, Types: []string{"hotel"}, Quota: 10, Cap: 3}
	if change != nil {
		change(&p)
	}
	return PlanIn{Owner: "officer/o1", Key: key, Plan: p, By: officer}
}

// wake sees to a plan as the activity does, after so many occurrences it is killed; -1: not.
func wake(t testing.TB, r *Register, id string, kill int) {
	t.Helper()
	ok(t, tryWake(t.Context(), r, id, kill))
}

func tryWake(ctx context.Context, r *Register, id string, kill int) error {
	cal, err := calendar.New(calendar.Shanghai())
	if err != nil {
		return err
	}
	for {
		w, err := r.WakePlan(ctx, id)
		if err != nil {
			return err
		}
		today := calendar.DayOf(w.Now, r.Place())
		due, through := plans.Due(w.Plan, w.Targets, cal, w.Through, today)
		if due, err = r.Unseen(ctx, id, due); err != nil {
			return err
		}
		for i, o := range due {
			if i == kill {
				return nil
			}
			if w.Plan.Cadence.Visits() {
				_, err = r.OpenVisit(ctx, w.PlanRow, o, "计划检查", testRegime)
			} else {
				err = r.SeeSelfCheck(ctx, w.PlanRow, o)
			}
			if errors.Is(err, ErrPlanMoved) {
				break
			}
			if err != nil {
				return err
			}
		}
		var next time.Time
		if day := plans.Wake(w.Plan, cal, today); !day.IsZero() {
			next = day.Start(r.Place())
		}
		if err == nil {
			err = r.PlanSeen(ctx, w.PlanRow, through, next, cal.Hash())
		}
		if !errors.Is(err, ErrPlanMoved) {
			return err
		}
	}
}

func seen(t testing.TB, r *Register, plan string) (out []string) {
	t.Helper()
	for _, o := range must(r.Occurrences(t.Context(), plan, 0, 200))(t) {
		out = append(out, fmt.Sprintf("%s %s %s", o.Day, o.Operator, o.State))
	}
	return out
}

func inspections(t testing.TB, r *Register) []CaseRow {
	t.Helper()
	return must(r.Cases(t.Context(), CaseFilter{Kind: casefile.Inspection, Limit: 200}))(t).Cases
}

func TestAPlanOpensItsVisitsAsTheirDaysCome(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1", "h2")
		in := aPlan(t, "1", nil)
		p := must(r.PutPlan(t.Context(), in))(t)
		again := must(r.PutPlan(t.Context(), in))(t)
		if again.Plan.ID != p.Plan.ID || again.Seq != 1 {
			t.Errorf("the same request made %+v beside %+v", again, p)
		}
		in.Plan.Quota = 11
		_, err := r.PutPlan(t.Context(), in)
		isErr(t, err, ErrKeyReused)
		if n := must(r.Unsettled(t.Context()))(t); n != 1 {
			t.Errorf("%d unsettled, want the new plan", n)
		}
		wake(t, r, p.Plan.ID, -1)
		if n := must(r.Unsettled(t.Context()))(t); n != 0 {
			t.Errorf("%d unsettled after the wake", n)
		}
		due := must(r.NextDue(t.Context()))(t)
		if got := calendar.DayOf(due, r.Place()).String(); got != "2026-03-17" {
			t.Errorf("next due on %s", got)
		}
		ok(t, r.StepClock(t.Context(), due))
		if got := must(r.LookPlans(t.Context(), "", 10))(t); len(got) != 1 || got[0] != (PlanRef{p.Plan.ID, 1}) {
			t.Errorf("the sweep found %v", got)
		}
		wake(t, r, p.Plan.ID, -1)
		wake(t, r, p.Plan.ID, -1)
		if got := strings.Join(seen(t, r, p.Plan.ID), "; "); got != "2026-03-17 h1 opened" {
			t.Errorf("seen to: %s", got)
		}
		cases := inspections(t, r)
		if len(cases) != 1 || cases[0].Operator != "h1" || cases[0].Authority != "sy" || cases[0].State != casefile.Filed {
			t.Fatalf("opened %+v", cases)
		}
		settle(t, r, cases[0].ID, "")
		clean(t, r)
	})
}

// A kill between opening and marking, at any place, loses nothing and doubles nothing; so does a
// long outage.
func TestAKilledWakeIsTakenUp(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1", "h2", "h3", "h4")
		p := must(r.PutPlan(t.Context(), aPlan(t, "1", nil)))(t)
		ok(t, r.StepClock(t.Context(), theDay(t, "2027-02-01").Start(r.Place())))
		for kill := range 12 {
			wake(t, r, p.Plan.ID, kill%3)
		}
		wake(t, r, p.Plan.ID, -1)
		wake(t, r, p.Plan.ID, -1)
		if got := seen(t, r, p.Plan.ID); len(got) != 10 {
			t.Errorf("seen to %v", got)
		}
		if got := inspections(t, r); len(got) != 10 {
			t.Errorf("%d inspections opened", len(got))
		}
		end := must(r.PlanByID(t.Context(), p.Plan.ID))(t)
		if !end.NextDue.IsZero() {
			t.Errorf("its year is over, due again at %s", end.NextDue)
		}
		clean(t, r)
	})
}

// What fails between the statements of a visit leaves none of them behind.
func TestAVisitIsOpenedWholeOrNotAtAll(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1")
		p := must(r.PutPlan(t.Context(), aPlan(t, "1", nil)))(t)
		o := plans.Occurrence{Operator: "h1", Day: theDay(t, "2026-03-17"), Slot: "1"}
		for _, table := range []string{"papers", "cases", "inspection_counts", "plan_occurrences"} {
			killed := errors.New("killed at " + table)
			ok(t, r.db.Callback().Create().After("gorm:create").Register("kill", func(tx *gorm.DB) {
				if tx.Statement.Table == table {
					tx.Error = killed
				}
			}))
			_, err := r.OpenVisit(t.Context(), p, o, "x", testRegime)
			isErr(t, err, killed)
			ok(t, r.db.Callback().Create().Remove("kill"))
		}
		if n := len(inspections(t, r)) + len(seen(t, r, p.Plan.ID)); n != 0 {
			t.Errorf("%d rows left by visits that failed", n)
		}
		must(r.OpenVisit(t.Context(), p, o, "x", testRegime))(t)
		if n := len(inspections(t, r)) + len(seen(t, r, p.Plan.ID)); n != 2 {
			t.Errorf("%d rows of a visit", n)
		}
		clean(t, r)
	})
}

func TestTheCapHoldsAgainstRaces(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1")
		var ids []string
		for _, key := range keys("p", 4) {
			ids = append(ids, must(r.PutPlan(t.Context(), aPlan(t, key, func(p *plans.Plan) { p.Quota = 5 })))(t).Plan.ID)
		}
		ok(t, r.StepClock(t.Context(), theDay(t, "2026-12-31").Start(r.Place())))
		var all sync.WaitGroup
		for _, id := range append(ids, ids...) { // each plan is woken twice at once
			all.Go(func() {
				if err := tryWake(t.Context(), r, id, -1); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := inspections(t, r); len(got) != 3 {
			t.Errorf("%d visits, the cap is 3", len(got))
		}
		states := map[string]int{}
		for _, id := range ids {
			for _, line := range seen(t, r, id) {
				states[strings.Fields(line)[2]]++
			}
		}
		if states["opened"] != 3 || states["capped"] != 9 {
			t.Errorf("seen to: %v", states)
		}
		exempt := Filing{
			Owner: "o1", Key: "x", Kind: casefile.Inspection, Authority: "sy", Operator: "h1", Subject: "复查", By: officer,
			Body: casefile.Body{Operator: "h1"}, Regime: testRegime,
		}
		first := must(r.FileExempt(t.Context(), exempt, plans.ReInspection, "整改到期"))(t)
		if again := must(r.FileExempt(t.Context(), exempt, plans.ReInspection, "整改到期"))(t); again.Case != first.Case || !again.Again {
			t.Errorf("filed twice: %+v", again)
		}
		_, err := r.FileExempt(t.Context(), exempt, plans.Report, "整改到期")
		isErr(t, err, ErrKeyReused)
		exempt.Key = "y"
		_, err = r.FileExempt(t.Context(), exempt, "whim", "x")
		isErr(t, err, plans.ErrPlan)
		if e := must(r.ExemptionOf(t.Context(), first.Case))(t); e.Ground != plans.ReInspection || e.Reason != "整改到期" || e.Officer != "o1" {
			t.Errorf("exemption: %+v", e)
		}
		if got := inspections(t, r); len(got) != 4 {
			t.Errorf("%d inspections with the exempt one", len(got))
		}
		clean(t, r)
	})
}

func TestAPlanIsPausedChangedAndResumed(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1")
		p := must(r.PutPlan(t.Context(), aPlan(t, "1", func(p *plans.Plan) { p.Cap = 20 })))(t)
		ok(t, r.StepClock(t.Context(), theDay(t, "2026-04-20").Start(r.Place())))
		wake(t, r, p.Plan.ID, -1)
		before := seen(t, r, p.Plan.ID)
		in := ChangeIn{Owner: "o1", Key: "pause", Plan: p.Plan.ID, By: officer, Change: plans.Change{Name: plans.Pause, From: theDay(t, "2026-04-20")}}
		if row := must(r.ChangePlan(t.Context(), in))(t); row.Seq != 2 || len(row.Plan.Changes) != 1 || row.NextDue.After(must(r.Now(t.Context()))(t)) {
			t.Errorf("paused: %+v", row)
		}
		ok(t, r.StepClock(t.Context(), theDay(t, "2026-09-01").Start(r.Place())))
		if row := must(r.ChangePlan(t.Context(), in))(t); row.Seq != 2 {
			t.Errorf("the same change was entered twice")
		}
		in.Change.Until = theDay(t, "2026-12-01")
		_, err := r.ChangePlan(t.Context(), in)
		isErr(t, err, ErrKeyReused)
		in.Key = "too late"
		_, err = r.ChangePlan(t.Context(), in)
		isErr(t, err, plans.ErrPlan)
		in.Plan, in.Key = "none", "none"
		_, err = r.ChangePlan(t.Context(), in)
		isErr(t, err, ErrNotFound)
		wake(t, r, p.Plan.ID, -1)
		if got := seen(t, r, p.Plan.ID); strings.Join(got, ";") != strings.Join(before, ";") {
			t.Errorf("before the pause %v, in it %v", before, got)
		}
		_, err = r.OpenVisit(t.Context(), p, plans.Occurrence{Operator: "h1", Day: theDay(t, "2026-09-01"), Slot: "9"}, "x", testRegime)
		isErr(t, err, ErrPlanMoved) // read before the pause
		for key, c := range map[string]plans.Change{
			"resume": {Name: plans.Resume, From: theDay(t, "2026-10-01")}, "quota": {Name: plans.Quota, From: theDay(t, "2026-10-01"), Quota: 20},
		} {
			must(r.ChangePlan(t.Context(), ChangeIn{Owner: "o1", Key: key, Plan: p.Plan.ID, By: officer, Change: c}))(t)
		}
		ok(t, r.StepClock(t.Context(), theDay(t, "2027-01-01").Start(r.Place())))
		wake(t, r, p.Plan.ID, -1)
		if got := seen(t, r, p.Plan.ID); len(got) != len(before)+13 { // two were made and five fell into the pause
			t.Errorf("%d before the pause, %d at the end: %v", len(before), len(got), got)
		}
		if rep := clean(t, r); rep.Checks[CheckPlan] != 1 || rep.Checks[CheckVisits] != len(before)+13 {
			t.Errorf("checked %v", rep.Checks)
		}
		for what, spoil := range map[string]string{
			CheckPlan:   "UPDATE plan_events SET body = replace(body, 'resume', 'repair') WHERE seq > 1",
			CheckVisits: "DELETE FROM inspection_counts WHERE n = 2",
		} {
			ok(t, r.db.Exec(spoil).Error)
			found := map[string]bool{}
			for _, v := range must(r.Verify(t.Context(), nil))(t).Violations {
				found[v.Check] = true
			}
			if !found[what] {
				t.Errorf("verify overlooked: %s", spoil)
			}
		}
	})
}

func TestAMissedSelfCheckAlertsTheCity(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1", "h2")
		p := must(r.PutPlan(t.Context(), aPlan(t, "1", func(p *plans.Plan) {
			p.Authority, p.Cadence, p.Quota, p.Cap = "ln", plans.Daily, 0, 0
		})))(t)
		wake(t, r, p.Plan.ID, -1)
		if got := seen(t, r, p.Plan.ID); len(got) != 0 {
			t.Errorf("the day is not over: %v", got)
		}
		check := SelfCheckIn{Owner: "operator/h1", Key: "1", Operator: "h1", Day: theDay(t, "2026-03-02"), Inspector: "17", Faults: 1, Text: "灯坏"}
		first := must(r.FileSelfCheck(t.Context(), check))(t)
		if again := must(r.FileSelfCheck(t.Context(), check))(t); again != first {
			t.Errorf("filed twice: %+v, %+v", first, again)
		}
		check.Faults = 2
		_, err := r.FileSelfCheck(t.Context(), check)
		isErr(t, err, ErrKeyReused)
		check.Key, check.Day = "2", theDay(t, "2026-03-03")
		_, err = r.FileSelfCheck(t.Context(), check)
		isErr(t, err, ErrFiling)
		check.Operator, check.Day = "none", theDay(t, "2026-03-02")
		_, err = r.FileSelfCheck(t.Context(), check)
		isErr(t, err, ErrNotFound)

		ok(t, r.StepClock(t.Context(), must(r.NextDue(t.Context()))(t)))
		late := must(r.FileSelfCheck(t.Context(), SelfCheckIn{Owner: "operator/h2", Key: "1", Operator: "h2", Day: theDay(t, "2026-03-02"), Inspector: "18"}))(t)
		if !late.Late || first.Late {
			t.Errorf("late: %t and %t", late.Late, first.Late)
		}
		for range 2 {
			wake(t, r, p.Plan.ID, 1)
			wake(t, r, p.Plan.ID, -1)
		}
		if got := strings.Join(seen(t, r, p.Plan.ID), "; "); got != "2026-03-02 h1 filed; 2026-03-02 h2 missed" {
			t.Errorf("seen to: %s", got)
		}
		alerts := must(r.Alerts(t.Context(), []string{"sy"}, 0, 10))(t)
		if len(alerts) != 1 || alerts[0].Operator != "h2" || alerts[0].Day != theDay(t, "2026-03-02") || alerts[0].Plan != p.Plan.ID {
			t.Errorf("alerts: %+v", alerts)
		}
		if other := must(r.Alerts(t.Context(), []string{"ln"}, 0, 10))(t); len(other) != 0 {
			t.Errorf("alerts to the province: %+v", other)
		}
		if n := len(must(r.SelfChecks(t.Context(), "h1", 0, 10))(t)); n != 1 {
			t.Errorf("%d self-checks of h1", n)
		}
		if got := inspections(t, r); len(got) != 0 {
			t.Errorf("a self-check opened %d inspections", len(got))
		}
		if list := must(r.Plans(t.Context(), []string{"ln"}, 0, 10))(t); len(list) != 1 || list[0].Plan.ID != p.Plan.ID {
			t.Errorf("plans of the province: %+v", list)
		}
	})
}

func TestThePlanSweepLeases(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1")
		p := must(r.PutPlan(t.Context(), aPlan(t, "1", nil)))(t)
		for want := 1; want <= 3; want++ {
			got := must(r.LookPlans(t.Context(), "c", 10))(t)
			if len(got) != 1 || got[0].Looks != want {
				t.Fatalf("look %d found %v", want, got)
			}
			if leased := must(r.LookPlans(t.Context(), "c", 10))(t); len(leased) != 0 {
				t.Errorf("leased, and given out again: %v", leased)
			}
			ok(t, r.db.Exec("UPDATE plans SET next_look = ?", micro(anyTime)).Error)
		}
		wake(t, r, p.Plan.ID, -1)
		cal := must(calendar.New(calendar.Shanghai()))(t)
		if got := must(r.LookPlans(t.Context(), cal.Hash(), 10))(t); len(got) != 0 {
			t.Errorf("seen to, and found: %v", got)
		}
		if got := must(r.LookPlans(t.Context(), "another", 10))(t); len(got) != 1 {
			t.Errorf("a new calendar finds %v", got)
		}
		wake(t, r, p.Plan.ID, -1)
		if got := must(r.LookPlans(t.Context(), "another", 10))(t); len(got) != 1 || got[0].Looks != 1 {
			t.Errorf("seen to, and still leased: %v", got)
		}
		isErr(t, r.SetClock(t.Context(), Clock{Mode: Real}), ErrClock)
	})
}
