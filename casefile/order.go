package casefile

import (
	"duban/calendar"
)

func openCase(t *turn) {
	b := t.m.Body
	f := t.enforcement()
	f.Violation, f.Requirement, f.PeriodFrom, f.PeriodTo = b.Violation, b.Requirement, b.PeriodFrom, b.PeriodTo
	v, ok := t.violation()
	if !ok {
		return
	}
	f.Sequence = v.Sequence
	t.cite(v.Cite)
	if b.Operator != "" {
		t.c.Operator = b.Operator
	}
	if b.Case != "" {
		t.link(b.Case, Complaint, "source")
	}
	t.arm("establish", t.today())
}

// openEnforcement opens an enforcement case from a complaint in any state, closed ones included
// (penalties 54). One violation act has one case: a further complaint joins it (penalties 29).
func openEnforcement(t *turn) {
	b := t.m.Body
	if _, ok := t.law.Regime.Violations[b.Violation]; !ok {
		t.refuse("unknown-violation", t.e.Cites[0], "本办法没有该违法行为代码。", "the regime knows no violation of that code")
		return
	}
	if b.PeriodTo.Before(b.PeriodFrom) || b.PeriodTo.Sub(b.PeriodFrom) > maxViolationDays || b.PeriodTo.After(t.today()) {
		t.refuse("bad-period", t.e.Cites[0], "违法期间无效:须先起后止,不超过一年,且不晚于今日。", "the period must run forward, at most a year, and not past today")
		return
	}
	if t.m.SameAct != "" {
		t.cite("penalties-2021:29")
		t.link(t.m.SameAct, Enforcement, "enforcement")
		t.send(Send{Case: t.m.SameAct, Paper: "joined", Body: Body{Case: t.c.ID}})
		return
	}
	id := LinkedID(t.c.ID, t.seq(), 0)
	t.link(id, Enforcement, "enforcement")
	t.send(Send{
		Case: id, Paper: "filing",
		Body: Body{Violation: b.Violation, Requirement: b.Requirement, PeriodFrom: b.PeriodFrom, PeriodTo: b.PeriodTo, Operator: t.c.Operator, Case: t.c.ID},
		New:  &NewCase{ID: id, Kind: Enforcement, Authority: t.c.Authority, Operator: t.c.Operator},
	})
}

// maxViolationDays bounds the period of one violation act, so that its days can stand in a
// unique key of the register.
const maxViolationDays = 366

func joinComplaint(t *turn) {
	t.enforcement().Joined = append(t.enforcement().Joined, t.m.Body.Case)
	t.link(t.m.Body.Case, Complaint, "source")
}

// mitigate: mediation is civil and penalising ex officio, so a settlement only weighs (lifecycles §3).
func mitigate(t *turn) {
	t.enforcement().Mitigating = append(t.enforcement().Mitigating, t.m.Body.Finding)
}

func establish(t *turn) {
	f := t.enforcement()
	if f.Sequence == WarningOnly && f.Violation == "" {
		t.fail("enforcement without a violation")
		return
	}
	if !t.two() {
		return
	}
	f.Breach, f.Harm, f.Established = isTrue(t.m.Body.Breach), isTrue(t.m.Body.Harm), true
	f.Investigators = t.m.Body.Officers
	t.clear("met", "establish", "redo")
	t.arm("order", t.day())
}

// order: refused unless both conditions of telecom 21 are on record.
func order(t *turn) {
	f := t.enforcement()
	v, ok := t.violation()
	if !ok {
		return
	}
	if f.Sequence != OrderThenSanction {
		t.refuse("wrong-sequence", v.Cite, "该违法行为不适用先责令整改后处罚的程序。", "this violation does not follow the way of an order first")
		return
	}
	if !f.Breach || v.HarmNeeded && !f.Harm {
		t.refuse("conditions-missing", v.Cite, "须同时认定违反服务标准和损害用户权益,方可发出限期整改书。", "both must be on record: a requirement of a standard was breached, and a right of users was harmed")
		return
	}
	if !t.inBound("rectification", t.m.Body.Term) {
		return
	}
	f.Term, f.Ordered, f.Rectified, f.Extended = t.m.Body.Term, t.seq(), nil, false
	t.clear("met", "order", "redo")
	t.arm("service", t.day())
	t.notice("rectification-order", "operator").Cite = v.Cite
	t.contestable("order", calendar.Day{})
}

// inBound checks a term that an officer set against the regime's bound, in days.
func (t *turn) inBound(name string, term calendar.Term) bool {
	bound, ok := t.law.Regime.Bounds[string(t.c.Kind)+"."+name]
	if !ok {
		return true
	}
	from := t.day()
	days := int64(t.law.Calendar.Due(from, term, false).Day.Sub(from))
	if days < bound.Min || days > bound.Max {
		t.refuse("term-out-of-bounds", bound.Cite, "所定期限超出本办法允许的范围。", "the term is outside the bounds of the regime for it")
		return false
	}
	return true
}

// setTerm arms a deadline by the act's own term within bounds, or by the regime's.
func (t *turn) setTerm(name string) {
	term := t.m.Body.Term
	if term.IsZero() {
		t.arm(name, t.day())
		return
	}
	if t.inBound(name, term) {
		t.armTerm(name, term, t.day())
	}
}

// served reads the day of a service, by act or by postal receipt; nothing is served before it
// was made, nor tomorrow.
func (t *turn) served(document string, made int) (calendar.Day, bool) {
	b := t.m.Body
	if b.Document != document {
		if t.m.Class == Paper {
			t.none("other-document")
		} else {
			t.refuse("wrong-document", "civil-procedure-2023:87", "待送达的文书不是该文书。", "the document to be served now is another: "+document)
		}
		return calendar.Day{}, false
	}
	if b.On.After(t.today()) {
		if t.m.Class == Paper {
			t.none("day-in-future")
		} else {
			t.refuse("day-in-future", "civil-procedure-2023:87", "送达日期不能晚于今日。", "the day of service can't be later than today")
		}
		return calendar.Day{}, false
	}
	t.clear("met", "service")
	return t.effectOfService(b), true
}

// announcement is 30 days from issue (civil procedure 95).
const announcementDays = 30

func (t *turn) effectOfService(b Body) calendar.Day {
	t.cite("civil-procedure-2023:87")
	if b.Method == "announcement" {
		t.cite("civil-procedure-2023:95")
		return b.On.AddDays(announcementDays)
	}
	return b.On
}

func failedDelivery(t *turn) {
	t.clear("moot", "task")
	t.arm("task", t.today())
	t.notice("task", "officer")
}

func undeliveredDocument(t *turn) {
	t.notice("task", "officer")
	if !t.c.Closed() {
		t.clear("moot", "task")
		t.arm("task", t.today())
	}
}

func serveOrder(t *turn) {
	f := t.enforcement()
	day, ok := t.served("rectification-order", f.Ordered)
	if !ok {
		return
	}
	t.armTerm("rectification", f.Term, day)
	t.knownOn(f.Ordered, day)
}

func rectificationReport(t *turn) {
	t.setAside("rectification")
	t.clear("met", "rectification")
	t.clear("moot", "task", "verification")
	t.arm("verification", t.today())
	t.notice("task", "officer").Due = t.lastArmed()
}

func askExtension(t *turn) {
	t.enforcement().Asked = true
	t.clear("moot", "extension")
	t.arm("extension", t.today())
	t.notice("task", "officer").Due = t.lastArmed()
}

func grantExtension(t *turn) {
	f := t.enforcement()
	if !f.Asked {
		t.refuse("nothing-asked", t.e.Cites[0], "没有待答复的延期申请。", "no application for more time waits for an answer")
		return
	}
	if !t.inBound("rectification", t.m.Body.Term) {
		return
	}
	f.Asked, f.Extended = false, true
	t.clear("met", "extension")
	t.clear("extended", "rectification")
	t.clear("moot", "task", "verification")
	t.armTerm("rectification", t.m.Body.Term, t.day())
	t.notice("extension-granted", "operator").Due = t.lastArmed()
}

func refuseExtension(t *turn) {
	f := t.enforcement()
	if !f.Asked {
		t.refuse("nothing-asked", t.e.Cites[0], "没有待答复的延期申请。", "no application for more time waits for an answer")
		return
	}
	f.Asked = false
	t.clear("met", "extension")
	t.notice("extension-refused", "operator")
}

// verifyOrder: failure to rectify is a fact that two officers establish, no timer; before the
// term is over only its fulfilment can be found.
func verifyOrder(t *turn) {
	if !t.two() {
		return
	}
	f := t.enforcement()
	_, running := t.c.Deadline("rectification")
	if !isTrue(t.m.Body.Rectified) && running {
		t.refuse("term-still-running", t.e.Cites[0], "整改期限尚未届满,不能认定逾期未改。", "the term to rectify is not over, so a failure can't be found yet")
		return
	}
	f.Rectified = t.m.Body.Rectified
	t.clear("met", "verification")
	t.clear("moot", "rectification", "extension", "task")
	f.Asked = false
	if isTrue(f.Rectified) {
		t.notice("rectification-confirmed", "operator")
		if f.live("") == nil {
			t.clearAll("moot")
			t.to(Rectified)
			return
		}
		t.to(EnforcementClosed) // a warning with order (telecom 22), now obeyed
		t.clearAll("moot")
		return
	}
	t.to(NotRectified)
	t.arm("filing", t.day())
	t.notice("not-rectified", "head")
}

// drop ends a case whose facts are not made out, before it was ever filed.
func drop(t *turn) {
	t.clearAll("moot")
	t.notice("no-violation-found", "operator")
}
