package draw_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"duban/law/calendar"
	"duban/law/draw"
)

const exampleSeed = "5771165b02a4e728ef3ff64e78dd2440ab97698fed8a3163ee32409cb7087e63"

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func example(t *testing.T) draw.Input {
	t.Helper()
	text, err := os.ReadFile("../../examples/draw-tourism.json")
	if err != nil {
		t.Fatal(err)
	}
	in, err := draw.ReadInput(text)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func made(t *testing.T, in draw.Input, seed string) draw.Record {
	t.Helper()
	r, err := draw.Run(in, seed)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The result was worked out by another program, in another language, from the description alone.
func TestTheExampleIsDrawnAsDescribed(t *testing.T) {
	want := []draw.Visit{
		{Target: "fleet-001", Weight: 44, Officers: []string{"off-12", "off-14"}},
		{Target: "scenic-001", Weight: 47, Officers: []string{"off-12", "off-16"}},
		{Target: "hotel-001", Weight: 46, Officers: []string{"off-11", "off-14"}},
		{Target: "agency-001", Weight: 64, Officers: []string{"off-11", "off-14"}},
	}
	if got := made(t, example(t), exampleSeed).Result; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestWeights(t *testing.T) {
	w := draw.Weights{Base: 10, Complaint: 6, Order: 8, Idle: 2, IdleDays: 30, IdleMost: 720, Most: 100}
	on := day("2026-03-02")
	for _, c := range []struct {
		name string
		t    draw.Target
		want int64
	}{
		{"inspected today", draw.Target{Inspected: on}, 10},
		{"29 days ago", draw.Target{Inspected: day("2026-02-01")}, 10},
		{"30 days ago", draw.Target{Inspected: day("2026-01-31")}, 12},
		{"complaints and orders", draw.Target{Inspected: on, Complaints: 2, Orders: 1}, 30},
		{"never", draw.Target{}, 58},
		{"never, and a century ago, are the same", draw.Target{Inspected: day("1926-03-02")}, 58},
		{"not above the most", draw.Target{Complaints: 1000}, 100},
		{"closed", draw.Target{Complaints: 1000, Closed: true}, 0},
	} {
		if got := w.Of(c.t, on); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// The heavier of two is drawn as much more often as it is heavier.
func TestWeightIsTheChance(t *testing.T) {
	in := example(t)
	in.Commitment, in.Want = "", 1
	in.Weights = draw.Weights{Base: 1, Complaint: 1, IdleDays: 1, Most: 100}
	in.Targets = []draw.Target{{ID: "light", Inspected: in.Day}, {ID: "heavy", Inspected: in.Day, Complaints: 3}}
	heavy := 0
	for i := range 4000 {
		if made(t, in, fmt.Sprintf("%064x", i)).Result[0].Target == "heavy" {
			heavy++
		}
	}
	if heavy < 3080 || heavy > 3320 { // 3200 expected, deviation 25
		t.Errorf("heavy was drawn %d times of 4000", heavy)
	}
}

func TestTooFewOfficersLeaveTheTargetWithoutATeam(t *testing.T) {
	in := example(t)
	in.Commitment = ""
	in.Officers = in.Officers[:1]
	for _, v := range made(t, in, exampleSeed).Result {
		if v.Lacking != 1 || len(v.Officers) != 0 {
			t.Errorf("%+v", v)
		}
	}
}

func TestInputFaults(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*draw.Input)
		want  string
	}{
		{"no rule", func(in *draw.Input) { in.Cites = nil }, "cites"},
		{"no day", func(in *draw.Input) { in.Day = calendar.Day{} }, "day"},
		{"one officer alone", func(in *draw.Input) { in.Team = 1 }, "team"},
		{"no card asked for", func(in *draw.Input) { in.Cards = nil }, "cards"},
		{"negative figure", func(in *draw.Input) { in.Targets[0].Complaints = -1 }, "complaints of hotel-001"},
		{"negative weight", func(in *draw.Input) { in.Weights.Order = -1 }, "weights.order"},
		{"steps of no day", func(in *draw.Input) { in.Weights.IdleDays = 0 }, "weights.idleDays"},
		{"inspected tomorrow", func(in *draw.Input) { in.Targets[0].Inspected = day("2026-03-03") }, "after the day"},
		{"target twice", func(in *draw.Input) { in.Targets[1].ID = in.Targets[0].ID }, "twice"},
		{"officer twice", func(in *draw.Input) { in.Officers[1].ID = in.Officers[0].ID }, "twice"},
		{"a name for an id", func(in *draw.Input) { in.Officers[0].ID = "张三" }, "officers["},
		{"card ends before it begins", func(in *draw.Input) { in.Officers[0].Cards[0].To = day("2023-12-31") }, "in order"},
		{"another commitment", func(in *draw.Input) { in.Commitment = strings.Repeat("0", 64) }, "committed"},
	} {
		in := example(t)
		c.spoil(&in)
		if _, err := draw.Run(in, exampleSeed); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := draw.ReadInput([]byte(`{"colour": 1}`)); err == nil {
		t.Error("an unknown field is let pass")
	}
}

func TestVerifySaysWhereARecordDiffers(t *testing.T) {
	for _, c := range []struct {
		name   string
		forge  func(*draw.Record)
		fields []string
	}{
		{"as it was made", func(*draw.Record) {}, nil},
		{"another target", func(r *draw.Record) { r.Result[0].Target = "shop-001" }, []string{"hash", "result[0].target"}},
		{"another officer", func(r *draw.Record) { r.Result[1].Officers[0] = "off-11" }, []string{"hash", "result[1].officers"}},
		{"one left out", func(r *draw.Record) { r.Result = r.Result[:3] }, []string{"hash", "result[3].target", "result[3].weight", "result[3].officers"}},
		{"another seed", func(r *draw.Record) { r.Seed = strings.Repeat("1", 64) }, []string{"hash", "commitment"}},
		{"not in order", func(r *draw.Record) { slices.Reverse(r.Targets) }, []string{"hash", "targets[0]"}},
		{"another risk", func(r *draw.Record) { r.Targets[0].Complaints++ }, []string{"hash"}},
	} {
		r := made(t, example(t), exampleSeed)
		c.forge(&r)
		found, err := draw.Verify(r)
		if err != nil {
			t.Fatal(err)
		}
		var at []string
		for _, d := range found {
			at = append(at, d.At)
			if d.Zh == "" || d.En == "" || d.Recorded == d.Repeated {
				t.Errorf("%s: %+v", c.name, d)
			}
		}
		for _, f := range c.fields {
			if !slices.Contains(at, f) {
				t.Errorf("%s: %v, want %s among them", c.name, at, f)
			}
		}
		if len(c.fields) == 0 && len(at) > 0 {
			t.Errorf("%s: %v", c.name, at)
		}
	}
}
