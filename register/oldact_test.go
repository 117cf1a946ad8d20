package register

import (
	"context"
	"errors"
	"testing"

	"duban/law/casefile"
)

// putAct writes the row of an act before anybody settles it, as programs did until acts were settled where
// they are asked for.
func putAct(t testing.TB, r *Register, in ActIn) ActRow {
	t.Helper()
	n := must(r.NewAct(in))(t)
	ok(t, r.db.Create(&n.row).Error)
	return must(n.row.act())(t)
}

// makeAct settles an act that is asked for now.
func makeAct(ctx context.Context, r *Register, law casefile.Law, in ActIn) error {
	n, err := r.NewAct(in)
	if err != nil {
		return err
	}
	return settleAsked(ctx, r, law, Ask{Case: in.Case, New: n, Papers: 1000})
}

// An act whose row a program of before left without a verdict gets it from who settles it, and the same
// request asked for now is that act.
func TestAnActOfBeforeGetsItsVerdict(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		by := func(key, name string) ActIn {
			return ActIn{Owner: "o1", Key: key, Case: in.Case, Name: name, By: officer}
		}
		looked, again, refused := putAct(t, r, by("a", "accept")), putAct(t, r, by("b", "forward")), putAct(t, r, by("c", "accept"))
		settle(t, r, in.Case, looked.ID)
		ok(t, makeAct(t.Context(), r, testLaw(t), by("b", "forward")))
		settle(t, r, in.Case, refused.ID)
		for _, x := range []struct {
			id    string
			entry int
		}{{looked.ID, 2}, {again.ID, 3}, {refused.ID, 0}} {
			a := must(r.ActByID(t.Context(), x.id))(t)
			if a.Verdict == nil || a.Verdict.Entry != x.entry || (x.entry == 0) != (a.Verdict.Refusal != nil) {
				t.Errorf("verdict %+v, want entry %d", a.Verdict, x.entry)
			}
		}
		clean(t, r)
	})
}

// One key asks for acts on two cases at once: one is made, the other is told that the key is used.
func TestOneKeyForTwoCases(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		answers := make(chan error, 2)
		for _, key := range keys("c", 2) {
			id := must(r.File(t.Context(), aComplaint(key)))(t).Case
			settle(t, r, id, "")
			go func() {
				answers <- makeAct(context.Background(), r, testLaw(t), ActIn{Owner: "o1", Key: "one", Case: id, Name: "accept", By: officer})
			}()
		}
		var reused int
		for range 2 {
			err := <-answers
			if errors.Is(err, ErrKeyReused) {
				reused++
			} else {
				ok(t, err)
			}
		}
		if rep := clean(t, r); reused != 1 || rep.Acts != 1 {
			t.Errorf("%d told, %d acts", reused, rep.Acts)
		}
	})
}
