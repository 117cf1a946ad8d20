package calendar_test

import (
	"strings"
	"testing"
	"time"

	"duban/law/calendar"
)

// notice builds a table from "name from to" and single days that work.
func notice(t testing.TB, year int, off []string, work ...string) calendar.Table {
	t.Helper()
	table := calendar.Table{Year: year, Announced: true, Notice: []string{"https://example.org/notice"}}
	for _, s := range off {
		f := strings.Fields(s)
		table.Off = append(table.Off, calendar.Holiday{Name: f[0], From: day(t, f[1]), To: day(t, f[len(f)-1])})
	}
	for _, s := range work {
		table.Work = append(table.Work, day(t, s))
	}
	return table
}

// tables are the notices for 2024 to 2026; that for 2027 is not announced.
func tables(t testing.TB) []calendar.Table {
	return []calendar.Table{
		notice(t, 2024, []string{
			"元旦 2024-01-01", "春节 2024-02-10 2024-02-17", "清明节 2024-04-04 2024-04-06", "劳动节 2024-05-01 2024-05-05",
			"端午节 2024-06-10", "中秋节 2024-09-15 2024-09-17", "国庆节 2024-10-01 2024-10-07",
		}, "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12"),
		notice(t, 2025, []string{
			"元旦 2025-01-01", "春节 2025-01-28 2025-02-04", "清明节 2025-04-04 2025-04-06", "劳动节 2025-05-01 2025-05-05",
			"端午节 2025-05-31 2025-06-02", "国庆节、中秋节 2025-10-01 2025-10-08",
		}, "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
		notice(t, 2026, []string{
			"元旦 2026-01-01 2026-01-03", "春节 2026-02-15 2026-02-23", "清明节 2026-04-04 2026-04-06", "劳动节 2026-05-01 2026-05-05",
			"端午节 2026-06-19 2026-06-21", "中秋节 2026-09-25 2026-09-27", "国庆节 2026-10-01 2026-10-07",
		}, "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
		{Year: 2027},
	}
}

func make2026(t testing.TB) *calendar.Calendar {
	t.Helper()
	return build(t, tables(t)...)
}

func build(t testing.TB, tables ...calendar.Table) *calendar.Calendar {
	t.Helper()
	c, err := calendar.New(calendar.Shanghai(), tables...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkingDays(t *testing.T) {
	c := make2026(t)
	for s, want := range map[string]struct {
		working bool
		holiday string
	}{
		"2026-02-13": {true, ""},
		"2026-02-14": {true, ""}, // a Saturday that works
		"2026-02-15": {false, "春节"},
		"2026-02-23": {false, "春节"},
		"2026-02-24": {true, ""},
		"2026-02-28": {true, ""},
		"2026-03-01": {false, ""}, // a plain Sunday
		"2025-10-08": {false, "国庆节、中秋节"},
		"2027-01-01": {true, ""}, // not announced: by the weekday
		"2027-01-02": {false, ""},
	} {
		if got := c.Working(day(t, s)); got != want.working {
			t.Errorf("Working(%s) = %t", s, got)
		}
		if got := c.Holiday(day(t, s)); got != want.holiday {
			t.Errorf("Holiday(%s) = %q", s, got)
		}
	}
	if !c.Known(2026) || c.Known(2027) || c.Known(2023) {
		t.Error("2024 to 2026 are announced, no other year")
	}
	if c.Place() != calendar.Shanghai() {
		t.Errorf("place is %s", c.Place())
	}
}

// Weekdays of the year, less those that are holidays, plus make-up days:
// 262-19+8, 261-18+5, 261-19+6.
func TestWorkingDaysOfAYear(t *testing.T) {
	c := make2026(t)
	for year, want := range map[int]int{2024: 251, 2025: 248, 2026: 248} {
		got := 0
		for d := calendar.NewDay(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
			if c.Working(d) {
				got++
			}
		}
		if got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

func TestANoticeSpeaksOfTheYearBefore(t *testing.T) {
	c := build(t,
		notice(t, 2018, []string{"元旦 2018-01-01"}),
		notice(t, 2019, []string{"元旦 2018-12-30 2019-01-01"}, "2018-12-29"))
	if c.Working(day(t, "2018-12-31")) || !c.Working(day(t, "2018-12-29")) {
		t.Error("the notice for 2019 moved 2018-12-29 and 2018-12-31")
	}
}

func TestNewRefuses(t *testing.T) {
	spring := "春节 2026-02-15 2026-02-23"
	for name, in := range map[string][]calendar.Table{
		"two tables for 2026":            {notice(t, 2026, nil), notice(t, 2026, nil)},
		"2026-02-23 is a working day":    {notice(t, 2026, []string{spring}, "2026-02-23")},
		"in the table of 2026":           {notice(t, 2026, []string{spring}), notice(t, 2027, nil, "2026-02-20")},
		"off for 元宵节":                    {notice(t, 2026, []string{spring, "元宵节 2026-02-23"})},
		"not announced":                  {{Year: 2027, Work: []calendar.Day{day(t, "2027-01-03")}}},
		"is not a run of 1 to 31 days":   {notice(t, 2026, []string{"春节 2026-02-23 2026-02-15"})},
		`"2026-02-15" to "2026-03-18"`:   {notice(t, 2026, []string{"春节 2026-02-15 2026-03-18"})},
		"does not belong":                {notice(t, 2026, []string{"春节 2016-02-15 2016-02-17"})},
		"2028-01-01 does not belong":     {notice(t, 2026, nil, "2028-01-01")},
		"has no name":                    {{Year: 2026, Announced: true, Off: []calendar.Holiday{{From: day(t, "2026-01-01"), To: day(t, "2026-01-01")}}}},
		`春节 from "" to ""`:               {{Year: 2026, Announced: true, Off: []calendar.Holiday{{Name: "春节"}}}},
		"a working day without a date":   {{Year: 2026, Announced: true, Work: []calendar.Day{{}}}},
		"table of 2027: has days but is": {notice(t, 2026, nil), {Year: 2027, Off: []calendar.Holiday{{Name: "元旦"}}}},
	} {
		c, err := calendar.New(calendar.Shanghai(), in...)
		if err == nil || c != nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want an error with %q, got %v", name, err)
		}
	}
	if _, err := calendar.New(nil); err == nil {
		t.Error("a calendar of nowhere")
	}
}

func TestHashNamesWhatTheCalendarSays(t *testing.T) {
	in := tables(t)
	hash := build(t, in...).Hash()
	if len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "" {
		t.Errorf("hash %q is not SHA-256 in hex", hash)
	}
	if got := build(t, in[3], in[1], in[0], in[2]).Hash(); got != hash {
		t.Error("another order of tables, another hash")
	}
	shuffled := tables(t)
	off, work := shuffled[2].Off, shuffled[2].Work
	off[0], off[5], work[1], work[4] = off[5], off[0], work[4], work[1]
	shuffled[2].Notice = []string{"https://example.org/mended"}
	if got := build(t, shuffled...).Hash(); got != hash {
		t.Error("order within a table or its address changed the hash")
	}

	changes := map[string]func([]calendar.Table){
		"2027 announced":   func(in []calendar.Table) { in[3].Announced = true },
		"a day less off":   func(in []calendar.Table) { in[2].Off[1].To = day(t, "2026-02-22") },
		"a working day":    func(in []calendar.Table) { in[2].Work = append(in[2].Work, day(t, "2026-12-26")) },
		"a holiday's name": func(in []calendar.Table) { in[2].Off[1].Name = "新春" },
	}
	for name, change := range changes {
		other := tables(t)
		change(other)
		if build(t, other...).Hash() == hash {
			t.Errorf("%s left the hash as it was", name)
		}
	}
	elsewhere, err := calendar.New(time.UTC, in...)
	if err != nil {
		t.Fatal(err)
	}
	if elsewhere.Hash() == hash {
		t.Error("another place left the hash as it was")
	}
}
