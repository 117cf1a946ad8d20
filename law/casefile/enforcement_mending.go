package casefile

// correctDecision mends a clerical error (penalties 75): the act and its windows stay. Of money it
// can only lower what was written by mistake; what grows is a new decision.
func correctDecision(t *making) {
	b := t.m.Body
	act := t.made(b.Contested)
	if b.Contested == 0 && len(t.c.Contestable) > 0 {
		act = &t.c.Contestable[len(t.c.Contestable)-1]
	}
	if act == nil {
		t.refuseField(fieldIf(len(t.c.Contestable) > 0, "contested"), "nothing-to-correct", t.basis(), "尚无可更正的决定。", "there is no decision to correct")
		return
	}
	if b.Amount != 0 {
		fine := t.fineOf(act.Entry)
		if fine == nil || fine.Annulled || b.Amount < 0 || b.Amount >= fine.Amount {
			t.refuseField("amount", "amount-out-of-bounds", t.basis(), "更正只能降低误写的罚款金额；加重须重新作出决定。", "a correction can only lower an amount written by mistake; a heavier one is a new decision")
			return
		}
		fine.Amount = b.Amount
		t.refundExcess(fine)
	}
	if b.Confiscated != 0 {
		money := t.moneyOf(act.Entry, Confiscation)
		if money == nil || money.Annulled || b.Confiscated < 0 || b.Confiscated >= money.Amount {
			t.refuseField("confiscated", "amount-out-of-bounds", t.basis(), "更正只能降低误写的没收金额。", "a correction can only lower what was confiscated by mistake")
			return
		}
		money.Amount = b.Confiscated
		for i := range t.enforcement().Sanctions {
			if s := &t.enforcement().Sanctions[i]; s.Entry == act.Entry {
				s.imposes(Confiscation).Amount = b.Confiscated
			}
		}
		t.refundExcess(money)
	}
	t.note("corrected:" + act.What)
	t.changed(act.Entry, "corrected")
	t.notice("correction-notice", "operator")
	t.settle()
}

// revokeOfOwnMotion annuls our own act (penalties 75); money and publication follow as after a
// revocation on appeal.
func revokeOfOwnMotion(t *making) {
	act := t.made(t.m.Body.Contested)
	if act == nil || act.What != "decision" && act.What != "order" {
		f := t.enforcement()
		t.refuseField(fieldIf(f.Ordered != 0 || f.live("") != nil, "contested"), "no-such-act", t.basis(), "没有该编号的决定或整改书。", "no order or decision was made by that entry")
		return
	}
	f := t.enforcement()
	if act.What == "order" && f.Ordered != act.Entry || act.What == "decision" && !f.stands(act.Entry) {
		t.refuseField("contested", "annulled-already", t.basis(), "该行为已不再有效。", "that act is no longer in force")
		return
	}
	t.annul(act)
	t.notice("revocation", "operator")
	t.settle()
}

// stands tells whether the sanction decided by that entry is in force.
func (f *EnforcementFile) stands(entry int) bool {
	for _, s := range f.Sanctions {
		if s.Entry == entry {
			return !s.Annulled
		}
	}
	return false
}

// note puts a coded remark on the publication, once.
func (t *making) note(code string) {
	for _, n := range t.c.Notes {
		if n == code {
			return
		}
	}
	t.c.Notes = append(t.c.Notes, code)
}

// knownByPost: no document waits for service, but the receipt proves when an act was known.
func knownByPost(t *making) {
	switch t.m.Body.Document {
	case "no-penalty-decision":
		t.reknown("no-penalty", t.day())
	default:
		t.none(onFile(tableOf(t.c.Kind)[t.c.State]))
	}
}
