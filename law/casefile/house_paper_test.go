package casefile_test

import (
	"reflect"
	"slices"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
)

// A new holiday table moves the deadlines that reach it, and the day from which the surcharge counts.
func TestNewHolidayTable(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 1000)
	table := calendar.Table{Year: 2026, Announced: true, Notice: []string{"https://www.gov.cn/x"}, Off: []calendar.Holiday{{Name: "x", From: day("2026-03-27"), To: day("2026-03-29")}}}
	mended, err := calendar.New(calendar.Shanghai(), table)
	if err != nil {
		t.Fatal(err)
	}
	before := *h.cases[id]
	o, _, err := casefile.Decide(before, casefile.Move{Class: casefile.Installation, Name: "recalendar", Ref: "x", At: h.now, By: casefile.Actor{Sender: "house"}},
		casefile.Law{Regime: law().Regime, Calendar: mended})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, before, casefile.Move{Class: casefile.Installation, At: h.now}, o)
	d, _ := o.Case.Deadline("payment")
	if d.Day != day("2026-03-30") || d.Calendar != mended.Hash() || o.Case.Fines[0].Due != d.Day {
		t.Errorf("payment due %s, surcharge from %s", d.Day, o.Case.Fines[0].Due)
	}
	moved := 0
	for _, was := range before.Deadlines {
		is := was
		for _, d := range o.Case.Deadlines {
			if d.Name == was.Name && d.Of == was.Of {
				is = d
			}
		}
		if was.Stale(mended) {
			moved++
		} else if !reflect.DeepEqual(is, was) {
			t.Errorf("%s did not move, but is entered anew", was.Name)
		}
	}
	if moved == 0 || len(o.Entry.Armed) != moved || len(o.Entry.Cleared) != moved {
		t.Errorf("armed %d, cleared %d of %d that moved", len(o.Entry.Armed), len(o.Entry.Cleared), moved)
	}
	if !slices.Equal(o.Entry.Tables, table.Notice) {
		t.Errorf("by the notices %v", o.Entry.Tables)
	}
}

func TestRepin(t *testing.T) {
	h := open(t, "2026-02-02")
	id := complaint(h, "other")
	h.enter(id, casefile.Move{Class: casefile.Installation, Name: "repin", Ref: "x", At: h.now, By: casefile.Actor{Sender: "house"}, Body: casefile.Body{Regime: "abc"}})
	if got := h.cases[id].Regime; got != "abc" {
		t.Errorf("pinned to %q", got)
	}
}

// A re-inspection was imported before what it follows: the link comes later, in the place of the
// one that it had.
func TestRelink(t *testing.T) {
	h := open(t, "2026-02-02")
	yes := true
	id := h.file(casefile.Inspection, here, "officer", casefile.Body{Operator: carrier, Imported: &yes, Cause: "re-inspection", Case: "before"})
	h.enter(id, casefile.Move{Class: casefile.Installation, Name: "relink", Ref: "x", At: h.now, By: casefile.Actor{Sender: "house"}, Body: casefile.Body{Case: "between"}})
	if got := h.cases[id].Links; len(got) != 1 || got[0] != (casefile.Link{Case: "between", Kind: casefile.Inspection, As: "source"}) {
		t.Errorf("links %+v", got)
	}
}

// The seam between a lapse and an act of the same name: the passing of `accept` accepts nothing.
func TestLapseIsNoAct(t *testing.T) {
	h := open(t, "2026-02-02")
	id := complaint(h, "fee")
	h.until("2026-02-10")
	e := h.last(id)
	if e.Class != casefile.Lapse || e.Move != "accept" {
		t.Fatalf("%+v", e)
	}
	h.state(id, casefile.Received)
	told := map[string]bool{}
	for _, n := range e.Notices {
		told[n.To] = true
	}
	if !told["superior"] || !told["head"] { // nobody is assigned, so the head stands in for the officer
		t.Errorf("told %v", told)
	}
	for _, on := range []string{"2026-02-13", "2026-02-26", "2026-03-03"} { // three working days each, over the festival
		h.until(on)
		if last := h.last(id); last.Move != "reminder" && last.Move != "accept" {
			t.Fatalf("%s: %s", on, last.Move)
		}
	}
	h.act(id, "assign", li, casefile.Body{Officer: "li"})
	if e := h.act(id, "accept", li, casefile.Body{}); len(e.Late) != 1 || e.Late[0] != "accept" {
		t.Errorf("late %v", e.Late)
	}
	h.notDue(id, "reminder")
}
