package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

func (w *world) violation(requirement, from, to string) string {
	w.t.Helper()
	complaint := w.complaint("other")
	b := casefile.Body{Violation: "service-standard", Requirement: requirement, PeriodFrom: w.parse(from), PeriodTo: w.parse(to), Reasons: "r"}
	w.mustDo(complaint, "open-enforcement", casefile.RoleOfficer, b)
	w.settleAll()
	_, c, err := w.reg.CaseByID(w.ctx, complaint)
	require.NoError(w.t, err)
	return c.Links[len(c.Links)-1].Case
}

func (w *world) parse(day string) calendar.Day {
	d, err := calendar.ParseDay(day)
	require.NoError(w.t, err)
	return d
}

// The days of a violation act move with what is put right: those that it leaves are free, and one that
// another case holds refuses.
func TestViolationActMovesWithItsFacts(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		first := w.violation("bill-detail", "2025-12-01", "2025-12-10")
		second := w.violation("bill-detail", "2025-12-20", "2025-12-25")
		row := w.do(first, "correct-facts", casefile.RoleOfficer, casefile.Body{PeriodTo: w.parse("2025-12-22"), Reasons: "r"})
		require.NotNil(t, row.Verdict.Refusal)
		require.Equal(t, "same-violation-act", row.Verdict.Refusal.Code)
		w.mustDo(first, "correct-facts", casefile.RoleOfficer, casefile.Body{PeriodFrom: w.parse("2025-12-05"), PeriodTo: w.parse("2025-12-19"), Reasons: "r"})
		w.clean() // the register holds as many days as the period has
		w.mustDo(second, "correct-facts", casefile.RoleOfficer, casefile.Body{PeriodFrom: w.parse("2025-12-01"), PeriodTo: w.parse("2025-12-04"), Reasons: "r"})
		w.mustDo(first, "correct-facts", casefile.RoleOfficer, casefile.Body{Operator: "op2", Requirement: "hotline", Reasons: "r"})
		third := w.violation("bill-detail", "2025-12-05", "2025-12-19") // free again
		require.NotEqual(t, first, third)
		w.clean()
		line, c, err := w.reg.CaseByID(w.ctx, first)
		require.NoError(t, err)
		require.Equal(t, "op2", line.Operator)
		require.Equal(t, "hotline", c.Enforcement.Requirement)
		for text, found := range map[string]bool{"运营商乙": true, "hotline": true, "运营商甲": false, "bill-detail": false} {
			page, err := w.reg.Cases(w.ctx, register.CaseFilter{Kind: casefile.Enforcement, Text: text, Limit: 200})
			require.NoError(t, err)
			has := false
			for _, x := range page.Cases {
				has = has || x.ID == first
			}
			require.Equal(t, found, has, text)
		}
		row = w.do(first, "correct-facts", casefile.RoleOfficer, casefile.Body{Operator: "nobody", Reasons: "r"})
		require.Equal(t, "unknown-operator", row.Verdict.Refusal.Code)
	})
}

// Contact data stand with the persons alone; the entry says only that they were changed. What was
// filed is still what its hash was made over.
func TestContactPutRight(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		got, err := w.reg.File(w.ctx, register.Filing{
			Owner: "public", Key: w.key(), Kind: casefile.Complaint, Authority: "ln", Operator: "op1", Subject: "话费争议",
			Body: casefile.Body{Dispute: "other", Operator: "op1", Text: "t"}, By: casefile.Actor{Sender: "complainant"},
			Parties: []register.Party{{Role: "complainant", Person: register.Person{Name: "张三", Phone: "13800000000"}}},
			Regime:  register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
		})
		require.NoError(t, err)
		w.settle(got.Case, "")
		in := register.ActIn{
			Owner: "test", Key: w.key(), Case: got.Case, Name: "correct-facts", Body: casefile.Body{Reasons: "号码登记有误"},
			By:      casefile.Actor{Officer: "ln-a", Role: casefile.RoleOfficer, Authority: "ln"},
			Contact: &register.Person{Name: "张三", Phone: "13911112222", Email: "zhang@example.org"},
		}
		w.make(in)
		w.make(in) // asked for again
		other := in
		other.Contact = &register.Person{Name: "张三", Phone: "1"}
		_, err = w.act.Act(w.ctx, other)
		require.ErrorIs(t, err, register.ErrKeyReused)
		for _, l := range w.lines(got.Case) {
			require.NotContains(t, l, "13911112222")
			require.NotContains(t, l, "zhang@example.org")
		}
		last := w.entries(got.Case)[1]
		require.Equal(t, "correct-facts", last.Move)
		require.JSONEq(t, `[{"entry":2,"facts":["contact"]}]`, string(last.Patch["corrected"]))
		notices, err := w.reg.ClaimNotices(w.ctx, 100, 60e9)
		require.NoError(t, err)
		for _, n := range notices {
			if n.To == "complainant" {
				require.Equal(t, "zhang@example.org", n.Contact.Email, n.Document)
			}
		}
		w.clean()

		// Refused, it leaves nothing: another officer may not.
		in.Key, in.By.Officer, in.Contact = w.key(), "ln-b", &register.Person{Name: "李四", Phone: "1"}
		w.mustDo(got.Case, "assign", casefile.RoleOfficer, casefile.Body{Officer: "ln-a"})
		row := w.make(in)
		require.Equal(t, "wrong-officer", row.Verdict.Refusal.Code)
		w.clean()
	})
}

// A day of the event that was typed wrongly no longer holds the preservation.
func TestEventDayPutRightOverSettle(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("fee")
		w.mustDo(id, "accept", casefile.RoleOfficer, casefile.Body{})
		w.mustDo(id, "correct-facts", casefile.RoleOfficer, casefile.Body{EventOn: w.parse("2025-12-20"), Reasons: "r"})
		_, c, err := w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		require.Equal(t, "2026-05-20", c.Complaint.PreserveUntil.String())
		w.clean()
	})
}
