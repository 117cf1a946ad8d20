package demo

import (
	"context"
	"fmt"
	"time"

	"duban/law/calendar"
	"duban/law/regimes"
	"duban/register"
)

// holidays is a table made up for the demo: no notice says so. It has the days of the law, with
// the spring festival about where the moon puts it.
func holidays(year int) calendar.Table {
	off := func(name string, month time.Month, from, to int) calendar.Holiday {
		return calendar.Holiday{Name: name, From: calendar.NewDay(year, month, from), To: calendar.NewDay(year, month, to)}
	}
	return calendar.Table{
		Year: year, Announced: true, Notice: []string{"https://example.org/made-up-for-the-demo"},
		Off: []calendar.Holiday{
			off("元旦", time.January, 1, 3), off("春节", time.February, 5, 12), off("清明节", time.April, 3, 5),
			off("劳动节", time.May, 1, 5), off("端午节", time.June, 9, 11), off("中秋节", time.September, 15, 17), off("国庆节", time.October, 1, 7),
		},
		Work: []calendar.Day{calendar.NewDay(year, time.May, 8), calendar.NewDay(year, time.October, 9)},
	}
}

// TableLoader makes a holiday table hold in a register, as `duban calendar load` does, and tells of
// the deadlines whose day it moves.
func TableLoader(r *register.Register) func(context.Context, calendar.Table) ([]Moved, error) {
	return func(ctx context.Context, t calendar.Table) ([]Moved, error) {
		builtIn, err := regimes.Calendar()
		if err != nil {
			return nil, err
		}
		was, err := r.Calendar(ctx, builtIn)
		if err != nil {
			return nil, err
		}
		days, err := was.With(t)
		if err != nil {
			return nil, err
		}
		var moved []Moved
		// First the list: once the table is there, the workers shorten it.
		err = r.MovedDeadlines(ctx, days, func(s register.MovedDeadline) error {
			if s.Was.Day != s.Is.Day {
				moved = append(moved, Moved{Case: s.Case, Number: s.Number, Deadline: s.Was.Name, Was: s.Was.Day, Is: s.Is.Day})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		_, err = r.LoadTable(ctx, builtIn, t, "demo")
		return moved, err
	}
}

// loadTable has the table of the year come while visits are under way, and finds the line that
// each moved deadline got in its ledger.
func (y *yearDriver) loadTable(ctx context.Context, load func(context.Context, calendar.Table) ([]Moved, error)) error {
	moved, err := load(ctx, holidays(y.year))
	if err != nil {
		return fmt.Errorf("load the holiday table of %d: %w", y.year, err)
	}
	if len(moved) == 0 {
		return fmt.Errorf("the holiday table of %d moved no deadline", y.year)
	}
	for i := range moved {
		if moved[i].Line, err = y.recounted(ctx, moved[i].Case); err != nil {
			return err
		}
	}
	y.told.Moved = moved
	return y.settle(ctx)
}

// recounted waits for the entry that counts a case's deadlines anew.
func (y *yearDriver) recounted(ctx context.Context, id string) (Line, error) {
	for wait := 5 * time.Millisecond; ; wait = min(2*wait, 100*time.Millisecond) {
		lines, err := y.ledger(ctx, id)
		if err != nil {
			return Line{}, err
		}
		for _, l := range lines {
			if l.Move == "recalendar" {
				return l, nil
			}
		}
		if err := pause(ctx, wait); err != nil {
			return Line{}, fmt.Errorf("case %s: its deadlines are not counted anew: %w", id, err)
		}
	}
}
