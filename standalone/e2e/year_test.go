package e2e

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/examples"
	"duban/postgrestest"
	"duban/register"
	"duban/standalone/cast"
	"duban/standalone/demo"
	"duban/standalone/house"
)

func TestTheTourismYearOnSQLite(t *testing.T) { tourismYear(t, "") }

func TestTheTourismYearOnPostgreSQL(t *testing.T) { tourismYear(t, postgrestest.Start(t)) }

// tourismYear plays the year of inspections alone, in a house of this process: its holiday table
// comes through the register.
func tourismYear(t *testing.T, database string) {
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	city, rules := examples.Dalian()
	var keys map[string]string
	h, err := house.Start(ctx, house.Config{
		Data: t.TempDir(), Database: database, Dev: true, Regimes: map[string][]byte{city: rules},
		Clock: &register.Clock{Mode: register.Stepped, AnchorLegal: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
		Seed: func(ctx context.Context, r *register.Register) (err error) {
			keys, err = cast.Seed(ctx, r)
			return err
		},
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, h.Stop()) }()
	year, err := demo.PlayYear(ctx, demo.Run{URL: h.URL(), Keys: keys, Step: true, Report: func(int, int, string) {}}, demo.TableLoader(h.Register))
	require.NoError(t, err)

	for _, c := range year.Cases {
		require.True(t, c.Closed && c.AsTold, "%s %s ended in %s", c.Kind, c.Story, c.Outcome)
	}
	require.Len(t, year.Cases, 10, "six visits by plan, two by lot, a re-inspection, an enforcement case")
	require.Equal(t, []demo.PlanEnd{
		{Name: "daily self-checks", Authority: "lnta-dalian", Planned: 365, Filed: 364, Missed: 1},
		{Name: "periodic checks", Authority: "lnta-dalian", Planned: 2, Opened: 2, Regime: "dalian-tourism-example"},
		{Name: "periodic checks", Authority: "lnta-shenyang", Planned: 2, Opened: 2, Regime: "liaoning-tourism-1991"},
		{Name: "spot checks", Authority: "lnta", Planned: 4, Opened: 2, Capped: 2, Regime: "liaoning-tourism-1991"},
	}, year.Plans)
	require.Equal(t, []demo.Alert{{Authority: "lnta-dalian", Operator: "bohai-hotel", Day: "2027-08-15"}}, year.Alerts)
	var refused []string
	for _, r := range year.Refusals {
		refused = append(refused, r.Code+" by "+r.Clause)
	}
	require.Equal(t, []string{
		"card-level by liaoning-tourism-1991:10", "no-card by liaoning-tourism-1991:10", "cards-not-shown by penalties-2021:55",
		"term-out-of-bounds by dalian-tourism-example:3",
	}, refused)
	require.Len(t, year.Moved, 1)
	require.Equal(t, []string{"publish", "2027-05-14", "2027-05-18", "recalendar"}, []string{
		year.Moved[0].Deadline, year.Moved[0].Was.String(), year.Moved[0].Is.String(), year.Moved[0].Line.Move,
	})
	report, err := h.Register.Verify(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Violations)
}
