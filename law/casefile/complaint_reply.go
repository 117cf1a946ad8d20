package casefile

func forward(t *making) {
	t.clear("moot", "feedback")
	t.complaint().Assessed = false
	t.complaint().ForwardedOn = t.day()
	t.arm("reply", t.day())
	t.notice("forwarding-letter", "operator").Due = t.lastArmed()
}

func endReply(t *making) { t.clear("moot", "reply", "supervised-reply") }

func reply(t *making) {
	t.setAside("supervised-reply", t.day())
	t.setAside("reply", t.day())
	t.clear("met", "reply", "supervised-reply")
	t.complaint().RepliedOn = t.day()
	t.arm("feedback", t.today())
	t.notice("reply-copy", "complainant").Due = t.lastArmed()
	t.notice("reply-received", "officer")
}

// replyOnRecord: what the operator adds once its term is dealt with; sent in time, it sets the lapse aside.
func replyOnRecord(t *making) {
	t.setAside("supervised-reply", t.day())
	t.setAside("reply", t.day())
	if t.complaint().RepliedOn.IsZero() {
		t.complaint().RepliedOn = t.day()
	}
	t.notice("reply-received", "officer")
}

// supervise is an officer's act; silence alone never makes it (telecom 16: silence is no admission).
// Its term is shorter than the first one, and what it notes of the operator is internal.
func supervise(t *making) {
	if _, running := t.armed("reply"); running {
		t.refuse("term-still-running", t.basis(), "经营者的回复期限尚未届满，不能列为督办事项。", "the operator's term to reply is not over yet")
		return
	}
	t.complaint().Supervised = true
	t.clear("moot", "feedback")
	if t.setTerm("supervised-reply"); t.stopped() {
		return
	}
	if first, ok := t.law.Regime.Terms["complaint.reply"]; ok {
		if longest := t.law.Calendar.Due(t.day(), first.Term, first.Roll).Day; !t.lastArmed().Before(longest) {
			t.refuseField("term", "term-not-shorter", t.basis(), "督办的期限须短于首次回复期限。", "the second term must be shorter than the operator's first")
			return
		}
	}
	n := t.notice("supervision-letter", "operator")
	n.Cite, n.Due = t.basis(), t.lastArmed()
}

func feedback(t *making) {
	t.setAside("feedback", t.day())
	t.clear("met", "feedback")
	t.complaint().Satisfied = t.m.Body.Satisfied
}

func assess(t *making) {
	if _, running := t.armed("feedback"); running {
		t.refuse("term-still-running", t.basis(), "申诉人的反馈期限尚未届满。", "the complainant's term for feedback is not over yet")
		return
	}
	t.clear("met", "task")
	t.complaint().Assessed = true // by the officer: silence is no satisfaction
	t.arm("task", t.day())
}
