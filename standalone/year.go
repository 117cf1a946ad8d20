package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"duban/law/casefile"
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
		fmt.Fprintf(out, "refused: %s %s, %s (%s): %s (%s)\n", r.On.Format(time.DateOnly), r.Do, r.Code, r.Clause, r.Why, r.Story)
	}
	for _, m := range y.Moved {
		fmt.Fprintf(out, "holiday table: %s %s moved from %s to %s\n  %s\n", m.Number, m.Deadline, m.Was, m.Is, ledgerLine(m.Line))
	}
	published(out, y.Public)
	fmt.Fprintln(out)
}

// published prints how long the public list is, and its newest penalty.
func published(out io.Writer, all []demo.Public) {
	count := map[string]int{}
	for _, p := range all {
		count[p.Kind]++
	}
	fmt.Fprintf(out, "public list, read without a key: %d penalty decisions, %d results of inspections\n", count[casefile.PenaltyDecision], count[casefile.InspectionResult])
	for _, p := range all {
		if p.Kind == casefile.PenaltyDecision {
			fmt.Fprintf(out, "  the newest penalty: %s %s, %s (%s): %s; fine %d yuan; published %s, shown until %s\n",
				p.Number, p.OperatorName, p.Title.En, p.Clause, strings.Join(p.Sanctions, ", "), p.Amount/100, p.PublishedOn, p.ShownUntil)
			return
		}
	}
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
