package register

import (
	"sync"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

func TestNoticesAreAddressedAndSentOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		do(t, r, in.Case, "1", "accept", casefile.Body{})
		do(t, r, in.Case, "2", "assign", casefile.Body{Officer: "o1"})
		do(t, r, in.Case, "3", "forward", casefile.Body{})
		got := must(r.ClaimNotices(t.Context(), 50, time.Minute))(t)
		to := map[string]string{}
		var ids []string
		for _, n := range got {
			to[n.Document+" to "+n.To] = n.Contact.Email
			ids = append(ids, n.ID)
			if n.Number != in.Number || n.Attempts != 1 || n.Kind != casefile.Complaint {
				t.Errorf("notice %+v", n)
			}
		}
		for what, email := range map[string]string{"receipt to complainant": "zhang@example.org", "acceptance-notice to complainant": "zhang@example.org", "forwarding-letter to operator": "cm@example.org"} {
			if to[what] != email {
				t.Errorf("%s goes to %q, want %q (all: %v)", what, to[what], email, to)
			}
		}
		if again := must(r.ClaimNotices(t.Context(), 50, time.Minute))(t); len(again) != 0 {
			t.Errorf("leased notices were given out again: %+v", again)
		}
		ok(t, r.NoticeSent(t.Context(), ids[1:]...))
		age(t, r, 2*time.Minute)
		if again := must(r.ClaimNotices(t.Context(), 50, time.Minute))(t); len(again) != 1 || again[0].ID != ids[0] || again[0].Attempts != 2 {
			t.Errorf("after the lease: %+v", again)
		}
		clean(t, r)
	})
}

func TestAFinalFailureReturnsToTheCase(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		n := must(r.ClaimNotices(t.Context(), 1, time.Minute))(t)[0]
		ok(t, r.NoticeFailed(t.Context(), n.ID, "mailbox busy", false))
		if again := must(r.ClaimNotices(t.Context(), 1, time.Minute))(t); len(again) != 0 {
			t.Error("tried again at once")
		}
		age(t, r, time.Minute)
		if again := must(r.ClaimNotices(t.Context(), 1, time.Minute))(t); len(again) != 1 {
			t.Error("not tried again")
		}
		for range 2 {
			ok(t, r.NoticeFailed(t.Context(), n.ID, "no such mailbox", true))
		}
		age(t, r, time.Hour)
		if again := must(r.ClaimNotices(t.Context(), 1, time.Minute))(t); len(again) != 0 {
			t.Error("tried again after the final failure")
		}
		settle(t, r, in.Case, "")
		papers := must(r.Papers(t.Context(), in.Case, 0, 0))(t)
		if len(papers) != 2 || papers[1].Name != "undelivered" || papers[1].Body.Document != n.Document || papers[1].Entry != 2 {
			t.Errorf("papers %+v", papers)
		}
		isErr(t, r.NoticeFailed(t.Context(), "none", "x", true), ErrNotFound)
		clean(t, r)
	})
}

func TestASuperiorIsTheParentAndAnUnassignedCaseIsTheHeads(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		for _, id := range []string{"o2", "gone"} {
			ok(t, r.PutOfficer(t.Context(), Officer{ID: id, Authority: "ln", Role: casefile.RoleOfficer, Name: id, Email: id + "@example.org"}))
		}
		must(r.RetireOfficer(t.Context(), "gone", true))(t)
		year := calendar.NewDay(2026, time.January, 1)
		must(r.Substitute(t.Context(), Substitution{Officer: "o2", Substitute: "o1", From: year, Until: year}, "h1", "key"))(t)
		book := must(addresses(r.db, calendar.NewDay(2026, time.January, 1), []string{in.Case}))(t)
		for _, x := range []struct{ to, id, email string }{
			{"superior", "", "ministry@example.org"},
			{"officer", "", "head@example.org"},
			{"officer", "o1", "one@example.org"},
			{"officer", "o2", "one@example.org"},    // o1 stands in
			{"officer", "gone", "head@example.org"}, // who has left has the head see to it
			{"head", "", "head@example.org"},
			{"body", "miit", "ministry@example.org"},
			{"court", "", ""},
			{"applicant", "", ""},
		} {
			if c := must(book.of(in.Case, "ln", x.to, x.id))(t); c.Email != x.email {
				t.Errorf("%s %s: %q, want %q", x.to, x.id, c.Email, x.email)
			}
		}
	})
}

func TestTwoRelaysNeverGetTheSameNotice(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		const n = 40
		for _, key := range keys("c", n) {
			in := must(r.File(t.Context(), aComplaint(key)))(t)
			settle(t, r, in.Case, "")
		}
		if b := must(r.backlog(t.Context()))(t); b != (backlog{Notices: n}) {
			t.Errorf("backlog %+v", b)
		}
		var all sync.WaitGroup
		got := make(chan string, 4*n)
		for range 4 {
			all.Go(func() {
				for range 20 {
					rows, err := r.ClaimNotices(t.Context(), 3, time.Minute)
					if err != nil {
						t.Error(err)
					}
					for _, row := range rows {
						got <- row.ID
					}
				}
			})
		}
		all.Wait()
		close(got)
		seen := map[string]bool{}
		for id := range got {
			if seen[id] {
				t.Errorf("notice %s was given out twice", id)
			}
			seen[id] = true
		}
		if len(seen) != n {
			t.Errorf("%d of %d notices were given out", len(seen), n)
		}
	})
}
