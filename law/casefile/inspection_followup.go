package casefile

import (
	"fmt"
	"slices"
)

// From the report to what becomes of each open item.

// preliminary: the operator hears what was found, and may comment.
func preliminary(t *making) {
	if !t.itemsChecked() {
		return
	}
	t.arm("comments", t.today())
	t.notice("preliminary-report", "operator").Due = t.lastArmed()
}

// itemsChecked refuses a report that has left something out: of a re-inspection one of its items, of
// any other a line of its checklist.
func (t *making) itemsChecked() bool {
	f := t.inspection()
	for _, item := range f.Items {
		if f.latest(item.Requirement) == nil {
			t.refuse("items-left", t.basis(), "复查须逐项检查原有问题，尚有未检查的项目。", "a re-inspection checks each open item; one has no finding yet")
			return false
		}
	}
	return len(f.Items) > 0 || t.listChecked()
}

func comments(t *making) {
	t.setAside("comments", t.day())
	t.clear("met", "comments")
	if _, armed := t.armed("report"); !armed {
		t.arm("task", t.today())
	}
}

// commentsAfterReport: posted in time they are to be heard all the same (lifecycles §1; penalties
// 45), so the report is before the officer again.
func commentsAfterReport(t *making) {
	if !t.setAside("comments", t.day()) {
		t.none("too-late")
		return
	}
	t.arm("task", t.today())
	t.notice("task", "officer").Due = t.lastArmed()
	t.notice("task", "head")
}

// report is final. Where a breach was found the operator's time to comment comes first.
func report(t *making) {
	f := t.inspection()
	_, running := t.armed("comments")
	switch {
	case !t.itemsChecked():
		return
	case t.e.From == Findings && len(f.open()) > 0:
		t.refuse("respondent-not-heard", t.basis(), "发现问题的，须先发出初步报告并听取经营单位意见。", "where a breach was found, a preliminary report and the operator's comments come first")
		return
	case running:
		t.refuse("term-still-running", t.basis(), "经营单位提出意见的期限未满。", "the operator's time to comment is still running")
		return
	}
	f.Final = t.seq()
	t.score()
	t.clear("met", "report")
	t.arm("task", t.today())
	f.ReportedOn = t.today()
	if rule, ok := t.publishes(); ok {
		t.armPublish(rule, t.today(), 0)
	}
	t.notice("inspection-report", "operator")
}

// publishes is how the regime has results published, and whether it has.
func (t *making) publishes() (Publication, bool) {
	rule, known := t.law.Regime.Publication(InspectionResult, nil)
	door, open := t.law.Regime.Moves["inspection.publish"]
	return rule, known && open && !door.Closed && rule.How != PublishNever
}

// improve: for what is small. It sets a day and leads to no fine (telecom 13, house).
func improve(t *making) {
	f := t.inspection()
	if len(f.open()) == 0 {
		t.refuse("nothing-open", t.basis(), "没有待改进的问题。", "nothing is open")
		return
	}
	if !t.m.Body.Until.After(t.today()) {
		t.refuseField("until", "day-in-past", t.basis(), "改进期限须晚于今日。", "the day of the improvement must be later than today")
		return
	}
	days := int64(t.m.Body.Until.Sub(t.today()))
	if bound, ok := t.law.Regime.Bounds["inspection.improvement"]; ok && (days < bound.Min || days > bound.Max) {
		t.refuseField("until", "term-out-of-bounds", bound.Cite, fmt.Sprintf("改进期限须为%d日至%d日。", bound.Min, bound.Max), fmt.Sprintf("the improvement must be due in %d to %d days", bound.Min, bound.Max))
		return
	}
	t.clear("replaced", "improvement")
	t.armOn("improvement", t.m.Body.Until, t.law.Regime.Terms["inspection.improvement"].Cite, 0)
	t.notice("improvement-notice", "operator").Due = t.m.Body.Until
}

func verifyImprovement(t *making) {
	f := t.inspection()
	if len(f.open()) == 0 {
		t.refuse("nothing-open", t.basis(), "没有待核实的问题。", "no breach is open")
		return
	}
	if !t.fromTeam(t.today()) {
		return
	}
	x := f.latest(t.m.Body.Requirement)
	if x == nil || !x.Breach || x.Settled != "" {
		t.refuseField("requirement", "nothing-open", t.basis(), "该项没有待核实的问题。", "no breach of that requirement is open")
		return
	}
	if isTrue(t.m.Body.Rectified) {
		x.Settled = "rectified"
	}
	t.settledAll()
}

// settledAll ends the wait for an improvement when nothing is open any more.
func (t *making) settledAll() {
	if len(t.inspection().open()) == 0 {
		t.clear("met", "improvement")
		if _, armed := t.armed("task"); !armed {
			t.arm("task", t.today())
		}
	}
}

// obstructionCode is the violation that an obstruction of the visit is by itself (telecom 22).
const obstructionCode = "obstruction"

// openFromInspection: a case per violation act, on a finding of two enforcement officers or on an
// obstruction that they noted (penalties 42, 54; telecom 22).
func openFromInspection(t *making) {
	f, b := t.inspection(), t.m.Body
	x := f.latest(b.Requirement)
	obstructed := func(v Visit) bool { return v.What == "obstructed" }
	switch {
	case len(f.Findings) == 0 && !slices.ContainsFunc(f.Visits, obstructed):
		t.refuse("nothing-found", t.basis(), "没有检查记录。", "nothing is on record")
		return
	case len(f.open()) == 0 && !slices.ContainsFunc(f.Visits, obstructed):
		t.refuse("nothing-open", t.basis(), "没有待处理的问题。", "no breach is open, and nobody obstructed the inspection")
		return
	case x == nil && (b.Violation != obstructionCode || !slices.ContainsFunc(f.Visits, obstructed)):
		t.refuseField("requirement", "nothing-found", t.basis(), "没有关于该项要求的检查记录。", "nothing is on record about that requirement")
		return
	case x != nil && (!x.Breach || x.Settled != ""):
		t.refuseField("requirement", "nothing-open", t.basis(), "该项没有待处理的问题。", "no breach of that requirement is open")
		return
	case x != nil && t.unread(b.Requirement):
		t.refuseField("requirement", "requirement-not-read", t.basis(), "该项要求的原文尚未核实，不得据此立册查处。", "the text of that requirement was not read in full: no fault may be pursued by it")
		return
	case x != nil && !x.Enforceable, x == nil && !slices.ContainsFunc(f.Visits, func(v Visit) bool { return obstructed(v) && v.Enforceable }):
		t.refuseField("requirement", "no-enforcement-card", "penalties-2021:42", "该记录非由两名持执法证件的人员作出，不得作为处罚依据。", "that record was not made by two officers with enforcement cards: it can't lead to a sanction")
		return
	}
	if x != nil && !t.violates(x.Requirement) {
		return
	}
	openEnforcement(t)
	if x != nil && !t.stopped() {
		x.Settled = "enforcement"
		t.settledAll()
	}
}

// reinspect opens a new inspection with exactly the open items and their evidence. It takes no
// place under the yearly cap.
func reinspect(t *making) {
	f := t.inspection()
	items := f.open()
	if len(items) == 0 {
		t.refuse("nothing-open", t.basis(), "没有待复查的问题。", "nothing is open")
		return
	}
	id := linkedID(t.c.ID, t.seq(), 0)
	t.link(id, Inspection, "re-inspection")
	t.send(Send{
		Case: id, Paper: "filing", Body: Body{Operator: t.c.Operator, Cause: "re-inspection", Case: t.c.ID, Items: items, Checklist: t.c.Checklist},
		New: &NewCase{ID: id, Kind: Inspection, Authority: t.c.Authority, Operator: t.c.Operator},
	})
	t.clear("met", "improvement")
	t.arm("task", t.today())
}

// reinspected brings back what is still open, or led to an enforcement case there; the rest is
// rectified.
func reinspected(t *making) {
	f := t.inspection()
	for _, item := range f.open() {
		settled := "rectified"
		for _, i := range t.m.Body.Items {
			if i.Requirement == item.Requirement {
				settled = i.Settled
			}
		}
		f.latest(item.Requirement).Settled = settled
	}
	t.settledAll()
}

// asked tells whether a re-inspection was ordered for that item: the case that asked follows it
// up, and nobody else follows up what is found beside it.
func (f *InspectionFile) asked(x Item) bool {
	return slices.ContainsFunc(f.Items, func(i Item) bool { return i.Requirement == x.Requirement })
}

func publish(t *making) {
	rule, known := t.law.Regime.Publication(InspectionResult, nil)
	if !t.mayPublish(rule, known) || !t.undecided() {
		return
	}
	f := t.inspection()
	p := Publicity{Of: f.Final, What: InspectionResult, DecidedOn: f.ReportedOn}
	if p.DecidedOn.IsZero() {
		p.DecidedOn = t.today() // reported before the day of the report was kept
	}
	for _, x := range f.standing() {
		if p.Findings++; x.Breach {
			p.Breaches++
		}
	}
	if t.published(p, rule) {
		f.Published = "published"
		t.clear("met", "publish")
	}
}

func withhold(t *making) {
	rule, known := t.law.Regime.Publication(InspectionResult, nil)
	if !t.mayWithhold(rule, known) || !t.undecided() {
		return
	}
	f := t.inspection()
	f.Published = "withheld"
	t.putPublicity(Publicity{Of: f.Final, What: InspectionResult, State: "withheld", DecidedOn: f.ReportedOn})
	t.clear("met", "publish")
}

// askedBy is the case that ordered this re-inspection; empty for none.
func (t *making) askedBy() string {
	for _, l := range t.c.Links {
		if l.As == "source" {
			return l.Case
		}
	}
	return ""
}

// undecided refuses to decide twice whether the result is published.
func (t *making) undecided() bool {
	if t.inspection().Published == "" {
		return true
	}
	t.refuse("published-already", t.basis(), "检查结果是否公布已经决定。", "it is decided already whether the result is published")
	return false
}

// closeInspection: every breach is settled, nothing is preserved, and it is decided whether the
// result is published.
func closeInspection(t *making) {
	f := t.inspection()
	_, publishes := t.publishes()
	source := t.askedBy()
	switch open := f.open(); {
	case t.preservedLive():
		return
	case slices.ContainsFunc(open, func(i Item) bool { return source == "" || !f.asked(i) }):
		t.refuse("items-open", t.basis(), "尚有问题未改进、未立案。", "a breach is neither rectified nor in an enforcement case")
		return
	case publishes && f.Published == "":
		t.refuse("not-published", t.law.Regime.Moves["inspection.publish"].Cite, "须先决定检查结果是否公布。", "publish the result, or have the head withhold it, first")
		return
	case source != "":
		for _, x := range f.Findings {
			if x.Settled == "enforcement" {
				open = append(open, Item{Requirement: x.Requirement, Evidence: x.Evidence, Entry: x.Entry, Settled: x.Settled})
			}
		}
		t.send(Send{Case: source, Paper: "re-inspected", Body: Body{Case: t.c.ID, Items: open}})
	}
	t.clearAll("moot")
}
