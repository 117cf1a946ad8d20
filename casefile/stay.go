package casefile

import (
	"slices"
	"time"

	"duban/calendar"
)

// stay is the only thing that stops a contested order's term (reconsideration 42, litigation 56).
func stay(t *turn) {
	k := t.contest(t.m.Body.Route)
	if k == nil {
		return
	}
	if !k.Stay {
		k.Stay, k.StayedOn = true, t.day()
	}
	if f := t.c.Enforcement; f != nil && k.Act == f.Ordered && t.c.State == Rectifying {
		t.hold(t.day())
	}
}

// hold has what runs on the order stand still after that day: the operator's term, and ours to verify
// what it has reported. What is left of them runs on when the last stay has ended.
func (t *turn) hold(day calendar.Day) {
	var still []Deadline
	for _, d := range t.c.Deadlines {
		if d.Name == "rectification" || d.Name == "verification" {
			still = append(still, d.stop(day.AddDays(1)))
		}
	}
	still = append(t.c.Still, still...)
	t.clear("stayed", "rectification", "verification", "task")
	t.c.Still = still
}

// stop is the deadline as it stands still from that day on. One whose day was set has the natural
// days to it for its term.
func (d Deadline) stop(since calendar.Day) Deadline {
	if first := d.From.AddDays(1); since.Before(first) {
		since = first
	}
	d = d.termed(since)
	d.Day, d.Due, d.Provisional, d.Calendar, d.Still = calendar.Day{}, time.Time{}, false, "", since
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
func (t *turn) held() bool {
	f := t.c.Enforcement
	return f != nil && slices.ContainsFunc(t.c.Contests, func(k Contest) bool {
		return k.Stay && k.EndedOn.IsZero() && k.Act == f.Ordered
	})
}

// Idle is why an open case may have no armed deadline: its state says so, its order is stayed, or a
// duty is overdue and was called to mind often enough. Empty: it must have one.
func (c Case) Idle() string {
	t := turn{c: c}
	switch {
	case c.Closed():
		return "closed"
	case c.State == Rectifying && t.held():
		return "stayed"
	case len(c.Overdue) > 0:
		return "overdue"
	}
	return tableOf(c.Kind)[c.State].idle
}

// release lets what stood still run on from the end of the last stay, if the order stands. Where
// nothing is left, two officers look whether it was obeyed.
func (t *turn) release(k *Contest) {
	if !k.Stay || t.c.State != Rectifying || t.enforcement().Ordered != k.Act {
		return
	}
	t.adopt()
	if t.held() {
		return
	}
	end := k.EndedOn
	for _, x := range t.c.Contests {
		if x.Stay && x.Act == k.Act && x.EndedOn.After(end) {
			end = x.EndedOn
		}
	}
	still, runs := t.c.Still, false
	t.c.Still = nil
	for _, d := range still {
		for _, x := range t.c.Contests {
			if s := x.stood(d); x.Act == k.Act && !s.To.Before(s.From) {
				d.Suspended = calendar.Join(d.Suspended, s)
			}
		}
		d.Still = calendar.Day{}
		if !t.runOn(d, end) {
			continue
		}
		runs = true
		if d.Name == "rectification" {
			t.notice("term-runs-on", "operator").Due = t.lastArmed()
		}
	}
	if !runs {
		t.arm("verification", end)
	}
}

// stood are the days on which the contest's stay had the deadline stand still, the day of the stay
// not among them; none if it ends before it begins.
func (k Contest) stood(d Deadline) calendar.Span {
	s := calendar.Span{From: k.StayedOn.AddDays(1), To: k.EndedOn}
	if k.Stay && k.StayedOn.IsZero() {
		s.From = d.Still // stayed by an entry that did not note the day
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
func (t *turn) runOn(d Deadline, over calendar.Day) bool {
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
func (t *turn) adopt() {
	_, runs := t.c.Deadline("rectification")
	if runs || len(t.c.Still) > 0 || slices.ContainsFunc(t.c.Lapses, func(l Lapsed) bool { return l.Name == "rectification" }) {
		return
	}
	for i := len(t.c.Contests) - 1; i >= 0; i-- {
		k := &t.c.Contests[i]
		if k.Act != t.enforcement().Ordered || k.Held.IsZero() {
			continue
		}
		rule := t.law.Regime.Terms["enforcement.rectification"]
		if left := k.Held.Sub(k.HeldOn); left > 0 {
			t.c.Still = []Deadline{{
				Name: "rectification", Class: PartyTerm, ArmedBy: t.seq(), From: k.HeldOn,
				Term: calendar.Term{N: left, Unit: calendar.NaturalDays}, Roll: rule.Roll, Cite: rule.Cite, Unverified: rule.Unverified,
				Still: k.HeldOn.AddDays(1),
			}}
		}
		k.Held, k.HeldOn = calendar.Day{}, calendar.Day{}
		return
	}
}
