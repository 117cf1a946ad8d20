package casefile

import "duban/law/calendar"

// answerDuringMediation: the 30 days do not wait for mediation, which goes on (lifecycles §3).
func answerDuringMediation(t *making) {
	if !t.complaint().AnsweredOn.IsZero() {
		t.refuse("answered-already", t.basis(), "已答复申诉人。", "the complainant has been answered already")
		return
	}
	t.giveAnswer()
}

// answerAgain is for an answer that came back undelivered.
func answerAgain(t *making) {
	if !t.complaint().AnsweredOn.IsZero() {
		t.refuse("answered-already", t.basis(), "已答复申诉人。", "the complainant has been answered already")
		return
	}
	t.clear("met", "task")
	t.giveAnswer()
	t.arm("close", t.day())
}

func answerComplaint(t *making) {
	t.clear("moot", "reply", "supervised-reply", "feedback", "consent")
	t.giveAnswer()
	t.arm("close", t.day())
}

func (t *making) giveAnswer() {
	f := t.complaint()
	if t.m.Body.Finding == "settled" && !isTrue(f.Agreed) {
		t.refuseField("finding", "no-agreement", t.basis(), "尚无调解协议，不能以“已和解”答复。", "there is no agreement yet, so the answer can't say that the matter is settled")
		return
	}
	f.AnsweredOn, f.Finding = t.day(), t.m.Body.Finding
	t.clear("met", "answer", "answer-complete")
	t.performed("silence")
	n := t.notice("answer", "complainant")
	n.Cite = t.basis()
}

func closeComplaint(t *making) {
	if t.complaint().AnsweredOn.IsZero() {
		t.refuse("not-answered", t.basis(), "答复未送达申诉人，不能结案。", "the answer has not reached the complainant, so the case can't be closed")
		return
	}
	t.clear("met", "close")
	t.clearAll("moot")
}

// undelivered: an answer that did not reach the complainant does not meet the 30 days. They count
// as before; a case closed on it is open again.
func undelivered(t *making) {
	f := t.complaint()
	t.notice("task", "officer")
	if t.m.Body.Document == "answer" && !f.AnsweredOn.IsZero() && !f.Imported && (!t.c.Closed() || t.c.State == ComplaintEnded) {
		f.AnsweredOn = calendar.Day{}
		t.clear("moot", "close")
		t.arm("answer", f.CountedFrom)
		if t.c.State == ComplaintEnded {
			t.to(Answered)
		}
	}
	if !t.c.Closed() {
		t.arm("task", t.today())
	}
}

// served by post: the receipt proves when a letter was known, and what counts from it is counted anew.
func postalReceipt(t *making) {
	b := t.m.Body
	switch b.Document {
	case "forwarding-letter":
		t.recount("reply")
	case "supervision-letter":
		t.recount("supervised-reply")
	case "non-acceptance-notice":
		t.reknown("non-acceptance", t.day())
	case "preservation-notice":
		t.reknown("preservation", t.day())
	default:
		t.none("nothing-awaits-it")
	}
}

// recount sets a running term anew from the day on which its letter was received.
func (t *making) recount(name clock) {
	d, armed := t.armed(name)
	if !armed || d.Term.IsZero() || !t.day().After(d.From) {
		t.none("nothing-awaits-it")
		return
	}
	t.armTerm(name, d.Term, t.day())
}

func onRecord(*making) {}

// assign tells both sides: who has the case now, and who had it. Given to the one who has it, it tells nobody.
func assign(t *making) {
	had := t.c.Officer
	if had == t.m.Body.Officer {
		return
	}
	if had != "" {
		t.notice("reassignment", "officer")
	}
	t.c.Officer = t.m.Body.Officer
	t.notice("assignment", "officer")
}
