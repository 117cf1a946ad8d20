package activities_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
	"duban/law/regimes"
	"duban/register"
)

// keeper keeps the half-yearly duty of these operators. kill ends it after the last of them, before
// it has marked the day.
func (w *world) keeper(kill bool, operators ...string) *activities.DutyKeeper {
	w.t.Helper()
	cal, err := regimes.Calendar()
	require.NoError(w.t, err)
	return activities.NewDutyKeeper(w.reg, cal, func(context.Context, calendar.Day) ([]register.Obligation, error) {
		owed := register.Obligation{Authority: "ln"}
		for _, d := range w.bundle.Regime.Duties {
			if d.Cadence == casefile.HalfYearly {
				owed.Duties = append(owed.Duties, d)
			}
		}
		for _, id := range operators {
			owed.Operators = append(owed.Operators, register.Operator{ID: id})
		}
		if kill { // the register knows no such operator
			owed.Operators = append(owed.Operators, register.Operator{ID: "nobody"})
		}
		return []register.Obligation{owed}, nil
	})
}

func (w *world) halfYears() map[string]duties.Duty {
	w.t.Helper()
	all, err := w.reg.Duties(w.ctx, register.DutyFilter{Authorities: []string{"ln"}}, 0, 200)
	require.NoError(w.t, err)
	out := map[string]duties.Duty{}
	for _, l := range all {
		if l.Duty.Code == "self-check-report" {
			out[l.Duty.Operator+" "+l.Duty.Period] = l.Duty
		}
	}
	return out
}

// A keeper that is killed opens the rest the next time; two at once open nothing twice; what an
// outage has passed over is opened with its own day; a new holiday table moves what is open.
func TestDutiesAreKeptThroughKillsAndOutages(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.t = t
		w.operators("a", "b")
		w.goTo("2026-07-01")
		require.Error(t, w.keeper(true, "a").Keep(w.ctx))
		watch, err := w.reg.DutyWatch(w.ctx)
		require.NoError(t, err)
		require.True(t, watch.Through.IsZero(), "not marked")
		require.Len(t, w.halfYears(), 1)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if err := w.keeper(false, "a", "b").Keep(w.ctx); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		got := w.halfYears()
		require.Len(t, got, 2)
		last, err := calendar.ParseDay("2026-07-31")
		require.NoError(t, err)
		require.True(t, got["b 2026H1"].Due.Equal(last.End(calendar.Shanghai())))

		cal, err := regimes.Calendar()
		require.NoError(t, err)
		var year calendar.Table
		for _, table := range cal.Tables() {
			if table.Year == 2026 {
				year = table
			}
		}
		year.Off = append(year.Off, calendar.Holiday{Name: "临时放假", From: last, To: last})
		_, err = w.reg.LoadTable(w.ctx, cal, year, "test")
		require.NoError(t, err)
		require.NoError(t, w.keeper(false, "a", "b").Keep(w.ctx))
		require.True(t, w.halfYears()["b 2026H1"].Due.Equal(last.AddDays(3).End(calendar.Shanghai())), "to Monday")

		w.goTo("2027-03-05")
		require.NoError(t, w.keeper(false, "a", "b").Keep(w.ctx))
		for name, d := range w.halfYears() {
			require.Equal(t, duties.Open, d.State, name)
			require.Equal(t, "2026-07-02", d.Down.From.String(), name)
		}
		for _, day := range []string{"2027-03-08", "2027-03-09"} { // a full working day up
			w.goTo(day)
			require.NoError(t, w.keeper(false, "a", "b").Keep(w.ctx))
		}
		got = w.halfYears()
		require.Len(t, got, 4)
		for name, d := range got {
			require.Equal(t, duties.Missing, d.State, name)
			require.Equal(t, duties.Proposed, d.Matter, name)
		}
		require.True(t, got["a 2026H1"].Reminded.IsZero(), "nobody is reminded of a day that has passed")
		require.True(t, got["a 2026H2"].Reminded.IsZero(), "it was over when it was opened")
		w.clean()
	})
}
