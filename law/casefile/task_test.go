package casefile

import (
	"testing"
	"time"

	"duban/law/calendar"
)

// Every clock that is no own duty says who must keep it, and none is said that there is not.
func TestWhoOwesEachClock(t *testing.T) {
	for name, spec := range deadlines {
		if _, said := owed[name]; said == (spec.class == OwnDuty) && name != "reminder" {
			t.Errorf("%s is a %s; who owes it is said: %t", name, spec.class, said)
		}
	}
	for name := range owed {
		if _, known := deadlines[name]; !known {
			t.Errorf("%s is no deadline", name)
		}
	}
}

func TestTasks(t *testing.T) {
	place := calendar.Shanghai()
	day := func(n int) calendar.Day { return calendar.DayOf(time.Date(2026, 3, n, 12, 0, 0, 0, place), place) }
	armed := func(name string, n int) Deadline {
		return Deadline{Name: name, Class: deadlines[clock(name)].class, ArmedBy: n, Day: day(n), Due: day(n).End(place)}
	}
	heard := &EnforcementFile{Noticed: &Intended{Served: day(1)}, Defended: true}
	for name, x := range map[string]struct {
		c                Case
		turn             string
		house, operators Task
	}{
		"its own duty comes before a party's term": {
			Case{Kind: Complaint, State: Forwarded, Deadlines: []Deadline{armed("reply", 3), armed("answer", 9)}},
			WhoOperator,
			Task{Who: WhoOfficer, Name: "answer", Due: day(9).End(place)},
			Task{Who: WhoOperator, Name: "reply", Due: day(3).End(place)},
		},
		"the term is over": {
			Case{Kind: Complaint, State: Forwarded, Deadlines: []Deadline{armed("task", 8), armed("answer", 9)}, Lapses: []Lapsed{{Name: "reply", Day: day(3), To: Forwarded}}},
			WhoOfficer,
			Task{Who: WhoOfficer, Name: "task", Due: day(8).End(place)},
			Task{Who: WhoOperator, Name: "reply", Due: day(3).End(place), Overdue: true},
		},
		"overdue comes first, by the day that it had": {
			Case{Kind: Complaint, State: Received, Overdue: []string{"accept"}, Lapses: []Lapsed{{Name: "accept", Day: day(2), To: Received}}, Deadlines: []Deadline{armed("reminder", 4), armed("answer", 9)}},
			WhoOfficer,
			Task{Who: WhoOfficer, Name: "accept", Due: day(2).End(place), Overdue: true},
			Task{},
		},
		"a state without a clock": {
			Case{Kind: Inspection, State: Planned}, WhoHead, Task{Who: WhoHead}, Task{},
		},
		"for the head": {
			Case{Kind: Enforcement, State: Reviewed, Deadlines: []Deadline{armed("decision", 5)}},
			WhoHead,
			Task{Who: WhoHead, Name: "decision", Due: day(5).End(place)},
			Task{},
		},
		"for the reviewer": {
			Case{Kind: Enforcement, State: Defending, Enforcement: heard, Deadlines: []Deadline{armed("task", 5)}},
			WhoReviewer,
			Task{Who: WhoReviewer, Name: "task", Due: day(5).End(place)},
			Task{Who: WhoOperator},
		},
		"not heard yet": {
			Case{Kind: Enforcement, State: Defending, Enforcement: heard, Deadlines: []Deadline{armed("defence", 5), armed("decision", 9)}},
			WhoOperator,
			Task{Who: WhoOfficer, Name: "decision", Due: day(9).End(place)},
			Task{Who: WhoOperator, Name: "defence", Due: day(5).End(place)},
		},
		"a right is no task": {
			Case{Kind: Enforcement, State: EnforcementClosed, Deadlines: []Deadline{armed("reconsideration-window", 5)}}, "nobody", Task{}, Task{},
		},
		"a duty outlives the case": {
			Case{Kind: Enforcement, State: EnforcementClosed, Deadlines: []Deadline{armed("publish", 5)}},
			"nobody",
			Task{Who: WhoOfficer, Name: "publish", Due: day(5).End(place)},
			Task{},
		},
		"unpaid": {
			Case{Kind: Enforcement, State: Unpaid, Lapses: []Lapsed{{Name: "payment", Day: day(2), To: Unpaid}}},
			WhoOperator,
			Task{},
			Task{Who: WhoOperator, Name: "payment", Due: day(2).End(place), Overdue: true},
		},
	} {
		if got := x.c.MustAct(); got != x.turn {
			t.Errorf("%s: it is the turn of %q, want %q", name, got, x.turn)
		}
		if got := x.c.AuthorityTask(place); got != x.house {
			t.Errorf("%s: the installation has %+v, want %+v", name, got, x.house)
		}
		if got := x.c.OperatorTask(place); got != x.operators {
			t.Errorf("%s: the operator has %+v, want %+v", name, got, x.operators)
		}
	}
}
