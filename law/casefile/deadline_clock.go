package casefile

import "slices"

// deadlineSpec says what kind of clock a deadline is; how long it runs is the regime's.
type deadlineSpec struct {
	class DeadlineClass
	title Text
	kinds []Kind
	set   bool // its day is set by an officer or another body; the regime gives counting and clause only

	optional bool // runs only where a regime gives it a term
	ruled    bool // its length stands in another section of the regime: publication
}

// deadlines is the catalogue of all clocks. Only statutory effects have cells of their own in a
// table; own duties and party terms lapse as deadline_lapse.go says for all. A regime gives a term for each
// kind that is named here, but for the optional.
var deadlines = map[clock]deadlineSpec{
	// complaint
	"accept":           {class: OwnDuty, title: Text{"受理或不予受理", "accept or not"}, kinds: []Kind{Complaint}},
	"take-up":          {class: OwnDuty, title: Text{"处理投诉并告知消费者", "take the complaint up and tell the consumer"}, kinds: []Kind{Complaint}, optional: true},
	"answer":           {class: OwnDuty, title: Text{"答复申诉人", "answer to the complainant"}, kinds: []Kind{Complaint}},
	"answer-complete":  {class: OwnDuty, title: Text{"自材料齐全起答复申诉人", "answer, counted from complete materials"}, kinds: []Kind{Complaint}},
	"correction":       {class: PartyTerm, title: Text{"补正申诉材料", "correction of the filing"}, kinds: []Kind{Complaint}},
	"reply":            {class: PartyTerm, title: Text{"经营者回复", "operator's reply"}, kinds: []Kind{Complaint}},
	"supervised-reply": {class: PartyTerm, title: Text{"督办事项回复", "reply to a supervised matter"}, kinds: []Kind{Complaint}},
	"feedback":         {class: PartyTerm, title: Text{"申诉人反馈", "complainant's feedback"}, kinds: []Kind{Complaint}},
	"consent":          {class: PartyTerm, title: Text{"同意调解", "consent to mediation"}, kinds: []Kind{Complaint}},
	"mediation":        {class: OwnDuty, title: Text{"调解期限", "mediation"}, kinds: []Kind{Complaint}},
	"close":            {class: OwnDuty, title: Text{"结案", "closing after the answer"}, kinds: []Kind{Complaint}},
	// enforcement
	"establish":     {class: OwnDuty, title: Text{"查明事实", "establish the facts"}, kinds: []Kind{Enforcement}},
	"order":         {class: OwnDuty, title: Text{"发出限期整改书或立案", "order or file"}, kinds: []Kind{Enforcement}},
	"service":       {class: OwnDuty, title: Text{"送达文书", "serve the document"}, kinds: []Kind{Enforcement, Appeal}},
	"rectification": {class: PartyTerm, title: Text{"限期整改", "rectification"}, kinds: []Kind{Enforcement}, set: true},
	"extension":     {class: OwnDuty, title: Text{"答复延期申请", "answer to an application for more time"}, kinds: []Kind{Enforcement}},
	"verification":  {class: OwnDuty, title: Text{"整改复查", "verification"}, kinds: []Kind{Enforcement}},
	"filing":        {class: OwnDuty, title: Text{"决定是否立案", "decide on filing the case"}, kinds: []Kind{Enforcement}},
	"decision":      {class: OwnDuty, title: Text{"作出处罚决定", "penalty decision"}, kinds: []Kind{Enforcement}},
	"defence":       {class: PartyTerm, title: Text{"陈述、申辩", "statement and defence"}, kinds: []Kind{Enforcement}},
	"payment":       {class: StatutoryEffect, title: Text{"缴纳罚款", "payment of the fine"}, kinds: []Kind{Enforcement}},
	"payment-check": {class: OwnDuty, title: Text{"核对缴款", "compare a payment with the bank's"}, kinds: []Kind{Enforcement}},
	"refund":        {class: OwnDuty, title: Text{"退还款项", "refund"}, kinds: []Kind{Enforcement}},
	"redo":          {class: OwnDuty, title: Text{"重新作出行政行为", "redo the act"}, kinds: []Kind{Enforcement, Complaint}},
	// hearing, and sanctions beside a fine
	"hearing-request":    {class: StatutoryEffect, title: Text{"要求听证", "request for a hearing"}, kinds: []Kind{Enforcement}},
	"hearing":            {class: OwnDuty, title: Text{"举行听证", "hold the hearing"}, kinds: []Kind{Enforcement}},
	"suspension":         {class: PartyTerm, title: Text{"停业整顿", "suspension of business"}, kinds: []Kind{Enforcement}, set: true},
	"licence-withdrawal": {class: OwnDuty, title: Text{"收缴被吊销的许可证", "withdraw the revoked licence"}, kinds: []Kind{Enforcement}},
	// contested acts
	"reconsideration-window": {class: StatutoryEffect, title: Text{"申请行政复议期限", "window for reconsideration"}, kinds: []Kind{Complaint, Enforcement}},
	"suit-window":            {class: StatutoryEffect, title: Text{"直接起诉期限", "window to sue directly"}, kinds: []Kind{Complaint, Enforcement}},
	"second-suit-window":     {class: StatutoryEffect, title: Text{"对复议结果起诉期限", "window to sue after reconsideration"}, kinds: []Kind{Complaint, Enforcement, Appeal}},
	"answer-appeal":          {class: OwnDuty, title: Text{"提出复议答复", "answer to the reconsideration body"}, kinds: []Kind{Complaint, Enforcement}},
	"answer-appeal-simple":   {class: OwnDuty, title: Text{"提出复议答复(简易程序)", "answer to the reconsideration body (simple procedure)"}, kinds: []Kind{Complaint, Enforcement}},
	"answer-court":           {class: OwnDuty, title: Text{"提交答辩状", "defence before the court"}, kinds: []Kind{Complaint, Enforcement, Appeal}},
	"perform":                {class: OwnDuty, title: Text{"履行被责令的职责", "perform what was ordered"}, kinds: []Kind{Complaint, Enforcement}},
	// appeal
	"admissibility":     {class: StatutoryEffect, title: Text{"审查复议申请", "examine the application"}, kinds: []Kind{Appeal}},
	"appeal-correction": {class: StatutoryEffect, title: Text{"补正复议申请", "correct the application"}, kinds: []Kind{Appeal}},
	"copy":              {class: OwnDuty, title: Text{"发送申请书副本", "copy to the respondent"}, kinds: []Kind{Appeal}},
	"respondent-answer": {class: PartyTerm, title: Text{"被申请人书面答复", "respondent's answer"}, kinds: []Kind{Appeal}},
	"review-decision":   {class: OwnDuty, title: Text{"作出复议决定", "reconsideration decision"}, kinds: []Kind{Appeal}},
	// inspection
	"inspect":      {class: OwnDuty, title: Text{"实施检查", "carry out the inspection"}, kinds: []Kind{Inspection}},
	"comments":     {class: PartyTerm, title: Text{"对检查报告提出意见", "comments on the report"}, kinds: []Kind{Inspection}},
	"preservation": {class: OwnDuty, title: Text{"处理先行登记保存的证据", "handle preserved evidence"}, kinds: []Kind{Inspection}},
	"improvement":  {class: PartyTerm, title: Text{"限期改进", "improvement"}, kinds: []Kind{Inspection}, set: true},
	"report":       {class: OwnDuty, title: Text{"检查报告", "inspection report"}, kinds: []Kind{Inspection}},
	// publication
	"publish":              {class: OwnDuty, title: Text{"公布检查结果或处罚决定", "publish the result or the decision"}, kinds: []Kind{Inspection, Enforcement}, ruled: true},
	"withdraw-publication": {class: OwnDuty, title: Text{"撤回公开的处罚决定", "withdraw a published decision"}, kinds: []Kind{Enforcement}, ruled: true},
	// all
	"announcement": {class: StatutoryEffect, title: Text{"公告送达", "service by public announcement"}}, // its term is the statute's: see deadline_service.go
	"task":         {class: OwnDuty, title: Text{"承办人待办", "task of the officer"}, kinds: Kinds()},
	"reminder":     {class: OwnDuty, title: Text{"再次提醒", "reminder"}, kinds: Kinds()},
}

// DeadlineInfo describes a clock for regimes, charts and consoles.
type DeadlineInfo struct {
	Name  string
	Class DeadlineClass
	Title Text
	Kinds []Kind
	Set   bool // the day is set by an officer; the regime gives counting and clause

	Optional bool // a regime may leave it out
	Ruled    bool // the length stands in the regime's publication
}

// Deadlines lists every clock of the installation by name.
func Deadlines() []DeadlineInfo {
	var out []DeadlineInfo
	for _, name := range sortedKeys(deadlines) {
		d := deadlines[name]
		out = append(out, DeadlineInfo{Name: string(name), Class: d.class, Title: d.title, Kinds: slices.Clone(d.kinds), Set: d.set, Optional: d.optional, Ruled: d.ruled})
	}
	return out
}
