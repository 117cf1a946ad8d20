package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"duban/calendar"
	"duban/regimes"
	"duban/register"
	"duban/standalone/demo"
)

// loadTable makes a holiday table hold, as `duban calendar load` does, and tells of the deadlines
// whose day it moves.
func loadTable(r *register.Register) func(context.Context, calendar.Table) ([]demo.Moved, error) {
	return func(ctx context.Context, t calendar.Table) ([]demo.Moved, error) {
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
		var moved []demo.Moved
		err = r.Shifts(ctx, days, func(s register.Shift) error {
			if s.Was.Day != s.Is.Day {
				moved = append(moved, demo.Moved{Case: s.Case, Number: s.Number, Deadline: s.Was.Name, Was: s.Was.Day, Is: s.Is.Day})
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

// yearSummary prints what the plans came to, and what was special about the year.
func yearSummary(out io.Writer, y demo.Year) {
	fmt.Fprintf(out, "%-18s %-14s %7s %7s %7s %7s %7s\n", "plan", "authority", "planned", "opened", "capped", "filed", "missed")
	for _, p := range y.Plans {
		fmt.Fprintf(out, "%-18s %-14s %7d %7d %7d %7d %7d\n", p.Name, p.Authority, p.Planned, p.Opened, p.Capped, p.Filed, p.Missed)
	}
	for _, a := range y.Alerts {
		fmt.Fprintf(out, "alert to %s: no self-check of %s on %s\n", a.Authority, a.Operator, a.Day)
	}
	fmt.Fprintf(out, "draw %s\n  committed to %s; repeated from its publication: the same\n  %s\n", y.Draw.Hash, y.Draw.Commitment, strings.Join(y.Draw.Visits, "; "))
	for _, r := range y.Refusals {
		fmt.Fprintf(out, "refused: %s %s, %s (%s): %s\n", r.On.Format(time.DateOnly), r.Do, r.Code, r.Clause, r.Story)
	}
	for _, m := range y.Moved {
		fmt.Fprintf(out, "holiday table: %s %s moved from %s to %s\n  %s\n", m.Number, m.Deadline, m.Was, m.Is, ledgerLine(m.Line))
	}
	fmt.Fprintln(out)
}

// yearTold tells whether the plans came to what they should.
func yearTold(y demo.Year) bool {
	missed := 0
	for _, p := range y.Plans {
		missed += p.Missed
		if p.Opened+p.Capped+p.Filed+p.Missed != p.Planned {
			return false
		}
	}
	return missed == len(y.Alerts) && !slices.ContainsFunc(y.Moved, func(m demo.Moved) bool { return m.Line.Seq == 0 })
}
