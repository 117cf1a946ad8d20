package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"duban/standalone/demo"
)

// yearSummary prints what the plans came to, and what was special about the year.
func yearSummary(out io.Writer, y demo.Year) {
	fmt.Fprintf(out, "%-18s %-14s %7s %7s %7s %7s %7s  %s\n", "plan", "authority", "planned", "opened", "capped", "filed", "missed", "by the regime")
	for _, p := range y.Plans {
		fmt.Fprintf(out, "%-18s %-14s %7d %7d %7d %7d %7d  %s\n", p.Name, p.Authority, p.Planned, p.Opened, p.Capped, p.Filed, p.Missed, p.Regime)
	}
	for _, a := range y.Alerts {
		fmt.Fprintf(out, "alert to %s: no self-check of %s on %s\n", a.Authority, a.Operator, a.Day)
	}
	fmt.Fprintf(out, "draw of %s, %s\n  by the seed committed to before, %s; published, and repeated from its publication: the same\n  drawn: %s\n",
		y.Draw.Day, y.Draw.Hash, y.Draw.Commitment, strings.Join(y.Draw.Visits, "; "))
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
