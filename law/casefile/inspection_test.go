package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"duban/law/casefile"
)

var pair = []string{"li", "wang"}

// ready is an inspection whose team is appointed.
func ready(h *house) string {
	id := h.file(casefile.Inspection, here, "officer", casefile.Body{Operator: carrier})
	h.act(id, "approve", qian, casefile.Body{})
	h.act(id, "appoint", li, casefile.Body{Officers: pair})
	return id
}

// found is one whose team is on site and has found a breach of each requirement.
func found(h *house, requirements ...string) string {
	id := ready(h)
	h.act(id, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	for _, r := range requirements {
		h.act(id, "record", wang, casefile.Body{Officers: pair, Requirement: r, Breach: yes(), Text: "t", Evidence: "photo-" + r})
	}
	return id
}

// reported is one whose operator was heard.
func reported(h *house, requirements ...string) string {
	id := found(h, requirements...)
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.paper(id, "comments", "operator", casefile.Body{Text: "t"})
	h.act(id, "report", li, casefile.Body{Text: "t"})
	return id
}

func TestInspectionWithoutFault(t *testing.T) {
	h := open(t, "2026-03-02")
	id := h.file(casefile.Inspection, here, "officer", casefile.Body{Operator: carrier})
	h.refuses(id, "approve", li, casefile.Body{}, "wrong-role")
	h.act(id, "approve", qian, casefile.Body{})
	h.refuses(id, "appoint", li, casefile.Body{Officers: []string{"li"}}, "two-officers")
	h.refuses(id, "appoint", li, casefile.Body{Officers: []string{"li", "wang", "li"}}, "two-officers")
	h.refuses(id, "appoint", li, casefile.Body{Officers: []string{"wang", "sun"}}, "two-officers")
	h.act(id, "appoint", li, casefile.Body{Officers: []string{"li", "wang", "zhao"}})
	h.act(id, "appoint", li, casefile.Body{Officers: pair})
	on := casefile.Body{Officers: pair, On: day("2026-03-02"), Shown: yes()}
	h.refuses(id, "start", li, casefile.Body{Officers: pair, On: on.On, Shown: no()}, "cards-not-shown")
	h.refuses(id, "start", li, casefile.Body{Officers: []string{"li", "sun"}, On: on.On, Shown: yes()}, "not-in-team")
	h.refuses(id, "start", li, casefile.Body{Officers: pair, On: day("2026-03-03"), Shown: yes()}, "day-in-future")
	h.until("2026-03-10")
	on.On = day("2026-03-10")
	h.act(id, "start", li, on)
	h.due(id, "report", "2026-03-24")
	h.act(id, "record", wang, casefile.Body{Officers: pair, Requirement: "hotline", Breach: no(), Text: "t"})
	h.refuses(id, "site-record", li, casefile.Body{Officers: pair, Document: "site-record", Signed: no()}, "witness-missing")
	h.act(id, "site-record", li, casefile.Body{Officers: pair, Document: "site-record", Signed: no(), Witnessed: yes(), Text: "t"})
	h.act(id, "report", li, casefile.Body{Text: "t"})
	h.due(id, "publish", "2026-04-08") // 20 working days over Qingming
	h.refuses(id, "improve", li, casefile.Body{Until: day("2026-04-01"), Text: "t"}, "nothing-open")
	h.refuses(id, "close", li, casefile.Body{}, "not-published")
	h.act(id, "publish", li, casefile.Body{})
	h.act(id, "close", li, casefile.Body{})
	h.state(id, casefile.InspectionClosed)
}

func TestABreachIsHeardBeforeTheReport(t *testing.T) {
	h := open(t, "2026-03-02")
	id := found(h, "hotline")
	h.refuses(id, "report", li, casefile.Body{Text: "t"}, "respondent-not-heard")
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.due(id, "comments", "2026-03-09")
	h.refuses(id, "report", li, casefile.Body{Text: "t"}, "term-still-running")
	h.until("2026-03-10")
	h.act(id, "report", li, casefile.Body{Text: "t"})
	h.state(id, casefile.Reported)
	h.act(id, "withhold", qian, casefile.Body{Reasons: "r"})
	h.refuses(id, "close", li, casefile.Body{}, "items-open")
	h.refuses(id, "improve", li, casefile.Body{Until: h.today().AddDays(91), Text: "t"}, "term-out-of-bounds") // house data
	if r := h.try(id, "improve", li, casefile.Body{Until: h.today().AddDays(91), Text: "t"}); !strings.Contains(r.Reason.En, "90 days") || !strings.Contains(r.Reason.Zh, "90日") {
		t.Errorf("the bound is not told: %+v", r.Reason)
	}
	h.act(id, "improve", li, casefile.Body{Until: day("2026-03-20"), Text: "t"})
	h.until("2026-03-21")
	h.act(id, "verify", li, casefile.Body{Officers: pair, Requirement: "hotline", Rectified: no()})
	h.refuses(id, "close", li, casefile.Body{}, "items-open")
	h.act(id, "verify", li, casefile.Body{Officers: pair, Requirement: "hotline", Rectified: yes()})
	h.act(id, "close", li, casefile.Body{})
}

// Turned away because no card was shown is lawful; an obstruction is a violation of its own.
func TestAtTheDoor(t *testing.T) {
	h := open(t, "2026-03-02")
	id := ready(h)
	at := casefile.Body{Officers: pair, On: day("2026-03-02"), Text: "t"}
	access := casefile.Body{Violation: "obstruction", Requirement: "inspection-access", PeriodFrom: day("2026-03-02"), PeriodTo: day("2026-03-02")}
	h.act(id, "turned-away", li, at)
	h.act(id, "missed-visit", li, at)
	h.refuses(id, "open-enforcement", li, access, "nothing-found")
	h.act(id, "obstruction", li, at)
	h.act(id, "open-enforcement", li, access)
	var what []string
	for _, v := range h.cases[id].Inspection.Visits {
		what = append(what, v.What)
	}
	if !slices.Equal(what, []string{"turned-away", "missed", "obstructed"}) {
		t.Errorf("cooperation %v", what)
	}
	enforcement := h.linked(id, "enforcement")
	if l := h.cases[enforcement].Links; len(l) != 1 || l[0].Kind != casefile.Inspection || l[0].Case != id {
		t.Errorf("links of the enforcement case %+v", l)
	}
}

func TestPreservation(t *testing.T) {
	h := open(t, "2026-03-02")
	id := found(h, "hotline")
	ask := casefile.Body{Officers: pair, Evidence: "list-1", Text: "t"}
	h.refuses(id, "preserve", qian, casefile.Body{}, "nothing-asked")
	h.act(id, "ask-preservation", li, ask)
	h.refuses(id, "preserve", li, casefile.Body{}, "wrong-role")
	h.refuses(id, "handle-preserved", li, casefile.Body{Officers: pair, Outcome: "released", Reasons: "r"}, "nothing-preserved")
	h.act(id, "preserve", qian, casefile.Body{})
	h.due(id, "preservation", "2026-03-11") // seven working days (penalties 56, 85)
	h.refuses(id, "ask-preservation", li, ask, "preserved-already")
	h.refuses(id, "hand-over", qian, casefile.Body{Ground: "crime", Body: "police", Reasons: "r"}, "preserved-already")
	h.refuses(id, "handle-preserved", li, casefile.Body{Officers: pair, Outcome: "seized", Ground: "any", Reasons: "r"}, "unknown-ground")
	h.until("2026-03-13")
	if !slices.Contains(h.cases[id].Overdue, "preservation") {
		t.Error("the duty to handle it is not overdue")
	}
	urgent := false
	for _, e := range h.lines[id] {
		for _, n := range e.Notices {
			urgent = urgent || n.Document == "duty-overdue" && n.To == "head" && n.Urgent && n.Cite == "penalties-2021:56"
		}
	}
	if !urgent {
		t.Error("the head is not told at once")
	}
	h.act(id, "handle-preserved", li, casefile.Body{Officers: pair, Outcome: "released", Reasons: "r"})
	h.act(id, "hand-over", qian, casefile.Body{Ground: "crime", Body: "police", Reasons: "r"})
	h.state(id, casefile.InspectionHandedOver)
}

func TestRecusal(t *testing.T) {
	h := open(t, "2026-03-02")
	id := ready(h)
	h.refuses(id, "decide-recusal", qian, casefile.Body{Officer: "wang", Agreed: yes(), Reasons: "r"}, "nothing-asked")
	h.paper(id, "ask-recusal", "operator", casefile.Body{Officer: "wang", Text: "t"})
	h.act(id, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()}) // goes on meanwhile
	h.act(id, "decide-recusal", qian, casefile.Body{Officer: "wang", Agreed: yes(), Reasons: "r"})
	h.refuses(id, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Breach: yes(), Text: "t"}, "not-in-team")
	id = ready(h)
	h.paper(id, "ask-recusal", "officer", casefile.Body{Officer: "wang", Text: "t"})
	h.act(id, "decide-recusal", qian, casefile.Body{Officer: "wang", Agreed: yes(), Reasons: "r"})
	if h.cases[id].Visible {
		t.Error("the decision betrays a visit that is to come")
	}
	h.refuses(id, "appoint", li, casefile.Body{Officers: pair}, "recused")
	h.act(id, "appoint", li, casefile.Body{Officers: []string{"li", "sun"}})
}

// The doubted is the head who approved it: the superior hears of it, and another head decides, of the
// same authority or of the one above.
func TestRecusalOfTheHead(t *testing.T) {
	h := open(t, "2026-03-02")
	agreed := casefile.Body{Officer: "qian", Agreed: yes(), Reasons: "r"}
	for _, who := range []casefile.Actor{sun, minister} {
		id := ready(h)
		h.paper(id, "ask-recusal", "operator", casefile.Body{Officer: "qian", Text: "t"})
		told := h.last(id).Notices
		if !slices.ContainsFunc(told, func(n casefile.Notice) bool { return n.To == "superior" }) {
			t.Errorf("told %+v", told)
		}
		h.refuses(id, "decide-recusal", qian, agreed, "separate-functions")
		h.act(id, "decide-recusal", who, agreed)
		h.refuses(id, "cancel", qian, casefile.Body{Reasons: "r"}, "recused")
	}
	id := ready(h)
	h.paper(id, "ask-recusal", "operator", casefile.Body{Officer: "wang", Text: "t"})
	h.refuses(id, "decide-recusal", minister, casefile.Body{Officer: "wang", Agreed: yes(), Reasons: "r"}, "wrong-authority")
	h.refuses(id, "cancel", minister, casefile.Body{Reasons: "r"}, "wrong-authority")
}

// A re-inspection opens with exactly the open items, and its result settles them.
func TestReinspection(t *testing.T) {
	h := open(t, "2026-03-02")
	id := reported(h, "hotline", "bill-detail", "repair")
	h.act(id, "publish", li, casefile.Body{})
	h.act(id, "open-enforcement", li, casefile.Body{Violation: "service-standard", Requirement: "repair", PeriodFrom: day("2026-03-01"), PeriodTo: day("2026-03-02")})
	h.act(id, "re-inspect", li, casefile.Body{})
	again := h.linked(id, "re-inspection")
	f := h.cases[again].Inspection
	if len(f.Items) != 2 || f.Items[0].Evidence != "photo-hotline" || f.Cause != "re-inspection" {
		t.Fatalf("opened with %+v", f)
	}
	h.act(again, "approve", qian, casefile.Body{})
	h.act(again, "appoint", li, casefile.Body{Officers: pair})
	h.act(again, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	h.act(again, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Breach: no(), Text: "t"})
	h.refuses(again, "report", li, casefile.Body{Text: "t"}, "items-left")
	h.act(again, "record", li, casefile.Body{Officers: pair, Requirement: "bill-detail", Breach: yes(), Text: "t"})
	h.act(again, "preliminary", li, casefile.Body{Text: "t"})
	h.paper(again, "comments", "operator", casefile.Body{Text: "t"})
	h.act(again, "report", li, casefile.Body{Text: "t"})
	h.act(again, "publish", li, casefile.Body{})
	h.act(again, "close", li, casefile.Body{})
	h.refuses(id, "close", li, casefile.Body{}, "items-open")
	h.refuses(id, "verify", li, casefile.Body{Officers: pair, Requirement: "hotline", Rectified: yes()}, "nothing-open")
	h.act(id, "open-enforcement", li, casefile.Body{Violation: "service-standard", Requirement: "bill-detail", PeriodFrom: day("2026-03-01"), PeriodTo: day("2026-03-02")})
	h.act(id, "close", li, casefile.Body{})
}

// Expired yesterday means refused today, and a record that may lead to a sanction needs two
// enforcement cards.
func TestCards(t *testing.T) {
	h := open(t, "2026-03-02")
	inspectors := cards("li", "wang")
	for i := range inspectors {
		inspectors[i].Kind, inspectors[i].Level, inspectors[i].Until = casefile.InspectionCard, "province", day("2026-03-05")
	}
	h.cards = inspectors
	id := found(h, "hotline")
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.paper(id, "comments", "operator", casefile.Body{Text: "t"})
	h.act(id, "report", li, casefile.Body{Text: "t"})
	open := casefile.Body{Violation: "service-standard", Requirement: "hotline", PeriodFrom: day("2026-03-01"), PeriodTo: day("2026-03-02")}
	h.refuses(id, "open-enforcement", li, open, "no-enforcement-card")
	next := ready(h)
	h.until("2026-03-06")
	h.refuses(next, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()}, "no-card")
	h.act(next, "start", li, casefile.Body{Officers: pair, On: day("2026-03-05"), Shown: yes()}) // entered late, carried out in time
	h.refuses(next, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Breach: no(), Text: "t"}, "no-card")
	h.cards = append(h.cards, cards("li")...)
	h.refuses(next, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Breach: no(), Text: "t"}, "no-card")
}

func TestCardOfAnotherTrade(t *testing.T) {
	on := day("2026-03-02")
	c := casefile.Card{From: on, Until: on, Types: []string{"star-hotel"}}
	for _, x := range []struct {
		name  string
		on    string
		types []string
		good  bool
	}{
		{"its only day", "2026-03-02", []string{"shop", "star-hotel"}, true},
		{"the day before", "2026-03-01", []string{"star-hotel"}, false},
		{"the day after", "2026-03-03", []string{"star-hotel"}, false},
		{"another trade", "2026-03-02", []string{"shop"}, false},
		{"no trade known", "2026-03-02", nil, false},
	} {
		if c.Good(day(x.on), x.types) != x.good {
			t.Errorf("%s: good is %t", x.name, !x.good)
		}
	}
}

// A team that shrank is filled up at any time: or what it holds could never be given back.
func TestATeamThatShrankIsFilledUp(t *testing.T) {
	h := open(t, "2026-03-02")
	id := found(h, "hotline")
	h.act(id, "ask-preservation", li, casefile.Body{Officers: pair, Evidence: "list-1", Text: "t"})
	h.act(id, "preserve", qian, casefile.Body{})
	h.paper(id, "ask-recusal", "operator", casefile.Body{Officer: "wang", Text: "t"})
	h.act(id, "decide-recusal", qian, casefile.Body{Officer: "wang", Agreed: yes(), Reasons: "r"})
	h.refuses(id, "record", wang, casefile.Body{Officers: []string{"li", "sun"}, Requirement: "hotline", Breach: yes(), Text: "t"}, "recused")
	h.refuses(id, "report", wang, casefile.Body{Text: "t"}, "recused")
	h.act(id, "report-up", wang, casefile.Body{Text: "t"})
	h.refuses(id, "handle-preserved", li, casefile.Body{Officers: []string{"li", "sun"}, Outcome: "released", Reasons: "r"}, "not-in-team")
	h.act(id, "appoint", li, casefile.Body{Officers: []string{"li", "sun"}})
	h.act(id, "handle-preserved", li, casefile.Body{Officers: []string{"li", "sun"}, Outcome: "released", Reasons: "r"})
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.act(id, "appoint", li, casefile.Body{Officers: []string{"sun", "li"}})
}

// A preservation that the head never approved holds nothing, and so holds nobody up.
func TestPreservationNotApproved(t *testing.T) {
	h := open(t, "2026-03-02")
	id := ready(h)
	h.act(id, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	h.act(id, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Breach: no(), Text: "t"})
	h.act(id, "ask-preservation", li, casefile.Body{Officers: pair, Evidence: "list-1", Text: "t"})
	h.act(id, "report", li, casefile.Body{Text: "t"})
	h.act(id, "publish", li, casefile.Body{})
	h.act(id, "close", li, casefile.Body{})
	h.state(id, casefile.InspectionClosed)
}

// An obstruction is a violation of its own (telecom 22), noted by two officers with enforcement
// cards; it makes no other violation known.
func TestObstructionLeadsToItsOwnViolationOnly(t *testing.T) {
	h := open(t, "2026-03-02")
	on := day("2026-03-02")
	act := func(violation string) casefile.Body {
		return casefile.Body{Violation: violation, Requirement: "inspection-access", PeriodFrom: on, PeriodTo: on}
	}
	id := ready(h)
	h.act(id, "obstruction", li, casefile.Body{Officers: pair, On: on, Text: "t"})
	h.refuses(id, "open-enforcement", li, act("service-standard"), "nothing-found")
	h.act(id, "open-enforcement", li, act("obstruction"))
	h.cards = cards("li", "wang")
	for i := range h.cards {
		h.cards[i].Kind, h.cards[i].Level = casefile.InspectionCard, "province"
	}
	id = ready(h)
	h.act(id, "obstruction", li, casefile.Body{Officers: pair, On: on, Text: "t"})
	h.refuses(id, "open-enforcement", li, act("obstruction"), "no-enforcement-card")
}

// What a re-inspection finds beside its items is followed up by itself: the case that asked for
// it knows nothing of that.
func TestReinspectionFindsMore(t *testing.T) {
	h := open(t, "2026-03-02")
	id := reported(h, "hotline")
	h.act(id, "re-inspect", li, casefile.Body{})
	again := h.linked(id, "re-inspection")
	h.act(again, "approve", qian, casefile.Body{})
	h.act(again, "appoint", li, casefile.Body{Officers: pair})
	h.act(again, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	for _, r := range []string{"hotline", "repair"} {
		h.act(again, "record", li, casefile.Body{Officers: pair, Requirement: r, Breach: yes(), Text: "t"})
	}
	h.act(again, "preliminary", li, casefile.Body{Text: "t"})
	h.paper(again, "comments", "operator", casefile.Body{Text: "t"})
	h.act(again, "report", li, casefile.Body{Text: "t"})
	h.act(again, "publish", li, casefile.Body{})
	h.refuses(again, "close", li, casefile.Body{}, "items-open")
	h.act(again, "verify", li, casefile.Body{Officers: pair, Requirement: "repair", Rectified: yes()})
	h.act(again, "close", li, casefile.Body{})
	if open := h.cases[id].Inspection.Findings[0].Settled; open != "" {
		t.Errorf("the item is %q in the case that asked", open)
	}
}

// A transferred re-inspection takes its items along, what was found too, and its result goes to
// the case that asked for it.
func TestATransferredReinspectionReportsBack(t *testing.T) {
	h := open(t, "2026-03-02")
	id := reported(h, "hotline", "repair")
	h.act(id, "re-inspect", li, casefile.Body{})
	again := h.linked(id, "re-inspection")
	h.act(again, "approve", qian, casefile.Body{})
	h.act(again, "appoint", li, casefile.Body{Officers: pair})
	h.act(again, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	h.act(again, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Breach: yes(), Text: "t"})
	h.act(again, "transfer", li, casefile.Body{Authority: "telecom", Reasons: "r"})
	theirs := h.cases[h.linked(again, "transferred-to")]
	f := theirs.Inspection
	if len(f.Items) != 2 || f.Items[0].Requirement != "hotline" || f.Items[1].Requirement != "repair" {
		t.Errorf("items %+v", f.Items)
	}
	if l := theirs.Links; len(l) != 1 || l[0].Case != id || l[0].As != "source" {
		t.Errorf("the result goes to %+v", l)
	}
}

// Comments that were posted in time come before the officer although the report is made; later
// ones are on file.
func TestCommentsThatWerePostedInTime(t *testing.T) {
	h := open(t, "2026-03-02")
	id := found(h, "hotline")
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.due(id, "comments", "2026-03-09")
	h.until("2026-03-10")
	h.act(id, "report", li, casefile.Body{Text: "t"})
	h.act(id, "improve", li, casefile.Body{Until: day("2026-03-20"), Text: "t"})
	h.paper(id, "comments", "operator", casefile.Body{Text: "t"})
	if e := h.last(id); e.None != "too-late" {
		t.Errorf("late comments: %q", e.None)
	}
	h.paperOn(id, "comments", "operator", day("2026-03-09"), casefile.Body{Text: "t", Evidence: "postmark"})
	if e := h.last(id); e.None != "" || len(e.Corrects) != 1 || len(e.Notices) == 0 {
		t.Errorf("comments in time: %+v", e)
	}
	h.state(id, casefile.FollowUp)
}

// No visit comes before the head's approval.
func TestVisitBeforeItsApproval(t *testing.T) {
	h := open(t, "2026-03-02")
	id := h.file(casefile.Inspection, here, "officer", casefile.Body{Operator: carrier})
	h.until("2026-03-04")
	h.act(id, "approve", qian, casefile.Body{})
	h.act(id, "appoint", li, casefile.Body{Officers: pair})
	h.refuses(id, "start", li, casefile.Body{Officers: pair, On: day("2026-03-03"), Shown: yes()}, "not-approved")
	h.act(id, "start", li, casefile.Body{Officers: pair, On: day("2026-03-04"), Shown: yes()})
}

// What led to an enforcement case in a re-inspection is not told as rectified.
func TestReinspectionThatLeadsToEnforcement(t *testing.T) {
	h := open(t, "2026-03-02")
	id := reported(h, "hotline", "repair")
	h.act(id, "re-inspect", li, casefile.Body{})
	again := h.linked(id, "re-inspection")
	h.act(again, "approve", qian, casefile.Body{})
	h.act(again, "appoint", li, casefile.Body{Officers: pair})
	h.act(again, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	h.act(again, "record", li, casefile.Body{Officers: pair, Requirement: "hotline", Breach: yes(), Text: "t"})
	h.act(again, "record", li, casefile.Body{Officers: pair, Requirement: "repair", Breach: no(), Text: "t"})
	h.act(again, "open-enforcement", li, casefile.Body{Violation: "service-standard", Requirement: "hotline", PeriodFrom: h.today(), PeriodTo: h.today()})
	h.act(again, "report", li, casefile.Body{Text: "t"})
	h.act(again, "publish", li, casefile.Body{})
	h.act(again, "close", li, casefile.Body{})
	var settled []string
	for _, f := range h.cases[id].Inspection.Findings {
		settled = append(settled, f.Settled)
	}
	if !slices.Equal(settled, []string{"enforcement", "rectified"}) {
		t.Errorf("settled %v", settled)
	}
}

// A team that was drawn is the one to appoint; another only with reasons.
func TestADrawnTeamIsAppointed(t *testing.T) {
	h := open(t, "2026-03-02")
	id := h.file(casefile.Inspection, here, "officer", casefile.Body{Operator: carrier, Officers: pair})
	h.act(id, "approve", qian, casefile.Body{})
	if !slices.Equal(h.cases[id].Inspection.Drawn, pair) {
		t.Fatalf("drawn %v", h.cases[id].Inspection.Drawn)
	}
	other := []string{"li", "sun"}
	h.refuses(id, "appoint", li, casefile.Body{Officers: other}, "not-drawn")
	h.act(id, "appoint", li, casefile.Body{Officers: pair})
	h.act(id, "appoint", li, casefile.Body{Officers: other, Reasons: "r"})
	if !slices.Equal(h.cases[id].Inspection.Team, other) {
		t.Fatalf("team %v", h.cases[id].Inspection.Team)
	}
}
