package e2e

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/examples"
	"duban/law/casefile"
	"duban/register/postgrestest"
	"duban/standalone/demo"
)

func TestTheYearEndsTheSameWithKillsOnSQLite(t *testing.T) {
	killedYear(t, func() string { return "" })
}

func TestTheYearEndsTheSameWithKillsOnPostgreSQL(t *testing.T) {
	killedYear(t, func() string { return postgrestest.Start(t) })
}

// killedYear plays the year of inspections in two processes at once, of which one is killed again
// and again, and compares all that their registers hold.
func killedYear(t *testing.T, database func() string) {
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	calm, wild := newYear(t, database()), newYear(t, database())
	wild.kills = rand.New(rand.NewPCG(*seed, 5))
	done := make(chan error, 1)
	go func() { done <- calm.play(ctx) }()
	err := wild.play(ctx)
	require.NoError(t, <-done)
	require.NoError(t, err, "seed %d", *seed)
	t.Logf("seed %d: %d kills, %s against %s", *seed, wild.c.kills, wild.told.Elapsed, calm.told.Elapsed)
	asTold(t, calm.told)
	require.GreaterOrEqual(t, wild.c.kills, len(hits), "seed %d", *seed)

	require.Equal(t, len(calm.told.Cases), len(wild.told.Cases))
	for i := range calm.told.Cases {
		require.Equal(t, calm.told.Cases[i].Told(), wild.told.Cases[i].Told(), "seed %d", *seed)
	}
	require.Equal(t, calm.told.Plans, wild.told.Plans)
	require.Equal(t, calm.told.Alerts, wild.told.Alerts)
	require.Equal(t, len(calm.told.Public), len(wild.told.Public))
	require.Equal(t, calm.told.Refusals, wild.told.Refusals)
	var ends [2]tally
	for i, y := range []*year{calm, wild} {
		require.Less(t, y.c.stop(), 10*time.Second)
		verify(ctx, t, y.c)
		ends[i], err = y.tally(ctx)
		require.NoError(t, err)
	}
	require.Equal(t, ends[0], ends[1], "seed %d", *seed)
	require.Zero(t, ends[1]["stuck"])
	require.Equal(t, visited, ends[1]["inspection imported"])
}

// asTold is what the year comes to, whatever the lot says.
func asTold(t *testing.T, got demo.Year) {
	t.Helper()
	for _, c := range got.Cases {
		require.True(t, c.Closed && c.AsTold, "%s %s ended in %s", c.Kind, c.Story, c.Outcome)
	}
	require.Len(t, got.Cases, 12, "six visits by plan, one after a complaint, two by lot, a re-inspection, two enforcement cases")
	require.Equal(t, []demo.PlanEnd{
		{Name: "daily self-checks", Authority: "lnta-dalian", Planned: 365, Filed: 364, Missed: 1},
		{Name: "periodic checks", Authority: "lnta-dalian", Planned: 2, Opened: 2, Regime: "dalian-tourism-example"},
		{Name: "periodic checks", Authority: "lnta-shenyang", Planned: 2, Opened: 2, Regime: "liaoning-tourism-1991"},
		{Name: "spot checks", Authority: "lnta", Planned: 4, Opened: 2, Capped: 2, Regime: "liaoning-tourism-1991"},
	}, got.Plans)
	require.Equal(t, []demo.Alert{{Authority: "lnta-dalian", Operator: "bohai-hotel", Day: "2027-08-15"}}, got.Alerts)
	require.Len(t, got.Draw.Visits, 2)
	var refused []string
	for _, r := range got.Refusals {
		refused = append(refused, r.Code+" by "+r.Clause)
	}
	require.Equal(t, []string{
		"card-level by liaoning-tourism-1991:10", "hearing-too-near by penalties-2021:64", "no-card by liaoning-tourism-1991:10",
		"cards-not-shown by penalties-2021:55", "bad-value by tourism-law-2018:85", "lines-left by liaoning-tourism-1991:14",
		"term-out-of-bounds by dalian-tourism-example:3",
	}, refused)
	require.Contains(t, got.Refusals[1].Why, "2027-07-02", "the earliest day, on which the hearing is held")
	penalty := slices.IndexFunc(got.Public, func(p demo.Public) bool { return p.Kind == casefile.PenaltyDecision })
	require.GreaterOrEqual(t, penalty, 0)
	require.Equal(t, []string{"fine", "confiscation", "suspension"}, got.Public[penalty].Sanctions)
	require.EqualValues(t, 60_000_00, got.Public[penalty].Amount)
	require.Len(t, got.Public, 11, "a penalty, and the results of ten visits")
	require.Len(t, got.Moved, 1)
	require.Equal(t, []string{"publish", "2027-05-14", "2027-05-18", "recalendar"}, []string{
		got.Moved[0].Deadline, got.Moved[0].Was.String(), got.Moved[0].Is.String(), got.Moved[0].Line.Move,
	})
}

// hits are the steps behind which the wild year is killed: at once, or in the midst of what comes
// next.
var hits = map[string]bool{
	"day 2027-02-14": false, "day 2027-04-01": false, "day 2027-10-07": false, // visits of plans open this night
	"day 2027-08-15":                         false, // a self-check is missed
	"diner-away inspection ask-preservation": false, // the head is deciding
	"diner-away inspection preserve":         true,  // before what was preserved is handled
	"hotel-improves inspection re-inspect":   true,  // before the case that it opens is seen
	"draw made":                              true,  // before its visits are opened
	"draw opened":                            false, // the teams are on their way
	"day 2027-07-10":                         false, // a duty's report
	"day 2027-07-31":                         false, // a duty lapses
	"forced-shopping enforcement decide":     true,  // before the decision is served
	"day 2027-08-08":                         false, // a suspension ends
}

// The days on which the year also has what is no inspection of its own.
const (
	reportDue  = "day 2027-07-10" // an operator reports on its half-year
	oldArrives = "day 2027-11-20" // the inspections of another installation are brought in
)

// year is one playing of the tourism year, in a process of its own.
type year struct {
	t     *testing.T
	c     *child
	kills *rand.Rand // nil: nobody is killed
	dead  chan struct{}
	told  demo.Year
}

func newYear(t *testing.T, database string) *year {
	t.Helper()
	rules, dead := t.TempDir(), make(chan struct{})
	name, text := examples.Dalian()
	require.NoError(t, os.WriteFile(filepath.Join(rules, name), text, 0o600))
	close(dead)
	return &year{t: t, c: newChild(t, database, "--regimes", rules), dead: dead}
}

func (y *year) play(ctx context.Context) (err error) {
	// The first duties stand before the clock moves.
	if err := y.until(ctx, "/v1/duties", func(items []any) bool { return len(items) > 0 }); err != nil {
		return err
	}
	y.told, err = demo.PlayYear(ctx, demo.Run{
		URL: y.c.url, Keys: y.c.keys(), Step: true, Report: func(int, int, string) {}, After: func(step string) { y.after(ctx, step) },
	}, y.loadTable)
	<-y.dead
	return err
}

// after does what else happens behind a step of the year, and kills.
func (y *year) after(ctx context.Context, step string) {
	<-y.dead
	if now, is := hits[step]; is && y.kills != nil {
		y.kill()
		if now {
			<-y.dead
		}
	}
	var err error
	switch step {
	case reportDue:
		err = y.report(ctx)
	case oldArrives:
		err = y.bring(ctx)
	}
	if err != nil {
		y.t.Errorf("%s: %v", step, err)
	}
}

// kill kills the program within the next moments and starts it again; dead is closed when it is up.
func (y *year) kill() {
	dead, wait := make(chan struct{}), time.Duration(y.kills.IntN(60))*time.Millisecond
	y.dead = dead
	go func() {
		defer close(dead)
		<-time.After(wait)
		y.c.kill()
		y.c.start()
	}()
}
