package register

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"duban/law/casefile"
)

// age lets a span of real time pass for everything that waits.
func age(t *testing.T, r *Register, d time.Duration) {
	t.Helper()
	for _, column := range [][2]string{{"cases", "next_look"}, {"papers", "stored_at"}, {"outbox", "next_try"}} {
		var rows []struct {
			ID string
			At time.Time
		}
		ok(t, r.db.Raw("SELECT id, "+column[1]+" AS at FROM "+column[0]).Scan(&rows).Error)
		for _, row := range rows {
			ok(t, r.db.Exec("UPDATE "+column[0]+" SET "+column[1]+" = ? WHERE id = ?", micro(row.At.Add(-d)), row.ID).Error)
		}
	}
}

func looked(t *testing.T, r *Register) []string {
	t.Helper()
	var ids []string
	for _, c := range must(r.Look(t.Context(), 10))(t) {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestTheSweepFindsWhatThePromptWayLost(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		if got := looked(t, r); len(got) != 0 {
			t.Errorf("a fresh filing is left to the nudge, got %v", got)
		}
		age(t, r, 3*time.Second)
		if got := looked(t, r); len(got) != 1 || got[0] != in.Case {
			t.Fatalf("looked at %v", got)
		}
		if got := looked(t, r); len(got) != 0 {
			t.Errorf("a leased case was given out again: %v", got)
		}
		for _, lease := range []time.Duration{2, 4, 8, 16, 32, 60, 60} {
			age(t, r, lease*time.Second-time.Second)
			if got := looked(t, r); len(got) != 0 {
				t.Errorf("the lease of %d s ended early", lease)
			}
			age(t, r, time.Second)
			if got := looked(t, r); len(got) != 1 {
				t.Errorf("the lease of %d s did not end", lease)
			}
		}
		settle(t, r, in.Case, "")
		age(t, r, time.Hour)
		if got := looked(t, r); len(got) != 0 {
			t.Errorf("a settled case was looked at: %v", got)
		}

		ok(t, r.StepClock(t.Context(), must(r.NextDue(t.Context()))(t)))
		if got := must(r.Look(t.Context(), 10))(t); len(got) != 1 || got[0] != (CaseRef{in.Case, casefile.Complaint, 1}) {
			t.Errorf("at the deadline: %v; the back-off starts anew when a case has moved", got)
		}
		settle(t, r, in.Case, "")
		letter := must(r.Receive(t.Context(), PaperIn{Owner: "x", Key: "x", Case: in.Case, Name: "letter", Body: casefile.Body{Text: "x"}}))(t)
		if got := looked(t, r); len(got) != 0 {
			t.Errorf("a fresh paper is left to the nudge, got %v", got)
		}
		age(t, r, 3*time.Second)
		if got := looked(t, r); len(got) != 1 {
			t.Errorf("paper %s was not found: %v", letter.Paper, got)
		}
	})
}

func TestTwoSweepsNeverGetTheSameCase(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		const n = 60
		for _, key := range keys("c", n) {
			must(r.File(t.Context(), aComplaint(key)))(t)
		}
		age(t, r, 10*time.Second)
		var all sync.WaitGroup
		got := make(chan CaseRef, 4*n)
		for range 4 {
			all.Go(func() {
				for range 12 {
					refs, err := r.Look(t.Context(), 5)
					if err != nil {
						t.Error(err)
					}
					for _, c := range refs {
						got <- c
					}
				}
			})
		}
		all.Wait()
		close(got)
		seen := map[string]int{}
		for c := range got {
			seen[c.ID]++
		}
		for id, times := range seen {
			if times > 1 {
				t.Errorf("case %s was given out %d times", id, times)
			}
		}
		if len(seen) != n {
			t.Errorf("%d of %d cases were given out", len(seen), n)
		}
	})
}

func TestAPoisonPaperStopsItsOwnCaseOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		bad, good := must(r.File(t.Context(), aComplaint("1")))(t), must(r.File(t.Context(), aComplaint("2")))(t)
		yes := true
		poison := errors.New("poison")
		for range MaxFaults - 1 {
			must(r.Fault(t.Context(), bad.Case, bad.Paper, poison))(t)
		}
		if n := must(r.Fault(t.Context(), bad.Case, "another", poison))(t); n != 1 {
			t.Errorf("another move's fault counted as %d", n)
		}
		for range MaxFaults {
			must(r.Fault(t.Context(), bad.Case, bad.Paper, poison))(t)
		}
		age(t, r, time.Minute)
		if got := looked(t, r); len(got) != 1 || got[0] != good.Case {
			t.Errorf("looked at %v", got)
		}
		if page := must(r.Cases(t.Context(), CaseFilter{Stuck: &yes}))(t); len(page.Cases) != 1 || page.Cases[0].Fault != "poison" {
			t.Errorf("stuck: %+v", page.Cases)
		}
		settle(t, r, good.Case, "")
		if n := must(r.Unsettled(t.Context()))(t); n != 0 {
			t.Errorf("%d unsettled beside the stuck case", n)
		}
		ok(t, r.ClearFault(t.Context(), bad.Case))
		age(t, r, time.Second)
		if got := looked(t, r); len(got) != 1 || got[0] != bad.Case {
			t.Errorf("after clearing: %v", got)
		}
		for range MaxFaults {
			must(r.Fault(t.Context(), bad.Case, bad.Paper, poison))(t)
		}
		settle(t, r, bad.Case, "") // the move that failed was made after all
		row, _, err := r.CaseByID(t.Context(), bad.Case)
		ok(t, err)
		if row.Stuck || row.Fault != "" {
			t.Errorf("still stuck: %+v", row)
		}
		_, err = r.Fault(t.Context(), "none", "x", poison)
		isErr(t, err, ErrNotFound)
		isErr(t, r.ClearFault(t.Context(), "none"), ErrNotFound)
	})
}

// However many papers wait in one case, it takes one place in the sweep and not those of others.
func TestManyPapersTakeOnePlaceInTheSweep(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		full := must(r.File(t.Context(), aComplaint("1")))(t)
		for i := range 10 {
			must(r.Receive(t.Context(), PaperIn{Owner: "cm", Key: fmt.Sprint(i), Case: full.Case, Name: "letter", By: casefile.Actor{Sender: "operator"}, Body: casefile.Body{Text: "x"}}))(t)
		}
		other := must(r.File(t.Context(), aComplaint("2")))(t)
		age(t, r, time.Hour)
		if got := must(r.Look(t.Context(), 2))(t); len(got) != 2 || got[0].ID != full.Case || got[1].ID != other.Case {
			t.Errorf("looked at %v, want %s and %s", got, full.Case, other.Case)
		}
	})
}
