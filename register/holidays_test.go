package register

import (
	"sync"
	"testing"

	"duban/law/calendar"
)

func holidays(t *testing.T, year int, days ...string) calendar.Table {
	t.Helper()
	table := calendar.Table{Year: year, Announced: true, Notice: []string{"https://www.gov.cn/" + days[0]}}
	for _, s := range days {
		d := must(calendar.ParseDay(s))(t)
		table.Off = append(table.Off, calendar.Holiday{Name: "节", From: d, To: d})
	}
	return table
}

// Two programs with different built-in tables go by one calendar, whichever started last.
func TestTheRegisterDecidesTheCalendar(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		ctx := t.Context()
		older := must(calendar.New(calendar.Shanghai(), holidays(t, 2026, "2026-10-01"), calendar.Table{Year: 2027}))(t)
		newer := must(older.With(holidays(t, 2027, "2027-01-01")))(t)
		for _, program := range []*calendar.Calendar{older, newer, older, newer} {
			ok(t, r.BringTables(ctx, "built-in", program.Tables()...))
		}
		if all := must(r.HolidayTables(ctx))(t); len(all) != 2 || !all[0].Holds || !all[1].Holds {
			t.Fatalf("tables %+v", all)
		}
		if a, b := must(r.Calendar(ctx, older))(t), must(r.Calendar(ctx, newer))(t); a.Hash() != b.Hash() || !a.Known(2027) {
			t.Errorf("calendars %s and %s", a.Hash(), b.Hash())
		}
	})
}

func TestLoadedTableGoesBeforeTheBuiltInOnes(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		ctx := t.Context()
		builtIn := must(calendar.New(calendar.Shanghai(), holidays(t, 2026, "2026-10-01")))(t)
		ok(t, r.BringTables(ctx, "built-in", builtIn.Tables()...))
		mended := holidays(t, 2026, "2026-10-02")
		for i, want := range []bool{true, false} {
			if changed := must(r.LoadTable(ctx, builtIn, mended, "lin"))(t); changed != want {
				t.Errorf("load %d changed: %t", i+1, changed)
			}
		}
		// Another program's mended table comes later, but nobody loaded it.
		ok(t, r.BringTables(ctx, "built-in", holidays(t, 2026, "2026-10-03")))
		days := must(r.Calendar(ctx, builtIn))(t)
		for s, want := range map[string]bool{"2026-10-01": true, "2026-10-02": false} {
			if got := days.Working(must(calendar.ParseDay(s))(t)); got != want {
				t.Errorf("%s works: %t", s, got)
			}
		}
		// What was loaded before may be loaded again: then it is the latest.
		must(r.LoadTable(ctx, builtIn, holidays(t, 2026, "2026-10-01"), "lin"))(t)
		if !must(r.LoadTable(ctx, builtIn, mended, "wang"))(t) {
			t.Error("the first table did not come back")
		}
		all := must(r.HolidayTables(ctx))(t)
		last := all[len(all)-1]
		if len(all) != 5 || !last.Holds || last.By != "wang" || last.Hash != all[1].Hash || last.At.IsZero() {
			t.Errorf("tables %+v", all)
		}
		contrary := holidays(t, 2027, "2027-01-01")
		contrary.Work = []calendar.Day{must(calendar.ParseDay("2026-10-02"))(t)}
		_, err := r.LoadTable(ctx, builtIn, contrary, "lin")
		isErr(t, err, ErrCalendar)
	})
}

func TestTablesLoadedAtOnceAllCome(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		builtIn := must(calendar.New(calendar.Shanghai()))(t)
		var wg sync.WaitGroup
		for y := 2020; y < 2026; y++ {
			table := holidays(t, y, calendar.NewDay(y, 10, 1).String())
			wg.Go(func() {
				if _, err := r.LoadTable(t.Context(), builtIn, table, "lin"); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for i, table := range must(r.HolidayTables(t.Context()))(t) {
			if table.Edition != int64(i+1) {
				t.Errorf("edition %d stands at %d", table.Edition, i+1)
			}
		}
		if days := must(r.Calendar(t.Context(), builtIn))(t); len(days.Tables()) != 6 {
			t.Errorf("%d tables", len(days.Tables()))
		}
	})
}

// The deadlines of this regime do not give way to rest days, so no table moves them, whatever its
// hash. (activities tests one that does.)
func TestTableThatMovesNothingShiftsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		_, c, err := r.CaseByID(t.Context(), in.Case)
		ok(t, err)
		due, _ := c.Deadline("accept")
		days := must(testLaw(t).Calendar.With(holidays(t, due.Day.Year(), due.Day.String())))(t)
		if due.Calendar == days.Hash() {
			t.Fatal("the calendars do not differ")
		}
		ok(t, r.MovedDeadlines(t.Context(), days, func(s MovedDeadline) error { t.Errorf("moved %+v", s); return nil }))
	})
}
