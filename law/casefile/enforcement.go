package casefile

import (
	"slices"

	"duban/law/calendar"
)

// The states of an enforcement case (lifecycles §4). Compulsory collection is execution, not this.
const (
	Opened            State = "opened"        // two officers must establish the facts
	Established       State = "established"   // an officer orders, or the head files
	OrderMade         State = "order-made"    // the rectification order must be served
	Rectifying        State = "rectifying"    // the operator must put it right; two officers verify
	NotRectified      State = "not-rectified" // the head decides on filing
	Investigating     State = "investigating" // filed (立案): investigate and propose
	NoticeMade        State = "notice-made"   // the notice of the intended penalty must be served
	Defending         State = "defending"     // the operator may state and defend; then legal review
	Reviewed          State = "reviewed"      // the head decides
	Decided           State = "decided"       // the decision must be served
	Payable           State = "payable"       // the operator must pay
	Unpaid            State = "unpaid"        // overdue: the surcharge may run; demand and court come later
	Correcting        State = "correcting"    // sanction settled; the fault must be verified as corrected
	Rectified         State = "rectified"     // closed: corrected within the order's term, no sanction
	NoPenalty         State = "no-penalty"    // closed without a penalty, contestable by third parties
	HandedOver        State = "handed-over"   // closed here: crime or another authority
	EnforcementClosed State = "closed"        // closed: sanction settled and fault corrected
)

// EnforcementFile is what only an enforcement case knows.
type EnforcementFile struct {
	Violation   string        `json:"violation"`
	Requirement string        `json:"requirement"`
	PeriodFrom  calendar.Day  `json:"periodFrom"`
	PeriodTo    calendar.Day  `json:"periodTo"`
	Sequence    Sequence      `json:"sequence"`
	Breach      bool          `json:"breach,omitempty"`
	Harm        bool          `json:"harm,omitempty"`
	Established bool          `json:"established,omitempty"`
	Ordered     int           `json:"ordered,omitempty"` // entry of the rectification order
	Term        calendar.Term `json:"term,omitzero"`     // to rectify, set with reasons
	Extended    bool          `json:"extended,omitempty"`
	Asked       bool          `json:"asked,omitempty"` // an application for more time waits
	Rectified   *bool         `json:"rectified,omitempty"`
	Stage       int           `json:"stage,omitempty"`    // filings so far: the second may fine (telecom 22)
	OtherLaw    *bool         `json:"otherLaw,omitempty"` // does the heavier rule apply? nil: not answered
	Income      Fen           `json:"income,omitempty"`   // the illegal income established
	Noticed     *Intended     `json:"noticed,omitempty"`
	Points      int           `json:"points,omitempty"` // of the defence, to be answered each
	Defended    bool          `json:"defended,omitempty"`
	Waived      bool          `json:"waived,omitempty"`
	Opinion     string        `json:"opinion,omitempty"`  // of the legal review: agree, object, return
	NewFacts    bool          `json:"newFacts,omitempty"` // investigated since the defence, or since the annulment
	Annulled    *Intended     `json:"annulled,omitempty"` // the sanction to be redone: not the same again on the same facts
	Sanctions   []Sanction    `json:"sanctions,omitempty"`
	Mitigating  []string      `json:"mitigating,omitempty"` // e.g. a settlement with the complainant
	Joined      []string      `json:"joined,omitempty"`     // complaints on the same violation act

	Investigators []string `json:"investigators,omitempty"`
	Reviewer      string   `json:"reviewer,omitempty"`
	Head          string   `json:"head,omitempty"`
	Chair         string   `json:"chair,omitempty"` // of a hearing

	Hearing *Hearing `json:"hearing,omitempty"` // under the last notice
}

// Intended is what the notice of the intended penalty says.
type Intended struct {
	Sanction string       `json:"sanction"`
	Amount   Fen          `json:"amount,omitempty"`
	On       calendar.Day `json:"on,omitzero"` // day of the notice
	Served   calendar.Day `json:"served,omitzero"`
	Also     []Imposed    `json:"also,omitempty"`     // measures beside the principal sanction, or the one that it is
	Returned Fen          `json:"returned,omitempty"` // of the illegal income, to who lost it
}

// Sanction is one decision of the case: a warning or a fine, never both on one violation, and what
// the clause adds.
type Sanction struct {
	Entry    int          `json:"entry"`
	What     string       `json:"what"` // the principal one: one of SanctionKinds
	Served   calendar.Day `json:"served,omitzero"`
	Annulled bool         `json:"annulled,omitempty"`
	Lifted   bool         `json:"lifted,omitempty"`   // the principal warning or fine is annulled, the rest stands
	Also     []Imposed    `json:"also,omitempty"`     // measures beside the principal sanction, or the one that it is
	Returned Fen          `json:"returned,omitempty"` // of the illegal income, to who lost it

	Grave      bool `json:"grave,omitempty"`
	Collective bool `json:"collective,omitempty"` // decided by the heads together
}

func (f *EnforcementFile) annul(act *ContestedAct) {
	for i := range f.Sanctions {
		if f.Sanctions[i].Entry == act.Entry {
			f.Sanctions[i].Annulled = true
		}
	}
	if act.What == "order" && f.Ordered == act.Entry {
		f.Ordered = 0
	}
}

// startAnew forgets what led to the annulled decision: a new notice, a new defence, a new review.
func (f *EnforcementFile) startAnew() {
	f.Noticed, f.Points, f.Defended, f.Waived, f.Opinion, f.NewFacts, f.Hearing = nil, 0, false, false, "", false, nil
}

// live is the sanction in force of that kind, if any.
func (f *EnforcementFile) live(what string) *Sanction {
	for i := range f.Sanctions {
		if s := &f.Sanctions[i]; !s.Annulled && (what == "" || s.What == what && !s.Lifted) {
			return s
		}
	}
	return nil
}

var enforcementSpecs = []Spec{
	{Class: Paper, Name: "filing", Title: Text{"违法线索", "violation to be looked into"}, Needs: []string{"violation", "requirement", "periodFrom", "periodTo", "operator"}, Takes: []string{"case", "source", "text"}, Senders: []string{"officer", "house"}},
	{Class: Paper, Name: "joined", Title: Text{"并入的申诉", "complaint that joins"}, Needs: []string{"case"}, Takes: []string{"source"}, Senders: []string{"house"}, Inside: true},
	{Class: Paper, Name: "settlement", Title: Text{"当事人和解", "settlement with the complainant"}, Needs: []string{"finding"}, Takes: []string{"case"}, Senders: []string{"house"}, Inside: true},
	{Class: Paper, Name: "rectification-report", Title: Text{"整改报告", "rectification report"}, Needs: []string{"text"}, Takes: []string{"evidence"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Paper, Name: "extension-application", Title: Text{"延期申请", "application for more time"}, Needs: []string{"text"}, Takes: []string{"evidence"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Paper, Name: "defence", Title: Text{"陈述申辩意见", "statement and defence"}, Needs: []string{"text", "points"}, Takes: []string{"evidence"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Paper, Name: "waiver", Title: Text{"放弃陈述申辩声明", "express waiver"}, Takes: []string{"text", "evidence", "hearing"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Paper, Name: "payment", Title: Text{"缴款", "payment"}, Needs: []string{"amount", "on"}, Takes: []string{"slip", "evidence"}, Senders: []string{"bank"}, ByDay: true, Asks: []Ask{AskSlip}},
	{Class: Paper, Name: "payment-report", Title: Text{"缴款告知", "payment reported by the operator"}, Needs: []string{"amount", "on"}, Takes: []string{"slip", "text", "evidence"}, Senders: []string{"operator"}},
	{Class: Paper, Name: "deferral-application", Title: Text{"暂缓或分期缴纳申请", "application to defer payment"}, Needs: []string{"text"}, Takes: []string{"evidence"}, Senders: []string{"operator"}, ByDay: true},
	{Class: Paper, Name: "refund-paid", Title: Text{"国库退款回单", "refund paid by the treasury"}, Needs: []string{"amount", "on"}, Takes: []string{"interest", "evidence"}, Senders: []string{"bank"}, ByDay: true},
	{Class: Act, Name: "establish", Title: Text{"认定事实", "establish the facts"}, Roles: officers, Needs: []string{"officers", "breach", "harm", "text"}, Takes: []string{"evidence", "income"}, Own: true, Asks: asksTeam},
	{Class: Act, Name: "order", Title: Text{"发出限期整改书", "rectification order"}, Roles: officers, Needs: []string{"term", "reasons"}, Asks: []Ask{AskTypes}, Readers: forOperator},
	{Class: Act, Name: "serve", Title: Text{"送达", "serve"}, Roles: officers, Needs: []string{"document", "method", "on", "evidence"}},
	{Class: Act, Name: "grant-extension", Title: Text{"准予延期", "grant more time"}, Roles: officers, Needs: []string{"term", "reasons"}, Readers: forOperator},
	{Class: Act, Name: "refuse-extension", Title: Text{"不予延期", "refuse more time"}, Roles: officers, Needs: []string{"reasons"}, Readers: forOperator},
	{Class: Act, Name: "verify", Title: Text{"整改复查", "verify rectification"}, Roles: officers, Needs: []string{"officers", "rectified", "text"}, Takes: []string{"evidence"}, Asks: asksTeam, Readers: forOperatorAsWritten},
	{Class: Act, Name: "file", Title: Text{"批准立案", "file the case"}, Roles: head, Needs: []string{"reasons"}, Own: true, Asks: []Ask{AskTypes, AskSameAct}},
	{Class: Act, Name: "investigate", Title: Text{"调查取证", "investigate"}, Roles: officers, Needs: []string{"officers", "text"}, Takes: []string{"evidence", "income"}, Own: true, Asks: asksTeam},
	{Class: Act, Name: "rule-out-other-law", Title: Text{"判断是否适用更重规定", "answer whether the heavier rule applies"}, Roles: officers, Needs: []string{"otherLaw", "reasons"}, Own: true},
	{Class: Act, Name: "notify", Title: Text{"行政处罚事先告知", "notice of the intended penalty"}, Roles: officers, Needs: []string{"sanction", "reasons"}, Takes: []string{"amount", "also", "confiscated", "returned", "suspension", "grave"}, Readers: forOperator},
	{Class: Act, Name: "review", Title: Text{"法制审核", "legal review"}, Roles: reviewer, Needs: []string{"opinion", "text"}, Anyone: true, Own: true},
	{Class: Act, Name: "decide", Title: Text{"作出处罚决定", "penalty decision"}, Roles: head, Needs: []string{"sanction", "reasons"}, Takes: []string{"amount", "announceSurcharge", "answered", "term", "also", "confiscated", "returned", "suspension", "grave", "collective"}, Readers: forOperator},
	{Class: Act, Name: "no-penalty", Title: Text{"不予处罚", "no penalty"}, Roles: head, Needs: []string{"ground", "reasons"}, Readers: forOperator},
	{Class: Act, Name: "hand-over", Title: Text{"移送", "hand over"}, Roles: head, Needs: []string{"ground", "body", "reasons"}},
	{Class: Act, Name: "drop", Title: Text{"事实不成立", "facts not established"}, Roles: officers, Needs: []string{"reasons"}, Readers: forOperator},
	{Class: Act, Name: "correct", Title: Text{"更正决定", "correct a clerical error"}, Roles: head, Needs: []string{"reasons"}, Takes: []string{"contested", "amount", "confiscated"}, Readers: forOperator},
	{Class: Act, Name: "revoke", Title: Text{"自行撤销", "revoke of own motion"}, Roles: head, Needs: []string{"contested", "reasons"}, Readers: forOperator},
	{Class: Act, Name: "withdraw-licence", Title: Text{"收缴被吊销的许可证", "note a revoked licence withdrawn"}, Roles: officers, Needs: []string{"on", "evidence"}, Takes: []string{"text"}},
	{Class: Act, Name: "write-off", Title: Text{"核销", "write off"}, Roles: head, Needs: []string{"amount", "reasons"}},
	{Class: Act, Name: "count-payment", Title: Text{"计入存疑缴款", "count a payment that was in doubt"}, Roles: officers, Needs: []string{"payment", "reasons"}, Readers: forOperator, Under: "payment"},
	{Class: Act, Name: "dismiss-payment", Title: Text{"不予计入缴款", "dismiss a payment in doubt, or a report of one"}, Roles: officers, Needs: []string{"payment", "reasons"}, Readers: forOperator, Under: "payment"},
	{Class: Act, Name: "request-refund", Title: Text{"向国库申请退款", "ask the treasury to refund"}, Roles: officers, Needs: []string{"amount"}, Takes: []string{"interest", "text"}},
}

// always are the cells that every state of an enforcement case has, closed ones included.
var always = with(cells{
	"assign":          stays(assign),
	"correct-facts":   stays(correctViolation),
	"letter":          stays(onRecord),
	"undelivered":     stays(undeliveredDocument),
	"joined":          stays(joinComplaint),
	"settlement":      stays(mitigate),
	"revoke":          chooses(revokeOfOwnMotion, Established, Correcting, EnforcementClosed),
	"correct":         chooses(correctDecision, Correcting, EnforcementClosed),
	"defence":         stays(defenceAfterwards),
	"postal-receipt":  stays(knownByPost),
	"request-refund":  stays(requestRefund),
	"refund-paid":     chooses(refundPaid, Correcting, EnforcementClosed),
	"payment":         chooses(payment, Correcting, EnforcementClosed),
	"payment-report":  stays(reportPayment),
	"count-payment":   chooses(countPayment, Correcting, EnforcementClosed),
	"dismiss-payment": stays(dismissPayment),
}, contestCells(Opened, Established, Investigating, Payable, Correcting, EnforcementClosed), restoringCells, lateHearing, publicityCells)

var leaving = cells{ // exits without penalty, from the filing on (penalties 33, 57, 27)
	"no-penalty": chooses(noPenalty, NoPenalty, Correcting),
	"hand-over":  goes(HandedOver, handOver),
}

var enforcementTable = table{
	Filed: {title: Text{"已立册", "filed in the register"}, who: "clock", idle: "door", moves: cells{
		"filing": goes(Opened, openCase),
	}},
	Opened: {title: Text{"待查明事实", "facts to be established"}, who: "officer", moves: with(cells{
		"establish": goes(Established, establish),
		"drop":      goes(NoPenalty, drop),
		"hand-over": goes(HandedOver, handOver),
	}, always)},
	Established: {title: Text{"事实已认定", "facts established"}, who: "officer", moves: with(cells{
		"correct-facts": chooses(correctViolation, Opened),
		"order":         goes(OrderMade, order),
		"file":          goes(Investigating, fileCase),
		"drop":          goes(NoPenalty, drop),
		"hand-over":     goes(HandedOver, handOver),
	}, always)},
	OrderMade: {title: Text{"整改书待送达", "order to be served"}, who: "officer", moves: with(cells{
		"serve":           chooses(serveOrder, Rectifying),
		"postal-receipt":  chooses(serveOrder, Rectifying),
		"failed-delivery": stays(failedDelivery),
	}, always), lapses: cells{"announcement": chooses(announcedOrder, Rectifying)}},
	Rectifying: {title: Text{"限期整改中", "rectification running"}, who: "operator", moves: with(cells{
		"rectification-report":  stays(rectificationReport),
		"extension-application": stays(askExtension),
		"grant-extension":       stays(grantExtension),
		"refuse-extension":      stays(refuseExtension),
		"verify":                chooses(verifyOrder, Rectified, NotRectified, EnforcementClosed),
	}, always)},
	NotRectified: {title: Text{"逾期未改", "not rectified"}, who: "head", moves: with(cells{
		"rectification-report": stays(reportAfterVerification),
		"verify":               chooses(verifyOrder, Rectified, NotRectified, EnforcementClosed),
		"file":                 goes(Investigating, fileCase),
		"drop":                 goes(NoPenalty, drop),
		"hand-over":            goes(HandedOver, handOver),
	}, always)},
	Investigating: {title: Text{"立案调查", "filed, under investigation"}, who: "officer", moves: with(cells{
		"investigate":          stays(investigate),
		"rule-out-other-law":   stays(ruleOut),
		"rectification-report": stays(onRecord),
		"notify":               goes(NoticeMade, notify),
	}, leaving, always)},
	NoticeMade: {title: Text{"告知书待送达", "notice to be served"}, who: "officer", moves: with(cells{
		"correct-facts":   chooses(correctViolation, Investigating),
		"serve":           chooses(serveNotice, Defending),
		"postal-receipt":  chooses(serveNotice, Defending),
		"failed-delivery": stays(failedDelivery),
	}, leaving, always), lapses: cells{"announcement": chooses(announcedNotice, Defending)}},
	Defending: {title: Text{"陈述申辩", "statement and defence"}, who: "operator", moves: with(cells{
		"correct-facts":      chooses(correctViolation, Investigating),
		"defence":            stays(defence),
		"waiver":             stays(waiver),
		"hearing-request":    stays(askHearing),
		"hearing-withdrawal": stays(withdrawHearing),
		"call-hearing":       stays(callHearing),
		"hold-hearing":       stays(holdHearing),
		"investigate":        stays(investigate),
		"rule-out-other-law": stays(ruleOut),
		"notify":             goes(NoticeMade, notify),
		"review":             chooses(legalReview, Reviewed, Investigating),
	}, leaving, always), lapses: cells{"hearing-request": stays(hearingWaived)}},
	Reviewed: {title: Text{"待负责人决定", "reviewed, to be decided"}, who: "head", moves: with(cells{
		"correct-facts":      chooses(correctViolation, Investigating),
		"defence":            goes(Defending, defenceAfterReview),
		"hearing-request":    chooses(askHearingAfterReview, Defending),
		"restore-term":       chooses(restoreTerm, Defending),
		"investigate":        goes(Defending, investigate), // new facts want a new review
		"rule-out-other-law": stays(ruleOut),
		"notify":             goes(NoticeMade, notify),
		"decide":             goes(Decided, decide),
	}, leaving, always)},
	Decided: {title: Text{"决定待送达", "decision to be served"}, who: "officer", moves: with(cells{
		"serve":           chooses(serveDecision, Payable, Rectifying, Correcting, EnforcementClosed),
		"postal-receipt":  chooses(serveDecision, Payable, Rectifying, Correcting, EnforcementClosed),
		"failed-delivery": stays(failedDelivery),
	}, always), lapses: cells{"announcement": chooses(announcedDecision, Payable, Rectifying, Correcting, EnforcementClosed)}},
	Payable: {title: Text{"待缴款", "fine payable"}, who: "operator", moves: with(cells{
		"deferral-application": stays(onRecord),
		"verify":               chooses(verifyFault, Correcting, EnforcementClosed),
		"write-off":            chooses(writeOff, Correcting, EnforcementClosed),
		"withdraw-licence":     chooses(withdrawLicence, EnforcementClosed),
		"rectification-report": stays(onRecord),
	}, always), lapses: cells{"payment": goes(Unpaid, paymentOverdue)}},
	Unpaid: {title: Text{"逾期未缴", "fine overdue"}, who: "operator", idle: "unpaid", moves: with(cells{
		"deferral-application": stays(onRecord),
		"verify":               chooses(verifyFault, Correcting, EnforcementClosed),
		"write-off":            chooses(writeOff, Correcting, EnforcementClosed),
		"withdraw-licence":     chooses(withdrawLicence, EnforcementClosed),
		"rectification-report": stays(onRecord),
	}, always)},
	Correcting: {title: Text{"待复查改正、执行或退款", "correction to be verified, sanction to be carried out or refund to be made"}, who: "officer", moves: with(cells{
		"verify":               chooses(verifyFault, EnforcementClosed),
		"withdraw-licence":     chooses(withdrawLicence, EnforcementClosed),
		"rectification-report": stays(onRecord),
	}, always)},
	Rectified:         {title: Text{"已整改", "rectified"}, who: "nobody", closed: true, moves: always},
	NoPenalty:         {title: Text{"不予处罚", "no penalty"}, who: "nobody", closed: true, moves: always},
	HandedOver:        {title: Text{"已移送", "handed over"}, who: "nobody", closed: true, moves: always},
	EnforcementClosed: {title: Text{"已结案", "closed"}, who: "nobody", closed: true, moves: always},
}

func (t *making) enforcement() *EnforcementFile {
	if t.c.Enforcement == nil {
		t.c.Enforcement = &EnforcementFile{}
	}
	return t.c.Enforcement
}

func (t *making) violation() (Violation, bool) {
	v, ok := t.law.Regime.Violations[t.enforcement().Violation]
	if !ok {
		t.refuse("unknown-violation", t.basis(), "本办法没有该违法行为代码。", "the regime knows no violation of that code")
	}
	return v, ok
}

// two checks that a fact was established by two different officers (penalties 42).
func (t *making) two() bool {
	if !t.pair() {
		return false
	}
	if !t.enforcers(t.today()) {
		t.refuseField("officers", "no-enforcement-card", "penalties-2021:42", "两名人员须均持有当日有效的执法证件。", "both officers must hold enforcement cards that are good today")
		return false
	}
	return true
}

// pair is two officers, one of them who acts.
func (t *making) pair() bool {
	who := t.m.Body.Officers
	if len(who) != 2 || who[0] == who[1] || !slices.Contains(who, t.m.By.Officer) {
		t.refuseField("officers", "two-officers", "penalties-2021:42", "须由两名执法人员共同进行，且您须是其中之一。", "two officers must do this together, and you must be one of them")
		return false
	}
	return true
}

// team is two officers who investigate: from now on neither may review the case or decide it, and
// who has reviewed or decided it can't be one of them (penalties 57, 58).
func (t *making) team() bool {
	if !t.two() {
		return false
	}
	f := t.enforcement()
	for _, who := range t.m.Body.Officers {
		if who == f.Head || who == f.Reviewer || who == f.Chair {
			t.refuseField("officers", "separate-functions", "penalties-2021:57", "负责人、法制审核人员或听证主持人不得担任调查人员。", "the head, the legal reviewer or the chair of a hearing of the case can't investigate it")
			return false
		}
	}
	for _, who := range t.m.Body.Officers {
		if !slices.Contains(f.Investigators, who) {
			f.Investigators = append(f.Investigators, who)
		}
	}
	return true
}
