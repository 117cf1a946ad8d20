package casefile

import (
	"slices"
	"time"

	"duban/law/calendar"
)

// Asker is who asks what is possible in a case, when, and what the register tells of it.
type Asker struct {
	By    Actor     // an officer; or whose papers are asked for, by Sender alone
	At    time.Time // legal instant
	Types []string  // of the case's operator; none: not told
	Above string    // the authority above the case's

	StandsIn bool // stands in for the officer to whom the case is assigned
}

// Prospect is a move that the case's state knows and the asker may make.
type Prospect struct {
	Class   Class
	Move    string
	To      []State  // it may lead to one of these; none: the state stays
	Refusal *Refusal // why an act is hopeless as the case stands, whatever its body says; nil: it is not
}

// Prospects lists what is possible for the asker now, in the order of the table. For an officer:
// the acts of the role, and the papers of others that have an effect now; for an operator or a party
// their own papers of that sort. Anything else may be written as a letter, and is on file. Each act is
// asked of the law itself with an empty body: a refusal that names no field of the body is one of
// a gate. In a closed case hopeless acts are left out; an open one shows them with the reason. Doors
// that the case's text does not know are none.
func Prospects(c Case, who Asker, law Law) []Prospect {
	row := tableOf(c.Kind)[c.State]
	var out []Prospect
	for _, name := range sortedKeys(row.moves) {
		spec, _ := SpecOf(c.Kind, name)
		p := Prospect{Class: spec.Class, Move: name, To: slices.Clone(row.moves[name].to)}
		switch {
		case name == "filing":
			continue
		case spec.Class == Paper:
			if !who.sends(c, spec) || !effective(c, who, spec, law) {
				continue
			}
		default:
			if !who.acts(c, spec) {
				continue
			}
			p.Refusal = hopeless(c, who, spec, law)
			if p.Refusal != nil && (row.closed || p.Refusal.Code == "not-in-regime") {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// acts tells whether the act is one of the asker's role and authority.
func (a Asker) acts(c Case, s Spec) bool {
	if a.By.Officer == "" || !slices.Contains(s.Roles, a.By.Role) {
		return false
	}
	return a.By.Authority == c.Authority || s.Name == "decide-recusal" && a.Above != "" && a.By.Authority == a.Above
}

// sends tells whether the paper is the asker's own, or one that an officer may enter for its sender.
func (a Asker) sends(c Case, s Spec) bool {
	if s.Inside {
		return false
	}
	if a.By.Officer != "" {
		return a.By.Authority == c.Authority
	}
	return slices.Contains(s.Senders, a.By.Sender)
}

// hopeless is the gate that refuses the act; nil where there is none, or only an entry of the body is
// wanting.
func hopeless(c Case, who Asker, s Spec, law Law) *Refusal {
	t := probe(c, Move{Class: Act, Name: s.Name, Ref: "prospect", At: who.At, By: who.By, Types: who.Types, Above: who.Above, StandsIn: who.StandsIn}, law)
	if t.refusal == nil || t.refusal.Field != "" {
		return nil
	}
	return t.refusal
}

// effective tells whether the paper can have an effect as the case stands: with some body and day
// that it may well have.
func effective(c Case, who Asker, s Spec, law Law) bool {
	today := calendar.DayOf(who.At, law.Calendar.Place())
	days := []calendar.Day{{}}
	if s.ByDay {
		days = append(days, calendar.DayOf(c.Filed, law.Calendar.Place()))
	}
	senders := []string{who.By.Sender}
	if who.By.Officer != "" {
		senders = s.Senders
	}
	for _, b := range likely(c, s, today) {
		for _, day := range days {
			for _, sender := range senders {
				by := who.By
				by.Sender = sender
				t := probe(c, Move{Class: Paper, Name: s.Name, Ref: "prospect", At: who.At, Effective: day, By: by, Body: b}, law)
				if t.err != nil || t.e.None == "" || t.e.None == sameSlip {
					return true
				}
			}
		}
	}
	return false
}

// probe makes a move on a copy of the case, to see what the law says before it reads the body.
func probe(c Case, m Move, law Law) *making {
	t := newMaking(c, m, law)
	t.probe = true
	t.make()
	return t
}

// likely are bodies of a paper, each naming something else that the case has and it may be about.
func likely(c Case, s Spec, today calendar.Day) []Body {
	t, yesterday := true, today.AddDays(-1)
	all := []Body{{
		On: today, FiledOn: today, PeriodFrom: yesterday, PeriodTo: yesterday, Agreed: &t, Satisfied: &t, Finding: "settled",
		Amount: 1, Points: 1, Outcome: newOutcome(c), Route: "court", Officer: "?", Case: "?", AppealCase: "?",
	}}
	vary := func(field string, with ...func(*Body)) {
		if !slices.Contains(s.Needs, field) {
			return
		}
		var more []Body
		for _, b := range all {
			for _, set := range with {
				next := b
				set(&next)
				more = append(more, next)
			}
		}
		all = more
	}
	var contested, terms, sums, payments, documents []func(*Body)
	for _, m := range c.Contestable {
		contested = append(contested, func(b *Body) { b.Contested = m.Entry })
	}
	for _, d := range c.Deadlines {
		terms = append(terms, func(b *Body) { b.Deadline = d.Name })
	}
	for _, l := range c.Lapses {
		terms = append(terms, func(b *Body) { b.Deadline = l.Name })
	}
	for _, f := range c.Fines {
		for _, r := range f.Refunds {
			sums = append(sums, func(b *Body) { b.Amount = r.Amount + r.Interest })
		}
	}
	for _, p := range append(c.Received(), Payment{Day: today, Amount: 1}) {
		payments = append(payments, func(b *Body) { b.Amount, b.On, b.Slip = p.Amount, p.Day, p.Slip })
	}
	for _, name := range byPost {
		documents = append(documents, func(b *Body) { b.Document = name })
	}
	vary("contested", contested...)
	vary("deadline", terms...)
	vary("document", documents...)
	switch s.Name {
	case "refund-paid":
		vary("amount", sums...)
	case "payment-report":
		vary("amount", payments...)
	}
	vary("route", func(b *Body) { b.Route = "reconsideration" }, func(b *Body) { b.Route = "court" })
	return all
}

// newOutcome is one that no contest of the case has ended with: told twice it has no effect.
func newOutcome(c Case) string {
	for _, o := range []string{OutcomeUpheld, OutcomeDismissed, OutcomeRejected, OutcomeTerminated, OutcomeWithdrawn, OutcomeNotAccepted} {
		if !slices.ContainsFunc(c.Contests, func(k Contest) bool { return k.Outcome == o }) {
			return o
		}
	}
	return OutcomeUpheld
}

// byPost are the documents whose day of receipt something counts from.
var byPost = []string{
	"forwarding-letter", "supervision-letter", "non-acceptance-notice", "preservation-notice",
	"rectification-order", "penalty-notice", "penalty-decision", "no-penalty-decision", "reconsideration-decision",
}
