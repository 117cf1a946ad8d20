package casefile

import "slices"

// What the team records, and what it preserves.

// record is a finding about one requirement. It may lead to a sanction only if both hold
// enforcement cards that day (penalties 42, 55).
func record(t *making) {
	on := t.today()
	if !t.fromTeam(on) {
		return
	}
	b, f := t.m.Body, t.inspection()
	x := Finding{
		Entry: t.seq(), Requirement: b.Requirement, Breach: isTrue(b.Breach), On: on, Evidence: b.Evidence, Value: b.Value, Enforceable: t.enforcers(on),
	}
	if !t.judge(&x) {
		return
	}
	f.Findings = append(f.Findings, x)
	if _, armed := t.armed("report"); !armed {
		t.arm("report", on) // found after the comments: there will be another report
	}
}

// siteRecord: signed by whom it concerns, or the refusal noted before a witness.
func siteRecord(t *making) {
	if !t.fromTeam(t.today()) {
		return
	}
	b := t.m.Body
	if !isTrue(b.Signed) && !isTrue(b.Witnessed) {
		t.refuseField("signed", "witness-missing", t.basis(), "当事人拒绝签名的，须注明原因并有见证人。", "a record that is not signed needs a witness and the reason noted")
		return
	}
	t.inspection().Records = append(t.inspection().Records, SiteRecord{Entry: t.seq(), Document: b.Document, Signed: isTrue(b.Signed)})
}

// live is the preservation that is asked for or stands; nil when there is none.
func (f *InspectionFile) live() *Preserved {
	i := slices.IndexFunc(f.Preserved, func(p Preserved) bool { return p.Handled == "" })
	if i < 0 {
		return nil
	}
	return &f.Preserved[i]
}

func askPreservation(t *making) {
	f := t.inspection()
	if f.live() != nil {
		t.refuse("preserved-already", "penalties-2021:56", "已有未处理的先行登记保存。", "a preservation is asked for or stands already")
		return
	}
	if !t.fromTeam(t.today()) {
		return
	}
	if !t.enforcers(t.today()) {
		t.refuseField("officers", "no-enforcement-card", "penalties-2021:42", "先行登记保存须由持执法证件的人员进行。", "preservation is for officers who hold enforcement cards")
		return
	}
	f.Preserved = append(f.Preserved, Preserved{Asked: t.seq()})
	t.notice("preservation-asked", "head")
}

// preserve: the head approves, the list is handed over, and seven working days run (penalties 56).
func preserve(t *making) {
	p := t.inspection().live()
	if p == nil || p.Approved != 0 {
		t.refuse("nothing-asked", "penalties-2021:56", "没有待批准的先行登记保存。", "no preservation waits for approval")
		return
	}
	if slices.Contains(t.inspection().Team, t.m.By.Officer) {
		t.refuse("separate-functions", "penalties-2021:56", "检查组成员不得批准登记保存。", "a member of the team can't approve it")
		return
	}
	p.Approved = t.seq()
	t.arm("preservation", t.today())
	t.notice("preservation-list", "operator").Due = t.lastArmed()
}

// handlePreserved within the term: released, sent to be tested, handed over, or seized where the
// regime names the law that allows it (penalties 56; compulsion 10).
func handlePreserved(t *making) {
	p := t.inspection().live()
	if p == nil || p.Approved == 0 {
		t.refuse("nothing-preserved", "penalties-2021:56", "没有登记保存的证据。", "nothing is preserved")
		return
	}
	if !t.fromTeam(t.today()) {
		return
	}
	switch t.m.Body.Outcome {
	case "released", "tested", "handed-over":
	case "seized":
		if _, ok := t.ground(); !ok {
			return
		}
	default:
		t.refuseField("outcome", "unknown-outcome", "penalties-2021:56", "处理方式须为解除、检验、移交或者依法扣押(released、tested、handed-over、seized)。", "it is released, tested, handed-over or seized")
		return
	}
	p.Handled = t.m.Body.Outcome
	t.clear("met", "preservation")
	t.notice("preservation-handled", "operator")
}

// preservedLive refuses to end an inspection while evidence of another is held. What the head has
// not approved holds nothing.
func (t *making) preservedLive() bool {
	if p := t.inspection().live(); p == nil || p.Approved == 0 {
		return false
	}
	t.refuse("preserved-already", "penalties-2021:56", "先行登记保存的证据尚未处理。", "evidence is still preserved: handle it first")
	return true
}
