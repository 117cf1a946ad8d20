package casefile

import (
	"slices"

	"duban/law/calendar"
)

// From the service of a decision to the end of what it imposes beside money, or to its annulment.

// carryOut starts the clocks of the measures of a decision that was just served. Of one that is
// stayed nobody is told to do anything.
func (t *making) carryOut(s *Sanction, day calendar.Day) {
	tell := !t.c.stayed(s.Entry)
	for _, x := range s.Also {
		switch {
		case x.Lifted:
		case x.What == Suspension:
			t.armTerm("suspension", x.Term, day)
			if tell {
				t.notice("suspension-begun", "operator").Due = t.lastArmed()
			}
		case x.What == LicenceRevocation: // in effect with service; the licence is still to be taken in
			t.arm("licence-withdrawal", day)
			if tell {
				t.notice("task", "officer").Due = t.lastArmed()
			}
		}
	}
}

// pending tells whether a measure in force is still to be carried out.
func (f *EnforcementFile) pending() bool {
	return slices.ContainsFunc(f.Sanctions, func(s Sanction) bool {
		return !s.Annulled && !s.Served.IsZero() && slices.ContainsFunc(s.Also, Imposed.pending)
	})
}

func (x Imposed) pending() bool {
	return !x.Lifted && (x.What == Suspension && x.Over.IsZero() || x.What == LicenceRevocation && x.Done == 0)
}

// suspensionOver: the term has passed by itself; whether the business is in order again two
// officers verify.
func (t *making) suspensionOver(d Deadline) {
	f := t.enforcement()
	for i := range f.Sanctions {
		if x := f.Sanctions[i].imposes(Suspension); x != nil && !f.Sanctions[i].Annulled && x.pending() {
			x.Over = d.Day
		}
	}
}

// withdrawLicence notes that a revoked licence was taken in or cancelled.
func withdrawLicence(t *making) {
	f := t.enforcement()
	for i := range f.Sanctions {
		s := &f.Sanctions[i]
		if x := s.imposes(LicenceRevocation); x != nil && !s.Annulled && !s.Served.IsZero() && x.pending() {
			if t.c.stayed(s.Entry) {
				t.refuse("stayed", t.basis(), "处罚决定已停止执行，不能收缴许可证。", "the decision is stayed: the licence can't be taken in")
				return
			}
			x.Done = t.seq()
			t.clear("met", "licence-withdrawal")
			t.notice("licence-withdrawn", "operator")
			t.settle()
			return
		}
	}
	t.refuse("no-licence-revoked", t.basis(), "没有待收缴的被吊销许可证。", "no revoked licence is still to be withdrawn")
}

// lift takes one kind out of a decision that otherwise stands. False: it was not imposed.
func (t *making) lift(s *Sanction, what string) (lifted bool) {
	if what == s.What && (what == FineKind || what == Warning) && !s.Lifted {
		s.Lifted, lifted = true, true
	}
	if x := s.imposes(what); x != nil && !x.Lifted {
		x.Lifted, lifted = true, true
		t.undo(*x)
	}
	for i := range t.c.Fines {
		if m := &t.c.Fines[i]; m.Decision == s.Entry && m.kind() == what && !m.Annulled {
			m.Annulled = true
			t.refundExcess(m)
		}
	}
	return lifted
}

// undo ends what a measure has begun. A licence that was taken in goes back.
func (t *making) undo(x Imposed) {
	if name := clockOf[x.What]; name != "" {
		t.clear("moot", name)
	}
	if x.What == LicenceRevocation && x.Done != 0 {
		t.note("licence-to-return")
		t.notice("licence-to-return", "officer")
		t.notice("licence-to-return", "head")
	}
}

// vary changes a decision as a reconsideration body, a court or a settlement has: from the
// beginning, so that the surcharge is computed anew and a suspension counts from its service. False:
// nothing of it was changed.
func (t *making) vary(entry int) bool {
	b, f := t.m.Body, t.c.Enforcement
	if f == nil {
		return false
	}
	i := slices.IndexFunc(f.Sanctions, func(s Sanction) bool { return s.Entry == entry && !s.Annulled })
	if i < 0 {
		return false // what is annulled can't be varied
	}
	s := &f.Sanctions[i]
	changed := false
	for _, what := range b.Lifted {
		changed = t.lift(s, what) || changed
	}
	for n := range t.c.Fines {
		m := &t.c.Fines[n]
		now := b.Amount
		if m.kind() == Confiscation {
			now = b.Confiscated
		}
		if m.Decision != entry || m.Annulled || now <= 0 {
			continue
		}
		changed = changed || m.Amount != now
		m.Amount = now
		if x := s.imposes(m.kind()); x != nil {
			x.Amount = now
		}
		if b.Outcome == OutcomeVaried && t.m.Name == "appeal-outcome" {
			m.CollectedBy = b.Body // reconsideration 78
		}
		t.refundExcess(m)
	}
	if x := s.imposes(Suspension); x != nil && x.pending() && b.Suspension.Check() == nil && !b.Suspension.IsZero() {
		changed = changed || x.Term != b.Suspension
		x.Term = b.Suspension
		if i := t.stayedAt("suspension"); i >= 0 {
			d := &t.c.Stayed[i] // the case is this move's own copy
			if d.Term = x.Term; !(TermRule{Cap: d.Cap}).holds(d.Term) {
				d.Cap = calendar.Term{}
			}
		} else {
			t.suspend(s, x.Term)
		}
	}
	return t.inPlaceOfRevocation(s) || changed
}

// inPlaceOfRevocation: an outcome that takes the revocation of the licence away and names a term has
// the business suspended instead, where the text of the case knows suspensions. False: it does not.
func (t *making) inPlaceOfRevocation(s *Sanction) bool {
	term := t.m.Body.Suspension
	revoked := s.imposes(LicenceRevocation)
	_, known := t.law.Regime.Terms["enforcement.suspension"]
	if revoked == nil || !revoked.Lifted || s.imposes(Suspension) != nil || term.IsZero() || term.Check() != nil || !known {
		return false
	}
	s.Also = append(s.Also, Imposed{What: Suspension, Term: term})
	t.suspend(s, term)
	return true
}

// suspend counts what an outcome has made of a suspension from the service of the decision, less
// the days of its stays.
func (t *making) suspend(s *Sanction, term calendar.Term) {
	if !s.Served.IsZero() {
		t.armTerm("suspension", term, s.Served)
		t.holdStayed(s.Entry, t.day())
	}
}

// emptied tells whether nothing is left of the decision of that entry.
func (f *EnforcementFile) emptied(entry int) bool {
	return slices.ContainsFunc(f.Sanctions, func(s Sanction) bool {
		return s.Entry == entry && !s.Annulled && (s.Lifted || s.What != Warning && s.What != FineKind) &&
			(s.What != Warning || f.Sequence != WarningWithOrderThenFine) && // its order stands
			!slices.ContainsFunc(s.Also, func(x Imposed) bool { return !x.Lifted })
	})
}
