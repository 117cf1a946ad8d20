package casefile

import "duban/law/calendar"

// contestable notes an act that may be contested, known to its addressee on that day.
func (t *making) contestable(what string, known calendar.Day) {
	t.c.Contestable = append(t.c.Contestable, ContestedAct{Entry: t.seq(), What: what, On: t.day()})
	if !known.IsZero() {
		t.knownOn(t.seq(), known)
	}
}

// knownOn opens the windows: they count from knowing of the act, of which service is the usual
// proof (reconsideration 20, litigation 46); which there are, the regime's routes say.
func (t *making) knownOn(entry int, known calendar.Day) {
	for i := range t.c.Contestable {
		m := &t.c.Contestable[i]
		if m.Entry != entry || !m.Known.IsZero() {
			continue
		}
		m.Known = known
		route := t.law.Regime.Route(m.What)
		for _, name := range route.windows() {
			t.armOf(name, known, entry)
		}
		t.cite(route.Cite)
	}
}

// reknown counts the windows of our newest such act anew from a later, proven day of knowing.
func (t *making) reknown(what string, known calendar.Day) {
	for i := len(t.c.Contestable) - 1; i >= 0; i-- {
		m := &t.c.Contestable[i]
		if m.What != what {
			continue
		}
		if !m.FinalOn.IsZero() || !known.After(m.Known) {
			break
		}
		t.clearIf("replaced", func(d Deadline) bool { return d.Of == m.Entry && window(clock(d.Name)) })
		m.Known = calendar.Day{}
		t.knownOn(m.Entry, known)
		return
	}
	t.none("nothing-awaits-it")
}

// spent: we took the act back ourselves, so nobody needs to contest it.
func (t *making) spent(what string) {
	for i := range t.c.Contestable {
		if m := &t.c.Contestable[i]; m.What == what && m.FinalOn.IsZero() {
			m.FinalOn = t.today()
			t.clearIf("moot", func(d Deadline) bool { return d.Of == m.Entry && window(clock(d.Name)) })
		}
	}
}

// window tells the lapses of contested acts: statutory effects that change no state.
func window(name clock) bool {
	return name == "reconsideration-window" || name == "suit-window" || name == "second-suit-window"
}

// finalise: when the last window of an act is over and no contest is open, the act is final.
func (t *making) finalise(entry int, on calendar.Day) {
	for _, x := range t.c.Deadlines {
		if x.Of == entry && window(clock(x.Name)) {
			return
		}
	}
	m := t.made(entry)
	if m == nil || !m.FinalOn.IsZero() || m.Known.IsZero() {
		return
	}
	for _, k := range t.c.Contests {
		if k.Act == entry && k.EndedOn.IsZero() {
			return
		}
	}
	m.FinalOn = on
}
