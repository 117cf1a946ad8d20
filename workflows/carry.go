package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"duban/activities"
)

// Complaint carries a complaint until it is closed.
func Complaint(ctx workflow.Context, in CaseInput) (CaseResult, error) {
	return carry(ctx, in, Complaint)
}

// Inspection carries an inspection.
func Inspection(ctx workflow.Context, in CaseInput) (CaseResult, error) {
	return carry(ctx, in, Inspection)
}

// Enforcement carries an enforcement case.
func Enforcement(ctx workflow.Context, in CaseInput) (CaseResult, error) {
	return carry(ctx, in, Enforcement)
}

// Appeal carries a reconsideration that runs in this house.
func Appeal(ctx workflow.Context, in CaseInput) (CaseResult, error) {
	return carry(ctx, in, Appeal)
}

type caseWorkflow func(workflow.Context, CaseInput) (CaseResult, error)

// carrier is one case's loop: handlers only queue, the loop acts.
type carrier struct {
	in    CaseInput
	acts  []*pendingAct
	looks map[string]workflow.ReceiveChannel
	last  activities.SettleResult
	wake  wakeTimer
	pause time.Duration
}

type pendingAct struct {
	id   string
	done bool
}

func carry(ctx workflow.Context, in CaseInput, self caseWorkflow) (CaseResult, error) {
	c := &carrier{in: in}
	if err := c.listen(ctx); err != nil {
		return CaseResult{}, err
	}
	for {
		if !c.settle(ctx) {
			if err := workflow.Sleep(ctx, c.pause); err != nil {
				return CaseResult{}, err
			}
			continue
		}
		if c.last.More {
			continue
		}
		if err := c.wait(ctx); err != nil {
			return CaseResult{}, err
		}
		switch {
		case c.work():
		case c.last.Closed:
			return CaseResult{Seq: c.last.Seq}, nil
		case workflow.GetInfo(ctx).GetContinueAsNewSuggested():
			return CaseResult{}, workflow.NewContinueAsNewError(ctx, self, in) // nothing needs carrying
		}
	}
}

// listen registers every handler before the first wait: an update that starts the workflow
// would otherwise find none.
func (c *carrier) listen(ctx workflow.Context) error {
	c.looks = map[string]workflow.ReceiveChannel{}
	for _, name := range signals {
		c.looks[name] = workflow.GetSignalChannel(ctx, name)
	}
	return workflow.SetUpdateHandler(ctx, ActUpdate, func(ctx workflow.Context, in ActInput) (ActResult, error) {
		act := &pendingAct{id: in.Act}
		c.acts = append(c.acts, act)
		return ActResult{}, workflow.Await(ctx, func() bool { return act.done })
	})
}

// work tells whether something waits; it only reads.
func (c *carrier) work() bool {
	for _, name := range signals {
		if c.looks[name].Len() > 0 {
			return true
		}
	}
	return len(c.acts) > 0
}

// settle has the register make what is there to make, with the oldest act. False: the register
// could not be reached; the act stays queued.
func (c *carrier) settle(ctx workflow.Context) bool {
	for _, name := range signals {
		for c.looks[name].ReceiveAsync(&LookInput{}) {
		}
	}
	in := activities.SettleInput{Case: c.in.Case}
	if len(c.acts) > 0 {
		in.Act = c.acts[0].id
	}
	var out activities.SettleResult
	err := workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, settleOptions), activities.SettleActivity, in).Get(ctx, &out)
	if err != nil {
		c.pause = min(max(2*c.pause, firstPause), lastPause)
		return false
	}
	c.last, c.pause = out, 0
	if in.Act != "" && !out.More {
		c.acts[0].done = true
		c.acts = c.acts[1:]
	}
	return true
}

// wait returns when there is work, when the timer has fired, or, for a closed case, when every
// handler is finished: then the loop can end within the same task.
func (c *carrier) wait(ctx workflow.Context) error {
	if c.last.Closed {
		c.wake.stop()
		return workflow.Await(ctx, func() bool { return c.work() || workflow.AllHandlersFinished(ctx) })
	}
	c.wake.set(ctx, c.last)
	return workflow.Await(ctx, func() bool {
		return c.work() || c.wake.ready() || workflow.GetInfo(ctx).GetContinueAsNewSuggested() && workflow.AllHandlersFinished(ctx)
	})
}
