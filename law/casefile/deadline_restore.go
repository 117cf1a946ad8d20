package casefile

import (
	"slices"

	"duban/law/calendar"
)

// Obstacle is an application of a party that force majeure or another proper reason kept from a
// term (civil procedure 86); it waits for an officer.
type Obstacle struct {
	Entry    int          `json:"entry"`
	Deadline string       `json:"deadline"` // the party's term
	By       string       `json:"by"`       // the sender
	From     calendar.Day `json:"from"`     // first day of the obstacle
	To       calendar.Day `json:"to"`       // its last
}

// restoring is what a kind with parties knows of terms that an obstacle kept them from.
func restoring(senders ...string) []Spec {
	return []Spec{
		{Class: Paper, Name: "force-majeure", Title: Text{"因不可抗力等申请顺延期限", "application to restore a term"}, Needs: []string{"deadline", "periodFrom", "periodTo", "text"}, Takes: []string{"evidence"}, Senders: senders, ByDay: true},
		{Class: Act, Name: "restore-term", Title: Text{"准予顺延期限", "restore a party's term"}, Roles: officers, Needs: []string{"deadline", "reasons"}, Readers: forAsker(senders)},
		{Class: Act, Name: "refuse-restoring", Title: Text{"不予顺延期限", "refuse to restore a term"}, Roles: officers, Needs: []string{"deadline", "reasons"}, Readers: forAsker(senders)},
	}
}

var restoringCells = cells{
	"force-majeure":    stays(obstacle),
	"restore-term":     stays(restoreTerm),
	"refuse-restoring": stays(refuseRestoring),
}

// obstacleTerm is the statute's, where a regime that is pinned doesn't give it: ten days after the
// obstacle has ended.
var obstacleTerm = TermRule{Term: calendar.Term{N: 10, Unit: calendar.NaturalDays}, Roll: true, Cite: "civil-procedure-2023:86"}

// obstacle enters the application. The term itself runs on, or stays lapsed, until it is decided.
func obstacle(t *making) {
	b := t.m.Body
	t.cite(t.obstacleRule().Cite)
	_, kept := t.keptFrom(clock(b.Deadline))
	switch {
	case !kept:
		t.none("no-such-term")
	case b.PeriodTo.Before(b.PeriodFrom): // one that lasts has not ended, and its last day is none: one applies when it has
		t.none("bad-period")
	case t.day().After(t.judged("force-majeure", t.obstacleRule(), b.PeriodTo)):
		t.none("too-late")
	case t.applied(b.Deadline) >= 0:
		t.none("known-already")
	default:
		t.c.Obstacles = append(t.c.Obstacles, Obstacle{Entry: t.seq(), Deadline: b.Deadline, By: t.m.By.Sender, From: b.PeriodFrom, To: b.PeriodTo})
		t.arm("task", t.today())
		t.notice("task", "officer").Due = t.lastArmed()
	}
}

func (t *making) obstacleRule() TermRule {
	if rule, ok := t.law.Regime.Terms[string(t.c.Kind)+".force-majeure"]; ok {
		return rule
	}
	return obstacleTerm
}

// keptFrom finds the party's term of that name as it runs, or as it was before its lapse while the
// case still waits where it did.
func (t *making) keptFrom(name clock) (Deadline, bool) {
	if deadlines[name].class != PartyTerm && name != "hearing-request" || name == "suspension" { // nothing is to be done within a suspension
		return Deadline{}, false
	}
	if d, running := t.armed(name); running {
		return d, true
	}
	for _, l := range slices.Backward(t.c.Lapses) {
		if l.is(name) {
			rule, _ := t.term(name)
			return Deadline{
				Name: string(name), Class: deadlines[name].class, From: l.Since, Term: l.Term, Roll: rule.Roll, Day: l.Day, Cite: rule.Cite, Unverified: rule.Unverified,
				Extended: l.Extended, Cap: l.Cap, Suspended: l.Suspended,
			}, l.To == t.c.State || t.c.State == Reviewed && l.To == Defending // nothing is decided yet
		}
	}
	return Deadline{}, false
}

func (t *making) applied(name string) int {
	return slices.IndexFunc(t.c.Obstacles, func(o Obstacle) bool { return o.Deadline == name })
}

// answered takes the application that waits for this act.
func (t *making) answered() (o Obstacle, ok bool) {
	i := t.applied(t.m.Body.Deadline)
	if i < 0 {
		t.refuseField(fieldIf(len(t.c.Obstacles) > 0, "deadline"), "nothing-asked", t.basis(), "没有待答复的顺延期限申请。", "no application to restore that term waits for an answer")
		return o, false
	}
	o = t.c.Obstacles[i]
	t.c.Obstacles = slices.Delete(t.c.Obstacles, i, i+1)
	if len(t.c.Obstacles) == 0 {
		t.c.Obstacles = nil
	}
	return o, true
}

// restoreTerm gives back what was left of the term when the obstacle came: until the day of the act
// it has stood still. A lapse that was entered meanwhile is set aside.
func restoreTerm(t *making) {
	o, ok := t.answered()
	if !ok {
		return
	}
	t.cite(t.obstacleRule().Cite)
	d, kept := t.keptFrom(clock(o.Deadline))
	if d.is("rectification") && t.held() {
		t.refuseField("deadline", "stayed", t.basis(), "整改书已停止执行，期限不在计算。", "the order is stayed: its term stands still")
		return
	}
	if !kept {
		t.refuseField("deadline", "case-moved-on", t.basis(), "案件已进入下一阶段，该期限不能再顺延。", "the case has moved on since; that term can't be restored any more")
		return
	}
	if o.From.After(d.Day) {
		t.refuseField("deadline", "obstacle-after-term", t.basis(), "该事由发生于期限届满之后。", "the obstacle came after the term was over")
		return
	}
	t.setAside(clock(d.Name), o.From)
	if d.is("hearing-request") {
		t.enforcement().Hearing.Ended = ""
	}
	if t.c.State == Reviewed { // the review has not seen what the party will say
		t.to(Defending)
		t.enforcement().Opinion = ""
	}
	t.clear(extended, clock(d.Name))
	t.clear("met", "task")
	if d.is("rectification") {
		t.clear("moot", "verification")
	}
	d = d.termed(o.From)
	from := o.From
	if first := d.From.AddDays(1); from.Before(first) {
		from = first // it came before the term began
	}
	if today := t.day(); !from.After(today) {
		d.Suspended = calendar.Join(d.Suspended, calendar.Span{From: from, To: today})
	}
	t.runOn(d, calendar.Day{})
	party := reader(o.By)
	t.notice("term-restored", party).Due = t.lastArmed()
}

// refuseRestoring leaves the term as it is. What its lapse had put before the officer is there again.
func refuseRestoring(t *making) {
	o, ok := t.answered()
	if !ok {
		return
	}
	t.cite(t.obstacleRule().Cite)
	t.clear("met", "task")
	_, runs := t.armed(clock(o.Deadline))
	if _, verify := t.armed("verification"); !runs && !verify && !t.c.Closed() {
		t.arm("task", t.day())
	}
	party := reader(o.By)
	t.notice("restoring-refused", party)
}
