package casefile

import (
	"slices"

	"duban/law/calendar"
)

// From the plan to the door of the operator.

func plan(t *making) {
	b, f := t.m.Body, t.inspection()
	t.c.Operator = b.Operator
	f.Cause, f.Items, f.Drawn = b.Cause, b.Items, b.Officers
	t.c.Checklist = b.Checklist
	if b.Cause == "re-inspection" && b.Case != "" {
		t.link(b.Case, Inspection, "source")
	} else {
		f.Source = b.Case
	}
	if isTrue(b.Imported) {
		t.history()
		return
	}
	t.to(Planned)
	t.arm("inspect", t.today())
}

// history enters an inspection that was over before this installation had it. Its breaches stand as they
// were found: it leads to nothing here.
func (t *making) history() {
	b, f := t.m.Body, t.inspection()
	t.elsewhere()
	f.Imported, f.OnSiteOn, f.Score, f.Items = true, t.day(), b.Value, nil
	if !b.On.IsZero() {
		f.OnSiteOn = b.On
	}
	for _, item := range b.Items {
		f.Findings = append(f.Findings, Finding{Entry: t.seq(), Requirement: item.Requirement, Breach: true, On: f.OnSiteOn, Evidence: item.Evidence})
	}
	t.to(InspectionClosed)
}

func approve(t *making) {
	t.inspection().ApprovedBy, t.inspection().ApprovedOn = t.m.By.Officer, t.today()
	t.notice("inspection-approved", "officer")
}

func cancelInspection(t *making) {
	if !t.inspection().Announced.IsZero() {
		t.notice("inspection-cancelled", "operator")
	}
	t.clearAll("moot")
}

// appoint: none whom the head has taken out; each with a card that is good today. Where a draw has
// chosen the team, another is appointed with reasons only.
func appoint(t *making) {
	f := t.inspection()
	if !t.crew() || !t.mayInspect(t.today()) {
		return
	}
	for _, who := range t.m.Body.Officers {
		if slices.Contains(f.Recused, who) {
			t.refuseField("officers", "recused", "penalties-2021:43", "该人员已被决定回避。", "that officer was taken out of this inspection")
			return
		}
	}
	if len(f.Drawn) > 0 && t.m.Body.Reasons == "" {
		for _, who := range t.m.Body.Officers {
			if !slices.Contains(f.Drawn, who) {
				t.refuseField("reasons", "not-drawn", t.basis(), "检查人员已由抽签确定；另派他人须说明理由。", "the team was drawn by lot; to appoint another officer, give the reasons")
				return
			}
		}
	}
	f.Team = t.m.Body.Officers
}

// crew is two officers or more, one of them who acts. On site two of them do each thing together.
func (t *making) crew() bool {
	who := t.m.Body.Officers
	if len(who) < 2 || len(slices.Compact(slices.Sorted(slices.Values(who)))) < len(who) || !slices.Contains(who, t.m.By.Officer) {
		t.refuseField("officers", "two-officers", "penalties-2021:42", "检查组不得少于两人，且您须是其中之一。", "a team is two officers or more, and you must be one of them")
		return false
	}
	return true
}

// askRecusal is the operator's or the officer's own; the inspection goes on until the head has
// decided (penalties 43).
func askRecusal(t *making) {
	f := t.inspection()
	if slices.Contains(f.Doubted, t.m.Body.Officer) || slices.Contains(f.Recused, t.m.Body.Officer) {
		t.none("known-already")
		return
	}
	f.Doubted = append(f.Doubted, t.m.Body.Officer)
	t.notice("recusal-asked", "head")
	if t.m.Body.Officer == f.ApprovedBy { // a head, who can't decide on it
		t.notice("recusal-asked", "superior")
	}
}

func decideRecusal(t *making) {
	f, who := t.inspection(), t.m.Body.Officer
	i := slices.Index(f.Doubted, who)
	switch {
	case i < 0:
		t.refuseField(fieldIf(len(f.Doubted) > 0, "officer"), "nothing-asked", "penalties-2021:43", "没有针对该人员的回避申请。", "nobody has asked for that officer's recusal")
		return
	case who == t.m.By.Officer:
		t.refuseField("officer", "separate-functions", "penalties-2021:43", "不得决定本人的回避，由本机关其他负责人或者上级机关负责人决定。",
			"nobody decides on their own recusal: another head of this authority does, or a head of the authority above it")
		return
	}
	f.Doubted = slices.Delete(slices.Clone(f.Doubted), i, i+1)
	if isTrue(t.m.Body.Agreed) {
		f.Recused = append(f.Recused, who)
		f.Team = slices.DeleteFunc(slices.Clone(f.Team), func(x string) bool { return x == who })
	}
	if t.c.Visible { // a letter must not betray a visit that is to come
		t.notice("recusal-decided", "operator")
	}
}

func announce(t *making) {
	f := t.inspection()
	if !f.Announced.IsZero() {
		t.refuse("announced-already", t.basis(), "检查通知已发出。", "the inspection is announced already")
		return
	}
	f.Announced = t.today()
	t.notice("inspection-notice", "operator")
}

// goOnSite: two officers of the team, together, after they showed their cards (telecom 7,
// penalties 42, 55).
func goOnSite(t *making) {
	if !isTrue(t.m.Body.Shown) {
		t.refuseField("shown", "cards-not-shown", "penalties-2021:55", "未出示证件不得进行检查；当事人有权拒绝。", "without cards shown there is no inspection, and the operator may refuse it")
		return
	}
	if !t.visit("received") {
		return
	}
	on := t.m.Body.On
	t.inspection().OnSiteOn = on
	t.setAside("inspect", on) // entered late, carried out in time
	t.clear("met", "inspect")
	t.arm("report", on)
}

// turnedAway: no card was shown. That is lawful, and no obstruction (penalties 55).
func turnedAway(t *making) { t.visit("turned-away") }

func missedVisit(t *making) {
	if t.visit("missed") {
		t.notice("missed-visit", "superior")
	}
}

// obstruction is a violation of its own (telecom 20, 22); it may open an enforcement case.
func obstruction(t *making) {
	if t.visit("obstructed") {
		t.notice("obstruction-noted", "head")
	}
}

// visit notes how the operator met the team on that day: the cooperation log.
func (t *making) visit(what string) bool {
	on := t.m.Body.On
	f := t.inspection()
	if on.Before(f.ApprovedOn) {
		t.refuseField("on", "not-approved", t.basis(), "现场检查日期不能早于负责人批准之日。", "no visit comes before the day on which the head approved it")
		return false
	}
	if !t.fromTeam(on) {
		return false
	}
	f.Visits = append(f.Visits, Visit{Entry: t.seq(), What: what, On: on, Enforceable: t.enforcers(on)})
	return true
}

// fromTeam is two officers, both of the team, with cards that were good on that day.
func (t *making) fromTeam(on calendar.Day) bool {
	if !t.pair() {
		return false
	}
	f := t.inspection()
	for _, who := range t.m.Body.Officers {
		if !slices.Contains(f.Team, who) {
			t.refuseField("officers", "not-in-team", t.basis(), "须由检查组成员进行。", "this is for the members of the team")
			return false
		}
	}
	return t.mayInspect(on)
}

// reportUp is the inspector's right (tourism 10): past the case's officer, and the head too.
func reportUp(t *making) { t.notice("inspector-report", "superior") }

// tellBody is for danger that can't wait; the inspection goes on.
func tellBody(t *making) { t.notice("urgent-letter", "body").Urgent = true }

func transferInspection(t *making) {
	b := t.m.Body
	if t.preservedLive() || !t.receiver("an inspection") {
		return
	}
	t.clearAll("moot")
	if b.Authority == "" {
		t.notice("transfer-letter", "body")
		return
	}
	f := t.inspection()
	from, items := t.c.ID, f.open()
	for _, i := range f.Items {
		if f.latest(i.Requirement) == nil {
			items = append(items, i)
		}
	}
	if asked := t.askedBy(); asked != "" {
		from = asked // whose items they are hears the result
	}
	id := linkedID(t.c.ID, t.seq(), 0)
	t.link(id, Inspection, "transferred-to")
	t.send(Send{
		Case: id, Paper: "filing", Body: Body{Operator: t.c.Operator, Cause: f.Cause, Case: from, Items: items, Checklist: t.c.Checklist},
		New: &NewCase{ID: id, Kind: Inspection, Authority: b.Authority, Operator: t.c.Operator},
	})
}

// handOverInspection: a crime is suspected, so the whole goes to who pursues it (penalties 27).
func handOverInspection(t *making) {
	if t.preservedLive() {
		return
	}
	g, ok := t.ground()
	if !ok {
		return
	}
	t.clearAll("moot")
	t.notice("hand-over-letter", "body").Cite = g.Cite
}
