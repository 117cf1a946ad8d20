package casefile

import (
	"slices"

	"duban/law/calendar"
	"duban/law/checklist"
)

// The states of an inspection (lifecycles §7). Turned away and missed visits leave the team ready.
const (
	Planned               State = "planned"                // the head approves
	Approved              State = "approved"               // a team of two is appointed
	TeamReady             State = "team"                   // the team goes on site, announced or not
	OnSite                State = "on-site"                // the team records what it finds
	Findings              State = "findings"               // something is recorded
	Preliminary           State = "preliminary"            // the operator may comment
	Commented             State = "commented"              // the officer makes the final report
	Reported              State = "reported"               // what follows from it
	FollowUp              State = "follow-up"              // an improvement, a re-inspection
	InspectionClosed      State = "closed"                 //
	InspectionCancelled   State = "cancelled"              // before anybody was on site
	InspectionTransferred State = "transferred"            // to another authority
	InspectionHandedOver  State = "inspection-handed-over" // a crime is suspected
)

// InspectionFile is what only an inspection knows.
type InspectionFile struct {
	Cause      string           `json:"cause,omitempty"`    // why: one of Causes; empty is planned
	Source     string           `json:"source,omitempty"`   // the case that asked for it; of a re-inspection the link source says it
	Imported   bool             `json:"imported,omitempty"` // carried out and ended elsewhere: one entry, by its own day
	Score      string           `json:"score,omitempty"`    // as imported
	Items      []Item           `json:"items,omitempty"`    // of a re-inspection: what was open
	ApprovedBy string           `json:"approvedBy,omitempty"`
	ApprovedOn calendar.Day     `json:"approvedOn,omitzero"`
	Drawn      []string         `json:"drawn,omitempty"` // whom a draw has chosen to go (双随机)
	Team       []string         `json:"team,omitempty"`
	Doubted    []string         `json:"doubted,omitempty"`  // officers whose recusal was asked and not decided
	Recused    []string         `json:"recused,omitempty"`  // officers whom the head has taken out
	Announced  calendar.Day     `json:"announced,omitzero"` // zero: unannounced
	OnSiteOn   calendar.Day     `json:"onSiteOn,omitzero"`
	Visits     []Visit          `json:"visits,omitempty"` // what the operator did when the team came
	Findings   []Finding        `json:"findings,omitempty"`
	Records    []SiteRecord     `json:"records,omitempty"`
	Preserved  []Preserved      `json:"preserved,omitempty"`
	Final      int              `json:"final,omitempty"`     // entry of the final report
	ReportedOn calendar.Day     `json:"reportedOn,omitzero"` // its day
	Result     *checklist.Tally `json:"result,omitempty"`    // what the checklist came to, as of the final report
	Published  string           `json:"published,omitempty"` // published or withheld
}

// Causes are the reasons for an inspection. Only a planned one takes a place under the yearly cap
// (lifecycles §7).
var Causes = []string{"planned", "complaint", "report", "superior", "re-inspection"}

// Visit is how the operator met the team: the cooperation log (tourism 11, telecom 20).
type Visit struct {
	Entry int          `json:"entry"`
	What  string       `json:"what"` // received, missed, turned-away or obstructed
	On    calendar.Day `json:"on"`

	Enforceable bool `json:"enforceable,omitempty"` // as of a finding
}

// Item is an open item: a requirement that was breached, with its evidence.
type Item struct {
	Requirement string `json:"requirement"`
	Evidence    string `json:"evidence,omitempty"`
	Entry       int    `json:"entry,omitempty"`   // of the finding, in the case that found it
	Settled     string `json:"settled,omitempty"` // as of a finding: what the re-inspection made of it
}

// Finding is what two officers found about one requirement.
type Finding struct {
	Entry         int          `json:"entry"`
	Requirement   string       `json:"requirement"`
	Breach        bool         `json:"breach"`
	On            calendar.Day `json:"on,omitzero"`
	Evidence      string       `json:"evidence,omitempty"`      // id of photos, measurements
	Value         string       `json:"value,omitempty"`         // as measured or scored; yes or no
	Unlisted      bool         `json:"unlisted,omitempty"`      // beside the checklist
	NotApplicable bool         `json:"notApplicable,omitempty"` // no finding: the line of the checklist does not apply
	Enforceable   bool         `json:"enforceable,omitempty"`   // both held enforcement cards: it may lead to a sanction
	Settled       string       `json:"settled,omitempty"`       // enforcement or rectified; of a breach, empty is open
}

// SiteRecord is a record of the site or of an interview, signed, or not and witnessed (penalties 55).
type SiteRecord struct {
	Entry    int    `json:"entry"`
	Document string `json:"document"`
	Signed   bool   `json:"signed"`
}

// Preserved is evidence preserved by registration (penalties 56).
type Preserved struct {
	Asked    int    `json:"asked"`              // entry
	Approved int    `json:"approved,omitempty"` // entry of the head's approval
	Handled  string `json:"handled,omitempty"`  // released, tested, handed-over or seized
}

var inspectionSpecs = []Spec{
	{Class: Paper, Name: "filing", Title: Text{"检查计划", "plan of an inspection"}, Needs: []string{"operator"}, Takes: []string{"text", "cause", "case", "items", "imported", "on", "value", "officers", "checklist", "beforeRegime"}, Senders: []string{"officer"}},
	{Class: Paper, Name: "comments", Title: Text{"对检查报告的意见", "comments on the report"}, Needs: []string{"text"}, Takes: []string{"evidence"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Paper, Name: "ask-recusal", Title: Text{"申请回避", "request for recusal"}, Needs: []string{"officer", "text"}, Senders: []string{"operator", "officer"}},
	{Class: Paper, Name: "re-inspected", Title: Text{"复查结果", "result of a re-inspection"}, Takes: []string{"case", "items"}, Senders: []string{"house"}, Inside: true},
	{Class: Act, Name: "approve", Title: Text{"批准检查", "approve"}, Roles: head, Takes: []string{"reasons"}, Own: true},
	{Class: Act, Name: "cancel", Title: Text{"撤销检查", "cancel"}, Roles: head, Needs: []string{"reasons"}, Own: true},
	{Class: Act, Name: "appoint", Title: Text{"指派检查组", "appoint the team"}, Roles: officers, Needs: []string{"officers"}, Takes: []string{"reasons"}, Own: true, Asks: asksTeam},
	{Class: Act, Name: "decide-recusal", Title: Text{"决定回避", "decide on a recusal"}, Roles: head, Needs: []string{"officer", "agreed", "reasons"}, Asks: []Ask{AskTeam, AskAbove}, Readers: forOperatorAsWritten},
	{Class: Act, Name: "set-checklist", Title: Text{"确定检查标准", "set the checklist"}, Roles: officers, Takes: []string{"standard"}, Own: true, Asks: []Ask{AskTypes, AskChecklist}},
	{Class: Act, Name: "announce", Title: Text{"通知检查", "announce"}, Roles: officers, Takes: []string{"text"}, Readers: forOperator},
	{Class: Act, Name: "start", Title: Text{"出示证件并进入现场", "show the cards and go on site"}, Roles: officers, Needs: []string{"officers", "on", "shown"}, Asks: asksTeam},
	{Class: Act, Name: "turned-away", Title: Text{"未出示证件被拒", "turned away without cards"}, Roles: officers, Needs: []string{"officers", "on"}, Takes: []string{"text"}, Asks: asksTeam},
	{Class: Act, Name: "missed-visit", Title: Text{"无人接待", "missed visit"}, Roles: officers, Needs: []string{"officers", "on", "text"}, Takes: []string{"evidence"}, Asks: asksTeam},
	{Class: Act, Name: "obstruction", Title: Text{"记录妨碍检查", "note an obstruction"}, Roles: officers, Needs: []string{"officers", "on", "text"}, Takes: []string{"evidence"}, Asks: asksTeam},
	{Class: Act, Name: "record", Title: Text{"记录检查情况", "record a finding"}, Roles: officers, Needs: []string{"officers", "requirement", "text"}, Takes: []string{"breach", "evidence", "value", "notApplicable", "unlisted", "reasons"}, Anyone: true, Asks: asksTeam},
	{Class: Act, Name: "site-record", Title: Text{"制作笔录", "make a record"}, Roles: officers, Needs: []string{"officers", "document", "signed"}, Takes: []string{"text", "evidence", "witnessed"}, Anyone: true, Asks: asksTeam, Readers: theSiteRecord},
	{Class: Act, Name: "ask-preservation", Title: Text{"请求先行登记保存", "ask for preservation by registration"}, Roles: officers, Needs: []string{"officers", "evidence", "text"}, Anyone: true, Own: true, Asks: asksTeam},
	{Class: Act, Name: "preserve", Title: Text{"批准先行登记保存", "approve the preservation"}, Roles: head, Takes: []string{"reasons"}, Readers: forOperator},
	{Class: Act, Name: "handle-preserved", Title: Text{"处理登记保存的证据", "handle what is preserved"}, Roles: officers, Needs: []string{"officers", "outcome", "reasons"}, Takes: []string{"ground"}, Asks: asksTeam, Readers: forOperator},
	{Class: Act, Name: "preliminary", Title: Text{"初步检查报告", "preliminary report"}, Roles: officers, Needs: []string{"text"}, Readers: forOperator},
	{Class: Act, Name: "report", Title: Text{"检查报告", "final report"}, Roles: officers, Needs: []string{"text"}, Readers: forOperator},
	{Class: Act, Name: "improve", Title: Text{"改进通知", "improvement notice"}, Roles: officers, Needs: []string{"until", "text"}, Readers: forOperator},
	{Class: Act, Name: "verify", Title: Text{"核实改进", "verify an improvement"}, Roles: officers, Needs: []string{"officers", "requirement", "rectified"}, Takes: []string{"evidence", "text"}, Asks: asksTeam},
	{Class: Act, Name: "open-enforcement", Title: Text{"立册查处", "open an enforcement case"}, Roles: officers, Needs: []string{"requirement", "periodFrom", "periodTo"}, Takes: []string{"violation", "reasons"}, Own: true, Asks: []Ask{AskTypes, AskSameAct}},
	{Class: Act, Name: "re-inspect", Title: Text{"安排复查", "order a re-inspection"}, Roles: officers, Takes: []string{"text"}, Own: true},
	{Class: Act, Name: "publish", Title: Text{"公布检查结果", "publish the result"}, Roles: officers, Takes: []string{"text"}},
	{Class: Act, Name: "withhold", Title: Text{"不公布检查结果", "withhold the result"}, Roles: head, Needs: []string{"reasons"}, Own: true},
	{Class: Act, Name: "report-up", Title: Text{"向上级反映", "report upward"}, Roles: officers, Needs: []string{"text"}, Anyone: true, Own: true},
	{Class: Act, Name: "urgent-hand-over", Title: Text{"紧急通报有关部门", "urgent word to another body"}, Roles: officers, Needs: []string{"body", "text"}, Anyone: true, Own: true},
	{Class: Act, Name: "transfer", Title: Text{"移送有权机关", "transfer"}, Roles: officers, Needs: []string{"reasons"}, Takes: []string{"authority", "body"}, Own: true, Asks: []Ask{AskReceiver}},
	{Class: Act, Name: "hand-over", Title: Text{"移送司法机关", "hand over a suspected crime"}, Roles: head, Needs: []string{"ground", "body", "reasons"}, Own: true},
	{Class: Act, Name: "close", Title: Text{"结束检查", "close"}, Roles: officers, Takes: []string{"text"}},
}

var inspectionAlways = cells{
	"assign":      stays(assign),
	"letter":      stays(onRecord),
	"undelivered": stays(undeliveredDocument),
}

// inspectionOpen is what may happen to an inspection at any time before its end.
var inspectionOpen = with(cells{
	"ask-recusal":      stays(askRecusal),
	"decide-recusal":   stays(decideRecusal),
	"report-up":        stays(reportUp),
	"urgent-hand-over": stays(tellBody),
	"transfer":         goes(InspectionTransferred, transferInspection),
	"hand-over":        goes(InspectionHandedOver, handOverInspection),
}, inspectionAlways)

// onSite is what the team does where it checks.
var onSite = with(cells{
	"record":           goes(Findings, record),
	"site-record":      stays(siteRecord),
	"obstruction":      stays(obstruction),
	"ask-preservation": stays(askPreservation),
	"preserve":         stays(preserve),
	"handle-preserved": stays(handlePreserved),
	"open-enforcement": stays(openFromInspection),
}, underWay)

// underWay is what goes on behind the operator's door till the end: who is taken out, or loses
// the card, is replaced, or nobody could go on.
var underWay = with(cells{"appoint": stays(appoint)}, inspectionOpen)

// afterwards is what the authority does with what was found.
var afterwards = with(cells{
	"comments":         stays(commentsAfterReport),
	"improve":          goes(FollowUp, improve),
	"verify":           stays(verifyImprovement),
	"open-enforcement": stays(openFromInspection),
	"re-inspect":       goes(FollowUp, reinspect),
	"re-inspected":     stays(reinspected),
	"handle-preserved": stays(handlePreserved),
	"publish":          stays(publish),
	"withhold":         stays(withhold),
	"close":            goes(InspectionClosed, closeInspection),
}, underWay)

var inspectionTable = table{
	Filed: {title: Text{"已立项", "filed"}, who: "clock", idle: "door", moves: cells{
		"filing": chooses(plan, Planned, InspectionClosed),
	}},
	Planned: {title: Text{"待批准", "planned"}, who: "head", moves: with(cells{
		"approve": goes(Approved, approve), "cancel": goes(InspectionCancelled, cancelInspection),
	}, inspectionOpen)},
	Approved: {title: Text{"已批准", "approved"}, who: "officer", moves: with(cells{
		"appoint": goes(TeamReady, appoint), "set-checklist": stays(setChecklist), "cancel": goes(InspectionCancelled, cancelInspection),
	}, inspectionOpen)},
	TeamReady: {title: Text{"检查组已就绪", "team appointed"}, who: "officer", moves: with(cells{
		"appoint": stays(appoint), "set-checklist": stays(setChecklist), "announce": stays(announce), "start": goes(OnSite, goOnSite),
		"turned-away": stays(turnedAway), "missed-visit": stays(missedVisit), "obstruction": stays(obstruction),
		"open-enforcement": stays(openFromInspection), "cancel": goes(InspectionCancelled, cancelInspection),
	}, inspectionOpen)},
	OnSite: {title: Text{"现场检查", "on site"}, who: "officer", known: true, moves: with(cells{"set-checklist": stays(setChecklist)}, onSite)},
	Findings: {title: Text{"检查情况已记录", "findings recorded"}, who: "officer", moves: with(cells{
		"preliminary": goes(Preliminary, preliminary), "report": goes(Reported, report),
	}, onSite)},
	Preliminary: {title: Text{"听取意见", "comments awaited"}, who: "operator", moves: with(cells{
		"comments": goes(Commented, comments), "report": goes(Reported, report), "handle-preserved": stays(handlePreserved),
	}, underWay)},
	Commented: {title: Text{"已提出意见", "comments received"}, who: "officer", moves: with(cells{
		"comments": stays(comments), "record": goes(Findings, record), "report": goes(Reported, report), "handle-preserved": stays(handlePreserved),
	}, underWay)},
	Reported:              {title: Text{"已报告", "reported"}, who: "officer", moves: afterwards},
	FollowUp:              {title: Text{"跟踪改进", "followed up"}, who: "officer", moves: afterwards},
	InspectionClosed:      {title: Text{"已结束", "closed"}, who: "nobody", closed: true, known: true, moves: inspectionAlways},
	InspectionCancelled:   {title: Text{"已撤销", "cancelled"}, who: "nobody", closed: true, moves: inspectionAlways},
	InspectionTransferred: {title: Text{"已移送", "transferred"}, who: "nobody", closed: true, moves: inspectionAlways},
	InspectionHandedOver:  {title: Text{"已移送司法机关", "handed over"}, who: "nobody", closed: true, moves: inspectionAlways},
}

func (t *making) inspection() *InspectionFile {
	if t.c.Inspection == nil {
		t.c.Inspection = &InspectionFile{}
	}
	return t.c.Inspection
}

// open lists the breaches that nothing has settled, by the latest finding about each requirement.
func (f *InspectionFile) open() []Item {
	var out []Item
	for _, x := range f.standing() {
		if x.Breach && x.Settled == "" {
			out = append(out, Item{Requirement: x.Requirement, Evidence: x.Evidence, Entry: x.Entry})
		}
	}
	return out
}

// standing are the latest findings about each requirement, less those that say it does not apply.
func (f *InspectionFile) standing() (all []Finding) {
	for i, x := range f.Findings {
		later := slices.ContainsFunc(f.Findings[i+1:], func(y Finding) bool { return y.Requirement == x.Requirement })
		if !later && !x.NotApplicable {
			all = append(all, x)
		}
	}
	return all
}

// latest is the last finding about a requirement; nil without one.
func (f *InspectionFile) latest(requirement string) *Finding {
	for i := len(f.Findings) - 1; i >= 0; i-- {
		if f.Findings[i].Requirement == requirement {
			return &f.Findings[i]
		}
	}
	return nil
}
