package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"duban/law/calendar"
)

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDayIsStrict(t *testing.T) {
	for _, s := range []string{
		"", "2026-2-2", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "0000-01-01",
		"2026/02/02", " 2026-02-02", "2026-02-02 ", "2026-02-02T00:00:00Z", "20260202", "12026-01-01", "２０２６-01-01",
	} {
		if d, err := calendar.ParseDay(s); err == nil || !d.IsZero() {
			t.Errorf("ParseDay(%q) = %v, %v; want an error and no day", s, d, err)
		}
	}
	for _, s := range []string{"0001-01-01", "1970-01-01", "2024-02-29", "2026-02-02", "9999-12-31"} {
		if got := day(t, s).String(); got != s {
			t.Errorf("ParseDay(%q) prints %q", s, got)
		}
	}
}

func TestMonthsEndOnTheCorrespondingDay(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-15", 1, "2026-02-15"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-01-29", 1, "2026-02-28"},
		{"2026-03-31", 1, "2026-04-30"},
		{"2026-02-28", 1, "2026-03-28"}, // the corresponding day, not the end of the month
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-31", -2, "2025-11-30"},
		{"2100-01-31", 1, "2100-02-28"}, // no leap year
	} {
		if got := day(t, c.from).AddMonths(c.months); got != day(t, c.want) {
			t.Errorf("%s and %d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestDayArithmetic(t *testing.T) {
	d := day(t, "2024-02-28")
	if got := d.AddDays(2); got != day(t, "2024-03-01") {
		t.Errorf("2024-02-28 and 2 days = %s", got)
	}
	if got := day(t, "2025-01-01").Sub(day(t, "2024-01-01")); got != 366 {
		t.Errorf("2024 has %d days", got)
	}
	if w := day(t, "2026-02-14").Weekday(); w != time.Saturday {
		t.Errorf("2026-02-14 is a %s", w)
	}
	if got := calendar.NewDay(2026, time.January, 0); got != day(t, "2025-12-31") {
		t.Errorf("January 0 = %s", got)
	}
	if got := day(t, "0001-01-01").AddDays(-1); !got.IsZero() {
		t.Errorf("the day before the first = %s", got)
	}
	if !d.Before(d.AddDays(1)) || !d.After(d.AddDays(-1)) || d.Compare(d) != 0 || d.Year() != 2024 {
		t.Error("2024-02-28 is out of order")
	}
}

func TestNoDayStaysNoDay(t *testing.T) {
	var none calendar.Day
	if !none.AddDays(3).IsZero() || !none.AddMonths(3).IsZero() || none.String() != "" {
		t.Error("arithmetic made a day out of none")
	}
	if !none.Start(time.UTC).IsZero() || !none.End(time.UTC).IsZero() {
		t.Error("no day has an instant")
	}
	if !calendar.DayOf(time.Time{}, calendar.Shanghai()).IsZero() {
		t.Error("the zero time has a day")
	}
}

func TestTheDayIsThatOfThePlace(t *testing.T) {
	loc := calendar.Shanghai()
	end := day(t, "2026-02-02").End(loc)
	if want := time.Date(2026, 2, 2, 16, 0, 0, 0, time.UTC); !end.Equal(want) {
		t.Errorf("2026-02-02 ends at %s, want %s", end, want)
	}
	if got := calendar.DayOf(end.Add(-time.Nanosecond), loc); got != day(t, "2026-02-02") {
		t.Errorf("just before 24:00 is %s", got)
	}
	if got := calendar.DayOf(end, loc); got != day(t, "2026-02-03") {
		t.Errorf("24:00 is %s, want the next day: deadlines are half-open", got)
	}
	// Summer time of 1986 to 1991: 1991-04-14 had 23 hours.
	summer := day(t, "1991-04-14")
	if got := summer.End(loc).Sub(summer.Start(loc)); got != 23*time.Hour {
		t.Errorf("1991-04-14 lasted %s", got)
	}
}

func TestDayAsText(t *testing.T) {
	type paper struct {
		Received  calendar.Day `json:"received"`
		Effective calendar.Day `json:"effective"`
	}
	in := paper{Received: day(t, "2026-02-02")}
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"received":"2026-02-02","effective":""}`; string(b) != want {
		t.Errorf("JSON is %s, want %s", b, want)
	}
	out := paper{Effective: day(t, "2020-01-01")}
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Errorf("read back %+v, %v", out, err)
	}
	kept := paper{Received: day(t, "2020-01-01")}
	if err := json.Unmarshal([]byte(`{"received":"2026-02-30"}`), &kept); err == nil {
		t.Error("30 February was read")
	}
}
