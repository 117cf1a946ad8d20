package workflows

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"duban/activities"
)

// PlanInput is the whole input of a plan's workflow.
type PlanInput struct {
	Plan string `json:"plan"`
}

// PlanResult is empty: what a plan has had checked stands in the register.
type PlanResult struct{}

// PlanID is the workflow id of a plan.
func PlanID(id string) string { return "plan/" + id }

// Plan carries a plan through its year: it has the register see to the checks that are due and
// waits for the next. A look wakes it before.
func Plan(ctx workflow.Context, in PlanInput) (PlanResult, error) {
	looks := workflow.GetSignalChannel(ctx, LookSignal)
	wake := wakeTimer{calm: true}
	pause := time.Duration(0)
	for {
		for looks.ReceiveAsync(&LookInput{}) {
		}
		var out activities.WakeResult
		err := workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, wakeOptions), activities.WakeActivity,
			activities.WakeInput(in)).Get(ctx, &out)
		switch {
		case err != nil:
			pause = min(max(2*pause, firstPause), lastPause)
			if err := rest(ctx, looks, pause); err != nil {
				return PlanResult{}, err
			}
		case out.Ended && looks.Len() == 0:
			return PlanResult{}, nil
		case !out.More && !out.Ended:
			pause = 0
			wake.set(ctx, activities.SettleResult{Wake: out.Wake, WakeIn: out.WakeIn})
			if err := workflow.Await(ctx, func() bool { return looks.Len() > 0 || wake.ready() || tooLong(ctx) }); err != nil {
				return PlanResult{}, err
			}
		}
		if tooLong(ctx) && looks.Len() == 0 {
			return PlanResult{}, workflow.NewContinueAsNewError(ctx, Plan, in) // the next run looks first
		}
	}
}

// rest waits out a pause; a look ends it.
func rest(ctx workflow.Context, looks workflow.ReceiveChannel, pause time.Duration) error {
	over, cancel := workflow.WithCancel(ctx)
	defer cancel()
	timer := workflow.NewTimer(over, pause)
	return workflow.Await(ctx, func() bool { return timer.IsReady() || looks.Len() > 0 })
}

// LookPlan nudges a plan by signal-with-start, once. An error loses nothing: the sweep will look.
func (d *Desk) LookPlan(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	if _, err := d.client.SignalWithStartWorkflow(ctx, PlanID(id), LookSignal, LookInput{}, startAs(PlanID(id)), Plan, PlanInput{Plan: id}); err != nil {
		return fmt.Errorf("nudge %s: %w", PlanID(id), err)
	}
	return nil
}
