package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// Job is one import: by which map, to where, and how it is told.
type Job struct {
	Map          string // the file that maps columns to fields
	ReceivedFrom string // complaints: the column of the day of receipt; empty: as the map says
	Rejected     string // the file for rejected rows; empty: none is written
	AtOnce       int    // requests at once
	Door         *Door  // nil: a dry run

	Out    io.Writer // progress, and the first rejected rows
	Screen bool      // Out is a person's screen
	Now    func() time.Time
}

// Complaints files every row of a file as a complaint. The tally counts what came in before an
// error too.
func (j Job) Complaints(ctx context.Context, path string) (counts Tally, err error) {
	m, err := readMapping(j.Map, j.ReceivedFrom)
	if err != nil {
		return counts, err
	}
	file, err := os.Open(path)
	if err != nil {
		return counts, fmt.Errorf("open the file to import: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return counts, fmt.Errorf("open the file to import: %w", err)
	}
	i := &importer{mapping: m, atOnce: j.AtOnce, door: j.Door}
	if i.table, err = openTable(file, m); err != nil {
		return counts, fmt.Errorf("%s: %w", path, err)
	}
	if i.rejects, err = newRejects(j.Rejected, i.table.heads, j.Out); err != nil {
		return counts, err
	}
	i.progress = j.progress(info.Size(), i.table.source.all.Load)
	err = i.run(ctx)
	return i.progress.end(), errors.Join(err, i.rejects.close())
}

// importer carries the rows of a file to the API, several at once. It holds no more rows than it
// sends at a time.
type importer struct {
	mapping  *mapping
	table    *table
	door     *Door // nil: a dry run
	progress *progress
	rejects  *rejects
	atOnce   int

	mu sync.Mutex // over rejects
}

// run ends when every row has its answer, at the first error that is not a row's own, or, when
// ctx ends, after the requests under way.
func (i *importer) run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	lines := make(chan line)
	var senders sync.WaitGroup
	for range i.atOnce {
		senders.Go(func() {
			for l := range lines {
				if err := i.one(ctx, l); err != nil {
					stop(err)
				}
			}
		})
	}
	err := i.read(ctx, lines)
	close(lines)
	senders.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

func (i *importer) read(ctx context.Context, lines chan<- line) error {
	for {
		l, err := i.table.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case lines <- l:
		case <-ctx.Done():
			return nil
		}
	}
}

// one sees a row through. Its error stops the import; a row's own fault does not.
func (i *importer) one(ctx context.Context, l line) error {
	if ctx.Err() != nil {
		return nil // stopped before this row was begun
	}
	if l.fault != nil {
		return i.reject(l, l.fault)
	}
	f, err := i.mapping.filing(i.table.row(l))
	if err != nil {
		return i.reject(l, err)
	}
	if i.door == nil {
		i.progress.add(func(t *Tally) { t.Filed++ })
		return nil
	}
	again, err := i.door.file(ctx, f)
	var no *refused
	switch {
	case errors.As(err, &no):
		return i.reject(l, no)
	case err != nil:
		return err
	case again:
		i.progress.add(func(t *Tally) { t.Existing++ })
	default:
		i.progress.add(func(t *Tally) { t.Filed++ })
	}
	return nil
}

func (i *importer) reject(l line, reason error) error {
	i.progress.add(func(t *Tally) { t.Rejected++ })
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.rejects.add(l, reason)
}
