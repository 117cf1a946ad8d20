package docket_test

import (
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

func day(m time.Month, d int) calendar.Day { return calendar.NewDay(2026, m, d) }

// standing is a case of the bureau that has gone through everything, put into one state: whatever a move
// there looks at is in its file.
func standing(k casefile.Kind, s casefile.State, id, regime string, days *calendar.Calendar) casefile.Case {
	at := day(4, 1)
	c := casefile.Case{
		ID: id, Kind: k, State: s, Seq: 20, Regime: regime, Authority: bureau, Operator: telco, Officer: "li", Visible: true,
		Filed:       day(2, 2).Start(calendar.Shanghai()),
		Contestable: []casefile.ContestedAct{{Entry: 5, What: "order", On: at, Known: at}, {Entry: 12, What: "decision", On: at}},
		Links:       []casefile.Link{{Case: "other", Kind: casefile.Enforcement, As: "enforcement"}},
		Contests: []casefile.Contest{
			{Act: 12, Route: "reconsideration", Applicant: "penalised", FiledOn: at, AcceptedOn: at},
			{Act: 5, Route: "court", Applicant: "penalised", FiledOn: at},
		},
		Duties:    []casefile.PerformDuty{{Entry: 13, Act: 5, By: at}},
		Deadlines: []casefile.Deadline{casefile.Deadline{Name: "reply", Class: casefile.PartyTerm, From: day(4, 16), Term: calendar.Term{N: 10, Unit: calendar.WorkingDays}}.By(days)},
		Lapses:    []casefile.Lapsed{{Name: "defence", Seq: 9, Day: day(4, 10), From: s, To: s, Since: at, Term: calendar.Term{N: 5, Unit: calendar.WorkingDays}}},
	}
	yes, no := true, false
	switch k {
	case casefile.Complaint:
		c.Complaint = &casefile.ComplaintFile{
			Dispute: "fee", EventOn: day(1, 20), ReceivedOn: day(2, 2), CountedFrom: day(2, 2), ConsentComplainant: &yes, ConsentOperator: &yes,
		}
	case casefile.Enforcement:
		c.Enforcement = &casefile.EnforcementFile{
			Violation: "service-standard", Requirement: "bill-detail", PeriodFrom: at, PeriodTo: at, Sequence: casefile.OrderThenSanction,
			Breach: true, Harm: true, Established: true, Ordered: 5, Term: calendar.Term{N: 15, Unit: calendar.NaturalDays}, Asked: true, Stage: 1, OtherLaw: &no,
			Noticed: &casefile.Intended{Sanction: "fine", Amount: 500000, On: at, Served: at}, Opinion: "agree", Waived: true, Investigators: []string{"li", "wang"},
		}
		fined(&c, at)
	case casefile.Appeal:
		c.Appeal = &casefile.AppealFile{
			Contested: 12, ContestedCase: "other", Applicant: "penalised", FiledOn: at, AcceptedOn: at, Copied: true, Answered: true, Decision: 12, Outcome: "upheld", DecidedOn: at,
		}
	case casefile.Inspection:
		c.Inspection = &casefile.InspectionFile{Team: []string{"li", "wang"}, Doubted: []string{"wang"}}
	}
	return c
}

// fined gives a penalty case the decision, service and payment that its state stands behind.
func fined(c *casefile.Case, at calendar.Day) {
	switch c.State {
	case casefile.Decided, casefile.Payable, casefile.Unpaid, casefile.Correcting, casefile.EnforcementClosed:
	default:
		return
	}
	f := c.Enforcement
	f.Sanctions = []casefile.Sanction{{Entry: 12, What: "fine"}}
	f.Reviewer, f.Head = "zhao", "sun"
	c.Fines = []casefile.Fine{{Decision: 12, Announced: 500000, Amount: 500000, PerMille: 30}}
	if c.State != casefile.Decided {
		f.Sanctions[0].Served, c.Fines[0].Due = at, day(4, 16)
	}
	if c.State == casefile.Correcting || c.State == casefile.EnforcementClosed {
		c.Fines[0].Payments = []casefile.Payment{{Paper: "p", Day: day(4, 10), Amount: 500000}}
	}
}
