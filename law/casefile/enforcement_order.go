package casefile

import (
	"fmt"
	"slices"

	"duban/law/calendar"
)

func openCase(t *making) {
	b := t.m.Body
	f := t.enforcement()
	f.Violation, f.Requirement, f.PeriodFrom, f.PeriodTo = b.Violation, b.Requirement, b.PeriodFrom, b.PeriodTo
	v, known := t.law.Regime.Violations[b.Violation]
	if known {
		f.Sequence = v.Sequence
		t.cite(v.Cite)
	} // else: taken all the same, for an officer to drop or hand over
	if b.Operator != "" {
		t.c.Operator = b.Operator
	}
	if b.Case != "" {
		t.link(b.Case, sourceKind(b), "source")
	}
	if b.Finding == "settled" {
		f.Mitigating = append(f.Mitigating, b.Finding)
	}
	t.arm("establish", t.today())
}

// openEnforcement opens an enforcement case from a complaint in any state, closed ones included
// (penalties 54). One violation act has one case: a further complaint joins it (penalties 29).
func openEnforcement(t *making) {
	b := t.m.Body
	if t.c.Operator == "" {
		t.refuse("operator-unknown", t.basis(), "本案未指明经营者，不能立册。", "the case names no operator")
		return
	}
	if _, ok := t.law.Regime.Violations[b.Violation]; !ok {
		t.refusal = t.law.Regime.unknownViolation(t.basis())
		return
	}
	if !t.concerns(t.law.Regime.Violations[b.Violation]) {
		return
	}
	if no := b.BadPeriod(t.today()); no != nil {
		no.Cite = t.basis()
		t.refusal = no
		return
	}
	settled := ""
	if t.c.Complaint != nil && isTrue(t.c.Complaint.Agreed) {
		settled = "settled" // a mitigating fact there (lifecycles §3)
	}
	if t.m.SameAct != "" {
		t.cite("penalties-2021:29")
		t.link(t.m.SameAct, Enforcement, "enforcement")
		t.send(Send{Case: t.m.SameAct, Paper: "joined", Body: Body{Case: t.c.ID, Source: t.source(), Finding: settled}})
		return
	}
	id := linkedID(t.c.ID, t.seq(), 0)
	t.link(id, Enforcement, "enforcement")
	t.send(Send{
		Case: id, Paper: "filing",
		Body: Body{Violation: b.Violation, Requirement: b.Requirement, PeriodFrom: b.PeriodFrom, PeriodTo: b.PeriodTo, Operator: t.c.Operator, Case: t.c.ID, Source: t.source(), Finding: settled},
		New:  &NewCase{ID: id, Kind: Enforcement, Authority: t.c.Authority, Operator: t.c.Operator},
	})
}

// concerns refuses a violation that only operators of other types can commit.
func (t *making) concerns(v Violation) bool {
	if v.applies(t.m.Types) {
		return true
	}
	t.refuseField(fieldIf(t.m.Name == "open-enforcement", "violation"), "operator-type", v.Cite, "该违法行为的规定不适用于此类经营者。", "the clause of that violation is for operators of another type")
	return false
}

// source is the kind of the case that opens another one, where it is no complaint: entries made
// before inspections could do so name none.
func (t *making) source() Kind {
	if t.c.Kind == Complaint {
		return ""
	}
	return t.c.Kind
}

func sourceKind(b Body) Kind {
	if b.Source == "" {
		return Complaint
	}
	return b.Source
}

// MaxViolationDays bounds the period of one violation act, so that its days can stand in a
// unique key of the register.
const MaxViolationDays = 366

// BadPeriod says why the period of a violation act can't be; nil: it can.
func (b Body) BadPeriod(today calendar.Day) *Refusal {
	if !b.PeriodTo.Before(b.PeriodFrom) && b.PeriodTo.Sub(b.PeriodFrom) <= MaxViolationDays && !b.PeriodTo.After(today) {
		return nil
	}
	return &Refusal{Code: "bad-period", Field: "periodTo", Reason: Text{
		Zh: "违法期间无效：须先起后止，不超过一年，且不晚于今日。", En: "the period must run forward, at most a year, and not past today",
	}}
}

func joinComplaint(t *making) {
	f, b := t.enforcement(), t.m.Body
	if slices.Contains(f.Joined, b.Case) {
		t.none("known-already")
		return
	}
	f.Joined = append(f.Joined, b.Case)
	t.link(b.Case, sourceKind(b), "source")
	if b.Finding == "settled" {
		mitigate(t)
	}
}

// mitigate: mediation is civil and penalising ex officio, so a settlement only weighs (penalties 54).
func mitigate(t *making) {
	if t.m.Body.Finding != "settled" {
		t.none("supervision-goes-on") // a withdrawal ends the complaint only
		return
	}
	t.enforcement().Mitigating = append(t.enforcement().Mitigating, t.m.Body.Finding)
}

func establish(t *making) {
	f := t.enforcement()
	v, ok := t.violation()
	if !ok || !t.team() {
		return
	}
	f.Sequence = v.Sequence
	f.Breach, f.Harm, f.Established = isTrue(t.m.Body.Breach), isTrue(t.m.Body.Harm), true
	f.Income = max(0, t.m.Body.Income)
	t.clear("met", "establish")
	t.arm("order", t.day())
}

// order: refused unless both conditions of telecom 21 are on record.
func order(t *making) {
	f := t.enforcement()
	v, ok := t.violation()
	if !ok {
		return
	}
	if !t.concerns(v) {
		return
	}
	if f.Sequence != OrderThenSanction {
		t.refuse("wrong-sequence", v.Cite, "该违法行为不适用先责令整改后处罚的程序。", "this violation does not follow the way of an order first")
		return
	}
	if !f.Breach || v.HarmNeeded && !f.Harm {
		t.refuse("conditions-missing", v.Cite, "须同时认定违反服务标准和损害用户权益，方可发出限期整改书。", "both must be on record: a requirement of a standard was breached, and a right of users was harmed")
		return
	}
	if !t.inBound("rectification", t.m.Body.Term) {
		return
	}
	f.Term, f.Ordered, f.Rectified, f.Extended, f.Asked = t.m.Body.Term, t.seq(), nil, false, false
	t.clear("met", "order", "redo")
	t.arm("service", t.day())
	t.notice("rectification-order", "operator").Cite = v.Cite
	t.contestable("order", calendar.Day{})
}

// inBound checks a term that an officer set against the regime's bound, in days.
func (t *making) inBound(name clock, term calendar.Term) bool {
	field := "term"
	if name == "suspension" {
		field = string(name)
	}
	if term.Check() != nil {
		t.refuseField(field, "term-out-of-bounds", t.basis(), "期限无效。", "that is no term")
		return false
	}
	if rule, _ := t.term(name); !rule.holds(term) {
		t.refuseField(field, "term-out-of-bounds", rule.Cite, "所定期限须与本办法规定的上限采用同一单位，且不超过"+rule.Cap.In("zh")+"。",
			"the term must be counted as its cap in the regime is, and be at most "+rule.Cap.In("en"))
		return false
	}
	bound, ok := t.law.Regime.Bounds[string(t.c.Kind)+"."+string(name)]
	if !ok {
		return true
	}
	from := t.day()
	days := int64(t.law.Calendar.Due(from, term, false).Day.Sub(from))
	if days < bound.Min || days > bound.Max {
		t.refuseField(field, "term-out-of-bounds", bound.Cite, fmt.Sprintf("所定期限须为%d日至%d日。", bound.Min, bound.Max), fmt.Sprintf("the term must be between %d and %d days", bound.Min, bound.Max))
		return false
	}
	return true
}

// setTerm arms a deadline by the act's own term within bounds, or by the regime's.
func (t *making) setTerm(name clock) {
	term := t.m.Body.Term
	if term.IsZero() {
		t.arm(name, t.day())
		return
	}
	if t.inBound(name, term) {
		t.armTerm(name, term, t.day())
	}
}

func serveOrder(t *making) {
	if day, ok := t.served("rectification-order", t.madeOn(t.enforcement().Ordered)); ok {
		t.orderServed(day)
	}
}

func announcedOrder(t *making) { t.orderServed(t.m.Effective) }

func (t *making) orderServed(day calendar.Day) {
	f := t.enforcement()
	t.to(Rectifying)
	t.armTerm("rectification", f.Term, day)
	t.knownOn(f.Ordered, day)
	t.holdStayed(f.Ordered, day)
}

// rectificationReport asks for a verification. The term runs on: a failure can only be found
// when it is over.
func rectificationReport(t *making) {
	t.setAside("rectification", t.day())
	t.clear("moot", "task")
	t.arm("verification", t.today())
	t.notice("task", "officer").Due = t.lastArmed()
}

// reportAfterVerification: one that was in time sets the lapse aside; officers may verify again.
func reportAfterVerification(t *making) {
	t.setAside("rectification", t.day())
	t.notice("rectification-report", "officer")
	t.notice("rectification-report", "head")
}

func askExtension(t *making) {
	t.enforcement().Asked = true
	t.arm("extension", t.today())
	t.notice("task", "officer").Due = t.lastArmed()
}

func grantExtension(t *making) {
	f := t.enforcement()
	if !f.Asked {
		t.refuse("nothing-asked", t.basis(), "没有待答复的延期申请。", "no application for more time waits for an answer")
		return
	}
	if !t.inBound("rectification", t.m.Body.Term) {
		return
	}
	f.Asked, f.Extended = false, true
	t.clear("met", "extension")
	t.adopt()
	t.clear("moot", "task", "verification")
	if !t.extend("rectification", t.m.Body.Term) && !t.stopped() {
		t.armTerm("rectification", t.m.Body.Term, t.day()) // it was over
		t.holdStayed(f.ordering(), t.day())
	}
	t.notice("extension-granted", "operator").Due = t.lastArmed()
}

func refuseExtension(t *making) {
	f := t.enforcement()
	if !f.Asked {
		t.refuse("nothing-asked", t.basis(), "没有待答复的延期申请。", "no application for more time waits for an answer")
		return
	}
	f.Asked = false
	t.clear("met", "extension")
	t.notice("extension-refused", "operator")
}

// verifyOrder: failure to rectify is a fact that two officers establish, no timer. Before the term
// is over only its fulfilment can be found; a look that finds none leaves the term running.
func verifyOrder(t *making) {
	f := t.enforcement()
	done := isTrue(t.m.Body.Rectified)
	if t.e.From == NotRectified && slices.ContainsFunc(t.c.Lapses, func(l Lapsed) bool { return l.is("rectification") }) {
		t.refuse("verified-already", t.basis(), "已复查认定逾期未改，由负责人决定是否立案。", "the failure is found, and no report in time has set the lapse aside: the head decides on filing")
		return
	}
	if !t.team() {
		return
	}
	if !done && t.held() {
		t.refuseField("rectified", "stayed", t.basis(), "整改书已停止执行，不能认定逾期未改。", "the order is stayed, so a failure can't be found")
		return
	}
	_, running := t.armed("rectification")
	if _, reported := t.armed("verification"); !done && running && !reported && !t.late("verification") {
		t.refuseField("rectified", "term-still-running", t.basis(), "整改期限尚未届满，不能认定逾期未改。", "the term to rectify is not over, so a failure can't be found yet")
		return
	}
	f.Rectified = t.m.Body.Rectified
	t.clear("met", "verification")
	t.clear("moot", "task")
	if !done && running {
		t.notice("not-yet-rectified", "operator")
		return
	}
	t.clear("moot", "rectification", "extension")
	f.Asked = false
	switch {
	case !done:
		t.to(NotRectified)
		if _, armed := t.armed("filing"); !armed && t.e.From != NotRectified {
			t.arm("filing", t.day())
		}
		t.notice("not-rectified", "head")
		return
	case f.live("") == nil:
		t.to(Rectified)
	default:
		t.to(EnforcementClosed) // a warning with order (telecom 22), now obeyed
	}
	t.notice("rectification-confirmed", "operator")
	t.clearAll("moot")
}

// drop ends a case whose facts are not made out, before it was ever filed. It can't end one in
// which a sanction stands: that fault is still to be corrected (penalties 28).
func drop(t *making) {
	if t.enforcement().live("") != nil {
		t.refuse("sanction-in-force", t.basis(), "本案已有生效的处罚，须复查改正后结案。", "a sanction of this case is in force: it closes when the fault is verified as corrected")
		return
	}
	t.clearAll("moot")
	t.notice("no-violation-found", "operator")
}
