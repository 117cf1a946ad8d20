package calendar

import (
	"cmp"
	"fmt"
	"math"
	"time"
)

// Day is one civil day, without an hour or a zone. Days are comparable with ==
// and may be map keys. The zero value is no day at all; it is before every day.
type Day struct {
	n int32 // 0001-01-01 is 1
}

const (
	secondsADay = 24 * 60 * 60
	unixDay     = 719163 // the number of 1970-01-01
)

// NewDay returns the day of that date. Months and days outside their range
// carry over as in time.Date; a day before 0001-01-01 is the zero Day.
func NewDay(y int, m time.Month, d int) Day {
	return numbered(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/secondsADay + unixDay)
}

// ParseDay reads "2026-02-02" and nothing looser: four digits of year, two of
// month and day, a date that exists.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("parse day %q: %w", s, err)
	}
	d := NewDay(t.Date())
	if d.IsZero() {
		return Day{}, fmt.Errorf("parse day %q: there is no year 0", s)
	}
	return d, nil
}

// DayOf returns the day on which the instant t falls in loc; the zero time has
// no day.
func DayOf(t time.Time, loc *time.Location) Day {
	if t.IsZero() {
		return Day{}
	}
	return NewDay(t.In(loc).Date())
}

func numbered(n int64) Day {
	if n < 1 || n > math.MaxInt32 {
		return Day{}
	}
	return Day{n: int32(n)}
}

// IsZero reports whether d is no day.
func (d Day) IsZero() bool { return d.n == 0 }

// String gives "2026-02-02", and "" for the zero Day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Date returns year, month and day of the month.
func (d Day) Date() (int, time.Month, int) { return d.utc().Date() }

// Year returns the year in which d lies.
func (d Day) Year() int { return d.utc().Year() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(d.n % 7) } // 0001-01-01 was a Monday

// AddDays returns the day n natural days later, or earlier if n is negative.
// The zero Day stays zero.
func (d Day) AddDays(n int) Day {
	if d.IsZero() {
		return d
	}
	return numbered(int64(d.n) + int64(n))
}

// AddMonths returns the corresponding day n months later or, where that month
// has none, its last day (Civil Code art.202). The zero Day stays zero.
func (d Day) AddMonths(n int) Day {
	if d.IsZero() {
		return d
	}
	y, m, day := d.Date()
	month := time.Month(int(m) + n)
	last := NewDay(y, month+1, 0)
	if same := NewDay(y, month, 1).AddDays(day - 1); !same.After(last) {
		return same
	}
	return last
}

// Sub returns the number of days from o to d: negative if d is the earlier.
func (d Day) Sub(o Day) int { return int(d.n) - int(o.n) }

// Compare is negative if d is before o, 0 if they are the same day, positive
// if d is after o.
func (d Day) Compare(o Day) int { return cmp.Compare(d.n, o.n) }

// Before reports whether d is before o.
func (d Day) Before(o Day) bool { return d.n < o.n }

// After reports whether d is after o.
func (d Day) After(o Day) bool { return d.n > o.n }

// Start returns the instant at which d begins in loc; the zero time for no day.
func (d Day) Start(loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, loc)
}

// End returns 24:00 of d in loc (Civil Code art.203), which is the start of the
// next day: what happens at End happens no longer on d. The zero time for no day.
func (d Day) End(loc *time.Location) time.Time { return d.AddDays(1).Start(loc) }

// MarshalText writes d as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDay reads, and "" as the zero Day.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	day, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = day
	return nil
}

func (d Day) weekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

func (d Day) utc() time.Time {
	return time.Unix((int64(d.n)-unixDay)*secondsADay, 0).UTC()
}
