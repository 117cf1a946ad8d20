package plans_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"duban/law/calendar"
	"duban/law/plans"
)

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// newYear is a calendar of 2026 with New Year's Day and the days of the National Day off.
func newYear(t require.TestingT, more ...calendar.Holiday) *calendar.Calendar {
	c, err := calendar.New(calendar.Shanghai(), calendar.Table{Year: 2026, Announced: true, Off: append([]calendar.Holiday{
		{Name: "元旦", From: day("2026-01-01"), To: day("2026-01-03")},
		{Name: "国庆节", From: day("2026-10-01"), To: day("2026-10-07")},
	}, more...)})
	require.NoError(t, err)
	return c
}

func periodic() plans.Plan {
	return plans.Plan{
		ID: "p", Authority: "dl", Year: 2026, From: day("2026-01-01"), Cadence: plans.Periodic,
		Operators: []string{"a", "b"}, Quota: 4, Cap: 2,
	}
}

func days(all []plans.Occurrence) (out []string) {
	for _, o := range all {
		out = append(out, fmt.Sprintf("%s %s %s", o.Day, o.Slot, o.Operator))
	}
	return out
}

func whole(p plans.Plan, operators []string, c *calendar.Calendar) []plans.Occurrence {
	return plans.Occurrences(p, operators, c, p.From, p.Last())
}

func TestVisitsAreSpreadOverTheYear(t *testing.T) {
	c, p := newYear(t), periodic()
	require.Equal(t, []string{"2026-02-16 1 a", "2026-05-18 2 b", "2026-08-17 3 a", "2026-11-16 4 b"}, days(whole(p, p.Operators, c)))
	p.Quota = 40
	require.Len(t, whole(p, p.Operators, c), 4, "two enterprises with two each: the cap")
}

func TestAVisitGivesWayToAHoliday(t *testing.T) {
	p := periodic()
	p.From, p.Quota, p.Cap = day("2026-10-01"), 92, 366
	all := days(whole(p, []string{"a"}, newYear(t)))
	require.Equal(t, "2026-10-08 1 a", all[0], "eight slots of the holiday are one visit")
	require.Equal(t, "2026-10-09 9 a", all[1])
}

func TestAPausedPlanVisitsNobody(t *testing.T) {
	c, p := newYear(t), periodic()
	p.Changes = []plans.Change{{Name: plans.Pause, From: day("2026-05-01")}}
	require.Equal(t, []string{"2026-02-16 1 a"}, days(whole(p, p.Operators, c)))
	p.Changes = append(p.Changes, plans.Change{Name: plans.Resume, From: day("2026-08-17")})
	require.Equal(t, []string{"2026-02-16 1 a", "2026-08-17 3 a", "2026-11-16 4 b"}, days(whole(p, p.Operators, c)))
	p.Changes = []plans.Change{{Name: plans.Pause, From: day("2026-05-18"), Until: day("2026-05-18")}}
	require.Equal(t, []string{"2026-02-16 1 a", "2026-08-17 3 a", "2026-11-16 4 b"}, days(whole(p, p.Operators, c)))
}

func TestAnotherQuotaLeavesThePastAsItWas(t *testing.T) {
	c, p := newYear(t), periodic()
	p.Cap = 10
	p.Changes = []plans.Change{{Name: plans.Quota, From: day("2026-07-01"), Quota: 8}}
	all := days(whole(p, p.Operators, c))
	require.Len(t, all, 8)
	require.Equal(t, []string{"2026-02-16 1 a", "2026-05-18 2 b"}, all[:2])
	require.Equal(t, "2026-07-16 3 a", all[2])
	p.Changes = append(p.Changes, plans.Change{Name: plans.Quota, From: day("2026-06-01"), Quota: 2})
	require.Equal(t, []string{"2026-02-16 1 a", "2026-05-18 2 b"}, days(whole(p, p.Operators, c)), "the later decision holds")
}

func TestSelfChecksAreDueEveryDay(t *testing.T) {
	p := plans.Plan{ID: "p", Authority: "dl", Year: 2026, From: day("2026-09-30"), Cadence: plans.Daily, Operators: []string{"a"}}
	require.NoError(t, p.Check())
	c := newYear(t)
	require.Len(t, whole(p, p.Operators, c), 93, "holidays too")
	due, through := plans.Due(p, p.Operators, c, calendar.Day{}, day("2026-10-02"))
	require.Equal(t, []string{"2026-09-30 2026-09-30/a a", "2026-10-01 2026-10-01/a a"}, days(due), "today is not over")
	require.Equal(t, day("2026-10-01"), through)
	require.Equal(t, day("2026-10-03"), plans.Wake(p, c, day("2026-10-02")))
	require.Equal(t, day("2026-10-01"), plans.Wake(p, c, day("2026-03-01")), "before it begins")
	require.Equal(t, day("2027-01-01"), plans.Wake(p, c, day("2026-12-31")))
	require.True(t, plans.Wake(p, c, day("2027-01-01")).IsZero())
}

func TestCadencesBelongToLevels(t *testing.T) {
	require.True(t, plans.Periodic.By("city") && plans.Spot.By("province") && plans.Spot.By("ministry") && plans.Daily.By("city"))
	require.False(t, plans.Periodic.By("province") || plans.Spot.By("city") || plans.Cadence("yearly").By("city"))
}

func TestWhatIsNoPlan(t *testing.T) {
	require.NoError(t, periodic().Check())
	for name, spoil := range map[string]func(*plans.Plan){
		"quota":          func(p *plans.Plan) { p.Quota = 0 },
		"cap":            func(p *plans.Plan) { p.Cap = 0 },
		"nobody":         func(p *plans.Plan) { p.Operators = nil },
		"both":           func(p *plans.Plan) { p.Types = []string{"hotel"} },
		"twice":          func(p *plans.Plan) { p.Operators = []string{"a", "a"} },
		"cadence":        func(p *plans.Plan) { p.Cadence = "weekly" },
		"another year":   func(p *plans.Plan) { p.From = day("2025-12-31") },
		"daily with cap": func(p *plans.Plan) { p.Cadence = plans.Daily },
	} {
		p := periodic()
		spoil(&p)
		require.ErrorIs(t, p.Check(), plans.ErrPlan, name)
	}
	today := day("2026-03-02")
	for _, c := range []plans.Change{
		{Name: plans.Pause, From: day("2026-03-01")},
		{Name: plans.Pause, From: day("2027-01-01")},
		{Name: plans.Pause, From: today, Until: day("2026-03-01")},
		{Name: plans.Resume, From: today, Until: today},
		{Name: plans.Quota, From: today, Quota: -1},
		{Name: "end", From: today},
	} {
		require.ErrorIs(t, periodic().CheckChange(c, today), plans.ErrPlan, "%+v", c)
	}
	require.NoError(t, periodic().CheckChange(plans.Change{Name: plans.Pause, From: today, Until: today}, today))
}

// book is a register of what was seen to.
type book struct {
	slots map[string]plans.Occurrence
	since calendar.Day
}

// wake sees to what is due; a kill leaves it after so many, before it is marked as done.
func (b *book) wake(t *rapid.T, p plans.Plan, operators []string, c *calendar.Calendar, today calendar.Day, kill int) {
	due, through := plans.Due(p, operators, c, b.since, today)
	for i, o := range due {
		if i == kill {
			return
		}
		if o.Day.After(through) {
			t.Fatalf("%s was opened on %s", o.Day, today)
		}
		if _, done := b.slots[o.Slot]; !done {
			if p.Paused(o.Day) {
				t.Fatalf("%s is paused", o.Day)
			}
			b.slots[o.Slot] = o
		}
	}
	b.since = through
}

// A year of a random plan, with outages, kills, wakes for nothing and changes: what was opened is
// what the plan as it ended would have opened, each once.
func TestARandomYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		operators := []string{"a", "b", "c", "d", "e"}[:rapid.IntRange(1, 5).Draw(t, "operators")]
		p := plans.Plan{
			ID: "p", Authority: "x", Year: 2026, From: day("2026-01-01").AddDays(rapid.IntRange(0, 364).Draw(t, "from")), Operators: operators,
			Cadence: rapid.SampledFrom([]plans.Cadence{plans.Daily, plans.Periodic, plans.Spot}).Draw(t, "cadence"),
		}
		if p.Cadence.Visits() {
			p.Quota, p.Cap = rapid.IntRange(1, 80).Draw(t, "quota"), rapid.IntRange(1, 20).Draw(t, "cap")
		}
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		c, b := newYear(t), book{slots: map[string]plans.Occurrence{}}
		for today := p.From; today.Year() == 2026; today = today.AddDays(rapid.IntRange(1, 60).Draw(t, "outage")) {
			if rapid.Bool().Draw(t, "change") {
				change := plans.Change{
					Name: rapid.SampledFrom([]string{plans.Pause, plans.Resume, plans.Quota}).Draw(t, "name"),
					From: today.AddDays(rapid.IntRange(0, 40).Draw(t, "ahead")),
				}
				switch change.Name {
				case plans.Pause:
					if rapid.Bool().Draw(t, "ends") {
						change.Until = change.From.AddDays(rapid.IntRange(0, 60).Draw(t, "until"))
					}
				case plans.Quota:
					change.Quota = rapid.IntRange(0, 120).Draw(t, "other quota")
				}
				if p.CheckChange(change, today) == nil {
					p.Changes = append(slices.Clone(p.Changes), change)
				}
			}
			b.wake(t, p, operators, c, today, rapid.IntRange(0, 10).Draw(t, "kill"))
			b.wake(t, p, operators, c, today, -1)
			before := len(b.slots)
			b.wake(t, p, operators, c, today, -1)
			if len(b.slots) != before {
				t.Fatalf("the second wake of %s opened more", today)
			}
			if next := plans.Wake(p, c, today); !next.After(today) {
				t.Fatalf("seen to on %s, to be woken on %s", today, next)
			}
		}
		b.wake(t, p, operators, c, day("2027-01-01"), -1)
		want := whole(p, operators, c)
		if len(want) != len(b.slots) {
			t.Fatalf("%d opened, %d planned", len(b.slots), len(want))
		}
		visits := map[string]int{}
		for _, o := range want {
			if b.slots[o.Slot] != o {
				t.Fatalf("planned %v, opened %v", o, b.slots[o.Slot])
			}
			if p.Cadence.Visits() && !c.Working(o.Day) {
				t.Fatalf("a visit on %s", o.Day)
			}
			visits[o.Operator]++
			if p.Cap > 0 && visits[o.Operator] > p.Cap {
				t.Fatalf("%s was visited %d times, the cap is %d", o.Operator, visits[o.Operator], p.Cap)
			}
		}
	})
}

// A holiday table that comes in the middle of the year moves visits; it loses and doubles none.
func TestANewTableLosesNoVisit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periodic()
		p.Quota, p.Cap = rapid.IntRange(1, 40).Draw(t, "quota"), 40
		from := day("2026-02-01").AddDays(rapid.IntRange(0, 180).Draw(t, "holiday"))
		old := newYear(t)
		c := newYear(t, calendar.Holiday{Name: "假", From: from, To: from.AddDays(rapid.IntRange(0, 9).Draw(t, "length"))})
		if rapid.Bool().Draw(t, "holiday revoked") {
			old, c = c, old
		}
		b := book{slots: map[string]plans.Occurrence{}}
		loaded := day("2026-01-15").AddDays(rapid.IntRange(0, 250).Draw(t, "loaded"))
		for today := p.From; !today.After(p.Last()); today = today.AddDays(1) {
			if today.Before(loaded) {
				b.wake(t, p, p.Operators, old, today, -1)
			} else {
				b.wake(t, p, p.Operators, c, today, -1)
			}
		}
		if len(b.slots) < p.Quota-20 { // at most one holiday's slots fall on one day
			t.Fatalf("%d of %d opened", len(b.slots), p.Quota)
		}
		for _, o := range whole(p, p.Operators, c) {
			if _, done := b.slots[o.Slot]; !done {
				t.Fatalf("visit %v was lost", o)
			}
		}
	})
}

// The day before a plan is woken there is nothing to do.
func TestWakeIsTheNextVisit(t *testing.T) {
	p, c := periodic(), newYear(t)
	require.Equal(t, day("2026-02-16"), plans.Wake(p, c, p.From))
	require.Equal(t, day("2026-05-18"), plans.Wake(p, c, day("2026-02-16")))
	require.Equal(t, day("2027-01-01"), plans.Wake(p, c, day("2026-11-16")))
	p.Changes = []plans.Change{{Name: plans.Pause, From: day("2026-03-01")}}
	require.Equal(t, day("2027-01-01"), plans.Wake(p, c, day("2026-03-01")), "it may be resumed until its year is over")
}
