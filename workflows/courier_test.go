package workflows

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/law/casefile"
)

// post writes down what reaches it, and can be held.
type post struct {
	mu    sync.Mutex
	got   []string
	acted []ActedInput
	busy  map[string]bool
	twice bool // two were under way to one case
	hold  chan struct{}
	away  error
}

func (p *post) take(id, what string) error {
	p.mu.Lock()
	p.twice = p.twice || p.busy[id]
	p.busy[id] = true
	p.got = append(p.got, id+" "+what)
	hold, err := p.hold, p.away
	p.mu.Unlock()
	if hold != nil {
		<-hold
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy[id] = false
	return err
}

func (p *post) Look(_ context.Context, _ casefile.Kind, id, signal, _ string) error {
	return p.take(id, signal)
}

func (p *post) Acted(_ context.Context, _ casefile.Kind, id string, in ActedInput) error {
	p.mu.Lock()
	p.acted = append(p.acted, in)
	p.mu.Unlock()
	return p.take(id, "acted")
}

func (p *post) read() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.got...)
}

// Eight acts in a row are one message, the newest; its time to wake is counted from when it leaves.
func TestActsInARowAreOneMessage(t *testing.T) {
	p := &post{busy: map[string]bool{}}
	c := newCourier(p, nil)
	defer c.Stop(0)
	wake := time.Now().Add(time.Hour)
	for _, seq := range []int{1, 2, 3, 5, 4} {
		c.Acted(casefile.Complaint, "a", "accepted", activities.SettleResult{Seq: seq, Wake: wake, WakeIn: time.Hour})
	}
	require.Eventually(t, func() bool { return len(p.read()) == 1 && c.waiting() == 0 }, 10*time.Second, time.Millisecond)
	require.Equal(t, 5, p.acted[0].Seq)
	require.Less(t, p.acted[0].WakeIn, time.Hour)
	require.WithinDuration(t, wake, time.Now().Add(p.acted[0].WakeIn), time.Second)
}

// A look goes at once, and is all that the workflow needs: news that waits goes with it.
func TestALookTakesTheNewsWithIt(t *testing.T) {
	p := &post{busy: map[string]bool{}}
	c := newCourier(p, nil)
	defer c.Stop(0)
	c.Acted(casefile.Complaint, "a", "accepted", activities.SettleResult{Seq: 2})
	began := time.Now()
	c.Look(casefile.Complaint, "a", PaperSignal, "p")
	require.Eventually(t, func() bool { return len(p.read()) == 1 }, 10*time.Second, time.Millisecond)
	require.Less(t, time.Since(began), gather)
	require.Eventually(t, func() bool { return c.waiting() == 0 }, 10*time.Second, time.Millisecond)
	require.Equal(t, []string{"a paper"}, p.read())
}

// A thousand letters to one case are one message under way and one behind it; other cases go on.
func TestOneMessageOfACaseIsUnderWay(t *testing.T) {
	p := &post{busy: map[string]bool{}, hold: make(chan struct{})}
	c := newCourier(p, nil)
	defer c.Stop(0)
	c.Look(casefile.Complaint, "a", PaperSignal, "1")
	require.Eventually(t, func() bool { return len(p.read()) == 1 }, 10*time.Second, time.Millisecond)
	for range 1000 {
		c.Look(casefile.Complaint, "a", PaperSignal, "more")
	}
	c.Look(casefile.Complaint, "b", PaperSignal, "")
	require.Eventually(t, func() bool { return len(p.read()) == 2 }, 10*time.Second, time.Millisecond)
	close(p.hold)
	require.Eventually(t, func() bool { return c.waiting() == 0 }, 10*time.Second, time.Millisecond)
	require.Equal(t, []string{"a paper", "b paper", "a paper"}, p.read())
	require.False(t, p.twice)
}

// What can't be sent is counted and tried again until it can, with the newest news; it holds up no stop, and
// what comes when it has stopped is dropped.
func TestWhatCanNotBeSentIsTriedAgain(t *testing.T) {
	p := &post{busy: map[string]bool{}, away: errors.New("away")}
	var failed atomic.Int64
	c := newCourier(p, func() { failed.Add(1) })
	c.Acted(casefile.Complaint, "a", "accepted", activities.SettleResult{Seq: 1})
	require.Eventually(t, func() bool { return failed.Load() > 0 }, 10*time.Second, time.Millisecond)
	c.Acted(casefile.Complaint, "a", "closed", activities.SettleResult{Seq: 2, Closed: true})
	p.mu.Lock()
	p.away = nil
	p.mu.Unlock()
	require.Eventually(t, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.acted[len(p.acted)-1].Closed
	}, 10*time.Second, time.Millisecond)
	require.Eventually(t, func() bool { return len(c.read()) == 0 }, 10*time.Second, time.Millisecond)

	p.mu.Lock()
	p.away = errors.New("away")
	p.mu.Unlock()
	before := failed.Load()
	c.Look(casefile.Complaint, "b", PaperSignal, "")
	require.Eventually(t, func() bool { return failed.Load() > before }, 10*time.Second, time.Millisecond)
	began := time.Now()
	c.Stop(time.Minute)
	require.Less(t, time.Since(began), 30*time.Second)
	before = failed.Load()
	c.Look(casefile.Complaint, "c", PaperSignal, "")
	require.Equal(t, before+1, failed.Load())
}

// read is the cases with a message that was not sent.
func (c *Courier) read() (keys []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key := range c.bag {
		keys = append(keys, key)
	}
	return keys
}

// Under many hands at once, each case's last news arrives, and never two messages at a time.
func TestTheLastNewsArrives(t *testing.T) {
	p := &post{busy: map[string]bool{}}
	c := newCourier(p, nil)
	var hands sync.WaitGroup
	for range 4 {
		hands.Go(func() {
			for seq := 1; seq <= 200; seq++ {
				c.Acted(casefile.Complaint, "a", "accepted", activities.SettleResult{Seq: seq})
				if seq%50 == 0 {
					c.Look(casefile.Complaint, "b", LookSignal, "")
				}
			}
		})
	}
	hands.Wait()
	c.Acted(casefile.Complaint, "a", "closed", activities.SettleResult{Seq: 201, Closed: true})
	c.Stop(10 * time.Second)
	last := p.acted[len(p.acted)-1]
	require.Equal(t, []any{201, true}, []any{last.Seq, last.Closed})
	require.False(t, p.twice)
}
