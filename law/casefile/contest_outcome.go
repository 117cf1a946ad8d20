package casefile

import "slices"

// The outcomes of reconsideration and suit (lifecycles §6), by their effect below.
const (
	OutcomeNotAccepted = "not-accepted"
	OutcomeDismissed   = "dismissed"
	OutcomeUpheld      = "upheld"
	OutcomeRejected    = "claim-rejected"
	OutcomeTerminated  = "terminated"
	OutcomeWithdrawn   = "withdrawn"
	OutcomeAbandoned   = "abandoned"
	OutcomeVaried      = "varied"
	OutcomeRevoked     = "revoked"
	OutcomePartly      = "partly-revoked" // amount: what is left of a fine
	OutcomeVoid        = "void"
	OutcomeRedo        = "revoked-redo"
	OutcomeUnlawful    = "confirmed-unlawful"
	OutcomePerform     = "ordered-to-perform"
	OutcomeSettled     = "settled"
)

// Outcomes lists every outcome in the order of lifecycles §6.
func Outcomes() []string {
	return []string{
		OutcomeNotAccepted, OutcomeDismissed, OutcomeUpheld, OutcomeRejected, OutcomeTerminated, OutcomeWithdrawn, OutcomeAbandoned,
		OutcomeVaried, OutcomeRevoked, OutcomePartly, OutcomeVoid, OutcomeRedo, OutcomeUnlawful, OutcomePerform, OutcomeSettled,
	}
}

func appealOutcome(t *making) { t.outcome("reconsideration") }

func judgment(t *making) { t.outcome("court") }

// outcome enters how a contest ended and what that does to the contested act, its money and the
// state. A reconsideration decision takes effect on service, a judgment when final: the paper's
// `on` is that day.
func (t *making) outcome(route string) {
	b := t.m.Body
	switch {
	case !slices.Contains(Outcomes(), b.Outcome):
		t.none("unknown-outcome")
		return
	case t.toldBefore(route):
		t.none("known-already")
		return
	}
	k := t.contest(route)
	if k == nil {
		return
	}
	act := t.made(k.Act)
	k.EndedOn, k.Outcome = b.On, b.Outcome
	t.thaw(k)
	t.closeWindows(k)
	t.effect(act)
	t.release(k)
	t.finalise(act.Entry, b.On)
	t.notice("appeal-outcome", "officer")
	t.notice("appeal-outcome", "head")
}

// toldBefore: the same outcome came by another way already; its effect is not had twice.
func (t *making) toldBefore(route string) bool {
	b := t.m.Body
	return t.openContest(b.Contested, route) == nil && slices.ContainsFunc(t.c.Contests, func(k Contest) bool {
		return k.Act == b.Contested && k.Route == route && k.Outcome == b.Outcome && k.EndedOn == b.On
	})
}

// closeWindows: a decision on the merits leaves only the suit against it (litigation 45), a final
// judgment nothing. What ended without one takes no window away that still runs.
func (t *making) closeWindows(k *Contest) {
	moot := func(names ...clock) {
		for _, name := range names {
			t.clearOf("moot", name, k.Act)
		}
	}
	if k.Route == "court" {
		moot("answer-court")
	} else {
		moot("answer-appeal", "answer-appeal-simple")
	}
	switch {
	case k.Outcome == OutcomeAbandoned || k.Outcome == OutcomeWithdrawn:
	case k.Route == "court" && (k.Outcome == OutcomeNotAccepted || k.Outcome == OutcomeDismissed || k.Outcome == OutcomeTerminated):
	case k.Route == "court":
		moot("reconsideration-window", "suit-window", "second-suit-window")
	case k.Outcome == OutcomeNotAccepted || k.Outcome == OutcomeTerminated:
		t.armSecondSuit(k)
	default:
		moot("reconsideration-window", "suit-window")
		t.armSecondSuit(k)
	}
}

// armSecondSuit opens the suit after reconsideration (litigation 45), unless its decision is final.
func (t *making) armSecondSuit(k *Contest) {
	if act := t.made(k.Act); act == nil || !t.law.Regime.Route(act.What).final() {
		t.armOf("second-suit-window", k.EndedOn, k.Act)
	}
}

func (t *making) effect(act *ContestedAct) {
	b := t.m.Body
	switch b.Outcome {
	case OutcomeVaried, OutcomeSettled, OutcomePartly:
		if b.Outcome == OutcomePartly {
			t.note("partly-annulled:" + act.What)
			t.changed(act.Entry, "partly-annulled")
		}
		if t.vary(act.Entry) && b.Outcome != OutcomePartly {
			t.changed(act.Entry, "varied")
		}
		if f := t.c.Enforcement; f != nil && f.emptied(act.Entry) {
			t.annul(act)
		}
	case OutcomeRevoked, OutcomeVoid:
		t.annul(act)
	case OutcomeRedo:
		t.annul(act)
		t.redo(act)
	case OutcomeUnlawful: // the amount stands
		t.note("confirmed-unlawful")
		t.changed(act.Entry, "confirmed-unlawful")
	case OutcomePerform:
		t.toPerform(act)
	}
	t.settle()
}

// toPerform makes what was ordered a duty with a date of its own; a complaint that was not
// accepted is taken up again.
func (t *making) toPerform(act *ContestedAct) {
	b := t.m.Body
	if b.Until.IsZero() {
		t.armOf("perform", b.On, act.Entry)
	} else {
		t.armOn("perform", b.Until, t.basis(), act.Entry)
	}
	t.c.Duties = append(t.c.Duties, PerformDuty{Entry: t.seq(), Act: act.Entry, By: t.lastArmed()})
	if act.What == "non-acceptance" && t.c.State == NotAccepted {
		t.reopen()
	}
}

// annul takes the act away: its fine is owed no more and comes back (reconsideration 72: even
// unasked), and what only rested on it falls.
func (t *making) annul(act *ContestedAct) {
	t.note("annulled:" + act.What)
	t.changed(act.Entry, "annulled")
	for i := range t.c.Fines {
		if m := &t.c.Fines[i]; m.Decision == act.Entry && !m.Annulled {
			m.Annulled = true
			t.clear("moot", "payment")
			t.refundExcess(m)
		}
	}
	if act.What == "non-acceptance" && t.c.State == NotAccepted {
		t.reopen()
	}
	if t.c.Enforcement == nil {
		return
	}
	f := t.enforcement()
	inForce := act.What == "order" && f.Ordered == act.Entry
	warned := f.Sequence == WarningWithOrderThenFine && f.stands(act.Entry)
	for _, s := range f.Sanctions {
		for _, x := range s.Also {
			if s.Entry == act.Entry && !s.Annulled && !x.Lifted {
				t.undo(x)
			}
		}
	}
	f.annul(act)
	switch {
	case inForce && slices.Contains(underOrder, t.c.State): // the way to a sanction began with it
		f.startAnew()
		f.Rectified, f.Asked = nil, false
		t.clearAll("moot")
		t.to(Established)
		t.arm("order", t.today())
	case inForce && f.live("") != nil:
		t.notice("order-annulled", "head") // the decision rests on it: to be revoked of own motion (penalties 75)
	case f.later(act.Entry):
		t.notice("warning-annulled", "head")
	case warned && slices.Contains(underOrder, t.c.State):
		t.clearAll("moot")
		t.to(EnforcementClosed)
	}
}

// later tells whether a later sanction of the case stands, such as the fine after a warning with order.
func (f *EnforcementFile) later(entry int) bool {
	return slices.ContainsFunc(f.Sanctions, func(s Sanction) bool { return s.Entry > entry && !s.Annulled })
}

// underOrder are the states that rest on an order, or on a warning with order, and on nothing since.
var underOrder = []State{OrderMade, Rectifying, NotRectified, Investigating, NoticeMade, Defending, Reviewed}

// redo sends the case back to where the annulled act was made, with the term for redoing it
// (60 days if none is set: reconsideration rules 49).
func (t *making) redo(act *ContestedAct) {
	switch act.What {
	case "non-acceptance":
		if t.c.State == Received { // annul has taken it up again
			t.armRedo()
		}
	case "order":
		if t.c.State != Established {
			return // a decision stands on it, or the fault is corrected: the head was told
		}
		t.clearAll("moot")
		t.to(Opened)
		t.armRedo()
		t.arm("establish", t.today())
	case "decision", "no-penalty":
		f := t.enforcement()
		if f.later(act.Entry) {
			return
		}
		f.startAnew()
		f.Annulled = t.sanctionOf(act.Entry)
		if f.Sequence == WarningWithOrderThenFine && f.live("") == nil {
			f.Stage = 1
		}
		if t.m.Body.Ground == "procedure" {
			f.Annulled = nil
		}
		t.clearAll("moot")
		t.to(Investigating)
		t.armRedo()
	}
}

// sanctionOf is what the decision of that entry imposed.
func (t *making) sanctionOf(entry int) *Intended {
	for _, s := range t.enforcement().Sanctions {
		if s.Entry != entry {
			continue
		}
		was := &Intended{Sanction: s.What, Also: s.Also, Returned: s.Returned}
		if fine := t.fineOf(entry); fine != nil {
			was.Amount = fine.Announced
		}
		return was
	}
	return nil
}

func (t *making) armRedo() {
	if !t.m.Body.Until.IsZero() {
		t.armOn("redo", t.m.Body.Until, t.basis(), 0)
		return
	}
	t.arm("redo", t.m.Body.On)
}
