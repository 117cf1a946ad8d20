package casefile_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"

	"pgregory.net/rapid"
)

// story tells a failing life: what was tried, and what became of it.
type story struct {
	*rapid.T
	lines []string
}

func (s *story) Fatalf(format string, args ...any) {
	s.Helper()
	s.T.Fatalf("%s\n\nthe life:\n%s", fmt.Sprintf(format, args...), strings.Join(s.lines, "\n"))
}

// Lives at random: papers, acts and lapses, mostly sensible, some not. What holds for every move
// is in sound.
func TestRandomLives(t *testing.T) { randomLives(t, nil, starts) }

func TestRandomTourismLives(t *testing.T) {
	randomLives(t, tourism(t, "2026-03-15"), []string{"complaint", "replied", "inspection", "shopping", "shopping noticed", "hearing called", "shopping decided", "shopping decided"})
}

func randomLives(t *testing.T, under *casefile.Law, starts []string) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &story{T: rt}
		h := open(s, "2026-02-02")
		h.under = under
		h.after = func(before casefile.Case, m casefile.Move, o casefile.Outcome) {
			e := o.Entry
			s.lines = append(s.lines, fmt.Sprintf("%s %s #%d %s %s %s→%s none=%q %s", h.today(), before.ID, e.Seq, m.Class, e.Move, e.From, e.To, e.None, asJSON(s, m.Body)))
			sound(s, before, m, o)
		}
		start(h, rapid.SampledFrom(starts).Draw(rt, "start"))
		// Of the two who inspect one holds an inspection card only, that of the other ends within the life; who stands in holds both.
		h.cards = slices.DeleteFunc(h.cards, func(c casefile.Card) bool { return c.Officer == "wang" && rapid.Bool().Draw(rt, "wang is no enforcer") })
		h.cards = append(h.cards, casefile.Card{Number: "I-wang", Officer: "wang", Kind: casefile.InspectionCard, Level: "city", From: day("2026-01-01"), Until: day("2026-12-31")})
		if rapid.IntRange(0, 3).Draw(rt, "li's card ends") == 0 {
			h.cards[0].Until = day("2026-04-01")
		}
		for _, seed := range rapid.SliceOfN(rapid.Uint64(), 20, 90).Draw(rt, "moves") {
			step(h, &dice{rand.New(rand.NewPCG(seed, seed))}) // its own seed each, so that a failing life shrinks
		}
		h.lapseTo(h.now.AddDate(2, 0, 0))
		for _, id := range h.order {
			if c := h.cases[id]; c.NextDue().After(h.now) && c.Closed() && len(c.Contests) == 0 {
				s.Fatalf("%s still waits in two years: %v", id, c.Deadlines)
			}
		}
	})
}

var starts = []string{"complaint", "ended", "replied", "enforcement", "obstruction", "filed", "fined", "inspection", "inspection", "listed", "listed"}

func start(h *house, at string) {
	switch at {
	case "complaint":
		complaint(h, "fee")
	case "ended":
		h.file(casefile.Complaint, here, "complainant", casefile.Body{
			Imported: yes(), Dispute: "fee", Operator: carrier, Text: "t", On: h.today(), Outcome: casefile.ComplaintOutcomes()[h.today().Sub(day("2026-01-01"))%4],
		})
	case "replied":
		replied(h, "other")
	case "enforcement":
		opened(h, "service-standard")
	case "obstruction":
		opened(h, "obstruction")
	case "filed":
		filed(h)
	case "fined":
		fined(h, 4000)
	case "penalised":
		penalised(h)
	case "inspection":
		ready(h)
	case "listed":
		listed(h)
	case "shopping":
		shopping(h)
	case "shopping noticed":
		noticedHeavily(h)
	case "hearing called":
		id, _ := noticedHeavily(h)
		h.paper(id, "hearing-request", "operator", casefile.Body{})
		h.act(id, "call-hearing", li, casefile.Body{On: h.today().AddDays(20), Officer: "wu"})
	case "shopping decided":
		heavyDecided(h)
	}
}

// dice is one step's own chance.
type dice struct{ *rand.Rand }

func (d *dice) oneIn(n int) bool { return d.IntN(n) == 0 }

func oneOf[T any](d *dice, from ...T) T { return from[d.IntN(len(from))] }

// step waits, or tries one move: most often one that the state's row names and that leads on.
func step(h *house, d *dice) {
	if d.oneIn(4) {
		h.lapseTo(h.now.Add(time.Duration(oneOf(d, 1, 1, 3, 3, 8, 8, 16, 40, 200)) * 24 * time.Hour))
	}
	id := oneOf(d, h.order...)
	for range 3 {
		if h.cases[id].Closed() {
			id = oneOf(d, h.order...)
		}
	}
	c := h.cases[id]
	if c.Closed() && len(h.order) < 4 && d.oneIn(3) {
		kept := h.cards
		h.cards = everybodysCards()
		start(h, oneOf(d, "complaint", "enforcement", "obstruction"))
		h.cards = kept
		return
	}
	if len(c.Contestable) > 0 && len(h.order) < 6 && d.oneIn(12) {
		h.file(casefile.Appeal, ours, "applicant", casefile.Body{
			ContestedCase: id, Contested: oneOf(d, c.Contestable...).Entry, Text: "t", Applicant: oneOf(d, "penalised", "complainant"),
		})
		return
	}
	if d.oneIn(60) {
		h.enter(id, casefile.Move{Class: casefile.Installation, Name: "recalendar", Ref: h.ref(), At: h.now, By: casefile.Actor{Sender: "house"}})
		return
	}
	spec := pick(d, *c)
	b := body(h, d, *c, spec)
	if spec.Class == casefile.Paper {
		var on calendar.Day
		if spec.ByDay && d.oneIn(2) {
			on = h.today().AddDays(-d.IntN(40))
		}
		h.paperOn(id, spec.Name, oneOf(d, spec.Senders...), on, b)
		return
	}
	if r := h.try(id, spec.Name, who(d, *c, spec), b); r != nil && (r.Code == "" || r.Reason.Zh == "" || r.Reason.En == "") {
		h.t.Fatalf("refusal %+v", r)
	}
}

func pick(d *dice, c casefile.Case) casefile.Spec {
	specs := casefile.Specs(c.Kind)
	if d.oneIn(12) {
		return oneOf(d, specs...)
	}
	var here []casefile.Spec
	for _, row := range casefile.Rows(c.Kind) {
		if row.State != c.State {
			continue
		}
		for _, cell := range row.Moves {
			s, ok := casefile.SpecOf(c.Kind, cell.Move)
			if !ok || cell.Class == casefile.Lapse {
				continue
			}
			here = append(here, s)
			if named()[c.Kind][cell.Move] <= 6 && !slices.Contains(endings, s.Name) { // what belongs to this state is drawn more often
				here = append(here, s, s, s, s)
			}
		}
	}
	if len(here) == 0 {
		here = specs
	}
	s := oneOf(d, here...)
	if slices.Contains(endings, s.Name) {
		s = oneOf(d, here...)
	}
	return s
}

// endings end a case early, so they are drawn less often.
var endings = []string{"close", "drop", "hand-over", "no-penalty", "withdrawal", "terminate", "decline", "transfer", "tell-operator-first", "cancel"}

// named counts the states that name a move.
var named = sync.OnceValue(func() map[casefile.Kind]map[string]int {
	n := map[casefile.Kind]map[string]int{}
	for _, k := range casefile.Kinds() {
		n[k] = map[string]int{}
		for _, row := range casefile.Rows(k) {
			for _, cell := range row.Moves {
				n[k][cell.Move]++
			}
		}
	}
	return n
})

func who(d *dice, c casefile.Case, s casefile.Spec) casefile.Actor {
	by := casefile.Actor{Authority: c.Authority, Role: s.Roles[0], Officer: "li"}
	switch {
	case d.oneIn(20):
		by = oneOf(d, li, wang, zhao, qian, sun, bureaucrat, minister, officer("li", casefile.RoleHead), officer("qian", casefile.RoleReviewer))
	case c.Kind == casefile.Appeal && by.Role == casefile.RoleHead:
		by = minister
	case c.Kind == casefile.Appeal:
		by.Officer = "zhou"
	case s.Name == "hold-hearing" && c.Enforcement.Chair != "":
		by.Officer = c.Enforcement.Chair
	case by.Role == casefile.RoleHead:
		by = oneOf(d, qian, qian, sun)
	case by.Role == casefile.RoleReviewer:
		by = zhao
	case c.Officer != "":
		by.Officer = c.Officer
	}
	return by
}

// observed is what a team might note of a line that it has not looked at yet, and sometimes nonsense.
func observed(d *dice, c casefile.Case, b *casefile.Body) {
	b.NotApplicable, b.Unlisted = nil, nil
	if c.Checklist == nil {
		return
	}
	l := oneOf(d, c.Checklist.Lines...)
	for _, x := range c.Checklist.Lines {
		if !slices.ContainsFunc(c.Inspection.Findings, func(f casefile.Finding) bool { return f.Requirement == x.Code }) {
			l = x
		}
	}
	b.Requirement = l.Code
	b.Value = map[string]string{
		checklist.YesNo: oneOf(d, "yes", "no"), checklist.Measure: oneOf(d, "0", "15", "15.5", "48", "48.1", "60"), checklist.Score: oneOf(d, "0", "5", "6", "10"),
	}[l.How.By]
	if !d.oneIn(4) {
		b.Breach = nil
	}
	switch d.IntN(12) {
	case 0:
		b.Value = oneOf(d, "", "often", "-3", "11")
	case 1:
		b.NotApplicable, b.Breach, b.Value = yes(), nil, ""
	case 2:
		b.Requirement, b.Unlisted = "smile", yes()
	}
}

// body fills the fields that a move takes, mostly as somebody who knows the case would.
func body(h *house, d *dice, c casefile.Case, s casefile.Spec) casefile.Body {
	b := plausible(s)
	if len(h.law().Regime.Grounds[s.Key()]) > 0 {
		b.Ground = oneOf(d, h.law().Regime.Grounds[s.Key()]...).Code
	}
	if d.oneIn(30) {
		return casefile.Body{}
	}
	takes := func(name string) bool { return slices.Contains(s.Fields(), name) }
	if s.Name == "correct-facts" {
		b.Contact = ""
		if takes("contact") && d.oneIn(3) {
			return casefile.Body{Reasons: "r", Contact: "digest"}
		}
		if takes("operator") {
			b.Operator = oneOf(d, carrier, carrier, "cm-ln")
		}
		if takes("dispute") {
			b.Dispute, b.EventOn = oneOf(d, "fee", "other"), h.today().AddDays(-d.IntN(60))
		}
		return b
	}
	if takes("on") {
		b.On = h.today().AddDays(oneOf(d, 1, 0, 0, 0, 0, 0, -1, -3, -12))
	}
	if takes("deadline") {
		b.Deadline, b.PeriodFrom, b.PeriodTo = "reply", h.today().AddDays(-d.IntN(20)), h.today().AddDays(-d.IntN(12))
		for _, l := range c.Lapses {
			b.Deadline = l.Name
		}
		for _, o := range c.Obstacles {
			b.Deadline = o.Deadline
		}
	}
	if takes("document") {
		b.Document = map[casefile.State]string{
			casefile.OrderMade: "rectification-order", casefile.NoticeMade: "penalty-notice", casefile.Decided: "penalty-decision",
			casefile.ReviewDecided: "reconsideration-decision", casefile.Answered: "answer", casefile.ComplaintEnded: "answer",
			casefile.Forwarded: "forwarding-letter",
		}[c.State]
	}
	if takes("method") && d.oneIn(8) {
		b.Method = "announcement"
	}
	if takes("contested") {
		b.Contested = 1 + d.IntN(c.Seq+1)
		if len(c.Contestable) > 0 && !d.oneIn(10) {
			b.Contested = oneOf(d, c.Contestable...).Entry
		}
	}
	if takes("outcome") {
		b.Outcome = oneOf(d, casefile.Outcomes()...)
		if c.Kind == casefile.Inspection {
			b.Outcome = oneOf(d, "released", "tested", "handed-over", "seized")
		}
	}
	if takes("amount") {
		b.Amount = oneOf[casefile.Fen](d, 0, 100000, 400000, 400000, 500000, 999)
		for _, f := range c.Fines {
			for _, r := range f.Refunds {
				if s.Name == "request-refund" && r.Treasury == 0 || s.Name == "refund-paid" && r.Paid == 0 {
					b.Amount = r.Amount
				}
			}
			if owed := f.Owed(h.today(), h.law().Regime.Surcharge); owed > 0 && (s.Name == "payment" || s.Name == "write-off") && d.oneIn(2) {
				b.Amount = owed
			}
		}
	}
	if takes("slip") {
		b.Slip = oneOf(d, "", "", "A-1", "a1", "A-2", "A-3")
	}
	if takes("payment") {
		for _, x := range c.Doubts {
			b.Payment = x.Entry
		}
		if len(c.Reports) > 0 && (b.Payment == 0 || d.oneIn(2)) {
			b.Payment = oneOf(d, c.Reports...).Entry
		}
	}
	if takes("sanction") {
		penalty(d, c, s, &b)
	}
	if takes("income") && d.oneIn(4) {
		b.Income = 1_000_00
	}
	if takes("confiscated") && !takes("sanction") {
		b.Confiscated = oneOf[casefile.Fen](d, 0, 0, 100000, 900000)
	}
	if takes("suspension") && !takes("sanction") {
		b.Suspension = oneOf(d, casefile.Body{}.Suspension, term("5d"), term("20d"))
	}
	if takes("lifted") && d.oneIn(3) {
		b.Lifted = []string{oneOf(d, casefile.SanctionKinds()...)}
	}
	if s.Name == "hold-hearing" {
		b.Outcome = oneOf(d, "held", "held", "held", "no-show", "left")
	}
	flag := func(name string, p **bool, often int) {
		if takes(name) {
			v := !d.oneIn(often)
			*p = &v
		}
	}
	flag("rectified", &b.Rectified, 2)
	flag("signed", &b.Signed, 5)
	flag("grave", &b.Grave, 4)
	flag("collective", &b.Collective, 8)
	flag("hearing", &b.Hearing, 2)
	flag("breach", &b.Breach, 4)
	flag("shown", &b.Shown, 10)
	flag("agreed", &b.Agreed, 4)
	flag("harm", &b.Harm, 10)
	flag("announceSurcharge", &b.AnnounceSurcharge, 4)
	if takes("otherLaw") {
		b.OtherLaw = no()
	}
	if takes("standard") {
		b.Standard = oneOf(d, "indicators", "indicators", "none")
	}
	if s.Name == "record" {
		observed(d, c, &b)
	}
	if takes("opinion") {
		b.Opinion = oneOf(d, "agree", "agree", "object", "return")
	}
	if takes("route") {
		b.Route = oneOf(d, "reconsideration", "court")
	}
	if takes("applicant") {
		b.Applicant = oneOf(d, "penalised", "third-party", "complainant")
	}
	if takes("filedOn") {
		b.FiledOn = h.today().AddDays(-d.IntN(10))
	}
	if takes("until") && d.oneIn(2) {
		b.Until = h.today().AddDays(d.IntN(45) - 5)
	}
	if takes("officers") && d.oneIn(10) {
		b.Officers = []string{"li", oneOf(d, "zhao", "qian", "sun", "li")}
	}
	if takes("officer") {
		b.Officer = oneOf(d, "li", "wang")
	}
	if s.Name == "call-hearing" {
		b.On, b.Officer = h.today().AddDays(oneOf(d, 5, 14, 14, 20, 30)), oneOf(d, "wu", "wu", "wu", "li", "zhao", "qian")
	}
	return b
}

// penalty is what somebody who has read the clause and the notice would impose, mostly.
func penalty(d *dice, c casefile.Case, s casefile.Spec, b *casefile.Body) {
	f := c.Enforcement
	b.Sanction = oneOf(d, "warning", "fine")
	var income casefile.Fen
	if f != nil {
		income = f.Income
	}
	if f != nil && f.Violation == "forced-shopping" {
		b.Sanction, b.Amount, b.Suspension = "fine", oneOf[casefile.Fen](d, 30_000_00, 60_000_00), oneOf(d, term("10d"), term("1m"))
		b.Also = []string{oneOf(d, "suspension", "suspension", "suspension", "licence-revocation")}
	}
	if income > 0 {
		b.Also, b.Confiscated = append(b.Also, "confiscation"), income
		if d.oneIn(4) {
			b.Confiscated, b.Returned = income/2, income-income/2
		}
	}
	if s.Name == "decide" && f != nil && f.Noticed != nil {
		n := f.Noticed
		b.Sanction, b.Amount, b.Answered, b.Also, b.Returned = n.Sanction, n.Amount, f.Points, nil, n.Returned
		for _, x := range n.Also {
			b.Also = append(b.Also, x.What)
			switch x.What {
			case casefile.Confiscation:
				b.Confiscated = x.Amount
			case casefile.Suspension:
				b.Suspension = x.Term
			}
		}
	}
	if d.oneIn(20) {
		b.Also = append(b.Also, oneOf(d, casefile.MeasureKinds()...))
	}
	if b.Sanction == "warning" {
		b.Amount = 0
	}
}
