package calendar_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/law/calendar"
)

var days = rapid.Custom(func(t *rapid.T) calendar.Day {
	first := calendar.NewDay(2022, time.January, 1)
	last := calendar.NewDay(2028, time.December, 31)
	return first.AddDays(rapid.IntRange(0, last.Sub(first)).Draw(t, "day"))
})

var terms = rapid.Custom(func(t *rapid.T) calendar.Term {
	unit := rapid.SampledFrom([]calendar.Unit{
		calendar.NaturalDays, calendar.WorkingDays, calendar.Months, calendar.Years,
	}).Draw(t, "unit")
	most := map[calendar.Unit]int{calendar.Months: 30, calendar.Years: 4}[unit]
	if most == 0 {
		most = 400
	}
	return calendar.Term{N: rapid.IntRange(1, most).Draw(t, "n"), Unit: unit}
})

// workingBetween counts the working days after a up to and including b.
func workingBetween(c *calendar.Calendar, a, b calendar.Day) int {
	n := 0
	for d := a.AddDays(1); !d.After(b); d = d.AddDays(1) {
		if c.Working(d) {
			n++
		}
	}
	return n
}

func TestPropertyDue(t *testing.T) {
	c := make2026(t)
	rapid.Check(t, func(t *rapid.T) {
		from, tm, roll := days.Draw(t, "from"), terms.Draw(t, "term"), rapid.Bool().Draw(t, "roll")
		got := c.Due(from, tm, roll)
		if !got.Day.After(from) {
			t.Fatalf("%s is not after %s", got.Day, from)
		}
		if !got.Due.Equal(got.Day.AddDays(1).Start(c.Place())) || calendar.DayOf(got.Due.Add(-1), c.Place()) != got.Day {
			t.Fatalf("%s is not the end of %s", got.Due, got.Day)
		}
		straight := c.Due(from, tm, false).Day
		switch {
		case tm.Unit == calendar.WorkingDays:
			if got.Day != straight {
				t.Fatalf("roll moved working days from %s to %s", straight, got.Day)
			}
			if !c.Working(got.Day) {
				t.Fatalf("%s is a rest day", got.Day)
			}
			if n := workingBetween(c, from, got.Day); n != tm.N {
				t.Fatalf("%d working days from %s to %s, want %d", n, from, got.Day, tm.N)
			}
		case roll:
			if !c.Working(got.Day) {
				t.Fatalf("rolled to %s, a rest day", got.Day)
			}
			if n := workingBetween(c, straight.AddDays(-1), got.Day); n != 1 {
				t.Fatalf("rolled from %s over %d working days to %s", straight, n-1, got.Day)
			}
		case tm.Unit == calendar.NaturalDays:
			if got.Day.Sub(from) != tm.N {
				t.Fatalf("%s is %d days after %s", got.Day, got.Day.Sub(from), from)
			}
		}
	})
}

func TestPropertyMonthsKeepTheDayOrEndTheMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, n := days.Draw(t, "from"), rapid.IntRange(-60, 60).Draw(t, "n")
		y, m, d := from.Date()
		gotY, gotM, gotD := from.AddMonths(n).Date()
		if (gotY-y)*12+int(gotM-m) != n {
			t.Fatalf("%s and %d months lies in %d-%d", from, n, gotY, gotM)
		}
		_, _, after := from.AddMonths(n).AddDays(1).Date()
		if gotD != d && (gotD > d || after != 1) {
			t.Fatalf("%s and %d months ends on day %d", from, n, gotD)
		}
	})
}

func TestPropertyLaterOrLongerIsNeverEarlier(t *testing.T) {
	c := make2026(t)
	rapid.Check(t, func(t *rapid.T) {
		from, tm, roll := days.Draw(t, "from"), terms.Draw(t, "term"), rapid.Bool().Draw(t, "roll")
		got := c.Due(from, tm, roll).Day
		if next := c.Due(from.AddDays(1), tm, roll).Day; next.Before(got) {
			t.Fatalf("from a day later %s, before %s", next, got)
		}
		longer := calendar.Term{N: tm.N + 1, Unit: tm.Unit}
		if next := c.Due(from, longer, roll).Day; next.Before(got) {
			t.Fatalf("%s gives %s, %s only %s", tm, got, longer, next)
		}
	})
}

// What is not provisional stays as it is, whatever the missing notices will
// say: any holidays and make-up days they may hold leave the day alone.
func TestPropertyOnlyProvisionalDaysMove(t *testing.T) {
	now, announced := make2026(t), tables(t)[:3]
	rapid.Check(t, func(t *rapid.T) {
		from, tm, roll := days.Draw(t, "from"), terms.Draw(t, "term"), rapid.Bool().Draw(t, "roll")
		fate := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "notices"), 0))
		in := slices.Clone(announced)
		for y := 2022; y <= 2034; y++ {
			if now.Known(y) {
				continue
			}
			table := calendar.Table{Year: y, Announced: true}
			for d := calendar.NewDay(y, time.January, -4); !d.After(calendar.NewDay(y, time.December, 26)); d = d.AddDays(1) {
				switch fate.IntN(10) {
				case 0:
					table.Off = append(table.Off, calendar.Holiday{Name: "假日", From: d, To: d})
				case 1:
					table.Work = append(table.Work, d)
				}
			}
			in = append(in, table)
		}
		later, err := calendar.New(calendar.Shanghai(), in...)
		if err != nil {
			t.Fatal(err)
		}
		before, after := now.Due(from, tm, roll), later.Due(from, tm, roll)
		if !before.Provisional && before.Day != after.Day {
			t.Fatalf("%s %s roll=%t was %s for sure and became %s", from, tm, roll, before.Day, after.Day)
		}
	})
}

// A reader can check the sum: the days gone over are the working days plus the
// holidays plus the weekend days that the steps name.
func TestPropertyTheStepsAddUp(t *testing.T) {
	c := make2026(t)
	rapid.Check(t, func(t *rapid.T) {
		from, tm := days.Draw(t, "from"), calendar.Term{N: rapid.IntRange(1, 400).Draw(t, "n"), Unit: calendar.WorkingDays}
		got := c.Due(from, tm, true)
		rest, doubtful := 0, false
		for _, s := range got.Steps {
			switch s.Kind {
			case calendar.StepHoliday:
				rest += s.N
				if s.To.Sub(s.From)+1 != s.N {
					t.Fatalf("%s from %s to %s has not %d days", s.Name, s.From, s.To, s.N)
				}
			case calendar.StepWeekend:
				rest += s.N
			case calendar.StepMakeUp:
				if w := s.From.Weekday(); w != time.Saturday && w != time.Sunday || !c.Working(s.From) {
					t.Fatalf("%s is no make-up day", s.From)
				}
			case calendar.StepUnannounced, calendar.StepBeforeTables:
				doubtful = true
			}
			if s.To.After(got.Day) || s.From.Before(from) {
				t.Fatalf("step %+v lies outside %s to %s", s, from, got.Day)
			}
		}
		if tm.N+rest != got.Day.Sub(from) {
			t.Fatalf("%d working and %d rest days are not the %d from %s to %s", tm.N, rest, got.Day.Sub(from), from, got.Day)
		}
		if doubtful != got.Provisional {
			t.Fatalf("provisional=%t, the steps say %t", got.Provisional, doubtful)
		}
	})
}
