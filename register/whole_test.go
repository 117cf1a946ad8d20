package register

import (
	"errors"
	"sync/atomic"
	"testing"

	"duban/law/casefile"
	"duban/law/jurisdiction"
)

// All or nothing: what failed within leaves the rest as it was, and what is given up leaves no trace, in no
// cache either.
func TestWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		ctx := t.Context()
		over := errors.New("over")
		for _, end := range []error{over, nil} {
			err := r.Whole(ctx, func(within *Register) error {
				ok(t, within.PutAuthority(ctx, jurisdiction.Authority{ID: "fs", Level: "city", Domain: "telecom", Code: "FS", Name: casefile.Text{Zh: "抚顺", En: "Fushun"}}))
				tree, err := within.Tree(ctx)
				ok(t, err)
				if _, there := tree.Authority("fs"); !there {
					t.Error("what was put is not seen within")
				}
				if err := within.PutCard(ctx, casefile.Card{Number: "1", Officer: "nobody", Kind: casefile.EnforcementCard, From: theDay(t, "2026-01-01"), Until: theDay(t, "2026-12-31")}); !errors.Is(err, ErrNotFound) {
					t.Errorf("a card of nobody: %v", err)
				}
				ok(t, within.PutOfficer(ctx, Officer{ID: "fu", Authority: "fs", Role: casefile.RoleHead, Name: "傅"}))
				key, secret, err := within.MakeKey(ctx, KeySpec{Kind: OfficerKey, Owner: "fu"}, "admin/anna", "for-fu")
				ok(t, err)
				again, none, err := within.MakeKey(ctx, KeySpec{Kind: OfficerKey, Owner: "fu"}, "admin/anna", "for-fu")
				ok(t, err)
				if secret == "" || none != "" || again.ID != key.ID {
					t.Errorf("the key within: %q, again %q", secret, none)
				}
				return end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			tree, err := r.Tree(ctx)
			ok(t, err)
			if _, there := tree.Authority("fs"); there != (end == nil) {
				t.Errorf("ended with %v: the authority is there: %v", end, there)
			}
			if _, err := r.OfficerByID(ctx, "fu"); (err == nil) != (end == nil) {
				t.Errorf("ended with %v: %v", end, err)
			}
		}
	})
}

// Of many at once that make the same, one makes it and the others find it.
func TestWholeOneAtATime(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		var made, found atomic.Int32
		failed := make(chan error)
		for range 6 {
			go func() {
				there := false
				err := r.Whole(t.Context(), func(within *Register) error {
					_, err := within.OperatorByID(t.Context(), "new")
					if there = err == nil; !there && !errors.Is(err, ErrNotFound) {
						return err
					}
					return within.PutOperator(t.Context(), Operator{ID: "new", Name: "新"})
				})
				if there {
					found.Add(1)
				} else {
					made.Add(1)
				}
				failed <- err
			}()
		}
		for range 6 {
			ok(t, <-failed)
		}
		if made.Load() != 1 || found.Load() != 5 {
			t.Errorf("made %d times, found %d times", made.Load(), found.Load())
		}
	})
}
