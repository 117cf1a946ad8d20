package draw_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"duban/law/calendar"
	"duban/law/draw"
)

var today = day("2026-03-02")

// anyInput makes small urns in which everything that matters happens often.
func anyInput(t *rapid.T) draw.Input {
	n := func(most int64, label string) int64 { return rapid.Int64Range(0, most).Draw(t, label) }
	in := draw.Input{
		Cites: []draw.Cite{{Clause: "telecom-2001:8"}}, Day: today,
		Want: 1 + n(8, "want"), Team: 2 + n(1, "team"), Cards: []string{"enforcement"}, Slack: n(2, "slack"),
		Weights: draw.Weights{Base: n(1, "base"), Complaint: n(3, "complaint"), Order: n(3, "order"), Idle: n(1, "idle"), IdleDays: 30, IdleMost: 360, Most: 50},
	}
	for i := range n(8, "targets") {
		target := draw.Target{ID: fmt.Sprintf("t%d", i), Complaints: n(2, "complaints"), Orders: n(2, "orders"), Closed: n(4, "closed") == 0}
		if n(3, "inspected") > 0 {
			target.Inspected = today.AddDays(-int(n(400, "days")))
		}
		if n(2, "star") == 0 {
			target.Cards = []string{"star"}
		}
		in.Targets = append(in.Targets, target)
	}
	for i := range n(8, "officers") {
		o := draw.Officer{ID: fmt.Sprintf("o%d", i), Busy: n(5, "busy") == 0, Load: n(4, "load")}
		for _, kind := range []string{"enforcement", "star"} {
			if n(4, "card") > 0 {
				from := today.AddDays(int(n(12, "from")) - 11)
				o.Cards = append(o.Cards, draw.Card{Kind: kind, From: from, To: from.AddDays(int(n(20, "to")))})
			}
		}
		for _, target := range in.Targets {
			if n(4, "recused") == 0 {
				o.Recused = append(o.Recused, target.ID)
			}
		}
		in.Officers = append(in.Officers, o)
	}
	return in
}

func anySeed(t *rapid.T) string {
	return fmt.Sprintf("%x", rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
}

func holds(o draw.Officer, kind string, on calendar.Day) bool {
	for _, c := range o.Cards {
		if c.Kind == kind && on.Sub(c.From) >= 0 && c.To.Sub(on) >= 0 {
			return true
		}
	}
	return false
}

func TestNobodyIsDrawnWhoMayNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		r, err := draw.Run(in, anySeed(t))
		if err != nil {
			t.Fatal(err)
		}
		targets, officers := map[string]draw.Target{}, map[string]draw.Officer{}
		weighty := int64(0)
		for _, x := range in.Targets {
			targets[x.ID] = x
			if in.Weights.Of(x, in.Day) > 0 {
				weighty++
			}
		}
		load := map[string]int64{}
		for _, x := range in.Officers {
			officers[x.ID], load[x.ID] = x, x.Load
		}
		if int64(len(r.Result)) != min(in.Want, weighty) {
			t.Fatalf("%d drawn, of %d with a weight %d are wanted", len(r.Result), weighty, in.Want)
		}
		drawn := map[string]bool{}
		for _, v := range r.Result {
			target, known := targets[v.Target]
			switch {
			case !known || drawn[v.Target]:
				t.Fatalf("%s is unknown or drawn twice", v.Target)
			case target.Closed || v.Weight == 0 || v.Weight != in.Weights.Of(target, in.Day):
				t.Fatalf("%s with weight %d", v.Target, v.Weight)
			}
			drawn[v.Target] = true
			may := func(o draw.Officer) bool {
				star := !slices.Contains(target.Cards, "star") || holds(o, "star", today)
				return !o.Busy && star && holds(o, "enforcement", today) && !slices.Contains(o.Recused, target.ID)
			}
			var eligible []int64
			for _, o := range in.Officers {
				if may(o) {
					eligible = append(eligible, load[o.ID])
				}
			}
			slices.Sort(eligible)
			if lacking := in.Team - int64(len(eligible)); lacking > 0 {
				if v.Lacking != lacking || len(v.Officers) > 0 {
					t.Fatalf("%+v where %d are lacking", v, lacking)
				}
				continue
			}
			if int64(len(slices.Compact(slices.Clone(v.Officers)))) != in.Team || v.Lacking != 0 {
				t.Fatalf("%+v for a team of %d", v, in.Team)
			}
			for _, id := range v.Officers {
				if !may(officers[id]) {
					t.Fatalf("%s may not inspect %s", id, v.Target)
				}
				if load[id] > eligible[in.Team-1]+in.Slack {
					t.Fatalf("%s has a load of %d, where a team is to be had with at most %d", id, load[id], eligible[in.Team-1])
				}
			}
			for _, id := range v.Officers {
				load[id]++
			}
		}
	})
}

func TestTheOrderOfTheInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, seed := anyInput(t), anySeed(t)
		one, err := draw.Run(in, seed)
		if err != nil {
			t.Fatal(err)
		}
		in.Targets = rapid.Permutation(in.Targets).Draw(t, "targets in another order")
		in.Officers = rapid.Permutation(in.Officers).Draw(t, "officers in another order")
		for i := range in.Officers {
			slices.Reverse(in.Officers[i].Recused)
			slices.Reverse(in.Officers[i].Cards)
		}
		other, err := draw.Run(in, seed)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(one, other) {
			t.Fatalf("%+v\n%+v", one, other)
		}
	})
}

// Whatever byte of the file is changed: it is no record any more, or Verify finds a difference.
func TestAChangedByteIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := draw.Run(anyInput(t), anySeed(t))
		if err != nil {
			t.Fatal(err)
		}
		text, err := r.Text()
		if err != nil {
			t.Fatal(err)
		}
		again, err := draw.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		if found, err := draw.Verify(again); err != nil || len(found) > 0 {
			t.Fatalf("unchanged: %v, %v", found, err)
		}
		for at := range text {
			if changed := bytes.Clone(text); change(t, changed, at) {
				if forged, err := draw.Read(changed); err == nil {
					if found, err := draw.Verify(forged); err == nil && len(found) == 0 {
						t.Fatalf("byte %d changed to %q: nothing is found", at, changed[at])
					}
				}
			}
		}
	})
}

// change changes the byte, and tells whether that is more than another white space.
func change(t *rapid.T, text []byte, at int) bool {
	was := text[at]
	text[at] = was ^ 1<<(at%7)
	white := func(b byte) bool { return bytes.IndexByte([]byte(" \t\r\n"), b) >= 0 }
	return !white(was) || !white(text[at])
}

func FuzzRead(f *testing.F) {
	in := draw.Input{
		Cites: []draw.Cite{{Clause: "telecom-2001:8"}}, Day: today, Want: 1, Team: 2, Cards: []string{"enforcement"},
		Weights: draw.Weights{Base: 1, IdleDays: 1, Most: 1}, Targets: []draw.Target{{ID: "t"}},
	}
	r, err := draw.Run(in, exampleSeed)
	if err != nil {
		f.Fatal(err)
	}
	text, err := r.Text()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := draw.Read(text)
		if err != nil {
			return
		}
		if _, err := draw.Verify(r); err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(r)
		if err != nil || len(out) == 0 {
			t.Fatal(err)
		}
	})
}
