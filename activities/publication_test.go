package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
)

// warned is an enforcement case filed now whose warning was decided and served on that day, and
// the fault verified as corrected: it is closed.
func (w *world) warned(requirement, on string) (id string, decision int) {
	w.t.Helper()
	w.goTo(on)
	today := w.day()
	got, err := w.reg.File(w.ctx, register.Filing{
		Owner: "ln", Key: w.key(), Kind: casefile.Enforcement, Authority: "ln", Operator: "op1", Subject: "自查报告",
		Body: casefile.Body{Violation: "self-check-report", Requirement: requirement, PeriodFrom: today.AddDays(-30), PeriodTo: today.AddDays(-10), Operator: "op1"},
		By:   casefile.Actor{Officer: "ln-a", Role: casefile.RoleOfficer, Authority: "ln", Sender: "officer"}, Regime: register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
	})
	require.NoError(w.t, err)
	id = got.Case
	w.settle(id, "")
	yes := true
	both := []string{"ln-a", "ln-b"}
	warning := casefile.Body{Sanction: "warning", Reasons: "理由"}
	proof := func(document string) casefile.Body {
		return casefile.Body{Document: document, Method: "direct", On: today, Evidence: "proof"}
	}
	w.mustDo(id, "establish", casefile.RoleOfficer, casefile.Body{Officers: both, Breach: &yes, Harm: &yes, Text: "内容"})
	w.mustDo(id, "file", casefile.RoleHead, casefile.Body{Reasons: "理由"})
	w.mustDo(id, "notify", casefile.RoleOfficer, warning)
	w.mustDo(id, "serve", casefile.RoleOfficer, proof("penalty-notice"))
	w.paper(id, "waiver", "operator", calendar.Day{}, casefile.Body{})
	w.settle(id, "")
	w.mustDo(id, "review", casefile.RoleReviewer, casefile.Body{Opinion: "agree", Text: "内容"})
	decision = w.mustDo(id, "decide", casefile.RoleHead, warning)
	w.mustDo(id, "serve", casefile.RoleOfficer, proof("penalty-decision"))
	w.mustDo(id, "verify", casefile.RoleOfficer, casefile.Body{Officers: both, Rectified: &yes, Text: "内容"})
	return id, decision
}

func (w *world) public(f register.PublishedFilter) []register.Published {
	w.t.Helper()
	list, err := w.reg.Publications(w.ctx, f, 0, 10)
	require.NoError(w.t, err)
	return list
}

// Two warnings of 04-01: one is annulled by a court and taken down late, one runs out of itself.
func TestWhatThePublicReads(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		lib, err := regimes.Load()
		require.NoError(t, err)
		w.bundle, err = lib.At("telecom-2001", calendar.NewDay(2026, 4, 1))
		require.NoError(t, err)
		first, decision := w.warned("report-1", "2026-04-01")
		second, _ := w.warned("report-2", "2026-04-01")
		require.Empty(t, w.public(register.PublishedFilter{}), "nothing is published yet")
		w.goTo("2026-04-02")
		w.mustDo(first, "publish", casefile.RoleOfficer, casefile.Body{})
		w.mustDo(second, "publish", casefile.RoleOfficer, casefile.Body{})
		w.clean()

		row, c, err := w.reg.CaseByID(w.ctx, first)
		require.NoError(t, err)
		require.True(t, row.Closed)
		require.NotNil(t, c.Kept)
		list := w.public(register.PublishedFilter{})
		require.Len(t, list, 2)
		p := list[1] // the newest comes first
		require.Equal(t, []any{row.Number, "ln", "op1", "运营商甲", casefile.PenaltyDecision, "self-check-report", []string{"warning"}, decision}, []any{
			p.Number, p.Authority, p.Operator, p.Name, p.What, p.Violation, p.Sanctions, p.Of,
		})
		require.Equal(t, []string{"2026-04-01", "2026-04-02", "2026-07-01"}, []string{p.DecidedOn.String(), p.On.String(), p.Until.String()})
		require.NotEmpty(t, p.Title.Zh)
		require.NotEmpty(t, p.Title.En)
		require.Len(t, w.public(register.PublishedFilter{Operator: "op1", Authority: "ln", What: casefile.PenaltyDecision}), 2)
		require.Empty(t, w.public(register.PublishedFilter{What: casefile.InspectionResult}))
		require.Empty(t, w.public(register.PublishedFilter{Authority: "jl"}))
		rest, err := w.reg.Publications(w.ctx, register.PublishedFilter{}, list[0].Serial, 10)
		require.NoError(t, err)
		require.Len(t, rest, 1)

		// 05-11: annulled, while the case is closed. Three working days; nobody does it.
		w.goTo("2026-05-11")
		w.paper(first, "judgment", "court", calendar.Day{}, casefile.Body{Contested: decision, Outcome: "revoked", On: calendar.NewDay(2026, 5, 11)})
		w.settle(first, "")
		_, c, err = w.reg.CaseByID(w.ctx, first)
		require.NoError(t, err)
		due, armed := c.Deadline("withdraw-publication")
		require.True(t, armed)
		require.Equal(t, "2026-05-14", due.Day.String())
		require.True(t, c.Closed())
		require.Len(t, w.public(register.PublishedFilter{}), 2)
		w.goTo("2026-05-15")
		w.settle(first, "")
		row, c, err = w.reg.CaseByID(w.ctx, first)
		require.NoError(t, err)
		require.Equal(t, []string{"withdraw-publication"}, c.Overdue)
		require.True(t, row.Overdue)
		w.clean()
		w.mustDo(first, "withdraw-publication", casefile.RoleOfficer, casefile.Body{Reasons: "判决撤销"})
		left := w.public(register.PublishedFilter{})
		require.Len(t, left, 1)
		require.Equal(t, list[0].Number, left[0].Number)
		w.clean()

		w.goTo("2026-07-01")
		require.Len(t, w.public(register.PublishedFilter{}), 1)
		w.goTo("2026-07-02") // three months are over: by no entry
		require.Empty(t, w.public(register.PublishedFilter{}))
		w.clean()

		// The second one's time counts from the end of its window to sue.
		w.goTo("2026-11-02")
		w.settle(second, "")
		page, err := w.reg.Cases(w.ctx, register.CaseFilter{Kept: calendar.NewDay(2056, 10, 8)})
		require.NoError(t, err)
		require.Len(t, page.Cases, 1, "the first, whose file was last added to in May")
		page, err = w.reg.Cases(w.ctx, register.CaseFilter{Kept: calendar.NewDay(2056, 10, 9)})
		require.NoError(t, err)
		require.Len(t, page.Cases, 2)
		w.clean()
	})
}
