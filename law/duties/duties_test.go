package duties_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

var half = casefile.Duty{Code: "r", Cadence: casefile.HalfYearly, Term: calendar.Term{N: 31, Unit: calendar.NaturalDays}, Roll: true, Remind: 10}

func said(all []duties.Term) (out []string) {
	for _, t := range all {
		out = append(out, fmt.Sprintf("%s %s %s %s", t.Period, t.Opens, t.Remind, t.Last))
	}
	return out
}

func TestHalfYearsFallDueWhenTheyAreOver(t *testing.T) {
	c, err := calendar.New(calendar.Shanghai())
	require.NoError(t, err)
	never := calendar.Day{}
	for _, x := range []struct {
		since, today calendar.Day
		want         []string
	}{
		{never, day("2026-06-30"), nil},
		{never, day("2026-07-01"), []string{"2026H1 2026-07-01 2026-07-21 2026-07-31"}},
		{never, day("2026-07-31"), []string{"2026H1 2026-07-01 2026-07-21 2026-07-31"}},
		{never, day("2026-08-01"), nil},
		{never, day("2027-01-15"), []string{"2026H2 2027-01-01 2027-01-22 2027-02-01"}}, // 31 January is a Sunday
		{day("2026-06-30"), day("2027-01-01"), []string{"2026H1 2026-07-01 2026-07-21 2026-07-31", "2026H2 2027-01-01 2027-01-22 2027-02-01"}},
		{day("2026-07-31"), day("2026-08-01"), nil},
	} {
		require.Equal(t, x.want, said(duties.Terms(half, c, x.since, x.today)), "%s to %s", x.since, x.today)
	}
	require.Equal(t, []duties.Term{{Period: duties.StandingPeriod}}, duties.Terms(casefile.Duty{Cadence: casefile.Standing}, c, never, day("2026-05-01")))
	require.Empty(t, duties.Terms(casefile.Duty{Cadence: casefile.AtOnce}, c, never, day("2026-05-01")))
}

// However the days are cut into looks, the same terms are opened, and no term is passed over.
func TestNoTermIsPassedOver(t *testing.T) {
	c, err := calendar.New(calendar.Shanghai())
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		at, seen := day("2025-01-15"), map[string]bool{}
		for at.Before(day("2027-06-30")) {
			next := at.AddDays(rapid.IntRange(1, 400).Draw(t, "days away"))
			for _, term := range duties.Terms(half, c, at, next) {
				seen[term.Period] = true
			}
			at = next
		}
		for _, p := range []string{"2025H1", "2025H2", "2026H1", "2026H2"} {
			require.True(t, seen[p], p)
		}
	})
}

var (
	noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	owed = duties.Duty{ID: "d", Cadence: casefile.HalfYearly, Violation: "v", Remind: noon.Add(time.Hour), Due: noon.Add(2 * time.Hour)}
)

func opened(t require.TestingT, d duties.Duty) duties.Duty {
	out, err := duties.Apply(duties.Duty{}, duties.Event{Name: duties.EventOpened, At: noon, Opened: &d})
	require.NoError(t, err)
	return out
}

// No order of events opens a case that has no clause, more than one, or one that nobody proposed;
// nobody is reminded twice, and no term ends before its end.
func TestWhatNoOrderOfEventsCanDo(t *testing.T) {
	names := []string{
		duties.EventOpened, duties.EventMoved, duties.EventReminded, duties.EventMissing, duties.EventReport, duties.EventUntrue,
		duties.EventConfirmed, duties.EventImproving, duties.EventDismissed,
	}
	rapid.Check(t, func(t *rapid.T) {
		d := owed
		if rapid.Bool().Draw(t, "bare") {
			d.Violation = ""
		}
		d = opened(t, d)
		at, done := noon, map[string]int{}
		for range rapid.IntRange(1, 30).Draw(t, "events") {
			at = at.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "minutes")) * time.Minute)
			e := duties.Event{Name: rapid.SampledFrom(names).Draw(t, "name"), At: at, Case: "c", Remind: d.Remind, Due: d.Due}
			next, err := duties.Apply(d, e)
			if err != nil {
				require.Equal(t, d, next, "a refused event changes nothing")
				continue
			}
			done[e.Name]++
			if e.Name == duties.EventConfirmed {
				require.Equal(t, duties.Proposed, d.Matter)
			}
			if e.Name == duties.EventReport && d.State == duties.Open {
				require.True(t, at.Before(d.Due))
			}
			if e.Name == duties.EventMissing {
				require.False(t, at.Before(d.Due))
			}
			d = next
		}
		require.Zero(t, done[duties.EventOpened])
		require.LessOrEqual(t, done[duties.EventConfirmed], 1)
		require.LessOrEqual(t, done[duties.EventReminded], 1)
		require.LessOrEqual(t, done[duties.EventMissing], 1)
		if d.Violation == "" {
			require.Zero(t, done[duties.EventConfirmed])
		} else {
			require.Zero(t, done[duties.EventImproving])
		}
	})
}

// A duty that is opened late, after an outage, has no reminder in its past.
func TestNobodyIsRemindedInThePast(t *testing.T) {
	for _, x := range []struct {
		at   time.Time
		name string
		when time.Time
	}{
		{noon, duties.EventReminded, owed.Remind},
		{owed.Remind.Add(time.Minute), duties.EventReminded, owed.Remind.Add(time.Minute)},
		{owed.Due, duties.EventMissing, owed.Due},
	} {
		d, err := duties.Apply(duties.Duty{}, duties.Event{Name: duties.EventOpened, At: x.at, Opened: &owed})
		require.NoError(t, err)
		name, when := duties.Next(d)
		require.Equal(t, x.name, name)
		require.Equal(t, x.when, when)
	}
}

// The hour of the begin is not counted: from 20:00 in Shanghai four hours are 21:00 to 1:00 (civil procedure 85).
func TestABlockageIsToldInHours(t *testing.T) {
	days, err := calendar.New(calendar.Shanghai())
	require.NoError(t, err)
	rule := casefile.Duty{Cadence: casefile.AtOnce, Grades: []casefile.DutyGrade{{Code: "extra-grave", Written: 4}, {Code: "major", Oral: 4, Written: 24}}}
	tell := func(grade string, oral time.Duration) duties.Duty {
		d, err := duties.Blockage{Grade: grade, Began: noon, Oral: noon.Add(oral)}.At(rule, duties.Duty{Cadence: casefile.AtOnce}, noon.Add(6*time.Hour), days)
		require.NoError(t, err)
		return opened(t, d)
	}
	grave := tell("extra-grave", time.Hour)
	require.True(t, noon.Add(5*time.Hour).Equal(grave.Due), "%s", grave.Due)
	require.Equal(t, duties.NoMatter, grave.Matter, "at once has no measure")
	require.Equal(t, duties.NoMatter, tell("major", 5*time.Hour-1).Matter)
	late := tell("major", 5*time.Hour)
	require.True(t, noon.Add(25*time.Hour).Equal(late.Due), "%s", late.Due)
	written, oral := late.Why(days)
	require.Equal(t, []string{"24 hours end on 2026-07-02 at 21:00", "4 hours end on 2026-07-02 at 01:00"}, []string{written[1].Text("en"), oral[1].Text("en")})
	require.Equal(t, duties.Proposed, late.Matter)
	for _, b := range []duties.Blockage{
		{Grade: "none", Began: noon, Oral: noon},
		{Grade: "major", Began: noon, Oral: noon.Add(-1)},
		{Grade: "major", Began: noon, Oral: noon.Add(7 * time.Hour)},
		{Grade: "major", Oral: noon},
	} {
		_, err := b.At(rule, duties.Duty{}, noon.Add(6*time.Hour), days)
		require.ErrorIs(t, err, duties.ErrBlockage)
	}
}
