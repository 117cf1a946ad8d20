package register

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Two cases whose entries interleave, some at the same instant: the newest first over all pages.
func TestCooperationIsReadByPages(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		shenyang(t, r, "h1")
		var cases, want []string
		for n := range 2 {
			in := must(r.File(t.Context(), Filing{
				Owner: "x", Key: fmt.Sprint("inspection ", n), Kind: casefile.Inspection, Authority: "sy", Operator: "h1", Subject: "s", By: officer,
				Body: casefile.Body{Operator: "h1"}, Regime: testRegime,
			}))(t)
			cases = append(cases, in.Case)
		}
		for i, move := range []string{"approve", "missed-visit", "obstruction", "start"} {
			ok(t, r.StepClock(t.Context(), anyTime.AddDate(0, 0, i)))
			for _, id := range cases {
				a := must(r.NewAct(ActIn{
					Owner: "o1", Key: id + move, Case: id, Name: move, By: officer, Body: casefile.Body{On: calendar.NewDay(2026, 3, 2+i)},
				}))(t)
				ok(t, r.Turn(t.Context(), Ask{Case: id, New: a}, func(tn *Turn) error {
					o := entry(tn, a.ID())
					o.Entry.Class, o.Entry.Move = casefile.Act, move
					return tn.Enter(o)
				}))
			}
		}
		for i, what := range []string{"received", "obstructed", "missed"} {
			for range 2 {
				want = append(want, fmt.Sprintf("%s on 2026-03-%02d", what, 5-i))
			}
		}
		for _, limit := range []int{1, 2, 4, 50} {
			var got []string
			for cursor := ""; ; {
				page, next, err := r.Cooperation(t.Context(), "h1", []string{"sy"}, false, cursor, limit)
				ok(t, err)
				for _, m := range page {
					got = append(got, fmt.Sprintf("%s on %s", m.What, m.On))
				}
				if cursor = next; cursor == "" {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("by %d: %v", limit, got)
			}
		}
		for _, none := range []struct {
			of   []string
			told bool
		}{{[]string{}, false}, {[]string{"ln"}, false}, {nil, true}} {
			if page, _, err := r.Cooperation(t.Context(), "h1", none.of, none.told, "", 50); err != nil || len(page) > 0 {
				t.Errorf("%+v: %v, %v", none, page, err)
			}
		}
		_, _, err := r.Cooperation(t.Context(), "h1", nil, false, "1.2", 50)
		isErr(t, err, ErrFilter)
	})
}

// The same text by many at once is one version; another text is the next.
func TestOwnStandardsAreKeptByVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		shenyang(t, r, "h1")
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if s, err := r.PutOwnStandard(t.Context(), "h1", "hotel", "one"); err != nil || s.Version != 1 {
					t.Errorf("%+v, %v", s, err)
				}
			})
		}
		wg.Wait()
		two := must(r.PutOwnStandard(t.Context(), "h1", "hotel", "two"))(t)
		last := must(r.OwnStandardOf(t.Context(), "h1", "hotel", 0))(t)
		first := must(r.OwnStandardOf(t.Context(), "h1", "hotel", 1))(t)
		if two.Version != 2 || last != two || first.Text != "one" {
			t.Errorf("%+v, %+v, %+v", two, last, first)
		}
		_, err := r.OwnStandardOf(t.Context(), "h1", "hotel", 3)
		isErr(t, err, ErrNotFound)
		_, err = r.PutOwnStandard(t.Context(), "nobody", "hotel", "one")
		isErr(t, err, ErrNotFound)
	})
}
