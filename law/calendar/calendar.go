package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // a machine without zoneinfo counts the same days
)

// Shanghai is the place whose days the law of the mainland counts, from the
// zone data built into the program if the machine has none.
var Shanghai = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(fmt.Sprintf("load the zone of Shanghai, which is built in: %v", err))
	}
	return loc
})

// Table is what the notice for one year says. It may name days of the
// neighbouring year: the days before New Year's Day stand in its notice.
type Table struct {
	Year      int               `json:"year"`
	Notice    []string          `json:"notice"`           // where the notice is published
	Titles    map[string]string `json:"titles,omitempty"` // of the notices, by address, where the table says them
	Announced bool              `json:"announced"`        // false: not published yet, so no days are known
	Off       []Holiday         `json:"off"`
	Work      []Day             `json:"work"` // make-up working days
}

// Holiday is a run of rest days, both ends included.
type Holiday struct {
	Name string `json:"name"`
	From Day    `json:"from"`
	To   Day    `json:"to"`
}

// longestHoliday is beyond any real one (ten days so far, 2020), so a longer
// run is a wrong date.
const longestHoliday = 31

// Calendar is a place with its holiday tables. It never changes and may be
// used by many goroutines at once.
type Calendar struct {
	place *time.Location
	given map[int]Table
	known map[int]bool // years whose notice is published
	first int          // the earliest of them, 0 if there is none
	marks map[Day]mark
	hash  string
}

// mark is what the notices say of one day.
type mark struct {
	off  bool
	name string // of the holiday
	year int    // of the table that says so
}

// New merges the tables into a calendar of the place. It refuses a year given
// twice, a day that is off and working at once or off under two names, a table
// with days although not announced, and runs of days that can't be meant.
func New(place *time.Location, tables ...Table) (*Calendar, error) {
	if place == nil {
		return nil, errors.New("make calendar: no place")
	}
	c := &Calendar{place: place, given: map[int]Table{}, known: map[int]bool{}, marks: map[Day]mark{}}
	for _, t := range tables {
		if _, twice := c.given[t.Year]; twice {
			return nil, fmt.Errorf("make calendar: two tables for %d", t.Year)
		}
		c.given[t.Year] = t
		if err := c.add(t); err != nil {
			return nil, fmt.Errorf("make calendar: table of %d: %w", t.Year, err)
		}
	}
	c.hash = c.digest()
	return c, nil
}

// With is this calendar with the tables in place of its own for their years. Its errors are those
// of New.
func (c *Calendar) With(tables ...Table) (*Calendar, error) {
	all := maps.Clone(c.given)
	for _, t := range tables {
		all[t.Year] = t
	}
	return New(c.place, slices.Collect(maps.Values(all))...)
}

// Tables returns the tables of this calendar by year. Their lists must not be changed.
func (c *Calendar) Tables() []Table {
	out := make([]Table, 0, len(c.given))
	for _, y := range slices.Sorted(maps.Keys(c.given)) {
		out = append(out, c.given[y])
	}
	return out
}

// Notices returns where the notices are published that say which of the days from a to b work.
func (c *Calendar) Notices(a, b Day) []string {
	var out []string
	for y, last := a.Year(), b.AddDays(newYearReach).Year(); y <= last; y++ {
		for _, address := range c.given[y].Notice {
			if !slices.Contains(out, address) {
				out = append(out, address)
			}
		}
	}
	return out
}

func (c *Calendar) add(t Table) error {
	if !t.Announced {
		if len(t.Off)+len(t.Work) > 0 {
			return errors.New("has days but is not announced")
		}
		return nil
	}
	c.known[t.Year] = true
	if c.first == 0 || t.Year < c.first {
		c.first = t.Year
	}
	for _, h := range t.Off {
		if h.Name == "" {
			return fmt.Errorf("holiday of %s has no name", h.From)
		}
		if h.From.IsZero() || h.To.Before(h.From) || h.To.Sub(h.From) >= longestHoliday {
			return fmt.Errorf("%s from %q to %q is not a run of 1 to %d days", h.Name, h.From, h.To, longestHoliday)
		}
		for d := h.From; !d.After(h.To); d = d.AddDays(1) {
			if err := c.mark(d, mark{off: true, name: h.Name, year: t.Year}); err != nil {
				return err
			}
		}
	}
	for _, d := range t.Work {
		if err := c.mark(d, mark{year: t.Year}); err != nil {
			return err
		}
	}
	return nil
}

func (c *Calendar) mark(d Day, m mark) error {
	if d.IsZero() {
		return errors.New("a working day without a date")
	}
	if y := d.Year(); y < m.year-1 || y > m.year+1 {
		return fmt.Errorf("%s does not belong to the notice for %d", d, m.year)
	}
	was, marked := c.marks[d]
	if marked && (was.off != m.off || was.name != m.name) {
		return fmt.Errorf("%s is %s, but %s in the table of %d", d, m, was, was.year)
	}
	if !marked {
		c.marks[d] = m
	}
	return nil
}

func (m mark) String() string {
	if m.off {
		return "off for " + m.name
	}
	return "a working day"
}

// digest covers all that decides a day or names it in a step. The addresses of
// the notices stay out: mending one must not have every deadline recomputed.
func (c *Calendar) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "calendar 1\nplace %q\n", c.place.String())
	for _, y := range slices.Sorted(maps.Keys(c.known)) {
		fmt.Fprintf(h, "year %d\n", y)
	}
	for _, d := range slices.SortedFunc(maps.Keys(c.marks), Day.Compare) {
		fmt.Fprintf(h, "%s %t %q\n", d, c.marks[d].off, c.marks[d].name)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Hash returns the SHA-256, in hex, of the place, the announced years and their
// days, whatever the order of the tables. Two calendars with the same hash give
// every deadline the same day.
func (c *Calendar) Hash() string { return c.hash }

// Place returns where the days are counted.
func (c *Calendar) Place() *time.Location { return c.place }

// Known reports whether the holidays of that year are announced.
func (c *Calendar) Known(year int) bool { return c.known[year] }

// Working reports whether d is a working day, as far as is announced.
func (c *Calendar) Working(d Day) bool {
	if m, listed := c.marks[d]; listed {
		return !m.off
	}
	return !d.weekend()
}

// Holiday returns the name of the holiday on which d is off, or "".
func (c *Calendar) Holiday(d Day) string { return c.marks[d].name }
