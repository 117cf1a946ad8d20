package casefile

import "slices"

// reminders is how often an overdue duty is called to mind before only the overdue mark stays.
const reminders = 3

// lapse enters a deadline that passed. Only a statutory effect has a cell of its own; an own
// duty leaves the state and tells the superior; a party's term puts a task before the officer.
func (t *turn) lapse(row row) {
	i := slices.IndexFunc(t.c.Deadlines, func(d Deadline) bool { return d.Key() == t.m.Ref })
	if i < 0 {
		t.fail("no deadline %s is armed", t.m.Ref)
		return
	}
	d := t.c.Deadlines[i]
	if t.m.At.Before(d.Due) {
		t.fail("deadline %s is not due before %s", d.Key(), d.Due)
		return
	}
	t.m.Name, t.e.Move = d.Name, d.Name
	t.m.Effective, t.e.Effective = d.Day, d.Day // what follows by law follows on the last day itself
	t.clearIf("lapsed", func(x Deadline) bool { return x.Key() == d.Key() })
	t.cite(d.Cite)
	switch {
	case d.Name == "reminder":
		t.remind(d)
		return
	case deadlines[d.Name].class == OwnDuty:
		t.overdue(d)
	case deadlines[d.Name].class == PartyTerm:
		t.notice("task", "officer").Cite = d.Cite
		t.clear("moot", "task")
		t.arm("task", d.Day)
	}
	if st, ok := row.moves[d.Name]; ok {
		t.run(st)
	} else if window(d.Name) {
		windowOver(t, d)
	} else if deadlines[d.Name].class == StatutoryEffect {
		t.fail("deadline %s has no effect in state %s", d.Name, t.c.State)
		return
	}
	t.c.Lapses = append(t.c.Lapses, Lapsed{Name: d.Name, Seq: t.seq(), Day: d.Day, From: t.e.From, To: t.c.State})
}

func (t *turn) overdue(d Deadline) {
	if !slices.Contains(t.c.Overdue, d.Name) {
		t.c.Overdue = append(t.c.Overdue, d.Name)
	}
	for _, to := range []string{"superior", "officer"} {
		n := t.notice("duty-overdue", to)
		n.Cite, n.Due = d.Cite, d.Day
	}
	if _, armed := t.c.Deadline("reminder"); !armed && !t.c.Closed() {
		t.arm("reminder", d.Day)
	}
}

func (t *turn) remind(d Deadline) {
	if len(t.c.Overdue) == 0 {
		return
	}
	t.notice("reminder", "officer")
	t.notice("reminder", "superior")
	if d.Times+1 >= reminders {
		return
	}
	t.arm("reminder", d.Day)
	t.c.Deadlines[len(t.c.Deadlines)-1].Times = d.Times + 1
	t.e.Armed[len(t.e.Armed)-1].Times = d.Times + 1
}
