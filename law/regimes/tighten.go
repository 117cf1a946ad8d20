package regimes

import (
	"maps"
	"slices"
	"strings"

	"duban/law/calendar"
	"duban/law/casefile"
)

// loosens reports where a regulation that extends another is looser than it. It may shorten the
// authority's own terms, narrow what an officer may set, ask more of an act, and refuse complaints
// for fewer reasons (tourism measures 17). What higher law gives a party is not its to change.
func (c *composition) loosens(above *composition) {
	d := c.main
	own := loosening{composition: c, above: above}
	for _, name := range slices.Sorted(maps.Keys(d.Terms)) {
		own.term(name, d.Terms[name])
	}
	for _, name := range slices.Sorted(maps.Keys(d.Bounds)) {
		own.bound(name, d.Bounds[name])
	}
	for _, name := range slices.Sorted(maps.Keys(d.Moves)) {
		own.move(name, d.Moves[name])
	}
	for _, name := range slices.Sorted(maps.Keys(d.Grounds)) {
		own.grounds(name, d.Grounds[name])
	}
	for _, code := range slices.Sorted(maps.Keys(d.Violations)) {
		own.violation(code, d.Violations[code])
	}
	for _, what := range slices.Sorted(maps.Keys(d.Routes)) {
		own.route(what, d.Routes[what])
	}
	own.publication(d.Publication)
	for _, k := range slices.Sorted(maps.Keys(d.Retention)) {
		own.retention(k, d.Retention[k])
	}
	for name, given := range map[string]bool{
		"kinds": len(d.Kinds) > 0, "standsOn": len(d.StandsOn) > 0, "bodies": len(d.Bodies) > 0, "surcharge": d.Surcharge != nil,
		"hearing": d.Hearing != nil, "joint": d.Joint != nil, "places": len(d.Places) > 0, "cards": len(d.Cards) > 0, "duties": len(d.Duties) > 0, "ranks": len(d.Ranks) > 0, "instruments": len(d.Instruments) > 0, "domain": d.Domain != "",
	} {
		if given {
			d.source.reportKey([]string{name}, "%s is inherited from %s and can't be changed", name, d.Extends)
		}
	}
}

// loosening is one regulation held against the one that it extends.
type loosening struct {
	*composition
	above *composition
}

func (l loosening) report(path []string, format string, args ...any) {
	l.main.source.report(path, format, args...)
}

func (l loosening) term(name string, t Term) {
	before, given := l.above.regime.Terms[name]
	if !given || !t.on(l.day) {
		return // a duty that nobody had
	}
	path := []string{"terms", name}
	if t.Before != before.Before {
		l.main.source.reportKey(path, "%s is counted from the other side of its event", before.Cite)
	}
	if !before.Cap.IsZero() && (t.Cap.IsZero() || !noLonger(t.Cap, before.Cap)) {
		l.main.source.reportKey(path, "%s gives the term at most %s with its extensions: it may have less, not more", before.Cite, before.Cap)
	}
	if classOf(name) != casefile.OwnDuty {
		if t.Term != before.Term || t.Roll != before.Roll || t.From != before.From {
			l.report(child(path, "term"), "%s is no term of the authority's own: it stays at %s", name, before.Term)
		}
		return
	}
	if !noLonger(t.Term, before.Term) {
		l.report(child(path, "term"), "%s is longer than the %s of %s, or can't be shown to be as short: the authority's own terms may only be shortened", t.Term, before.Term, before.Cite)
	}
	if t.Roll && !before.Roll {
		l.report(child(path, "roll"), "a last day that moves on makes the term of %s longer", before.Cite)
	}
	if t.From != "" && before.From == "" {
		l.report(child(path, "from"), "the term of %s runs from receipt, which is earlier", before.Cite)
	}
}

// classOf is the class of the deadline that a term is for; empty where only code looks it up.
func classOf(name string) casefile.DeadlineClass {
	_, deadline, _ := strings.Cut(name, ".")
	for _, d := range casefile.Deadlines() {
		if d.Name == deadline {
			return d.Class
		}
	}
	return ""
}

// noLonger tells whether a term can never end later than another that begins with it. Working days
// compare with working days only: how many natural ones they take, a holiday notice decides.
func noLonger(a, b calendar.Term) bool {
	if a.Unit == b.Unit {
		return a.N <= b.N
	}
	most := map[calendar.Unit]int{calendar.NaturalDays: 1, calendar.Months: 31, calendar.Years: 366}
	least := map[calendar.Unit]int{calendar.NaturalDays: 1, calendar.WorkingDays: 1, calendar.Months: 28, calendar.Years: 365}
	return most[a.Unit] > 0 && a.N*most[a.Unit] <= b.N*least[b.Unit]
}

func (l loosening) bound(name string, b Bound) {
	before, given := l.above.regime.Bounds[name]
	if !given || !b.on(l.day) {
		return
	}
	if b.Min < before.Min {
		l.report([]string{"bounds", name, "min"}, "%d is less than the %d of %s: bounds may only grow narrower", b.Min, before.Min, before.Cite)
	}
	if b.Max > before.Max {
		l.report([]string{"bounds", name, "max"}, "%d is more than the %d of %s: bounds may only grow narrower", b.Max, before.Max, before.Cite)
	}
}

func (l loosening) move(name string, m Move) {
	before, given := l.above.regime.Moves[name]
	if !given || !m.on(l.day) {
		return
	}
	path := []string{"moves", name}
	if from := l.above.from["moves "+name]; m.Closed && !before.Closed && from != nil && from.ID != l.main.Extends && from.ID != "house" {
		l.report(child(path, "closed"), "%s opens %s, and a regulation below it can't close it", before.Cite, name)
	}
	if before.Closed && !m.Closed {
		l.main.source.reportKey(path, "%s closes %s, and this opens it again", before.Cite, name)
	}
	for _, field := range before.Needs {
		if !slices.Contains(m.Needs, field) {
			l.main.source.reportKey(path, "%s asks for %q, and this no longer does", before.Cite, field)
		}
	}
	for _, cite := range before.Remedies {
		if !slices.Contains(m.Remedies, cite) {
			l.main.source.reportKey(path, "%s tells of %s, and this no longer does", before.Cite, cite)
		}
	}
}

func (l loosening) grounds(name string, list []Ground) {
	before := l.above.regime.Grounds[name]
	if kindOf(name) != casefile.Complaint && len(before) > 0 {
		l.main.source.reportKey([]string{"grounds", name}, "the grounds of %s are those of the law: they can't be changed", name)
		return
	}
	for i, g := range list {
		path := []string{"grounds", name, itoa(i)}
		at := slices.IndexFunc(before, func(b casefile.Ground) bool { return b.Code == g.Code })
		switch {
		case !g.on(l.day):
		case at < 0:
			l.report(child(path, "code"), "%q is a further ground for %s: there may only be fewer", g.Code, name)
		case before[at].Within != g.Within && (g.Within.N == 0 || before[at].Within.N == 0 || !noLonger(before[at].Within, g.Within)):
			l.report(path, "the ground %q bars a complaint after %s by %s: it may not bar one sooner", g.Code, before[at].Within, before[at].Cite)
		case before[at].Dispute != "" && before[at].Dispute != g.Dispute:
			l.report(path, "the ground %q is for disputes of the kind %s by %s: it may not reach further", g.Code, before[at].Dispute, before[at].Cite)
		}
	}
}

// route: which ways are open to a party is for law to say (reconsideration 23).
func (l loosening) route(what string, r Route) {
	if before := l.above.regime.Route(what); r.on(l.day) && r.Open != before.Open {
		by := before.Cite
		if by == "" {
			by = l.main.Extends
		}
		l.report([]string{"routes", what, "open"}, "%s leaves against %s the way %q: a regulation below it neither opens nor closes one", by, what, before.Open)
	}
}

func (l loosening) violation(code string, v Violation) {
	if !v.on(l.day) {
		return
	}
	path := []string{"violations", code}
	before, given := l.above.regime.Violations[code]
	if !given {
		l.main.source.reportKey(path, "%s has no such violation, and a document of this rank can't make one (penalties-2021:16)", l.main.Extends)
		return
	}
	now := v.composed(code)
	for _, wider := range []struct {
		is    bool
		field string
		what  words
	}{
		{now.Cite != before.Cite, "cite", words{"处罚依据的条款不同", "the penalty rests on another clause"}},
		{now.Sequence != before.Sequence, "sequence", words{"处罚程序不同", "the way to the sanction is another"}},
		{now.Warning && !before.Warning, "warning", words{"没有警告可用", "a warning is not available"}},
		{now.FineMin < before.FineMin, "fineMin", words{"罚款下限更低", "the least fine is lower"}},
		{now.FineMax > before.FineMax, "fineMax", words{"罚款上限更高", "the greatest fine is higher"}},
		{now.Multiple != before.Multiple && (now.Multiple.From != before.Multiple.From || now.Multiple.Min < before.Multiple.Min || now.Multiple.Max > before.Multiple.Max), "multiple", words{"倍数幅度更宽", "the multiple is wider"}},
		{before.HarmNeeded && !now.HarmNeeded, "harmNeeded", words{"不再要求造成损害", "harm is no longer needed"}},
		{before.OtherLaw != "" && now.OtherLaw != before.OtherLaw, "otherLaw", words{"不再要求排除适用其他规定", "the other rule is no longer ruled out"}},
		{slices.ContainsFunc(now.Also, func(m casefile.Measure) bool {
			return !slices.ContainsFunc(before.Also, func(b casefile.Measure) bool { return within(m, b) })
		}), "also", words{"增加或者放宽了处罚种类", "a measure is added or wider"}},
		{slices.ContainsFunc(before.Also, func(b casefile.Measure) bool {
			return b.Must && !slices.ContainsFunc(now.Also, func(m casefile.Measure) bool { return m.What == b.What && m.Must })
		}), "also", words{"条款规定并处的改为可以裁量", "a measure that the clause always imposes is left to choice"}},
		{now.Persons.FineMax > before.Persons.FineMax || len(now.Persons.Also) > len(before.Persons.Also), "persons", words{"对个人的处罚更重", "more may fall on persons"}},
		{!slices.Equal(now.AppliesTo, before.AppliesTo), "appliesTo", words{"适用的经营者不同", "the operators are others"}},
	} {
		if wider.is {
			l.report(child(path, wider.field), "%s, unlike %s: bounds may only grow narrower and requirements more", wider.what, before.Cite)
		}
	}
}

// within tells whether a measure is one that the regulation above allows, and goes no further.
func within(m, above casefile.Measure) bool {
	shorter := func(a, b calendar.Term) bool { return b.IsZero() || !a.IsZero() && noLonger(a, b) }
	return m.What == above.What && (m.Grave || !above.Grave) && shorter(m.Max, above.Max) &&
		(above.Min.IsZero() || !m.Min.IsZero() && noLonger(above.Min, m.Min))
}
