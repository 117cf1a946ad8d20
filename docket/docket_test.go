package docket_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/access"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
)

// A case that somebody may not know of is no other to him than one of another kind, or none.
func TestWhatOneMayNotKnowOfIsNotThere(t *testing.T) {
	h := open(t)
	id, ctx := h.file().Case, t.Context()
	c := plain(casefile.Enforcement, id, h.regime(id))
	c.Visible = false
	h.stand(c)
	for name, find := range map[string]struct {
		who  access.Who
		kind casefile.Kind
	}{
		"its operator, not told":   {access.Who{Kind: access.Operator, ID: telco}, ""},
		"another operator":         {access.Who{Kind: access.Operator, ID: otherTelco}, ""},
		"an officer beside":        {officerOf(neighbour, "wei", casefile.RoleOfficer), ""},
		"its officer, as another ": {officerOf(bureau, "li", casefile.RoleOfficer), casefile.Complaint},
	} {
		row, got, err := h.docket.Find(ctx, find.who, access.ReadCase, id, find.kind)
		require.ErrorIs(t, err, access.ErrHidden, name)
		require.Zero(t, row, name)
		require.Zero(t, got, name)
	}
	c.Visible = true
	h.stand(c)
	_, _, err := h.docket.Find(ctx, access.Who{Kind: access.Operator, ID: telco}, access.ReadCase, id, "")
	require.NoError(t, err, "told, and it may")
}

// Of a case that he may know of, somebody outside reads what was done to him: not what presses the authority,
// not who reviewed it, and no other case that he may not know of.
func TestAFileForOutside(t *testing.T) {
	h := open(t)
	id, other := h.file().Case, h.file().Case
	c := plain(casefile.Enforcement, id, h.regime(id))
	c.Enforcement.Reviewer, c.Enforcement.Opinion = "zhao", "agree"
	c.Overdue = []string{"file"}
	ten := calendar.Term{N: 10, Unit: calendar.WorkingDays}
	c.Deadlines = []casefile.Deadline{
		casefile.Deadline{Name: "file", Class: casefile.OwnDuty, From: today, Term: ten}.By(h.days),
		casefile.Deadline{Name: "rectification", Class: casefile.PartyTerm, From: today, Term: ten}.By(h.days),
	}
	c.Links = []casefile.Link{{Case: other, Kind: casefile.Inspection, As: "source"}, {Case: "nowhere", Kind: casefile.Inspection, As: "source"}}
	h.stand(c)
	unseen := plain(casefile.Inspection, other, c.Regime)
	unseen.Visible = false
	h.stand(unseen)
	file := func(who access.Who) docket.File {
		row, c, err := h.docket.Find(t.Context(), who, access.ReadCase, id, "")
		require.NoError(t, err)
		f, err := h.docket.File(t.Context(), who, row, c)
		require.NoError(t, err)
		return f
	}
	ours, theirs := file(officerOf(bureau, "li", casefile.RoleOfficer)), file(access.Who{Kind: access.Operator, ID: telco})
	require.Equal(t, []int{2, 1, 2}, []int{len(ours.Deadlines), len(ours.Late), len(ours.Links)})
	require.Equal(t, "zhao", ours.Enforcement.Reviewer)
	require.Len(t, theirs.Deadlines, 1)
	require.Equal(t, "rectification", theirs.Deadlines[0].Name)
	require.NotEmpty(t, theirs.Deadlines[0].Why.Zh)
	require.NotEmpty(t, theirs.Deadlines[0].Why.En)
	require.Empty(t, theirs.Late)
	require.Empty(t, theirs.Links)
	require.Empty(t, theirs.Enforcement.Reviewer+theirs.Enforcement.Opinion)
	_, c, err := h.register.CaseByID(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, "zhao", c.Enforcement.Reviewer, "what is left out for one reader is there for the next")
}

// Whoever handles a case reads how its persons are reached; a colleague who says why, their names; each time
// it is kept before anything is shown.
func TestPersonsAreOpenedAndItIsKept(t *testing.T) {
	h := open(t)
	id := h.file().Case
	h.stand(plain(casefile.Complaint, id, h.regime(id)))
	open := func(who access.Who, purpose string) ([]docket.Person, error) {
		row, _, err := h.docket.Find(t.Context(), who, access.OpenPersons, id, "")
		require.NoError(t, err)
		return h.docket.Persons(t.Context(), who, row, purpose)
	}
	li, wang, zhou := officerOf(bureau, "li", casefile.RoleOfficer), officerOf(bureau, "wang", casefile.RoleOfficer), officerOf(ministry, "zhou", casefile.RoleOfficer)
	got, err := open(li, "")
	require.NoError(t, err)
	require.Equal(t, []docket.Person{{Role: "complainant", Name: "张三", Phone: "13800000000"}}, got)
	for _, who := range []access.Who{wang, zhou} {
		_, err = open(who, "")
		require.ErrorIs(t, err, docket.ErrPurpose)
		got, err = open(who, "核对")
		require.NoError(t, err)
		require.Equal(t, []docket.Person{{Role: "complainant", Name: "张三"}}, got)
	}
	row, _, err := h.register.CaseByID(t.Context(), id)
	require.NoError(t, err)
	kept, _, err := h.docket.Openings(t.Context(), row, 0, 10)
	require.NoError(t, err)
	var said []string
	for _, o := range kept {
		said = append(said, o.Officer+" "+o.Purpose+" "+o.What)
	}
	require.ElementsMatch(t, []string{"li handling contact", "wang 核对 names", "zhou 核对 names"}, said)
}

// A receipt says what a reconsideration came to, and the amount as it was varied, once the decision is served
// and not before.
func TestAReceiptSaysTheAmountAsVaried(t *testing.T) {
	h := open(t)
	got := h.file()
	c := plain(casefile.Appeal, got.Case, h.regime(got.Case))
	c.Appeal.Outcome, c.Appeal.Amount = "varied", 200_000
	for _, row := range casefile.Rows(casefile.Appeal) {
		c.State = row.State
		h.stand(c)
		tracked, err := h.docket.Track(t.Context(), got.Number, got.Pin)
		require.NoError(t, err)
		want := []any{"", casefile.Fen(0)}
		if row.Closed {
			want = []any{"varied", casefile.Fen(200_000)}
		}
		require.Equal(t, want, []any{tracked.Outcome, tracked.Amount}, row.State)
	}
}

// An operator that takes the place of one named wrongly reads nothing that the other has sent, in the ledger or
// by the paper's id; what it sends itself it reads at once.
func TestPapersOfTheOperatorNamedFirst(t *testing.T) {
	h := open(t)
	id := h.file().Case
	reply, _ := casefile.SpecOf(casefile.Complaint, "reply")
	first := scene{spec: reply, sender: casefile.ReaderOperator, seq: 1, ref: "first"}
	second := scene{spec: reply, sender: casefile.ReaderOperator, seq: 3, ref: "second"}
	waits := scene{spec: reply, sender: casefile.ReaderOperator, waits: true, ref: "waits"}
	h.play(id, "", []scene{first, second, waits})
	c := plain(casefile.Complaint, id, h.regime(id))
	c.Seq, c.Corrected = 3, []casefile.Corrected{{Entry: 2, Facts: []string{"operator"}}}
	h.stand(c)
	who := access.Who{Kind: access.Operator, ID: telco}
	row, c, err := h.docket.Find(t.Context(), who, access.ReadCase, id, "")
	require.NoError(t, err)
	for ref, reads := range map[string]bool{"first": false, "second": true, "waits": true} {
		p, err := h.docket.Paper(t.Context(), who, row, c, ref)
		require.NoError(t, err)
		require.Equal(t, reads, p.Body != nil, ref)
	}
}
