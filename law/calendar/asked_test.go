package calendar_test

import (
	"errors"
	"testing"

	"duban/law/calendar"
)

func TestAnswer(t *testing.T) {
	c := make2026(t)
	for what, v := range map[string]struct {
		asked calendar.Asked
		want  string // the first instant that is too late
	}{
		"a plain term":         {calendar.Asked{From: "2026-02-02", Term: "15d", Roll: true}, "2026-02-25T00:00"},
		"not rolled":           {calendar.Asked{From: "2026-02-02", Term: "15d"}, "2026-02-18T00:00"},
		"before a hearing":     {calendar.Asked{Before: "2026-03-20", Term: "7wd", Roll: true}, "2026-03-12T00:00"},
		"hours to the minute":  {calendar.Asked{From: "2026-03-02T02:20Z", Term: "4h"}, "2026-03-02T15:00"},
		"hours in the place":   {calendar.Asked{From: "2026-03-02T10:20", Term: "4h"}, "2026-03-02T15:00"},
		"hours with an offset": {calendar.Asked{From: "2026-03-02T02:20:00Z", Term: "4h"}, "2026-03-02T15:00"},
		"stopped and extended": {calendar.Asked{From: "2026-03-02", Term: "10d", Suspended: []string{"2026-03-05..2026-03-06", "2026-03-10..2026-03-10"}, Extended: []string{"5d", "5d"}, Cap: "18d", Travel: 2}, "2026-03-26T00:00"},
	} {
		got, err := c.Answer(v.asked)
		if at := got.Due.Due.In(c.Place()).Format("2006-01-02T15:04"); err != nil || at != v.want {
			t.Errorf("%s: %s (%v), want %s", what, at, err, v.want)
		}
	}
}

func TestAnswerFaults(t *testing.T) {
	c := make2026(t)
	many := make([]string, 21)
	for what, v := range map[string]struct {
		field string
		asked calendar.Asked
	}{
		"no day":                  {"from", calendar.Asked{Term: "15d"}},
		"two days":                {"before", calendar.Asked{From: "2026-02-02", Before: "2026-02-02", Term: "15d"}},
		"no term":                 {"term", calendar.Asked{From: "2026-02-02"}},
		"no such term":            {"term", calendar.Asked{From: "2026-02-02", Term: "9999d"}},
		"no such day":             {"from", calendar.Asked{From: "2026-02-30", Term: "5d"}},
		"a day of antiquity":      {"from", calendar.Asked{From: "0001-01-01", Term: "5d"}},
		"a day of science":        {"before", calendar.Asked{Before: "9999-12-31", Term: "5d"}},
		"days from an instant":    {"from", calendar.Asked{From: "2026-02-02T10:20", Term: "5d"}},
		"hours from a day":        {"from", calendar.Asked{From: "2026-02-02", Term: "5h"}},
		"hours before":            {"before", calendar.Asked{Before: "2026-02-02", Term: "5h"}},
		"too many hours":          {"term", calendar.Asked{From: "2026-02-02T10:20", Term: "721h"}},
		"hours suspended":         {"suspended", calendar.Asked{From: "2026-02-02T10:20", Term: "5h", Suspended: []string{"2026-02-03..2026-02-04"}}},
		"travel before":           {"travel", calendar.Asked{Before: "2026-02-02", Term: "5d", Travel: 1}},
		"travel back":             {"travel", calendar.Asked{From: "2026-02-02", Term: "5d", Travel: -1}},
		"extended otherwise":      {"extended", calendar.Asked{From: "2026-02-02", Term: "5d", Extended: []string{"1m"}}},
		"extended too far":        {"extended", calendar.Asked{From: "2026-02-02", Term: "3660d", Extended: []string{"1d"}}},
		"extended too often":      {"extended", calendar.Asked{From: "2026-02-02", Term: "5d", Extended: many}},
		"cap below":               {"cap", calendar.Asked{From: "2026-02-02", Term: "5d", Cap: "4d"}},
		"cap otherwise":           {"cap", calendar.Asked{From: "2026-02-02", Term: "5d", Cap: "4m"}},
		"suspended for one word":  {"suspended", calendar.Asked{From: "2026-02-02", Term: "5d", Suspended: []string{"2026-02-03"}}},
		"suspended backwards":     {"suspended", calendar.Asked{From: "2026-02-02", Term: "5d", Suspended: []string{"2026-02-04..2026-02-03"}}},
		"suspended twice at once": {"suspended", calendar.Asked{From: "2026-02-02", Term: "5d", Suspended: []string{"2026-02-03..2026-02-05", "2026-02-05..2026-02-06"}}},
		"suspended for ages":      {"suspended", calendar.Asked{From: "2026-02-02", Term: "5d", Suspended: []string{"2026-02-03..2046-02-05"}}},
		"suspended too often":     {"suspended", calendar.Asked{From: "2026-02-02", Term: "5d", Suspended: many}},
	} {
		_, err := c.Answer(v.asked)
		var f *calendar.Fault
		if !errors.As(err, &f) || f.Field != v.field || f.Zh == "" || f.En == "" || f.In("zh-CN") != f.Zh || f.In("en") != f.En {
			t.Errorf("%s: %v", what, err)
		}
	}
}
