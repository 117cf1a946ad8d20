package api

import (
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// guesses bounds wrong pins: for a receipt from an address, for a receipt from everywhere, and from an
// address for all receipts. Nothing counts but what was wrong, and the first tries of an address for a receipt
// are always free: so neither a neighbour behind the same address nor a guesser elsewhere keeps out who holds
// the pin. A pin has 40 bits; slowing a guesser is enough.
type guesses struct {
	pair, receipt, address *buckets
}

const (
	freeTries  = 3  // of an address for a receipt, a minute
	wrongPins  = 10 // of an address for a receipt, at once; then as many a minute
	wrongEach  = 60 // for a receipt, or from an address, likewise
	pinsMinute = time.Minute
)

func newGuesses() guesses {
	return guesses{
		pair:    newBuckets(rate.Every(pinsMinute/wrongPins), wrongPins),
		receipt: newBuckets(rate.Every(pinsMinute/wrongEach), wrongEach),
		address: newBuckets(rate.Every(pinsMinute/wrongEach), wrongEach),
	}
}

// allowed is a fault when too many wrong pins came before.
func (g guesses) allowed(number, from string, now time.Time) error {
	pair := g.pair.known(pairOf(number, from))
	if pair == nil || pair.TokensAt(now) > wrongPins-freeTries {
		return nil
	}
	for _, b := range []*rate.Limiter{pair, g.receipt.known(plainNumber(number)), g.address.known(from)} {
		if b != nil && b.TokensAt(now) < 1 {
			return spend(b, now, "too-many-pins")
		}
	}
	return nil
}

// wrong counts a pin that did not fit. A number that was made up costs its address only: it can't crowd out
// what is remembered of a receipt.
func (g guesses) wrong(number, from string, receipt bool, now time.Time) {
	g.address.of(from, now).ReserveN(now, 1)
	if receipt {
		g.pair.of(pairOf(number, from), now).ReserveN(now, 1)
		g.receipt.of(plainNumber(number), now).ReserveN(now, 1)
	}
}

func plainNumber(number string) string { return strings.ToUpper(strings.TrimSpace(number)) }

func pairOf(number, from string) string { return plainNumber(number) + " " + from }
