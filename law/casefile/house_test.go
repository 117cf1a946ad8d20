package casefile_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/law/regimes"
)

// The people of the tests.
const (
	here    = "ln-pca"
	ours    = "miit" // the reconsideration body
	carrier = "ct-ln"
)

func officer(id string, role casefile.Role) casefile.Actor {
	return casefile.Actor{Officer: id, Role: role, Authority: here}
}

var (
	li         = officer("li", casefile.RoleOfficer)
	wang       = officer("wang", casefile.RoleOfficer)
	zhao       = officer("zhao", casefile.RoleReviewer)
	qian       = officer("qian", casefile.RoleHead)
	sun        = officer("sun", casefile.RoleHead) // deputising
	bureaucrat = casefile.Actor{Officer: "zhou", Role: casefile.RoleOfficer, Authority: ours}
	minister   = casefile.Actor{Officer: "wu", Role: casefile.RoleHead, Authority: ours}
)

var law = sync.OnceValue(func() casefile.Law {
	lib, err := regimes.Load()
	if err != nil {
		panic(err)
	}
	b, err := lib.At("telecom-2001", calendar.NewDay(2026, 2, 2))
	if err != nil {
		panic(err)
	}
	cal, err := regimes.Calendar()
	if err != nil {
		panic(err)
	}
	return casefile.Law{Regime: b.Regime, Calendar: cal}
})

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func term(s string) calendar.Term {
	t, err := calendar.ParseTerm(s)
	if err != nil {
		panic(err)
	}
	return t
}

func yes() *bool { b := true; return &b }
func no() *bool  { b := false; return &b }

// failer is what a test, a benchmark and a property have in common.
type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// house is a register in memory: cases, a clock, and a messenger between linked cases.
type house struct {
	t      failer
	now    time.Time
	cases  map[string]*casefile.Case
	order  []string
	lines  map[string][]casefile.Entry
	cards  []casefile.Card
	types  []string                   // of every operator
	lists  map[string]*checklist.List // the standards in force, by id
	under  *casefile.Law              // nil: the telecom regime
	same   string                     // enforcement case that holds the violation act of the next act
	slip   string                     // another case in which the slip of the next payment was entered
	papers []casefile.Enclosed        // of the case that is transferred next
	away   map[string]string          // who stands in for an officer
	after  func(before casefile.Case, m casefile.Move, o casefile.Outcome)
	count  int
}

func open(t failer, on string) *house {
	return &house{
		t: t, now: day(on).Start(calendar.Shanghai()).Add(9 * time.Hour),
		cards: everybodysCards(), lists: map[string]*checklist.List{"indicators": indicators()},
		cases: map[string]*casefile.Case{}, lines: map[string][]casefile.Entry{},
		after: func(before casefile.Case, m casefile.Move, o casefile.Outcome) { sound(t, before, m, o) },
	}
}

func everybodysCards() []casefile.Card {
	return cards("li", "wang", "zhao", "qian", "sun", "zhou", "wu")
}

// cards are enforcement cards, good for years.
func cards(officers ...string) []casefile.Card {
	var all []casefile.Card
	for _, o := range officers {
		all = append(all, casefile.Card{Number: "E-" + o, Officer: o, Kind: casefile.EnforcementCard, From: day("2020-01-01"), Until: day("2035-12-31")})
	}
	return all
}

func (h *house) law() casefile.Law {
	if h.under != nil {
		return *h.under
	}
	return law()
}

func (h *house) today() calendar.Day { return calendar.DayOf(h.now, calendar.Shanghai()) }

// enter makes a move and everything that follows from it in linked cases.
func (h *house) enter(id string, m casefile.Move) *casefile.Refusal {
	h.t.Helper()
	c := h.cases[id]
	if c == nil {
		h.t.Fatalf("no case %s", id)
	}
	before := *c
	if err := m.Ask(before, asked{h, before}); err != nil {
		h.t.Fatalf("%v", err)
	}
	o, refusal, err := casefile.Decide(before, m, h.law())
	if err != nil {
		h.t.Fatalf("%v", err)
	}
	if refusal != nil {
		return refusal
	}
	h.after(before, m, o)
	foreseen(h, before, m, o)
	*c = o.Case
	h.lines[id] = append(h.lines[id], o.Entry)
	for i, s := range o.Entry.Sends {
		if s.New != nil {
			h.row(*s.New, m.At)
		}
		if h.cases[s.Case] == nil {
			continue // an act of an authority that is not on Duban
		}
		by := casefile.Actor{Sender: "house"}
		if s.Copy == m.Ref && m.Class == casefile.Paper { // as the register adds it
			by, s.Body = m.By, m.Body
		}
		if r := h.enter(s.Case, casefile.Move{
			Class: casefile.Paper, Name: s.Paper, Ref: fmt.Sprintf("%s/%d/%d", id, o.Entry.Seq, i), At: m.At,
			Effective: s.Effective, By: by, Body: s.Body,
		}); r != nil {
			h.t.Fatalf("paper %s refused: %s", s.Paper, r.Code)
		}
	}
	return nil
}

func (h *house) row(n casefile.NewCase, at time.Time) {
	h.cases[n.ID] = &casefile.Case{
		ID: n.ID, Kind: n.Kind, State: casefile.Filed, Regime: h.law().Regime.Hash, Authority: n.Authority, Operator: n.Operator, Filed: at, Visible: casefile.KnownAtOnce(n.Kind),
	}
	h.order = append(h.order, n.ID)
}

func (h *house) ref() string { h.count++; return fmt.Sprintf("ref-%d", h.count) }

// file opens a case by its filing.
func (h *house) file(kind casefile.Kind, authority, sender string, b casefile.Body) string {
	h.t.Helper()
	id := fmt.Sprintf("%s-%d", kind, len(h.order)+1)
	h.row(casefile.NewCase{ID: id, Kind: kind, Authority: authority, Operator: b.Operator}, h.now)
	h.paper(id, "filing", sender, b)
	return id
}

func (h *house) paper(id, name, sender string, b casefile.Body) casefile.Entry {
	h.t.Helper()
	return h.paperOn(id, name, sender, calendar.Day{}, b)
}

// paperOn is a paper with an effective day of its own: postmark, signature, bank.
func (h *house) paperOn(id, name, sender string, on calendar.Day, b casefile.Body) casefile.Entry {
	h.t.Helper()
	if r := h.enter(id, casefile.Move{
		Class: casefile.Paper, Name: name, Ref: h.ref(), At: h.now, Effective: on, By: casefile.Actor{Sender: sender}, Body: b,
	}); r != nil {
		h.t.Fatalf("paper %s refused: %s", name, r.Code)
	}
	return h.last(id)
}

func (h *house) try(id, name string, by casefile.Actor, b casefile.Body) *casefile.Refusal {
	h.t.Helper()
	return h.enter(id, casefile.Move{Class: casefile.Act, Name: name, Ref: h.ref(), At: h.now, By: by, Body: b})
}

func (h *house) act(id, name string, by casefile.Actor, b casefile.Body) casefile.Entry {
	h.t.Helper()
	if r := h.try(id, name, by, b); r != nil {
		h.t.Fatalf("%s refuses %s in %s: %s (%s)", id, name, h.cases[id].State, r.Code, r.Reason.En)
	}
	return h.last(id)
}

// refuses expects a refusal with that code.
func (h *house) refuses(id, name string, by casefile.Actor, b casefile.Body, code string) {
	h.t.Helper()
	r := h.try(id, name, by, b)
	if r == nil {
		h.t.Fatalf("%s: %s was not refused (%s)", id, name, code)
	}
	if r.Code != code {
		h.t.Fatalf("%s: %s refused as %s (%s), want %s", id, name, r.Code, r.Reason.En, code)
	}
}

// until lets time pass to nine o'clock of that day; what falls due is entered in order.
func (h *house) until(on string) {
	h.t.Helper()
	h.lapseTo(day(on).Start(calendar.Shanghai()).Add(9 * time.Hour))
}

func (h *house) lapseTo(to time.Time) {
	h.t.Helper()
	for {
		var who string
		var first casefile.Deadline
		for _, id := range h.order {
			for _, d := range h.cases[id].Deadlines {
				if !d.Due.After(to) && (who == "" || d.Due.Before(first.Due)) {
					who, first = id, d
				}
			}
		}
		if who == "" {
			h.now = to
			return
		}
		if first.Due.After(h.now) {
			h.now = first.Due
		}
		h.enter(who, casefile.Move{Class: casefile.Lapse, Name: first.Name, Ref: first.Key(), At: first.Due})
	}
}

func (h *house) last(id string) casefile.Entry { return h.lines[id][len(h.lines[id])-1] }

func (h *house) state(id string, want casefile.State) {
	h.t.Helper()
	if got := h.cases[id].State; got != want {
		h.t.Fatalf("%s on %s: state %s, want %s", id, h.today(), got, want)
	}
}

// due expects a deadline of that name on that day.
func (h *house) due(id, name, on string) {
	h.t.Helper()
	d, ok := h.cases[id].Deadline(name)
	if !ok {
		h.t.Fatalf("%s on %s: no deadline %s is armed", id, h.today(), name)
	}
	if d.Day != day(on) {
		h.t.Fatalf("%s: %s due %s, want %s", id, name, d.Day, on)
	}
}

func (h *house) notDue(id, name string) {
	h.t.Helper()
	if d, ok := h.cases[id].Deadline(name); ok {
		h.t.Fatalf("%s on %s: %s is armed until %s", id, h.today(), name, d.Day)
	}
}

// linked is the case of that kind that the case opened or knows.
func (h *house) linked(id string, as string) string {
	h.t.Helper()
	for _, l := range h.cases[id].Links {
		if l.As == as {
			return l.Case
		}
	}
	h.t.Fatalf("%s knows no %s", id, as)
	return ""
}

func (h *house) made(id, what string) int {
	h.t.Helper()
	for _, m := range h.cases[id].Contestable {
		if m.What == what {
			return m.Entry
		}
	}
	h.t.Fatalf("%s made no %s", id, what)
	return 0
}

func asJSON(t failer, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(raw)
}

var _ failer = (*testing.T)(nil)
