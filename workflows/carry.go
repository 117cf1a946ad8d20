package workflows

import (
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"duban/activities"
)

// Register registers the workflows: with a worker, and with what replays their histories.
func Register(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(Complaint, workflow.RegisterOptions{Name: "Complaint"})
	r.RegisterWorkflowWithOptions(Inspection, workflow.RegisterOptions{Name: "Inspection"})
	r.RegisterWorkflowWithOptions(Enforcement, workflow.RegisterOptions{Name: "Enforcement"})
	r.RegisterWorkflowWithOptions(Appeal, workflow.RegisterOptions{Name: "Appeal"})
	r.RegisterWorkflowWithOptions(Plan, workflow.RegisterOptions{Name: "Plan"})
}

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

// Appeal carries a reconsideration that runs in this installation.
func Appeal(ctx workflow.Context, in CaseInput) (CaseResult, error) {
	return carry(ctx, in, Appeal)
}

type caseWorkflow func(workflow.Context, CaseInput) (CaseResult, error)

// carrier is one case's loop: handlers only queue, the loop acts.
type carrier struct {
	in    CaseInput
	acts  []*pendingAct
	looks map[string]workflow.ReceiveChannel
	acted workflow.ReceiveChannel
	last  activities.SettleResult
	wake  wakeTimer
	pause time.Duration // after the next settle that fails
}

type pendingAct struct {
	id     string
	done   bool
	result ActResult
}

func carry(ctx workflow.Context, in CaseInput, self caseWorkflow) (CaseResult, error) {
	c := &carrier{in: in, wake: wakeTimer{calm: in.Loop >= calmLoop}}
	if err := c.listen(ctx); err != nil {
		return CaseResult{}, err
	}
	for {
		settled := c.settle(ctx)
		if settled && c.last.More {
			continue
		}
		for heard := true; heard; heard = settled && c.hear() {
			if err := c.wait(ctx, settled); err != nil {
				return CaseResult{}, err
			}
		}
		switch {
		case c.work() || !workflow.AllHandlersFinished(ctx):
		case settled && c.last.Closed:
			return CaseResult{Seq: c.last.Seq}, nil
		case tooLong(ctx):
			return CaseResult{}, workflow.NewContinueAsNewError(ctx, self, input(in.Case)) // nothing needs carrying: the next run settles first
		}
	}
}

// tooLong tells that Temporal wants a new run, because the history has grown long.
func tooLong(ctx workflow.Context) bool { return workflow.GetInfo(ctx).GetContinueAsNewSuggested() }

// listen registers every handler before the first wait: an update that starts the workflow
// would otherwise find none.
func (c *carrier) listen(ctx workflow.Context) error {
	c.looks = map[string]workflow.ReceiveChannel{}
	for _, name := range signals {
		c.looks[name] = workflow.GetSignalChannel(ctx, name)
	}
	c.acted = workflow.GetSignalChannel(ctx, ActedSignal)
	return workflow.SetUpdateHandler(ctx, ActUpdate, func(ctx workflow.Context, in ActInput) (ActResult, error) {
		act := &pendingAct{id: in.Act}
		c.acts = append(c.acts, act)
		err := workflow.Await(ctx, func() bool { return act.done })
		return act.result, err
	})
}

// work tells whether something waits; it only reads.
func (c *carrier) work() bool { return len(c.acts) > 0 || c.signalled() || c.acted.Len() > 0 }

// hear takes the news of acts: the case stands where the newest says, and the register need not be asked.
// True when there was news and nothing else: then there is only to wait on.
func (c *carrier) hear() bool {
	var in ActedInput
	heard := false
	for c.acted.ReceiveAsync(&in) {
		if heard = true; in.Seq > c.last.Seq {
			c.last = activities.SettleResult{Seq: in.Seq, Closed: in.Closed, Wake: in.Wake, WakeIn: in.WakeIn}
		}
	}
	return heard && len(c.acts) == 0 && !c.signalled() && !c.wake.ready()
}

func (c *carrier) signalled() bool {
	for _, name := range signals {
		if c.looks[name].Len() > 0 {
			return true
		}
	}
	return false
}

// settle has the register make what is there to make, with the oldest act. False: the register
// could not be reached; the act stays queued.
func (c *carrier) settle(ctx workflow.Context) bool {
	for _, name := range signals {
		for c.looks[name].ReceiveAsync(&LookInput{}) {
		}
	}
	for c.acted.ReceiveAsync(&ActedInput{}) { // what is settled now stands after it
	}
	in := activities.SettleInput{Case: c.in.Case}
	asked := len(c.acts) > 0 // one that comes meanwhile is for the next time
	if asked {
		in.Act = c.acts[0].id
	}
	var out activities.SettleResult
	err := workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, settleOptions), activities.SettleActivity, in).Get(ctx, &out)
	if err != nil {
		c.pause = min(max(2*c.pause, firstPause), lastPause)
		return false
	}
	c.last, c.pause = out, 0
	if asked && !out.More {
		c.answer(ActResult{Entry: out.Entry, Unmade: out.Stuck || out.Lost})
	}
	return true
}

// answer lets the handler of the oldest act return.
func (c *carrier) answer(r ActResult) {
	c.acts[0].done, c.acts[0].result = true, r
	c.acts = c.acts[1:]
}

// wait returns when there is something to do: work, a deadline, a pause that is over; or nothing
// more, so that the run can end within the same task.
func (c *carrier) wait(ctx workflow.Context, settled bool) error {
	switch {
	case !settled:
		return c.rest(ctx)
	case c.last.Closed:
		if !c.wake.calm { // a run that ends takes its timer with it
			c.wake.stop()
		}
		return workflow.Await(ctx, func() bool { return c.work() || workflow.AllHandlersFinished(ctx) })
	}
	c.wake.set(ctx, c.last)
	return workflow.Await(ctx, func() bool {
		return c.work() || c.wake.ready() || tooLong(ctx) && workflow.AllHandlersFinished(ctx)
	})
}

// rest waits out the pause after a settle that failed. News ends it: whoever brings a paper or an
// act has just reached the register. In an outage so long that the history fills, the acts that
// wait are let go without a verdict, for the next run to be asked for again.
func (c *carrier) rest(ctx workflow.Context) error {
	if tooLong(ctx) {
		for len(c.acts) > 0 {
			c.answer(ActResult{Unmade: true})
		}
		return workflow.Await(ctx, func() bool { return c.work() || workflow.AllHandlersFinished(ctx) })
	}
	over, cancel := workflow.WithCancel(ctx)
	defer cancel()
	timer, known := workflow.NewTimer(over, c.pause), len(c.acts)
	return workflow.Await(ctx, func() bool { return timer.IsReady() || len(c.acts) > known || c.signalled() || c.acted.Len() > 0 })
}
