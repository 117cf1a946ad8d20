package regimes_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/regimes"
)

func itoa(n int) string { return strconv.Itoa(n) }

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func shanghai(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := regimes.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What the notices for 2024 to 2026 say; runs of days are written "01-28..02-04".
func TestHolidaysOfThreeYears(t *testing.T) {
	c := shanghai(t)
	for year, said := range map[int]struct {
		off, work string
		days      int // working days of the year: Monday to Friday, less holidays, plus make-up days
	}{
		2024: {
			"01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
			"02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12", 251,
		},
		2025: {
			"01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
			"01-26 02-08 04-27 09-28 10-11", 248,
		},
		2026: {
			"01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
			"01-04 02-14 02-28 05-09 09-20 10-10", 248,
		},
	} {
		want := map[calendar.Day]bool{} // working?
		for d := calendar.NewDay(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
			want[d] = d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		}
		prefix := itoa(year) + "-"
		for _, run := range strings.Fields(said.off) {
			from, to, ok := strings.Cut(run, "..")
			if !ok {
				to = from
			}
			for d := day(t, prefix+from); !d.After(day(t, prefix+to)); d = d.AddDays(1) {
				want[d] = false
				if c.Holiday(d) == "" {
					t.Errorf("%s is no holiday", d)
				}
			}
		}
		for _, s := range strings.Fields(said.work) {
			want[day(t, prefix+s)] = true
		}
		count := 0
		for d, working := range want {
			if c.Working(d) != working {
				t.Errorf("%s: working %t", d, c.Working(d))
			}
			if c.Working(d) {
				count++
			}
		}
		if count != said.days {
			t.Errorf("%d has %d working days, want %d", year, count, said.days)
		}
	}
}

func TestAnnouncedYears(t *testing.T) {
	c := shanghai(t)
	for year := 2007; year <= 2026; year++ {
		if !c.Known(year) {
			t.Errorf("%d is not announced", year)
		}
	}
	if c.Known(2027) || c.Known(2006) {
		t.Error("2006 or 2027 is announced")
	}
	if c.Place() != calendar.Shanghai() || c.Hash() != shanghai(t).Hash() {
		t.Error("another place, or another hash each time")
	}
}

// Deadlines worked out by hand from the notices, by the terms of the regime itself.
func TestDeadlinesByTheRegime(t *testing.T) {
	c, r := shanghai(t), telecom(t).Regime
	for _, x := range []struct {
		term, from, day string
		provisional     bool
	}{
		{"enforcement.payment", "2026-02-02", "2026-02-24", false}, // in the Spring Festival: rolls
		{"enforcement.payment", "2026-03-02", "2026-03-17", false},
		{"enforcement.decision", "2026-07-03", "2026-10-01", false}, // our own duty: not rolled into 10-08
		{"enforcement.suit-window", "2026-08-31", "2027-03-01", true},
		{"complaint.accept", "2026-02-12", "2026-02-26", false}, // 02-14 works
		{"complaint.answer", "2026-02-02", "2026-03-04", false},
	} {
		rule := r.Terms[x.term]
		due := c.Due(day(t, x.from), rule.Term, rule.Roll)
		if due.Day != day(t, x.day) || due.Provisional != x.provisional {
			t.Errorf("%s from %s: %s, provisional %t", x.term, x.from, due.Day, due.Provisional)
		}
	}
	ninety := c.Due(day(t, "2026-07-03"), calendar.Term{N: 90, Unit: calendar.NaturalDays}, true)
	if ninety.Day != day(t, "2026-10-08") {
		t.Errorf("90 days rolled: %s", ninety.Day)
	}
}

func TestReadTableRefuses(t *testing.T) {
	good := "year: 2026\nplace: CN\nannounced: true\nnotice: [https://www.gov.cn/x]\noff:\n  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}\nwork: [2026-01-04]\n"
	if table, err := regimes.ReadTable("t.yaml", []byte(good)); err != nil || len(table.Off) != 1 || len(table.Work) != 1 || !table.Announced {
		t.Fatalf("%+v, %v", table, err)
	}
	titled, err := regimes.ReadTable("t.yaml", []byte(strings.Replace(good, "[https://www.gov.cn/x]", "[{title: 通知, address: https://www.gov.cn/x}, https://www.gov.cn/y]", 1)))
	if err != nil || len(titled.Notice) != 2 || titled.Titles["https://www.gov.cn/x"] != "通知" || len(titled.Titles) != 1 {
		t.Fatalf("%+v, %v", titled, err)
	}
	for name, change := range map[string][3]string{
		"untitled":          {"[https://www.gov.cn/x]", "[{address: https://www.gov.cn/x}]", "t.yaml:4:10: "},
		"title alone":       {"[https://www.gov.cn/x]", "[{title: 通知}]", "t.yaml:4:10: "},
		"unknown in notice": {"[https://www.gov.cn/x]", "[{title: 通知, url: https://www.gov.cn/x}]", "t.yaml:4:22: "},
		"unknown field":     {"work:", "labour:", "t.yaml:7:1: "},
		"key twice":         {"place: CN", "place: CN\nplace: CN", "t.yaml:3:1: "},
		"another place":     {"place: CN", "place: HK", "t.yaml:2:8: "},
		"no notice":         {"notice: [https://www.gov.cn/x]\n", "", "t.yaml:1:1: "},
		"no address":        {"https://www.gov.cn/x", "somewhere", "t.yaml:4:10: "},
		"not said":          {"announced: true\n", "", "t.yaml:1:1: "},
		"no such day":       {"2026-01-04", "2026-01-32", "t.yaml:7:8: "},
		"year is no number": {"2026\nplace", "next\nplace", "t.yaml:1:7: "},
		"a day of far away": {"2026-01-04", "2028-01-04", "t.yaml:"},
		"ends before begun": {"2026-01-03", "2025-12-03", "t.yaml:"},
		"no list":           {"[2026-01-04]", "2026-01-04", "t.yaml:7:7: "},
		"not YAML":          {"work: [", "work: {", "t.yaml:"},
		"two documents":     {"year", "a: b\n---\nyear", "t.yaml:"},
	} {
		text := strings.Replace(good, change[0], change[1], 1)
		if text == good {
			t.Fatalf("%s changes nothing", name)
		}
		if table, err := regimes.ReadTable("t.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), change[2]) {
			t.Errorf("%s: %+v, %v", name, table, err)
		}
	}
}
