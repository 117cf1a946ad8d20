package register

import (
	"strings"
	"sync"
	"testing"
	"time"

	"duban/law/casefile"
)

func TestTheSameRequestGetsTheSameReceipt(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		first := must(r.File(t.Context(), aComplaint("1")))(t)
		again := must(r.File(t.Context(), aComplaint("1")))(t)
		if !again.Again || first.Again {
			t.Errorf("again: %t, %t", first.Again, again.Again)
		}
		again.Again = false
		if again != first {
			t.Errorf("second receipt %+v, first %+v", again, first)
		}
		other := aComplaint("1")
		other.Body.Text = "much too dear"
		_, err := r.File(t.Context(), other)
		isErr(t, err, ErrKeyReused)
		other = aComplaint("1")
		other.Parties[0].Person.Name = "李四"
		_, err = r.File(t.Context(), other)
		isErr(t, err, ErrKeyReused)

		letter := PaperIn{Owner: "public", Key: "p", Case: first.Case, Name: "letter", By: casefile.Actor{Sender: "complainant"}, Body: casefile.Body{Text: "hello"}}
		one := must(r.Receive(t.Context(), letter))(t)
		two := must(r.Receive(t.Context(), letter))(t)
		if one.Paper != two.Paper || !one.Received.Equal(two.Received) || !two.Again || two.Pin != "" {
			t.Errorf("receipts %+v and %+v", one, two)
		}
		letter.Body.Text = "goodbye"
		_, err = r.Receive(t.Context(), letter)
		isErr(t, err, ErrKeyReused)
		// The key of a filing is no key for a paper.
		letter.Key = "1"
		_, err = r.Receive(t.Context(), letter)
		isErr(t, err, ErrKeyReused)
		if rep := clean(t, r); rep.Cases != 1 || rep.Papers != 2 || rep.Pending != 2 {
			t.Errorf("report %+v", rep)
		}
	})
}

// A paper waits until it is entered, and only in its own case.
func TestWhetherAPaperWaits(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		waits := func(id string) bool { t.Helper(); return must(r.Waits(t.Context(), id))(t) }
		first, second := must(r.File(t.Context(), aComplaint("1")))(t).Case, must(r.File(t.Context(), aComplaint("2")))(t).Case
		if !waits(first) {
			t.Error("a filing that nobody has entered does not wait")
		}
		settle(t, r, first, "")
		if waits(first) || !waits(second) || waits("none") {
			t.Errorf("entered %t, another's %t, of no case %t", waits(first), waits(second), waits("none"))
		}
		must(r.Receive(t.Context(), PaperIn{Owner: "x", Key: "l", Case: first, Name: "letter", By: casefile.Actor{Sender: "operator"}, Body: casefile.Body{Text: "x"}}))(t)
		if !waits(first) {
			t.Error("a letter does not wait")
		}
		settle(t, r, first, "")
		if waits(first) {
			t.Error("an entered letter waits")
		}
	})
}

func TestTheDoorRefusesWhatItCanNotTake(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		f := aComplaint("1")
		f.Authority = "nowhere"
		_, err := r.File(t.Context(), f)
		isErr(t, err, ErrNotFound)
		f = aComplaint("2")
		f.Received = time.Now().Add(time.Hour)
		_, err = r.File(t.Context(), f)
		isErr(t, err, ErrFiling)
		f = aComplaint("3")
		f.Kind = casefile.Enforcement
		_, err = r.File(t.Context(), f)
		isErr(t, err, ErrFiling)
		_, err = r.Receive(t.Context(), PaperIn{Owner: "x", Key: "x", Case: "none", Name: "letter"})
		isErr(t, err, ErrNotFound)
		if rep := clean(t, r); rep.Cases+rep.Papers != 0 {
			t.Errorf("something was left behind: %+v", rep)
		}
		in := must(r.File(t.Context(), aComplaint("4")))(t)
		if in.Number != "LN-C-2026-000001" && !strings.HasSuffix(in.Number, "-000001") {
			t.Errorf("a refused filing took a number: the next is %s", in.Number)
		}
	})
}

func TestAnImportIsFiledOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		f := aComplaint("row 7")
		f.Owner, f.External = "import", &External{Source: "fcc", ID: "7"}
		f.Received = time.Date(2015, 6, 1, 4, 0, 0, 0, time.UTC)
		first := must(r.File(t.Context(), f))(t)
		if first.Number != "LN-C-2015-000001" || !first.Received.Equal(f.Received) {
			t.Errorf("receipt %+v", first)
		}
		if again := must(r.File(t.Context(), f))(t); !again.Again || again.Existing || again.Differs {
			t.Errorf("the same request: %+v", again)
		}
		f.Key = "row 7 of another run"
		if again := must(r.File(t.Context(), f))(t); again.Again || !again.Existing || again.Differs {
			t.Errorf("the same row by another request: %+v", again)
		}
		f.Key, f.Subject = "row 7 mended", "another"
		again := must(r.File(t.Context(), f))(t)
		if !again.Existing || !again.Differs || again.Case != first.Case || again.Pin != first.Pin {
			t.Errorf("again %+v, first %+v", again, first)
		}
		f.Key, f.External = "row 8", &External{Source: "fcc", ID: "8"}
		must(r.File(t.Context(), f))(t)
		page := must(r.Cases(t.Context(), CaseFilter{External: "8"}))(t)
		if rep := clean(t, r); rep.Cases != 2 || rep.Papers != 2 || len(page.Cases) != 1 {
			t.Errorf("report %+v, page %+v", rep, page)
		}
	})
}

func TestNumbersHaveNoGapsWhenManyFileAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		const clerks, each = 20, 5
		var all sync.WaitGroup
		receipts := make(chan Receipt, clerks*each*2)
		for _, clerk := range keys("clerk", clerks) {
			all.Go(func() {
				for _, key := range keys(clerk, each) {
					for range 2 { // every client sends its filing twice
						in, err := r.File(t.Context(), aComplaint(key))
						if err != nil {
							t.Error(err)
							return
						}
						receipts <- in
					}
				}
			})
		}
		all.Wait()
		close(receipts)
		pins := map[string]string{}
		for in := range receipts {
			if pin, seen := pins[in.Number]; seen && pin != in.Pin {
				t.Errorf("number %s was given twice", in.Number)
			}
			pins[in.Number] = in.Pin
		}
		if rep := clean(t, r); rep.Cases != clerks*each || len(pins) != rep.Cases {
			t.Errorf("%d cases, %d numbers", rep.Cases, len(pins))
		}
	})
}

func TestPersonalDataAndFreeTextStayOutOfTheLedger(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		settle(t, r, in.Case, "")
		do(t, r, in.Case, "a", "decline", casefile.Body{Ground: "other", Reasons: "a secret reason"})
		for table, columns := range map[string]string{
			"cases": "origin || body || subject || sought || number", "entries": "body", "deadlines": "body", "outbox": "recipient || recipient_id || cite", "grams": "gram",
		} {
			var all []string
			ok(t, r.db.Raw("SELECT "+columns+" FROM "+table).Scan(&all).Error)
			for _, word := range []string{"张三", "zhang@", "too dear", "secret reason"} {
				if strings.Contains(strings.Join(all, "\n"), word) {
					t.Errorf("%q stands in %s", word, table)
				}
			}
		}
	})
}
