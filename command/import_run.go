package command

import (
	"context"
	"errors"
	"io"
	"sync"
)

// importer carries the rows of a file to the API, several at once. It holds no more rows than it
// sends at a time.
type importer struct {
	mapping  *mapping
	table    *table
	door     *door // nil: a dry run
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
		i.progress.add(func(t *tally) { t.Filed++ })
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
		i.progress.add(func(t *tally) { t.Existing++ })
	default:
		i.progress.add(func(t *tally) { t.Filed++ })
	}
	return nil
}

func (i *importer) reject(l line, reason error) error {
	i.progress.add(func(t *tally) { t.Rejected++ })
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.rejects.add(l, reason)
}
