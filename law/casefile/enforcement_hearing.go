package casefile

import (
	"slices"

	"duban/law/calendar"
)

// Hearing is the party's right to be heard in a hearing under the last notice, and what became of
// it (penalties 63-65). A case without one was noticed with nothing that gives the right.
type Hearing struct {
	Cite  string       `json:"cite"`           // what gives the right
	Asked calendar.Day `json:"asked,omitzero"` // day on which the request counts
	On    calendar.Day `json:"on,omitzero"`    // the day it is called for
	Ended string       `json:"ended,omitempty"`
}

// How a right to a hearing ends.
const (
	HearingHeld         = "held"
	HearingNoShow       = "no-show" // without a proper reason: waived (penalties 64)
	HearingLeft         = "left"    // without leave: waived
	HearingWithdrawn    = "withdrawn"
	HearingWaived       = "waived"        // expressly, before anything was asked
	HearingNotRequested = "not-requested" // not asked for in time: waived by statute
)

// HearingRule says what gives the right to a hearing. A zero Fine.From: the text is older than
// hearings in this installation.
type HearingRule struct {
	Fine         HearingGround // From: on an organisation, in fen
	Confiscation HearingGround // From: in fen
	Always       HearingGround // Kinds
	Collective   HearingGround // Cite: where there is the right, the heads decide together; empty: not asked
}

// HearingGround is one ground of the right, with its clause.
type HearingGround struct {
	From       Fen
	Kinds      []string
	Cite       string
	Unverified bool
}

// gives is the clause by which what is intended gives the right to a hearing; empty: none does.
func (r HearingRule) gives(i Intended) string {
	if r.Fine.From == 0 {
		return ""
	}
	for _, x := range i.Also {
		switch {
		case slices.Contains(r.Always.Kinds, x.What):
			return r.Always.Cite
		case x.What == Confiscation && x.Amount >= r.Confiscation.From:
			return r.Confiscation.Cite
		}
	}
	if i.Amount >= r.Fine.From {
		return r.Fine.Cite
	}
	return ""
}

var hearingSpecs = []Spec{
	{Class: Paper, Name: "hearing-request", Title: Text{"听证申请", "request for a hearing"}, Takes: []string{"text", "evidence"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Paper, Name: "hearing-withdrawal", Title: Text{"撤回听证申请或者放弃听证", "hearing withdrawn or waived"}, Takes: []string{"text", "evidence"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Act, Name: "call-hearing", Title: Text{"通知听证", "call a hearing"}, Roles: officers, Needs: []string{"on", "officer"}, Takes: []string{"text"}, Asks: []Ask{AskColleague}, Ahead: true, Readers: forOperator},
	{Class: Act, Name: "hold-hearing", Title: Text{"举行听证", "hold the hearing"}, Roles: []Role{RoleOfficer, RoleReviewer, RoleHead}, Anyone: true, Needs: []string{"outcome"}, Takes: []string{"signed", "witnessed", "points", "text", "evidence"}, Readers: theHearing},
}

// lateHearing is in every state, closed ones included: the paper may come when no hearing is possible.
var lateHearing = cells{"hearing-request": stays(askHearingAfterwards)}

// armTask begins the officer's time for what comes after the party was heard.
func (t *making) armTask() {
	if !t.hearingWaits() {
		t.arm("task", t.today())
	}
}

// tellHearing tells the right with the notice.
func (t *making) tellHearing() {
	f := t.enforcement()
	cite := t.law.Regime.Hearing.gives(*f.Noticed)
	if cite == "" {
		return
	}
	f.Hearing = &Hearing{Cite: cite}
	t.cite(cite, "penalties-2021:63")
	t.notice("hearing-right", "operator").Cite = cite
}

// hearingWaived: nobody asked within five working days of the notice (penalties 64).
func hearingWaived(t *making) {
	t.enforcement().Hearing.Ended = HearingNotRequested
	t.arm("task", t.m.Effective)
	t.notice("task", "officer").Due = t.lastArmed()
}

// askHearing counts by its own day, so that a request posted in time sets an entered lapse aside.
func askHearing(t *making) {
	h := t.enforcement().Hearing
	switch {
	case h == nil:
		t.none("no-right-to-a-hearing")
		return
	case h.Ended == HearingNotRequested:
		if !t.setAside("hearing-request", t.day()) {
			t.none("too-late")
			return
		}
	case h.Ended != "":
		t.none("hearing-ended")
		return
	case !h.Asked.IsZero():
		t.none("known-already")
		return
	}
	t.clear("met", "hearing-request")
	t.clear("moot", "task")
	h.Asked, h.Ended = t.day(), ""
	t.arm("hearing", t.today())
	t.notice("hearing-requested", "officer").Due = t.lastArmed()
	t.notice("hearing-requested", "head")
}

// askHearingAfterReview: the review has not seen what the hearing will bring.
func askHearingAfterReview(t *making) {
	if askHearing(t); t.e.None == "" {
		t.to(Defending)
		t.enforcement().Opinion = ""
	}
}

// askHearingAfterwards: asked for in time, but it came when no hearing was possible any more under
// that notice. Only the head can mend that (penalties 62, 75).
func askHearingAfterwards(t *making) {
	h := t.enforcement().Hearing
	if h == nil || h.Ended != HearingNotRequested || !t.setAside("hearing-request", t.day()) {
		t.none(onFile(tableOf(t.c.Kind)[t.c.State]))
		return
	}
	h.Asked = t.day()
	t.notice("hearing-in-time", "head")
	t.notice("hearing-in-time", "officer")
}

// hearingWaits tells whether a hearing was asked for and has not ended. Until then the officer can't
// have the case reviewed, so no task of theirs runs: the hearing has a clock of its own.
func (t *making) hearingWaits() bool {
	f := t.c.Enforcement
	return f != nil && f.Hearing != nil && !f.Hearing.Asked.IsZero() && f.Hearing.Ended == ""
}

func withdrawHearing(t *making) {
	if h := t.enforcement().Hearing; h == nil || h.Ended != "" {
		t.none("hearing-ended")
		return
	}
	t.endHearing()
	t.arm("task", t.today())
}

// endHearing is the party's own word that it wants no hearing.
func (t *making) endHearing() {
	h := t.enforcement().Hearing
	if h == nil || h.Ended != "" {
		return
	}
	h.Ended = HearingWithdrawn
	if h.Asked.IsZero() {
		h.Ended = HearingWaived
	}
	t.clear("moot", "hearing-request", "hearing")
}

// callHearing sets day and chair. The party is told the regime's term before the day, counted
// backwards (penalties 64); a day that is called anew is told anew.
func callHearing(t *making) {
	f, b := t.enforcement(), t.m.Body
	h := f.Hearing
	switch {
	case h == nil || h.Asked.IsZero() || h.Ended != "":
		t.refuse("no-hearing-asked", "penalties-2021:64", "没有待举行的听证。", "no request for a hearing waits")
		return
	case slices.Contains(f.Investigators, b.Officer) || b.Officer == f.Reviewer || b.Officer == f.Head || b.Officer == t.c.Officer:
		t.refuseField("officer", "separate-functions", "penalties-2021:64", "听证由非本案调查人员主持，本案承办、审核、决定人员不得主持。", "the hearing is chaired by somebody who neither handles nor investigates, reviews or decides the case")
		return
	}
	if !t.toldInTime(b.On) {
		return
	}
	h.On, f.Chair = b.On, b.Officer
	t.notice("hearing-notice", "operator").Due = b.On
	n := t.notice("hearing-called", "officer") // to the chair: who calls it knows
	n.To, n.ID, n.Due = string(toOfficer), b.Officer, b.On
}

// toldInTime refuses a day of hearing of which the party would be told too late today, and names
// the earliest that is left.
func (t *making) toldInTime(on calendar.Day) bool {
	rule, ok := t.law.Regime.Terms["enforcement.hearing-notice"]
	if !ok {
		t.fail("regime %s has no term enforcement.hearing-notice", t.law.Regime.Name)
		return false
	}
	inTime := func(day calendar.Day) bool {
		last, err := t.law.Calendar.Before(day, rule.Term, rule.Roll)
		return err == nil && !t.today().After(last.Day)
	}
	if inTime(on) {
		return true
	}
	earliest := t.today().AddDays(1)
	for !inTime(earliest) {
		earliest = earliest.AddDays(1)
	}
	t.refuseField("on", "hearing-too-near", rule.Cite, "听证须于举行的"+rule.Term.In("zh")+"前通知当事人；今日通知，最早可定于"+earliest.String()+"。",
		"the party is told of a hearing "+rule.Term.In("en")+" before it; if told today, the earliest day is "+earliest.String())
	return false
}

// holdHearing enters what the hearing came to. Who stays away or leaves without reason has waived
// it; nobody is penalised more for having been heard (penalties 45, 64).
func holdHearing(t *making) {
	f, b := t.enforcement(), t.m.Body
	h := f.Hearing
	switch {
	case h == nil || h.On.IsZero() || h.Ended != "":
		t.refuse("hearing-not-called", "penalties-2021:64", "尚未通知听证。", "no hearing is called")
	case t.m.By.Officer != f.Chair:
		t.refuse("not-the-chair", "penalties-2021:64", "须由听证主持人登记。", "this is for who chairs the hearing")
	case t.today().Before(h.On):
		t.refuse("hearing-not-yet", "penalties-2021:64", "尚未到听证日期。", "the day of the hearing has not come")
	case b.Outcome != HearingHeld && b.Outcome != HearingNoShow && b.Outcome != HearingLeft:
		t.refuseField("outcome", "unknown-outcome", t.basis(), "听证结果须为举行、无故缺席或者中途退出。", "the outcome is held, no-show or left")
	case b.Outcome != HearingNoShow && !isTrue(b.Signed) && !isTrue(b.Witnessed):
		t.refuseField("signed", "record-unsigned", "penalties-2021:64", "听证笔录须由当事人签字，拒绝签字的由主持人注明。", "the record of the hearing is signed, or the refusal to sign is noted before a witness")
	}
	if t.stopped() {
		return
	}
	h.Ended = b.Outcome
	if b.Outcome == HearingHeld {
		f.Defended, f.NewFacts = true, false
		f.Points += max(0, b.Points)
	}
	t.clear("met", "hearing")
	t.arm("task", t.today())
	t.notice("task", "officer").Due = t.lastArmed()
}

// hearingTold: nothing that gives the right to a hearing is reviewed or decided where the notice did
// not tell of it (penalties 63).
func (t *making) hearingTold(i Intended, field string) bool {
	cite := t.law.Regime.Hearing.gives(i)
	if t.enforcement().Hearing != nil || cite == "" {
		return true
	}
	t.refuseField(field, "hearing-not-told", cite, "拟作出的处罚应当告知听证权利，须重新告知。", "what is to be decided gives a right to a hearing, of which the notice did not tell")
	return false
}

// hearingOver: until a hearing that may be asked for is heard, waived or out of time, nothing is
// reviewed or decided (penalties 62, 63).
func (t *making) hearingOver() bool {
	h := t.enforcement().Hearing
	switch {
	case h == nil || h.Ended != "":
		return true
	case h.Asked.IsZero():
		t.refuse("hearing-term-running", "penalties-2021:64", "当事人要求听证的期限尚未届满，且未明确放弃。", "the party's term to ask for a hearing is running and was not waived")
	default:
		t.refuse("hearing-not-held", "penalties-2021:65", "当事人要求的听证尚未举行。", "the hearing that the party asked for was not held")
	}
	return false
}

// together: what gives the right to a hearing is decided by the heads together, where the regime
// takes it for a major case (penalties 57).
func (t *making) together(i Intended) bool {
	r := t.law.Regime.Hearing
	if r.Collective.Cite == "" || r.gives(i) == "" || isTrue(t.m.Body.Collective) {
		return true
	}
	t.refuseField("collective", "collective-missing", r.Collective.Cite, "给予该处罚须经机关负责人集体讨论决定。", "such a sanction is decided by the heads together")
	return false
}
