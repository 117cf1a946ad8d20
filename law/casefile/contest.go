package casefile

import (
	"slices"

	"duban/law/calendar"
)

// ContestedAct is one of our acts that reconsideration or suit may contest. Its windows are
// deadlines of the act: they survive the closing of the case.
type ContestedAct struct {
	Entry   int          `json:"entry"`            // of the act (for silence: of the lapse)
	What    string       `json:"what"`             // non-acceptance, silence, preservation, order, decision, no-penalty
	On      calendar.Day `json:"on,omitzero"`      // day on which it was made
	Known   calendar.Day `json:"known,omitzero"`   // day of service: the windows count from it
	FinalOn calendar.Day `json:"finalOn,omitzero"` // no appeal is possible any more
}

// Contest is one appeal or suit against an act of ours, as its papers tell it.
type Contest struct {
	Entry      int          `json:"entry,omitempty"` // that noted it and names it for ever; 0: an entry made before contests had a name
	Act        int          `json:"act"`             // entry of the contested act
	Route      string       `json:"route"`           // reconsideration or court
	Applicant  string       `json:"applicant"`       // penalised, complainant, third-party
	Body       string       `json:"body,omitempty"`
	Case       string       `json:"case,omitempty"` // where it runs, if on Duban
	FiledOn    calendar.Day `json:"filedOn,omitzero"`
	AcceptedOn calendar.Day `json:"acceptedOn,omitzero"`
	EndedOn    calendar.Day `json:"endedOn,omitzero"`
	Stay       bool         `json:"stay,omitempty"` // execution of the contested act is stayed
	StayedOn   calendar.Day `json:"stayedOn,omitzero"`
	Held       calendar.Day `json:"held,omitzero"`   // of entries made before deadlines stood still of themselves: last day of the order's term when it was stayed
	HeldOn     calendar.Day `json:"heldOn,omitzero"` // and the day of the stay
	Outcome    string       `json:"outcome,omitempty"`
}

// PerformDuty is what a reconsideration body or court ordered us to do.
type PerformDuty struct {
	Entry int          `json:"entry"`
	Act   int          `json:"act,omitempty"` // the contested act
	By    calendar.Day `json:"by"`
	Done  int          `json:"done,omitempty"` // entry
}

var contestSpecs = []Spec{
	{Class: Paper, Name: "appeal", Title: Text{"复议或起诉消息", "news of a reconsideration or suit"}, Needs: []string{"contested", "route", "applicant", "filedOn"}, Takes: []string{"body", "appealCase", "evidence"}, Senders: []string{"operator", "complainant", "body", "court"}},
	{Class: Paper, Name: "appeal-accepted", Title: Text{"复议受理或法院立案", "reconsideration accepted or suit filed"}, Needs: []string{"contested", "route", "on"}, Takes: []string{"evidence"}, Senders: []string{"body", "court"}},
	{Class: Paper, Name: "notice-to-answer", Title: Text{"提出答复通知书", "notice to answer"}, Needs: []string{"contested"}, Takes: []string{"simple", "evidence"}, Senders: []string{"body"}},
	{Class: Paper, Name: "summons", Title: Text{"应诉通知书", "court summons"}, Needs: []string{"contested"}, Takes: []string{"evidence"}, Senders: []string{"court"}},
	{Class: Paper, Name: "stay", Title: Text{"停止执行决定", "stay of execution"}, Needs: []string{"contested", "route"}, Takes: []string{"evidence"}, Senders: []string{"body", "court"}},
	{Class: Paper, Name: "appeal-outcome", Title: Text{"复议决定", "outcome of the reconsideration"}, Needs: []string{"contested", "outcome", "on"}, Takes: []string{"amount", "confiscated", "suspension", "lifted", "until", "ground", "evidence", "appealCase", "body"}, Senders: []string{"body"}},
	{Class: Paper, Name: "judgment", Title: Text{"生效裁判", "final judgment"}, Needs: []string{"contested", "outcome", "on"}, Takes: []string{"amount", "confiscated", "suspension", "lifted", "until", "ground", "evidence", "body"}, Senders: []string{"court"}},
	{Class: Act, Name: "answer-appeal", Title: Text{"提交复议答复", "answer to the reconsideration body"}, Roles: officers, Needs: []string{"contested", "text"}, Takes: []string{"evidence"}, Anyone: true},
	{Class: Act, Name: "answer-court", Title: Text{"提交答辩状", "defence before the court"}, Roles: officers, Needs: []string{"contested", "text"}, Takes: []string{"evidence"}, Anyone: true},
	{Class: Act, Name: "perform", Title: Text{"履行被责令的职责", "perform what was ordered"}, Roles: officers, Needs: []string{"text"}, Takes: []string{"evidence"}, Anyone: true},
}

// contestCells are open in every state, closed ones included; an outcome may send the case to
// one of the states in to.
func contestCells(to ...State) cells {
	return cells{
		"appeal":           stays(newsOfAppeal),
		"appeal-accepted":  stays(appealAccepted),
		"notice-to-answer": stays(noticeToAnswer),
		"summons":          stays(summons),
		"stay":             stays(stay),
		"answer-appeal":    stays(answerAppeal),
		"answer-court":     stays(answerCourt),
		"perform":          chooses(perform, to...),
		"appeal-outcome":   chooses(appealOutcome, to...),
		"judgment":         chooses(judgment, to...),
	}
}

func (t *making) made(entry int) *ContestedAct {
	for i := range t.c.Contestable {
		if t.c.Contestable[i].Entry == entry {
			return &t.c.Contestable[i]
		}
	}
	return nil
}

// madeOn is the day on which our act of that entry was made.
func (t *making) madeOn(entry int) calendar.Day {
	if m := t.made(entry); m != nil {
		return m.On
	}
	return calendar.Day{}
}

// openContest is the contest of that act and route that the paper speaks of: by its case or its
// applicant where it names them, else the newest that has not ended.
func (t *making) openContest(entry int, route string) *Contest {
	b := t.m.Body
	for i := len(t.c.Contests) - 1; i >= 0; i-- {
		k := &t.c.Contests[i]
		if k.Act == entry && k.EndedOn.IsZero() && (route == "" || k.Route == route) &&
			(b.AppealCase == "" || k.Case == "" || k.Case == b.AppealCase) &&
			(b.Applicant == "" || k.Applicant == "" || k.Applicant == b.Applicant) {
			return k
		}
	}
	return nil
}

// contested tells whether any contest on that route is open.
func (t *making) contested(route string) bool {
	return slices.ContainsFunc(t.c.Contests, func(k Contest) bool { return k.Route == route && k.EndedOn.IsZero() })
}

// contest is openContest, or a new one: what a body or a court writes counts even if the news of
// the appeal never reached us. Nil when we made no such act.
func (t *making) contest(route string) *Contest {
	b := t.m.Body
	if t.made(b.Contested) == nil {
		t.none("no-such-act")
		return nil
	}
	if k := t.openContest(b.Contested, route); k != nil {
		t.learn(k)
		return k
	}
	t.c.Contests = append(t.c.Contests, Contest{
		Entry: t.seq(), Act: b.Contested, Route: route, Applicant: b.Applicant, Body: b.Body, Case: b.AppealCase, FiledOn: b.FiledOn,
	})
	if b.AppealCase != "" {
		t.link(b.AppealCase, Appeal, "appeal")
	}
	return &t.c.Contests[len(t.c.Contests)-1]
}

// learn fills in what was not known of a contest, and tells whether there was anything.
func (t *making) learn(k *Contest) (news bool) {
	b := t.m.Body
	if k.Case == "" && b.AppealCase != "" {
		k.Case, news = b.AppealCase, true
		t.link(b.AppealCase, Appeal, "appeal")
	}
	if k.Applicant == "" && b.Applicant != "" {
		k.Applicant, news = b.Applicant, true
	}
	if k.FiledOn.IsZero() && !b.FiledOn.IsZero() {
		k.FiledOn, news = b.FiledOn, true
	}
	if k.Body == "" && b.Body != "" {
		k.Body, news = b.Body, true
	}
	return news
}

// newsOfAppeal enters what a signal brings: somebody contests one of our acts. Whether it is in
// time is for the body to say, never for the program (lifecycles §6). Nothing is suspended by it.
func newsOfAppeal(t *making) {
	b := t.m.Body
	act := t.made(b.Contested)
	if act == nil {
		t.none("no-such-act")
		return
	}
	if by := reader(t.m.By.Sender); b.AppealCase == "" && b.Body == t.c.Authority && (by == toOperator || by == toComplainant) {
		t.none("wrong-body") // handed to us by mistake: the sender is told the competent body and the window
		t.notice("competent-body", by).Due = t.lastDay(act.Entry, b.Route)
		return
	}
	rule, closed := t.closed(act, b.Route)
	if by := reader(t.m.By.Sender); closed && (by == toOperator || by == toComplainant) {
		t.none("wrong-route") // nobody has taken it up: the sender is told the way that is open
		t.wrongRoute(rule, by, act.Entry)
		return
	}
	if k := t.openContest(b.Contested, b.Route); k == nil {
		t.contest(b.Route)
	} else if !t.learn(k) {
		t.none("known-already")
		return
	}
	for _, to := range []reader{"officer", "head"} {
		n := t.notice("appeal-news", to)
		if closed { // what a body or a court has before it is for it to decline
			n.Cite = rule.Cite
		}
	}
}

func appealAccepted(t *making) {
	if k := t.contest(t.m.Body.Route); k != nil {
		k.AcceptedOn = t.m.Body.On
		t.freeze(k)
	}
}

func noticeToAnswer(t *making) {
	if t.contest("reconsideration") == nil {
		return
	}
	name := clock("answer-appeal")
	if t.m.Body.Simple {
		name = "answer-appeal-simple"
	}
	t.armOf(name, t.today(), t.m.Body.Contested)
	t.notice("task", "officer").Due = t.lastArmed()
}

func summons(t *making) {
	if t.contest("court") == nil {
		return
	}
	t.armOf("answer-court", t.today(), t.m.Body.Contested)
	t.notice("task", "officer").Due = t.lastArmed()
}

func answerAppeal(t *making) {
	k := t.openContest(t.m.Body.Contested, "reconsideration")
	if k == nil {
		t.refuseField(fieldIf(t.contested("reconsideration"), "contested"), "no-such-appeal", t.basis(), "该行为没有正在进行的行政复议。", "no reconsideration of that act is going on")
		return
	}
	t.clearOf("met", "answer-appeal", k.Act)
	t.clearOf("met", "answer-appeal-simple", k.Act)
	if k.Case == "" {
		t.notice("answer-to-body", "body")
		return
	}
	b := Body{Contested: k.Act, Case: t.c.ID}
	if fine := t.fineOf(k.Act); fine != nil {
		b.Amount = fine.Amount
	}
	if t.c.Enforcement != nil {
		b.Confiscated, b.Suspension = t.sanctionOf(k.Act).atStake()
	}
	for _, who := range t.functions() {
		if who != "" && !slices.Contains(b.Officers, who) {
			b.Officers = append(b.Officers, who)
		}
	}
	t.send(Send{Case: k.Case, Paper: "answer", Body: b, Copy: t.m.Ref})
}

// functions names everybody who had a function in this case: none of them reviews its acts.
func (t *making) functions() []string {
	who := []string{t.c.Officer, t.m.By.Officer}
	if f := t.c.Enforcement; f != nil {
		who = append(append(who, f.Investigators...), f.Reviewer, f.Head, f.Chair)
	}
	return who
}

func answerCourt(t *making) {
	act := t.m.Body.Contested
	if k := t.openContest(act, "court"); k == nil {
		t.refuseField(fieldIf(t.contested("court"), "contested"), "no-summons", t.basis(), "没有需要答辩的应诉通知。", "no court has asked for a defence")
		return
	}
	t.clearOf("met", "answer-court", act)
	t.notice("defence-to-court", "court")
}

func perform(t *making) {
	for i := range t.c.Duties {
		if d := &t.c.Duties[i]; d.Done == 0 {
			d.Done = t.seq()
			t.clearOf("met", "perform", d.Act)
			t.settle()
			return
		}
	}
	t.refuse("nothing-ordered", t.basis(), "没有尚待履行的责令事项。", "nothing that was ordered is still to be performed")
}

// performed: the act itself was what was ordered, such as an answer after silence.
func (t *making) performed(what string) {
	for i := range t.c.Duties {
		d := &t.c.Duties[i]
		if act := t.made(d.Act); d.Done == 0 && act != nil && act.What == what {
			d.Done = t.seq()
			t.clearOf("met", "perform", d.Act)
		}
	}
}

func (t *making) link(id string, k Kind, as string) {
	for _, l := range t.c.Links {
		if l.Case == id && l.As == as {
			return
		}
	}
	t.c.Links = append(t.c.Links, Link{Case: id, Kind: k, As: as})
}

// lastArmed is the last day of the deadline armed last by this move.
func (t *making) lastArmed() calendar.Day {
	if len(t.e.Armed) == 0 {
		return calendar.Day{}
	}
	return t.e.Armed[len(t.e.Armed)-1].Day
}
