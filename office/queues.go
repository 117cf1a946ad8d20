package office

import (
	"context"
	"sync"
)

// queues lets requests that are about the same thing in one after the other, in the order in which
// they came. It keeps no promise, the register does that: it only spares those behind the first one
// a way that the first one has closed.
type queues struct {
	mu sync.Mutex
	of map[string]*queue
}

type queue struct {
	turn chan struct{} // held by the one who is in
	in   int           // those who wait, and the one who is in
}

// enter waits for the turn at id, until ctx ends. Whoever is in leaves.
func (q *queues) enter(ctx context.Context, id string) (leave func(), err error) {
	one := q.join(id)
	select {
	case one.turn <- struct{}{}:
		return func() {
			<-one.turn
			q.part(id, one)
		}, nil
	case <-ctx.Done():
		q.part(id, one)
		return nil, ctx.Err()
	}
}

func (q *queues) join(id string) *queue {
	q.mu.Lock()
	defer q.mu.Unlock()
	one := q.of[id]
	if one == nil {
		if q.of == nil {
			q.of = map[string]*queue{}
		}
		one = &queue{turn: make(chan struct{}, 1)}
		q.of[id] = one
	}
	one.in++
	return one
}

func (q *queues) part(id string, one *queue) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if one.in--; one.in == 0 {
		delete(q.of, id)
	}
}
