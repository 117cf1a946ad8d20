package casefile

import (
	"slices"

	"duban/calendar"
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
		{Class: Act, Name: "restore-term", Title: Text{"准予顺延期限", "restore a party's term"}, Roles: officers, Needs: []string{"deadline", "reasons"}},
		{Class: Act, Name: "refuse-restoring", Title: Text{"不予顺延期限", "refuse to restore a term"}, Roles: officers, Needs: []string{"deadline", "reasons"}},
	}
}

var restoringCells = cells{
	"force-majeure":    stays(obstacle),
	"restore-term":     stays(restoreTerm),
	"refuse-restoring": stays(refuseRestoring),
}

// obstacleTerm is the statute's, for every regime: ten days after the obstacle has ended.
var obstacleTerm = TermRule{Term: calendar.Term{N: 10, Unit: calendar.NaturalDays}, Roll: true, Cite: "civil-procedure-2023:86"}

// obstacle enters the application. The term itself runs on, or stays lapsed, until it is decided.
func obstacle(t *turn) {
	b := t.m.Body
	t.cite(obstacleTerm.Cite)
	_, kept := t.keptFrom(b.Deadline)
	switch {
	case !kept:
		t.none("no-such-term")
	case b.PeriodTo.Before(b.PeriodFrom) || b.PeriodTo.After(t.today()):
		t.none("bad-period") // an obstacle that lasts has not ended: one applies when it has
	case t.day().After(t.law.Calendar.Due(b.PeriodTo, obstacleTerm.Term, obstacleTerm.Roll).Day):
		t.none("too-late")
	case t.applied(b.Deadline) >= 0:
		t.none("known-already")
	default:
		t.c.Obstacles = append(t.c.Obstacles, Obstacle{Entry: t.seq(), Deadline: b.Deadline, By: t.m.By.Sender, From: b.PeriodFrom, To: b.PeriodTo})
		t.arm("task", t.today())
		t.notice("task", "officer").Due = t.lastArmed()
	}
}

// keptFrom finds the party's term of that name as it runs, or as it was before its lapse while the
// case still waits where it did.
func (t *turn) keptFrom(name string) (Deadline, bool) {
	if deadlines[name].class != PartyTerm && name != "hearing-request" || name == "suspension" { // nothing is to be done within a suspension
		return Deadline{}, false
	}
	if d, running := t.c.Deadline(name); running {
		return d, true
	}
	for _, l := range slices.Backward(t.c.Lapses) {
		if l.Name == name {
			return Deadline{Name: name, From: l.Since, Term: l.Term, Day: l.Day}, l.To == t.c.State
		}
	}
	return Deadline{}, false
}

func (t *turn) applied(name string) int {
	return slices.IndexFunc(t.c.Obstacles, func(o Obstacle) bool { return o.Deadline == name })
}

// answered takes the application that waits for this act.
func (t *turn) answered() (o Obstacle, ok bool) {
	i := t.applied(t.m.Body.Deadline)
	if i < 0 {
		t.refuse("nothing-asked", t.basis(), "没有待答复的顺延期限申请。", "no application to restore that term waits for an answer")
		return o, false
	}
	o = t.c.Obstacles[i]
	t.c.Obstacles = slices.Delete(t.c.Obstacles, i, i+1)
	if len(t.c.Obstacles) == 0 {
		t.c.Obstacles = nil
	}
	return o, true
}

// restoreTerm gives back what was left of the term when the obstacle came, from the day of the act.
// A lapse that was entered meanwhile is set aside.
func restoreTerm(t *turn) {
	o, ok := t.answered()
	if !ok {
		return
	}
	t.cite(obstacleTerm.Cite)
	d, kept := t.keptFrom(o.Deadline)
	if !kept {
		t.refuse("case-moved-on", t.basis(), "案件已进入下一阶段，该期限不能再顺延。", "the case has moved on since; that term can't be restored any more")
		return
	}
	if d.Name == "rectification" && t.held() {
		t.refuse("stayed", t.basis(), "整改书已停止执行，期限不在计算。", "the order is stayed: its term stands still")
		return
	}
	left := t.left(d, o.From)
	if left.IsZero() {
		t.refuse("obstacle-after-term", t.basis(), "该事由发生于期限届满之后。", "the obstacle came after the term was over")
		return
	}
	t.setAside(d.Name, o.From)
	if d.Name == "hearing-request" {
		t.enforcement().Hearing.Ended = ""
	}
	t.clear("extended", d.Name)
	t.clear("met", "task")
	if d.Name == "rectification" {
		t.clear("moot", "verification")
	}
	t.armTerm(d.Name, left, t.day())
	party := o.By
	t.notice("term-restored", party).Due = t.lastArmed()
}

// left is what remained of a term on the morning of that day: working days of one in working days,
// else natural days to its last day before any giving way. Zero when it was over.
func (t *turn) left(d Deadline, on calendar.Day) calendar.Term {
	cal, last := t.law.Calendar, d.Day
	if !d.From.IsZero() && !on.After(d.From) {
		on = d.From.AddDays(1) // it came before the term began
	}
	out := calendar.Term{Unit: calendar.NaturalDays}
	switch {
	case d.Term.Unit == calendar.WorkingDays:
		out.Unit = calendar.WorkingDays
		for day := on; !day.After(last); day = day.AddDays(1) {
			if cal.Working(day) {
				out.N++
			}
		}
	case on.After(last):
	case d.Term.IsZero():
		out.N = last.Sub(on) + 1
	default:
		out.N = max(cal.Due(d.From, d.Term, false).Day.Sub(on)+1, 1) // the last day may have been one to which it gave way
	}
	if out.N < 1 {
		return calendar.Term{}
	}
	return out
}

// refuseRestoring leaves the term as it is. What its lapse had put before the officer is there again.
func refuseRestoring(t *turn) {
	o, ok := t.answered()
	if !ok {
		return
	}
	t.cite(obstacleTerm.Cite)
	t.clear("met", "task")
	_, runs := t.c.Deadline(o.Deadline)
	if _, verify := t.c.Deadline("verification"); !runs && !verify && !t.c.Closed() {
		t.arm("task", t.day())
	}
	party := o.By
	t.notice("restoring-refused", party)
}
