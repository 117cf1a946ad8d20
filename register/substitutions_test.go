package register

import (
	"slices"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Somebody stands in on the days that were said, both ends included, until it is ended, he leaves, or he
// is moved; and who can't, doesn't.
func TestSubstitution(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		ctx := t.Context()
		for id, role := range map[string]casefile.Role{"o2": casefile.RoleOfficer, "o3": casefile.RoleOfficer, "rev": casefile.RoleReviewer} {
			ok(t, r.PutOfficer(ctx, Officer{ID: id, Authority: "ln", Role: role, Name: id}))
		}
		ok(t, r.PutOfficer(ctx, Officer{ID: "far", Authority: "miit", Role: casefile.RoleOfficer, Name: "far"}))
		day := func(d int) calendar.Day { return calendar.NewDay(2026, time.March, d) }
		s := Substitution{Officer: "o1", Substitute: "o2", From: day(2), Until: day(6), By: "h1"}
		made := must(r.Substitute(ctx, s, "h1", "key"))(t)
		if again := must(r.Substitute(ctx, s, "h1", "key"))(t); again != made {
			t.Errorf("again %+v, made %+v", again, made)
		}
		other := s
		other.Until = day(7)
		_, err := r.Substitute(ctx, other, "h1", "key")
		isErr(t, err, ErrKeyReused)
		for _, who := range []string{"o1", "rev", "far", "nobody"} {
			_, err := r.Substitute(ctx, Substitution{Officer: "o1", Substitute: who, From: day(2), Until: day(2)}, "h1", "for "+who)
			isErr(t, err, ErrSubstitution)
		}

		f := r.Facts(ctx, casefile.Case{})
		stands := func(d int) bool {
			t.Helper()
			is := must(f.Substitutes("o1", "o2", day(d)))(t)
			if listed := must(r.StandsInFor(ctx, "o2", day(d)))(t); slices.Contains(listed, "o1") != is {
				t.Errorf("on %d: %v, listed %v", d, is, listed)
			}
			return is
		}
		if got := []bool{stands(1), stands(2), stands(6), stands(7)}; !slices.Equal(got, []bool{false, true, true, false}) {
			t.Errorf("from the 2nd to the 6th: %v", got)
		}
		if must(f.Substitutes("o1", "o3", day(2)))(t) || must(f.Substitutes("o2", "o1", day(2)))(t) {
			t.Error("others stand in too")
		}
		must(r.RetireOfficer(ctx, "o2", true))(t)
		left := stands(2)
		must(r.RetireOfficer(ctx, "o2", false))(t)
		ok(t, r.PutOfficer(ctx, Officer{ID: "o2", Authority: "miit", Role: casefile.RoleOfficer, Name: "o2"}))
		moved := stands(2)
		ok(t, r.PutOfficer(ctx, Officer{ID: "o2", Authority: "ln", Role: casefile.RoleOfficer, Name: "o2"}))
		back := stands(2)
		ok(t, r.EndSubstitution(ctx, made.ID))
		if left || moved || !back || stands(2) {
			t.Errorf("left %v, moved %v, back %v, ended %v", left, moved, back, stands(2))
		}
		isErr(t, r.EndSubstitution(ctx, "none"), ErrNotFound)
		if all := must(r.Substitutions(ctx, "ln", "", 0))(t); len(all) != 1 || all[0].Ended.IsZero() {
			t.Errorf("%+v", all)
		}
	})
}
