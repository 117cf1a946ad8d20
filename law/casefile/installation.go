package casefile

import (
	"slices"

	"duban/law/calendar"
)

// installation enters a paper whose sender is the installation: a new calendar, a mended regime, or what an
// imported re-inspection follows, which was brought in after it.
func (t *making) installation() {
	switch t.m.Name {
	case "recalendar":
		t.cite("house:calendar")
		t.recompute()
	case "repin":
		t.cite("house:repin")
		t.c.Regime = t.m.Body.Regime
	case "relink":
		t.cite("house:relink")
		t.c.Links = slices.DeleteFunc(slices.Clone(t.c.Links), func(l Link) bool { return l.As == "source" })
		t.link(t.m.Body.Case, Inspection, "source")
	default:
		t.fail("no paper of the installation %s", t.m.Name)
	}
}

// recompute sets the deadlines that the calendar moves anew from the day they were counted from, so
// that none fires by an old table (architecture §6), and names the notices that say so.
func (t *making) recompute() {
	for _, was := range slices.Clone(t.c.Deadlines) {
		if !was.Stale(t.law.Calendar) {
			continue
		}
		d := was.By(t.law.Calendar)
		d.ArmedBy = t.seq()
		t.clearIf("recomputed", func(x Deadline) bool { return x.Key() == was.Key() })
		for i := range t.c.Fines {
			if f := &t.c.Fines[i]; d.is("payment") && f.Due == was.Day && !f.Annulled {
				f.Due = d.Day // the surcharge counts from the same day
			}
		}
		t.put(d)
		t.because(was, d)
	}
}

// because names the notices on which the deadline's new day rests: for working days all on the way
// to it, else those that say where the end gives way.
func (t *making) because(was, is Deadline) {
	from, to := was.Day, is.Day
	if to.Before(from) {
		from, to = to, from
	}
	if is.Term.Unit == calendar.WorkingDays {
		from = is.From
	}
	for _, address := range t.law.Calendar.Notices(from, to) {
		if !slices.Contains(t.e.Tables, address) {
			t.e.Tables = append(t.e.Tables, address)
		}
	}
}
