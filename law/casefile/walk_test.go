package casefile_test

import (
	"slices"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
)

// standing is a case that has gone through everything, put into one state.
func standing(k casefile.Kind, s casefile.State) casefile.Case {
	at := day("2026-04-01")
	c := casefile.Case{
		ID: "c", Kind: k, State: s, Seq: 20, Regime: law().Regime.Hash, Authority: here, Operator: carrier, Officer: "li",
		Filed:       day("2026-02-02").Start(calendar.Shanghai()),
		Contestable: []casefile.ContestedAct{{Entry: 5, What: "order", On: at, Known: at}, {Entry: 12, What: "decision", On: at}},
		Links:       []casefile.Link{{Case: "other", Kind: casefile.Enforcement, As: "enforcement"}},
		Contests: []casefile.Contest{
			{Act: 12, Route: "reconsideration", Applicant: "penalised", FiledOn: at, AcceptedOn: at},
			{Act: 5, Route: "court", Applicant: "penalised", FiledOn: at},
		},
		Duties: []casefile.PerformDuty{{Entry: 13, Act: 5, By: at}},
	}
	switch k {
	case casefile.Complaint:
		c.Complaint = &casefile.ComplaintFile{Dispute: "fee", EventOn: day("2026-01-20"), ReceivedOn: day("2026-02-02"), CountedFrom: day("2026-02-02"), ConsentComplainant: yes(), ConsentOperator: yes()}
	case casefile.Enforcement:
		c.Enforcement = &casefile.EnforcementFile{
			Violation: "service-standard", Requirement: "bill-detail", PeriodFrom: at, PeriodTo: at, Sequence: casefile.OrderThenSanction,
			Breach: true, Harm: true, Established: true, Ordered: 5, Term: term("15d"), Asked: true, Stage: 1, OtherLaw: no(),
			Noticed: &casefile.Intended{Sanction: "fine", Amount: 500000, On: at, Served: at}, Opinion: "agree", Waived: true,
			Investigators: []string{"li", "wang"},
		}
		switch s {
		case casefile.Decided, casefile.Payable, casefile.Unpaid, casefile.Correcting, casefile.EnforcementClosed:
			c.Enforcement.Sanctions = []casefile.Sanction{{Entry: 12, What: "fine"}}
			c.Enforcement.Reviewer, c.Enforcement.Head = "zhao", "qian"
			c.Fines = []casefile.Fine{{Decision: 12, Announced: 500000, Amount: 500000, PerMille: 30}}
			if s != casefile.Decided {
				c.Enforcement.Sanctions[0].Served, c.Fines[0].Due = at, day("2026-04-16")
			}
			if s == casefile.Correcting || s == casefile.EnforcementClosed {
				c.Fines[0].Payments = []casefile.Payment{{Paper: "p", Day: day("2026-04-10"), Amount: 500000}}
			}
		}
	case casefile.Appeal:
		c.Authority = ours
		c.Officer = "zhou"
		c.Appeal = &casefile.AppealFile{Contested: 12, ContestedCase: "other", Applicant: "penalised", FiledOn: at, AcceptedOn: at, Copied: true, Answered: true, Decision: 12, Outcome: "upheld", DecidedOn: at}
	case casefile.Inspection:
		c.Inspection = &casefile.InspectionFile{Team: []string{"li", "wang"}}
	}
	return c
}

// plausible fills in what a move may say.
func plausible(s casefile.Spec) casefile.Body {
	full := casefile.Body{
		Reasons: "r", Text: "t", Dispute: "fee", EventOn: day("2026-01-20"), AskedOperatorOn: day("2026-01-05"), Operator: carrier, Authority: "jl-pca",
		Officer: "wang", Officers: []string{"li", "wang"}, Term: term("9d"), Agreed: yes(), Satisfied: yes(), Finding: "founded",
		Violation: "service-standard", Requirement: "bill-detail", PeriodFrom: day("2026-01-05"), PeriodTo: day("2026-01-25"),
		Breach: yes(), Harm: yes(), Rectified: yes(), Sanction: "fine", Amount: 500000, AnnounceSurcharge: yes(), Points: 2,
		Opinion: "agree", OtherLaw: no(), Document: "penalty-decision", Method: "direct", On: day("2026-04-10"), Evidence: "e",
		Contested: 12, ContestedCase: "other", Route: "reconsideration", Applicant: "penalised", FiledOn: day("2026-04-02"), Outcome: "revoked", Case: "other",
		Slip: "A-1", Payment: 15, Cause: "complaint", Items: []casefile.Item{{Requirement: "bill-detail"}}, Shown: yes(), Signed: yes(), Witnessed: yes(), Value: "12.5", Body: "police",
	}
	if s.Name == "judgment" || s.Name == "summons" {
		full.Contested = 5
	}
	for _, g := range law().Regime.Grounds[s.Key()] {
		full.Ground = g.Code
	}
	var empty casefile.Body
	for _, name := range s.Extra(full) {
		copyField(&full, empty, name)
	}
	return full
}

func TestEveryMoveInEveryState(t *testing.T) {
	at := day("2026-04-20").Start(calendar.Shanghai())
	h := open(t, "2026-04-20")
	actors := []casefile.Actor{li, zhao, qian, bureaucrat, minister, {Sender: "operator"}, {}}
	for _, k := range casefile.Kinds() {
		for _, row := range casefile.Rows(k) {
			for _, s := range casefile.Specs(k) {
				for n, b := range []casefile.Body{{}, plausible(s)} {
					for _, by := range actors {
						before := standing(k, row.State)
						m := casefile.Move{Class: s.Class, Name: s.Name, Ref: "x", At: at, By: by, Body: b}
						if err := m.Ask(before, asked{h, before}); err != nil {
							t.Fatal(err)
						}
						name := string(k) + " " + string(row.State) + " " + s.Name
						o, r, err := casefile.Decide(before, m, law())
						switch {
						case err != nil:
							t.Errorf("%s (body %d): %v", name, n, err)
						case r != nil && s.Class == casefile.Paper:
							t.Errorf("%s: a paper is refused: %s", name, r.Code)
						case r != nil && (r.Code == "" || r.Reason.Zh == "" || r.Reason.En == ""):
							t.Errorf("%s: refusal %+v", name, r)
						case r == nil:
							bad := func(f string, args ...any) { t.Errorf(name+": "+f, args...) }
							folds(t, before, o, bad)
							if o.Entry.From != o.Entry.To {
								moves(before, o.Entry, bad)
							}
							if o.Entry.None != "" && (o.Entry.From != o.Entry.To || s.Class != casefile.Paper) {
								bad("none because %s, yet %s → %s", o.Entry.None, o.Entry.From, o.Entry.To)
							}
						}
						if n == 1 && r != nil && s.Class == casefile.Act && r.Code == "wrong-state" && slices.ContainsFunc(row.Moves, func(c casefile.Cell) bool { return c.Move == s.Name && c.Class == casefile.Act }) {
							t.Errorf("%s: refused by a state that has its cell", name)
						}
					}
				}
			}
		}
	}
}

// A table names only what the catalogue knows, and each act of the catalogue is possible somewhere.
func TestTablesAndCatalogueAgree(t *testing.T) {
	for _, k := range casefile.Kinds() {
		possible := map[string]bool{}
		for _, row := range casefile.Rows(k) {
			if row.Title.Zh == "" || row.Title.En == "" || row.Who == "" {
				t.Errorf("%s %s: no title or nobody to act next", k, row.State)
			}
			for _, cell := range row.Moves {
				possible[cell.Move] = true
				if cell.Class == casefile.Lapse {
					if class(cell.Move) != casefile.StatutoryEffect {
						t.Errorf("%s %s: the lapse of %s changes a state, and no statute says so", k, row.State, cell.Move)
					}
					continue
				}
				if _, ok := casefile.SpecOf(k, cell.Move); !ok {
					t.Errorf("%s %s: no such move %s", k, row.State, cell.Move)
				}
			}
		}
		named := map[string]bool{}
		for _, s := range casefile.Specs(k) {
			if named[s.Name] {
				t.Errorf("%s: two moves are called %s", k, s.Name)
			}
			named[s.Name] = true
			if s.Class == casefile.Act && !possible[s.Name] {
				t.Errorf("%s: the act %s is possible in no state", k, s.Name)
			}
			if s.Title.Zh == "" || s.Title.En == "" {
				t.Errorf("%s: %s has no title", k, s.Name)
			}
			if s.Class == casefile.Act && len(s.Roles) == 0 || s.Class == casefile.Paper && len(s.Senders) == 0 {
				t.Errorf("%s: nobody may make %s", k, s.Name)
			}
		}
	}
}

func TestRefusedOfficers(t *testing.T) {
	c := standing(casefile.Complaint, casefile.Received)
	for _, x := range []struct {
		by   casefile.Actor
		code string
	}{
		{bureaucrat, "wrong-authority"}, {zhao, "wrong-role"}, {wang, "wrong-officer"}, {casefile.Actor{Authority: here}, "wrong-authority"},
	} {
		_, r, err := casefile.Decide(c, casefile.Move{Class: casefile.Act, Name: "accept", Ref: "x", At: c.Filed, By: x.by}, law())
		if err != nil || r == nil || r.Code != x.code {
			t.Errorf("%+v: %v %v, want %s", x.by, r, err, x.code)
		}
	}
	if _, r, err := casefile.Decide(c, casefile.Move{Class: casefile.Act, Name: "accept", Ref: "x", At: c.Filed, By: qian}, law()); r != nil || err != nil {
		t.Errorf("the head may step in: %v %v", r, err)
	}
}
