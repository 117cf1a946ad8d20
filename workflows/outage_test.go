package workflows_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"duban/workflows"
)

// at lets something happen on a day and a time behind it.
func at(env *testsuite.TestWorkflowEnvironment, on string, behind time.Duration, do func()) {
	env.RegisterDelayedCallback(do, day(on).Sub(day("2026-03-02"))+behind)
}

// ask is act, for a test that wants to know whether the act was made.
func ask(t *testing.T, env *testsuite.TestWorkflowEnvironment, on, id string, into *[]workflows.ActResult) {
	at(env, on, 0, func() {
		env.UpdateWorkflow(workflows.ActUpdate, id, &testsuite.TestUpdateCallback{
			OnReject: func(err error) { t.Errorf("act %s rejected: %v", id, err) },
			OnAccept: func() {},
			OnComplete: func(result any, err error) {
				if err != nil {
					t.Errorf("act %s: %v", id, err)
				}
				*into = append(*into, result.(workflows.ActResult))
			},
		}, workflows.ActInput{Act: id})
	})
}

func look(env *testsuite.TestWorkflowEnvironment) {
	env.SignalWorkflow(workflows.LookSignal, workflows.LookInput{})
}

// Temporal asks for a new run while an act, a signal and a deadline are there: all are dealt with first.
func TestNewRunLeavesNothingBehind(t *testing.T) {
	env, d := begin(t, "2026-03-05", "2026-05-01")
	var made int
	act(t, env, "2026-03-05", "accept", &made)
	at(env, "2026-03-05", 0, func() { d.long = true; look(env) })
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	var again *workflow.ContinueAsNewError
	require.ErrorAs(t, env.GetWorkflowError(), &again)
	require.Equal(t, []string{"lapse 2026-03-05", "accept 2026-03-05"}, d.ledger)
	require.Equal(t, 1, made)
	require.Equal(t, "Complaint", again.WorkflowType.Name)
	require.Equal(t, day("2026-03-05"), env.Now().UTC(), "it does not wait for the next deadline")
}

// A case that closes when Temporal asks for a new run ends, and does not begin again.
func TestClosedCaseNeedsNoNewRun(t *testing.T) {
	env, d := begin(t)
	var made int
	act(t, env, "2026-03-03", "close", &made)
	at(env, "2026-03-03", 0, func() { d.long = true })
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.True(t, d.closed)
	require.Equal(t, 1, made)
}

// An outage that fills the history: the act that waits is let go without a verdict, so that no run
// reaches Temporal's limit, and the officer asks again.
func TestLongOutageBeginsANewRun(t *testing.T) {
	env, d := begin(t)
	d.failing = 1 << 30
	var made []workflows.ActResult
	ask(t, env, "2026-03-03", "accept", &made)
	at(env, "2026-03-04", 0, func() { d.long = true })
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	var again *workflow.ContinueAsNewError
	require.ErrorAs(t, env.GetWorkflowError(), &again)
	require.Equal(t, []workflows.ActResult{{Unmade: true}}, made)
	require.WithinDuration(t, day("2026-03-04"), env.Now(), 2*time.Minute)
	require.Empty(t, d.ledger)
}

// A paper comes while its case is being closed, and then the register is away: the workflow ends
// only after it has had the paper settled.
func TestClosedCaseWaitsForTheRegister(t *testing.T) {
	env, d := begin(t)
	var made int
	d.closing = func() { d.failing = 4; look(env) }
	act(t, env, "2026-03-03", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Zero(t, d.failing, "it went on until the register answered")
	require.Equal(t, 1, made)
}

// Pauses double from a second to a minute; news ends one, because whoever
// brings it has just reached the register.
func TestNewsEndsThePause(t *testing.T) {
	env, d := begin(t)
	d.failing = 1 << 30
	var made int
	at(env, "2026-03-02", time.Hour+time.Second, func() { d.failing = 0 })
	at(env, "2026-03-02", time.Hour+2*time.Second, func() { look(env) })
	act(t, env, "2026-03-04", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	var pauses []time.Duration
	for i, tried := range d.tries[1:] {
		if pause := tried.Sub(d.tries[i]); pause >= time.Second {
			pauses = append(pauses, pause.Truncate(time.Second))
		}
	}
	require.Equal(t, []time.Duration{1 * time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second, time.Minute, time.Minute}, pauses[:8])
	require.True(t, slices.ContainsFunc(d.tries, day("2026-03-02").Add(time.Hour+2*time.Second).Equal), "the look ends the pause")
	require.Equal(t, 1, made)
}

// A stuck case waits for a look: the timer that it had still wakes, once, and winds up no other.
// Its officers are answered that nothing was made.
func TestStuckCaseWaitsForALook(t *testing.T) {
	env, d := begin(t, "2026-03-09")
	var stuck []workflows.ActResult
	var made int
	at(env, "2026-03-04", 0, func() { d.stuck = true })
	ask(t, env, "2026-03-05", "accept", &stuck)
	at(env, "2026-03-20", 0, func() {
		require.Equal(t, []workflows.ActResult{{Unmade: true}}, stuck)
		require.Equal(t, day("2026-03-09"), d.tries[len(d.tries)-1].UTC())
		require.Equal(t, day("2026-03-05"), d.tries[len(d.tries)-2].UTC())
		d.stuck = false
		look(env)
	})
	act(t, env, "2026-03-21", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []string{"lapse 2026-03-09", "close 2026-03-21"}, d.ledger)
	require.Equal(t, day("2026-03-20"), d.tries[len(d.tries)-2].UTC())
}

// An act whose row a crash took has no verdict, and says so: it is asked for anew.
func TestLostActIsUnmade(t *testing.T) {
	env, d := begin(t)
	d.lost = map[string]bool{"accept": true}
	var lost []workflows.ActResult
	var made int
	ask(t, env, "2026-03-03", "accept", &lost)
	act(t, env, "2026-03-04", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []workflows.ActResult{{Unmade: true}}, lost)
	require.Equal(t, []string{"close 2026-03-04"}, d.ledger)
}

// A deadline that an act moves: the old timer is gone, the new one wakes.
func TestMovedDeadlineWakesOnItsNewDay(t *testing.T) {
	env, d := begin(t, "2026-04-01")
	var made int
	at(env, "2026-03-10", 0, func() { d.due[0] = day("2026-03-20") })
	act(t, env, "2026-03-10", "shorten", &made)
	act(t, env, "2026-04-10", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []time.Time{day("2026-03-02"), day("2026-03-10"), day("2026-03-20"), day("2026-04-10")}, utc(d.tries), "it looks then and at no other time")
}

// A look without news keeps the timer: the case wakes once for its deadline.
func TestLookKeepsTheTimer(t *testing.T) {
	env, d := begin(t, "2026-03-20")
	var made int
	at(env, "2026-03-10", 0, func() { look(env) })
	act(t, env, "2026-03-25", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, []time.Time{day("2026-03-02"), day("2026-03-10"), day("2026-03-20"), day("2026-03-25")}, utc(d.tries))
}

// An update without an act is answered and does not keep the loop turning.
func TestUpdateThatNamesNoActIsHarmless(t *testing.T) {
	env, d := begin(t)
	var made int
	act(t, env, "2026-03-03", "", &made)
	act(t, env, "2026-03-04", "close", &made)
	env.ExecuteWorkflow(workflows.Complaint, workflows.CaseInput{Case: "c", Loop: 1})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, 2, made)
	require.Len(t, d.tries, 3)
}

func utc(all []time.Time) []time.Time {
	var out []time.Time
	for _, t := range all {
		out = append(out, t.UTC())
	}
	return out
}
