package casefile

import (
	"slices"

	"duban/law/calendar"
)

// Facts that were entered wrongly are put right by an act with reasons, as an entry of its own: no
// line is changed. What hung on a fact is counted anew, and what rested on a wrong one falls.

// Corrected is what one entry has put right, by the names of the body's fields.
type Corrected struct {
	Entry int      `json:"entry"`
	Facts []string `json:"facts"`
}

func correcting(readers []Reading, facts ...string) []Spec {
	spec := Spec{Class: Act, Name: "correct-facts", Title: Text{"更正登记事实", "put facts right"}, Roles: officers, Needs: []string{"reasons"}, Takes: facts, Readers: readers}
	if slices.Contains(facts, "operator") {
		spec.Asks = append(spec.Asks, AskOperator)
	}
	if slices.Contains(facts, "requirement") {
		spec.Asks = append(spec.Asks, AskSameAct)
	}
	return []Spec{spec}
}

// fact is one that an act may put right: how it stands, and whether the body says otherwise.
type fact struct {
	name   string
	given  bool
	differ bool
}

func aFact[T comparable](name string, is, was T) fact {
	var none T
	return fact{name: name, given: is != none, differ: is != none && is != was}
}

// mends notes the facts that the body puts right. False, with a refusal, where it names none or says of
// all what stands already; or of a closed case more than where its person can be reached.
func (t *making) mends(facts ...fact) bool {
	var names []string
	given := false
	for _, x := range facts {
		if given = given || x.given; x.differ {
			names = append(names, x.name)
		}
	}
	switch {
	case !given:
		t.missing(facts[0].name)
	case len(names) == 0:
		t.refuseField(facts[0].name, "same-facts", t.basis(), "所填内容与登记一致，没有需要更正的事实。", "that is what stands: nothing is to be put right")
	case t.c.Closed() && !slices.Equal(names, []string{"contact"}):
		t.refuseField(names[0], "case-closed", t.basis(), "案件已办结，据以处理的事实不再更正；仅可更正联系方式。", "the case is closed: what was done rests on those facts, and only the contact can still be changed")
	}
	if slices.Contains(names, "operator") && !t.m.Operator {
		t.refuseField("operator", "unknown-operator", "", "登记册中没有该经营者。", "the register knows no such operator")
	}
	if t.stopped() {
		return false
	}
	t.c.Corrected = append(t.c.Corrected, Corrected{Entry: t.seq(), Facts: names})
	return true
}

// mended tells whether this entry puts that fact right.
func (t *making) mended(name string) bool {
	last := t.c.Corrected[len(t.c.Corrected)-1]
	return last.Entry == t.seq() && slices.Contains(last.Facts, name)
}

func correctComplaint(t *making) {
	b, f := t.m.Body, t.complaint()
	if !t.mends(
		aFact("eventOn", b.EventOn, f.EventOn), aFact("askedOperatorOn", b.AskedOperatorOn, f.AskedOperatorOn), aFact("dispute", b.Dispute, f.Dispute),
		aFact("operator", b.Operator, t.c.Operator), aFact("contact", b.Contact, ""),
	) {
		return
	}
	switch {
	case t.mended("eventOn") && b.EventOn.After(f.ReceivedOn):
		t.refuseField("eventOn", "event-after-filing", t.basis(), "申诉事项不能发生于收到申诉之后。", "what is complained of can't have happened after the complaint was received")
	case t.mended("operator") && (!f.AnsweredOn.IsZero() || isTrue(f.Agreed)):
		t.refuseField("operator", "answered-already", t.basis(), "已就原经营者作出答复或者达成调解，不能再更正经营者；请另行登记。", "the complaint against that operator was answered or settled: one against another is a complaint of its own")
	}
	if t.stopped() {
		return
	}
	old, asked := t.c.Operator, t.c.operatorAsked()
	if t.mended("eventOn") {
		f.EventOn = b.EventOn
	}
	if t.mended("askedOperatorOn") {
		f.AskedOperatorOn = b.AskedOperatorOn
	}
	if t.mended("dispute") {
		f.Dispute = b.Dispute
	}
	if t.mended("operator") {
		t.c.Operator = b.Operator
		t.askAnother()
	}
	t.notice("facts-corrected", "complainant")
	if t.mended("operator") && (asked || !f.PreserveUntil.IsZero()) {
		t.notice("facts-corrected", "operator").ID = old
	}
	t.preserveAnew(old)
}

// askAnother takes away what hung on another operator's having been asked: its terms, with their
// lapses, its reply, and what followed from that. The complaint goes to the right one anew; our own
// days to answer the complainant run on.
func (t *making) askAnother() {
	f := t.complaint()
	terms := []clock{"reply", "supervised-reply", "feedback", "consent"}
	t.undoLapses(func(l Lapsed) bool { return slices.Contains(terms, clock(l.Name)) })
	t.clear("moot", append(terms, "mediation")...)
	f.ForwardedOn, f.RepliedOn, f.Satisfied, f.Assessed, f.Supervised = calendar.Day{}, calendar.Day{}, nil, false, false
	f.ConsentComplainant, f.ConsentOperator, f.Agreed = nil, nil, nil
	if !slices.Contains([]State{Received, CorrectionDue, Accepted}, t.e.From) {
		t.to(Accepted)
		t.arm("task", t.today())
	}
}

// preserveAnew binds the operator's billing data from the right day, or the right operator, or no more,
// once the complaint was accepted. The notice before is contested no more.
func (t *making) preserveAnew(old string) {
	f := t.complaint()
	if !t.mended("eventOn") && !t.mended("dispute") && !t.mended("operator") || t.c.State == Received || t.c.State == CorrectionDue {
		return
	}
	if !f.PreserveUntil.IsZero() {
		t.spent("preservation")
		f.PreserveUntil = calendar.Day{}
		if f.Dispute != "fee" && t.c.Operator == old {
			t.notice("facts-corrected", "operator")
		}
	}
	if f.Dispute == "fee" {
		t.preserve(f)
	}
}

// correctViolation puts a violation act right until something of effect rests on it: an order, or a
// decision, which are mended or revoked instead (penalties 75). Facts that two officers have
// established are established anew; a notice of other facts is none (penalties 44, 45).
func correctViolation(t *making) {
	b, f := t.m.Body, t.enforcement()
	switch {
	case t.c.Closed():
		t.refuse("case-closed", t.basis(), "案件已办结，据以处理的事实不再更正。", "the case is closed: what was done rests on those facts")
	case f.live("") != nil || t.c.State == Decided:
		t.refuse("decided-already", "penalties-2021:75", "处罚决定已作出；文字错误应予更正，事实错误应当自行撤销。", "a decision rests on those facts: a clerical error in it is corrected, a wrong fact has it revoked of our own motion")
	case f.Ordered != 0:
		t.refuse("order-in-force", "penalties-2021:75", "限期整改书已发出，须先自行撤销。", "an order rests on those facts: revoke it first")
	}
	if t.stopped() || !t.mends(
		aFact("requirement", b.Requirement, f.Requirement), aFact("periodFrom", b.PeriodFrom, f.PeriodFrom), aFact("periodTo", b.PeriodTo, f.PeriodTo),
		aFact("operator", b.Operator, t.c.Operator),
	) {
		return
	}
	old, told := t.c.Operator, t.c.Visible
	if t.mended("requirement") {
		f.Requirement = b.Requirement
	}
	if t.mended("periodFrom") {
		f.PeriodFrom = b.PeriodFrom
	}
	if t.mended("periodTo") {
		f.PeriodTo = b.PeriodTo
	}
	if t.mended("operator") {
		t.c.Operator, t.c.Visible = b.Operator, false // another one, that knows nothing of it yet (penalties 50)
	}
	switch {
	case f.PeriodTo.Before(f.PeriodFrom) || f.PeriodTo.Sub(f.PeriodFrom) > MaxViolationDays:
		t.refuseField("periodFrom", "bad-period", t.basis(), "违法期间无效：须先起后止，且不超过一年。", "the period must run forward, and at most a year")
		return
	case t.m.SameAct != "":
		t.refuseField("requirement", "same-violation-act", "penalties-2021:29", "同一违法行为已另案处理。", "another case holds the same violation act")
		return
	}
	switch t.e.From {
	case Established:
		f.Established, f.Breach, f.Harm, f.Income = false, false, false, 0
		t.clear("moot", "order")
		t.to(Opened)
		t.arm("establish", t.today())
	case NoticeMade, Defending, Reviewed:
		t.undoLapses(func(l Lapsed) bool { return l.is("defence") || l.is("hearing-request") })
		f.startAnew()
		t.clear("moot", "service", "announcement", "defence", "hearing-request", "hearing")
		t.to(Investigating)
		t.arm("task", t.today())
	}
	if told {
		t.notice("facts-corrected", "operator").ID = old
	}
}

func correctAppeal(t *making) {
	b, f := t.m.Body, t.appeal()
	if !t.mends(aFact("eventOn", b.EventOn, f.KnownOn), aFact("contact", b.Contact, "")) {
		return
	}
	if t.mended("eventOn") {
		f.KnownOn = b.EventOn
	}
	t.notice("facts-corrected", "applicant")
}
