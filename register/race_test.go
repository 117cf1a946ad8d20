package register

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// A turn that reads the time T sees every paper received before T: no lapse can overlook one.
func TestNoTurnOverlooksAPaper(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		for _, mode := range []Mode{Real, Stepped} {
			t.Run(string(mode), func(t *testing.T) { overlook(t, r, mode) })
		}
	})
}

func overlook(t *testing.T, r *Register, mode Mode) {
	if mode == Stepped {
		url := "sqlite:" + t.TempDir() + "/stepped.db"
		if !r.sqlite() {
			url = fresh(t, "postgres")
		}
		r = open(t, url, Config{})
		stepped(t, r)
	}
	in := must(r.File(t.Context(), aComplaint("1")))(t)
	type look struct {
		now  time.Time
		seen []string
	}
	var looks []look
	var receipts []Receipt
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, clerk := range keys("clerk", 6) {
		all.Go(func() {
			for _, key := range keys(clerk, 25) {
				got, err := r.Receive(t.Context(), PaperIn{Owner: "x", Key: key, Case: in.Case, Name: "letter", Body: casefile.Body{Text: "x"}})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				receipts = append(receipts, got)
				mu.Unlock()
			}
		})
	}
	for range 3 {
		all.Go(func() {
			for range 25 {
				var l look
				err := r.Turn(t.Context(), Ask{Case: in.Case, Papers: 1000}, func(tn *Turn) error {
					l = look{now: tn.Now()}
					for _, p := range tn.Papers() {
						l.seen = append(l.seen, p.ID)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				looks = append(looks, l)
				mu.Unlock()
			}
		})
	}
	if mode == Stepped {
		all.Go(func() {
			for i := range 40 {
				if err := r.StepClock(t.Context(), anyTime.Add(time.Duration(i)*time.Hour)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for _, l := range looks {
		for _, in := range receipts {
			if in.Received.Before(l.now) && !slices.Contains(l.seen, in.Paper) {
				t.Fatalf("a turn at %s overlooked a paper received at %s", l.now, in.Received)
			}
		}
	}
}

// entry makes an outcome by hand: an installation move that sends papers.
func entry(tn *Turn, ref string, sends ...casefile.Send) casefile.Outcome {
	c := tn.Case()
	c.Seq++
	return casefile.Outcome{Case: c, Entry: casefile.Entry{
		Case: c.ID, Seq: c.Seq, Class: casefile.Installation, Move: "recalendar", Ref: ref, At: tn.Now(), From: c.State, To: c.State, Cites: []string{"test:1"}, Sends: sends,
	}}
}

func TestLinkedCasesSettlingAtOnceDoNotDeadlock(t *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t, fresh(t, name), Config{Attempts: 1}) // a deadlock would be an error
			a, b := must(r.File(t.Context(), aComplaint("a")))(t).Case, must(r.File(t.Context(), aComplaint("b")))(t).Case
			var all sync.WaitGroup
			for _, pair := range [][2]string{{a, b}, {b, a}} {
				for worker := range 2 {
					all.Go(func() {
						for i := range 20 {
							err := r.Turn(t.Context(), Ask{Case: pair[0]}, func(tn *Turn) error {
								return tn.Enter(entry(tn, fmt.Sprint(worker, i), casefile.Send{Case: pair[1], Paper: "letter"}))
							})
							if err != nil {
								t.Error(err)
							}
						}
					})
				}
			}
			all.Wait()
			rep := clean(t, r)
			if rep.Entries != 80 || rep.Papers != 82 {
				t.Errorf("report %+v", rep)
			}
		})
	}
}

func TestOneViolationActHasOneCaseWhoeverComesFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		const n = 8
		act := casefile.Body{
			Violation: "v1", Requirement: "GB-1", PeriodFrom: calendar.NewDay(2025, 1, 1), PeriodTo: calendar.NewDay(2025, 3, 31), Reasons: "why",
		}
		var ids []string
		for _, key := range keys("c", n) {
			in := must(r.File(t.Context(), aComplaint(key)))(t)
			settle(t, r, in.Case, "")
			ids = append(ids, in.Case)
		}
		var all sync.WaitGroup
		for _, id := range ids {
			all.Go(func() {
				in := ActIn{Owner: "o1", Key: id, Case: id, Name: "open-enforcement", By: officer, Body: act}
				if err := makeAct(t.Context(), r, testLaw(t), in); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		page := must(r.Cases(t.Context(), CaseFilter{Kind: casefile.Enforcement}))(t)
		if len(page.Cases) != 1 {
			t.Fatalf("%d enforcement cases on one violation act", len(page.Cases))
		}
		settle(t, r, page.Cases[0].ID, "")
		_, e, err := r.CaseByID(t.Context(), page.Cases[0].ID)
		ok(t, err)
		if len(e.Enforcement.Joined) != n-1 {
			t.Errorf("%d joined", len(e.Enforcement.Joined))
		}
		clean(t, r)
	})
}

func TestActsAreSettledOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		do := ActIn{Owner: "o1", Key: "k", Case: in.Case, Name: "accept", By: officer}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := makeAct(t.Context(), r, testLaw(t), do); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		a := must(r.ActByKey(t.Context(), "o1", "k"))(t)
		if a.Verdict == nil || a.Verdict.Entry != 2 || a.Verdict.Decided.IsZero() {
			t.Errorf("verdict %+v", a.Verdict)
		}
		seq := 1
		do.IfMatch = &seq // a client may have seen another state since
		ok(t, makeAct(t.Context(), r, testLaw(t), do))
		do.Body.Reasons = "other"
		isErr(t, makeAct(t.Context(), r, testLaw(t), do), ErrKeyReused)
		isErr(t, makeAct(t.Context(), r, testLaw(t), ActIn{Owner: "o1", Key: "q", Case: "none", Name: "accept"}), ErrNotFound)
		other := must(r.File(t.Context(), aComplaint("2")))(t)
		isErr(t, r.Turn(t.Context(), Ask{Case: other.Case}, func(tn *Turn) error { _, err := tn.Act(a.ID); return err }), ErrNotFound)
		isErr(t, r.Turn(t.Context(), Ask{Case: "none"}, func(*Turn) error { return nil }), ErrNotFound)
		if rep := clean(t, r); rep.Entries != 2 || rep.Acts != 1 {
			t.Errorf("report %+v", rep)
		}
	})
}

// A case that somebody else has locked and forgotten holds its own papers up, and soon says so:
// it may not hold the connections that the rest of the installation needs.
func TestForgottenLockGivesConnectionsBack(t *testing.T) {
	r := open(t, fresh(t, "postgres")+"&lock_timeout=100ms", Config{MaxConns: 2})
	in := must(r.File(t.Context(), aComplaint("1")))(t)
	forgotten := must(r.pool.BeginTx(t.Context(), nil))(t)
	must(forgotten.ExecContext(t.Context(), "SELECT 1 FROM cases WHERE id = $1 FOR UPDATE", in.Case))(t)
	_, err := r.Receive(t.Context(), PaperIn{Owner: "cm", Key: "k", Case: in.Case, Name: "letter", By: casefile.Actor{Sender: "operator"}, Body: casefile.Body{Text: "x"}})
	isErr(t, err, ErrUnavailable)
	must(r.File(t.Context(), aComplaint("2")))(t)
	ok(t, forgotten.Rollback())

	usual := open(t, fresh(t, "postgres"), Config{})
	for name, want := range map[string]string{"lock_timeout": "3s", "statement_timeout": "30s", "idle_in_transaction_session_timeout": "1min"} {
		var have string
		ok(t, usual.pool.QueryRowContext(t.Context(), "SHOW "+name).Scan(&have))
		if have != want {
			t.Errorf("%s is %s, want %s", name, have, want)
		}
	}
}
