package activities_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
	"duban/register/postgrestest"
)

// onBoth runs a test on both databases, each with a new register at 2026-01-05 09:00.
func onBoth(t *testing.T, f func(t *testing.T, w *world)) {
	t.Run("sqlite", func(t *testing.T) {
		f(t, newWorld(t, "sqlite:"+filepath.Join(t.TempDir(), "register.db"), 1))
	})
	t.Run("postgresql", func(t *testing.T) { f(t, newWorld(t, postgrestest.Start(t), 1)) })
}

func (w *world) complaint(dispute string) string {
	got, err := w.reg.File(w.ctx, register.Filing{
		Owner: "public", Key: w.key(), Kind: casefile.Complaint, Authority: "ln", Operator: "op1", Subject: "话费争议",
		Body: casefile.Body{Dispute: dispute, Operator: "op1", Text: "话费争议"}, By: casefile.Actor{Sender: "complainant"},
		Regime: register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
	})
	require.NoError(w.t, err)
	w.settle(got.Case, "")
	return got.Case
}

// mustDo makes an act that the law allows and returns its entry.
func (w *world) mustDo(id, name string, role casefile.Role, b casefile.Body) int {
	w.t.Helper()
	row := w.do(id, name, role, b)
	require.Nil(w.t, row.Verdict.Refusal, "act %s", name)
	return row.Verdict.Entry
}

func (w *world) do(id, name string, role casefile.Role, b casefile.Body) acted {
	w.t.Helper()
	_, c, err := w.reg.CaseByID(w.ctx, id)
	require.NoError(w.t, err)
	by := map[casefile.Role]string{casefile.RoleOfficer: "-a", casefile.RoleReviewer: "-c", casefile.RoleHead: "-d"}[role]
	return w.make(register.ActIn{
		Owner: "test", Key: w.key(), Case: id, Name: name, Body: b,
		By: casefile.Actor{Officer: c.Authority + by, Role: role, Authority: c.Authority},
	})
}

// acted is an act with what became of it.
type acted struct{ Verdict register.Verdict }

// make asks for an act. Refused, it must have left no row.
func (w *world) make(in register.ActIn) acted {
	w.t.Helper()
	made, err := w.act.Act(w.ctx, in)
	require.NoError(w.t, err)
	row, err := w.reg.ActByKey(w.ctx, in.Owner, in.Key)
	if made.Refusal != nil {
		require.ErrorIs(w.t, err, register.ErrNotFound)
	} else {
		require.NoError(w.t, err)
		require.Equal(w.t, made.Entry, row.Verdict.Entry)
	}
	return acted{Verdict: register.Verdict{Entry: made.Entry, Refusal: made.Refusal}}
}

func (w *world) paper(id, name, sender string, effective calendar.Day, b casefile.Body) {
	w.t.Helper()
	_, err := w.reg.Receive(w.ctx, register.PaperIn{Owner: "test", Key: w.key(), Case: id, Name: name, By: casefile.Actor{Sender: sender}, Body: b, Effective: effective})
	require.NoError(w.t, err)
}

func (w *world) goTo(day string) {
	d, err := calendar.ParseDay(day)
	require.NoError(w.t, err)
	w.now = d.Start(calendar.Shanghai()).Add(9 * time.Hour)
	require.NoError(w.t, w.reg.StepClock(w.ctx, w.now))
}

func (w *world) entries(id string) []casefile.Entry {
	lines, err := w.reg.Ledger(w.ctx, id, 0, 200)
	require.NoError(w.t, err)
	var out []casefile.Entry
	for _, l := range lines {
		out = append(out, l.Entry)
	}
	return out
}

func (w *world) clean() {
	report, err := w.reg.Verify(w.ctx, nil)
	require.NoError(w.t, err)
	require.Empty(w.t, report.Violations)
}

func moves(entries []casefile.Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Move)
	}
	return out
}

// The reply reached our door in time; that nobody entered it until after its deadline is our affair.
func TestReplyThatWaitedWhileWorkersWereDownIsOnTime(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		w.mustDo(id, "accept", casefile.RoleOfficer, casefile.Body{})
		w.mustDo(id, "forward", casefile.RoleOfficer, casefile.Body{})
		w.goTo("2026-01-14")
		w.paper(id, "reply", "operator", calendar.Day{}, casefile.Body{Text: "回复"})
		w.goTo("2026-01-28")
		w.settle(id, "")
		for _, e := range w.entries(id) {
			require.False(t, e.Class == casefile.Lapse && e.Move == "reply", "the operator's term must not lapse")
		}
		require.Contains(t, moves(w.entries(id)), "reply")
		w.clean()
	})
}

// Posted within the term, received after it: the entered lapse is set aside by a new entry.
func TestReplyPostedInTimeSetsTheLapseAside(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		w.mustDo(id, "accept", casefile.RoleOfficer, casefile.Body{})
		w.mustDo(id, "forward", casefile.RoleOfficer, casefile.Body{})
		_, c, err := w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		due, armed := c.Deadline("reply")
		require.True(t, armed)
		w.goTo(due.Day.AddDays(2).String())
		w.settle(id, "")
		lapse := w.entries(id)[len(w.entries(id))-1]
		require.Equal(t, "reply", lapse.Move)
		w.paper(id, "reply", "operator", due.Day, casefile.Body{Text: "回复"})
		w.settle(id, "")
		last := w.entries(id)[len(w.entries(id))-1]
		require.Equal(t, []int{lapse.Seq}, last.Corrects)
		require.Equal(t, casefile.Replied, last.To)
		w.clean()
	})
}

func TestStaleIfMatchIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		zero := 0
		row := w.make(register.ActIn{Owner: "test", Key: w.key(), Case: id, Name: "accept", By: staff("ln")[0], IfMatch: &zero})
		require.Equal(t, "stale", row.Verdict.Refusal.Code)
		require.Len(t, w.entries(id), 1)
	})
}

func TestAnActAskedForTwiceIsMadeOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		in := register.ActIn{Owner: "test", Key: w.key(), Case: id, Name: "accept", By: staff("ln")[0]}
		w.paper(id, "letter", "complainant", calendar.Day{}, casefile.Body{Text: "来信"})
		var wg sync.WaitGroup
		for range 8 { // the API and the worker at once
			wg.Go(func() {
				if made, err := w.act.Act(w.ctx, in); err != nil || made.Entry != 3 {
					t.Error(made, err)
				}
			})
			wg.Go(func() {
				if _, err := w.act.Settle(w.ctx, activities.SettleInput{Case: id}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		require.Equal(t, []string{"filing", "letter", "accept"}, moves(w.entries(id)))
		w.clean()
	})
}

// An act that the register does not have, because a crash took the row that a program of before wrote, is
// told to be lost.
func TestAnActThatIsNotThereIsToldToBeLost(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		out, err := w.act.Settle(w.ctx, activities.SettleInput{Case: id, Act: "a"})
		require.NoError(t, err)
		require.True(t, out.Lost)
		w.clean()
	})
}

// Complaint and enforcement put papers into each other's inboxes while both are being settled.
func TestLinkedCasesSettlingAtOnceDoNotBlockEachOther(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		w.mustDo(id, "open-enforcement", casefile.RoleOfficer, casefile.Body{
			Violation: "service-standard", Requirement: "billing", PeriodFrom: w.day().AddDays(-30), PeriodTo: w.day().AddDays(-10), Reasons: "涉嫌违反服务标准",
		})
		w.settleAll()
		_, c, err := w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		other := c.Links[0].Case
		for range 20 {
			w.paper(id, "letter", "complainant", calendar.Day{}, casefile.Body{Text: "来信"})
			w.paper(other, "letter", "operator", calendar.Day{}, casefile.Body{Text: "来信"})
		}
		w.paper(id, "withdrawal", "complainant", calendar.Day{}, casefile.Body{}) // tells the enforcement case
		var wg sync.WaitGroup
		for _, one := range []string{id, other, id, other} {
			wg.Go(func() {
				for range 3 {
					if _, err := w.act.Settle(w.ctx, activities.SettleInput{Case: one}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		w.settleAll()
		require.Contains(t, moves(w.entries(other)), "settlement")
		left, err := w.reg.Unsettled(w.ctx)
		require.NoError(t, err)
		require.Zero(t, left)
		w.clean()
	})
}

// A second complaint on the same violation act joins the first case: one act, one case.
func TestSameViolationActJoins(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		var links []string
		body := casefile.Body{Violation: "service-standard", Requirement: "billing", PeriodFrom: w.day().AddDays(-30), PeriodTo: w.day().AddDays(-10), Reasons: "同一违法行为"}
		ids := []string{w.complaint("fee"), w.complaint("fee"), w.complaint("fee")}
		var wg sync.WaitGroup
		for i, id := range ids {
			in := register.ActIn{Owner: "join", Key: fmt.Sprint(i), Case: id, Name: "open-enforcement", By: staff("ln")[0], Body: body}
			wg.Go(func() {
				if made, err := w.act.Act(w.ctx, in); err != nil || made.Refusal != nil {
					t.Error(made, err)
				}
			})
		}
		wg.Wait()
		w.settleAll()
		for _, id := range ids {
			_, c, err := w.reg.CaseByID(w.ctx, id)
			require.NoError(t, err)
			links = append(links, c.Links[0].Case)
		}
		require.Equal(t, []string{links[0], links[0], links[0]}, links)
		_, e, err := w.reg.CaseByID(w.ctx, links[0])
		require.NoError(t, err)
		require.Len(t, e.Enforcement.Joined, 2)
		w.clean()
	})
}

// A move that can't be decided stops its own case after the fifth time, and no other.
func TestPoisonPaperStopsOnlyItsOwnCase(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		sick, well := w.complaint("other"), w.complaint("other")
		w.paper(sick, "no-such-paper", "complainant", calendar.Day{}, casefile.Body{})
		for range register.MaxFaults - 1 {
			_, err := w.act.Settle(w.ctx, activities.SettleInput{Case: sick})
			require.ErrorContains(t, err, "no-such-paper")
		}
		out, err := w.act.Settle(w.ctx, activities.SettleInput{Case: sick})
		require.NoError(t, err)
		require.True(t, out.Stuck)
		row, _, err := w.reg.CaseByID(w.ctx, sick)
		require.NoError(t, err)
		require.True(t, row.Stuck)
		w.mustDo(well, "accept", casefile.RoleOfficer, casefile.Body{})
		report, err := w.reg.Verify(w.ctx, nil)
		require.NoError(t, err)
		require.Len(t, report.Stuck, 1, "verify lists the stuck case")
	})
}

// What the register can't write down is the paper's fault too: it stops its own case, and not for
// ever in silence.
func TestPaperThatCannotBeWrittenDownStopsItsCase(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.declined()
		w.paper(id, "judgment", "court", w.day(), casefile.Body{
			Contested: 2, Outcome: casefile.OutcomePerform, On: w.day(), Until: calendar.NewDay(9999, time.December, 31), // 24:00 is in the year 10000
		})
		var out activities.SettleResult
		for range register.MaxFaults {
			out, _ = w.act.Settle(w.ctx, activities.SettleInput{Case: id})
		}
		require.True(t, out.Stuck)
		w.clean()
	})
}

// News of an appeal may name any case as the one in which it runs. The answer to it must harm no
// other case, and may not end the workflow of its own.
func TestAnswerToAnAppealThatIsNone(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		other := w.complaint("other")
		for _, appeal := range []string{"aaaaaaaaaaaaaaaaaaaaaaaaaa", other} {
			id := w.declined()
			w.paper(id, "appeal", "complainant", w.day(), casefile.Body{
				Contested: 2, Route: "reconsideration", Applicant: "complainant", FiledOn: w.day(), AppealCase: appeal,
			})
			_, err := w.act.Act(w.ctx, register.ActIn{
				Owner: "test", Key: w.key(), Case: id, Name: "answer-appeal", By: staff("ln")[0], Body: casefile.Body{Contested: 2, Text: "答复"},
			})
			require.ErrorIs(t, err, register.ErrEntry)
			require.Equal(t, []string{"filing", "decline", "appeal"}, moves(w.entries(id)), "what came before the act stands")
		}
		w.settle(other, "")
		require.Equal(t, []string{"filing"}, moves(w.entries(other)))
		w.clean()
	})
}

// declined is a complaint whose second entry is an act that may be contested.
func (w *world) declined() string {
	id := w.complaint("other")
	require.Equal(w.t, 2, w.mustDo(id, "decline", casefile.RoleOfficer, casefile.Body{Ground: "other-law", Reasons: "理由"}))
	return id
}

// A loaded holiday table is entered before any lapse, so no deadline fires by an old one; and a
// program that was built with other tables does not enter its own.
func TestLoadedTableIsEnteredFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		builtIn, err := regimes.Calendar()
		require.NoError(t, err)
		_, c, err := w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		before, _ := c.Deadline("accept")
		table := calendar.Table{
			Year: 2026, Notice: []string{"https://www.gov.cn/test"}, Announced: true,
			Off: []calendar.Holiday{{Name: "调整", From: w.day().AddDays(1), To: w.day().AddDays(9)}},
		}
		changed, err := w.reg.LoadTable(w.ctx, builtIn, table, "lin")
		require.NoError(t, err)
		require.True(t, changed)
		days, err := w.reg.Calendar(w.ctx, builtIn)
		require.NoError(t, err)
		moved := map[string]calendar.Day{}
		require.NoError(t, w.reg.MovedDeadlines(w.ctx, days, func(s register.MovedDeadline) error {
			require.Equal(t, id, s.Case)
			moved[s.Was.Name] = s.Is.Day
			return nil
		}))
		w.goTo(before.Day.AddDays(2).String())
		bare, err := calendar.New(calendar.Shanghai())
		require.NoError(t, err)
		other := activities.New(w.reg, bare, w.asker, nil, nil)
		require.NoError(t, w.reg.BringTables(w.ctx, "built-in", builtIn.Tables()...))
		for range 2 {
			_, err = other.Settle(w.ctx, activities.SettleInput{Case: id})
			require.NoError(t, err)
			w.settle(id, "")
		}
		entries := w.entries(id)
		require.Equal(t, []string{"filing", "recalendar"}, moves(entries))
		require.Equal(t, table.Notice, entries[1].Tables)
		require.Len(t, entries[1].Armed, len(moved))
		for _, d := range entries[1].Armed {
			require.Equal(t, moved[d.Name], d.Day)
		}
		require.True(t, moved["accept"].After(before.Day))
		w.clean()
	})
}

// lines is the ledger as it is stored.
func (w *world) lines(id string) []string {
	var out []string
	for _, e := range w.entries(id) {
		raw, err := json.Marshal(e)
		require.NoError(w.t, err)
		out = append(out, string(raw))
	}
	return out
}
