package plans

import (
	"cmp"
	"slices"
	"strconv"

	"duban/law/calendar"
)

// Occurrence is one check that a plan has made.
type Occurrence struct {
	Operator string
	Day      calendar.Day // a working day, if officers come
	Slot     string       // names it within the plan, whatever calendar and operators become
}

// Occurrences are the checks of a plan on the days from to to, both included, by day. operators
// are those whom it checks, in the order of their turns. Visits are spread evenly over the year
// and take place on the next working day; a self-check is due every day. A visit that falls into
// a pause is dropped; one enterprise gets at most Cap of them, and one on a day.
//
// The slot of a visit is its number in the plan, so that neither a new holiday table nor another
// list of operators makes it happen twice.
func Occurrences(p Plan, operators []string, c *calendar.Calendar, from, to calendar.Day) []Occurrence {
	if len(operators) == 0 {
		return nil
	}
	if p.Cadence == Daily {
		return p.selfChecks(operators, from, to)
	}
	var out []Occurrence
	seen := map[Occurrence]bool{}
	for n, nominal := range p.nominal() {
		if n >= p.Cap*len(operators) {
			break // everybody has had their turns
		}
		day := p.working(nominal, c)
		once := Occurrence{Operator: operators[n%len(operators)], Day: day}
		if day.Before(p.From) || p.Paused(day) || seen[once] {
			continue
		}
		seen[once] = true
		if !day.Before(from) && !day.After(to) {
			once.Slot = strconv.Itoa(n + 1)
			out = append(out, once)
		}
	}
	slices.SortStableFunc(out, func(a, b Occurrence) int { return a.Day.Compare(b.Day) })
	return out
}

func (p Plan) selfChecks(operators []string, from, to calendar.Day) []Occurrence {
	var out []Occurrence
	if from.Before(p.From) {
		from = p.From
	}
	if to.After(p.Last()) {
		to = p.Last()
	}
	for d := from; !d.After(to); d = d.AddDays(1) {
		if p.Paused(d) {
			continue
		}
		for _, o := range operators {
			out = append(out, Occurrence{Operator: o, Day: d, Slot: d.String() + "/" + o})
		}
	}
	return out
}

// quota is a quota and the day from which it holds.
type quota struct {
	from calendar.Day
	n    int
}

// quotas are those of the plan, by day. One that is decided later supersedes those that would
// have begun on its day or after it.
func (p Plan) quotas() []quota {
	all := []quota{{p.From, p.Quota}}
	for _, c := range p.Changes {
		if c.Name == Quota {
			all = slices.DeleteFunc(all, func(q quota) bool { return !q.from.Before(c.From) })
			all = append(all, quota{c.From, c.Quota})
		}
	}
	slices.SortFunc(all, func(a, b quota) int { return cmp.Or(a.from.Compare(b.from), a.n-b.n) })
	return all
}

// nominal are the natural days of all visits, in their order. What a quota leaves to be done is
// spread over the days from its first to the year's last.
func (p Plan) nominal() []calendar.Day {
	var out []calendar.Day
	all := p.quotas()
	for i, q := range all {
		until := p.Last()
		if i+1 < len(all) {
			until = all[i+1].from.AddDays(-1)
		}
		days, rest := p.Last().Sub(q.from)+1, q.n-len(out)
		for k := range max(rest, 0) {
			d := q.from.AddDays((2*k + 1) * days / (2 * rest)) // the middle of its share
			if d.After(until) {
				break
			}
			out = append(out, d)
		}
	}
	return out
}

// working is the first working day from d on, or the last one before it at the year's end.
func (p Plan) working(d calendar.Day, c *calendar.Calendar) calendar.Day {
	for next := d; !next.After(p.Last()); next = next.AddDays(1) {
		if c.Working(next) {
			return next
		}
	}
	for !c.Working(d) {
		d = d.AddDays(-1)
	}
	return d
}

// LookBack is how many days before those it has done with a plan is looked at again: a new
// holiday table may have moved a visit over a run of rest days that long.
const LookBack = 31

// Due are the checks to be seen to on a day: since is the last day that was seen to, zero for
// none. Those of the days before may be among them once more. through is the day that is seen to
// after them. A visit is opened on its day; a self-check is looked for when its day is over.
func Due(p Plan, operators []string, c *calendar.Calendar, since, today calendar.Day) (due []Occurrence, through calendar.Day) {
	through, from := today, p.From
	if !since.IsZero() {
		from = since.AddDays(1 - LookBack)
	}
	if p.Cadence == Daily {
		through = today.AddDays(-1)
		if !since.IsZero() {
			from = since.AddDays(1)
		}
	}
	return Occurrences(p, operators, c, from, through), through
}

// Wake is the day at whose beginning the plan must be looked at again, after it was seen to on
// today; zero when its year is over. It does not ask who is checked: operators may come.
func Wake(p Plan, c *calendar.Calendar, today calendar.Day) calendar.Day {
	if today.After(p.Last()) {
		return calendar.Day{}
	}
	anybody := []string{""}
	if p.Cadence == Daily {
		for d := later(today, p.From); !d.After(p.Last()); d = d.AddDays(1) {
			if !p.Paused(d) {
				return d.AddDays(1)
			}
		}
		return p.Last().AddDays(1)
	}
	p.Cap = maxQuota // of this one enterprise, which stands for all
	if next := Occurrences(p, anybody, c, today.AddDays(1), p.Last()); len(next) > 0 {
		return next[0].Day
	}
	return p.Last().AddDays(1)
}

func later(a, b calendar.Day) calendar.Day {
	if a.After(b) {
		return a
	}
	return b
}
