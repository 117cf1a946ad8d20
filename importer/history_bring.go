package importer

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
)

// bringOperators brings in each once.
func (h *history) bringOperators(ctx context.Context, p *progress) error {
	var lots [][]*record
	for _, f := range h.firms.rows {
		if h.firms.became[f] == unsent {
			lots = append(lots, []*record{f})
		}
	}
	err := h.each(ctx, lots, func(ctx context.Context, lot []*record) error {
		f := lot[0]
		became, why := h.bringOperator(ctx, f)
		if became == unsent {
			return why
		}
		h.note(h.firms, f, became, why)
		p.add(func(t *Tally) { became.count(t, 1) })
		return nil
	})
	h.firms.tally(p)
	return err
}

func (h *history) bringOperator(ctx context.Context, f *record) (verdict, error) {
	if h.door == nil || h.door.dry {
		return filed, nil
	}
	body := map[string]any{"name": f.is["name"]}
	for _, name := range []string{"province", "licence", "address"} {
		if v := f.is[name]; v != "" {
			body[name] = v
		}
	}
	if types := f.is["types"]; types != "" {
		body["types"] = []string{types}
	}
	return judged(nil, f.is["id"], h.door.putOperator(ctx, f.is["id"], body))
}

// bringInspections brings in those of one operator one after the other, because a re-inspection names
// the case before it, and of many operators at once.
func (h *history) bringInspections(ctx context.Context, p *progress) error {
	var ready []*record
	for _, v := range h.visits.rows {
		if h.visits.became[v] == unsent {
			ready = append(ready, v)
		}
	}
	// A follow-up comes behind what it follows, also on the same day.
	slices.SortStableFunc(ready, func(a, b *record) int {
		return cmp.Or(cmp.Compare(dayOf(a), dayOf(b)), cmp.Compare(follows(a), follows(b)))
	})
	var lots [][]*record
	for i, v := range ready {
		if i == 0 || v.is["operator"] != ready[i-1].is["operator"] {
			lots = append(lots, nil)
		}
		lots[len(lots)-1] = append(lots[len(lots)-1], v)
	}
	err := h.each(ctx, lots, func(ctx context.Context, lot []*record) error {
		before := ""
		for _, v := range lot {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			got, became, why := h.bringInspection(ctx, v, before)
			if became == unsent {
				return why
			}
			if got != nil {
				before = got.Case
			}
			h.note(h.visits, v, became, why)
			p.add(func(t *Tally) { became.count(t, 1) })
		}
		return nil
	})
	h.visits.tally(p)
	return err
}

func follows(r *record) int {
	if r.is["cause"] == "re-inspection" {
		return 1
	}
	return 0
}

func (h *history) bringInspection(ctx context.Context, v *record, before string) (*receipt, verdict, error) {
	if h.door == nil {
		return nil, filed, nil
	}
	body := map[string]any{
		"operator": v.is["operator"], "imported": true, "on": v.is["day"], "receivedOn": v.is["day"], "externalSource": h.m.Source, "externalId": v.is["id"],
	}
	for _, name := range []string{"cause", "value", "subject"} {
		if x := v.is[name]; x != "" {
			body[name] = x
		}
	}
	if follows(v) > 0 && before != "" {
		body["case"] = before
	}
	var items []item
	for _, f := range h.of[v] {
		items = append(items, f.items...)
	}
	if len(items) > 0 {
		body["items"] = items
	}
	got, err := h.door.file(ctx, inspectionsPath, h.m.Source, v.is["id"], body)
	var no *refused
	if h.door.dry && errors.As(err, &no) && no.code == "unknown-operator" && h.brings(v.is["operator"]) {
		return nil, filed, nil // it is not there before this import brings it
	}
	became, why := judged(got, v.is["id"], err)
	return got, became, why
}

func (h *history) brings(operator string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.known[operator]
}

// note keeps the verdict on a row.
func (h *history) note(p *part, r *record, became verdict, why error) {
	h.done.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if p.became[r] = became; became == rejected {
		p.why[r] = why
	}
	if p == h.firms && became != rejected {
		h.known[r.is["id"]] = true
	}
}

// each hands out the lots; the first error that is not a row's own ends it.
func (h *history) each(ctx context.Context, lots [][]*record, do func(context.Context, []*record) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := make(chan []*record)
	var hands sync.WaitGroup
	for range h.atOnce {
		hands.Go(func() {
			for lot := range work {
				if err := do(ctx, lot); err != nil {
					stop(err)
				}
			}
		})
	}
	for _, lot := range lots {
		if ctx.Err() != nil {
			break
		}
		work <- lot
	}
	close(work)
	hands.Wait()
	return context.Cause(ctx)
}
