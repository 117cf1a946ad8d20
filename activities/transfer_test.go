package activities_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
)

// transferred moves a complaint to another authority, and returns its case there.
func (w *world) transferred(id, to string) string {
	w.t.Helper()
	w.mustDo(id, "transfer", casefile.RoleOfficer, casefile.Body{Authority: to, Reasons: "不属本机关管辖"})
	w.settleAll()
	_, c, err := w.reg.CaseByID(w.ctx, id)
	require.NoError(w.t, err)
	return c.Links[len(c.Links)-1].Case
}

func (w *world) papers(id string) map[string]register.Paper {
	all, err := w.reg.Papers(w.ctx, id, 0, 200)
	require.NoError(w.t, err)
	out := map[string]register.Paper{}
	for _, p := range all {
		require.NotZero(w.t, p.Entry, p.Name)
		require.NotContains(w.t, out, p.Name, "twice")
		out[p.Name] = p
	}
	return out
}

// A complaint is transferred twice: words, days, person and papers arrive with it; whoever holds the
// first receipt sees where it went, and what is sent there reaches who has it, once.
func TestTransferredComplaintArrivesWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		got, err := w.reg.File(w.ctx, register.Filing{
			Owner: "public", Key: w.key(), Kind: casefile.Complaint, Authority: "ln", Operator: "op1", Subject: "话费争议",
			Body: casefile.Body{Dispute: "fee", Operator: "op1", Text: "三月多收了话费", EventOn: w.day().AddDays(-20)}, By: casefile.Actor{Sender: "complainant"},
			Parties: []register.Party{{Role: "complainant", Person: register.Person{Name: "张三", Email: "zhang@example.org"}}},
			Regime:  register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
		})
		require.NoError(t, err)
		w.settle(got.Case, "")
		w.goTo("2026-01-06")
		w.paper(got.Case, "letter", "complainant", calendar.Day{}, casefile.Body{Text: "另附账单", Evidence: "bill-1"})
		w.goTo("2026-01-08") // the letter is entered in the turn of the transfer
		second := w.transferred(got.Case, "jl")
		third := w.transferred(second, "miit")
		w.clean()

		for _, id := range []string{second, third} {
			papers := w.papers(id)
			require.Len(t, papers, 2)
			filing, letter := papers["filing"], papers["letter"]
			require.Equal(t, "三月多收了话费", filing.Body.Text)
			require.Equal(t, "2025-12-16", filing.Body.EventOn.String())
			require.Equal(t, "2026-01-05", filing.Effective.String(), "first received")
			require.Equal(t, casefile.Body{Text: "另附账单", Evidence: "bill-1"}, letter.Body)
			require.Equal(t, "complainant", letter.By.Sender)
			require.Equal(t, "2026-01-06", letter.Effective.String())
			for _, line := range w.lines(id) {
				require.NotContains(t, line, "话费", "words stand in no ledger")
			}
			_, c, err := w.reg.CaseByID(w.ctx, id)
			require.NoError(t, err)
			require.Equal(t, "2026-01-05", c.Complaint.ReceivedOn.String())
			require.True(t, c.Reads(casefile.ReaderComplainant, w.entries(id)[0]))
		}
		notices, err := w.reg.ClaimNotices(w.ctx, 100, 60e9)
		require.NoError(t, err)
		written := 0
		for _, n := range notices {
			if n.Case == third && n.To == "complainant" {
				written++
				require.Equal(t, "zhang@example.org", n.Contact.Email)
			}
		}
		require.NotZero(t, written)

		tracked, err := w.reg.Track(w.ctx, got.Number, got.Pin)
		require.NoError(t, err)
		require.Len(t, tracked.Went, 2)
		require.Equal(t, []string{second, third}, []string{tracked.Went[0].Case, tracked.Went[1].Case})
		require.Equal(t, "miit", tracked.Went[1].Authority)
		require.Equal(t, casefile.Received, tracked.Went[1].State)

		// What contests an act of the first stays there; the withdrawal goes to the last, by its own day, once.
		w.paper(got.Case, "appeal", "complainant", calendar.Day{}, casefile.Body{Contested: 1, Route: "court", Applicant: "complainant", FiledOn: w.day()})
		in := register.PaperIn{Owner: "receipt", Key: "withdraw", Case: got.Case, Name: "withdrawal", By: casefile.Actor{Sender: "complainant"}, Body: casefile.Body{Text: "不再追究"}}
		for range 2 {
			_, err = w.reg.Receive(w.ctx, in)
			require.NoError(t, err)
			w.settle(got.Case, "")
			w.settle(got.Case, "")
		}
		w.settleAll()
		line, _, err := w.reg.CaseByID(w.ctx, third)
		require.NoError(t, err)
		require.Equal(t, casefile.Withdrawn, line.State)
		require.Equal(t, "不再追究", w.papers(third)["withdrawal"].Body.Text)
		require.NotContains(t, w.papers(second), "appeal")
		last := w.entries(got.Case)[len(w.entries(got.Case))-1]
		require.Equal(t, "", last.None)
		require.Equal(t, casefile.Transferred, last.To)
		require.Len(t, last.Sends, 1)
		w.clean()
	})
}

// Killed after the entry was made and before the commit, nothing of it stands: neither the entry nor the
// receiver's case nor a paper there. The act made again does all of it once.
func TestTransferKilledBetween(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		in := register.ActIn{
			Owner: "test", Key: w.key(), Case: id, Name: "transfer", Body: casefile.Body{Authority: "jl", Reasons: "r"},
			By: casefile.Actor{Officer: "ln-a", Role: casefile.RoleOfficer, Authority: "ln"},
		}
		row, err := w.reg.NewAct(in)
		require.NoError(t, err)
		days, err := regimes.Calendar()
		require.NoError(t, err)
		killed := errors.New("killed")
		err = w.reg.Turn(w.ctx, register.Ask{Case: id, New: row, Papers: 20}, func(turn *register.Turn) error {
			act, err := turn.Act(row.ID())
			require.NoError(t, err)
			papers, err := turn.Facts().Enclosed()
			require.NoError(t, err)
			require.Len(t, papers, 1)
			o, refusal, err := casefile.Decide(turn.Case(), casefile.Move{
				Class: casefile.Act, Name: act.Name, Ref: act.ID, At: turn.Now(), By: act.By, Body: act.Body, Papers: papers, Receiver: &casefile.Receiver{Known: true, Carries: true},
			}, casefile.Law{Regime: w.bundle.Regime, Calendar: days})
			require.NoError(t, err)
			require.Nil(t, refusal)
			require.NoError(t, turn.Enter(o))
			return killed
		})
		require.ErrorIs(t, err, killed)
		require.Len(t, w.entries(id), 1)
		open, closed := w.known()
		require.Len(t, append(open, closed...), 1)
		w.make(in)
		w.make(in)
		w.settleAll()
		require.Len(t, w.entries(id), 2)
		open, closed = w.known()
		require.Len(t, append(open, closed...), 2)
		w.clean()
	})
}

// Outside the installation nobody can be reached through us: a letter is on file, nothing else has an effect.
func TestTransferredOutside(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("other")
		w.mustDo(id, "transfer", casefile.RoleOfficer, casefile.Body{Body: "市场监管局", Reasons: "r"})
		w.paper(id, "withdrawal", "complainant", calendar.Day{}, casefile.Body{})
		w.settle(id, "")
		last := w.entries(id)[len(w.entries(id))-1]
		require.Equal(t, "case-closed", last.None)
		require.Empty(t, last.Sends)
		w.clean()
	})
}

// The respondent's answer reaches the body with its words: the applicant may read it there
// (reconsideration 47).
func TestAnswerReachesTheBodyWithItsWords(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		id := w.complaint("fee")
		w.mustDo(id, "accept", casefile.RoleOfficer, casefile.Body{}) // preservation can be contested
		_, c, err := w.reg.CaseByID(w.ctx, id)
		require.NoError(t, err)
		got, err := w.reg.File(w.ctx, register.Filing{
			Owner: "public", Key: w.key(), Kind: casefile.Appeal, Authority: "miit", Operator: "op1", Subject: "行政复议",
			Body: casefile.Body{ContestedCase: id, Contested: c.Contestable[0].Entry, Applicant: "penalised", Text: "不服"}, By: casefile.Actor{Sender: "applicant"},
			Regime: register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
		})
		require.NoError(t, err)
		w.settle(got.Case, "")
		w.settleAll()
		w.mustDo(got.Case, "accept", casefile.RoleOfficer, casefile.Body{})
		w.mustDo(got.Case, "send-copy", casefile.RoleOfficer, casefile.Body{})
		w.settleAll()
		w.mustDo(id, "answer-appeal", casefile.RoleOfficer, casefile.Body{Contested: c.Contestable[0].Entry, Text: "答复意见", Evidence: "file-1"})
		w.settleAll()
		answer := w.papers(got.Case)["answer"]
		require.Equal(t, "答复意见", answer.Body.Text)
		require.Equal(t, "file-1", answer.Body.Evidence)
		_, a, err := w.reg.CaseByID(w.ctx, got.Case)
		require.NoError(t, err)
		require.True(t, a.Reads(casefile.ReaderApplicant, w.entries(got.Case)[answer.Entry-1]))
		w.clean()
	})
}
