package register

import (
	"slices"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// ended is a complaint that was over elsewhere: received in March 2019, answered in May.
func ended(key, id string) Filing {
	f := aComplaint(key)
	yes, day := true, func(month time.Month, d int) calendar.Day { return calendar.NewDay(2019, month, d) }
	f.Owner, f.External = "import/old", &External{Source: "old", ID: id}
	f.Body.Imported, f.Body.Outcome, f.Body.On = &yes, "answered", day(time.May, 20)
	f.Received, f.Ended = day(time.March, 3).Start(calendar.Shanghai()), f.Body.On.Start(calendar.Shanghai())
	return f
}

func bring(t *testing.T, r *Register, f Filing) (Receipt, error) {
	t.Helper()
	return r.FileSettled(t.Context(), f, func(c casefile.Case, m casefile.Move) (casefile.Outcome, error) {
		o, _, err := casefile.Decide(c, m, testLaw(t))
		return o, err
	})
}

// What was over elsewhere is one entry of the day on which it ended, in a case of the day on which it
// was received; nothing is due, nothing leaves the installation, and it is found again by its own id.
func TestAHistoryIsOneEntry(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		f := ended("row-1", "1")
		_, err := r.Known(t.Context(), f)
		isErr(t, err, ErrNotFound)
		in := must(bring(t, r, f))(t)
		row, c, err := r.CaseByID(t.Context(), in.Case)
		ok(t, err)
		if c.State != casefile.ComplaintEnded || !row.Closed || !row.Filed.Equal(f.Received) || !row.ClosedAt.Equal(f.Ended) || in.Number != "LN-C-2019-000001" {
			t.Errorf("%s %s, filed %s, closed %s", in.Number, c.State, row.Filed, row.ClosedAt)
		}
		if ledger := must(r.Ledger(t.Context(), in.Case, 0, 10))(t); len(ledger) != 1 || !ledger[0].Entry.At.Equal(f.Ended) {
			t.Errorf("ledger %+v", ledger)
		}
		if due := must(r.NextDue(t.Context()))(t); !due.IsZero() || must(r.Unsettled(t.Context()))(t) != 0 {
			t.Errorf("due: %s", due)
		}
		if out := must(r.ClaimNotices(t.Context(), 10, time.Minute))(t); len(out) != 0 {
			t.Errorf("notices: %+v", out)
		}

		known, again := must(r.Known(t.Context(), f))(t), must(bring(t, r, f))(t)
		if known != again || !again.Again || again.Case != in.Case {
			t.Errorf("known as %+v, received again as %+v", known, again)
		}
		yes := true
		later := ended("row-1", "1")
		later.Body.BeforeRegime = &yes // another text is loaded since: the request is the same
		if again := must(bring(t, r, later))(t); again.Case != in.Case {
			t.Errorf("%+v", again)
		}
		otherKey := ended("row-2", "1")
		if got := must(r.Known(t.Context(), otherKey))(t); !got.Existing || got.Differs || got.Case != in.Case {
			t.Errorf("by another key: %+v", got)
		}
		otherKey.Body.Text = "something new"
		known, filed := must(r.Known(t.Context(), otherKey))(t), must(bring(t, r, otherKey))(t)
		if known != filed || !filed.Existing || !filed.Differs {
			t.Errorf("other content by another key: %+v, %+v", known, filed)
		}
		otherKey.Key = "row-1"
		_, err = r.Known(t.Context(), otherKey)
		isErr(t, err, ErrKeyReused)
		clean(t, r)
	})
}

func TestAHistoryHasItsDaysInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		f := ended("row-1", "1")
		f.Ended = f.Received.Add(-time.Hour)
		_, err := bring(t, r, f)
		isErr(t, err, ErrFiling)
		f.Ended = time.Now().Add(time.Hour)
		_, err = bring(t, r, f)
		isErr(t, err, ErrFiling)
	})
}

// A contact keeps the telephone as it was written, and beside it what can be dialled.
func TestContactsCanBeDialled(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		for i, c := range []struct {
			written string
			dial    []string
		}{{"０１０-12345678转801 / 13800000000", []string{"01012345678", "13800000000"}}, {"无", nil}} {
			f := aComplaint(keys("phone", 2)[i])
			f.Parties[0].Person.Phone = c.written
			settle(t, r, must(r.File(t.Context(), f))(t).Case, "")
			got := must(r.ClaimNotices(t.Context(), 10, time.Minute))(t)
			if len(got) != 1 || got[0].Contact.Phone != c.written || !slices.Equal(got[0].Contact.Dial, c.dial) {
				t.Errorf("%q: %+v", c.written, got)
			}
		}
	})
}
