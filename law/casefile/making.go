package casefile

import (
	"fmt"
	"slices"
	"strings"

	"duban/law/calendar"
)

// making is one move being made: the case as it becomes, and the entry that it leaves.
type making struct {
	c       Case
	m       Move
	law     Law
	e       Entry
	allowed []State
	probe   bool // asked for its gates only: what the body needs may be missing
	refusal *Refusal
	err     error
}

// day is the civil day on which this move counts: for a paper that names it in its body the day
// of the proof (bank, signature), else its effective day; never a day still to come.
func (t *making) day() calendar.Day {
	day := t.m.Day(t.law.Calendar.Place())
	if t.m.Class == Paper && (t.m.Name == "payment" || t.m.Name == "postal-receipt") && !t.m.Body.On.IsZero() {
		day = t.m.Body.On
	}
	if today := t.today(); day.After(today) {
		return today
	}
	return day
}

// today is the civil day of the move's instant, whatever day the paper claims.
func (t *making) today() calendar.Day { return calendar.DayOf(t.m.At, t.law.Calendar.Place()) }

func (t *making) seq() int { return t.e.Seq }

// basis is the clause on whose authority the move is made.
func (t *making) basis() string {
	if len(t.e.Cites) == 0 {
		return ""
	}
	return t.e.Cites[0]
}

func (t *making) stopped() bool { return t.refusal != nil || t.err != nil }

func (t *making) fail(format string, args ...any) {
	if t.err == nil {
		t.err = fmt.Errorf(format, args...)
	}
}

// refuse says no to an act, on the authority of the clause. Called for a paper it is a fault of
// the table, because a paper is never refused (lifecycles §1).
func (t *making) refuse(code string, cite string, zh, en string) {
	if t.m.Class != Act {
		t.fail("table refuses %s %s in state %s of %s: %s", t.m.Class, t.m.Name, t.c.State, t.c.Kind, code)
		return
	}
	if t.refusal == nil {
		t.refusal = &Refusal{Code: code, Cite: cite, Reason: Text{Zh: zh, En: en}}
	}
}

// refuseField is refuse with the field of the body that is at fault: another entry there may be
// allowed. A refusal without one holds whatever the body says; such gates are asked first.
func (t *making) refuseField(field, code, cite, zh, en string) {
	t.refuse(code, cite, zh, en)
	if t.refusal != nil && t.refusal.Code == code {
		t.refusal.Field = field
	}
}

// fieldIf is the field to name where the body chooses among several; with nothing to choose there is
// no way, whatever it says.
func fieldIf(several bool, field string) string {
	if several {
		return field
	}
	return ""
}

// refuseOther refuses a value that is none of a closed list, and names the list.
func (t *making) refuseOther(field, code, cite, zh, en string, list []string) {
	said := otherThan(Text{Zh: zh, En: en}, list)
	t.refuseField(field, code, cite, said.Zh, said.En)
}

// otherThan adds to a sentence what could be said instead.
func otherThan(no Text, list []string) Text {
	if len(list) == 0 {
		return Text{Zh: no.Zh + "；没有可选的。", En: no.En + ": there is none"}
	}
	return Text{Zh: no.Zh + "；可选：" + strings.Join(list, "、") + "。", En: no.En + ": there are " + strings.Join(list, ", ")}
}

// none enters a paper "on file, because …": it had no effect.
func (t *making) none(because string) { t.e.None = because }

// to sends the case to one of the states that its cell declares.
func (t *making) to(s State) {
	if !slices.Contains(t.allowed, s) {
		t.fail("cell %s of state %s may not lead to %s", t.m.Name, t.e.From, s)
		return
	}
	t.c.State = s
}

func (t *making) cite(clauses ...string) {
	for _, c := range clauses {
		if c != "" && !slices.Contains(t.e.Cites, c) {
			t.e.Cites = append(t.e.Cites, c)
		}
	}
}

// arm sets the deadline of that name by the regime's term, counted from day from.
func (t *making) arm(name clock, from calendar.Day) { t.armOf(name, from, 0) }

// armOf is arm for a deadline that belongs to a contested act and survives closing.
func (t *making) armOf(name clock, from calendar.Day, of int) {
	rule, ok := t.term(name)
	if !ok {
		t.fail("regime %s has no term %s.%s", t.law.Regime.Name, t.c.Kind, name)
		return
	}
	t.armRule(name, rule, from, of)
}

// armTerm sets a deadline whose length an officer has set within the regime's bounds; counting
// and clause are the regime's.
func (t *making) armTerm(name clock, term calendar.Term, from calendar.Day) {
	rule, ok := t.term(name)
	if !ok {
		t.fail("regime %s has no term %s.%s", t.law.Regime.Name, t.c.Kind, name)
		return
	}
	if rule.Term = term; !rule.holds(term) {
		rule.Cap = calendar.Term{} // set under an earlier text: what was given is not taken back
	}
	t.armRule(name, rule, from, 0)
}

func (t *making) armRule(name clock, rule TermRule, from calendar.Day, of int) {
	d := Deadline{
		Name: string(name), Class: deadlines[name].class, ArmedBy: t.seq(), From: from, Term: rule.Term, Roll: rule.Roll,
		Cite: rule.Cite, Unverified: rule.Unverified, Of: of, Cap: rule.Cap,
	}
	switch err := d.Count().Check(); {
	case err != nil:
		t.fail("deadline %s of %s: %w", name, t.c.Kind, err)
	case rule.Before:
		t.fail("deadline %s of %s is counted backwards", name, t.c.Kind)
	case d.Class == "":
		t.fail("deadline %s is not in the catalogue", name)
	default:
		t.put(d.counted(t.law.Calendar))
	}
}

// armOn sets a deadline on a day that an officer or another body named.
func (t *making) armOn(name clock, day calendar.Day, cite string, of int) {
	t.put(Deadline{
		Name: string(name), Class: deadlines[name].class, ArmedBy: t.seq(), From: t.day(), Day: day,
		Due: day.End(t.law.Calendar.Place()), Cite: cite, Calendar: t.law.Calendar.Hash(), Of: of,
	})
}

// put arms a deadline in place of an earlier one of the same name and act, so that a name and an
// act never stand for two days.
func (t *making) put(d Deadline) {
	t.clearIf("replaced", func(x Deadline) bool { return x.Name == d.Name && x.Of == d.Of })
	t.c.Deadlines = append(t.c.Deadlines, d)
	t.e.Armed = append(t.e.Armed, d)
	t.cite(d.Cite)
}

// clear takes away every armed deadline of those names and their overdue marks, and notes a duty
// that was met late.
func (t *making) clear(why why, names ...clock) {
	t.clearIf(why, func(d Deadline) bool { return slices.Contains(names, clock(d.Name)) })
	for _, name := range names {
		for t.unmark(name) {
			if why == met {
				t.e.Late = append(t.e.Late, string(name))
			}
		}
	}
	t.hush()
}

// clearOf is clear for one deadline of one contested act.
func (t *making) clearOf(why why, name clock, act int) {
	armed := slices.ContainsFunc(t.c.Deadlines, func(d Deadline) bool { return d.is(name) && d.Of == act })
	t.clearIf(why, func(d Deadline) bool { return d.is(name) && d.Of == act })
	if !armed && t.unmark(name) && why == met {
		t.e.Late = append(t.e.Late, string(name))
	}
	t.hush()
}

// unmark takes one overdue mark of that name away.
func (t *making) unmark(name clock) bool {
	i := slices.Index(t.c.Overdue, string(name))
	if i >= 0 {
		t.c.Overdue = slices.Delete(slices.Clone(t.c.Overdue), i, i+1)
	}
	return i >= 0
}

// hush ends the reminders when nothing is overdue any more.
func (t *making) hush() {
	if len(t.c.Overdue) == 0 {
		t.c.Overdue = nil
		t.clearIf("moot", func(d Deadline) bool { return d.is("reminder") })
	}
}

// stepTaken: the officer has moved the case on, so the task of the state before is done. One
// that this move itself armed is for the new state.
func (t *making) stepTaken() {
	t.clearIf("met", func(d Deadline) bool { return d.is("task") && d.ArmedBy != t.seq() })
	if t.unmark("task") {
		t.e.Late = append(t.e.Late, "task")
	}
	t.hush()
}

func (t *making) clearIf(why why, gone func(Deadline) bool) {
	kept := t.c.Deadlines[:0:0]
	for _, d := range t.c.Deadlines {
		if !gone(d) {
			kept = append(kept, d)
			continue
		}
		if i := slices.IndexFunc(t.e.Armed, func(a Deadline) bool { return a.Key() == d.Key() && a.Of == d.Of }); i >= 0 {
			t.e.Armed = slices.Delete(t.e.Armed, i, i+1) // armed and cleared by the same entry: never was
			continue
		}
		t.e.Cleared = append(t.e.Cleared, Cleared{Name: d.Name, ArmedBy: d.ArmedBy, Of: d.Of, Why: string(why)})
	}
	t.c.Deadlines = kept
	if len(t.c.Stayed) > 0 {
		t.c.Stayed = append([]Deadline(nil), slices.DeleteFunc(slices.Clone(t.c.Stayed), gone)...) // cleared when they stopped
	}
}

// clearAll ends every deadline but those of contested acts, which survive closing.
func (t *making) clearAll(why why) {
	t.clearIf(why, func(d Deadline) bool { return d.Of == 0 })
	var left []string
	for _, name := range t.c.Overdue {
		if t.ofAct(clock(name)) {
			left = append(left, name)
		}
	}
	t.c.Overdue = left
	t.hush()
}

// ofAct tells the own duties that belong to an act of ours and outlive the case's closing.
func (t *making) ofAct(name clock) bool {
	switch name {
	case "answer-appeal", "answer-appeal-simple", "answer-court", "refund", "payment-check", "perform", "withdraw-publication":
		return true
	case "publish":
		return t.c.Kind == Enforcement // an inspection ends only when it is decided
	}
	return false
}

// notice puts a letter or message into the outbox. What is for the officer goes to the head while
// the case is assigned to nobody: a task stands before a named person (lifecycles §2.3).
func (t *making) notice(doc document, to reader) *Notice {
	if to == "officer" && t.c.Officer == "" {
		to = "head"
	}
	n := Notice{Document: string(doc), To: string(to)}
	switch to {
	case "operator":
		n.ID = t.c.Operator
	case "officer":
		n.ID = t.c.Officer
	case "respondent":
		if t.c.Appeal != nil {
			n.ID = t.c.Appeal.Respondent
		}
	}
	t.e.Notices = append(t.e.Notices, n)
	return &t.e.Notices[len(t.e.Notices)-1]
}

func (t *making) send(s Send) { t.e.Sends = append(t.e.Sends, s) }

// setAside undoes the entered lapses of that name when what they waited for was there in time
// after all, by the day the law counts (lifecycles §1).
func (t *making) setAside(name clock, day calendar.Day) bool {
	if !t.undoLapses(func(l Lapsed) bool { return l.is(name) && !day.After(l.Day) }) {
		return false
	}
	t.cite("civil-procedure-2023:85")
	return true
}

// undoLapses sets entered lapses aside: what they armed goes, the overdue mark goes, and the state
// before returns unless an act has moved the case since.
func (t *making) undoLapses(these func(Lapsed) bool) bool {
	var kept []Lapsed
	for i := len(t.c.Lapses) - 1; i >= 0; i-- {
		l := t.c.Lapses[i]
		if !these(l) {
			kept = append(kept, l)
			continue
		}
		t.e.Corrects = append(t.e.Corrects, l.Seq)
		t.clearIf("set-aside", func(d Deadline) bool { return d.ArmedBy == l.Seq })
		t.unmark(clock(l.Name))
		if t.c.State == l.To && l.To != l.From {
			t.c.State = l.From // for the cell to go on from
		}
	}
	if len(kept) == len(t.c.Lapses) {
		return false
	}
	slices.Reverse(kept)
	t.c.Lapses = kept
	slices.Sort(t.e.Corrects)
	t.hush()
	return true
}

// forget takes from the case that those terms ever lapsed: what they were for begins anew, and
// nothing gives the old ones back.
func (t *making) forget(names ...clock) {
	var kept []Lapsed
	for _, l := range t.c.Lapses {
		if !slices.Contains(names, clock(l.Name)) {
			kept = append(kept, l)
		}
	}
	t.c.Lapses = kept
}

// ground finds the body's ground in the regime's closed list for this move.
func (t *making) ground() (Ground, bool) {
	for _, g := range t.law.Regime.Grounds[string(t.c.Kind)+"."+t.m.Name] {
		if g.Code == t.m.Body.Ground {
			t.cite(g.Cite)
			return g, true
		}
	}
	var codes []string
	for _, g := range t.law.Regime.Grounds[string(t.c.Kind)+"."+t.m.Name] {
		codes = append(codes, g.Code)
	}
	t.refuseOther(fieldIf(len(codes) > 0, "ground"), "unknown-ground", t.law.Regime.Moves[string(t.c.Kind)+"."+t.m.Name].Cite,
		"该理由不在本办法对此操作列明的理由之内", "that ground is not on the closed list of the regime for this act", codes)
	return Ground{}, false
}

// isTrue reads an optional answer.
func isTrue(b *bool) bool { return b != nil && *b }
