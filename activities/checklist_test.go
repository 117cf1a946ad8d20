package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

func (w *world) inspection(operator string) string {
	w.t.Helper()
	got, err := w.reg.File(w.ctx, register.Filing{
		Owner: "plan", Key: w.key(), Kind: casefile.Inspection, Authority: "ln", Operator: operator, Subject: "检查",
		Body: casefile.Body{Operator: operator}, By: casefile.Actor{Sender: "officer"},
		Regime: register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
	})
	require.NoError(w.t, err)
	w.settle(got.Case, "")
	w.mustDo(got.Case, "approve", casefile.RoleHead, casefile.Body{})
	return got.Case
}

func (w *world) refused(id, name string, b casefile.Body) casefile.Refusal {
	w.t.Helper()
	row := w.do(id, name, casefile.RoleOfficer, b)
	require.NotNil(w.t, row.Verdict.Refusal)
	return *row.Verdict.Refusal
}

// The standard in force on the day is told to the law and kept by its hash, with the entry and not
// without; what follows is judged by the case alone, and the re-inspection by the same list.
func TestAnInspectionIsCarriedOutByAStandard(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		for id, types := range map[string][]string{"carrier": {"telecom-operator"}, "bazaar": {"shop"}} {
			require.NoError(t, w.reg.PutOperator(w.ctx, register.Operator{ID: id, Name: id, Province: "ln", Types: types}))
		}
		standard := casefile.Body{Standard: "telecom-indicators"}
		other := w.inspection("bazaar")
		require.Equal(t, "standard-not-binding", w.refused(other, "set-checklist", standard).Code)
		id := w.inspection("carrier")
		require.Equal(t, "unknown-standard", w.refused(id, "set-checklist", casefile.Body{Standard: "no-such"}).Code)
		_, c, err := w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		require.Nil(t, c.Checklist)

		w.mustDo(id, "set-checklist", casefile.RoleOfficer, casefile.Body{}) // the only one for such an operator
		w.mustDo(id, "set-checklist", casefile.RoleOfficer, standard)        // pinned twice is harmless
		_, c, err = w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		text, err := w.reg.StandardText(w.ctx, c.Checklist.Hash)
		require.NoError(t, err)
		require.Contains(t, string(text), "id: telecom-indicators")
		_, err = w.reg.StandardText(w.ctx, "0")
		require.ErrorIs(t, err, register.ErrNotFound)

		team := []string{"ln-a", "ln-b"}
		w.mustDo(id, "appoint", casefile.RoleOfficer, casefile.Body{Officers: team})
		w.mustDo(id, "start", casefile.RoleOfficer, casefile.Body{Officers: team, On: w.day(), Shown: new(true)})
		r := w.refused(id, "record", casefile.Body{Officers: team, Requirement: "fault-repair-town", Value: "48", Breach: new(true), Text: "t"})
		require.Equal(t, "breach-against-value", r.Code)
		require.Contains(t, r.Reason.Zh, "≤ 48 小时")
		for i, l := range c.Checklist.Lines {
			b := casefile.Body{Officers: team, Requirement: l.Code, NotApplicable: new(true), Reasons: "无此业务", Text: "t"}
			if l.Code == "fault-repair-town" || l.Code == "hotline-answer" {
				b = casefile.Body{Officers: team, Requirement: l.Code, Value: "49", Text: "t"}
			}
			if i == len(c.Checklist.Lines)-1 {
				require.Equal(t, "lines-left", w.refused(id, "preliminary", casefile.Body{Text: "t"}).Code)
			}
			w.mustDo(id, "record", casefile.RoleOfficer, b)
		}
		w.mustDo(id, "preliminary", casefile.RoleOfficer, casefile.Body{Text: "t"})
		w.paper(id, "comments", "operator", calendar.Day{}, casefile.Body{Text: "t"})
		w.settle(id, "")
		w.mustDo(id, "report", casefile.RoleOfficer, casefile.Body{Text: "t"})
		w.mustDo(id, "re-inspect", casefile.RoleOfficer, casefile.Body{})
		w.settleAll()
		w.mustDo(id, "open-enforcement", casefile.RoleOfficer, casefile.Body{Requirement: "fault-repair-town", PeriodFrom: w.day(), PeriodTo: w.day()})
		w.settleAll()
		_, c, err = w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		require.Equal(t, 2, c.Inspection.Result.NotMet)
		for _, l := range c.Links {
			_, linked, err := w.reg.CaseByID(w.ctx, l.Case)
			require.NoError(t, err)
			switch l.Kind {
			case casefile.Inspection:
				require.Equal(t, c.Checklist, linked.Checklist)
				require.Len(t, linked.Inspection.Items, 2)
			case casefile.Enforcement:
				require.Equal(t, "service-standard", linked.Enforcement.Violation)
			}
		}
		require.Len(t, c.Links, 2)
		w.clean()
	})
}
