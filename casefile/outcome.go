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
		OutcomeVaried, OutcomeRevoked, OutcomeVoid, OutcomeRedo, OutcomeUnlawful, OutcomePerform, OutcomeSettled,
	}
}

func appealOutcome(t *turn) { t.outcome("reconsideration") }

func judgment(t *turn) { t.outcome("court") }

// outcome enters how a contest ended and what that does to the contested act, its money and the
// state. A reconsideration decision takes effect on service, a judgment when final: the paper's
// `on` is that day.
func (t *turn) outcome(route string) {
	b := t.m.Body
	act := t.made(b.Contested)
	k := t.openContest(b.Contested, route)
	if act == nil || k == nil {
		t.none("no-such-appeal")
		return
	}
	if !slices.Contains(Outcomes(), b.Outcome) {
		t.none("unknown-outcome")
		return
	}
	k.EndedOn, k.Outcome = b.On, b.Outcome
	if b.AppealCase != "" {
		k.Case = b.AppealCase
	}
	t.thaw(k)
	if route == "reconsideration" {
		t.clearIf("moot", func(d Deadline) bool {
			return d.Of == act.Entry && (d.Name == "answer-appeal" || d.Name == "answer-appeal-simple")
		})
		if b.Outcome != OutcomeAbandoned && b.Outcome != OutcomeWithdrawn {
			t.clearIf("moot", func(d Deadline) bool { return d.Of == act.Entry && window(d.Name) })
			t.armOf("second-suit-window", b.On, act.Entry)
		}
	} else {
		t.clearIf("moot", func(d Deadline) bool { return d.Of == act.Entry })
		act.FinalOn = b.On
	}
	t.effect(act, b)
	t.notice("appeal-outcome", "officer")
	t.notice("appeal-outcome", "head")
}

func (t *turn) effect(act *ContestedAct, b Body) {
	fine := t.fineOf(act.Entry)
	switch b.Outcome {
	case OutcomeVaried, OutcomeSettled:
		if fine != nil && b.Amount > 0 {
			fine.Amount = b.Amount // counts from the beginning: the surcharge is recomputed by itself
			if b.Outcome == OutcomeVaried {
				fine.CollectedBy = b.Body
			}
			t.refundExcess(fine)
		}
	case OutcomeRevoked, OutcomeVoid:
		t.annul(act, fine)
	case OutcomeRedo:
		t.annul(act, fine)
		t.redo(act)
	case OutcomeUnlawful: // the amount stands
		t.c.Notes = append(t.c.Notes, "confirmed-unlawful")
	case OutcomePerform:
		duty := PerformDuty{Entry: t.seq(), By: b.Until}
		if b.Until.IsZero() {
			t.arm("perform", b.On)
			duty.By = t.lastArmed()
		} else {
			t.armOn("perform", b.Until, t.e.Cites[0])
		}
		t.c.Duties = append(t.c.Duties, duty)
		if t.c.Kind == Complaint && act.What == "non-acceptance" && t.c.Closed() {
			t.to(Received)
			t.startClocks()
		}
		return
	}
	t.settle()
}

// annul takes the act away: its fine is owed no more and comes back (reconsideration 72: even unasked).
func (t *turn) annul(act *ContestedAct, fine *Fine) {
	t.c.Notes = append(t.c.Notes, "annulled:"+act.What)
	if fine != nil {
		fine.Annulled = true
		t.refundExcess(fine)
	}
	if t.c.Enforcement == nil {
		return
	}
	t.enforcement().annul(act)
	if act.What == "order" && slices.Contains(underOrder, t.c.State) { // the way to a sanction began with it
		t.clearAll("moot")
		t.to(Established)
		t.arm("order", t.day())
	}
}

// underOrder are the states that rest on a rectification order and no decision yet.
var underOrder = []State{OrderMade, Rectifying, NotRectified, Investigating, NoticeMade, Defending, Reviewed}

// redo sends the case back to where the annulled act was made, with the term for redoing it
// (60 days if none is set: reconsideration rules 49).
func (t *turn) redo(act *ContestedAct) {
	switch {
	case t.c.Kind == Complaint:
		if act.What == "non-acceptance" {
			t.to(Received)
			t.startClocks()
		}
	case act.What == "order":
		t.clearAll("moot")
		t.to(Opened)
		t.armRedo()
	default:
		t.clearAll("moot")
		t.to(Investigating)
		t.enforcement().startAnew()
		t.armRedo()
	}
}

func (t *turn) armRedo() {
	if !t.m.Body.Until.IsZero() {
		t.armOn("redo", t.m.Body.Until, t.e.Cites[0])
		return
	}
	t.arm("redo", t.day())
}
