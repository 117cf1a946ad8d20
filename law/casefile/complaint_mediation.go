package casefile

func proposeMediation(t *making) {
	f := t.complaint()
	f.ConsentComplainant, f.ConsentOperator, f.Agreed = nil, nil, nil
	f.ForwardedOn = t.day()
	t.clear("moot", "feedback")
	t.arm("consent", t.day())
	for _, to := range []reader{"complainant", "operator"} {
		t.notice("mediation-proposal", to).Due = t.lastArmed()
	}
}

func consent(t *making) {
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
	refused := !isTrue(t.m.Body.Agreed)
	if refused || f.ConsentComplainant != nil && f.ConsentOperator != nil {
		t.setAside("consent", t.day())
		t.clear("met", "consent")
		t.arm("task", t.today())
	}
}

func endConsent(t *making) { t.clear("moot", "consent") }

func openMediation(t *making) {
	f := t.complaint()
	if !isTrue(f.ConsentComplainant) || !isTrue(f.ConsentOperator) {
		t.refuse("consent-missing", t.basis(), "调解须双方自愿，尚缺一方同意。", "mediation is voluntary: the consent of both sides is needed")
		return
	}
	t.clear("met", "consent")
	t.arm("mediation", t.day())
}

func endMediation(t *making) {
	f := t.complaint()
	t.clear("met", "mediation")
	f.Agreed = t.m.Body.Agreed
	t.notice("mediation-result", "complainant")
	t.notice("mediation-result", "operator")
	if isTrue(f.Agreed) {
		t.tellEnforcement("settled")
	} else {
		t.remedies()
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

// tellEnforcement enters in the enforcement cases of the same matter how the complaint ended: an
// agreement mitigates there, and nothing of it ends them (lifecycles §3).
func (t *making) tellEnforcement(how string) {
	for _, l := range t.c.Links {
		if l.Kind == Enforcement {
			t.send(Send{Case: l.Case, Paper: "settlement", Body: Body{Case: t.c.ID, Finding: how}})
		}
	}
}
