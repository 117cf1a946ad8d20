package casefile

import "duban/calendar"

func (t *turn) complaint() *ComplaintFile {
	if t.c.Complaint == nil {
		t.c.Complaint = &ComplaintFile{}
	}
	return t.c.Complaint
}

func receiveComplaint(t *turn) {
	b, f := t.m.Body, t.complaint()
	f.Dispute, f.EventOn, f.AskedOperatorOn, f.ReceivedOn = b.Dispute, b.EventOn, b.AskedOperatorOn, t.today()
	if b.Case != "" { // transferred to us: the day of first receipt is kept for the time bars
		f.ReceivedOn = t.day()
		t.link(b.Case, Complaint, "source")
	}
	if b.Operator != "" {
		t.c.Operator = b.Operator
	}
	t.startClocks()
	t.notice("receipt", "complainant")
}

// startClocks arms our two first duties. The 30 days run from receipt and are met only by an
// answer; nothing that lies between extends them (lifecycles §3).
func (t *turn) startClocks() {
	t.arm("accept", t.today())
	t.arm("answer", t.today())
}

func acceptComplaint(t *turn) {
	t.clear("met", "accept")
	t.clear("moot", "correction")
	f := t.complaint()
	n := t.notice("acceptance-notice", "complainant")
	n.Cite = t.e.Cites[0]
	if f.Dispute == "fee" {
		t.preserve(f)
	}
	t.arm("task", t.day())
}

// preserve binds the operator's billing data while a dispute about fees lasts (telecom 17).
func (t *turn) preserve(f *ComplaintFile) {
	rule, ok := t.law.Regime.Terms["complaint.preservation"]
	if !ok {
		return // this regime knows no such duty of the operator
	}
	from := f.EventOn
	if from.IsZero() || from.After(f.ReceivedOn) {
		from = f.ReceivedOn
	}
	f.PreserveUntil = t.law.Calendar.Due(from, rule.Term, rule.Roll).Day
	n := t.notice("preservation-notice", "operator")
	n.Cite, n.Due, n.Urgent = rule.Cite, f.PreserveUntil, true
	t.cite(rule.Cite)
}

func declineComplaint(t *turn) {
	g, ok := t.ground()
	if !ok {
		return
	}
	f := t.complaint()
	if g.Within.N > 0 {
		if f.EventOn.IsZero() {
			t.refuse("event-day-unknown", g.Cite, "申诉事项发生日期不明,不能以超过期限为由不予受理;请先通知补正。", "the day of the event is not known, so the time bar can't be applied; ask for correction first")
			return
		}
		last := t.law.Calendar.Due(f.EventOn, g.Within, false).Day
		if !f.ReceivedOn.After(last) || g.Dispute != "" && g.Dispute != f.Dispute {
			t.refuse("time-bar-not-met", g.Cite, "申诉未超过该理由所定的期限(截止日 "+last.String()+")。", "the complaint is not out of that time: its last day was "+last.String())
			return
		}
	}
	f.Ground = g.Code
	t.clear("met", "accept")
	t.clearAll("moot")
	t.notice("non-acceptance-notice", "complainant").Cite = g.Cite
	t.contestable("non-acceptance", t.day())
}

func askCorrection(t *turn) {
	t.clear("met", "accept")
	t.arm("correction", t.day())
	t.notice("correction-notice", "complainant").Due = t.lastArmed()
}

// corrected: acceptance runs anew from the complete materials. The 30 days from receipt stay and
// warn; the later day, counted from complete materials, is shown beside them.
func corrected(t *turn) {
	t.clear("met", "correction")
	t.setAside("correction")
	t.clear("moot", "task")
	t.arm("accept", t.today())
	t.arm("answer-complete", t.today())
}

func tellOperatorFirst(t *turn) {
	f := t.complaint()
	if rule, ok := t.law.Regime.Terms["complaint.operators-own-answer"]; ok && !f.AskedOperatorOn.IsZero() {
		last := t.law.Calendar.Due(f.AskedOperatorOn, rule.Term, rule.Roll).Day
		if t.today().After(last) {
			t.refuse("operator-was-asked", rule.Cite, "申诉人已先向经营者投诉,且经营者的答复期限已于 "+last.String()+" 届满。", "the complainant did ask the operator, whose own time was over on "+last.String())
			return
		}
		t.notice("operator-first-notice", "complainant").Due = last
	} else {
		t.notice("operator-first-notice", "complainant")
	}
	t.clear("met", "accept", "answer")
	t.clearAll("moot")
}

// comeBack: no prejudice from having been sent to the operator first; our terms run from the return.
func comeBack(t *turn) {
	if !t.m.Body.AskedOperatorOn.IsZero() {
		t.complaint().AskedOperatorOn = t.m.Body.AskedOperatorOn
	}
	t.startClocks()
}

func transferComplaint(t *turn) {
	b, f := t.m.Body, t.complaint()
	if b.Authority == "" && b.Body == "" {
		t.refuse("receiver-missing", t.e.Cites[0], "请指明接收机关。", "name the receiver: an authority of this house or an outside body")
		return
	}
	if b.Authority == t.c.Authority {
		t.refuse("receiver-is-sender", t.e.Cites[0], "不能移送给本机关。", "a complaint can't be transferred to the authority that has it")
		return
	}
	t.clear("met", "accept")
	t.clear("moot", "answer")
	t.clearAll("moot")
	t.notice("transfer-notice", "complainant")
	if b.Authority == "" {
		t.notice("transfer-letter", "body")
		return
	}
	id := LinkedID(t.c.ID, t.seq(), 0)
	t.link(id, Complaint, "transferred-to")
	t.send(Send{
		Case: id, Paper: "filing", Effective: f.ReceivedOn,
		Body: Body{Dispute: f.Dispute, EventOn: f.EventOn, AskedOperatorOn: f.AskedOperatorOn, Operator: t.c.Operator, Case: t.c.ID},
		New:  &NewCase{ID: id, Kind: Complaint, Authority: b.Authority, Operator: t.c.Operator},
	})
}

func withdraw(t *turn) {
	t.clearAll("moot")
	t.notice("withdrawal-noted", "complainant")
	t.endOfComplaint("withdrawn")
}

// endOfComplaint tells the enforcement cases of the same matter: a settlement or withdrawal is
// a fact there, no end (lifecycles §3).
func (t *turn) endOfComplaint(how string) {
	for _, l := range t.c.Links {
		if l.Kind == Enforcement {
			t.send(Send{Case: l.Case, Paper: "settlement", Body: Body{Case: t.c.ID, Finding: how}})
		}
	}
}

func forward(t *turn) {
	t.clear("moot", "feedback")
	t.arm("reply", t.day())
	t.notice("forwarding-letter", "operator").Due = t.lastArmed()
}

func endReply(t *turn) { t.clear("moot", "reply", "supervised-reply") }

func reply(t *turn) {
	t.clear("met", "reply", "supervised-reply")
	t.setAside("supervised-reply")
	t.setAside("reply")
	t.clear("moot", "task")
	t.complaint().RepliedOn = t.day()
	t.arm("feedback", t.today())
	t.notice("reply-copy", "complainant").Due = t.lastArmed()
	t.notice("reply-received", "officer")
}

// supervise is an officer's act; silence alone never makes it (telecom 16: silence is no admission).
func supervise(t *turn) {
	if _, running := t.c.Deadline("reply"); running {
		t.refuse("term-still-running", t.e.Cites[0], "经营者的回复期限尚未届满,不能列为督办事项。", "the operator's term to reply is not over yet")
		return
	}
	t.complaint().Supervised = true
	if t.setTerm("supervised-reply"); t.stopped() {
		return
	}
	n := t.notice("supervision-letter", "operator")
	n.Cite, n.Due = t.e.Cites[0], t.lastArmed()
}

func feedback(t *turn) {
	t.clear("met", "feedback")
	t.setAside("feedback")
	t.complaint().Satisfied = t.m.Body.Satisfied
}

func assess(t *turn) {
	if _, running := t.c.Deadline("feedback"); running {
		t.refuse("term-still-running", t.e.Cites[0], "申诉人的反馈期限尚未届满。", "the complainant's term for feedback is not over yet")
		return
	}
	t.clear("met", "task")
	t.complaint().Assessed = true
	t.arm("task", t.day())
}

func proposeMediation(t *turn) {
	f := t.complaint()
	f.ConsentComplainant, f.ConsentOperator, f.Agreed = nil, nil, nil
	t.clear("moot", "feedback")
	t.arm("consent", t.day())
	for _, to := range []string{"complainant", "operator"} {
		t.notice("mediation-proposal", to).Due = t.lastArmed()
	}
}

func consent(t *turn) {
	f := t.complaint()
	switch t.m.By.Sender {
	case "complainant":
		f.ConsentComplainant = t.m.Body.Agreed
	case "operator":
		f.ConsentOperator = t.m.Body.Agreed
	default:
		t.none("sender-is-no-party")
		return
	}
	if f.ConsentComplainant != nil && f.ConsentOperator != nil {
		t.clear("met", "consent")
		t.setAside("consent")
		t.clear("moot", "task")
		t.arm("task", t.today())
	}
}

func endConsent(t *turn) { t.clear("moot", "consent") }

func openMediation(t *turn) {
	f := t.complaint()
	if !isTrue(f.ConsentComplainant) || !isTrue(f.ConsentOperator) {
		t.refuse("consent-missing", t.e.Cites[0], "调解须双方自愿,尚缺一方同意。", "mediation is voluntary: the consent of both sides is needed")
		return
	}
	t.clear("met", "consent")
	t.arm("mediation", t.day())
}

func answerDuringMediation(t *turn) { t.giveAnswer() }

// answerAgain is for an answer that came back undelivered.
func answerAgain(t *turn) {
	if !t.complaint().AnsweredOn.IsZero() {
		t.refuse("answered-already", t.e.Cites[0], "已答复申诉人。", "the complainant has been answered already")
		return
	}
	t.giveAnswer()
}

func endMediation(t *turn) {
	f := t.complaint()
	t.clear("met", "mediation")
	f.Agreed = t.m.Body.Agreed
	t.notice("mediation-result", "complainant")
	t.notice("mediation-result", "operator")
	if isTrue(f.Agreed) {
		t.endOfComplaint("settled")
	}
	switch {
	case !f.AnsweredOn.IsZero():
		t.to(Answered)
		t.arm("close", t.day())
	case isTrue(f.Agreed):
		t.to(Mediated)
		t.arm("task", t.day())
	default:
		t.to(InInquiry)
		t.arm("task", t.day())
	}
}

func answerComplaint(t *turn) {
	t.clear("moot", "reply", "supervised-reply", "feedback", "consent")
	t.giveAnswer()
	t.arm("close", t.day())
}

func (t *turn) giveAnswer() {
	f := t.complaint()
	if t.m.Body.Finding == "settled" && !isTrue(f.Agreed) {
		t.refuse("no-agreement", t.e.Cites[0], "尚无调解协议,不能以“已和解”答复。", "there is no agreement yet, so the answer can't say that the matter is settled")
		return
	}
	f.AnsweredOn, f.Finding = t.day(), t.m.Body.Finding
	t.clear("met", "answer", "answer-complete")
	n := t.notice("answer", "complainant")
	n.Cite = t.e.Cites[0]
}

func closeComplaint(t *turn) {
	if t.complaint().AnsweredOn.IsZero() {
		t.refuse("not-answered", t.e.Cites[0], "答复未送达申诉人,不能结案。", "the answer has not reached the complainant, so the case can't be closed")
		return
	}
	t.clear("met", "close")
	t.clearAll("moot")
}

// undelivered: an answer that did not reach the complainant does not meet the 30 days.
func undelivered(t *turn) {
	f := t.complaint()
	t.notice("task", "officer")
	if t.c.Closed() {
		return
	}
	if t.m.Body.Document == "answer" && !f.AnsweredOn.IsZero() {
		f.AnsweredOn = calendar.Day{}
		t.arm("answer", f.ReceivedOn)
	}
	t.clear("moot", "task")
	t.arm("task", t.today())
}

func onRecord(t *turn) {}

func assign(t *turn) {
	t.c.Officer = t.m.Body.Officer
	t.notice("assignment", "officer")
}
