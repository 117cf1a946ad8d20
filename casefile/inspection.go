package casefile

import (
	"slices"

	"duban/calendar"
)

// The states of an inspection, only as far as its shortest lawful way (lifecycles §7).
const (
	Planned          State = "planned"  // the head approves
	Approved         State = "approved" // a team of two is appointed
	TeamReady        State = "team"     // the team goes on site
	OnSite           State = "on-site"  // the team records what it finds
	Findings         State = "findings" // the team reports
	Reported         State = "reported" // an officer closes
	InspectionClosed State = "closed"
)

// InspectionFile is what only an inspection knows.
type InspectionFile struct {
	Team       []string     `json:"team,omitempty"`
	OnSiteOn   calendar.Day `json:"onSiteOn,omitzero"`
	Findings   []Finding    `json:"findings,omitempty"`
	ApprovedBy string       `json:"approvedBy,omitempty"`
}

// Finding is what two officers found about one requirement.
type Finding struct {
	Entry       int    `json:"entry"`
	Requirement string `json:"requirement"`
	Breach      bool   `json:"breach"`
}

var inspectionSpecs = []Spec{
	{Class: Paper, Name: "filing", Title: Text{"检查计划", "plan of an inspection"}, Needs: []string{"operator"}, Takes: []string{"text"}, Senders: []string{"officer"}},
	{Class: Act, Name: "approve", Title: Text{"批准检查", "approve"}, Roles: head, Takes: []string{"reasons"}, Own: true},
	{Class: Act, Name: "appoint", Title: Text{"指派检查组", "appoint the team"}, Roles: officers, Needs: []string{"officers"}, Own: true},
	{Class: Act, Name: "start", Title: Text{"进入现场", "go on site"}, Roles: officers, Needs: []string{"officers", "on"}},
	{Class: Act, Name: "record", Title: Text{"记录检查情况", "record a finding"}, Roles: officers, Needs: []string{"officers", "requirement", "breach", "text"}, Takes: []string{"evidence"}},
	{Class: Act, Name: "report", Title: Text{"检查报告", "report"}, Roles: officers, Needs: []string{"text"}},
	{Class: Act, Name: "close", Title: Text{"结束检查", "close"}, Roles: officers, Takes: []string{"text"}},
}

var inspectionAlways = cells{
	"assign":      stays(assign),
	"letter":      stays(onRecord),
	"undelivered": stays(undeliveredDocument),
}

var inspectionTable = table{
	Filed: {title: Text{"已立项", "filed"}, who: "clock", idle: "door", moves: cells{
		"filing": goes(Planned, plan),
	}},
	Planned:          {title: Text{"待批准", "planned"}, who: "head", moves: with(cells{"approve": goes(Approved, approve)}, inspectionAlways)},
	Approved:         {title: Text{"已批准", "approved"}, who: "officer", moves: with(cells{"appoint": goes(TeamReady, appoint)}, inspectionAlways)},
	TeamReady:        {title: Text{"检查组已就绪", "team appointed"}, who: "officer", moves: with(cells{"start": goes(OnSite, goOnSite)}, inspectionAlways)},
	OnSite:           {title: Text{"现场检查", "on site"}, who: "officer", known: true, moves: with(cells{"record": goes(Findings, record)}, inspectionAlways)},
	Findings:         {title: Text{"检查情况已记录", "findings recorded"}, who: "officer", moves: with(cells{"record": stays(record), "report": goes(Reported, report)}, inspectionAlways)},
	Reported:         {title: Text{"已报告", "reported"}, who: "officer", moves: with(cells{"close": goes(InspectionClosed, closeInspection)}, inspectionAlways)},
	InspectionClosed: {title: Text{"已结束", "closed"}, who: "nobody", closed: true, moves: inspectionAlways},
}

func (t *turn) inspection() *InspectionFile {
	if t.c.Inspection == nil {
		t.c.Inspection = &InspectionFile{}
	}
	return t.c.Inspection
}

func plan(t *turn) {
	t.c.Operator = t.m.Body.Operator
	t.inspection()
	t.arm("inspect", t.today())
}

func approve(t *turn) {
	t.inspection().ApprovedBy = t.m.By.Officer
	t.notice("inspection-approved", "officer")
}

func appoint(t *turn) {
	if t.two() {
		t.inspection().Team = t.m.Body.Officers
	}
}

// goOnSite: two officers of the team, together (telecom 7, penalties 42).
func goOnSite(t *turn) {
	if !t.fromTeam() {
		return
	}
	if t.m.Body.On.After(t.today()) {
		t.refuse("day-in-future", t.basis(), "现场检查日期不能晚于今日。", "the day on site can't be later than today")
		return
	}
	t.inspection().OnSiteOn = t.m.Body.On
	t.setAside("inspect", t.m.Body.On) // entered late, carried out in time
	t.clear("met", "inspect")
	t.arm("report", t.day())
}

// fromTeam is two officers, both of the team.
func (t *turn) fromTeam() bool {
	if !t.two() {
		return false
	}
	for _, who := range t.m.Body.Officers {
		if !slices.Contains(t.inspection().Team, who) {
			t.refuse("not-in-team", t.basis(), "须由检查组成员进行。", "this is for the members of the team")
			return false
		}
	}
	return true
}

func record(t *turn) {
	if !t.fromTeam() {
		return
	}
	f := t.inspection()
	f.Findings = append(f.Findings, Finding{Entry: t.seq(), Requirement: t.m.Body.Requirement, Breach: isTrue(t.m.Body.Breach)})
}

func report(t *turn) {
	t.clear("met", "report")
	t.arm("task", t.day())
	t.notice("inspection-report", "operator")
}

func closeInspection(t *turn) { t.clearAll("moot") }
