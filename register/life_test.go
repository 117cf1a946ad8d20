package register

import (
	"errors"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// A complaint's life as the register sees it: filed, accepted, forwarded, silence, a reply.
func TestALifeLeavesALedgerThatVerifies(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		if in.Number != "LN-C-2026-000001" || len(in.Pin) != 8 || !in.Received.Equal(anyTime) {
			t.Fatalf("receipt %+v", in)
		}
		clean(t, r)
		if n := must(r.Unsettled(t.Context()))(t); n != 2 { // the paper, and the case that waits for its first look
			t.Errorf("%d unsettled after the filing", n)
		}
		settle(t, r, in.Case, "")
		a := do(t, r, in.Case, "a1", "accept", casefile.Body{})
		if a.Verdict == nil || a.Verdict.Entry != 2 {
			t.Fatalf("verdict of accept: %+v", a.Verdict)
		}
		do(t, r, in.Case, "a2", "assign", casefile.Body{Officer: "o1"})
		do(t, r, in.Case, "a3", "forward", casefile.Body{})
		ok(t, makeAct(t.Context(), r, testLaw(t), ActIn{Owner: "o1", Key: "a4", Case: in.Case, Name: "accept", By: officer}))
		_, err := r.ActByKey(t.Context(), "o1", "a4") // refused, it leaves nothing
		isErr(t, err, ErrNotFound)

		due := must(r.NextDue(t.Context()))(t)
		if want := calendar.NewDay(2026, 3, 12).End(r.Place()); !due.Equal(want) {
			t.Fatalf("next due %s, want %s", due, want)
		}
		ok(t, r.StepClock(t.Context(), due))
		if n := must(r.Unsettled(t.Context()))(t); n != 1 {
			t.Errorf("%d unsettled at the deadline", n)
		}
		settle(t, r, in.Case, "")
		must(r.Receive(t.Context(), PaperIn{Owner: "cm", Key: "r1", Case: in.Case, Name: "reply", By: casefile.Actor{Sender: "operator"}, Body: casefile.Body{Text: "we are sorry"}}))(t)
		settle(t, r, in.Case, "")

		row, c, err := r.CaseByID(t.Context(), in.Case)
		ok(t, err)
		if row.State != casefile.Replied || c.State != casefile.Replied || row.Seq != c.Seq || row.Officer != "o1" {
			t.Errorf("row %+v of case %+v", row, c)
		}
		lines := must(r.Ledger(t.Context(), in.Case, 0, 0))(t)
		if len(lines) != row.Seq || lines[0].Prev != "" || lines[1].Prev != lines[0].Hash {
			t.Errorf("%d lines of %d", len(lines), row.Seq)
		}
		if rep := clean(t, r); rep.Entries != row.Seq || rep.Pending != 0 || rep.Acts != 3 || rep.Checks[CheckEarly] == 0 {
			t.Errorf("report %+v", rep)
		}
	})
}

func TestTrackShowsTheCaseToWhoHasTheReceipt(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		other := must(r.File(t.Context(), aComplaint("2")))(t)
		settle(t, r, in.Case, "")
		for _, n := range must(r.ClaimNotices(t.Context(), 10, time.Minute))(t) {
			ok(t, r.NoticeSent(t.Context(), n.ID))
		}
		got := must(r.Track(t.Context(), in.Number, in.Pin))(t)
		if got.State != casefile.Received || len(got.Steps) != 1 || len(got.Papers) != 1 || !got.Papers[0].Entered || len(got.Sent) != 1 || got.Sent[0].Document != "receipt" {
			t.Errorf("tracking %+v", got)
		}
		for _, x := range [][2]string{{in.Number, other.Pin}, {in.Number, ""}, {"LN-C-2026-999999", in.Pin}, {"", r.pin("")}} {
			_, err := r.Track(t.Context(), x[0], x[1])
			isErr(t, err, ErrNotFound)
		}
	})
}

func TestAnActOpensACaseAndASecondOneJoinsIt(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		act := casefile.Body{
			Violation: "v1", Requirement: "GB-1", PeriodFrom: calendar.NewDay(2026, 1, 1), PeriodTo: calendar.NewDay(2026, 1, 31), Reasons: "why",
		}
		first := must(r.File(t.Context(), aComplaint("1")))(t)
		second := must(r.File(t.Context(), aComplaint("2")))(t)
		settle(t, r, first.Case, "")
		settle(t, r, second.Case, "")
		if a := do(t, r, first.Case, "e1", "open-enforcement", act); a.Verdict.Entry == 0 {
			t.Fatalf("verdict %+v", a.Verdict.Refusal)
		}
		act.PeriodFrom = calendar.NewDay(2026, 1, 31)
		act.PeriodTo = calendar.NewDay(2026, 2, 10)
		do(t, r, second.Case, "e2", "open-enforcement", act)
		_, c, err := r.CaseByID(t.Context(), first.Case)
		ok(t, err)
		settle(t, r, c.Links[0].Case, "")
		row, e, err := r.CaseByID(t.Context(), c.Links[0].Case)
		ok(t, err)
		if row.Number != "LN-E-2026-000001" || len(e.Enforcement.Joined) != 1 || e.Enforcement.Joined[0] != second.Case {
			t.Errorf("enforcement %+v %+v", row, e.Enforcement)
		}

		f := aComplaint("3")
		f.Kind, f.Body = casefile.Enforcement, act
		_, err = r.File(t.Context(), f)
		isErr(t, err, ErrSameAct)
		clean(t, r)
	})
}

func TestAHousePaperRepinsACase(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		mended := RegimeText{Hash: "test-2", Text: []byte("name: test, mended\n")}
		must(r.Receive(t.Context(), PaperIn{
			Owner: "house", Key: "repin 1", Case: in.Case, Class: casefile.Installation, Name: "repin", By: casefile.Actor{Sender: "house"},
			Body: casefile.Body{Regime: mended.Hash}, Regime: &mended,
		}))(t)
		settle(t, r, in.Case, "")
		ok(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(tn *Turn) error {
			text := must(tn.RegimeText(tn.Regime()))(t)
			if string(text) != string(mended.Text) {
				t.Errorf("pinned %s: %s", tn.Regime(), text)
			}
			return nil
		}))
		if all := must(r.Regimes(t.Context()))(t); len(all) != 2 {
			t.Errorf("regimes %+v", all)
		}
		clean(t, r)
	})
}

func TestATransferredComplaintIsStillItsComplainants(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		ok(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(tn *Turn) error {
			if a := must(tn.Facts().Authority("miit"))(t); a.ID != "miit" || a.Domain == "" {
				t.Errorf("authority %+v", a)
			}
			_, err := tn.Facts().Authority("nowhere")
			isErr(t, err, ErrNotFound)
			return nil
		}))
		do(t, r, in.Case, "1", "transfer", casefile.Body{Authority: "miit", Reasons: "theirs"})
		page := must(r.Cases(t.Context(), CaseFilter{Authorities: []string{"miit"}}))(t)
		if len(page.Cases) != 1 || page.Cases[0].Subject != aComplaint("1").Subject {
			t.Fatalf("transferred: %+v", page.Cases)
		}
		there := page.Cases[0].ID
		settle(t, r, there, "")
		row, c, err := r.CaseByID(t.Context(), there)
		ok(t, err)
		if c.State != casefile.Received || c.Regime != testRegime.Hash || row.Operator != "cm" {
			t.Errorf("case %+v", c)
		}
		for _, n := range must(r.ClaimNotices(t.Context(), 50, time.Minute))(t) {
			if n.Case == there && n.To == "complainant" && n.Contact.Email != "zhang@example.org" {
				t.Errorf("notice %+v", n)
			}
		}
		clean(t, r)
	})
}

func TestAFailedTurnLeavesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		fault := errors.New("fault")
		isErr(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(tn *Turn) error {
			ok(t, tn.Enter(entry(tn, "x", casefile.Send{Case: in.Case, Paper: "letter"})))
			return fault
		}), fault)
		isErr(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(tn *Turn) error {
			return tn.Enter(entry(tn, "x", casefile.Send{Case: "none", Paper: "letter"}))
		}), ErrEntry)
		for _, wrong := range []func(*casefile.Outcome){
			func(o *casefile.Outcome) { o.Entry.Seq++ },
			func(o *casefile.Outcome) { o.Entry.Case = "another" },
			func(o *casefile.Outcome) { o.Entry.Class = casefile.Paper },
			func(o *casefile.Outcome) { o.Entry.Class = casefile.Act },
		} {
			err := r.Turn(t.Context(), Ask{Case: in.Case}, func(tn *Turn) error {
				o := entry(tn, "x")
				wrong(&o)
				return tn.Enter(o)
			})
			if err == nil {
				t.Error("a wrong outcome was entered")
			}
		}
		if rep := clean(t, r); rep.Entries != 1 || rep.Papers != 1 {
			t.Errorf("report %+v", rep)
		}
	})
}
