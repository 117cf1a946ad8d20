package activities_test

import (
	"fmt"

	"duban/law/calendar"
	"duban/law/casefile"
)

// body fills what the move takes with values that a lively bureau might write.
func (w *world) body(c casefile.Case, spec casefile.Spec) casefile.Body {
	var b casefile.Body
	for _, field := range spec.Fields() {
		w.fill(&b, c, spec, field)
	}
	return b
}

func (w *world) yes(odds int) *bool {
	v := w.r.IntN(10) < odds
	return &v
}

func one[T any](w *world, list ...T) T { return list[w.r.IntN(len(list))] }

func (w *world) fill(b *casefile.Body, c casefile.Case, spec casefile.Spec, field string) {
	switch field {
	case "reasons", "text":
		b.Reasons, b.Text = "理由", "内容"
		if field == "text" {
			b.Reasons = ""
		} else {
			b.Text = ""
		}
	case "operator":
		if spec.Name == "correct-facts" && w.r.IntN(3) == 0 {
			b.Operator = one(w, "op1", "op2")
		}
	case "dispute":
		b.Dispute = one(w, "fee", "other")
	case "eventOn":
		if spec.Name == "correct-facts" {
			b.EventOn = w.day().AddDays(-w.r.IntN(60))
		}
	case "ground":
		b.Ground = "none-such"
		if grounds := w.bundle.Regime.Grounds[spec.Key()]; len(grounds) > 0 {
			b.Ground = one(w, grounds...).Code
		}
	case "officer":
		b.Officer = one(w, c.Authority+"-a", c.Authority+"-b")
	case "officers":
		b.Officers = []string{c.Authority + "-a", c.Authority + "-b"}
	case "term":
		b.Term = calendar.Term{N: 5 + w.r.IntN(20), Unit: calendar.NaturalDays}
	case "agreed":
		b.Agreed = w.yes(8)
	case "satisfied":
		b.Satisfied = w.yes(5)
	case "breach":
		b.Breach = w.yes(9)
	case "harm":
		b.Harm = w.yes(9)
	case "rectified":
		b.Rectified = w.yes(3)
	case "otherLaw":
		b.OtherLaw = w.yes(1)
	case "announceSurcharge":
		b.AnnounceSurcharge = w.yes(8)
	case "finding":
		b.Finding = one(w, "founded", "partly-founded", "unfounded", "settled")
	case "violation":
		b.Violation = one(w, "service-standard", "service-standard", "obstruction", "self-check-report")
	case "requirement":
		b.Requirement = fmt.Sprintf("requirement-%d", w.r.IntN(100))
	case "periodFrom":
		b.PeriodFrom = w.day().AddDays(-20 - w.r.IntN(100))
	case "periodTo":
		b.PeriodTo = w.day().AddDays(-w.r.IntN(20))
		if spec.Name == "force-majeure" {
			b.PeriodTo = w.day().AddDays(-w.r.IntN(12))
		}
	case "sanction":
		b.Sanction = one(w, "warning", "fine")
	case "amount":
		b.Amount = casefile.Fen(100 * one(w, 500, 1000, 2000, 10000))
		if spec.Name == "notify" || spec.Name == "decide" {
			if b.Sanction == "warning" {
				b.Amount = 0
			}
		}
	case "slip":
		b.Slip = one(w, "", "", "A-1", "A-2", "A-3")
	case "payment":
		b.Payment = 1
		for _, x := range c.Reports {
			b.Payment = x.Entry
		}
		for _, x := range c.Doubts {
			b.Payment = x.Entry
		}
	case "income":
		if w.r.IntN(5) == 0 {
			b.Income = 80_000
		}
	case "also":
		if f := c.Enforcement; f != nil && f.Income > 0 {
			b.Also = []string{"confiscation"}
		}
	case "confiscated":
		switch f := c.Enforcement; {
		case spec.Name == "notify" || spec.Name == "decide":
			if f != nil {
				b.Confiscated = f.Income
			}
		case w.r.IntN(3) == 0:
			b.Confiscated = 20_000
		}
	case "lifted":
		if w.r.IntN(4) == 0 {
			b.Lifted = []string{one(w, "fine", "confiscation")}
		}
	case "hearing":
		b.Hearing = w.yes(5)
	case "points":
		b.Points = 1 + w.r.IntN(2)
	case "answered":
		if c.Enforcement != nil {
			b.Answered = c.Enforcement.Points
		}
	case "opinion":
		b.Opinion = one(w, "agree", "agree", "return")
	case "deadline":
		b.Deadline = "reply"
		for _, l := range c.Lapses {
			b.Deadline = l.Name
		}
		for _, o := range c.Obstacles {
			b.Deadline = o.Deadline
		}
	case "document":
		b.Document = map[casefile.State]string{
			casefile.OrderMade: "rectification-order", casefile.NoticeMade: "penalty-notice", casefile.Decided: "penalty-decision",
			casefile.ReviewDecided: "reconsideration-decision",
		}[c.State]
		if b.Document == "" {
			b.Document = "rectification-order"
		}
	case "method":
		b.Method = one(w, "direct", "leave", "post", "announcement")
	case "on":
		b.On = w.day().AddDays(-w.r.IntN(3))
	case "evidence":
		b.Evidence = "proof"
	case "contested":
		b.Contested = 1
		if len(c.Contestable) > 0 {
			b.Contested = one(w, c.Contestable...).Entry
		}
	case "route":
		b.Route = one(w, "reconsideration", "court")
	case "applicant":
		b.Applicant = one(w, "penalised", "complainant", "third-party")
	case "filedOn":
		b.FiledOn = w.day().AddDays(-w.r.IntN(5))
	case "outcome":
		b.Outcome = one(w, casefile.Outcomes()...)
	case "authority":
		if spec.Name == "transfer" {
			b.Authority = one(w, "jl", "miit")
		}
	case "body":
		b.Body = "outside"
	case "until":
		if w.r.IntN(2) == 0 {
			b.Until = w.day().AddDays(10 + w.r.IntN(60))
		}
	case "simple":
		b.Simple = w.r.IntN(3) == 0
	}
}
