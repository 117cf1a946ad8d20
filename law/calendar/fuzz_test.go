package calendar_test

import (
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"duban/law/calendar"
)

// What is read is written as it was, and nothing else is read.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"15d", "5wd", "6m", "2y", "48h", "3660d", "3661d", "015d", "2026-02-29", "2026-02-28", "0000-01-01", "9999-12-31", "١٥d", "15 d", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if term, err := calendar.ParseTerm(s); err == nil && (term.String() != s || term.Check() != nil) {
			t.Errorf("term %q is %q", s, term)
		}
		if d, err := calendar.ParseDay(s); err == nil && (d.String() != s || d.IsZero() || d.AddDays(1).AddDays(-1) != d) {
			t.Errorf("day %q is %q", s, d)
		}
		if n, err := calendar.ParseHours(s); err == nil && (n < 1 || n > 720) {
			t.Errorf("hours %q are %d", s, n)
		}
	})
}

var units = []calendar.Unit{calendar.NaturalDays, calendar.WorkingDays, calendar.Months, calendar.Years, "h"}

// A count that is not refused ends behind its first day, outside every suspension that it met, on a
// working day if it rolls, and never earlier than the same without what happened to it. Back and
// forth, a term is as long.
func FuzzCount(f *testing.F) {
	f.Add(uint16(1492), uint16(15), uint8(0), true, uint16(0), uint16(0), uint16(0), int16(0), int16(0))
	f.Add(uint16(1502), uint16(5), uint8(1), true, uint16(0), uint16(0), uint16(3), int16(4), int16(20))
	f.Add(uint16(1703), uint16(6), uint8(2), true, uint16(3), uint16(8), uint16(0), int16(-2), int16(5))
	f.Add(uint16(789), uint16(2), uint8(3), false, uint16(0), uint16(0), uint16(366), int16(700), int16(90))
	f.Fuzz(func(t *testing.T, from, n uint16, unit uint8, roll bool, more, limit, travel uint16, still, stood int16) {
		c := make2026(t)
		u := units[int(unit)%len(units)]
		q := calendar.Count{From: calendar.NewDay(2022, time.January, 1).AddDays(int(from % 2500)), Term: calendar.Term{N: int(n), Unit: u}, Roll: roll, Travel: int(travel)}
		if more > 0 {
			q.Extended = []calendar.Term{{N: int(more), Unit: u}}
		}
		if limit > 0 {
			q.Cap = calendar.Term{N: int(limit), Unit: u}
		}
		if stood != 0 {
			at := q.From.AddDays(int(still))
			q.Suspended = []calendar.Span{{From: at, To: at.AddDays(int(stood) - 1)}}
		}
		got, err := c.Count(q)
		if (err == nil) != (q.Check() == nil) {
			t.Fatalf("%+v: %v, but Check says %v", q, err, q.Check())
		}
		if err != nil {
			return
		}
		straight := c.Due(q.From, q.Term, roll).Day
		switch {
		case !got.Day.After(q.From) || got.Day.Before(straight):
			t.Errorf("%+v ends on %s, straight on %s", q, got.Day, straight)
		case (roll || u == calendar.WorkingDays) && !c.Working(got.Day):
			t.Errorf("%+v ends on the rest day %s", q, got.Day)
		case !roll && travel == 0 && slices.ContainsFunc(q.Suspended, func(s calendar.Span) bool {
			return !got.Day.Before(s.From) && !got.Day.After(s.To)
		}):
			t.Errorf("%+v ends on %s, while it stands still", q, got.Day)
		}
		if u != calendar.WorkingDays && u != calendar.NaturalDays {
			return
		}
		event := c.Due(q.From, q.Term, false).Day
		back, err := c.Before(event, q.Term, false)
		if err != nil || u == calendar.NaturalDays && back.Day != q.From || u == calendar.WorkingDays && back.Day.Before(q.From) != (!c.Working(q.From)) {
			t.Errorf("%s before %s is %s (%v), not %s", q.Term, event, back.Day, err, q.From)
		}
	})
}

// tableOf reads a table of 2026 from bytes: each three are a day of the year and what it is.
func tableOf(data []byte) calendar.Table {
	table := calendar.Table{Year: 2026, Announced: true, Notice: []string{"https://example.org/notice"}}
	first := calendar.NewDay(2025, time.December, 20)
	for ; len(data) >= 3 && len(table.Off)+len(table.Work) < 60; data = data[3:] {
		d := first.AddDays(int(binary.BigEndian.Uint16(data) % 400))
		if data[2]%2 == 0 {
			table.Work = append(table.Work, d)
			continue
		}
		table.Off = append(table.Off, calendar.Holiday{Name: string('甲' + rune(data[2]%5)), From: d, To: d.AddDays(int(data[2] / 8))})
	}
	return table
}

// A calendar that is not refused says of each day what its table says, whatever the order, and
// counts by it.
func FuzzCalendar(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 60, 65, 0, 56, 0, 0, 70, 2})
	f.Add([]byte{0, 1, 9, 0, 1, 9, 1, 10, 4})
	f.Add([]byte{0, 1, 9, 0, 2, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		table := tableOf(data)
		c, err := calendar.New(calendar.Shanghai(), table)
		if err != nil {
			return
		}
		for _, h := range table.Off {
			if c.Working(h.From) || c.Working(h.To) || c.Holiday(h.From) != h.Name {
				t.Errorf("%s to %s is off, but works", h.From, h.To)
			}
		}
		for _, d := range table.Work {
			if !c.Working(d) {
				t.Errorf("%s works, but is off", d)
			}
		}
		slices.Reverse(table.Off)
		slices.Reverse(table.Work)
		bare, err := calendar.New(calendar.Shanghai())
		if err != nil {
			t.Fatal(err)
		}
		turned, err := bare.With(table)
		if err != nil || turned.Hash() != c.Hash() {
			t.Errorf("the order changes the calendar: %v", err)
		}
		from := calendar.NewDay(2026, time.January, 5)
		for n := 1; n <= 20; n++ {
			due := c.Due(from, calendar.Term{N: n, Unit: calendar.WorkingDays}, true)
			if !c.Working(due.Day) || workingBetween(c, from, due.Day) != n {
				t.Errorf("%d working days from %s end on %s", n, from, due.Day)
			}
		}
	})
}
