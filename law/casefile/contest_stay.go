package casefile

import (
	"slices"
	"time"

	"duban/law/calendar"
)

// stay is the only thing that stops a contested order's term (reconsideration 42, litigation 56).
func stay(t *making) {
	k := t.contest(t.m.Body.Route)
	if k == nil {
		return
	}
	if k.Route == "court" {
		t.cite("litigation-2017:56")
	}
	if !k.Stay {
		k.Stay, k.StayedOn = true, t.day()
	}
	t.hold(k.Act, t.day())
}

// hold has what runs by an act of ours stand still after that day. What is left of it runs on when
// the last stay has ended.
func (t *making) hold(act int, day calendar.Day) {
	names := t.c.stayable(act)
	if len(names) == 0 {
		return
	}
	still := slices.Clone(t.c.Stayed)
	for _, d := range t.c.Deadlines {
		if slices.Contains(names, clock(d.Name)) {
			still = append(still, d.stop(day.AddDays(1)))
		}
	}
	t.clear("stayed", names...)
	if t.c.State == Rectifying {
		t.clear("stayed", "task")
	}
	t.c.Stayed = still
}

// holdStayed holds what runs by an act that was stayed before its service was known; a stay that has
// ended by then counts as it would have.
func (t *making) holdStayed(act int, day calendar.Day) {
	if t.c.stayed(act) {
		t.hold(act, day)
		return
	}
	names := t.c.stayable(act)
	for _, was := range slices.Clone(t.c.Deadlines) {
		if !slices.Contains(names, clock(was.Name)) {
			continue
		}
		if d := t.stood(was, act); len(d.Suspended) > len(was.Suspended) {
			t.runOn(d, calendar.Day{})
		}
	}
}

// stood is the deadline with the days on which the stays of that act had it stand still.
func (t *making) stood(d Deadline, act int) Deadline {
	for _, k := range t.c.Contests {
		if s := k.stood(d); k.Act == act && !s.To.Before(s.From) {
			d.Suspended = calendar.Join(d.Suspended, s)
		}
	}
	return d
}

// stayable are the terms that a stay of that act stops: of an order the operator's to rectify and
// ours to verify what it has reported, of a decision the suspension of business and ours to take
// the licence in.
func (c Case) stayable(act int) []clock {
	f := c.Enforcement
	if f == nil {
		return nil
	}
	if act == f.ordering() && c.State == Rectifying {
		return []clock{"rectification", "verification"}
	}
	var names []clock
	for _, s := range f.Sanctions {
		if s.Entry != act || s.Annulled || s.Served.IsZero() {
			continue
		}
		for _, x := range s.Also {
			if x.pending() {
				names = append(names, clockOf[x.What])
			}
		}
	}
	return names
}

// ordering is the act by which the operator puts its fault right: the order, or the warning that is
// one too (telecom 22). 0: none is in force.
func (f *EnforcementFile) ordering() int {
	for _, s := range f.Sanctions {
		if f.Sequence == WarningWithOrderThenFine && s.What == Warning && !s.Annulled {
			return s.Entry
		}
	}
	return f.Ordered
}

// stayed tells whether a stay of that act has not ended.
func (c Case) stayed(act int) bool {
	return slices.ContainsFunc(c.Contests, func(k Contest) bool { return k.Stay && k.EndedOn.IsZero() && k.Act == act })
}

// stayedAt is where the deadline of that name stands among those that stand still; -1: nowhere.
func (t *making) stayedAt(name clock) int {
	return slices.IndexFunc(t.c.Stayed, func(d Deadline) bool { return d.Name == string(name) })
}

// stop is the deadline as it stands still from that day on. One whose day was set has the natural
// days to it for its term.
func (d Deadline) stop(since calendar.Day) Deadline {
	if first := d.From.AddDays(1); since.Before(first) {
		since = first
	}
	d = d.termed(since)
	d.Day, d.Due, d.Provisional, d.Calendar, d.StayedSince = calendar.Day{}, time.Time{}, false, "", since
	return d
}

// termed gives a deadline whose day was set a term of natural days to it, from the day on which it
// was set, or else from the day before first.
func (d Deadline) termed(first calendar.Day) Deadline {
	if !d.Term.IsZero() {
		return d
	}
	if d.From.IsZero() || !d.From.Before(d.Day) {
		d.From = first.AddDays(-1)
	}
	d.Term, d.Roll = calendar.Term{N: max(d.Day.Sub(d.From), 1), Unit: calendar.NaturalDays}, false
	return d
}

// held tells whether the order's term stands still.
func (t *making) held() bool {
	f := t.c.Enforcement
	return f != nil && t.c.stayed(f.ordering())
}

// Idle is why an open case may have no armed deadline: its state says so, what runs by an act of ours
// is stayed, or a duty is overdue and was called to mind often enough. Empty: it must have one.
func (c Case) Idle() string {
	switch {
	case c.Closed():
		return "closed"
	case slices.ContainsFunc(c.Contests, func(k Contest) bool { return c.stayed(k.Act) && len(c.stayable(k.Act)) > 0 }):
		return "stayed"
	case len(c.Overdue) > 0:
		return "overdue"
	}
	return tableOf(c.Kind)[c.State].idle
}

// release lets what stood still run on from the end of the last stay, if the act stands. Where
// nothing is left of an order's term, two officers look whether it was obeyed.
func (t *making) release(k *Contest) {
	names := t.c.stayable(k.Act)
	if !k.Stay || len(names) == 0 {
		return
	}
	order := t.c.State == Rectifying
	if order {
		t.adopt()
	}
	if t.c.stayed(k.Act) {
		return
	}
	end := k.EndedOn
	for _, x := range t.c.Contests {
		if x.Stay && x.Act == k.Act && x.EndedOn.After(end) {
			end = x.EndedOn
		}
	}
	still := t.c.Stayed
	runs := slices.ContainsFunc(t.c.Deadlines, func(d Deadline) bool { return slices.Contains(names, clock(d.Name)) }) // stayed by an entry that left it running
	t.c.Stayed = nil
	for _, d := range still {
		if !slices.Contains(names, clock(d.Name)) {
			t.c.Stayed = append(t.c.Stayed, d)
			continue
		}
		d = t.stood(d, k.Act)
		d.StayedSince = calendar.Day{}
		over := end
		if !order {
			over = calendar.Day{} // a suspension whose days are over ends by its lapse
		}
		if !t.runOn(d, over) {
			continue
		}
		runs = true
		switch {
		case d.Class == PartyTerm:
			t.notice("term-runs-on", "operator").Due = t.lastArmed()
		case d.is("licence-withdrawal"):
			t.notice("task", "officer").Due = t.lastArmed()
		}
	}
	switch {
	case runs:
	case order:
		t.arm("verification", end)
	case slices.Contains(names, "licence-withdrawal"): // it was overdue when the stay came
		t.arm("licence-withdrawal", end)
	}
}

// stood are the days on which the contest's stay had the deadline stand still, the day of the stay
// not among them; none if it ends before it begins.
func (k Contest) stood(d Deadline) calendar.Span {
	s := calendar.Span{From: k.StayedOn.AddDays(1), To: k.EndedOn}
	if k.Stay && k.StayedOn.IsZero() {
		s.From = d.StayedSince // stayed by an entry that did not note the day
	}
	if first := d.From.AddDays(1); s.From.Before(first) {
		s.From = first
	}
	if !k.Stay {
		s.To = calendar.Day{}
	}
	return s
}

// runOn arms a deadline anew with what has happened to it, if it isn't over by that day.
func (t *making) runOn(d Deadline, over calendar.Day) bool {
	if err := d.Count().Check(); err != nil {
		t.fail("deadline %s: %w", d.Key(), err)
		return false
	}
	d.ArmedBy = t.seq()
	if d = d.counted(t.law.Calendar); !d.Day.After(over) {
		return false
	}
	t.put(d)
	return true
}

// adopt takes up what entries made before deadlines could stand still have kept with the contest:
// the day on which the term stopped, and the last day that it then had.
func (t *making) adopt() {
	_, runs := t.armed("rectification")
	if runs || len(t.c.Stayed) > 0 || slices.ContainsFunc(t.c.Lapses, func(l Lapsed) bool { return l.is("rectification") }) {
		return
	}
	for i := len(t.c.Contests) - 1; i >= 0; i-- {
		k := &t.c.Contests[i]
		if k.Act != t.enforcement().Ordered || k.Held.IsZero() {
			continue
		}
		rule := t.law.Regime.Terms["enforcement.rectification"]
		if left := k.Held.Sub(k.HeldOn); left > 0 {
			t.c.Stayed = []Deadline{{
				Name: string(clock("rectification")), Class: PartyTerm, ArmedBy: t.seq(), From: k.HeldOn,
				Term: calendar.Term{N: left, Unit: calendar.NaturalDays}, Roll: rule.Roll, Cite: rule.Cite, Unverified: rule.Unverified,
				StayedSince: k.HeldOn.AddDays(1),
			}}
		}
		k.Held, k.HeldOn = calendar.Day{}, calendar.Day{}
		return
	}
}
