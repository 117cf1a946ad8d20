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

// desk is a small case behind the loop: deadlines and acts, a ledger, no database.
type desk struct {
	env     *testsuite.TestWorkflowEnvironment
	due     []time.Time
	ledger  []string
	made    map[string]bool
	closed  bool
	failing int // settles that fail before one succeeds
	more    int // settles that say more is left
	stuck   bool
	lost    map[string]bool // acts that are not in the register
	long    bool            // the history has grown long: Temporal asks for a new run
	tries   []time.Time
	closing func() // called when the case closes
}

func (d *desk) settle(_ context.Context, in activities.SettleInput) (activities.SettleResult, error) {
	d.tries = append(d.tries, d.env.Now())
	d.env.SetContinueAsNewSuggested(d.long)
	if d.stuck {
		return activities.SettleResult{Stuck: true}, nil
	}
	if d.failing > 0 {
		d.failing--
		return activities.SettleResult{}, errors.New("register is away")
	}
	now := d.env.Now()
	for len(d.due) > 0 && !d.due[0].After(now) {
		d.ledger = append(d.ledger, "lapse "+d.due[0].Format(time.DateOnly))
		d.due = d.due[1:]
	}
	if d.more > 0 {
		d.more--
		return activities.SettleResult{More: true}, nil
	}
	if in.Act != "" && d.lost[in.Act] {
		return activities.SettleResult{Seq: len(d.ledger), Lost: true}, nil
	}
	if in.Act != "" && !d.made[in.Act] { // like the register: an act has one verdict, however often it is settled
		d.made[in.Act] = true
		d.ledger = append(d.ledger, in.Act+" "+now.Format(time.DateOnly))
	}
	if d.made["close"] {
		if !d.closed && d.closing != nil {
			d.closing()
		}
		d.closed, d.due = true, nil
	}
	out := activities.SettleResult{Seq: len(d.ledger), Closed: d.closed}
	if len(d.due) > 0 {
		out.Wake, out.WakeIn = d.due[0], d.due[0].Sub(now)
	}
	return out, nil
}

func begin(t *testing.T, due ...string) (*testsuite.TestWorkflowEnvironment, *desk) {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(day("2026-03-02"))
	env.SetTestTimeout(20 * time.Second)
	d := &desk{env: env, made: map[string]bool{}}
	for _, s := range due {
		d.due = append(d.due, day(s))
	}
	env.RegisterWorkflowWithOptions(workflows.Complaint, workflow.RegisterOptions{Name: "Complaint"})
	env.RegisterActivityWithOptions(d.settle, activity.RegisterOptions{Name: activities.SettleActivity})
	return env, d
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func act(t *testing.T, env *testsuite.TestWorkflowEnvironment, on, id string, completed *int) {
	env.RegisterDelayedCallback(func() {
		env.UpdateWorkflow(workflows.ActUpdate, id, &testsuite.TestUpdateCallback{
			OnReject: func(err error) { t.Errorf("act %s rejected: %v", id, err) },
			OnAccept: func() {},
			OnComplete: func(_ any, err error) {
				if err != nil {
					t.Errorf("act %s: %v", id, err)
				}
				*completed++
			},
		}, workflows.ActInput{Act: id})
	}, day(on).Sub(day("2026-03-02")))
}

func TestLoopWakesForDeadlinesAndActs(t *testing.T) {
	env, d := begin(t, "2026-03-09", "2026-04-01")
	var made int
	act(t, env, "2026-03-05", "accept", &made)
	act(t, env, "2026-04-07", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"accept 2026-03-05", "lapse 2026-03-09", "lapse 2026-04-01", "close 2026-04-07"}, d.ledger)
	require.Equal(t, 2, made, "each update is answered")
}

func TestTwoActsAtOnceAreBothMade(t *testing.T) {
	env, d := begin(t)
	var made int
	act(t, env, "2026-03-03", "assign", &made)
	act(t, env, "2026-03-03", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"assign 2026-03-03", "close 2026-03-03"}, d.ledger)
	require.Equal(t, 2, made)
}

func TestSignalWithClosingActIsLookedAt(t *testing.T) {
	env, d := begin(t)
	var made int
	act(t, env, "2026-03-03", "close", &made)
	env.RegisterDelayedCallback(func() {
		env.SignalWorkflow(workflows.PaperSignal, workflows.LookInput{Paper: "p"})
	}, 24*time.Hour)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.True(t, d.closed)
	require.Equal(t, 1, made)
}

func TestRegisterAwayKeepsTheAct(t *testing.T) {
	env, d := begin(t)
	var made int
	env.RegisterDelayedCallback(func() { d.failing = 7 }, time.Hour)
	act(t, env, "2026-03-03", "accept", &made)
	act(t, env, "2026-03-04", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"accept 2026-03-03", "close 2026-03-04"}, d.ledger)
	require.Equal(t, 2, made)
}

func TestManyMovesComeBeforeTheAct(t *testing.T) {
	env, d := begin(t, "2026-03-02")
	d.more = 2
	var made int
	act(t, env, "2026-03-03", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"lapse 2026-03-02", "close 2026-03-03"}, d.ledger)
}

func TestAnActThatPutsOffTheDeadlineCostsNoTimer(t *testing.T) {
	env, d := begin(t, "2026-03-09", "2026-04-01")
	var made, wound, cancelled int
	env.SetOnTimerScheduledListener(func(string, time.Duration) { wound++ })
	env.SetOnTimerCanceledListener(func(string) { cancelled++ })
	env.RegisterDelayedCallback(func() { d.due = d.due[1:] }, time.Hour)
	act(t, env, "2026-03-05", "accept", &made)
	act(t, env, "2026-03-06", "forward", &made)
	act(t, env, "2026-04-07", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"accept 2026-03-05", "forward 2026-03-06", "lapse 2026-04-01", "close 2026-04-07"}, d.ledger, "on its day, not when the old timer woke")
	require.Equal(t, 2, wound, "one too early, one in time")
	require.Zero(t, cancelled)
}

// News of acts that others settled keeps a timer that wakes in time, winds an earlier one anew, and ends the
// run with the case, each without a settle.
func TestNewsOfActsCostsNoSettle(t *testing.T) {
	env, d := begin(t, "2026-03-20")
	var wound int
	env.SetOnTimerScheduledListener(func(string, time.Duration) { wound++ })
	tell := func(on string, in workflows.ActedInput) {
		env.RegisterDelayedCallback(func() {
			if !in.Wake.IsZero() {
				in.WakeIn = in.Wake.Sub(env.Now())
			}
			env.SignalWorkflow(workflows.ActedSignal, in)
		}, day(on).Sub(day("2026-03-02")))
	}
	tell("2026-03-03", workflows.ActedInput{Seq: 3, Wake: day("2026-03-25")}) // later: the timer stays
	tell("2026-03-04", workflows.ActedInput{Seq: 4, Wake: day("2026-03-09")}) // earlier: wound anew
	tell("2026-03-05", workflows.ActedInput{Seq: 2, Wake: day("2026-03-06")}) // old news
	env.RegisterDelayedCallback(func() { d.due = []time.Time{day("2026-03-09"), day("2026-04-01")} }, time.Hour)
	tell("2026-03-10", workflows.ActedInput{Seq: 6, Closed: true})
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"lapse 2026-03-09"}, d.ledger)
	var tries []string
	for _, at := range d.tries {
		tries = append(tries, at.UTC().Format(time.DateOnly))
	}
	require.Equal(t, []string{"2026-03-02", "2026-03-09"}, tries, "only when it began, and when it woke")
	require.Equal(t, 3, wound)
}

// News that comes with a paper is no reason to leave the paper; nor is news that comes while the register is away.
func TestNewsBesideOtherWork(t *testing.T) {
	env, d := begin(t)
	var made int
	act(t, env, "2026-03-03", "close", &made)
	env.RegisterDelayedCallback(func() {
		env.SignalWorkflow(workflows.ActedSignal, workflows.ActedInput{Seq: 1})
	}, 24*time.Hour)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.True(t, d.closed)
	require.Equal(t, 1, made)
}
