package draw

import (
	"fmt"
	"slices"
)

// Run makes the draw. The input may stand in any order. Its error lists every fault of the input
// or the seed; a seed that is not the one committed to is such a fault.
func Run(in Input, seed string) (Record, error) {
	in = in.sorted()
	if err := in.check(); err != nil {
		return Record{}, fmt.Errorf("draw: %w", err)
	}
	result, err := in.draw(seed)
	if err != nil {
		return Record{}, fmt.Errorf("draw: %w", err)
	}
	if in.Commitment != "" && in.Commitment != Commitment(seed) {
		return Record{}, fmt.Errorf("draw: this is not the seed that was committed to")
	}
	r := Record{Version: Version, Input: in, Seed: seed, Result: result}
	r.Hash, err = r.hash()
	return r, err
}

// draw needs an input that is sorted and has been checked.
func (in Input) draw(seed string) ([]Visit, error) {
	lots, err := newLots(seed, "targets")
	if err != nil {
		return nil, err
	}
	result := in.targets(lots)
	if lots, err = newLots(seed, "officers"); err != nil {
		return nil, err
	}
	in.teams(lots, result)
	return result, nil
}

func (in Input) targets(l *lots) []Visit {
	weights := make([]int64, len(in.Targets))
	var total int64
	for i, t := range in.Targets {
		weights[i] = in.Weights.Of(t, in.Day)
		total += weights[i]
	}
	drawn := []Visit{}
	for int64(len(drawn)) < in.Want && total > 0 {
		at := l.below(total)
		i := 0
		for at >= weights[i] {
			at -= weights[i]
			i++
		}
		drawn = append(drawn, Visit{Target: in.Targets[i].ID, Weight: weights[i], Officers: []string{}})
		total -= weights[i]
		weights[i] = 0
	}
	return drawn
}

func (in Input) teams(l *lots, visits []Visit) {
	load := map[string]int64{}
	for _, o := range in.Officers {
		load[o.ID] = o.Load
	}
	byID := map[string]Target{}
	for _, t := range in.Targets {
		byID[t.ID] = t
	}
	for i := range visits {
		v := &visits[i]
		pool := in.pool(byID[v.Target], load)
		if lacking := in.Team - int64(len(pool)); lacking > 0 {
			v.Lacking = lacking
			continue
		}
		for range in.Team {
			at := int(l.below(int64(len(pool))))
			v.Officers = append(v.Officers, pool[at])
			load[pool[at]]++
			pool = slices.Delete(pool, at, at+1)
		}
		slices.Sort(v.Officers)
	}
}

// pool lists, by id, the officers from whom the team of that target is drawn; if they are fewer
// than a team, all there are.
func (in Input) pool(t Target, load map[string]int64) []string {
	var pool []string
	var loads []int64
	for _, o := range in.Officers {
		if o.may(t, in.Cards, in.Day) {
			pool = append(pool, o.ID)
			loads = append(loads, load[o.ID])
		}
	}
	if int64(len(pool)) < in.Team {
		return pool
	}
	slices.Sort(loads)
	most := loads[in.Team-1] + in.Slack
	return slices.DeleteFunc(pool, func(id string) bool { return load[id] > most })
}
