package casefile

import (
	"slices"

	"duban/law/calendar"
)

// The states of a reconsideration carried by the competent body (lifecycles §6).
const (
	Examining         State = "examining"           // the body accepts, asks for correction, or does not accept
	ApplicationDue    State = "application-due"     // the applicant must correct the application
	InReview          State = "in-review"           // the body reviews
	ReviewDecided     State = "review-decided"      // the decision must be served: it takes effect on service
	AppealClosed      State = "closed"              // closed: decision served
	AppealNotAccepted State = "appeal-not-accepted" // closed; a suit is open within 15 days
	Abandoned         State = "abandoned"           // closed: not corrected in time; a new application in time is possible
	Terminated        State = "terminated"          // closed: withdrawn or ended
)

// AppealFile is what only an appeal knows.
type AppealFile struct {
	Contested       int          `json:"contested"` // entry of the contested act
	ContestedCase   string       `json:"contestedCase"`
	Act             string       `json:"act,omitempty"`        // of what sort the contested act is (ContestedAct.What); empty: not told
	Applicant       string       `json:"applicant"`            // penalised, complainant, third-party
	Respondent      string       `json:"respondent,omitempty"` // the authority that made the act
	KnownOn         calendar.Day `json:"knownOn,omitzero"`     // day on which the applicant says it knew of the act
	FiledOn         calendar.Day `json:"filedOn,omitzero"`
	AcceptedOn      calendar.Day `json:"acceptedOn,omitzero"`
	Simple          bool         `json:"simple,omitempty"`
	Copied          bool         `json:"copied,omitempty"`
	Answered        bool         `json:"answered,omitempty"`
	AtStake         Fen          `json:"atStake,omitempty"`    // the fine, as the respondent's answer gives it
	Conflicted      []string     `json:"conflicted,omitempty"` // officers who had a function in the contested act
	Extended        bool         `json:"extended,omitempty"`
	CorrectionAsked bool         `json:"correctionAsked,omitempty"`
	Decision        int          `json:"decision,omitempty"` // entry
	Outcome         string       `json:"outcome,omitempty"`
	Amount          Fen          `json:"amount,omitempty"`
	RedoBy          calendar.Day `json:"redoBy,omitzero"`
	DecidedOn       calendar.Day `json:"decidedOn,omitzero"`
	Ground          string       `json:"ground,omitempty"` // of the decision: "procedure" lets the same act be made again (reconsideration 64)

	Confiscated Fen           `json:"confiscated,omitempty"` // as varied; likewise the next two
	Suspension  calendar.Term `json:"suspension,omitzero"`
	Lifted      []string      `json:"lifted,omitempty"`

	AtStakeConfiscated Fen           `json:"atStakeConfiscated,omitempty"` // as the respondent's answer gives it
	AtStakeSuspension  calendar.Term `json:"atStakeSuspension,omitzero"`
}

var appealSpecs = []Spec{
	{Class: Paper, Name: "filing", Title: Text{"行政复议申请", "application for reconsideration"}, Needs: []string{"contestedCase", "contested", "applicant", "text"}, Takes: []string{"eventOn", "evidence", "authority", "act"}, Senders: []string{"applicant"}, Readers: theApplication},
	{Class: Paper, Name: "correction", Title: Text{"补正申请", "correction"}, Needs: []string{"text"}, Takes: []string{"evidence"}, Senders: []string{"applicant"}, ByDay: true, Readers: theApplication},
	{Class: Paper, Name: "answer", Title: Text{"被申请人答复", "respondent's answer"}, Takes: []string{"contested", "case", "amount", "confiscated", "suspension", "officers", "text", "evidence"}, Senders: []string{"respondent"}, ByDay: true, Readers: theAnswer},
	{Class: Paper, Name: "withdrawal", Title: Text{"撤回复议申请", "withdrawal"}, Takes: []string{"text"}, Senders: []string{"applicant"}},
	{Class: Paper, Name: "suit", Title: Text{"起诉消息", "news of a suit"}, Needs: []string{"filedOn"}, Takes: []string{"body", "evidence"}, Senders: []string{"court", "applicant"}},
	{Class: Paper, Name: "summons", Title: Text{"应诉通知书", "court summons"}, Takes: []string{"evidence"}, Senders: []string{"court"}},
	{Class: Paper, Name: "judgment", Title: Text{"生效裁判", "final judgment"}, Needs: []string{"outcome", "on"}, Takes: []string{"evidence"}, Senders: []string{"court"}},
	{Class: Act, Name: "accept", Title: Text{"受理", "accept"}, Roles: officers, Takes: []string{"simple", "reasons"}, Readers: forApplicant},
	{Class: Act, Name: "decline", Title: Text{"不予受理", "not accept"}, Roles: officers, Needs: []string{"ground", "reasons"}, Readers: forApplicant},
	{Class: Act, Name: "ask-correction", Title: Text{"通知补正", "ask for correction"}, Roles: officers, Needs: []string{"text"}, Readers: forApplicant},
	{Class: Act, Name: "send-copy", Title: Text{"发送副本", "copy to the respondent"}, Roles: officers, Takes: []string{"text"}, Readers: forRespondent},
	{Class: Act, Name: "stay", Title: Text{"停止执行", "stay of execution"}, Roles: officers, Needs: []string{"ground", "reasons"}, Readers: forReviewed},
	{Class: Act, Name: "extend", Title: Text{"延长审查期限", "extend the review"}, Roles: head, Needs: []string{"reasons"}, Readers: forReviewed},
	{Class: Act, Name: "decide", Title: Text{"作出复议决定", "reconsideration decision"}, Roles: head, Needs: []string{"outcome", "reasons"}, Takes: []string{"amount", "confiscated", "suspension", "lifted", "until", "ground"}, Readers: forReviewed},
	{Class: Act, Name: "serve", Title: Text{"送达", "serve"}, Roles: officers, Needs: []string{"document", "method", "on", "evidence"}},
	{Class: Act, Name: "terminate", Title: Text{"终止复议", "terminate"}, Roles: head, Needs: []string{"ground", "reasons"}, Readers: forReviewed},
	{Class: Act, Name: "answer-court", Title: Text{"提交答辩状", "defence before the court"}, Roles: officers, Needs: []string{"text"}, Takes: []string{"evidence"}, Anyone: true},
}

var appealAlways = cells{
	"assign":        stays(assign),
	"correct-facts": stays(correctAppeal),
	"letter":        stays(onRecord),
	"undelivered":   stays(undeliveredDocument),
	"answer":        stays(respondentAnswer),
	"suit":          stays(onRecord),
	"summons":       stays(appealSummons),
	"judgment":      stays(onRecord),
	"answer-court":  stays(appealDefence),
}

var appealTable = table{
	Filed: {title: Text{"已收件", "filed"}, who: "clock", idle: "door", known: true, moves: cells{
		"filing": goes(Examining, receiveAppeal),
	}},
	Examining: {title: Text{"审查申请", "application examined"}, who: "officer", moves: with(cells{
		"accept":         goes(InReview, acceptAppeal),
		"decline":        goes(AppealNotAccepted, declineAppeal),
		"ask-correction": goes(ApplicationDue, askApplicant),
		"withdrawal":     goes(Terminated, withdrawAppeal),
	}, appealAlways), lapses: cells{"admissibility": goes(InReview, deemedAccepted)}},
	ApplicationDue: {title: Text{"待补正申请", "correction of the application due"}, who: "applicant", moves: with(cells{
		"correction": goes(Examining, applicationCorrected),
		"withdrawal": goes(Terminated, withdrawAppeal),
	}, appealAlways), lapses: cells{"appeal-correction": goes(Abandoned, abandon)}},
	InReview: {title: Text{"审理中", "in review"}, who: "officer", moves: with(cells{
		"send-copy":  stays(sendCopy),
		"stay":       stays(orderStay),
		"extend":     stays(extendReview),
		"decide":     goes(ReviewDecided, decideAppeal),
		"terminate":  goes(Terminated, terminate),
		"withdrawal": goes(Terminated, withdrawAppeal),
	}, appealAlways)},
	ReviewDecided: {title: Text{"复议决定待送达", "decision to be served"}, who: "officer", moves: with(cells{
		"serve":           chooses(serveReview, AppealClosed),
		"postal-receipt":  chooses(serveReview, AppealClosed),
		"failed-delivery": stays(failedDelivery),
	}, appealAlways), lapses: cells{"announcement": goes(AppealClosed, announcedReview)}},
	AppealClosed:      {title: Text{"已结案", "closed"}, who: "nobody", closed: true, moves: appealAlways},
	AppealNotAccepted: {title: Text{"不予受理", "not accepted"}, who: "nobody", closed: true, moves: appealAlways},
	Abandoned:         {title: Text{"视为放弃", "abandoned"}, who: "nobody", closed: true, moves: with(cells{"correction": chooses(lateCorrection, Examining)}, appealAlways)},
	Terminated:        {title: Text{"已终止", "terminated"}, who: "nobody", closed: true, moves: appealAlways},
}

func (t *making) appeal() *AppealFile {
	if t.c.Appeal == nil {
		t.c.Appeal = &AppealFile{}
	}
	return t.c.Appeal
}

// tell puts the news into the contested case's inbox.
func (t *making) tell(paper string, b Body) {
	f := t.appeal()
	if f.ContestedCase == "" {
		return // the act is not on Duban: its authority is written to
	}
	b.Contested, b.AppealCase, b.Applicant = f.Contested, t.c.ID, f.Applicant
	t.send(Send{Case: f.ContestedCase, Paper: paper, Body: b})
}

// ended tells the contested case how it ended, and opens the window to sue (reconsideration 34, litigation 45).
func (t *making) ended(outcome string, on calendar.Day) {
	f := t.appeal()
	f.Outcome = outcome
	t.clearAll("moot")
	t.tell("appeal-outcome", Body{Outcome: outcome, On: on, Amount: f.Amount, Confiscated: f.Confiscated, Suspension: f.Suspension, Lifted: f.Lifted, Until: f.RedoBy, Ground: f.Ground, Body: t.c.Authority})
}

func receiveAppeal(t *making) {
	b, f := t.m.Body, t.appeal()
	f.Contested, f.ContestedCase, f.Applicant, f.KnownOn, f.FiledOn = b.Contested, b.ContestedCase, b.Applicant, t.past(b.EventOn), t.today()
	f.Respondent, f.Act = b.Authority, b.Act
	if b.ContestedCase != "" {
		t.link(b.ContestedCase, "", "contested")
	}
	t.arm("admissibility", t.today())
	t.tell("appeal", Body{Route: "reconsideration", FiledOn: t.today(), Body: t.c.Authority})
	t.notice("receipt", "applicant")
	if r := t.law.Regime.Route(f.Act); r.Open == RouteCourtOnly { // on file: the body declines it, never the program
		t.wrongRoute(r, "applicant", 0)
		t.notice("task", "officer").Cite = r.Cite
	}
}

func acceptAppeal(t *making) {
	t.clear("met", "admissibility")
	t.appeal().Simple = t.m.Body.Simple
	t.accepted(t.day())
}

// deemedAccepted: silence for five working days is acceptance, on the last of them (reconsideration 30).
func deemedAccepted(t *making) { t.accepted(t.m.Effective) }

func (t *making) accepted(on calendar.Day) {
	t.appeal().AcceptedOn = on
	t.armSimple("copy", on)
	t.armSimple("review-decision", on)
	t.tell("appeal-accepted", Body{Route: "reconsideration", On: on})
	t.notice("appeal-accepted", "applicant")
}

// armSimple arms by the shorter term of the simple procedure, where it applies and the regime has
// one (reconsideration 53-55, 62).
func (t *making) armSimple(name clock, from calendar.Day) {
	if rule, ok := t.law.Regime.Terms["appeal."+string(name)+"-simple"]; ok && t.appeal().Simple {
		t.armRule(name, rule, from, 0)
		return
	}
	t.arm(name, from)
}

func declineAppeal(t *making) {
	if t.conflicted() {
		return
	}
	if _, ok := t.ground(); !ok {
		return
	}
	t.clear("met", "admissibility")
	t.ended(OutcomeNotAccepted, t.day())
	t.suitAfter(t.day())
	t.notice("appeal-not-accepted", "applicant")
}

func askApplicant(t *making) {
	f := t.appeal()
	if f.CorrectionAsked {
		t.refuse("asked-already", t.basis(), "补正只能一次性告知。", "correction can be asked only once")
		return
	}
	f.CorrectionAsked = true
	t.clear("met", "admissibility")
	t.arm("appeal-correction", t.day())
	t.notice("appeal-correction-notice", "applicant").Due = t.lastArmed()
}

func applicationCorrected(t *making) {
	t.clear("met", "appeal-correction")
	t.arm("admissibility", t.today())
}

// abandon is no withdrawal: a new application in time stays possible (reconsideration 31).
func abandon(t *making) {
	t.ended(OutcomeAbandoned, t.m.Effective)
	t.notice("appeal-abandoned", "applicant")
}

// lateCorrection: posted in time after all, so it was never abandoned.
func lateCorrection(t *making) {
	if !t.setAside("appeal-correction", t.day()) {
		t.none("case-closed")
		return
	}
	t.appeal().Outcome = ""
	t.to(Examining)
	t.arm("admissibility", t.today())
	t.tell("appeal", Body{Route: "reconsideration", FiledOn: t.appeal().FiledOn, Body: t.c.Authority})
}

func withdrawAppeal(t *making) {
	t.ended(OutcomeWithdrawn, t.day())
	t.notice("appeal-terminated", "applicant")
}

func sendCopy(t *making) {
	f := t.appeal()
	if f.Copied {
		t.refuse("copied-already", t.basis(), "申请书副本已发送。", "the copy has been sent already")
		return
	}
	f.Copied = true
	t.clear("met", "copy")
	t.armSimple("respondent-answer", t.day())
	t.tell("notice-to-answer", Body{Simple: f.Simple})
	t.notice("notice-to-answer", "respondent").Due = t.lastArmed()
}

func respondentAnswer(t *making) {
	f, b := t.appeal(), t.m.Body
	if t.c.Closed() {
		t.none("case-closed")
		return
	}
	if t.c.State == ReviewDecided {
		t.none("decided-already")
		return
	}
	t.setAside("respondent-answer", t.day())
	t.clear("met", "respondent-answer")
	f.Answered = true
	if b.Amount > 0 {
		f.AtStake = b.Amount
	}
	f.AtStakeConfiscated = max(f.AtStakeConfiscated, b.Confiscated)
	if !b.Suspension.IsZero() {
		f.AtStakeSuspension = b.Suspension
	}
	for _, who := range b.Officers {
		if !slices.Contains(f.Conflicted, who) {
			f.Conflicted = append(f.Conflicted, who)
		}
	}
	t.arm("task", t.today())
}

func orderStay(t *making) {
	if _, ok := t.ground(); !ok {
		return
	}
	t.tell("stay", Body{Route: "reconsideration"})
	t.notice("stay", "applicant")
}

func extendReview(t *making) {
	f := t.appeal()
	if f.Extended {
		t.refuse("extended-already", t.basis(), "审查期限只能延长一次。", "the review can be extended only once")
		return
	}
	if _, armed := t.armed("review-decision"); !armed {
		t.refuse("too-late-to-extend", t.basis(), "审查期限已届满，不能延长。", "the term is over and can't be extended")
		return
	}
	extension, ok := t.law.Regime.Terms["appeal.extension"]
	if !ok || f.Simple {
		t.refuse("no-extension", t.basis(), "依本案程序不能延长审查期限。", "the procedure of this case knows no extension")
		return
	}
	f.Extended = true
	t.cite(extension.Cite)
	t.extend("review-decision", extension.Term)
	t.notice("review-extended", "applicant").Due = t.lastArmed()
}

// decidable are the outcomes that a reconsideration decision may have: the others come without one.
func decidable() []string {
	return slices.DeleteFunc(Outcomes(), func(o string) bool {
		return o == OutcomeNotAccepted || o == OutcomeAbandoned || o == OutcomeWithdrawn || o == OutcomeTerminated
	})
}

func decideAppeal(t *making) {
	f, b := t.appeal(), t.m.Body
	_, running := t.armed("respondent-answer")
	switch {
	case t.conflicted():
	case !f.Copied || running && !f.Answered:
		t.refuse("respondent-not-heard", t.basis(), "被申请人的答复期限尚未届满。", "the respondent has not been asked, or its term to answer is running")
	case !slices.Contains(decidable(), b.Outcome):
		t.refuseOther("outcome", "unknown-outcome", t.basis(), "不是复议决定的法定结果", "that is no outcome of a reconsideration decision", decidable())
	case b.Outcome == OutcomeVaried && b.Amount <= 0 && b.Confiscated <= 0 && b.Suspension.IsZero() && len(b.Lifted) == 0:
		t.refuseField("amount", "missing-field", t.basis(), "变更决定须写明新的金额、期限或者撤去的处罚。", "a variation needs the new amount or term, or the sanction that it takes away")
	case b.Outcome == OutcomeVaried && f.Applicant == "penalised" && (f.AtStake > 0 && b.Amount > f.AtStake ||
		f.Answered && (b.Confiscated > f.AtStakeConfiscated || longer(b.Suspension, f.AtStakeSuspension) && !slices.Contains(b.Lifted, LicenceRevocation))):
		t.refuseField("amount", "worse-for-applicant", "reconsideration-2023:63", "不得作出对申请人更为不利的变更。", "the decision can't be made worse for the applicant")
	}
	if t.stopped() {
		return
	}
	f.Decision, f.Outcome, f.Amount, f.RedoBy, f.Ground, f.DecidedOn = t.seq(), b.Outcome, b.Amount, b.Until, b.Ground, t.day()
	f.Confiscated, f.Suspension, f.Lifted = b.Confiscated, b.Suspension, b.Lifted
	t.clear("met", "review-decision")
	t.clear("moot", "copy", "respondent-answer")
	t.arm("service", t.day())
	t.notice("reconsideration-decision", "applicant")
	t.notice("reconsideration-decision", "respondent")
}

// serveReview: the decision takes effect on service (reconsideration 75).
func serveReview(t *making) {
	if day, ok := t.served("reconsideration-decision", t.appeal().DecidedOn); ok {
		t.reviewServed(day)
	}
}

func announcedReview(t *making) { t.reviewServed(t.m.Effective) }

func (t *making) reviewServed(day calendar.Day) {
	f := t.appeal()
	t.to(AppealClosed)
	t.ended(f.Outcome, day)
	t.suitAfter(day)
}

// suitAfter opens the window to sue after reconsideration (reconsideration 34, litigation 45), also
// while the body may still decide; where its decision is final there is none.
func (t *making) suitAfter(day calendar.Day) {
	if r := t.law.Regime.Route(t.appeal().Act); r.final() {
		t.cite(r.Cite)
		return
	}
	t.armOf("second-suit-window", day, 1)
}

// conflicted: who had a function in the contested act has none in its reconsideration.
func (t *making) conflicted() bool {
	if !slices.Contains(t.appeal().Conflicted, t.m.By.Officer) {
		return false
	}
	t.refuse("separate-functions", t.basis(), "曾参与被复议行为的人员不得作出复议决定。", "who had a function in the contested act can't decide its reconsideration")
	return true
}

func terminate(t *making) {
	if t.conflicted() {
		return
	}
	if _, ok := t.ground(); !ok {
		return
	}
	t.clear("met", "review-decision")
	t.ended(OutcomeTerminated, t.day())
	t.notice("appeal-terminated", "applicant")
}

func appealSummons(t *making) {
	t.armOf("answer-court", t.today(), 1)
	t.notice("task", "officer").Due = t.lastArmed()
}

func appealDefence(t *making) {
	if _, armed := t.armed("answer-court"); !armed && !t.late("answer-court") {
		t.refuse("no-summons", t.basis(), "没有需要答辩的应诉通知。", "no court has asked for a defence")
		return
	}
	t.clearOf("met", "answer-court", 1)
	t.notice("defence-to-court", "court")
}
