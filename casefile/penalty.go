package casefile

import (
	"slices"

	"duban/calendar"
)

// fileCase is 立案, by the head: only now do the 90 days run (penalties 54, 60).
func fileCase(t *turn) {
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
	case f.Sequence == OrderThenSanction && t.c.State != NotRectified:
		t.refuse("order-first", v.Cite, "须先发出限期整改书并复查认定逾期未改,方可立案处罚。", "an order, and a verified failure to obey it, must come first")
		return
	case !f.Breach:
		t.refuse("conditions-missing", v.Cite, "尚未认定违法事实。", "no breach is on record")
		return
	case slices.Contains(f.Investigators, t.m.By.Officer):
		t.refuse("separate-functions", "penalties-2021:57", "调查人员不得批准立案。", "an investigator of the case can't approve its filing")
		return
	}
	f.Head = t.m.By.Officer
	f.Stage++
	f.startAnew()
	t.clear("met", "order", "filing")
	t.arm("decision", t.day())
}

func investigate(t *turn) {
	if !t.two() {
		return
	}
	f := t.enforcement()
	if slices.Contains(t.m.Body.Officers, f.Head) || slices.Contains(t.m.Body.Officers, f.Reviewer) {
		t.refuse("separate-functions", "penalties-2021:57", "负责人或法制审核人员不得担任调查人员。", "the head or the legal reviewer of the case can't investigate it")
		return
	}
	for _, who := range t.m.Body.Officers {
		if !slices.Contains(f.Investigators, who) {
			f.Investigators = append(f.Investigators, who)
		}
	}
}

func ruleOut(t *turn) { t.enforcement().OtherLaw = t.m.Body.OtherLaw }

// intended checks a sanction against what the violation and the stage allow.
func (t *turn) intended(what string, amount Fen) bool {
	f := t.enforcement()
	v, ok := t.violation()
	if !ok {
		return false
	}
	switch {
	case what == "warning" && amount != 0:
		t.refuse("one-sanction", v.Cite, "警告与罚款不能并处。", "a warning or a fine, never both")
	case what == "warning" && (!v.Warning || f.Sequence == WarningWithOrderThenFine && f.Stage > 1):
		t.refuse("sanction-not-available", v.Cite, "此阶段不能给予警告。", "a warning is not available at this stage")
	case what == "fine" && (v.FineMax == 0 || f.Sequence == WarningWithOrderThenFine && f.Stage < 2):
		t.refuse("sanction-not-available", v.Cite, "此阶段不能处以罚款。", "a fine is not available at this stage")
	case what == "fine" && (amount < max(v.FineMin, 1) || amount > v.FineMax):
		t.refuse("amount-out-of-bounds", v.Cite, "罚款金额超出法定幅度。", "the amount is outside the bounds of the violation")
	case what != "warning" && what != "fine":
		t.refuse("unknown-sanction", v.Cite, "处罚种类须为警告或罚款。", "the sanction is a warning or a fine")
	case what == "fine" && f.live("fine") != nil:
		t.refuse("second-fine", "penalties-2021:29", "同一违法行为不得两次罚款。", "the same violation act can't be fined twice")
	case f.Sequence != WarningWithOrderThenFine && f.live("") != nil:
		t.refuse("second-sanction", v.Cite, "本案已有有效的处罚决定。", "a decision of this case is in force already")
	default:
		return true
	}
	return false
}

// notify makes the notice of the intended penalty (penalties 44): again, if facts or sanction
// grow heavier after a defence.
func notify(t *turn) {
	b := t.m.Body
	if !t.intended(b.Sanction, b.Amount) {
		return
	}
	f := t.enforcement()
	f.startAnew()
	f.Noticed = &Intended{Sanction: b.Sanction, Amount: b.Amount}
	t.clear("moot", "defence")
	t.arm("service", t.day())
	t.notice("penalty-notice", "operator").Cite = "penalties-2021:44"
}

func serveNotice(t *turn) {
	day, ok := t.served("penalty-notice", 0)
	if !ok {
		return
	}
	t.enforcement().Noticed.Served = day
	t.arm("defence", day)
}

func defence(t *turn) {
	f := t.enforcement()
	t.setAside("defence")
	t.clear("met", "defence")
	f.Defended = true
	f.Points += t.m.Body.Points
	t.clear("moot", "task")
	t.arm("task", t.today())
	t.notice("defence-received", "officer")
}

func waiver(t *turn) {
	t.clear("met", "defence")
	t.enforcement().Waived = true
	t.clear("moot", "task")
	t.arm("task", t.today())
}

// heard: a defence, an express waiver, or the term over. Without one of them no decision may be
// made (penalties 62).
func (t *turn) heard() bool {
	f := t.enforcement()
	_, running := t.c.Deadline("defence")
	if f.Noticed == nil || f.Noticed.Served.IsZero() || running && !f.Waived {
		t.refuse("not-heard", "penalties-2021:62", "当事人陈述申辩的期限尚未届满,且未明确放弃。", "the party's term to be heard is running and was not waived")
		return false
	}
	return true
}

// legalReview is an opinion, not an approval (penalties 58).
func legalReview(t *turn) {
	f := t.enforcement()
	if !t.heard() {
		return
	}
	if slices.Contains(f.Investigators, t.m.By.Officer) || f.Head == t.m.By.Officer {
		t.refuse("separate-functions", "penalties-2021:58", "调查人员和决定人员不得进行法制审核。", "an investigator or the head of the case can't review it")
		return
	}
	f.Reviewer, f.Opinion = t.m.By.Officer, t.m.Body.Opinion
	if f.Opinion == "return" {
		t.to(Investigating)
		t.clear("moot", "defence", "task")
		return
	}
	t.to(Reviewed)
	t.clear("moot", "task")
	t.notice("task", "head")
}

func decide(t *turn) {
	f, b := t.enforcement(), t.m.Body
	v, ok := t.violation()
	if !ok || !t.heard() || !t.intended(b.Sanction, b.Amount) {
		return
	}
	switch {
	case slices.Contains(f.Investigators, t.m.By.Officer) || f.Reviewer == t.m.By.Officer:
		t.refuse("separate-functions", "penalties-2021:57", "调查人员、法制审核人员不得作出决定。", "an investigator or the legal reviewer of the case can't decide it")
	case f.Noticed.Sanction == "warning" && b.Sanction == "fine" || b.Amount > f.Noticed.Amount:
		t.refuse("heavier-than-notified", "penalties-2021:45", "决定不得重于告知的内容;如有新的事实,须重新告知。", "the decision can't be heavier than what was notified; new or heavier facts need a new notice")
	case b.Answered != f.Points:
		t.refuse("defence-unanswered", "penalties-2021:45", "须逐条回应当事人的申辩。", "each point of the defence must be answered")
	case v.OtherLaw != "" && f.OtherLaw == nil:
		t.refuse("other-law-unanswered", v.OtherLaw, "须先由承办人说明是否适用更重的规定。", "an officer must first answer, with reasons, whether the heavier rule applies")
	case v.OtherLaw != "" && isTrue(f.OtherLaw):
		t.refuse("other-law-applies", v.OtherLaw, "同一事实适用更重的规定,不得依本条决定。", "the heavier rule applies to the same facts, so this clause can't be the basis")
	case b.Sanction == "warning" && f.Sequence == WarningWithOrderThenFine && b.Term.IsZero():
		t.refuse("missing-field", v.Cite, "责令改正须定期限(term)。", "the order to correct needs a term")
	}
	if t.stopped() {
		return
	}
	f.Head = t.m.By.Officer
	f.Sanctions = append(f.Sanctions, Sanction{Entry: t.seq(), What: b.Sanction})
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
	t.clear("met", "decision", "redo")
	t.arm("service", t.day())
	t.notice("penalty-decision", "operator").Cite = v.Cite
	t.contestable("decision", calendar.Day{})
}

func serveDecision(t *turn) {
	f := t.enforcement()
	s := &f.Sanctions[len(f.Sanctions)-1]
	day, ok := t.served("penalty-decision", s.Entry)
	if !ok {
		return
	}
	s.Served = day
	t.knownOn(s.Entry, day)
	if s.Annulled { // taken back before it was served
		t.settleNow()
		return
	}
	switch {
	case s.What == "fine":
		t.arm("payment", day)
		t.fineOf(s.Entry).Due = t.lastArmed()
		t.to(Payable)
	case f.Sequence == WarningWithOrderThenFine:
		f.Rectified = nil
		t.armTerm("rectification", f.Term, day)
		t.to(Rectifying)
	default:
		t.settleNow()
	}
}

// noPenalty is the head's decision not to penalise, from a closed list (penalties 33, 57).
func noPenalty(t *turn) {
	g, ok := t.ground()
	if !ok {
		return
	}
	t.clear("met", "decision")
	t.clearAll("moot")
	n := t.notice("no-penalty-decision", "operator")
	n.Cite = g.Cite
	if g.Educate {
		t.notice("education", "operator").Cite = "penalties-2021:33"
	}
}

func handOver(t *turn) {
	g, ok := t.ground()
	if !ok {
		return
	}
	t.clear("met", "decision", "filing", "order", "establish")
	t.clearAll("moot")
	t.notice("hand-over-letter", "body").Cite = g.Cite
}

// correctDecision mends a clerical error; the act and its windows stay.
func correctDecision(t *turn) {
	if len(t.c.Made) == 0 {
		t.refuse("nothing-to-correct", t.e.Cites[0], "尚无可更正的决定。", "there is no decision to correct")
		return
	}
	t.notice("correction-notice", "operator")
}

// revokeOfOwnMotion annuls our own act (penalties 75); money and publication follow as after a
// revocation on appeal.
func revokeOfOwnMotion(t *turn) {
	act := t.made(t.m.Body.Contested)
	if act == nil || act.What != "decision" && act.What != "order" {
		t.refuse("no-such-act", t.e.Cites[0], "没有该编号的决定或整改书。", "no order or decision was made by that entry")
		return
	}
	if act.What == "decision" {
		for _, s := range t.enforcement().Sanctions {
			if s.Entry == act.Entry && s.Annulled {
				t.refuse("annulled-already", t.e.Cites[0], "该决定已被撤销。", "that decision is annulled already")
				return
			}
		}
	} else if t.enforcement().Ordered != act.Entry {
		t.refuse("annulled-already", t.e.Cites[0], "该整改书已不再有效。", "that order is no longer in force")
		return
	}
	t.annul(act, t.fineOf(act.Entry))
	t.notice("revocation", "operator")
	t.settle()
}
