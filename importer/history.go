package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"duban/api/client"
)

// HistoryTally counts what became of the rows of each file.
type HistoryTally struct {
	Operators   Tally `json:"operators"`
	Inspections Tally `json:"inspections"`
	Findings    Tally `json:"findings"` // filed: with their inspection
}

// Inspections brings in the operators, inspections and findings of a folder. The Tally counts what
// came in before an error too.
func (j Job) Inspections(ctx context.Context, folder string) (counts HistoryTally, err error) {
	m, err := readHistoryMap(j.Map)
	if err != nil {
		return counts, err
	}
	h := &history{m: m, door: j.Door, atOnce: j.AtOnce, known: map[string]bool{}}
	if h.rejects, err = newRejects(j.Rejected, []string{"file", "row"}, j.Out); err != nil {
		return counts, err
	}
	defer func() { counts, err = h.counts, errors.Join(err, h.rejects.close()) }()
	if err := h.read(folder); err != nil {
		return counts, err
	}
	if err := h.operators(ctx, j.progress(int64(len(h.firms)), h.done.Load)); err != nil {
		return counts, err
	}
	h.done.Store(0)
	return counts, h.inspections(ctx, j.progress(int64(len(h.visits)), h.done.Load))
}

// history is one import: the three files, read, and what became of them.
type history struct {
	m       *historyMap
	door    *Door // nil: a dry run
	rejects *rejects
	atOnce  int

	firms, visits []record
	breaches      map[string][]record // by operator and day
	known         map[string]bool     // operators that the house has
	done          atomic.Int64

	mu     sync.Mutex // over what follows, rejects and known
	counts HistoryTally
}

func (h *history) read(folder string) error {
	reject := func(t *Tally) func(line, error) error {
		return func(l line, reason error) error {
			t.Rows++
			t.Rejected++
			return h.rejects.add(l, reason)
		}
	}
	var err error
	if h.firms, err = h.m.Operators.records(folder, reject(&h.counts.Operators)); err != nil {
		return err
	}
	if h.visits, err = h.m.Inspections.records(folder, reject(&h.counts.Inspections)); err != nil {
		return err
	}
	found, err := h.m.Findings.records(folder, reject(&h.counts.Findings))
	if err != nil {
		return err
	}
	h.breaches = map[string][]record{}
	for _, f := range found {
		h.breaches[dayOf(f)] = append(h.breaches[dayOf(f)], f)
	}
	// A follow-up comes behind what it follows, also on the same day.
	slices.SortStableFunc(h.visits, func(a, b record) int {
		return cmp.Or(cmp.Compare(dayOf(a), dayOf(b)), cmp.Compare(follows(a), follows(b)), cmp.Compare(a.number, b.number))
	})
	return h.widows(reject(&h.counts.Findings))
}

func follows(r record) int {
	if r.values["cause"] == "re-inspection" {
		return 1
	}
	return 0
}

func dayOf(r record) string { return r.values["operator"] + " " + r.values["day"] }

// widows rejects the findings of days on which there was no inspection.
func (h *history) widows(reject func(line, error) error) error {
	visited := map[string]bool{}
	for _, v := range h.visits {
		visited[dayOf(v)] = true
	}
	var lost []record
	for key, all := range h.breaches {
		if !visited[key] {
			lost = append(lost, all...)
			delete(h.breaches, key)
		}
	}
	slices.SortFunc(lost, func(a, b record) int { return cmp.Compare(a.number, b.number) })
	for _, f := range lost {
		if err := reject(line{f.number, append([]string{h.m.Findings.File}, f.cells...), nil}, errors.New("no inspection of that operator on that day")); err != nil {
			return err
		}
	}
	return nil
}

// operators brings each in once; a second row of the same id is rejected.
func (h *history) operators(ctx context.Context, p *progress) error {
	first := map[string]int{}
	var lots [][]record
	for _, f := range h.firms {
		id := f.values["id"]
		if first[id] == 0 {
			first[id] = f.number
			lots = append(lots, []record{f})
			continue
		}
		if err := h.reject(p, h.m.Operators.File, f, fmt.Errorf("the id %s stands on line %d already", id, first[id])); err != nil {
			return err
		}
	}
	err := h.each(ctx, lots, func(ctx context.Context, lot []record) error {
		f := lot[0]
		err := h.putOperator(ctx, f)
		var no *refused
		if errors.As(err, &no) {
			return h.reject(p, h.m.Operators.File, f, err)
		}
		if err == nil {
			h.mu.Lock()
			h.known[f.values["id"]] = true
			h.mu.Unlock()
			h.done.Add(1)
			p.add(func(t *Tally) { t.Filed++ })
		}
		return err
	})
	h.counts.Operators = h.counts.Operators.with(p.end())
	return err
}

func (h *history) putOperator(ctx context.Context, f record) error {
	if h.door == nil {
		return nil
	}
	body := client.OperatorBody{Name: f.values["name"]}
	for name, to := range map[string]**string{"province": &body.Province, "licence": &body.Licence, "address": &body.Address} {
		if v := f.values[name]; v != "" {
			*to = &v
		}
	}
	if types := f.values["types"]; types != "" {
		body.Types = []client.Code{types}
	}
	_, err := h.door.insist(ctx, func(ctx context.Context) (answer, error) {
		r, err := h.door.api.PutOperatorWithResponse(ctx, f.values["id"], body)
		if err != nil {
			return answer{}, err
		}
		return answer{nil, r.ApplicationproblemJSONDefault, r.HTTPResponse}, nil
	})
	return err
}

// inspections brings in those of one operator one after the other, because a re-inspection names
// the case before it, and of many operators at once.
func (h *history) inspections(ctx context.Context, p *progress) error {
	var lots [][]record
	for i, v := range h.visits {
		if i == 0 || v.values["operator"] != h.visits[i-1].values["operator"] {
			lots = append(lots, nil)
		}
		lots[len(lots)-1] = append(lots[len(lots)-1], v)
	}
	err := h.each(ctx, lots, func(ctx context.Context, lot []record) error {
		before, ids := "", map[string]int{}
		for _, v := range lot {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			ids[v.values["id"]]++
			id, n := v.values["id"], ids[v.values["id"]]
			if n > 1 { // the file has the same row more than once
				id += "/" + strconv.Itoa(n)
			}
			found := h.take(dayOf(v))
			receipt, err := h.fileInspection(ctx, v, id, before, found)
			var no *refused
			if errors.As(err, &no) {
				if err := h.reject(p, h.m.Inspections.File, v, err); err != nil {
					return err
				}
				if err := h.orphans(found); err != nil {
					return err
				}
				continue
			}
			if err != nil {
				return err
			}
			again := false
			if receipt != nil {
				before, again = receipt.Case, receipt.Again
			}
			h.findings(len(found), again)
			h.done.Add(1)
			p.add(func(t *Tally) {
				if again {
					t.Existing++
				} else {
					t.Filed++
				}
			})
		}
		return nil
	})
	h.counts.Inspections = h.counts.Inspections.with(p.end())
	f := &h.counts.Findings // they come with their inspections
	if f.Seconds = h.counts.Inspections.Seconds; f.Seconds > 0 {
		f.Rate = float64(f.Filed+f.Existing) / f.Seconds
	}
	return err
}

// take gives the findings of a day to the first inspection of that day.
func (h *history) take(key string) []record {
	h.mu.Lock()
	defer h.mu.Unlock()
	found := h.breaches[key]
	delete(h.breaches, key)
	return found
}

// findings counts those that came with their inspection, now or in a run before.
func (h *history) findings(n int, again bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts.Findings.Rows += n
	if again {
		h.counts.Findings.Existing += n
	} else {
		h.counts.Findings.Filed += n
	}
}

// orphans rejects the findings of an inspection that was rejected.
func (h *history) orphans(found []record) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts.Findings.Rows += len(found)
	h.counts.Findings.Rejected += len(found)
	for _, f := range found {
		if err := h.rejects.add(line{f.number, append([]string{h.m.Findings.File}, f.cells...), nil}, errors.New("its inspection was rejected")); err != nil {
			return err
		}
	}
	return nil
}

func (h *history) fileInspection(ctx context.Context, v record, id, before string, found []record) (*client.Receipt, error) {
	operator := v.values["operator"]
	if !h.known[operator] {
		return nil, &refused{fmt.Sprintf("no operator %s was brought in", operator)}
	}
	if h.door == nil {
		return nil, nil
	}
	day, err := time.Parse(time.DateOnly, v.values["day"])
	if err != nil {
		return nil, fmt.Errorf("read the day of an inspection: %w", err)
	}
	yes, on := true, openapi_types.Date{Time: day}
	body := client.InspectionFilingBody{Operator: operator, Imported: &yes, On: &on, ReceivedOn: &on, ExternalSource: &h.m.Source, ExternalId: &id}
	if c := v.values["cause"]; c != "" {
		cause := client.InspectionFilingBodyCause(c)
		body.Cause = &cause
		if c == "re-inspection" && before != "" {
			body.Case = &before
		}
	}
	if x := v.values["value"]; x != "" {
		body.Value = &x
	}
	if x := v.values["subject"]; x != "" {
		body.Subject = &x
	}
	if len(found) > 0 {
		items := make([]client.ItemBody, len(found))
		for i, f := range found {
			requirement, evidence := f.values["requirement"], f.values["evidence"]
			items[i] = client.ItemBody{Requirement: requirement, Evidence: &evidence}
		}
		body.Items = items
	}
	return h.door.insist(ctx, func(ctx context.Context) (answer, error) {
		r, err := h.door.api.FileInspectionWithResponse(ctx, &client.FileInspectionParams{IdempotencyKey: keyOf(h.m.Source, id)}, body)
		if err != nil {
			return answer{}, err
		}
		return answer{r.JSON201, r.ApplicationproblemJSONDefault, r.HTTPResponse}, nil
	})
}

// each hands out the lots; the first error that is not a row's own ends it.
func (h *history) each(ctx context.Context, lots [][]record, do func(context.Context, []record) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := make(chan []record)
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

func (h *history) reject(p *progress, file string, r record, reason error) error {
	h.done.Add(1)
	p.add(func(t *Tally) { t.Rejected++ })
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rejects.add(line{r.number, append([]string{file}, r.cells...), nil}, reason)
}

// with adds what was rejected while reading to what became of the rest.
func (t Tally) with(sent Tally) Tally {
	sent.Rows, sent.Rejected = sent.Rows+t.Rows, sent.Rejected+t.Rejected
	return sent
}
