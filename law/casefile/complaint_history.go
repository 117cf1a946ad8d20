package casefile

import (
	"slices"

	"duban/law/calendar"
)

// complaintOutcomes are the ways in which a complaint may have ended elsewhere, and the state in
// which each is kept here.
var complaintOutcomes = map[string]State{
	"answered": ComplaintEnded, "not-accepted": NotAccepted, "transferred": Transferred, "withdrawn": Withdrawn,
}

// ComplaintOutcomes are the outcomes that an imported complaint may have.
func ComplaintOutcomes() []string { return slices.Clone(sortedKeys(complaintOutcomes)) }

// endedComplaint enters a complaint that was over before this installation had it: one entry, of the day
// on which it ended, with its own days, outcome and finding. It leads to nothing here: no deadline
// runs, no letter goes out, and none of its acts is one of ours that could be contested.
func (t *making) endedComplaint() {
	b, f := t.m.Body, t.complaint()
	state, known := complaintOutcomes[b.Outcome]
	if !known {
		t.fail("an imported complaint has no outcome %q", b.Outcome)
		return
	}
	t.elsewhere()
	f.Imported, f.Dispute, f.EventOn, f.AskedOperatorOn = true, b.Dispute, b.EventOn, b.AskedOperatorOn
	f.Complainants, f.Representatives = max(0, b.Complainants), max(0, b.Representatives)
	f.ReceivedOn = calendar.DayOf(t.c.Filed, t.law.Calendar.Place())
	f.CountedFrom = f.ReceivedOn
	if state == ComplaintEnded {
		f.AnsweredOn, f.Finding = t.today(), b.Finding
	}
	if b.Operator != "" {
		t.c.Operator = b.Operator
	}
	t.to(state)
}

// elsewhere marks what was carried out and ended before this installation. Where no text of ours was in
// force on its day, none is cited for it but the rule by which it comes in.
func (t *making) elsewhere() {
	if isTrue(t.m.Body.BeforeRegime) {
		t.c.BeforeRegime = true
		t.e.Cites = nil
	}
	t.cite("house:import")
}
