package casefile

import "slices"

// house enters a paper whose sender is the house: a new calendar, or a mended regime.
func (t *turn) house() {
	switch t.m.Name {
	case "recalendar":
		t.cite("house:calendar")
		t.recompute(func(d Deadline) bool { return d.Calendar != t.law.Calendar.Hash() })
	case "repin":
		t.cite("house:repin")
		t.c.Regime = t.m.Body.Regime
	default:
		t.fail("no house paper %s", t.m.Name)
	}
}

// recompute sets the chosen deadlines anew from the day they were counted from, so that none
// fires by an old table (architecture §6). A day set by an officer or another body stays.
func (t *turn) recompute(stale func(Deadline) bool) {
	for _, d := range slices.Clone(t.c.Deadlines) {
		if !stale(d) {
			continue
		}
		t.clearIf("recomputed", func(x Deadline) bool { return x.Key() == d.Key() })
		d.ArmedBy, d.Calendar = t.seq(), t.law.Calendar.Hash()
		if d.Term.N > 0 {
			due := t.law.Calendar.Due(d.From, d.Term, d.Roll)
			for i := range t.c.Fines {
				if f := &t.c.Fines[i]; d.Name == "payment" && f.Due == d.Day && !f.Annulled {
					f.Due = due.Day // the surcharge counts from the same day
				}
			}
			d.Day, d.Due, d.Provisional = due.Day, due.Due, due.Provisional
		}
		t.put(d)
	}
}
