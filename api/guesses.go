package api

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

// guesses bounds the wrong pins for a receipt from an address in a minute. It is each process's
// own and forgets at a restart: a pin has 40 bits, so slowing a guesser is enough.
type guesses struct {
	mu    sync.Mutex
	since time.Time      // the minute's beginning
	wrong map[string]int // receipt and address → pins tried and not right
}

const (
	wrongPins  = 10     // a minute
	mostTraced = 10_000 // receipts and addresses; a guesser who fills this gains a minute
)

// try counts a pin as wrong until right says otherwise, so that guesses at the same time count too.
// It is a fault when there were too many.
func (g *guesses) try(number, from string, now time.Time) (right func(), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now.Sub(g.since) >= time.Minute || len(g.wrong) >= mostTraced {
		g.since, g.wrong = now, map[string]int{}
	}
	wrong, key := g.wrong, strings.ToUpper(strings.TrimSpace(number))+" "+from
	if wrong[key] >= wrongPins {
		f := problem("too-many-pins")
		f.retry = strconv.Itoa(int(g.since.Add(time.Minute).Sub(now)/time.Second) + 1)
		return nil, f
	}
	wrong[key]++
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		wrong[key]--
	}, nil
}
