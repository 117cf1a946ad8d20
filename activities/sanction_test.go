package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
)

// shopping files a case of forced shopping under the tourism regime against the operator.
func (w *world) shopping(operator string) string {
	w.t.Helper()
	lib, err := regimes.Load()
	require.NoError(w.t, err)
	tourism, err := lib.At("liaoning-tourism-1991", w.day())
	require.NoError(w.t, err)
	got, err := w.reg.File(w.ctx, register.Filing{
		Owner: "officer", Key: w.key(), Kind: casefile.Enforcement, Authority: "ln", Operator: operator, Subject: "安排购物",
		Body: casefile.Body{
			Violation: "forced-shopping", Requirement: "agency-" + operator, PeriodFrom: calendar.NewDay(2025, 12, 1), PeriodTo: calendar.NewDay(2025, 12, 2), Operator: operator,
		},
		By: casefile.Actor{Sender: "officer"}, Regime: register.RegimeText{Hash: tourism.Regime.Hash, Text: tourism.Text},
	})
	require.NoError(w.t, err)
	w.settle(got.Case, "")
	w.mustDo(got.Case, "establish", casefile.RoleOfficer, casefile.Body{
		Officers: []string{"ln-a", "ln-b"}, Breach: w.yes(10), Harm: w.yes(10), Income: 12_000_00, Text: "认定",
	})
	return got.Case
}

// The right to a hearing lapses by itself, the suspension runs and ends by itself; the case waits
// for the officers who verify. The register tells the types of the operator where the law asks.
func TestSanctionsBesideAFine(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		require.NoError(t, w.reg.PutOperator(w.ctx, register.Operator{ID: "sight", Name: "景区", Types: []string{"sight"}, Province: "ln"}))
		require.NoError(t, w.reg.PutOperator(w.ctx, register.Operator{ID: "agency", Name: "旅行社", Types: []string{"travel-agency"}, Province: "ln"}))
		refused := w.do(w.shopping("sight"), "file", casefile.RoleHead, casefile.Body{Reasons: "立案"}).Verdict.Refusal
		require.NotNil(t, refused)
		require.Equal(t, "operator-type", refused.Code)
		require.Equal(t, "tourism-law-2018:98", refused.Cite)

		id := w.shopping("agency")
		w.mustDo(id, "file", casefile.RoleHead, casefile.Body{Reasons: "立案"})
		heavy := casefile.Body{
			Sanction: "fine", Amount: 60_000_00, Also: []string{"confiscation", "suspension"}, Confiscated: 12_000_00,
			Suspension: calendar.Term{N: 1, Unit: calendar.Months}, Reasons: "理由",
		}
		w.mustDo(id, "notify", casefile.RoleOfficer, heavy)
		served := casefile.Body{Document: "penalty-notice", Method: "direct", On: w.day(), Evidence: "proof"}
		w.mustDo(id, "serve", casefile.RoleOfficer, served)
		w.goTo("2026-01-13") // five working days from 01-05: until the 12th
		w.mustDo(id, "review", casefile.RoleReviewer, casefile.Body{Opinion: "agree", Text: "审核"})
		require.Contains(t, moves(w.entries(id)), "hearing-request")
		heavy.Collective = w.yes(10)
		w.mustDo(id, "decide", casefile.RoleHead, heavy)
		served.Document, served.On = "penalty-decision", w.day()
		w.mustDo(id, "serve", casefile.RoleOfficer, served)
		w.paper(id, "payment", "bank", w.day(), casefile.Body{Amount: 72_000_00, On: w.day()})
		w.goTo("2026-02-14")
		w.settle(id, "")
		require.Contains(t, moves(w.entries(id)), "suspension")
		w.mustDo(id, "verify", casefile.RoleOfficer, casefile.Body{Officers: []string{"ln-a", "ln-b"}, Rectified: w.yes(10), Text: "复查"})
		_, c, err := w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		require.Equal(t, casefile.EnforcementClosed, c.State)
		w.clean()
	})
}

// One payment is put to the wrong case, then to the right one: the register tells the second that the slip
// is known, whatever way its number is written, and an officer counts it.
func TestASlipThatWasPutToAnotherCaseFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		require.NoError(t, w.reg.PutOperator(w.ctx, register.Operator{ID: "agency", Name: "旅行社", Types: []string{"travel-agency"}, Province: "ln"}))
		require.NoError(t, w.reg.PutOperator(w.ctx, register.Operator{ID: "other", Name: "另一旅行社", Types: []string{"travel-agency"}, Province: "ln"}))
		fined := func(operator string) string {
			id := w.shopping(operator)
			w.mustDo(id, "file", casefile.RoleHead, casefile.Body{Reasons: "立案"})
			b := casefile.Body{Sanction: "fine", Amount: 60_000_00, Also: []string{"confiscation", "suspension"}, Confiscated: 12_000_00, Suspension: calendar.Term{N: 1, Unit: calendar.Months}, Reasons: "理由", Collective: w.yes(10)}
			notice := b
			notice.Collective = nil
			w.mustDo(id, "notify", casefile.RoleOfficer, notice)
			w.mustDo(id, "serve", casefile.RoleOfficer, casefile.Body{Document: "penalty-notice", Method: "direct", On: w.day(), Evidence: "proof"})
			w.paper(id, "waiver", "operator", calendar.Day{}, casefile.Body{Hearing: w.yes(10)})
			w.settle(id, "")
			w.mustDo(id, "review", casefile.RoleReviewer, casefile.Body{Opinion: "agree", Text: "审核"})
			w.mustDo(id, "decide", casefile.RoleHead, b)
			w.mustDo(id, "serve", casefile.RoleOfficer, casefile.Body{Document: "penalty-decision", Method: "direct", On: w.day(), Evidence: "proof"})
			return id
		}
		wrong, right := fined("agency"), fined("other")
		slip := casefile.Body{Amount: 72_000_00, On: w.day(), Slip: "ICBC-0042"}
		w.paper(right, "payment-report", "operator", calendar.Day{}, slip) // what an operator says makes nothing doubtful
		w.settle(right, "")
		w.paper(wrong, "payment", "bank", w.day(), slip)
		w.settle(wrong, "")
		slip.Slip = "icbc/0042"
		w.paper(right, "payment", "bank", w.day(), slip)
		w.settle(right, "")
		_, c, err := w.reg.CaseByID(w.ctx, wrong)
		require.NoError(t, err)
		require.Len(t, c.Received(), 1)
		require.Empty(t, c.Doubts)
		_, c, err = w.reg.CaseByID(w.ctx, right)
		require.NoError(t, err)
		require.Empty(t, c.Received())
		require.Len(t, c.Doubts, 1)
		require.Equal(t, wrong, c.Doubts[0].Case)
		w.mustDo(right, "count-payment", casefile.RoleOfficer, casefile.Body{Payment: c.Doubts[0].Entry, Reasons: "确为本案缴款"})
		_, c, err = w.reg.CaseByID(w.ctx, right)
		require.NoError(t, err)
		require.Equal(t, casefile.Correcting, c.State)
		require.Equal(t, c.Doubts[0].Paper, c.Reports[0].Payment)
		w.clean()
	})
}
