package calendar_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"duban/law/calendar"
)

func TestDue(t *testing.T) {
	c := make2026(t)
	for _, v := range []struct {
		what, from, term string
		roll             bool
		want             string
		provisional      bool
	}{
		{"fine received before Spring Festival", "2026-02-02", "15d", true, "2026-02-24", false},
		{"the same without rolling", "2026-02-02", "15d", false, "2026-02-17", false},
		{"fine received 2 March", "2026-03-02", "15d", true, "2026-03-17", false},
		{"hearing request over Spring Festival", "2026-02-12", "5wd", true, "2026-02-26", false},
		{"90 days to decide, safe side", "2026-07-03", "90d", false, "2026-10-01", false},
		{"90 days to decide, rolled", "2026-07-03", "90d", true, "2026-10-08", false},
		{"suit within six months", "2026-08-31", "6m", true, "2027-03-01", true},
		{"the same, not rolled", "2026-08-31", "6m", false, "2027-02-28", false},

		{"last day is a Saturday", "2026-03-06", "15d", true, "2026-03-23", false},
		{"last day is a Saturday that works", "2026-01-30", "15d", true, "2026-02-14", false},
		{"last day is a make-up Sunday before a weekday", "2026-09-05", "15d", true, "2026-09-20", false},
		{"event on a holiday", "2026-02-20", "1wd", true, "2026-02-24", false},
		{"event on a make-up day", "2026-02-14", "1wd", true, "2026-02-24", false},
		{"make-up day is the last", "2026-02-12", "2wd", true, "2026-02-14", false},
		{"roll has no effect on working days", "2026-02-12", "2wd", false, "2026-02-14", false},
		{"two years from a leap day", "2024-02-29", "2y", true, "2026-02-28", false}, // a Saturday that works
		{"one month to a month without the day", "2026-01-31", "1m", false, "2026-02-28", false},
		{"two years over a leap day", "2023-06-15", "2y", false, "2025-06-15", false},
		{"one year", "2025-03-02", "1y", true, "2026-03-02", false},

		{"working days into 2027", "2026-12-30", "3wd", true, "2027-01-04", true},
		{"working days before the reach of 2027", "2026-12-21", "4wd", true, "2026-12-25", false},
		{"a rolled day in 2026 whose notice is that for 2027", "2026-12-16", "15d", true, "2026-12-31", true},
		{"a rolled day before the reach of 2027", "2026-12-10", "15d", true, "2026-12-25", false},
		{"a Saturday just before it rolls into it", "2026-12-11", "15d", true, "2026-12-28", true},
		{"a natural day in 2027 that does not roll", "2026-12-20", "30d", false, "2027-01-19", false},
		{"from before the tables to a known last day", "2023-12-20", "30d", true, "2024-01-19", false},
		{"working days from before the tables", "2023-12-20", "10wd", true, "2024-01-04", true},
		{"wholly before the tables", "2006-03-01", "5wd", true, "2006-03-08", true},
	} {
		got := c.Due(day(t, v.from), term(t, v.term), v.roll)
		if got.Day != day(t, v.want) || got.Provisional != v.provisional {
			t.Errorf("%s: %s %s roll=%t → %s provisional=%t, want %s %t", v.what, v.from, v.term, v.roll,
				got.Day, got.Provisional, v.want, v.provisional)
		}
		if want := day(t, v.want).End(calendar.Shanghai()); !got.Due.Equal(want) {
			t.Errorf("%s: due %s, want %s", v.what, got.Due, want)
		}
	}
}

// The last working day on which a case opened on 2026-07-03 is safely decided.
func TestSafeDayBeforeTheNationalHoliday(t *testing.T) {
	c := make2026(t)
	d := c.Due(day(t, "2026-07-03"), term(t, "90d"), false).Day
	for !c.Working(d) {
		d = d.AddDays(-1)
	}
	if d != day(t, "2026-09-30") {
		t.Errorf("safe day is %s, want 2026-09-30", d)
	}
}

func TestAnnouncingTheYearSettlesTheDay(t *testing.T) {
	in := tables(t)
	in[3] = notice(t, 2027, []string{"元旦 2027-01-01 2027-01-03"})
	got := build(t, in...).Due(day(t, "2026-12-23"), term(t, "5wd"), true)
	if got.Day != day(t, "2026-12-30") || got.Provisional {
		t.Errorf("2026-12-23 5wd → %s provisional=%t", got.Day, got.Provisional)
	}
	// To be sure of the end of December 2027 takes the notice for 2028.
	if got := build(t, in...).Due(day(t, "2027-12-24"), term(t, "1wd"), true); !got.Provisional {
		t.Errorf("2027-12-24 1wd → %s is not provisional", got.Day)
	}
}

func TestSteps(t *testing.T) {
	c := make2026(t)
	for _, v := range []struct {
		from, term string
		roll       bool
		zh, en     []string
	}{
		{"2026-02-02", "15d", true, []string{
			"2026-02-02当日不计入，自2026-02-03起算（民事诉讼法第八十五条）",
			"自2026-02-03起算15日，末日为2026-02-17",
			"2026-02-17…02-23 春节放假7天",
			"末日2026-02-17为休息日，顺延至其后第一个工作日2026-02-24（民事诉讼法第八十五条）",
		}, []string{
			"2026-02-02 itself is not counted, counting begins on 2026-02-03 (Civil Procedure Law art.85)",
			"counting 15 natural days from 2026-02-03, the last day is 2026-02-17",
			"2026-02-17…02-23 is off for 春节, 7 days",
			"the last day 2026-02-17 is a rest day and gives way to the first working day after it, 2026-02-24 (Civil Procedure Law art.85)",
		}},
		{"2026-02-12", "8wd", true, []string{
			"2026-02-12当日不计入，自2026-02-13起算（民事诉讼法第八十五条）",
			"自2026-02-13起算8个工作日，末日为2026-03-02",
			"2026-02-14调休上班",
			"2026-02-15…02-23 春节放假9天",
			"2026-02-28调休上班",
			"2026-03-01间周末休息1天",
		}, []string{
			"2026-02-12 itself is not counted, counting begins on 2026-02-13 (Civil Procedure Law art.85)",
			"counting 8 working days from 2026-02-13, the last day is 2026-03-02",
			"2026-02-14 is a make-up working day",
			"2026-02-15…02-23 is off for 春节, 9 days",
			"2026-02-28 is a make-up working day",
			"in 2026-03-01, 1 day of weekend",
		}},
		{"2026-08-31", "6m", true, []string{
			"2026-08-31当日不计入，自2026-09-01起算（民事诉讼法第八十五条）",
			"自2026-09-01起算6个月，末日为2027-02-28",
			"该月没有31日，以月末日2027-02-28为末日（民法典第二百零二条）",
			"2027-02-28间周末休息1天",
			"末日2027-02-28为休息日，顺延至其后第一个工作日2027-03-01（民事诉讼法第八十五条）",
			"暂定：2027年节假日安排尚未公布，2027-02-28…03-01可能变动",
		}, []string{
			"2026-08-31 itself is not counted, counting begins on 2026-09-01 (Civil Procedure Law art.85)",
			"counting 6 months from 2026-09-01, the last day is 2027-02-28",
			"that month has no day 31, so its last day 2027-02-28 ends the term (Civil Code art.202)",
			"in 2027-02-28, 1 day of weekend",
			"the last day 2027-02-28 is a rest day and gives way to the first working day after it, 2027-03-01 (Civil Procedure Law art.85)",
			"provisional: the holidays of 2027 are not announced yet, which may change 2027-02-28…03-01",
		}},
		{"2005-12-31", "1y", false, []string{
			"2005-12-31当日不计入，自2006-01-01起算（民事诉讼法第八十五条）",
			"自2006-01-01起算1年，末日为2006-12-31",
			"末日2006-12-31不因休息日顺延",
		}, []string{
			"2005-12-31 itself is not counted, counting begins on 2006-01-01 (Civil Procedure Law art.85)",
			"counting 1 year from 2006-01-01, the last day is 2006-12-31",
			"the last day 2006-12-31 does not give way to rest days",
		}},
		{"2023-12-28", "2wd", true, []string{
			"2023-12-28当日不计入，自2023-12-29起算（民事诉讼法第八十五条）",
			"自2023-12-29起算2个工作日，末日为2024-01-02",
			"2024-01-01 元旦放假1天",
			"2023-12-30…12-31间周末休息2天",
			"暂定：2023年早于最早的节假日表，2023-12-29…12-31未经核对",
		}, []string{
			"2023-12-28 itself is not counted, counting begins on 2023-12-29 (Civil Procedure Law art.85)",
			"counting 2 working days from 2023-12-29, the last day is 2024-01-02",
			"2024-01-01 is off for 元旦, 1 day",
			"in 2023-12-30…12-31, 2 days of weekend",
			"provisional: 2023 is before the first holiday table, so 2023-12-29…12-31 is unchecked",
		}},
		{"2026-12-25", "4wd", true, []string{
			"2026-12-25当日不计入，自2026-12-26起算（民事诉讼法第八十五条）",
			"自2026-12-26起算4个工作日，末日为2026-12-31",
			"2026-12-26…12-27间周末休息2天",
			"暂定：2027年节假日安排尚未公布，2026-12-27…12-31可能变动",
		}, []string{
			"2026-12-25 itself is not counted, counting begins on 2026-12-26 (Civil Procedure Law art.85)",
			"counting 4 working days from 2026-12-26, the last day is 2026-12-31",
			"in 2026-12-26…12-27, 2 days of weekend",
			"provisional: the holidays of 2027 are not announced yet, which may change 2026-12-27…12-31",
		}},
	} {
		steps := c.Due(day(t, v.from), term(t, v.term), v.roll).Steps
		for lang, want := range map[string][]string{"zh": v.zh, "zh-CN": v.zh, "en": v.en, "en-GB": v.en} {
			var got []string
			for _, s := range steps {
				got = append(got, s.Text(lang))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s %s in %s:\n got %q\nwant %q", v.from, v.term, lang, got, want)
			}
		}
	}
}

func TestDueAsJSON(t *testing.T) {
	got, err := json.Marshal(make2026(t).Due(day(t, "2026-02-02"), term(t, "15d"), true))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"day":"2026-02-24","due":"2026-02-25T00:00:00+08:00","provisional":false,"steps":[` +
		`{"kind":"start","from":"2026-02-02","to":"2026-02-03"},` +
		`{"kind":"count","from":"2026-02-03","to":"2026-02-17","n":15,"unit":"d"},` +
		`{"kind":"holiday","from":"2026-02-17","to":"2026-02-23","n":7,"name":"春节"},` +
		`{"kind":"roll","from":"2026-02-17","to":"2026-02-24","n":7}]}`
	if string(got) != want {
		t.Errorf("JSON\n got %s\nwant %s", got, want)
	}
	var back calendar.Due
	if err := json.Unmarshal(got, &back); err != nil || back.Day != day(t, "2026-02-24") || len(back.Steps) != 4 {
		t.Errorf("read back %+v, %v", back, err)
	}
}

func TestDueRefusesWhatWouldHaveLapsedAlready(t *testing.T) {
	c := make2026(t)
	for name, call := range map[string]func(){
		"no day":       func() { c.Due(calendar.Day{}, term(t, "15d"), true) },
		"no term":      func() { c.Due(day(t, "2026-02-02"), calendar.Term{}, true) },
		"negative":     func() { c.Due(day(t, "2026-02-02"), calendar.Term{N: -1, Unit: calendar.WorkingDays}, true) },
		"unknown unit": func() { c.Due(day(t, "2026-02-02"), calendar.Term{N: 1, Unit: "w"}, true) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("Due gave a day")
				}
			}()
			call()
		})
	}
}

func BenchmarkDue(b *testing.B) {
	c := make2026(b)
	from := calendar.NewDay(2026, time.February, 2)
	for _, s := range []string{"5wd", "15d", "90d", "6m"} {
		tm := term(b, s)
		b.Run(fmt.Sprint(tm), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Due(from, tm, true)
			}
		})
	}
}
