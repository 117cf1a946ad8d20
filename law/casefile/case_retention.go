package casefile

import (
	"slices"

	"duban/law/calendar"
)

// Retention is for how long the file of a kind of case is kept after its end (archives 21).
type Retention struct {
	Years      int // zero where it is permanent
	Permanent  bool
	Cite       string
	Unverified bool
}

// Kept is how long the file of a closed case is kept, counted from the last thing that became of it.
type Kept struct {
	From       calendar.Day `json:"from"`
	Until      calendar.Day `json:"until,omitzero"` // the last day; zero where it is permanent
	Permanent  bool         `json:"permanent,omitempty"`
	Cite       string       `json:"cite"`
	Unverified bool         `json:"unverified,omitempty"`
}

// keep counts the file's time: from the move that closed the case, and anew from each that adds to
// it afterwards. An open case has no end of its time yet, nor has one of whose acts a contest is
// open, or of which money is to come back or a payment is in doubt, or which was ordered to do something.
func (t *making) keep() {
	rule, given := t.law.Regime.Retention[t.c.Kind]
	if t.m.Class == Installation || t.e.None != "" && t.e.None != sameSlip {
		return // adds nothing to the file
	}
	t.c.Kept = nil
	if !given || !t.c.Closed() {
		return
	}
	for _, k := range t.c.Contests {
		if k.EndedOn.IsZero() {
			return
		}
	}
	if t.c.checking() || slices.ContainsFunc(t.c.Fines, Fine.refunding) || slices.ContainsFunc(t.c.Duties, func(d PerformDuty) bool { return d.Done == 0 }) {
		return
	}
	from := t.today()
	if t.m.Class == Lapse {
		from = t.m.Effective // the last day itself: the lapse is entered at its end
	}
	k := Kept{From: from, Permanent: rule.Permanent, Cite: rule.Cite, Unverified: rule.Unverified}
	if !k.Permanent {
		k.Until = k.From.AddMonths(12 * rule.Years)
	}
	t.c.Kept = &k
}
