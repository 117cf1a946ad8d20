package register

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/draw"
)

func aDraw(key string, want int64) DrawIn {
	return DrawIn{
		Owner: "officer/o1", Key: key, Authority: "sy", Types: []string{"hotel"}, Cap: 1, By: officer,
		Rule: draw.Input{
			Cites: []draw.Cite{{Clause: "telecom-2001:8"}}, Want: want, Team: 2, Cards: []string{"inspection"},
			Weights: draw.Weights{Base: 10, Complaint: 6, Order: 8, Idle: 1, IdleDays: 30, IdleMost: 720, Most: 100},
		},
	}
}

// drawnHouse is a city with hotels and officers, of whom o9 keeps away from h1 by its recusal and
// has that inspection in hand.
func drawnHouse(t testing.TB, r *Register) {
	t.Helper()
	shenyang(t, r, "h1", "h2", "h3")
	for _, id := range []string{"o7", "o8", "o9"} {
		ok(t, r.PutOfficer(t.Context(), Officer{ID: id, Authority: "sy", Role: casefile.RoleOfficer, Name: id}))
		for _, types := range [][]string{{"hotel", "bar"}, {"bar"}} {
			ok(t, r.PutCard(t.Context(), casefile.Card{
				Number: id + strings.Join(types, ""), Officer: id, Kind: casefile.InspectionCard, Types: types,
				From: calendar.NewDay(2025, 1, 1), Until: calendar.NewDay(2027, 1, 1),
			}))
		}
	}
	in := must(r.File(t.Context(), Filing{
		Owner: "x", Key: "an inspection", Kind: casefile.Inspection, Authority: "sy", Operator: "h1", Subject: "s", By: officer,
		Body: casefile.Body{Operator: "h1"}, Regime: testRegime,
	}))(t)
	ok(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(tn *Turn) error {
		o := entry(tn, "team")
		o.Case.Inspection = &casefile.InspectionFile{Team: []string{"o8", "o9"}, Recused: []string{"o9"}, OnSiteOn: calendar.NewDay(2026, 1, 5)}
		return tn.Enter(o)
	}))
}

func TestTheUrnIsWhatTheRegisterKnows(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		drawnHouse(t, r)
		d := must(r.MakeDraw(t.Context(), aDraw("k", 1)))(t)
		record := must(draw.Read([]byte(d.Record)))(t)
		if len(record.Targets) != 3 || record.Targets[0].Inspected != calendar.NewDay(2026, 1, 5) || !record.Targets[1].Inspected.IsZero() {
			t.Errorf("targets %+v", record.Targets)
		}
		if len(record.Officers) != 3 {
			t.Fatalf("officers %+v", record.Officers)
		}
		for i, load := range []int64{0, 1, 1} {
			if o := record.Officers[i]; o.Load != load || len(o.Cards) != 1 || o.Busy {
				t.Errorf("officer %+v", o)
			}
		}
		if !slices.Equal(record.Officers[2].Recused, []string{"h1"}) {
			t.Errorf("recused %v", record.Officers[2].Recused)
		}
		in := aDraw("k2", 1)
		in.Rule.Commitment = strings.Repeat("0", 64)
		_, err := r.MakeDraw(t.Context(), in)
		isErr(t, err, ErrDraw)
		in = aDraw("k3", 1)
		in.Types = []string{"ship"}
		_, err = r.MakeDraw(t.Context(), in)
		isErr(t, err, ErrDraw)
	})
}

// Where the regulation asks for a level of card, officers without one are not drawn: a card of another
// level, or for another trade, is none. Other targets and what is asked for nowhere stay as they were.
func TestTheUrnKnowsTheLevelOfACard(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		drawnHouse(t, r)
		ok(t, r.PutOperator(t.Context(), Operator{ID: "s1", Name: "s1", Province: "sy", Types: []string{"star", "hotel"}}))
		card := func(number, officer, level string, types ...string) {
			ok(t, r.PutCard(t.Context(), casefile.Card{
				Number: number, Officer: officer, Kind: casefile.InspectionCard, Level: level, Types: types,
				From: calendar.NewDay(2025, 1, 1), Until: calendar.NewDay(2027, 1, 1),
			}))
		}
		card("star-7", "o7", "national-star", "star")
		card("star-8", "o8", "national-star", "bar")
		card("city-9", "o9", "city", "star")
		in := aDraw("k", 4)
		in.Levels = []casefile.CardRule{{Type: "star", Level: "national-star", Cite: "x:10"}, {Type: "ship", Level: "city", Cite: "x:11"}}
		record := must(draw.Read([]byte(must(r.MakeDraw(t.Context(), in))(t).Record)))(t)
		for _, x := range record.Targets {
			if star := x.ID == "s1"; slices.Equal(x.Cards, []string{"inspection.national-star"}) != star || !star && len(x.Cards) > 0 {
				t.Errorf("%+v", x)
			}
		}
		if !slices.Contains(record.Cites, draw.Cite{Clause: "x:10"}) || len(record.Cites) != 2 {
			t.Errorf("cites %v", record.Cites)
		}
		for _, v := range record.Result {
			if star := v.Target == "s1"; star && (v.Lacking != 1 || len(v.Officers) > 0) || !star && len(v.Officers) != 2 {
				t.Errorf("%+v", v)
			}
		}
		card("star-8-too", "o8", "national-star")
		in.Key, in.Rule.Team = "k2", 2
		record = must(draw.Read([]byte(must(r.MakeDraw(t.Context(), in))(t).Record)))(t)
		at := slices.IndexFunc(record.Result, func(v draw.Visit) bool { return v.Target == "s1" })
		if !slices.Equal(record.Result[at].Officers, []string{"o7", "o8"}) {
			t.Errorf("%+v", record.Result[at])
		}
		if found, err := draw.Verify(record); err != nil || len(found) > 0 {
			t.Errorf("%v, %v", found, err)
		}
		in.Key, in.Rule.Team = "k3", 3
		record = must(draw.Read([]byte(must(r.MakeDraw(t.Context(), in))(t).Record)))(t)
		for _, v := range record.Result {
			if want := map[bool]int{true: 0, false: 3}[v.Target == "s1" || v.Target == "h1"]; record.Team != 3 || len(v.Officers) != want {
				t.Errorf("a team of three: %+v", v)
			}
		}
	})
}

// Killed behind the first visit, and then opened by many at once: each is there once and counted.
func TestADrawIsOpenedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		shenyang(t, r, "h1", "h2", "h3")
		d := must(r.MakeDraw(t.Context(), aDraw("k", 3)))(t)
		record := must(draw.Read([]byte(d.Record)))(t)
		must(r.openDrawn(t.Context(), d, record.Result[0], "s", testRegime))(t)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if all, err := r.OpenDraw(t.Context(), d, "s", testRegime); err != nil || len(all) != 3 || all[0].State != VisitOpened {
					t.Errorf("%+v, %v", all, err)
				}
			})
		}
		wg.Wait()
		var cases, counts int
		ok(t, r.db.Raw("SELECT count(*) FROM cases").Scan(&cases).Error)
		ok(t, r.db.Raw("SELECT count(*) FROM inspection_counts").Scan(&counts).Error)
		if cases != 3 || counts != 3 {
			t.Errorf("%d cases, %d counts", cases, counts)
		}
		if rep := must(r.Verify(t.Context(), nil))(t); len(rep.Violations) > 0 {
			t.Errorf("%+v", rep.Violations)
		}
		other := must(r.MakeDraw(t.Context(), aDraw("k2", 3)))(t)
		if must(draw.Read([]byte(other.Record)))(t).Targets[0].Closed != true {
			t.Error("its visits of the year are used up")
		}
		ok(t, r.db.Exec("DELETE FROM inspection_counts WHERE operator = 'h2'").Error)
		if rep := must(r.Verify(t.Context(), nil))(t); len(rep.Violations) == 0 {
			t.Error("a visit that is not counted is not found")
		}
	})
}

// The same commitment asked for by many at once, with other keys: one draw.
func TestASeedIsDrawnWithOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		shenyang(t, r, "h1", "h2")
		hash := must(r.CommitDraw(t.Context(), "officer/o1", "seed", "sy", officer))(t)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				in := aDraw(strings.Repeat("k", i/2+1), 1) // each key twice
				in.Rule.Commitment = hash
				if _, err := r.MakeDraw(t.Context(), in); err != nil {
					isErr(t, err, ErrDraw)
				}
			})
		}
		wg.Wait()
		all := must(r.Draws(t.Context(), []string{"sy"}, 0, 10))(t)
		if len(all) != 1 {
			t.Errorf("%d draws", len(all))
		}
	})
}
