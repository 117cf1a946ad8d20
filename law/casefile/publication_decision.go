package casefile

import (
	"slices"

	"duban/law/calendar"
)

// The publication of penalty decisions (penalties 48), and its end.

var publicitySpecs = []Spec{
	{Class: Act, Name: "publish", Title: Text{"公开处罚决定", "publish the decision"}, Roles: officers, Takes: []string{"contested", "text"}, Anyone: true},
	{Class: Act, Name: "withhold", Title: Text{"不公开处罚决定", "withhold the decision"}, Roles: head, Needs: []string{"reasons"}, Takes: []string{"contested"}, Own: true},
	{Class: Act, Name: "withdraw-publication", Title: Text{"撤回公开并说明理由", "withdraw the publication"}, Roles: officers, Needs: []string{"reasons"}, Takes: []string{"contested"}, Anyone: true, Readers: theWithdrawal},
}

// publicityCells are open in every state: a decision is published, and taken down, after the end of
// its case too.
var publicityCells = cells{
	"publish":              stays(publishDecision),
	"withhold":             stays(withholdDecision),
	"withdraw-publication": stays(withdrawPublication),
}

// whats are the sanctions that the decision of that entry imposed, the principal one first, less
// what was lifted.
func (f *EnforcementFile) whats(entry int) (all []string) {
	for _, s := range f.Sanctions {
		if s.Entry != entry {
			continue
		}
		if x := s.imposes(s.What); !s.Lifted && (x == nil || !x.Lifted) {
			all = append(all, s.What)
		}
		for _, x := range s.Also {
			if !x.Lifted && x.What != s.What {
				all = append(all, x.What)
			}
		}
	}
	return all
}

// toPublish is the decision that the act is about: the one that it names, else the newest in force.
func (t *making) toPublish() (Sanction, bool) {
	f := t.enforcement()
	for _, s := range slices.Backward(f.Sanctions) {
		if !s.Annulled && (t.m.Body.Contested == 0 || t.m.Body.Contested == s.Entry) {
			return s, true
		}
	}
	t.refuseField(fieldIf(f.live("") != nil, "contested"), "no-such-act", t.basis(), "没有该编号的有效处罚决定。", "no decision in force was made by that entry")
	return Sanction{}, false
}

// publishDecision makes a decision known that was served and is in force. After a change it is
// published anew, with the note of how.
func publishDecision(t *making) {
	s, ok := t.toPublish()
	if !ok {
		return
	}
	f := t.enforcement()
	whats := f.whats(s.Entry)
	rule, known := t.law.Regime.Publication(PenaltyDecision, whats)
	p, note := t.publicity(s.Entry), ""
	switch {
	case !t.mayPublish(rule, known):
	case s.Served.IsZero():
		t.refuseField(t.several(), "not-served", "penalties-2021:61", "处罚决定尚未送达。", "the decision has not been served")
	case p != nil && p.State == "published" && p.Changed != "":
		t.refuseField(t.several(), "withdraw-first", rule.Withdraw.Cite, "原公开的信息已变更，须先撤回。", "what was published has changed: withdraw it first")
	case p != nil && p.State != "withdrawn":
		t.refuseField(t.several(), "published-already", t.basis(), "该决定是否公开已经决定。", "it is decided already whether the decision is published")
	}
	if t.stopped() {
		return
	}
	if p != nil {
		note = p.Changed
	}
	v := t.law.Regime.Violations[f.Violation]
	face := Publicity{
		Of: s.Entry, What: PenaltyDecision, Violation: f.Violation, Title: v.Title, Clause: v.Cite, Sanctions: whats,
		DecidedOn: t.madeOn(s.Entry), Note: note,
	}
	if fine := t.fineOf(s.Entry); fine != nil && !fine.Annulled { // it may have fallen alone
		face.Amount = fine.Amount
	}
	if t.published(face, rule) {
		t.clearOf("met", "publish", s.Entry)
	}
}

func withholdDecision(t *making) {
	s, ok := t.toPublish()
	if !ok {
		return
	}
	whats := t.enforcement().whats(s.Entry)
	rule, known := t.law.Regime.Publication(PenaltyDecision, whats)
	p := t.publicity(s.Entry)
	if !t.mayWithhold(rule, known) {
		return
	}
	if p != nil && (p.State == "withheld" || p.State == "published") {
		t.refuseField(t.several(), "published-already", t.basis(), "该决定是否公开已经决定。", "it is decided already whether the decision is published")
		return
	}
	if p == nil {
		p = &Publicity{Of: s.Entry, What: PenaltyDecision, Sanctions: whats, DecidedOn: t.madeOn(s.Entry)}
	}
	p.State = "withheld" // also after it was taken down: it is not published anew
	t.putPublicity(*p)
	t.clearOf("met", "publish", s.Entry)
}

// withdrawPublication takes down what was changed or annulled; and, for an operator that has done
// all that was imposed, what has been shown for its shortest term. Where the decision still stands
// as changed, the time to publish it anew begins.
func withdrawPublication(t *making) {
	var p *Publicity
	shown := 0
	for i := range t.c.Public {
		x := &t.c.Public[i]
		if x.Shown(t.today()) {
			shown++
		}
		if !x.Shown(t.today()) || t.m.Body.Contested != 0 && x.Of != t.m.Body.Contested {
			continue
		}
		if p == nil || p.Changed == "" || x.Changed != "" { // what must be taken down goes first
			p = x
		}
	}
	done := t.c.Closed() && p != nil && !p.Least.IsZero() && t.today().After(p.Least)
	switch {
	case p == nil:
		t.refuseField(fieldIf(shown > 0, "contested"), "not-published", t.basis(), "没有正在公示的处罚决定。", "no decision of the case is being shown")
		return
	case p.Changed == "" && !done:
		t.refuseField(fieldIf(shown > 1, "contested"), "still-to-be-shown", t.basis(), "决定未变更；最短公示期届满且义务履行完毕后方可撤下。", "the decision stands: it is taken down early only after its shortest term, when all is performed")
		return
	}
	p.State, p.WithdrawnOn = "withdrawn", t.today()
	t.clearOf("met", "withdraw-publication", p.Of)
	if p.Changed == "" || p.Changed == "confirmed-unlawful" || !t.enforcement().stands(p.Of) {
		return // nothing new to publish; what is unlawful may be, with its note
	}
	if rule, known := t.law.Regime.Publication(p.What, t.enforcement().whats(p.Of)); known {
		t.armPublish(rule, t.today(), p.Of)
	}
}

// toBePublished begins the time to publish a decision of ours.
func (t *making) toBePublished(decided calendar.Day, entry int) {
	if rule, known := t.law.Regime.Publication(PenaltyDecision, t.enforcement().whats(entry)); known {
		t.armPublish(rule, decided, entry)
	}
}
