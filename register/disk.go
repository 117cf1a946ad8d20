package register

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A filing gives back what it has locked at its commit, and waits for the disk after it: those who
// want the next number would else each wait for the disk in turn. Nobody is told of it before. What
// another may see of it meanwhile is no promise, and a crash takes all of it back, the number too.

// releaseEarly has this transaction's commit not wait for the disk; durable does, afterwards.
func (p *pipeline) releaseEarly() {
	if p.conn != nil {
		p.control("set local synchronous_commit to off", "SET")
	}
}

// onDisk waits until the disk has everything that was committed before it, by whomever: PostgreSQL's
// log is written in order, and this is a line of it in a transaction of its own that waits as usual.
const onDisk = "SELECT pg_logical_emit_message(true, 'duban', '')"

// diskTime bounds a wait for the disk, which is for many: none of them bounds it.
const diskTime = 10 * time.Second

// disk is one wait for the disk at a time, for all who came before it began.
type disk struct {
	mu   sync.Mutex
	next *waiting // not begun: whoever comes joins; nil: there is none
	turn sync.Mutex
}

type waiting struct {
	over chan struct{}
	err  error // when over
}

// durable waits until what was committed before is on the disk, so that it can be told. It holds no
// connection of its own meanwhile.
func (r *Register) durable(ctx context.Context) error {
	if r.sqlite() {
		return nil
	}
	r.disk.mu.Lock()
	w := r.disk.next
	if w == nil {
		w = &waiting{over: make(chan struct{})}
		r.disk.next = w
		go r.waitForDisk(context.WithoutCancel(ctx), w)
	}
	r.disk.mu.Unlock()
	select {
	case <-w.over:
		return w.err
	case <-ctx.Done():
		return fmt.Errorf("wait for the disk: %w", cannotNow(ctx.Err()))
	}
}

func (r *Register) waitForDisk(ctx context.Context, w *waiting) {
	r.disk.turn.Lock()
	defer r.disk.turn.Unlock()
	r.disk.mu.Lock()
	r.disk.next = nil
	r.disk.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, diskTime)
	defer cancel()
	if err := r.db.WithContext(ctx).Exec(onDisk).Error; err != nil {
		w.err = fmt.Errorf("wait for the disk: %w", err)
	}
	close(w.over)
}
