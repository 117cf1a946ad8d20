package workflows

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"duban/activities"
	"duban/law/casefile"
)

// Courier takes messages to the workflows of cases, off the way of who has them to send. All that it
// carries only makes prompt what the sweep guarantees, so it may lose any of it: it waits for nobody, keeps
// the newest message of a case in the place of one not yet sent, has one under way to a case at a time,
// tries again what could not be sent, and drops what is too much. It is safe for use by many goroutines.
type Courier struct {
	desk   messages
	failed func() // told of each message that could not be sent, or was dropped; it must not wait

	mu   sync.Mutex
	bag  map[string]*message // by workflow id; those under way too
	due  chan string
	stop context.CancelFunc
	runs sync.WaitGroup
	ctx  context.Context
}

// messages is what a courier asks of the desk.
type messages interface {
	Look(ctx context.Context, kind casefile.Kind, id, signal, paper string) error
	Acted(ctx context.Context, kind casefile.Kind, id string, in ActedInput) error
}

// message is what a case's workflow should hear. A look makes it read everything anew, so it is all.
type message struct {
	kind   casefile.Kind
	id     string
	signal string // of a look; empty: none is wanted
	paper  string
	acted  *ActedInput
	since  time.Time // when the act was told

	timed, hot, under bool // waits for more news or for the next try; is to be sent; is under way
	fails             int  // in a row
}

// rest is how long the next message waits that is not wanted at once.
func (m *message) rest() time.Duration { return min(gather<<min(m.fails, 10), longestRest) }

const (
	couriers = 16     // messages under way at once
	bagSize  = 20_000 // cases with a message not yet sent
	// gather is how long the news of an act waits for that of the next: who works on a case makes several
	// acts in a row, and its workflow need not wake for each.
	gather = 500 * time.Millisecond
	// longestRest is between two tries while Temporal is away.
	longestRest = 30 * time.Second
)

// Unheard counts messages of the API that could not be sent.
func Unheard(to prometheus.Registerer) (failed func()) {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_nudges_failed_total", Help: "Messages to workflows that failed; the sweep looks anyway."})
	to.MustRegister(c)
	return c.Inc
}

// NewCourier begins to carry; Stop ends it. failed may be nil.
func NewCourier(d *Desk, failed func()) *Courier { return newCourier(d, failed) }

func newCourier(d messages, failed func()) *Courier {
	if failed == nil {
		failed = func() {}
	}
	c := &Courier{desk: d, failed: failed, bag: map[string]*message{}, due: make(chan string, bagSize)}
	c.ctx, c.stop = context.WithCancel(context.Background())
	for range couriers {
		c.runs.Go(c.run)
	}
	return c
}

// Look nudges a case: something is in its inbox, or due. signal is for who reads the history.
func (c *Courier) Look(kind casefile.Kind, id, signal, paper string) {
	c.take(kind, id, 0, func(m *message) { m.signal, m.paper = signal, paper })
}

// Acted tells the case's workflow where the case stands after an act.
func (c *Courier) Acted(kind casefile.Kind, id string, state casefile.State, after activities.SettleResult) {
	in := ActedInput{Seq: after.Seq, State: state, Closed: after.Closed, Wake: after.Wake, WakeIn: after.WakeIn}
	c.take(kind, id, gather, func(m *message) {
		if m.acted == nil || m.acted.Seq <= in.Seq {
			m.acted, m.since = &in, time.Now()
		}
	})
}

func (c *Courier) take(kind casefile.Kind, id string, wait time.Duration, put func(*message)) {
	key := ID(kind, id)
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.bag[key]
	if m == nil {
		if len(c.bag) >= bagSize || c.ctx.Err() != nil {
			c.failed()
			return
		}
		m = &message{kind: kind, id: id}
		c.bag[key] = m
	}
	put(m)
	if !m.under { // else it goes out when that one has come back
		c.queue(key, m, wait)
	}
}

// queue has the case's message sent after the wait. A case stands in the channel once at most, so it never
// blocks.
func (c *Courier) queue(key string, m *message, wait time.Duration) {
	switch {
	case m.hot:
	case wait == 0:
		m.hot = true
		c.due <- key
	case !m.timed:
		m.timed = true
		time.AfterFunc(wait, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			if c.bag[key] == m && !m.under {
				c.queue(key, m, 0)
			}
		})
	}
}

func (c *Courier) run() {
	for {
		select {
		case <-c.ctx.Done():
			return
		case key := <-c.due:
			c.send(key)
		}
	}
}

// send takes what there is for a case to its workflow. What comes meanwhile is sent after it.
func (c *Courier) send(key string) {
	c.mu.Lock()
	m := c.bag[key]
	now := *m
	m.signal, m.paper, m.acted, m.hot, m.timed, m.under = "", "", nil, false, false, true
	c.mu.Unlock()

	var err error
	switch {
	case now.signal != "":
		err = c.desk.Look(c.ctx, now.kind, now.id, now.signal, now.paper)
	case now.acted != nil:
		in := *now.acted
		if in.WakeIn > 0 { // counted from when it leaves
			in.WakeIn = max(in.WakeIn-time.Since(now.since), time.Millisecond)
		}
		err = c.desk.Acted(c.ctx, now.kind, now.id, in)
	}
	if err != nil {
		c.failed()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m.under = false
	if err == nil {
		m.fails = 0
	} else {
		m.keep(now)
	}
	switch {
	case m.signal != "" && m.fails == 0:
		c.queue(key, m, 0)
	case m.signal != "" || m.acted != nil:
		c.queue(key, m, m.rest())
	default:
		delete(c.bag, key)
	}
}

// keep puts back what could not be sent, unless there is newer.
func (m *message) keep(was message) {
	m.fails++
	if m.signal == "" {
		m.signal, m.paper = was.signal, was.paper
	}
	if m.acted == nil {
		m.acted, m.since = was.acted, was.since
	}
}

// Stop sends what waits, as far as that goes within the time, and ends. What has failed it leaves.
func (c *Courier) Stop(within time.Duration) {
	deadline := time.Now().Add(within)
	for tick := time.NewTicker(20 * time.Millisecond); c.waiting() > 0 && time.Now().Before(deadline); <-tick.C {
	}
	c.stop()
	c.runs.Wait()
}

func (c *Courier) waiting() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, m := range c.bag {
		if m.fails == 0 {
			n++
		}
	}
	return n
}
