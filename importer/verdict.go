package importer

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// verdict is what became of a row, or in a dry run would become of it.
type verdict int

const (
	unsent verdict = iota // the import was stopped before it
	filed
	existing // with the same content
	rejected
)

// count adds a row to a tally.
func (v verdict) count(t *Tally, rows int) {
	t.Rows += rows
	switch v {
	case filed:
		t.Filed += rows
	case existing:
		t.Existing += rows
	case rejected:
		t.Rejected += rows
	}
}

// judged is the verdict on what the API answered, and why a row was rejected. Any other error is about
// all rows.
func judged(r *receipt, id string, err error) (verdict, error) {
	var no *refused
	switch {
	case otherContent(err):
		return rejected, fmt.Errorf("the id %s is there already, with other content", id)
	case errors.As(err, &no):
		return rejected, no
	case err != nil:
		return unsent, err
	case r != nil && (r.Again || r.Existing):
		return existing, nil
	}
	return filed, nil
}

// task is a row on its way to its verdict.
type task struct {
	row    row
	filing filing // nil: the verdict is known
	became verdict
	why    error
	done   chan struct{}
}

// inOrder has several hands do the tasks and tells of each in the order in which they came, so that
// no more than a few wait at a time. A nil task ends it; an error beside that is given back when what
// came before is done. The first error of do or tell ends it at once, as the end of ctx does: what is
// under way is still done and told, nothing is begun.
func inOrder(ctx context.Context, hands int, next func() (*task, error), do func(context.Context, *task) error, tell func(*task) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var damaged error
	work, order := make(chan *task), make(chan *task, 4*hands)
	var all sync.WaitGroup
	for range hands {
		all.Go(func() {
			for t := range work {
				if ctx.Err() == nil {
					if err := do(ctx, t); err != nil {
						stop(err)
					}
				}
				close(t.done)
			}
		})
	}
	all.Go(func() {
		defer close(order)
		defer close(work)
		for ctx.Err() == nil {
			t, err := next()
			if damaged = err; t == nil {
				return
			}
			t.done = make(chan struct{})
			order <- t
			if t.filing == nil {
				close(t.done)
				continue
			}
			work <- t
		}
	})
	for t := range order {
		<-t.done
		if t.became == unsent {
			continue
		}
		if err := tell(t); err != nil {
			stop(err)
		}
	}
	all.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return damaged
}
