package demo

import (
	"fmt"

	"duban/calendar"
	"duban/draw"
	"duban/standalone/cast"
)

// demoSeed makes the draw of every demo the same. A real one comes from draw.NewSeed.
const demoSeed = "5771165b02a4e728ef3ff64e78dd2440ab97698fed8a3163ee32409cb7087e63"

// spotDraw draws whom the province visits, and who goes: the record as it is published.
func spotDraw(day calendar.Day) (string, draw.Record, error) {
	const enforcement, province, star = "enforcement", "inspection.province", "inspection.star"
	holding := func(kinds ...string) (all []draw.Card) {
		for _, k := range kinds {
			all = append(all, draw.Card{Kind: k, From: calendar.NewDay(2020, 1, 1), To: calendar.NewDay(2039, 6, 30)})
		}
		return all
	}
	in := draw.Input{
		Cites:      []draw.Cite{{Clause: "liaoning-tourism-1991:14"}, {Clause: "国办发〔2024〕54号", Unverified: true}},
		Day:        day,
		Commitment: draw.Commitment(demoSeed), // published before the input was fixed
		Want:       2, Team: 2, Cards: []string{enforcement, province}, Slack: 1,
		Weights: draw.Weights{Base: 10, Complaint: 6, Order: 8, Idle: 1, IdleDays: 30, IdleMost: 720, Most: 100},
		Targets: []draw.Target{
			{ID: "bohai-hotel", Complaints: 2, Cards: []string{star}},
			{ID: "beihai-travel", Complaints: 3},
			{ID: "laobian-restaurant", Complaints: 1},
			{ID: "beiling-park"},
		},
		Officers: []draw.Officer{
			{ID: person("bureau"), Cards: holding(enforcement, province)},
			{ID: person("bureau-second"), Cards: holding(enforcement, province)},
			{ID: person("star"), Cards: holding(enforcement, province, star)},
			{ID: person("star-second"), Cards: holding(enforcement, province, star)},
		},
	}
	r, err := draw.Run(in, demoSeed)
	if err != nil {
		return "", r, err
	}
	text, err := r.Text()
	return string(text), r, err
}

// verifyDraw repeats a draw from what was published.
func verifyDraw(published string) error {
	r, err := draw.Read([]byte(published))
	if err != nil {
		return err
	}
	differences, err := draw.Verify(r)
	if err == nil && len(differences) > 0 {
		err = fmt.Errorf("the published draw differs from its repetition in %d places, first %s", len(differences), differences[0].At)
	}
	return err
}

// named is the cast's name of an officer or a unit.
func named(id string) string {
	for _, p := range cast.People() {
		if p.Key.Owner == id {
			return p.Name
		}
	}
	return id
}
