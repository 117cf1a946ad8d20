package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/law/calendar"
)

// spans reads "2026-03-05..2026-03-10 2026-04-01..2026-04-02".
func spans(t testing.TB, s string) []calendar.Span {
	t.Helper()
	var out []calendar.Span
	for _, f := range strings.Fields(s) {
		from, to, _ := strings.Cut(f, "..")
		out = append(out, calendar.Span{From: day(t, from), To: day(t, to)})
	}
	return out
}

func TestCount(t *testing.T) {
	c := make2026(t)
	for _, v := range []struct {
		what, from, term, extended, limit, suspended string
		travel                                       int
		roll                                         bool
		want                                         string
	}{
		{"nothing happened", "2026-03-02", "15d", "", "", "", 0, true, "2026-03-17"},
		{"three days under way", "2026-03-02", "15d", "", "", "", 3, true, "2026-03-20"},
		{"under way, and then to a rest day", "2026-03-02", "15d", "", "", "", 5, true, "2026-03-23"},
		{"under way, not rolled", "2026-03-02", "15d", "", "", "", 5, false, "2026-03-22"},
		{"working days and days under way", "2026-03-02", "5wd", "", "", "", 5, true, "2026-03-16"},
		{"suspended once", "2026-03-02", "15d", "", "", "2026-03-05..2026-03-10", 0, false, "2026-03-23"},
		{"suspended on its last day", "2026-03-02", "15d", "", "", "2026-03-17..2026-03-18", 0, false, "2026-03-19"},
		{"suspended after its last day", "2026-03-02", "15d", "", "", "2026-03-18..2026-03-25", 0, false, "2026-03-17"},
		{"suspended before it began", "2026-03-02", "15d", "", "", "2026-02-10..2026-03-02", 0, false, "2026-03-17"},
		{"suspended since before it began", "2026-03-02", "15d", "", "", "2026-02-10..2026-03-04", 0, false, "2026-03-19"},
		{"the second suspension only by the first", "2026-03-02", "15d", "", "", "2026-03-19..2026-03-20 2026-03-05..2026-03-07", 0, false, "2026-03-22"},
		{"suspended while a rest keeps it open", "2026-03-02", "12d", "", "", "2026-03-16..2026-03-19", 0, true, "2026-03-20"},
		{"suspended on the rest day that ends it", "2026-03-02", "12d", "", "", "2026-03-14..2026-03-19", 0, true, "2026-03-20"},
		{"suspended once it is over", "2026-03-02", "11d", "", "", "2026-03-14..2026-03-19", 0, true, "2026-03-13"},
		{"six months, suspended for ten days", "2026-01-31", "6m", "", "", "2026-05-01..2026-05-10", 0, false, "2026-08-10"},
		{"working days, suspended over a weekend", "2026-03-02", "5wd", "", "", "2026-03-05..2026-03-09", 0, true, "2026-03-12"},
		{"extended", "2026-03-02", "30d", "30d", "", "", 0, false, "2026-05-01"},
		{"extended beyond its cap", "2026-03-02", "30d", "20d 20d", "60d", "", 0, false, "2026-05-01"},
		{"months extended as one term", "2026-08-31", "3m", "3m", "", "", 0, false, "2027-02-28"},
		{"extended and suspended", "2026-03-02", "10d", "5d", "", "2026-03-13..2026-03-14", 0, false, "2026-03-19"},
	} {
		q := calendar.Count{From: day(t, v.from), Term: term(t, v.term), Roll: v.roll, Travel: v.travel, Suspended: spans(t, v.suspended)}
		for _, e := range strings.Fields(v.extended) {
			q.Extended = append(q.Extended, term(t, e))
		}
		if v.limit != "" {
			q.Cap = term(t, v.limit)
		}
		got, err := c.Count(q)
		if err != nil || got.Day != day(t, v.want) || !got.Due.Equal(got.Day.End(c.Place())) {
			t.Errorf("%s: %s (%v), want %s", v.what, got.Day, err, v.want)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, v := range []struct{ have, more, want string }{
		{"", "2026-03-05..2026-03-10", "2026-03-05..2026-03-10"},
		{"2026-04-01..2026-04-02", "2026-03-05..2026-03-10", "2026-03-05..2026-03-10 2026-04-01..2026-04-02"},
		{"2026-03-05..2026-03-10", "2026-03-11..2026-03-12", "2026-03-05..2026-03-10 2026-03-11..2026-03-12"},
		{"2026-03-05..2026-03-10 2026-03-14..2026-03-20", "2026-03-10..2026-03-14", "2026-03-05..2026-03-20"},
		{"2026-03-05..2026-03-20", "2026-03-10..2026-03-14", "2026-03-05..2026-03-20"},
	} {
		if got := calendar.Join(spans(t, v.have), spans(t, v.more)[0]); !slices.Equal(got, spans(t, v.want)) {
			t.Errorf("%s and %s: %v", v.have, v.more, got)
		}
	}
}

func TestCountRefuses(t *testing.T) {
	good := calendar.Count{From: day(t, "2026-03-02"), Term: term(t, "15d")}
	for what, spoil := range map[string]func(*calendar.Count){
		"no first day":              func(q *calendar.Count) { q.From = calendar.Day{} },
		"no term":                   func(q *calendar.Count) { q.Term = calendar.Term{} },
		"extended in another unit":  func(q *calendar.Count) { q.Extended = []calendar.Term{term(t, "1m")} },
		"extended by nothing":       func(q *calendar.Count) { q.Extended = []calendar.Term{{Unit: "d"}} },
		"a cap below the term":      func(q *calendar.Count) { q.Cap = term(t, "10d") },
		"a cap in another unit":     func(q *calendar.Count) { q.Cap = term(t, "10m") },
		"far too long":              func(q *calendar.Count) { q.Extended = []calendar.Term{term(t, "3660d")} },
		"back in time":              func(q *calendar.Count) { q.Travel = -1 },
		"under way for years":       func(q *calendar.Count) { q.Travel = 1000 },
		"suspended backwards":       func(q *calendar.Count) { q.Suspended = spans(t, "2026-03-10..2026-03-05") },
		"suspended twice on a day":  func(q *calendar.Count) { q.Suspended = spans(t, "2026-03-10..2026-03-12 2026-03-05..2026-03-10") },
		"suspended since no day":    func(q *calendar.Count) { q.Suspended = []calendar.Span{{To: day(t, "2026-03-05")}} },
		"suspended for a life time": func(q *calendar.Count) { q.Suspended = spans(t, "2026-03-10..2066-03-10") },
	} {
		q := good
		spoil(&q)
		if due, err := make2026(t).Count(q); err == nil {
			t.Errorf("%s: %s", what, due.Day)
		}
	}
}

// What is not counted adds to the term day by day, and several suspensions are as good as one.
func TestPropertySuspendedDaysAreNotCounted(t *testing.T) {
	c := make2026(t)
	rapid.Check(t, func(t *rapid.T) {
		q := calendar.Count{From: days.Draw(t, "from"), Term: terms.Draw(t, "term")}
		at := q.From.AddDays(rapid.IntRange(-20, 20).Draw(t, "gap"))
		for range rapid.IntRange(0, 3).Draw(t, "suspensions") {
			s := calendar.Span{From: at, To: at.AddDays(rapid.IntRange(0, 40).Draw(t, "days"))}
			q.Suspended = append(q.Suspended, s)
			at = s.To.AddDays(rapid.IntRange(1, 60).Draw(t, "gap"))
		}
		got, err := c.Count(q)
		if err != nil {
			t.Fatal(err)
		}
		still := func(d calendar.Day) bool {
			return slices.ContainsFunc(q.Suspended, func(s calendar.Span) bool { return !d.Before(s.From) && !d.After(s.To) })
		}
		straight := c.Due(q.From, q.Term, false).Day
		counted, want := 0, straight.Sub(q.From)
		for d := q.From.AddDays(1); !d.After(got.Day); d = d.AddDays(1) {
			if !still(d) && (q.Term.Unit != calendar.WorkingDays || c.Working(d)) {
				counted++
			}
		}
		if q.Term.Unit == calendar.WorkingDays {
			want = q.Term.N
		}
		if counted != want || still(got.Day) {
			t.Fatalf("%s: %d days counted, want %d", got.Day, counted, want)
		}
	})
}

func TestBefore(t *testing.T) {
	c := make2026(t)
	for _, v := range []struct {
		what, event, term string
		roll              bool
		want              string
		provisional       bool
	}{
		{"notice of a hearing", "2026-03-20", "7wd", true, "2026-03-11", false},
		{"a make-up Saturday counts", "2026-03-06", "7wd", true, "2026-02-26", false},
		{"over Spring Festival", "2026-02-26", "7wd", true, "2026-02-10", false},
		{"the day before", "2026-03-10", "1wd", true, "2026-03-09", false},
		{"natural days to a Sunday", "2026-03-20", "5d", true, "2026-03-13", false},
		{"the same, as it is", "2026-03-20", "5d", false, "2026-03-15", false},
		{"a month before the last day of one", "2026-03-31", "1m", false, "2026-02-28", false},
		{"a year before", "2024-02-29", "1y", false, "2023-02-28", false},
		{"the holidays of 2027 are not announced", "2027-01-06", "3wd", true, "2027-01-01", true},
	} {
		got, err := c.Before(day(t, v.event), term(t, v.term), v.roll)
		if err != nil || got.Day != day(t, v.want) || got.Provisional != v.provisional || !got.Due.Equal(got.Day.End(c.Place())) {
			t.Errorf("%s: %s provisional=%t (%v), want %s", v.what, got.Day, got.Provisional, err, v.want)
		}
	}
	for what, f := range map[string]func() (calendar.Due, error){
		"no event":        func() (calendar.Due, error) { return c.Before(calendar.Day{}, term(t, "7wd"), true) },
		"no term":         func() (calendar.Due, error) { return c.Before(day(t, "2026-03-20"), calendar.Term{}, true) },
		"before all days": func() (calendar.Due, error) { return c.Before(day(t, "0001-01-05"), term(t, "7wd"), true) },
		"years before":    func() (calendar.Due, error) { return c.Before(day(t, "0001-01-05"), term(t, "1y"), true) },
	} {
		if due, err := f(); err == nil {
			t.Errorf("%s: %s", what, due.Day)
		}
	}
}

// Of the days from the latest day to the eve of the event, exactly n are working days.
func TestPropertyBeforeLeavesTheWholeTerm(t *testing.T) {
	c := make2026(t)
	rapid.Check(t, func(t *rapid.T) {
		event, tm, roll := days.Draw(t, "event"), terms.Draw(t, "term"), rapid.Bool().Draw(t, "roll")
		got, err := c.Before(event, tm, roll)
		if err != nil || !got.Day.Before(event) {
			t.Fatalf("%s before %s: %s, %v", tm, event, got.Day, err)
		}
		switch {
		case tm.Unit == calendar.WorkingDays:
			if n := workingBetween(c, got.Day.AddDays(-1), event.AddDays(-1)); n != tm.N || !c.Working(got.Day) {
				t.Fatalf("%s leaves %d working days, want %d", got.Day, n, tm.N)
			}
		case roll:
			if !c.Working(got.Day) {
				t.Fatalf("%s is a rest day", got.Day)
			}
			if straight, _ := c.Before(event, tm, false); got.Day.After(straight.Day) || workingBetween(c, got.Day, straight.Day) != 0 {
				t.Fatalf("%s is not the last working day up to %s", got.Day, straight.Day)
			}
		case tm.Unit == calendar.NaturalDays && event.Sub(got.Day) != tm.N:
			t.Fatalf("%s is %d days before %s", got.Day, event.Sub(got.Day), event)
		}
	})
}

func TestHours(t *testing.T) {
	c := make2026(t)
	at := func(s string) time.Time {
		got, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Shanghai())
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, v := range []struct {
		what, from string
		n          int
		roll       bool
		day, due   string
	}{
		{"a repair in town", "2026-03-02 10:20", 48, false, "2026-03-04", "2026-03-04 11:00"},
		{"on the full hour, that hour is not counted either", "2026-03-02 10:00", 48, false, "2026-03-04", "2026-03-04 11:00"},
		{"ends at midnight", "2026-03-02 22:30", 1, false, "2026-03-02", "2026-03-03 00:00"},
		{"begins at midnight", "2026-03-02 23:59", 1, false, "2026-03-03", "2026-03-03 01:00"},
		{"ends on a Saturday", "2026-03-05 10:20", 48, false, "2026-03-07", "2026-03-07 11:00"},
		{"ends on a Saturday, which gives way", "2026-03-05 10:20", 48, true, "2026-03-09", "2026-03-10 00:00"},
	} {
		got, err := c.Hours(at(v.from), v.n, v.roll)
		if err != nil || got.Day != day(t, v.day) || !got.Due.Equal(at(v.due)) {
			t.Errorf("%s: %s, %s (%v), want %s", v.what, got.Day, got.Due, err, v.due)
		}
	}
	for _, n := range []int{0, -1, 721} {
		if due, err := c.Hours(at("2026-03-02 10:20"), n, false); err == nil {
			t.Errorf("%d hours: %s", n, due.Due)
		}
	}
	if due, err := c.Hours(time.Time{}, 4, false); err == nil {
		t.Errorf("from no instant: %s", due.Due)
	}
	for s, want := range map[string]int{"48h": 48, "1h": 1, "720h": 720, "": 0, "h": 0, "0h": 0, "721h": 0, "048h": 0, "+4h": 0, "48": 0, " 4h": 0} {
		if n, err := calendar.ParseHours(s); n != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %d, %v", s, n, err)
		}
	}
}

// Each kind of step is told in both languages.
func TestEveryStepOfACountIsTold(t *testing.T) {
	c := make2026(t)
	counted, err := c.Count(calendar.Count{
		From: day(t, "2026-03-02"), Term: term(t, "15d"), Extended: []calendar.Term{term(t, "15d")}, Cap: term(t, "20d"),
		Suspended: spans(t, "2026-03-05..2026-03-10"), Travel: 1, Roll: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	back, err := c.Before(day(t, "2026-03-20"), term(t, "5d"), true)
	if err != nil {
		t.Fatal(err)
	}
	hours, err := c.Hours(day(t, "2026-03-05").Start(c.Place()), 48, true)
	if err != nil {
		t.Fatal(err)
	}
	told := map[calendar.StepKind]bool{}
	for _, s := range slices.Concat(counted.Steps, back.Steps, hours.Steps) {
		told[s.Kind] = true
		for _, lang := range []string{"zh", "en"} {
			if text := s.Text(lang); text == string(s.Kind) || strings.Contains(text, "%!") {
				t.Errorf("%s in %s: %q", s.Kind, lang, text)
			}
		}
	}
	for _, kind := range []calendar.StepKind{
		calendar.StepExtended, calendar.StepCapped, calendar.StepSuspended, calendar.StepTravel, calendar.StepHour, calendar.StepHours,
		calendar.StepEvent, calendar.StepBack, calendar.StepRollBack,
	} {
		if !told[kind] {
			t.Errorf("no step %s", kind)
		}
	}
}
