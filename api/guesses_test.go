package api

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const aReceipt = "LN-C-2026-000001"

// 2026-03-02 somebody guesses: from one address at one receipt, from many addresses at one, from one at many.
func TestGuesses(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	guess := func(g guesses, number, from string) bool {
		if g.allowed(number, from, now) != nil {
			return false
		}
		g.wrong(number, from, true, now)
		return true
	}
	g := newGuesses()
	for range wrongPins {
		require.True(t, guess(g, aReceipt, "10.0.0.1"))
	}
	require.False(t, guess(g, " ln-c-2026-000001", "10.0.0.1"), "however it is written")
	require.True(t, guess(g, aReceipt, "10.0.0.2"), "another address is another")
	require.True(t, guess(g, "LN-C-2026-000002", "10.0.0.1"), "who shares the address has tries of his own")
	now = now.Add(pinsMinute)
	require.True(t, guess(g, aReceipt, "10.0.0.1"), "after a minute again")

	g, spread := newGuesses(), 0
	for i := range 1000 { // from many addresses each has its free tries, and no more once the receipt's are gone
		for range wrongPins {
			if guess(g, aReceipt, fmt.Sprint("10.0.1.", i)) {
				spread++
			}
		}
	}
	require.Equal(t, 1000*freeTries+wrongEach/wrongPins*(wrongPins-freeTries), spread, "free tries, and what was left of the receipt's")

	g = newGuesses()
	for range wrongPins {
		guess(g, aReceipt, "10.0.0.1")
	}
	for i := range 2 * mostAddresses {
		g.wrong(fmt.Sprint("INVENTED-", i), "10.0.0.1", false, now)
	}
	require.False(t, guess(g, aReceipt, "10.0.0.1"), "invented numbers crowd nothing out")
	require.Nil(t, g.allowed("LN-C-2026-000009", "10.0.0.1", now), "nor keep a neighbour from his own")
}

// An address has its burst, then its rate; a right key or another address is not kept out.
func TestFilingsOfAnAddress(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	f := newFilings(PublicLimits)
	for range PublicLimits.BurstEach {
		require.NoError(t, f.take("10.0.0.1", now))
	}
	full := f.take("10.0.0.1", now).(*fault) //nolint:errorlint // it is one
	require.Equal(t, []any{429, "too-many-filings", "30"}, []any{full.status, full.code, full.retry})
	require.NoError(t, f.take("10.0.0.2", now))
	require.NoError(t, f.take("10.0.0.1", now.Add(30*time.Second)))
	for i := range PublicLimits.BurstAll {
		_ = f.take(fmt.Sprint("10.1.0.", i), now.Add(time.Minute))
	}
	require.Equal(t, "door-crowded", f.take("10.2.0.1", now.Add(time.Minute)).(*fault).code) //nolint:errorlint // it is one
	require.NoError(t, newFilings(Limits{}).take("10.0.0.1", now), "no bounds, no end")
}
