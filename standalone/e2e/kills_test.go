package e2e

import (
	"context"
	"flag"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/register/postgrestest"
	"duban/standalone/demo"
)

var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the kills")

const (
	leastKills = 10
	mostKills  = 14 // then the run may end in peace
)

func TestDemoEndsTheSameWithKillsOnSQLite(t *testing.T) {
	killed(t, func() string { return "" })
}

func TestDemoEndsTheSameWithKillsOnPostgreSQL(t *testing.T) {
	killed(t, func() string { return postgrestest.Start(t) })
}

// killed plays the demo twice, once with kill -9 at random moments, and compares every ledger.
func killed(t *testing.T, database func() string) {
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute)
	defer cancel()
	calm := play(ctx, t, newChild(t, database()), nil)
	require.True(t, corrected(calm), "a payment with an earlier bank date sets an entered lapse aside")
	c := newChild(t, database())
	r := rand.New(rand.NewPCG(*seed, 9))
	stop := make(chan struct{})
	done := make(chan struct{})
	pace := calm.Elapsed / (2 * leastKills)
	go func() {
		defer close(done)
		for range mostKills {
			wait := pace/4 + time.Duration(r.Int64N(int64(pace)))
			select {
			case <-stop:
				return
			case <-time.After(wait):
				c.kill()
				c.start()
			}
		}
	}()
	wild := play(ctx, t, c, nil)
	close(stop)
	<-done
	t.Logf("seed %d: %d kills, %d requests sent again, %s against %s", *seed, c.kills, wild.Resent, wild.Elapsed, calm.Elapsed)
	require.GreaterOrEqual(t, c.kills, leastKills, "seed %d", *seed)
	require.Equal(t, len(calm.Cases), len(wild.Cases))
	for i := range calm.Cases {
		require.Equal(t, calm.Cases[i].Told(), wild.Cases[i].Told(), "seed %d", *seed)
		require.Equal(t, calm.Cases[i].ID, wild.Cases[i].ID)
	}
	once(t, wild)
	require.Less(t, c.stop(), 10*time.Second)
	verify(ctx, t, c)
}

// corrected finds the payment that the bank had in time, entered behind the lapse that it undoes.
func corrected(r demo.Result) bool {
	for _, c := range r.Cases {
		for _, l := range c.Ledger {
			if l.Move == "payment" && len(l.Corrects) == 1 && c.Ledger[l.Corrects[0]-1].Class == "lapse" {
				return true
			}
		}
	}
	return false
}

func play(ctx context.Context, t *testing.T, c *child, after func(string)) demo.Result {
	t.Helper()
	got, err := demo.Play(ctx, demo.Run{URL: c.url, Keys: c.keys(), Step: true, Report: func(int, int, string) {}, After: after})
	require.NoError(t, err, "seed %d", *seed)
	for _, e := range got.Cases {
		require.True(t, e.Closed && e.AsTold, "%s %s ended in %s", e.Kind, e.Story, e.Outcome)
	}
	return got
}

// once: every paper that got a receipt and every act answered with 2xx stands in its ledger once.
func once(t *testing.T, r demo.Result) {
	t.Helper()
	refs := map[string]int{}
	for _, c := range r.Cases {
		for _, ref := range c.Refs() {
			refs[ref]++
		}
	}
	require.NotEmpty(t, r.Acknowledged)
	for _, ref := range r.Acknowledged {
		require.Equal(t, 1, refs[ref], "%s is entered %d times", ref, refs[ref])
	}
}

// verify folds the whole register after the program has stopped.
func verify(ctx context.Context, t *testing.T, c *child) {
	t.Helper()
	r, err := c.open(ctx)
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	report, err := r.Verify(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Violations)
}
