package casefile

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Decide makes a move on a case: the entry it leaves and what follows, or, for an act, a
// refusal. An error means that the case, the regime or the tables are broken, never that the
// law says no.
func Decide(c Case, m Move, law Law) (Outcome, *Refusal, error) {
	t := newMaking(c, m, law)
	t.make()
	if t.err != nil {
		return Outcome{}, nil, fmt.Errorf("decide %s %s on case %s: %w", m.Class, m.Name, c.ID, t.err)
	}
	if t.refusal != nil {
		return Outcome{}, t.refusal, nil
	}
	t.e.To = t.c.State
	t.c.Visible = t.c.Visible || t.e.tells(t.c)
	var err error
	if t.e.Patch, err = diff(c, t.c); err != nil {
		return Outcome{}, nil, err
	}
	return Outcome{Case: t.c, Entry: t.e}, nil, nil
}

func newMaking(c Case, m Move, law Law) *making {
	t := &making{c: clone(c), m: m, law: law, e: Entry{
		Case: c.ID, Seq: c.Seq + 1, Class: m.Class, Move: m.Name, Ref: m.Ref, At: m.At,
		Effective: m.Effective, By: m.By, From: c.State,
	}}
	t.c.Seq = t.e.Seq
	return t
}

func (t *making) make() {
	row, ok := tableOf(t.c.Kind)[t.c.State]
	if !ok {
		t.fail("%s has no state %q", t.c.Kind, t.c.State)
		return
	}
	switch t.m.Class {
	case Lapse:
		t.lapse(row)
	case Installation:
		t.installation()
	case Paper:
		t.paper(row)
	case Act:
		t.act(row)
	default:
		t.fail("no such class of move")
	}
	if t.stopped() {
		return
	}
	if t.e.From != t.c.State && t.m.Class != Lapse {
		t.stepTaken()
	}
	t.restate()
	t.keep()
	if len(t.e.Cites) == 0 {
		t.fail("entry cites nothing")
	}
}

func (t *making) paper(row row) {
	spec, ok := SpecOf(t.c.Kind, t.m.Name)
	if !ok || spec.Class != Paper {
		t.fail("%s takes no paper %s", t.c.Kind, t.m.Name)
		return
	}
	rule, known := t.law.Regime.Moves[spec.Key()]
	if !known { // pinned before there was such a paper: it goes into the file as a letter does
		rule = t.law.Regime.Moves[string(t.c.Kind)+".letter"]
	}
	t.cite(rule.Cite)
	st, ok := row.moves[t.m.Name]
	if !ok {
		t.none(onFile(row))
		return
	}
	if !t.probe && t.m.Name != "filing" && t.m.By.Sender != "house" && spec.Missing(t.m.Body) != "" {
		t.none("incomplete") // the door asks for what is needed; an import or an old client may not have
		return
	}
	if early := t.m.Body.After(t.today()); early != "" && t.m.Name != "filing" {
		t.none("day-in-future")
		return
	}
	t.run(st)
}

// onFile is why a paper has no effect in a state that does not name it.
func onFile(row row) string {
	if row.closed {
		return "case-closed"
	}
	return "nothing-awaits-it"
}

func (t *making) run(st step) {
	t.allowed = st.to
	if !st.choose && len(st.to) == 1 {
		t.c.State = st.to[0]
	}
	if st.do != nil {
		st.do(t)
	}
	if t.e.None != "" {
		t.c.State = t.e.From
	}
}

func (t *making) act(row row) {
	spec, ok := SpecOf(t.c.Kind, t.m.Name)
	if !ok || spec.Class != Act {
		t.fail("%s knows no act %s", t.c.Kind, t.m.Name)
		return
	}
	rule, known := t.law.Regime.Moves[spec.Key()]
	if !known && spec.Under != "" {
		rule, known = t.law.Regime.Moves[string(spec.Kind)+"."+spec.Under]
	}
	t.cite(rule.Cite)
	if !known { // pinned before there was such an act
		t.refuse("not-in-regime", "", "本案所依据的办法文本没有规定此操作。", "the text that this case is pinned to does not know this act")
		return
	}
	if rule.Closed {
		t.refuse("closed-by-regime", rule.Cite, "本案所依据的办法不允许此操作。", "the regime of this case does not allow this act")
		return
	}
	if t.mayAct(spec); t.stopped() {
		return
	}
	st, ok := row.moves[t.m.Name]
	if !ok {
		t.refuse("wrong-state", rule.Cite,
			fmt.Sprintf("案件当前状态为“%s”，不能进行“%s”。", row.title.Zh, spec.Title.Zh),
			fmt.Sprintf("the case is in state %q (%s), in which %q is not possible", t.c.State, row.title.En, t.m.Name))
		return
	}
	if !t.probe {
		spec.Needs = slices.Concat(spec.Needs, rule.Needs)
		if t.refusal = spec.missing(t.m.Body); t.refusal != nil {
			return
		}
	}
	if early := t.m.Body.After(t.today()); early != "" && !spec.Ahead {
		t.refuseField(early, "day-in-future", rule.Cite, "该日期不能晚于今日。", "that day can't be later than today")
		return
	}
	if t.mayName(spec); t.stopped() {
		return
	}
	t.run(st)
}

// mayAct refuses an officer of another authority, of another role, or one to whom the case is
// not assigned; heads of the authority may step in, and who stands in for the one who has it.
func (t *making) mayAct(spec Spec) {
	by := t.m.By
	// Whether a head is taken out is the superior's too (penalties 43).
	above := t.m.Above != "" && by.Authority == t.m.Above
	if by.Officer == "" || by.Authority != t.c.Authority && !above {
		t.refuse("wrong-authority", "", "本案不由您所在的机关办理。", "the case is carried by another authority than yours")
		return
	}
	if !slices.Contains(spec.Roles, by.Role) {
		t.refuse("wrong-role", t.law.Regime.Moves[spec.Key()].Cite,
			fmt.Sprintf("此操作须由%s作出。", rolesZh(spec.Roles)), fmt.Sprintf("this act is for the %s", rolesEn(spec.Roles)))
		return
	}
	if f := t.c.Inspection; f != nil && slices.Contains(f.Recused, by.Officer) && t.m.Name != "report-up" {
		t.refuse("recused", "penalties-2021:43", "该人员已被决定回避。", "that officer was taken out of this inspection")
		return
	}
	switch {
	case !anothers(t.c, t.m.By, spec):
	case t.m.StandsIn:
		t.e.By.For = t.c.Officer
	default:
		t.refuse("wrong-officer", "", "本案由承办人"+t.c.Officer+"办理。", "the case is assigned to the officer "+t.c.Officer)
		t.refusal.Officer = t.c.Officer
	}
}

// anothers tells whether the act is for the officer to whom the case is assigned, and that is
// another than the one who acts.
func anothers(c Case, by Actor, spec Spec) bool {
	return by.Role == RoleOfficer && c.Officer != "" && c.Officer != by.Officer && !spec.Anyone
}

// clone copies a case so that nothing of it is shared with the first.
func clone(c Case) Case {
	unshare(reflect.ValueOf(&c).Elem())
	return c
}

func unshare(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			v.Set(own)
			unshare(own.Elem())
		}
	case reflect.Slice:
		if !v.IsNil() {
			own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(own, v)
			v.Set(own)
			for i := range own.Len() {
				unshare(own.Index(i))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() { // days, terms and instants hold nothing that can change
				unshare(f)
			}
		}
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
