package casefile

import "duban/law/calendar"

func (t *making) complaint() *ComplaintFile {
	if t.c.Complaint == nil {
		t.c.Complaint = &ComplaintFile{}
	}
	return t.c.Complaint
}

// past leaves out a day that has not come: the door lets none pass, and no time bar hangs on one.
func (t *making) past(day calendar.Day) calendar.Day {
	if day.After(t.today()) {
		return calendar.Day{}
	}
	return day
}

func receiveComplaint(t *making) {
	b, f := t.m.Body, t.complaint()
	if isTrue(b.Imported) {
		t.endedComplaint()
		return
	}
	t.to(Received)
	f.Dispute, f.EventOn, f.AskedOperatorOn, f.ReceivedOn = b.Dispute, t.past(b.EventOn), t.past(b.AskedOperatorOn), t.today()
	f.Complainants, f.Representatives = max(0, b.Complainants), max(0, b.Representatives)
	if b.Case != "" && t.m.By.Sender == "house" { // transferred to us: the day of first receipt is kept for the time bars
		f.ReceivedOn = t.day()
		t.link(b.Case, Complaint, "source")
	}
	if b.Operator != "" {
		t.c.Operator = b.Operator
	}
	t.startClocks()
	if _, ok := t.law.Regime.Terms["complaint.take-up"]; ok {
		t.arm("take-up", t.today()) // from the first receipt alone, not from what is sent in later
	}
	t.notice("receipt", "complainant")
}

// startClocks arms our two first duties. The days to answer run from receipt here, unless the
// regime counts them from acceptance, and are met only by an answer; nothing that lies between
// extends them (lifecycles §3).
func (t *making) startClocks() {
	t.complaint().CountedFrom = t.today()
	t.arm("accept", t.today())
	if !t.fromAcceptance() {
		t.arm("answer", t.today())
	}
}

func (t *making) fromAcceptance() bool {
	return t.law.Regime.Terms["complaint.answer"].From == FromAcceptance
}

func acceptComplaint(t *making) {
	f := t.complaint()
	if !t.represented(f) || !t.placed(f) {
		return
	}
	t.clear("met", "accept", "take-up", "redo")
	t.clear("moot", "correction")
	if t.fromAcceptance() {
		f.CountedFrom = t.day()
		t.arm("answer", t.day())
	}
	n := t.notice("acceptance-notice", "complainant")
	n.Cite = t.basis()
	if f.Dispute == "fee" {
		t.preserve(f)
	}
	t.arm("task", t.day())
}

// preserve binds the operator's billing data while a dispute about fees lasts (telecom 17).
func (t *making) preserve(f *ComplaintFile) {
	rule, ok := t.law.Regime.Terms["complaint.preservation"]
	if !ok {
		return // this regime knows no such duty of the operator
	}
	from := f.EventOn
	if from.IsZero() || from.After(f.ReceivedOn) {
		from = f.ReceivedOn
	}
	f.PreserveUntil = t.judged("preservation", rule, from)
	n := t.notice("preservation-notice", "operator")
	n.Cite, n.Due, n.Urgent = rule.Cite, f.PreserveUntil, true
	t.cite(rule.Cite)
	t.contestable("preservation", t.day())
}

func declineComplaint(t *making) {
	g, ok := t.ground()
	if !ok {
		return
	}
	f := t.complaint()
	if g.Dispute != "" && g.Dispute != f.Dispute {
		t.refuseField("ground", "other-kind-of-dispute", g.Cite, "该理由只适用于另一类争议。", "that ground is for another kind of dispute")
		return
	}
	if g.Within.N > 0 {
		if f.EventOn.IsZero() {
			t.refuseField("ground", "event-day-unknown", g.Cite, "申诉事项发生日期不明，不能以超过期限为由不予受理；请先通知补正。", "the day of the event is not known, so the time bar can't be applied; ask for correction first")
			return
		}
		last := t.judged("time-bar", TermRule{Term: g.Within, Cite: g.Cite, Unverified: g.Unverified}, f.EventOn)
		if !f.ReceivedOn.After(last) {
			t.refuseField("ground", "time-bar-not-met", g.Cite, "申诉未超过该理由所定的期限(截止日 "+last.String()+")。", "the complaint is not out of that time: its last day was "+last.String())
			return
		}
	}
	f.Ground = g.Code
	t.clear("met", "accept", "take-up", "redo")
	t.clearAll("moot")
	t.notice("non-acceptance-notice", "complainant").Cite = g.Cite
	t.remedies()
	t.contestable("non-acceptance", t.day())
}

// remedies tells the complainant what else is open, by the clauses that the regime names for the act.
func (t *making) remedies() {
	for _, cite := range t.law.Regime.Moves[string(t.c.Kind)+"."+t.m.Name].Remedies {
		t.notice("remedy-notice", "complainant").Cite = cite
		t.cite(cite)
	}
}

func askCorrection(t *making) {
	t.clear("met", "accept", "take-up", "redo")
	t.arm("correction", t.day())
	t.notice("correction-notice", "complainant").Due = t.lastArmed()
}

// corrected: acceptance runs anew from the complete materials. The 30 days from receipt stay and
// warn; the later day, counted from complete materials, is shown beside them.
func corrected(t *making) {
	t.setAside("correction", t.day())
	t.clear("met", "correction")
	t.complete()
	t.arm("accept", t.today())
	t.countComplete()
}

// complete takes over what the filing lacked. A day that the filing named stays as it was named.
func (t *making) complete() {
	b, f := t.m.Body, t.complaint()
	if f.EventOn.IsZero() {
		f.EventOn = b.EventOn
	}
	if b.Complainants > 0 {
		f.Complainants = b.Complainants
	}
	if b.Representatives > 0 {
		f.Representatives = b.Representatives
	}
}

// countComplete shows the days to answer counted from complete materials too, where they run from
// receipt; those that run from acceptance come after the materials anyway.
func (t *making) countComplete() {
	if !t.fromAcceptance() {
		t.arm("answer-complete", t.today())
	}
}

// correctedAfterAll: the correction was posted in time, so what was declined for want of it is
// taken up again, with nothing lost.
func correctedAfterAll(t *making) {
	if !t.setAside("correction", t.day()) {
		t.none("case-closed")
		return
	}
	t.complete()
	t.reopen()
	t.countComplete()
	t.notice("task", "officer")
}

// reopen takes a complaint that was not accepted up again; our terms run from now.
func (t *making) reopen() {
	f := t.complaint()
	f.Ground = ""
	t.spent("non-acceptance")
	t.to(Received)
	t.startClocks()
}

func tellOperatorFirst(t *making) {
	f := t.complaint()
	if rule, ok := t.law.Regime.Terms["complaint.operators-own-answer"]; ok && !f.AskedOperatorOn.IsZero() {
		last := t.judged("operators-own-answer", rule, f.AskedOperatorOn)
		if t.today().After(last) {
			t.refuse("operator-was-asked", rule.Cite, "申诉人已先向经营者投诉，且经营者的答复期限已于 "+last.String()+" 届满。", "the complainant did ask the operator, whose own time was over on "+last.String())
			return
		}
		t.notice("operator-first-notice", "complainant").Due = last
	} else {
		t.notice("operator-first-notice", "complainant")
	}
	t.clear("met", "accept", "take-up", "redo")
	t.clearAll("moot")
}

// comeBack: no prejudice from having been sent to the operator first; our terms run from the return.
func comeBack(t *making) {
	if !t.m.Body.AskedOperatorOn.IsZero() {
		t.complaint().AskedOperatorOn = t.m.Body.AskedOperatorOn
	}
	t.startClocks()
}

// receiver refuses a transfer to nobody, or to the authority that has the case.
func (t *making) receiver(what string) bool {
	switch b := t.m.Body; {
	case b.Authority == "" && b.Body == "":
		t.refuseField("authority", "receiver-missing", t.basis(), "请指明接收机关。", "name the receiver: an authority of this installation or an outside body")
	case b.Authority != "" && b.Body != "":
		t.refuseField("authority", "two-receivers", t.basis(), "接收机关只能有一个：本系统内的机关或者系统外的机关。", "there is one receiver: an authority of this installation, or an outside body")
	case b.Authority == t.c.Authority:
		t.refuseField("authority", "receiver-is-sender", t.basis(), "不能移送给本机关。", what+" can't be transferred to the authority that has it")
	case b.Authority != "" && (t.m.Receiver == nil || !t.m.Receiver.Known):
		t.refuseField("authority", "unknown-authority", "", "本系统没有该接收机关；系统外的机关请用 body 字段写明。", "no such authority in this installation; name an outside body in the field body")
	case b.Authority != "" && !t.m.Receiver.Carries:
		t.refuseField("authority", "no-regime", "", "接收机关没有办理此类案件的法规，不能移送给该机关。", "that authority has no regulation for cases of this kind: they can't be transferred to it")
	default:
		return true
	}
	return false
}

func transferComplaint(t *making) {
	b, f := t.m.Body, t.complaint()
	if !t.receiver("a complaint") {
		return
	}
	t.clear("met", "accept", "take-up", "redo")
	t.clearAll("moot")
	t.notice("transfer-notice", "complainant")
	if b.Authority == "" {
		t.notice("transfer-letter", "body")
		return
	}
	id := linkedID(t.c.ID, t.seq(), 0)
	t.link(id, Complaint, "transferred-to")
	filing := Send{
		Case: id, Paper: "filing", Effective: f.ReceivedOn,
		Body: Body{
			Dispute: f.Dispute, EventOn: f.EventOn, AskedOperatorOn: f.AskedOperatorOn, Operator: t.c.Operator, Case: t.c.ID,
			Complainants: f.Complainants, Representatives: f.Representatives,
		},
		New: &NewCase{ID: id, Kind: Complaint, Authority: b.Authority, Operator: t.c.Operator},
	}
	var with []Send
	for _, p := range t.m.Papers {
		switch p.Name {
		case "filing":
			filing.Copy = p.ID
		case "letter", "correction", "return":
			with = append(with, Send{Case: id, Paper: p.Name, Effective: p.On, Copy: p.ID})
		} // the others were answers within our own procedure: the receiver begins anew
	}
	t.send(filing)
	for _, s := range with {
		t.send(s)
	}
}

// TransferredTo is the case that has the matter now; empty where it went outside the installation, or nowhere.
func (c Case) TransferredTo() string {
	for _, l := range c.Links {
		if l.As == "transferred-to" {
			return l.Case
		}
	}
	return ""
}

// passOn has a paper that came to where the complaint was reach who has it now, as it was sent and on
// the day it was: it is on file here, and counts there.
func passOn(t *making) {
	to := t.c.TransferredTo()
	switch {
	case to != "":
		t.send(Send{Case: to, Paper: t.m.Name, Effective: t.m.Effective, Body: t.m.Body.coded(), Copy: t.m.Ref})
	case t.m.Name != "letter":
		t.none("case-closed")
	}
}

// withdraw ends the complaint, not the supervision: enforcement cases of the matter go on (lifecycles §3).
func withdraw(t *making) {
	t.clearAll("moot")
	t.notice("withdrawal-noted", "complainant")
	t.tellEnforcement("withdrawn")
}
