package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Complaints files every row of a file as a complaint, or tells in a dry run what would become of
// each. The tally counts what came in before an error too. It holds no more rows than it sends at a
// time, and of each the mark by which a repeated id is known.
func (j Job) Complaints(ctx context.Context, path string) (counts Tally, err error) {
	m, err := readMapping(j.Map, j.ReceivedFrom)
	if err != nil {
		return counts, err
	}
	fits := func(row map[string]string) bool { _, err := m.filing(row); return err == nil }
	from, err := openFile(path, &m.Form, m.columns(), fits)
	if err != nil {
		return counts, err
	}
	defer func() { err = errors.Join(err, from.close()) }()
	if j.Rejected != "" && m.Form.formOf(j.Rejected) != m.Form.formOf(path) {
		return counts, fmt.Errorf("rejected rows are written as %s has them, so that the same map reads them: let %s end like it, or say format in the map", path, j.Rejected)
	}
	if err := from.spare(j.Rejected); err != nil {
		return counts, err
	}
	shown := 0
	rejects, err := newRejects(j.Rejected, from, j.Out, "", &shown)
	if err != nil {
		return counts, err
	}
	c := &complaints{mapping: m, from: from, door: j.Door, seen: seen{}, rejects: rejects, progress: j.progress(from.size, from.done)}
	err = inOrder(ctx, j.AtOnce, c.next, c.send, c.tell)
	counts = c.progress.end()
	counts.DryRun = j.dry()
	j.tellUnseen(from)
	return counts, errors.Join(err, rejects.close())
}

// tellUnseen tells of columns that no row had: a map's typo shows so in files without a head.
func (j Job) tellUnseen(f file) {
	for _, column := range f.unseen() {
		fmt.Fprintf(j.Out, "%s: no row has %q, of which the map speaks\n", f.path, column)
	}
}

// complaints is one file of them on its way to the API.
type complaints struct {
	mapping  *mapping
	from     file
	door     *Door // nil: nobody is asked
	seen     seen
	rejects  *rejects
	progress *progress
}

func (c *complaints) next() (*task, error) {
	r, err := c.from.next()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t := &task{row: r, became: rejected, why: r.fault}
	if t.why != nil {
		return t, nil
	}
	f, err := c.mapping.filing(r.values)
	if err != nil {
		t.why = err
		return t, nil
	}
	if t.became, t.why = c.seen.again(r, f); t.became == filed && c.door != nil {
		t.became, t.filing = unsent, f
	}
	return t, nil
}

func (c *complaints) send(ctx context.Context, t *task) (err error) {
	got, err := c.door.file(ctx, complaintsPath, c.mapping.Source, t.filing.id(), t.filing)
	if t.became, t.why = judged(got, t.filing.id(), err); t.became == unsent {
		return t.why
	}
	return nil
}

func (c *complaints) tell(t *task) error {
	c.progress.add(func(counts *Tally) { t.became.count(counts, 1) })
	if t.became != rejected {
		return nil
	}
	return c.rejects.add(t.row, t.why)
}
