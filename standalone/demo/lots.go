package demo

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"duban/law/draw"
	"duban/standalone/cast"
)

// lot is the province's draw of the year, as the bureau makes it: its seed is committed to with the
// plans, in the December before; drawn, and its visits opened, in the autumn; published when no
// visit of it is still to come. Chance makes the seed, so no later step may depend on whom it names.
type lot struct {
	commitment, id string
	record         []byte // as the bureau read it
	visits         int
}

// drawnBy is what the bureau asks for: two of all its units, by officers with both cards.
func drawnBy(commitment string) body {
	return body{
		"types": []string{"star-hotel", "travel-agency", "restaurant", "sight"}, "want": 2, "cap": 3,
		"cards": []string{"inspection", "enforcement"}, "slack": 1, "commitment": commitment,
		"cites": []body{{"clause": "liaoning-tourism-1991:14"}, {"clause": "国办发〔2024〕54号", "unverified": true}},
	}
}

// commit has the installation keep a seed, whose hash the bureau can publish at once.
func (y *yearDriver) commit(ctx context.Context) error {
	a, err := y.desk.call(ctx, http.MethodPost, "/v1/draws/commitments", login{key: y.Keys["bureau"]}, "demo-draw-seed", nil)
	if err != nil {
		return err
	}
	var kept struct{ Commitment string }
	if err := a.into(&kept); err != nil {
		return err
	}
	y.lot.commitment = kept.Commitment
	return nil
}

// draw makes the draw, opens what it drew, and gives each visit to a story of its own.
func (y *yearDriver) draw(ctx context.Context, nine time.Time) error {
	bureau := login{key: y.Keys["bureau"]}
	a, err := y.desk.call(ctx, http.MethodPost, "/v1/draws", bureau, "demo-draw", drawnBy(y.lot.commitment))
	if err != nil {
		return err
	}
	var made struct{ ID string }
	if err := a.into(&made); err != nil {
		return err
	}
	y.lot.id = made.ID
	y.After("draw made")
	record, err := y.drawn(ctx, bureau)
	if err != nil {
		return err
	}
	if a, err = y.desk.call(ctx, http.MethodPost, "/v1/draws/"+y.lot.id+"/open", bureau, "demo-draw-open", nil); err != nil {
		return err
	}
	y.After("draw opened")
	var opened struct {
		Items []struct{ Target, State, Case string }
	}
	if err := a.into(&opened); err != nil {
		return err
	}
	for i, v := range opened.Items {
		if v.State != "opened" {
			return fmt.Errorf("the visit to %s that was drawn is %s", v.Target, v.State)
		}
		team := record.Result[i].Officers
		y.told.Draw.Visits = append(y.told.Draw.Visits, fmt.Sprintf("%s by %v", v.Target, team))
		s := drawnVisit(i+1, crew{lead: named(team[0]), other: named(team[1]), head: "bureau-head", unit: named(v.Target)}, record.Hash)
		y.visit(s, v.Case, nine)
	}
	y.lot.visits = len(opened.Items)
	return y.settle(ctx)
}

// publish makes the draw public, and then does what anybody can do with it.
func (y *yearDriver) publish(ctx context.Context) error {
	if _, err := y.desk.call(ctx, http.MethodPost, "/v1/draws/"+y.lot.id+"/publish", login{key: y.Keys["bureau"]}, "demo-draw-publish", nil); err != nil {
		return err
	}
	record, err := y.drawn(ctx, login{})
	if err != nil {
		return err
	}
	if record.Commitment != y.lot.commitment {
		return fmt.Errorf("the published draw names another seed than the one committed to")
	}
	y.told.Draw.Day, y.told.Draw.Hash, y.told.Draw.Commitment = record.Day, record.Hash, record.Commitment
	return nil
}

// drawn reads the record of the draw and repeats it, as `duban draw verify` does. It is the same
// whoever reads it.
func (y *yearDriver) drawn(ctx context.Context, who login) (draw.Record, error) {
	a, err := y.desk.call(ctx, http.MethodGet, "/v1/draws/"+y.lot.id, who, "", nil)
	if err != nil {
		return draw.Record{}, err
	}
	if y.lot.record == nil {
		y.lot.record = a.Body
	}
	if !bytes.Equal(y.lot.record, a.Body) {
		return draw.Record{}, fmt.Errorf("the draw is published as another than was made")
	}
	record, err := draw.Read(a.Body)
	if err != nil {
		return draw.Record{}, err
	}
	differences, err := draw.Verify(record)
	if err == nil && len(differences) > 0 {
		err = fmt.Errorf("the draw differs from its repetition in %d places, first %s", len(differences), differences[0].At)
	}
	return record, err
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
