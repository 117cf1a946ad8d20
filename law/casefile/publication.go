package casefile

import (
	"slices"

	"duban/law/calendar"
)

// What a regime has published.
const (
	InspectionResult = "inspection-result"
	PenaltyDecision  = "penalty-decision"
)

// How a regime has it published: it must be; it may be, so an officer publishes it or the head
// withholds it; it never is.
const (
	PublishMust  = "must"
	PublishMay   = "may"
	PublishNever = "never"
)

// Publication is what a regime says on making results or decisions known. The first rule of a list
// that fits a decision counts for it.
type Publication struct {
	Of          string        // InspectionResult or PenaltyDecision
	Sanctions   []string      // only decisions that impose one of them; none: all
	How         string        // PublishMust, PublishMay or PublishNever
	Within      calendar.Term // our own duty, from the day of the decision or report; zero: no day
	Least, Most calendar.Term // how long it is shown, from that day; zero: no bound
	Withdraw    TermRule      // our own duty to take down what was changed or annulled; zero: none
	Cite        string
	Unverified  bool
}

// Publication is the rule for a result, or for a decision that imposes these sanctions, and whether
// there is one. A text that is older than the section has that of inspections among its terms.
func (r *Regime) Publication(of string, sanctions []string) (Publication, bool) {
	for _, p := range r.Publications {
		if p.Of == of && (len(p.Sanctions) == 0 || slices.ContainsFunc(sanctions, func(s string) bool { return slices.Contains(p.Sanctions, s) })) {
			return p, true
		}
	}
	if term, given := r.Terms["inspection.publish"]; of == InspectionResult && given {
		return Publication{Of: of, How: PublishMay, Within: term.Term, Cite: term.Cite, Unverified: term.Unverified}, true
	}
	return Publication{}, false
}

// Publicity is what became of the publication of a decision, or of the report of an inspection: what
// is shown, and whether it still is what stands. It names no person.
type Publicity struct {
	Of    int    `json:"of"`    // entry of the decision or of the report
	What  string `json:"what"`  // InspectionResult or PenaltyDecision
	State string `json:"state"` // published, withheld or withdrawn

	Violation string   `json:"violation,omitempty"` // of a decision: code, title and clause
	Title     Text     `json:"title,omitzero"`
	Clause    string   `json:"clause,omitempty"`
	Sanctions []string `json:"sanctions,omitempty"`
	Amount    Fen      `json:"amount,omitempty"`   // of the fine as it stands, also until what has changed is taken down
	Findings  int      `json:"findings,omitempty"` // of an inspection: how many, and how many of them are breaches
	Breaches  int      `json:"breaches,omitempty"`

	DecidedOn   calendar.Day `json:"decidedOn"`
	Entry       int          `json:"entry,omitempty"` // that published it, last
	On          calendar.Day `json:"on,omitzero"`     // day of that
	Least       calendar.Day `json:"least,omitzero"`  // it is shown to this day at least
	Until       calendar.Day `json:"until,omitzero"`  // last day on which it is shown; zero: no end
	Note        string       `json:"note,omitempty"`  // shown with it: how it was changed before it was published anew
	Changed     string       `json:"changed,omitempty"`
	WithdrawnOn calendar.Day `json:"withdrawnOn,omitzero"`
}

// Shown tells whether the public may read it on that day: what has reached its longest term is
// shown no more, of itself.
func (p Publicity) Shown(on calendar.Day) bool {
	return p.State == "published" && (p.Until.IsZero() || !on.After(p.Until))
}

// publicity finds what became of the publication of that entry; nil: nothing yet.
func (t *making) publicity(of int) *Publicity {
	for i := range t.c.Public {
		if t.c.Public[i].Of == of {
			return &t.c.Public[i]
		}
	}
	return nil
}

// armPublish begins the time in which we publish, or decide not to. Of an act, it survives closing.
func (t *making) armPublish(rule Publication, from calendar.Day, act int) {
	if rule.How != PublishNever && !rule.Within.IsZero() {
		t.armRule("publish", TermRule{Term: rule.Within, Cite: rule.Cite, Unverified: rule.Unverified}, from, act)
	}
}

// published makes it known, under the rule: p says what, the rule how long. False: refused.
func (t *making) published(p Publicity, rule Publication) bool {
	day := func(term calendar.Term) (last calendar.Day) {
		if !term.IsZero() {
			last = t.law.Calendar.Due(p.DecidedOn, term, false).Day
		}
		return last
	}
	p.State, p.Entry, p.On = "published", t.seq(), t.today()
	p.Least, p.Until = day(rule.Least), day(rule.Most)
	if !p.Shown(t.today()) {
		t.refuseField(t.several(), "shown-long-enough", rule.Cite, "公示期限已届满，不再公布。", "the longest time to show it is over")
		return false
	}
	t.putPublicity(p)
	t.cite(rule.Cite)
	return true
}

func (t *making) putPublicity(p Publicity) {
	if old := t.publicity(p.Of); old != nil {
		*old = p
		return
	}
	t.c.Public = append(t.c.Public, p)
}

// several is the field by which an act chooses among the decisions in force; empty where there is one.
func (t *making) several() string {
	n := 0
	if f := t.c.Enforcement; f != nil {
		for _, s := range f.Sanctions {
			if !s.Annulled {
				n++
			}
		}
	}
	return fieldIf(n > 1, "contested")
}

// mayPublish refuses what the rule never has published.
func (t *making) mayPublish(rule Publication, known bool) bool {
	if known && rule.How != PublishNever {
		return true
	}
	t.refuseField(t.several(), "never-published", rule.Cite, "依本案适用的规定，不予公布。", "the regime of this case has it published never")
	return false
}

// mayWithhold refuses to keep back what the rule has published.
func (t *making) mayWithhold(rule Publication, known bool) bool {
	if known && rule.How == PublishMust {
		t.refuseField(t.several(), "must-be-published", rule.Cite, "依本案适用的规定，应当公布。", "the regime of this case has it published: it can't be withheld")
		return false
	}
	return t.mayPublish(rule, known)
}

// changed: what was decided by that entry no longer stands as it was published. What is still shown
// is taken down (penalties 48); what is not published yet never is, where nothing is left of it.
func (t *making) changed(decision int, how string) {
	p := t.publicity(decision)
	if f := t.c.Enforcement; how == "annulled" && f != nil && f.stands(decision) && (p == nil || p.State == "withdrawn") {
		t.clearOf("moot", "publish", decision)
	}
	if p == nil || p.State == "withheld" {
		return
	}
	due := p.Changed != "" // to be taken down already: another change puts that day off no more
	p.Changed = how
	rule, _ := t.law.Regime.Publication(p.What, p.Sanctions)
	if due || !p.Shown(t.today()) || rule.Withdraw.Term.IsZero() {
		return
	}
	// From today: the authority can't take down what it has not heard of.
	t.armRule("withdraw-publication", rule.Withdraw, t.today(), decision)
	t.notice("withdraw-publication", "officer").Due = t.lastArmed()
}

// restate has what is shown of a decision that has changed say its fine as it stands.
func (t *making) restate() {
	for i := range t.c.Public {
		p := &t.c.Public[i]
		if p.Changed == "" || p.State != "published" || p.What != PenaltyDecision {
			continue
		}
		p.Amount = 0
		if fine := t.fineOf(p.Of); fine != nil && !fine.Annulled {
			p.Amount = fine.Amount
		}
	}
}
