package casefile

import "slices"

// reminders is how often an overdue duty is called to mind before only the overdue mark stays.
const reminders = 3

// lapse enters a deadline that passed. A statutory effect has a cell in the table's lapses; an
// own duty leaves the state and tells the superior; a party's term puts a task before the officer.
func (t *making) lapse(row row) {
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
	if d.is("reminder") {
		t.remind(d)
		return
	}
	switch deadlines[clock(d.Name)].class {
	case OwnDuty:
		t.overdue(d)
		t.afterOwnDuty(d)
	case PartyTerm:
		t.taskAfter(d)
	case StatutoryEffect:
		if window(clock(d.Name)) {
			t.finalise(d.Of, d.Day)
			return // no paper sets a window aside: whether an application was in time is for the body to say
		}
		st, ok := row.lapses[d.Name]
		if !ok {
			t.fail("deadline %s has no effect in state %s", d.Name, t.c.State)
			return
		}
		t.run(st)
	}
	if !d.is("task") {
		t.c.Lapses = append(t.c.Lapses, Lapsed{
			Name: d.Name, Seq: t.seq(), Day: d.Day, From: t.e.From, To: t.c.State, Since: d.From, Term: d.Term,
			Extended: d.Extended, Cap: d.Cap, Suspended: d.Suspended,
		})
	}
}

// taskAfter puts what comes next before the officer when a party's term is over, with a clock of its own.
func (t *making) taskAfter(d Deadline) {
	next := clock("task")
	switch clock(d.Name) {
	case "defence":
		if t.hearingWaits() {
			return // the task comes when it has ended
		}
	case "rectification":
		next = "verification" // failure to rectify is for two officers to establish
	case "suspension":
		next = "verification" // whether the business is in order again, likewise
		t.suspensionOver(d)
	}
	if _, armed := t.armed(next); !armed || next == "task" {
		t.arm(next, d.Day)
	}
	n := t.notice("task", "officer")
	n.Cite, n.Due = d.Cite, t.lastArmed()
}

// afterOwnDuty opens what a statute gives the citizen when we are late; our state stays.
func (t *making) afterOwnDuty(d Deadline) {
	switch {
	case t.c.Kind == Complaint && d.is("answer"):
		t.silence(d)
	case t.c.Kind == Appeal && d.is("review-decision"):
		t.suitAfter(d.Day)
	}
}

// silence after the 30 days is an act that the complainant may contest, by reconsideration first
// (reconsideration 11, 23; telecom regulation 39).
func (t *making) silence(d Deadline) {
	for _, m := range t.c.Contestable {
		if m.What == "silence" && m.FinalOn.IsZero() {
			return // contestable since the first time
		}
	}
	t.contestable("silence", d.Day)
}

func (t *making) overdue(d Deadline) {
	if d.Of != 0 || !slices.Contains(t.c.Overdue, d.Name) {
		t.c.Overdue = append(t.c.Overdue, d.Name)
	}
	for _, to := range []reader{"superior", "officer"} {
		n := t.notice("duty-overdue", to)
		n.Cite, n.Due = d.Cite, d.Day
	}
	if d.is("preservation") { // what is held of somebody's past its term is the head's at once (penalties 56)
		n := t.notice("duty-overdue", "head")
		n.Cite, n.Due, n.Urgent = d.Cite, d.Day, true
	}
	if _, armed := t.armed("reminder"); !armed {
		t.armOf("reminder", d.Day, d.Of) // of a duty that survives closing, so does the reminder
	}
}

func (t *making) remind(d Deadline) {
	if len(t.c.Overdue) == 0 {
		return
	}
	t.notice("reminder", "officer")
	t.notice("reminder", "superior")
	if d.Times+1 >= reminders {
		return
	}
	t.armOf("reminder", d.Day, d.Of)
	t.c.Deadlines[len(t.c.Deadlines)-1].Times = d.Times + 1
	t.e.Armed[len(t.e.Armed)-1].Times = d.Times + 1
}
