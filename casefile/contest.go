package casefile

import (
	"slices"

	"duban/calendar"
)

// ContestedAct is one of our acts that reconsideration or suit may contest. Its windows are
// deadlines of the act: they survive the closing of the case.
type ContestedAct struct {
	Entry   int          `json:"entry"`            // of the act (for silence: of the lapse)
	What    string       `json:"what"`             // non-acceptance, silence, order, decision
	Known   calendar.Day `json:"known,omitzero"`   // day of service: the windows count from it
	FinalOn calendar.Day `json:"finalOn,omitzero"` // no appeal is possible any more
}

// Contest is one appeal or suit against an act of ours, as its papers tell it.
type Contest struct {
	Act        int          `json:"act"`       // entry of the contested act
	Route      string       `json:"route"`     // reconsideration or court
	Applicant  string       `json:"applicant"` // penalised, complainant, third-party
	Body       string       `json:"body,omitempty"`
	Case       string       `json:"case,omitempty"` // where it runs, if on Duban
	FiledOn    calendar.Day `json:"filedOn,omitzero"`
	AcceptedOn calendar.Day `json:"acceptedOn,omitzero"`
	EndedOn    calendar.Day `json:"endedOn,omitzero"`
	Stay       bool         `json:"stay,omitempty"` // execution of the contested act is stayed
	Outcome    string       `json:"outcome,omitempty"`
}

// PerformDuty is what a reconsideration body or court ordered us to do.
type PerformDuty struct {
	Entry int          `json:"entry"`
	By    calendar.Day `json:"by"`
	Done  int          `json:"done,omitempty"` // entry
}

var contestSpecs = []Spec{
	{Class: Paper, Name: "appeal", Title: Text{"复议或起诉消息", "news of an appeal"}, Needs: []string{"contested", "route", "applicant", "filedOn"}, Takes: []string{"body", "appealCase", "evidence"}, Senders: []string{"operator", "complainant", "body", "court"}},
	{Class: Paper, Name: "appeal-accepted", Title: Text{"复议受理或法院立案", "appeal accepted"}, Needs: []string{"contested", "route", "on"}, Takes: []string{"evidence"}, Senders: []string{"body", "court"}},
	{Class: Paper, Name: "notice-to-answer", Title: Text{"提出答复通知书", "notice to answer"}, Needs: []string{"contested"}, Takes: []string{"simple", "evidence"}, Senders: []string{"body"}},
	{Class: Paper, Name: "summons", Title: Text{"应诉通知书", "court summons"}, Needs: []string{"contested"}, Takes: []string{"evidence"}, Senders: []string{"court"}},
	{Class: Paper, Name: "stay", Title: Text{"停止执行决定", "stay of execution"}, Needs: []string{"contested", "route"}, Takes: []string{"evidence"}, Senders: []string{"body", "court"}},
	{Class: Paper, Name: "appeal-outcome", Title: Text{"复议决定", "outcome of the reconsideration"}, Needs: []string{"contested", "outcome", "on"}, Takes: []string{"amount", "until", "evidence", "appealCase", "body"}, Senders: []string{"body"}},
	{Class: Paper, Name: "judgment", Title: Text{"生效裁判", "final judgment"}, Needs: []string{"contested", "outcome", "on"}, Takes: []string{"amount", "until", "evidence", "body"}, Senders: []string{"court"}},
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

// contestable notes an act that may be contested, known to its addressee on that day.
func (t *turn) contestable(what string, known calendar.Day) {
	t.c.Made = append(t.c.Made, ContestedAct{Entry: t.seq(), What: what})
	if !known.IsZero() {
		t.knownOn(t.seq(), known)
	}
}

// knownOn opens the windows: they count from knowing of the act, of which service is the usual
// proof (reconsideration 20, litigation 46). Silence is contested by reconsideration first (23).
func (t *turn) knownOn(entry int, known calendar.Day) {
	for i := range t.c.Made {
		m := &t.c.Made[i]
		if m.Entry != entry || !m.Known.IsZero() {
			continue
		}
		m.Known = known
		t.armOf("reconsideration-window", known, entry)
		if m.What != "silence" {
			t.armOf("suit-window", known, entry)
		}
	}
}

func (t *turn) made(entry int) *ContestedAct {
	for i := range t.c.Made {
		if t.c.Made[i].Entry == entry {
			return &t.c.Made[i]
		}
	}
	return nil
}

// open is the newest contest of that act and route that has not ended.
func (t *turn) openContest(entry int, route string) *Contest {
	for i := len(t.c.Contests) - 1; i >= 0; i-- {
		k := &t.c.Contests[i]
		if k.Act == entry && k.EndedOn.IsZero() && (route == "" || k.Route == route) {
			return k
		}
	}
	return nil
}

// newsOfAppeal enters what a signal brings: somebody contests one of our acts. Whether it is in
// time is for the body to say, never for the program (lifecycles §6).
func newsOfAppeal(t *turn) {
	b := t.m.Body
	if t.made(b.Contested) == nil {
		t.none("no-such-act")
		return
	}
	if k := t.openContest(b.Contested, b.Route); k != nil && k.Applicant == b.Applicant {
		t.none("known-already")
		return
	}
	t.c.Contests = append(t.c.Contests, Contest{
		Act: b.Contested, Route: b.Route, Applicant: b.Applicant, Body: b.Body, Case: b.AppealCase, FiledOn: b.FiledOn,
	})
	if b.AppealCase != "" {
		t.link(b.AppealCase, Appeal, "appeal")
	}
	t.notice("appeal-news", "officer")
	t.notice("appeal-news", "head")
}

func appealAccepted(t *turn) {
	k := t.openContest(t.m.Body.Contested, t.m.Body.Route)
	if k == nil {
		t.none("no-such-appeal")
		return
	}
	k.AcceptedOn = t.m.Body.On
	t.freeze(k)
}

func noticeToAnswer(t *turn) {
	if t.openContest(t.m.Body.Contested, "reconsideration") == nil {
		t.none("no-such-appeal")
		return
	}
	name := "answer-appeal"
	if t.m.Body.Simple {
		name = "answer-appeal-simple"
	}
	t.armOf(name, t.today(), t.m.Body.Contested)
	t.notice("task", "officer").Due = t.lastArmed()
}

func summons(t *turn) {
	if t.made(t.m.Body.Contested) == nil {
		t.none("no-such-act")
		return
	}
	t.armOf("answer-court", t.today(), t.m.Body.Contested)
	t.notice("task", "officer").Due = t.lastArmed()
}

func answerAppeal(t *turn) {
	k := t.openContest(t.m.Body.Contested, "reconsideration")
	if k == nil {
		t.refuse("no-such-appeal", t.e.Cites[0], "该行为没有正在进行的行政复议。", "no reconsideration of that act is going on")
		return
	}
	t.clearOf("answer-appeal", k.Act)
	t.clearOf("answer-appeal-simple", k.Act)
	if k.Case != "" {
		b := Body{Contested: k.Act, Case: t.c.ID}
		if fine := t.fineOf(k.Act); fine != nil {
			b.Amount = fine.Amount
		}
		if f := t.c.Enforcement; f != nil {
			b.Officers = append(slices.Clone(f.Investigators), f.Reviewer, f.Head)
		}
		t.send(Send{Case: k.Case, Paper: "answer", Body: b})
		return
	}
	t.notice("answer-to-body", "body")
}

func answerCourt(t *turn) {
	if _, armed := t.c.Deadline("answer-court"); !armed && !slices.Contains(t.c.Overdue, "answer-court") {
		t.refuse("no-summons", t.e.Cites[0], "没有需要答辩的应诉通知。", "no court has asked for a defence")
		return
	}
	t.clearOf("answer-court", t.m.Body.Contested)
	t.notice("defence-to-court", "court")
}

// clearOf meets a duty that belongs to a contested act.
func (t *turn) clearOf(name string, act int) {
	t.clearIf("met", func(d Deadline) bool { return d.Name == name && d.Of == act })
	t.clear("met", name)
}

func stay(t *turn) {
	k := t.openContest(t.m.Body.Contested, t.m.Body.Route)
	if k == nil {
		t.none("no-such-appeal")
		return
	}
	k.Stay = true
	if t.made(k.Act).What == "order" { // a contested order's term keeps running unless it is stayed
		t.clear("stayed", "rectification", "verification")
	}
}

func perform(t *turn) {
	for i := range t.c.Duties {
		if t.c.Duties[i].Done == 0 {
			t.c.Duties[i].Done = t.seq()
			t.clearIf("met", func(d Deadline) bool { return d.Name == "perform" })
			t.clear("met", "perform")
			t.settle()
			return
		}
	}
	t.refuse("nothing-ordered", t.e.Cites[0], "没有尚待履行的责令事项。", "nothing that was ordered is still to be performed")
}

// window tells the lapses of contested acts: statutory effects that change no state.
func window(name string) bool {
	return name == "reconsideration-window" || name == "suit-window" || name == "second-suit-window"
}

// windowOver: when the last window of an act is over and no contest is open, the act is final.
func windowOver(t *turn, d Deadline) {
	for _, x := range t.c.Deadlines {
		if x.Of == d.Of && window(x.Name) {
			return
		}
	}
	if m := t.made(d.Of); m != nil && m.FinalOn.IsZero() && t.openContest(d.Of, "") == nil {
		m.FinalOn = d.Day
	}
}

func (t *turn) link(id string, k Kind, as string) {
	for _, l := range t.c.Links {
		if l.Case == id && l.As == as {
			return
		}
	}
	t.c.Links = append(t.c.Links, Link{Case: id, Kind: k, As: as})
}

// lastArmed is the last day of the deadline armed last by this move.
func (t *turn) lastArmed() calendar.Day {
	if len(t.e.Armed) == 0 {
		return calendar.Day{}
	}
	return t.e.Armed[len(t.e.Armed)-1].Day
}
