package workflows_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"duban/activities"
	"duban/workflows"
)

// planner is a small plan behind the workflow: days on which somebody is visited, no database.
type planner struct {
	env     *testsuite.TestWorkflowEnvironment
	days    []time.Time // those to come
	year    time.Time   // its end
	opened  []string    // when, and for which day
	wakes   []string
	failing int  // wakes that fail before one succeeds
	batch   int  // at most so many in one wake; zero: all
	stepped bool // no timer helps
	long    bool
}

func (p *planner) wake(_ context.Context, in activities.WakeInput) (activities.WakeResult, error) {
	now := p.env.Now()
	p.env.SetContinueAsNewSuggested(p.long)
	p.wakes = append(p.wakes, in.Plan+" "+now.Format("01-02 15:04:05"))
	if p.failing > 0 {
		p.failing--
		return activities.WakeResult{}, errors.New("register is away")
	}
	var out activities.WakeResult
	for len(p.days) > 0 && !p.days[0].After(now) {
		if p.batch > 0 && out.Seen == p.batch {
			out.More = true
			return out, nil
		}
		p.opened = append(p.opened, now.Format(time.DateOnly)+" for "+p.days[0].Format(time.DateOnly))
		p.days = p.days[1:]
		out.Seen++
	}
	next := p.year
	if len(p.days) > 0 {
		next = p.days[0]
	}
	if out.Ended = !next.After(now); !out.Ended {
		out.Wake = next
		if !p.stepped {
			out.WakeIn = next.Sub(now)
		}
	}
	return out, nil
}

func planned(t *testing.T, days ...string) (*testsuite.TestWorkflowEnvironment, *planner) {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(day("2026-03-02"))
	env.SetTestTimeout(20 * time.Second)
	p := &planner{env: env, year: day("2027-01-01")}
	for _, d := range days {
		p.days = append(p.days, day(d))
	}
	env.RegisterWorkflowWithOptions(workflows.Plan, workflow.RegisterOptions{Name: "Plan"})
	env.RegisterActivityWithOptions(p.wake, activity.RegisterOptions{Name: activities.WakeActivity})
	return env, p
}

func TestAPlanWakesOnItsDaysAndEndsWithItsYear(t *testing.T) {
	env, p := planned(t, "2026-03-17", "2026-07-01", "2026-12-31")
	var wound int
	env.SetOnTimerScheduledListener(func(string, time.Duration) { wound++ })
	env.ExecuteWorkflow(workflows.Plan, workflows.PlanInput{Plan: "p"})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"2026-03-17 for 2026-03-17", "2026-07-01 for 2026-07-01", "2026-12-31 for 2026-12-31"}, p.opened)
	require.Equal(t, 4, wound, "one timer a wait")
	require.Len(t, p.wakes, 5)
	require.Equal(t, "p 01-01 00:00:00", p.wakes[4])
}

func TestALookWakesAPlanBeforeItsTimer(t *testing.T) {
	env, p := planned(t, "2026-07-01")
	env.RegisterDelayedCallback(func() { // the plan was changed: a visit came in between
		p.days = append([]time.Time{day("2026-04-01")}, p.days...)
		env.SignalWorkflow(workflows.LookSignal, workflows.LookInput{})
	}, day("2026-03-20").Sub(day("2026-03-02")))
	env.ExecuteWorkflow(workflows.Plan, workflows.PlanInput{Plan: "p"})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"2026-04-01 for 2026-04-01", "2026-07-01 for 2026-07-01"}, p.opened)
}

// On a stepped clock no timer runs: only looks, which the sweep sends, move the plan.
func TestASteppedPlanWaitsForLooks(t *testing.T) {
	env, p := planned(t, "2026-03-17")
	p.stepped = true
	var wound int
	env.SetOnTimerScheduledListener(func(string, time.Duration) { wound++ })
	for _, at := range []string{"2026-03-20", "2027-01-01"} {
		env.RegisterDelayedCallback(func() { env.SignalWorkflow(workflows.LookSignal, workflows.LookInput{}) }, day(at).Sub(day("2026-03-02")))
	}
	env.ExecuteWorkflow(workflows.Plan, workflows.PlanInput{Plan: "p"})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"2026-03-20 for 2026-03-17"}, p.opened)
	require.Zero(t, wound)
}

func TestAnOutageIsFilledInByAsManyWakesAsItTakes(t *testing.T) {
	env, p := planned(t, "2026-03-03", "2026-03-03", "2026-03-03", "2026-03-04")
	p.batch = 1
	env.RegisterDelayedCallback(func() { p.failing = 9 }, time.Hour) // three tries of three wakes
	env.ExecuteWorkflow(workflows.Plan, workflows.PlanInput{Plan: "p"})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"2026-03-03 for 2026-03-03", "2026-03-03 for 2026-03-03", "2026-03-03 for 2026-03-03", "2026-03-04 for 2026-03-04"}, p.opened)
	require.Zero(t, p.failing)
}

func TestALongPlanBeginsAnotherRun(t *testing.T) {
	env, p := planned(t, "2026-07-01")
	p.long = true
	env.ExecuteWorkflow(workflows.Plan, workflows.PlanInput{Plan: "p"})
	var anew *workflow.ContinueAsNewError
	require.ErrorAs(t, env.GetWorkflowError(), &anew)
	require.Equal(t, "Plan", anew.WorkflowType.Name)
	require.Empty(t, p.opened)
}
