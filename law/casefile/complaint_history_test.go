package casefile_test

import (
	"slices"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// elsewhere is the filing of a complaint that was over elsewhere, entered on the day on which it ended.
func elsewhere(t *testing.T, received, over string, b casefile.Body) casefile.Outcome {
	t.Helper()
	c := casefile.Case{ID: "old", Kind: casefile.Complaint, State: casefile.Filed, Regime: law().Regime.Hash, Authority: here, Operator: carrier, Filed: day(received).Start(calendar.Shanghai()), Visible: true}
	b.Imported, b.Dispute, b.Operator, b.On, b.Text = yes(), "fee", carrier, day(over), "t"
	m := casefile.Move{Class: casefile.Paper, Name: "filing", Ref: "p", At: day(over).Start(calendar.Shanghai()), By: casefile.Actor{Sender: "complainant"}, Body: b}
	o, r, err := casefile.Decide(c, m, law())
	if err != nil || r != nil {
		t.Fatal(r, err)
	}
	sound(t, c, m, o)
	return o
}

// Received on 3 March, answered on 20 May 2019: one entry says so, and nothing follows from it.
func TestEndedComplaint(t *testing.T) {
	for outcome, state := range map[string]casefile.State{
		"answered": casefile.ComplaintEnded, "not-accepted": casefile.NotAccepted, "transferred": casefile.Transferred, "withdrawn": casefile.Withdrawn,
	} {
		o := elsewhere(t, "2019-03-03", "2019-05-20", casefile.Body{Outcome: outcome, Finding: "founded", EventOn: day("2019-02-01")})
		c, f := o.Case, o.Case.Complaint
		if c.State != state || !c.Closed() || !f.Imported || c.BeforeRegime || f.ReceivedOn != day("2019-03-03") || f.EventOn != day("2019-02-01") {
			t.Errorf("%s: %s %+v", outcome, c.State, f)
		}
		if e := o.Entry; len(e.Armed)+len(e.Notices)+len(e.Sends)+len(c.Deadlines)+len(c.Contestable) != 0 || !slices.Contains(e.Cites, "house:import") || len(e.Cites) != 2 {
			t.Errorf("%s leads to %+v", outcome, e)
		}
		if answered := f.AnsweredOn == day("2019-05-20") && f.Finding == "founded"; answered != (outcome == "answered") {
			t.Errorf("%s: answered on %s, %s", outcome, f.AnsweredOn, f.Finding)
		}
		if c.Kept == nil || c.Kept.From != day("2019-05-20") {
			t.Errorf("%s: kept %+v, not from its own last day", outcome, c.Kept)
		}
	}
	if !slices.Equal(casefile.ComplaintOutcomes(), []string{"answered", "not-accepted", "transferred", "withdrawn"}) {
		t.Error(casefile.ComplaintOutcomes())
	}
}

// No text of ours was in force then: the entry cites none of them.
func TestEndedBeforeTheRegime(t *testing.T) {
	o := elsewhere(t, "1999-03-03", "1999-05-20", casefile.Body{Outcome: "answered", BeforeRegime: yes()})
	if !o.Case.BeforeRegime || !slices.Equal(o.Entry.Cites, []string{"house:import"}) {
		t.Errorf("%t, cites %v", o.Case.BeforeRegime, o.Entry.Cites)
	}
}

// What comes later is put on file: an answer that was sent elsewhere can't come back to us.
func TestEndedComplaintStaysEnded(t *testing.T) {
	o := elsewhere(t, "2019-03-03", "2019-05-20", casefile.Body{Outcome: "answered"})
	for _, name := range []string{"failed-delivery", "letter", "feedback"} {
		m := casefile.Move{Class: casefile.Paper, Name: name, Ref: name, At: day("2026-02-02").Start(calendar.Shanghai()).Add(time.Hour), By: li, Body: casefile.Body{Document: "answer", Text: "t", Satisfied: no()}}
		if name == "letter" {
			m.Body.Document = ""
		}
		got, _, err := casefile.Decide(o.Case, m, law())
		if err != nil || got.Case.State != casefile.ComplaintEnded || len(got.Case.Deadlines) != 0 || got.Case.Complaint.AnsweredOn.IsZero() {
			t.Errorf("%s: %v %s %v", name, err, got.Case.State, got.Case.Deadlines)
		}
	}
}
