package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
)

// HistoryTally counts what became of the rows of each file.
type HistoryTally struct {
	Operators   Tally `json:"operators"`
	Inspections Tally `json:"inspections"`
	Findings    Tally `json:"findings"` // rows of their file; filed with their inspection
}

// Rejected is how many rows were, of all files.
func (t HistoryTally) Rejected() int {
	return t.Operators.Rejected + t.Inspections.Rejected + t.Findings.Rejected
}

// Inspections brings in the operators, inspections and findings of a folder, or tells in a dry run
// what would become of each. The tally counts what came in before an error too. The three files are
// joined in memory.
func (j Job) Inspections(ctx context.Context, folder string) (counts HistoryTally, err error) {
	m, err := readHistoryMap(j.Map)
	if err != nil {
		return counts, err
	}
	h := newHistory(m, j)
	for _, p := range h.parts {
		if p.from, p.rows, err = p.section.records(folder); err != nil {
			return counts, err
		}
		j.tellUnseen(p.from)
		if j.Rejected == "" {
			continue
		}
		if err := p.from.spare(filepath.Join(j.Rejected, p.section.File)); err != nil {
			return counts, err
		}
	}
	h.join()
	err = h.bringOperators(ctx, j.progress(int64(len(h.firms.rows)), h.done.Load))
	if err == nil {
		h.done.Store(0)
		err = h.bringInspections(ctx, j.progress(int64(len(h.visits.rows)), h.done.Load))
	}
	h.countFindings()
	counts = HistoryTally{h.firms.counts, h.visits.counts, h.breaches.counts}
	counts.Operators.DryRun, counts.Inspections.DryRun, counts.Findings.DryRun = j.dry(), j.dry(), j.dry()
	return counts, errors.Join(err, h.tellRejected(j))
}

// history is one import: the three files, read, and what became of them.
type history struct {
	m      *historyMap
	door   *Door // nil: nobody is asked
	atOnce int

	firms, visits, breaches *part
	parts                   []*part               // these three
	of                      map[*record][]*record // findings by their inspection

	mu    sync.Mutex // over known and the verdicts on rows, while they are sent
	known map[string]bool
	done  atomic.Int64
}

// part is one of the three files.
type part struct {
	section *section
	from    file
	rows    []*record
	became  map[*record]verdict
	why     map[*record]error
	counts  Tally
}

func newHistory(m *historyMap, j Job) *history {
	h := &history{m: m, door: j.Door, atOnce: j.AtOnce, known: map[string]bool{}, of: map[*record][]*record{}}
	for _, s := range []*section{&m.Operators, &m.Inspections, &m.Findings} {
		h.parts = append(h.parts, &part{section: s, became: map[*record]verdict{}, why: map[*record]error{}})
	}
	h.firms, h.visits, h.breaches = h.parts[0], h.parts[1], h.parts[2]
	return h
}

// tally counts the verdicts on a file's rows, with the time that sending took.
func (p *part) tally(took *progress) {
	p.counts = took.end()
	p.counts.Rows, p.counts.Filed, p.counts.Existing, p.counts.Rejected = 0, 0, 0, 0
	for _, r := range p.rows {
		if became := p.became[r]; became != unsent {
			became.count(&p.counts, 1)
		}
	}
}

// countFindings: what became of an inspection became of its findings.
func (h *history) countFindings() {
	for v, all := range h.of {
		for _, f := range all {
			if h.breaches.became[f] = h.visits.became[v]; h.visits.became[v] == rejected {
				h.breaches.why[f] = errors.New("its inspection was rejected")
			}
		}
	}
	b := h.breaches
	for _, f := range b.rows {
		if became := b.became[f]; became != unsent {
			became.count(&b.counts, 1)
		}
	}
	if b.counts.Seconds = h.visits.counts.Seconds; b.counts.Seconds > 0 {
		b.counts.Rate = float64(b.counts.Filed+b.counts.Existing) / b.counts.Seconds
	}
}

// tellRejected writes the rejected rows of each file into one of the same name, in its order.
func (h *history) tellRejected(j Job) error {
	shown := 0
	var told []string
	for _, p := range h.parts {
		if name := p.section.File; !slices.Contains(told, name) {
			told = append(told, name)
			if err := h.tellRejectedOf(name, j, &shown); err != nil {
				return err
			}
		}
	}
	return nil
}

// tellRejectedOf is about one file, which may be more than one part: a row that several reject stands
// once.
func (h *history) tellRejectedOf(name string, j Job, shown *int) (err error) {
	var from file
	var rows []*record
	why := map[int]error{}
	for _, p := range h.parts {
		if p.section.File != name {
			continue
		}
		from = p.from
		for _, x := range p.rows {
			switch was := why[x.first]; {
			case p.became[x] != rejected:
			case was == nil:
				rows, why[x.first] = append(rows, x), p.why[x]
			case was.Error() != p.why[x].Error():
				why[x.first] = fmt.Errorf("%w; %w", was, p.why[x])
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b *record) int { return cmp.Compare(a.first, b.first) })
	path := ""
	if j.Rejected != "" {
		path = filepath.Join(j.Rejected, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil { // rows may hold what is nobody's business
			return fmt.Errorf("write the rejected rows: %w", err)
		}
	}
	r, err := newRejects(path, from, j.Out, name+", ", shown)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	for _, x := range rows {
		if err := r.add(x.row, why[x.first]); err != nil {
			return err
		}
	}
	return nil
}
