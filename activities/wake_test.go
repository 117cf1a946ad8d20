package activities_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/plans"
	"duban/law/regimes"
	"duban/register"
)

var errKilled = errors.New("killed")

// planner sees to plans in this world. It is killed when it asks for a regulation as often as
// kill says; -1: never.
func (w *world) planner(kill int) *activities.Planner {
	w.t.Helper()
	cal, err := regimes.Calendar()
	require.NoError(w.t, err)
	return activities.NewPlanner(w.reg, cal, func(context.Context, string, casefile.Kind, calendar.Day) (register.RegimeText, error) {
		if kill == 0 {
			return register.RegimeText{}, errKilled
		}
		kill--
		return register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text}, nil
	}, nil)
}

// wake sees to a plan until nothing is left; a kill ends it before.
func (w *world) wake(plan string, kill int) (activities.WakeResult, error) {
	p := w.planner(kill)
	for {
		out, err := p.Wake(w.ctx, activities.WakeInput{Plan: plan})
		if err != nil || !out.More {
			return out, err
		}
	}
}

func (w *world) plan(cadence plans.Cadence, quota, cap int, operators ...string) string {
	w.t.Helper()
	p := plans.Plan{Authority: "ln", Year: 2026, From: w.day(), Cadence: cadence, Operators: operators, Quota: quota, Cap: cap}
	row, err := w.reg.PutPlan(w.ctx, register.PlanIn{Owner: "test", Key: w.key(), Plan: p, By: staff("ln")[0]})
	require.NoError(w.t, err)
	return row.Plan.ID
}

func (w *world) operators(ids ...string) {
	w.t.Helper()
	for _, id := range ids {
		require.NoError(w.t, w.reg.PutOperator(w.ctx, register.Operator{ID: id, Name: id, Types: []string{"mobile"}, Province: "ln"}))
	}
}

func (w *world) checks(plan string) []register.Occurrence {
	w.t.Helper()
	var out []register.Occurrence
	for after := int64(0); ; {
		page, err := w.reg.Occurrences(w.ctx, plan, after, 200)
		require.NoError(w.t, err)
		if len(page) == 0 {
			return out
		}
		out, after = append(out, page...), page[len(page)-1].Serial
	}
}

// A visit that was opened but not marked is not opened again; those behind it are.
func TestAWakeKilledBetweenOpeningAndMarking(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.t = t
		w.operators("a", "b")
		id := w.plan(plans.Spot, 8, 4, "a", "b")
		out, err := w.wake(id, -1)
		require.NoError(t, err)
		require.Zero(t, out.WakeIn, "no timer on a stepped clock")
		require.Equal(t, "2026-01-27", calendar.DayOf(out.Wake, calendar.Shanghai()).String())
		w.goTo("2026-12-31")
		_, err = w.wake(id, 3)
		require.ErrorIs(t, err, errKilled)
		require.Len(t, w.checks(id), 3)
		row, err := w.reg.PlanByID(w.ctx, id)
		require.NoError(t, err)
		require.Equal(t, "2026-01-05", row.Through.String(), "not marked")
		for range 2 {
			out, err = w.wake(id, -1)
			require.NoError(t, err)
			require.False(t, out.Ended, "it is still its year")
		}
		require.Len(t, w.checks(id), 8)
		w.goTo("2027-01-01")
		out, err = w.wake(id, -1)
		require.NoError(t, err)
		require.True(t, out.Ended)
		w.settleAll()
		w.clean()
		out, err = w.wake("none", -1)
		require.NoError(t, err)
		require.True(t, out.Ended, "a register restored from before the plan")
	})
}

// Random plans share their operators for a year with outages, kills, changes and wakes by two
// workers at once: nobody is visited beyond the cap, twice for one slot or on a paused day, and a
// plan alone has had what its law says.
func TestRandomPlans(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.t = t
		r := rand.New(rand.NewPCG(7, 7))
		names := []string{"a", "b", "c", "d"}
		w.operators(append(names, "alone")...)
		const most = 6
		var ids []string
		for range 4 {
			ids = append(ids, w.plan([]plans.Cadence{plans.Spot, plans.Periodic}[r.IntN(2)], 5+r.IntN(30), most, names[r.IntN(3):]...))
		}
		alone := w.plan(plans.Spot, 20, 50, "alone")
		ids = append(ids, alone)
		for today := w.day(); today.Year() == 2026; today = today.AddDays(1 + r.IntN(25)) {
			w.goTo(today.String())
			id := ids[r.IntN(len(ids))]
			if change := randomChange(r, today); r.IntN(3) == 0 && change.From.Year() == 2026 {
				_, err := w.reg.ChangePlan(w.ctx, register.ChangeIn{Owner: "test", Key: w.key(), Plan: id, Change: change, By: staff("ln")[0]})
				require.NoError(t, err)
			}
			for _, id := range ids {
				if _, err := w.wake(id, r.IntN(3)); err != nil {
					require.ErrorIs(t, err, errKilled)
				}
			}
			var both sync.WaitGroup
			for range 2 {
				for _, id := range ids {
					both.Go(func() {
						if _, err := w.wake(id, -1); err != nil {
							t.Error(err)
						}
					})
				}
			}
			both.Wait()
		}
		w.goTo("2027-01-01")
		visits := map[string]int{}
		for _, id := range ids {
			out, err := w.wake(id, -1)
			require.NoError(t, err)
			require.True(t, out.Ended)
			row, err := w.reg.PlanByID(w.ctx, id)
			require.NoError(t, err)
			for _, c := range w.checks(id) {
				require.False(t, row.Plan.Paused(c.Day), "%s of %s", c.Day, id)
				if c.State == register.VisitOpened {
					visits[c.Operator]++
				}
			}
		}
		for _, name := range names {
			require.LessOrEqual(t, visits[name], most)
		}
		row, err := w.reg.PlanByID(w.ctx, alone)
		require.NoError(t, err)
		cal, err := regimes.Calendar()
		require.NoError(t, err)
		var want, got []string
		for _, o := range plans.Occurrences(row.Plan, row.Plan.Operators, cal, row.Plan.From, row.Plan.Last()) {
			want = append(want, o.Slot+" "+o.Day.String())
		}
		for _, c := range w.checks(alone) {
			got = append(got, c.Slot+" "+c.Day.String())
		}
		slices.Sort(want)
		slices.Sort(got)
		require.Equal(t, want, got)
		w.settleAll()
		w.clean()
	})
}

func randomChange(r *rand.Rand, today calendar.Day) plans.Change {
	c := plans.Change{Name: []string{plans.Pause, plans.Resume, plans.Quota}[r.IntN(3)], From: today.AddDays(r.IntN(20))}
	switch c.Name {
	case plans.Pause:
		c.Until = c.From.AddDays(r.IntN(40))
	case plans.Quota:
		c.Quota = r.IntN(60)
	}
	return c
}

// On the database's own clock the plan is told how long to wait.
func TestAWakeTellsHowLongToWait(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.t = t
		w.operators("a")
		require.NoError(t, w.reg.SetClock(w.ctx, register.Clock{Mode: register.Rate, Rate: 3600, AnchorLegal: w.now}))
		id := w.plan(plans.Daily, 0, 0, "a")
		out, err := w.wake(id, -1)
		require.NoError(t, err)
		require.Equal(t, "2026-01-06", calendar.DayOf(out.Wake, calendar.Shanghai()).String())
		require.InDelta(t, (time.Hour * 15 / 24).Seconds(), out.WakeIn.Seconds(), 60, "fifteen hours at an hour a day")
	})
}
