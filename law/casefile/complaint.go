package casefile

import "duban/law/calendar"

// The states of a complaint (lifecycles §3).
const (
	Received       State = "received"       // an officer must accept it or choose another of the five ways
	CorrectionDue  State = "correction-due" // the complainant must complete the filing
	Accepted       State = "accepted"       // an officer must be assigned and forward it
	Forwarded      State = "forwarded"      // the operator must reply
	Supervised     State = "supervised"     // the operator must reply to the supervised matter
	Replied        State = "replied"        // the officer weighs the reply, with the complainant's feedback
	ConsentAsked   State = "consent-asked"  // both sides must say whether they will mediate
	Mediating      State = "mediating"      // the mediator leads both to an agreement or an end
	Mediated       State = "mediated"       // the officer answers with what mediation brought
	InInquiry      State = "in-inquiry"     // the officer looks into the facts and answers
	Answered       State = "answered"       // the officer closes
	OperatorFirst  State = "operator-first" // closed: the complainant asks the operator, and may come back
	NotAccepted    State = "not-accepted"   // closed, contestable
	Transferred    State = "transferred"    // closed here; the receiver's own terms run from its receipt
	Withdrawn      State = "withdrawn"      // closed by the complainant; supervision is untouched
	ComplaintEnded State = "closed"         // closed after an answer
)

// ComplaintFile is what only a complaint knows.
type ComplaintFile struct {
	Dispute            string       `json:"dispute,omitempty"` // fee or other
	EventOn            calendar.Day `json:"eventOn,omitzero"`
	ReceivedOn         calendar.Day `json:"receivedOn,omitzero"`  // day of first receipt: kept for the time bars after a transfer
	CountedFrom        calendar.Day `json:"countedFrom,omitzero"` // our own terms run from it: receipt here, the return, or acceptance
	AskedOperatorOn    calendar.Day `json:"askedOperatorOn,omitzero"`
	ForwardedOn        calendar.Day `json:"forwardedOn,omitzero"` // last day on which the operator was asked: forwarded to it, or mediation proposed
	RepliedOn          calendar.Day `json:"repliedOn,omitzero"`
	Satisfied          *bool        `json:"satisfied,omitempty"`
	Assessed           bool         `json:"assessed,omitempty"`
	Supervised         bool         `json:"supervised,omitempty"`
	ConsentComplainant *bool        `json:"consentComplainant,omitempty"`
	ConsentOperator    *bool        `json:"consentOperator,omitempty"`
	Agreed             *bool        `json:"agreed,omitempty"` // mediation ended in an agreement
	AnsweredOn         calendar.Day `json:"answeredOn,omitzero"`
	Finding            string       `json:"finding,omitempty"`
	PreserveUntil      calendar.Day `json:"preserveUntil,omitzero"` // the operator keeps its billing data at least so long (telecom 17)
	Ground             string       `json:"ground,omitempty"`       // why it was not accepted
	Complainants       int          `json:"complainants,omitempty"` // of a joint complaint
	Representatives    int          `json:"representatives,omitempty"`
	Place              string       `json:"place,omitempty"`    // the connection by which we are competent
	Imported           bool         `json:"imported,omitempty"` // carried out and ended elsewhere: one entry, of the day on which it ended
}

var complaintSpecs = []Spec{
	{Class: Paper, Name: "filing", Title: Text{"申诉", "filing"}, Needs: []string{"dispute", "operator", "text"}, Takes: []string{"eventOn", "askedOperatorOn", "case", "authority", "complainants", "representatives", "imported", "on", "outcome", "finding", "beforeRegime"}, Senders: []string{"complainant"}, Readers: theComplaint},
	{Class: Paper, Name: "return", Title: Text{"再次申诉", "return after asking the operator"}, Needs: []string{"text"}, Takes: []string{"askedOperatorOn", "evidence"}, Senders: []string{"complainant"}, Readers: theComplaint},
	{Class: Paper, Name: "correction", Title: Text{"补正材料", "correction"}, Needs: []string{"text"}, Takes: []string{"evidence", "eventOn", "complainants", "representatives"}, Senders: []string{"complainant"}, ByDay: true, Readers: theComplaint},
	{Class: Paper, Name: "reply", Title: Text{"经营者回复", "operator's reply"}, Needs: []string{"text"}, Takes: []string{"evidence"}, Senders: []string{"operator"}, ByDay: true, Readers: theReply},
	{Class: Paper, Name: "feedback", Title: Text{"申诉人反馈", "complainant's feedback"}, Needs: []string{"satisfied"}, Takes: []string{"text"}, Senders: []string{"complainant"}, ByDay: true},
	{Class: Paper, Name: "consent", Title: Text{"是否同意调解", "consent to mediation"}, Needs: []string{"agreed"}, Takes: []string{"text"}, Senders: []string{"complainant", "operator"}, ByDay: true},
	{Class: Paper, Name: "withdrawal", Title: Text{"撤回申诉", "withdrawal"}, Takes: []string{"text"}, Senders: []string{"complainant"}},
	{Class: Act, Name: "accept", Title: Text{"受理", "accept"}, Roles: officers, Takes: []string{"reasons", "place", "title"}, Readers: forComplainant},
	{Class: Act, Name: "decline", Title: Text{"不予受理", "not accept"}, Roles: officers, Needs: []string{"ground", "reasons"}, Readers: forComplainant},
	{Class: Act, Name: "ask-correction", Title: Text{"通知补正", "ask for correction"}, Roles: officers, Needs: []string{"text"}, Readers: forComplainant},
	{Class: Act, Name: "tell-operator-first", Title: Text{"告知先向经营者投诉", "tell to ask the operator first"}, Roles: officers, Needs: []string{"reasons"}, Readers: forComplainant},
	{Class: Act, Name: "transfer", Title: Text{"移送", "transfer"}, Roles: officers, Needs: []string{"reasons"}, Takes: []string{"authority", "body"}, Asks: []Ask{AskReceiver, AskEnclosed}, Readers: forComplainant},
	{Class: Act, Name: "forward", Title: Text{"转办", "forward to the operator"}, Roles: officers, Takes: []string{"text"}, Readers: forOperator},
	{Class: Act, Name: "supervise", Title: Text{"督办", "make it a supervised matter"}, Roles: officers, Needs: []string{"reasons"}, Takes: []string{"term"}, Readers: forOperator},
	{Class: Act, Name: "assess", Title: Text{"核查评估", "assess without feedback"}, Roles: officers, Needs: []string{"text"}, Own: true},
	{Class: Act, Name: "propose-mediation", Title: Text{"征求调解意愿", "propose mediation"}, Roles: officers, Takes: []string{"text"}, Readers: forBoth},
	{Class: Act, Name: "open-mediation", Title: Text{"开始调解", "open mediation"}, Roles: officers, Takes: []string{"text"}, Readers: forBoth},
	{Class: Act, Name: "end-mediation", Title: Text{"结束调解", "end mediation"}, Roles: officers, Needs: []string{"agreed"}, Takes: []string{"text"}, Readers: forBoth},
	{Class: Act, Name: "inquire", Title: Text{"调查核实", "look into the facts"}, Roles: officers, Takes: []string{"text"}, Own: true},
	{Class: Act, Name: "answer", Title: Text{"答复申诉人", "answer the complainant"}, Roles: officers, Needs: []string{"finding", "text"}, Readers: forComplainant},
	{Class: Act, Name: "close", Title: Text{"结案", "close"}, Roles: officers, Takes: []string{"text"}},
	{Class: Act, Name: "open-enforcement", Title: Text{"就违法行为立册", "open an enforcement case"}, Roles: officers, Needs: []string{"violation", "requirement", "periodFrom", "periodTo", "reasons"}, Anyone: true, Own: true, Asks: []Ask{AskTypes, AskSameAct}},
}

// anytime are the cells that every state of a complaint has, closed ones included.
var anytime = with(cells{
	"assign":           stays(assign),
	"correct-facts":    stays(correctComplaint),
	"open-enforcement": stays(openEnforcement),
	"letter":           stays(onRecord),
	"undelivered":      stays(undelivered),
	"failed-delivery":  stays(undelivered),
	"postal-receipt":   stays(postalReceipt),
}, contestCells(), restoringCells)

// passedOn are the papers of the complaint that go after it. What contests an act of ours stays: the
// receiver has made none.
var passedOn = cells{
	"return": stays(passOn), "correction": stays(passOn), "reply": stays(passOn), "feedback": stays(passOn), "consent": stays(passOn),
	"withdrawal": stays(passOn), "force-majeure": stays(passOn), "letter": stays(passOn),
}

var complaintTable = table{
	Filed: {title: Text{"已收件", "filed"}, who: "clock", idle: "door", known: true, moves: cells{
		"filing": chooses(receiveComplaint, Received, ComplaintEnded, NotAccepted, Transferred, Withdrawn),
	}},
	Received: {title: Text{"待审查", "received"}, who: "officer", moves: with(cells{
		"accept":              goes(Accepted, acceptComplaint),
		"decline":             goes(NotAccepted, declineComplaint),
		"ask-correction":      goes(CorrectionDue, askCorrection),
		"tell-operator-first": goes(OperatorFirst, tellOperatorFirst),
		"transfer":            goes(Transferred, transferComplaint),
		"withdrawal":          goes(Withdrawn, withdraw),
		"correction":          stays(onRecord),
	}, anytime)},
	CorrectionDue: {title: Text{"待补正", "correction due"}, who: "complainant", moves: with(cells{
		"correction":          goes(Received, corrected),
		"decline":             goes(NotAccepted, declineComplaint),
		"accept":              goes(Accepted, acceptComplaint),
		"tell-operator-first": goes(OperatorFirst, tellOperatorFirst),
		"transfer":            goes(Transferred, transferComplaint),
		"withdrawal":          goes(Withdrawn, withdraw),
	}, anytime)},
	Accepted: {title: Text{"已受理", "accepted"}, who: "officer", moves: with(cells{
		"forward":    goes(Forwarded, forward),
		"inquire":    goes(InInquiry, nil),
		"transfer":   goes(Transferred, transferComplaint),
		"withdrawal": goes(Withdrawn, withdraw),
	}, anytime)},
	Forwarded: {title: Text{"已转办", "forwarded"}, who: "operator", moves: with(cells{
		"correct-facts": chooses(correctComplaint, Accepted),
		"reply":         goes(Replied, reply),
		"supervise":     goes(Supervised, supervise),
		"inquire":       goes(InInquiry, endReply),
		"answer":        goes(Answered, answerComplaint),
		"withdrawal":    goes(Withdrawn, withdraw),
	}, anytime)},
	Supervised: {title: Text{"督办中", "supervised matter"}, who: "operator", moves: with(cells{
		"correct-facts": chooses(correctComplaint, Accepted),
		"reply":         goes(Replied, reply),
		"inquire":       goes(InInquiry, endReply),
		"answer":        goes(Answered, answerComplaint),
		"withdrawal":    goes(Withdrawn, withdraw),
	}, anytime)},
	Replied: {title: Text{"已回复", "replied"}, who: "officer", moves: with(cells{
		"correct-facts":     chooses(correctComplaint, Accepted),
		"feedback":          stays(feedback),
		"reply":             stays(replyOnRecord),
		"assess":            stays(assess),
		"forward":           goes(Forwarded, forward),
		"supervise":         goes(Supervised, supervise),
		"propose-mediation": goes(ConsentAsked, proposeMediation),
		"inquire":           goes(InInquiry, nil),
		"answer":            goes(Answered, answerComplaint),
		"withdrawal":        goes(Withdrawn, withdraw),
	}, anytime)},
	ConsentAsked: {title: Text{"征求调解意愿", "consent to mediation asked"}, who: "complainant", moves: with(cells{
		"correct-facts":  chooses(correctComplaint, Accepted),
		"consent":        stays(consent),
		"feedback":       stays(feedback),
		"open-mediation": goes(Mediating, openMediation),
		"inquire":        goes(InInquiry, endConsent),
		"answer":         goes(Answered, answerComplaint),
		"withdrawal":     goes(Withdrawn, withdraw),
	}, anytime)},
	Mediating: {title: Text{"调解中", "mediation"}, who: "officer", moves: with(cells{
		"correct-facts": chooses(correctComplaint, Accepted),
		"answer":        stays(answerDuringMediation),
		"end-mediation": chooses(endMediation, Mediated, InInquiry, Answered),
		"withdrawal":    goes(Withdrawn, withdraw),
	}, anytime)},
	Mediated: {title: Text{"调解达成", "agreement reached"}, who: "officer", moves: with(cells{
		"answer":     goes(Answered, answerComplaint),
		"withdrawal": goes(Withdrawn, withdraw),
	}, anytime)},
	InInquiry: {title: Text{"调查核实中", "inquiry"}, who: "officer", moves: with(cells{
		"correct-facts":     chooses(correctComplaint, Accepted),
		"reply":             stays(replyOnRecord),
		"feedback":          stays(feedback),
		"propose-mediation": goes(ConsentAsked, proposeMediation),
		"answer":            goes(Answered, answerComplaint),
		"withdrawal":        goes(Withdrawn, withdraw),
	}, anytime)},
	Answered: {title: Text{"已答复", "answered"}, who: "officer", moves: with(cells{
		"feedback":      stays(feedback),
		"reply":         stays(replyOnRecord),
		"answer":        stays(answerAgain),
		"close":         goes(ComplaintEnded, closeComplaint),
		"correct-facts": chooses(correctComplaint, Accepted), // the answer came back undelivered, and it is another operator
		"withdrawal":    goes(Withdrawn, withdraw),
	}, anytime)},
	OperatorFirst: {title: Text{"先向经营者投诉", "told to ask the operator first"}, who: "complainant", closed: true, moves: with(cells{"return": goes(Received, comeBack)}, anytime)},
	NotAccepted:   {title: Text{"不予受理", "not accepted"}, who: "nobody", closed: true, moves: with(cells{"correction": chooses(correctedAfterAll, Received)}, anytime, contestCells(Received))},
	Transferred:   {title: Text{"已移送", "transferred"}, who: "nobody", closed: true, moves: with(passedOn, anytime)},
	Withdrawn:     {title: Text{"已撤回", "withdrawn"}, who: "nobody", closed: true, moves: anytime},
	ComplaintEnded: {title: Text{"已结案", "closed"}, who: "nobody", closed: true, moves: with(cells{
		"feedback":        stays(feedback),
		"undelivered":     chooses(undelivered, Answered),
		"failed-delivery": chooses(undelivered, Answered),
	}, anytime)},
}
