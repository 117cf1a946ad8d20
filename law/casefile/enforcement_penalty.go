package casefile

import (
	"fmt"
	"slices"

	"duban/law/calendar"
)

// fileCase is 立案, by the head: only now do the 90 days run (penalties 54, 60).
func fileCase(t *making) {
	f := t.enforcement()
	v, ok := t.violation()
	if !ok {
		return
	}
	if t.m.SameAct != "" && t.m.SameAct != t.c.ID {
		t.refuse("same-violation-act", "penalties-2021:29", "同一违法行为已另案处理。", "another case holds the same violation act")
		return
	}
	switch {
	case !t.concerns(v):
		return
	case f.Sequence == OrderThenSanction && t.e.From != NotRectified:
		t.refuse("order-first", v.Cite, "须先发出限期整改书并复查认定逾期未改，方可立案处罚。", "an order, and a verified failure to obey it, must come first")
		return
	case !f.Breach:
		t.refuse("conditions-missing", v.Cite, "尚未认定违法事实。", "no breach is on record")
		return
	}
	if !t.mayHead() {
		return
	}
	f.Head = t.m.By.Officer
	f.Stage++
	f.startAnew()
	t.clear("met", "order", "filing", "redo")
	t.arm("decision", t.day())
}

// mayHead: who investigated the case or reviewed it decides nothing in it (penalties 57, 58).
func (t *making) mayHead() bool {
	f := t.enforcement()
	if slices.Contains(f.Investigators, t.m.By.Officer) || f.Reviewer == t.m.By.Officer || f.Chair == t.m.By.Officer {
		t.refuse("separate-functions", "penalties-2021:57", "调查人员、法制审核人员、听证主持人不得作出决定。", "an investigator, the legal reviewer or the chair of a hearing of the case can't decide in it")
		return false
	}
	return true
}

// investigate: new facts after a defence allow a new, even a heavier notice.
func investigate(t *making) {
	if !t.team() {
		return
	}
	f := t.enforcement()
	f.NewFacts = true
	if t.m.Body.Income > 0 {
		f.Income = t.m.Body.Income
	}
	if t.e.From == Reviewed {
		f.Opinion = ""
		t.arm("task", t.day())
	}
}

func ruleOut(t *making) { t.enforcement().OtherLaw = t.m.Body.OtherLaw }

// ruledOut: by the clause of the violation nobody is penalised while it is open whether the heavier rule
// applies to the same facts, or where it does. It is asked before the notice, and again before the
// review and the decision: the answer may change with what is found. The field is that by which the act
// could be another, if any.
func (t *making) ruledOut(field string) bool {
	v, ok := t.violation()
	switch f := t.enforcement(); {
	case !ok:
		return false
	case v.OtherLaw != "" && f.OtherLaw == nil:
		t.refuseField(field, "other-law-unanswered", v.OtherLaw, "须先由承办人说明是否适用更重的规定（rule-out-other-law）。", "an officer must first answer, with reasons, whether the heavier rule applies (rule-out-other-law)")
	case v.OtherLaw != "" && isTrue(f.OtherLaw):
		t.refuseField(field, "other-law-applies", v.OtherLaw, "同一事实适用更重的规定，不得依本条处罚。", "the heavier rule applies to the same facts, so this clause can't be the basis")
	default:
		return true
	}
	return false
}

// intended checks a sanction against what the violation and the stage allow.
func (t *making) intended(i Intended) bool {
	f, b, what, amount := t.enforcement(), t.m.Body, i.Sanction, i.Amount
	v, ok := t.violation()
	if !ok {
		return false
	}
	least, most := v.Range(f.Income)
	switch {
	case f.Sequence != WarningWithOrderThenFine && f.live("") != nil && (what != "fine" || f.live("fine") == nil):
		t.refuse("second-sanction", v.Cite, "本案已有有效的处罚决定。", "a decision of this case is in force already")
	case what == "warning" && amount != 0:
		t.refuseField("sanction", "one-sanction", v.Cite, "警告与罚款不能并处。", "a warning or a fine, never both")
	case what != "fine" && amount != 0:
		t.refuseField("amount", "amount-of-no-fine", v.Cite, "并处罚款的，处罚种类须填罚款，其他种类列为并处。", "only a fine has an amount: where there is one it is the sanction, and what else is imposed stands beside it")
	case what == "warning" && (!v.Warning || f.Sequence == WarningWithOrderThenFine && f.Stage > 1):
		t.refuseField("sanction", "sanction-not-available", v.Cite, "此阶段不能给予警告。", "a warning is not available at this stage")
	case what == "fine" && (v.FineMax == 0 || f.Sequence == WarningWithOrderThenFine && f.Stage < 2):
		t.refuseField("sanction", "sanction-not-available", v.Cite, "此阶段不能处以罚款。", "a fine is not available at this stage")
	case what == "fine" && (amount < least || amount > most):
		t.refuseField("amount", "amount-out-of-bounds", v.Cite, fmt.Sprintf("罚款金额须为%s元至%s元。", least.Yuan(), most.Yuan()),
			fmt.Sprintf("the fine must be between %s and %s yuan", least.Yuan(), most.Yuan()))
	case b.Confiscated != 0 && i.imposes(Confiscation) == nil, !b.Suspension.IsZero() && i.imposes(Suspension) == nil:
		t.refuseField("also", "measure-not-named", v.Cite, "填写了没收金额或者停业期限的，处罚种类中须列明没收或者停业。", "an amount confiscated, or a term of suspension, belongs to a sanction that is named: list it among those imposed")
	case !slices.Contains(SanctionKinds(), what):
		t.refuseOther("sanction", "unknown-sanction", v.Cite, "没有该处罚种类", "there is no such kind of sanction", SanctionKinds())
	case what == "fine" && f.live("fine") != nil:
		t.refuseField("sanction", "second-fine", "penalties-2021:29", "同一违法行为不得两次罚款。", "the same violation act can't be fined twice")
	default:
		return t.measures(i, v)
	}
	return false
}

// notify makes the notice of the intended penalty (penalties 44): again, if facts or sanction
// grow heavier. Nobody is noticed anything heavier for having defended (penalties 45).
func notify(t *making) {
	f, now := t.enforcement(), t.m.Body.meant()
	if !t.ruledOut("") || !t.intended(now) || !t.notTheSame(now) {
		return
	}
	if f.Defended && !f.NewFacts && t.heavier(f.Noticed, now) {
		t.refuseField("sanction", "heavier-for-defending", "penalties-2021:45", "不得因当事人申辩而给予更重的处罚；须先查明新的事实。", "the sanction can't grow because the party defended itself; new facts must be investigated first")
		return
	}
	f.startAnew()
	now.On = t.day()
	f.Noticed = &now
	t.forget("defence", "hearing-request") // under the notice before
	t.clear("moot", "defence", "announcement", "hearing-request", "hearing")
	t.arm("service", t.day())
	t.notice("penalty-notice", "operator").Cite = "penalties-2021:44"
	t.tellHearing()
}

// notTheSame: an act to be redone is not made again on the same facts, unless only its procedure
// was at fault (reconsideration 64, litigation 71).
func (t *making) notTheSame(now Intended) bool {
	f := t.enforcement()
	if was := f.Annulled; was == nil || f.NewFacts || was.Sanction != now.Sanction || was.Amount != now.Amount || !sameMeasures(was.Also, now.Also) {
		return true
	}
	t.refuseField("sanction", "same-again", "reconsideration-2023:64", "重新作出的决定不得以同一事实和理由作出相同的处罚。", "the annulled decision can't be made again on the same facts")
	return false
}

func serveNotice(t *making) {
	if day, ok := t.served("penalty-notice", t.enforcement().Noticed.On); ok {
		t.noticeServed(day)
	}
}

func announcedNotice(t *making) { t.noticeServed(t.m.Effective) }

func (t *making) noticeServed(day calendar.Day) {
	t.to(Defending)
	f := t.enforcement()
	f.Noticed.Served = day
	t.arm("defence", day)
	if f.Hearing != nil {
		t.arm("hearing-request", day)
	}
}

func defence(t *making) {
	f := t.enforcement()
	t.setAside("defence", t.day())
	t.clear("met", "defence")
	f.Defended, f.NewFacts = true, false
	f.Points += max(0, t.m.Body.Points)
	t.armTask()
	t.notice("defence-received", "officer")
}

// defenceAfterReview: the review has not seen it, so it is made again.
func defenceAfterReview(t *making) {
	defence(t)
	t.enforcement().Opinion = ""
}

// defenceAfterwards: in time, but it came when no answer to it was possible any more. Only the
// head can mend that (penalties 62, 75).
func defenceAfterwards(t *making) {
	if f := t.enforcement(); f.Noticed == nil || f.Noticed.Served.IsZero() || !t.setAside("defence", t.day()) {
		t.none(onFile(tableOf(t.c.Kind)[t.c.State]))
		return
	}
	t.notice("defence-in-time", "head")
	t.notice("defence-in-time", "officer")
}

func waiver(t *making) {
	t.clear("met", "defence")
	t.enforcement().Waived = true
	if isTrue(t.m.Body.Hearing) {
		t.endHearing()
	}
	t.armTask()
}

// heard: a defence, an express waiver, or the term over. Without one of them no decision may be
// made (penalties 62).
func (t *making) heard() bool {
	f := t.enforcement()
	_, running := t.armed("defence")
	if f.Noticed == nil || f.Noticed.Served.IsZero() || running && !f.Waived {
		t.refuse("not-heard", "penalties-2021:62", "当事人陈述申辩的期限尚未届满，且未明确放弃。", "the party's term to be heard is running and was not waived")
		return false
	}
	return true
}

// legalReview is an opinion, not an approval (penalties 58): the head may decide against an
// objection, with reasons. Only a case that is not ready goes back.
func legalReview(t *making) {
	f := t.enforcement()
	if !t.heard() || !t.hearingTold(*f.Noticed, "") || !t.hearingOver() {
		return
	}
	if slices.Contains(f.Investigators, t.m.By.Officer) || f.Head == t.m.By.Officer || f.Chair == t.m.By.Officer {
		t.refuse("separate-functions", "penalties-2021:58", "调查人员、决定人员和听证主持人不得进行法制审核。", "an investigator, the head or the chair of a hearing of the case can't review it")
		return
	}
	switch t.m.Body.Opinion {
	case "agree", "object":
		if !t.ruledOut("opinion") { // a case that lacks the answer is not ready: it goes back
			return
		}
		t.to(Reviewed)
		t.notice("task", "head")
	case "return":
		t.to(Investigating)
		t.arm("task", t.day())
		t.notice("task", "officer")
	default:
		t.refuseField("opinion", "unknown-opinion", t.basis(), "审核意见须为同意、提出异议或退回。", "the opinion is agree, object or return")
		return
	}
	f.Reviewer, f.Opinion = t.m.By.Officer, t.m.Body.Opinion
}

func decide(t *making) {
	f, b := t.enforcement(), t.m.Body
	now := b.meant()
	v, ok := t.violation()
	if !ok || !t.heard() || !t.hearingOver() || !t.mayHead() || !t.ruledOut("") {
		return
	}
	if f.Opinion == "" {
		t.refuse("not-reviewed", "penalties-2021:58", "尚未进行法制审核。", "the legal review has not been made")
		return
	}
	if !t.intended(now) || !t.notTheSame(now) {
		return
	}
	switch {
	case t.heavier(f.Noticed, now):
		t.refuseField("sanction", "heavier-than-notified", "penalties-2021:45", "决定不得重于告知的内容；如有新的事实，须重新告知。", "the decision can't be heavier than what was notified; new or heavier facts need a new notice")
	case b.Answered != f.Points:
		t.refuseField("answered", "defence-unanswered", "penalties-2021:45", "须逐条回应当事人的申辩。", "each point of the defence must be answered")
	case b.Sanction == "warning" && f.Sequence == WarningWithOrderThenFine && !t.inBound("rectification", b.Term):
	case !t.hearingTold(now, "sanction") || !t.together(now):
	}
	if t.stopped() {
		return
	}
	f.Head, f.Annulled = t.m.By.Officer, nil
	f.Sanctions = append(f.Sanctions, Sanction{
		Entry: t.seq(), What: b.Sanction, Also: now.Also, Returned: now.Returned, Grave: isTrue(b.Grave), Collective: isTrue(b.Collective),
	})
	t.cite(v.Cite, "penalties-2021:28")
	if b.Sanction == "fine" {
		fine := Fine{Decision: t.seq(), Announced: b.Amount, Amount: b.Amount}
		if isTrue(b.AnnounceSurcharge) {
			fine.PerMille = t.law.Regime.Surcharge.PerMille
			t.cite(t.law.Regime.Surcharge.Cite)
		}
		t.c.Fines = append(t.c.Fines, fine)
	} else if f.Sequence == WarningWithOrderThenFine {
		f.Term = b.Term
	}
	if x := now.imposes(Confiscation); x != nil { // owed like a fine, but penalties 72 raises fines only
		t.c.Fines = append(t.c.Fines, Fine{Decision: t.seq(), What: Confiscation, Announced: x.Amount, Amount: x.Amount})
	}
	t.clear("met", "decision", "redo")
	t.arm("service", t.day())
	t.notice("penalty-decision", "operator").Cite = v.Cite
	t.contestable("decision", calendar.Day{})
	t.toBePublished(t.day(), t.seq())
}

func serveDecision(t *making) {
	f := t.enforcement()
	if day, ok := t.served("penalty-decision", t.madeOn(f.Sanctions[len(f.Sanctions)-1].Entry)); ok {
		t.decisionServed(day)
	}
}

func announcedDecision(t *making) { t.decisionServed(t.m.Effective) }

func (t *making) decisionServed(day calendar.Day) {
	f := t.enforcement()
	s := &f.Sanctions[len(f.Sanctions)-1]
	s.Served = day
	t.knownOn(s.Entry, day)
	if slices.ContainsFunc(t.c.Fines, func(m Fine) bool { return m.Decision == s.Entry }) {
		t.arm("payment", day)
		due := t.lastArmed()
		for i := range t.c.Fines {
			if m := &t.c.Fines[i]; m.Decision == s.Entry {
				m.Due = due
			}
		}
		t.to(Payable)
	}
	t.carryOut(s, day)
	t.holdStayed(s.Entry, day)
	switch {
	case t.c.State == Payable:
		t.settle() // it may have been paid already
	case f.Sequence == WarningWithOrderThenFine:
		f.Rectified = nil
		t.to(Rectifying)
		t.armTerm("rectification", f.Term, day)
		t.holdStayed(s.Entry, day)
	default:
		t.settleNow()
	}
}

// noPenalty is the head's decision not to penalise, from a closed list (penalties 33, 57). A
// complainant with an interest may contest it. Where an earlier sanction stands, that fault is
// still to be corrected.
func noPenalty(t *making) {
	if !t.mayHead() {
		return
	}
	g, ok := t.ground()
	if !ok {
		return
	}
	f := t.enforcement()
	f.Head, f.Annulled = t.m.By.Officer, nil
	t.clear("met", "decision", "redo")
	t.clearAll("moot")
	t.notice("no-penalty-decision", "operator").Cite = g.Cite
	if g.Educate {
		t.notice("education", "operator").Cite = "penalties-2021:33"
	}
	t.contestable("no-penalty", t.day())
	if f.live("") != nil && !isTrue(f.Rectified) {
		t.to(Correcting)
		t.arm("verification", t.day())
		return
	}
	t.to(NoPenalty)
}

func handOver(t *making) {
	if !t.mayHead() {
		return
	}
	g, ok := t.ground()
	if !ok {
		return
	}
	t.clear("met", "decision", "filing", "order", "establish", "redo")
	t.clearAll("moot")
	t.notice("hand-over-letter", "body").Cite = g.Cite
}
