// Package worker runs what carries the cases: the Temporal worker with its workflows and the
// Settle activity, and beside it the relay, whose sweep is the guarantee that nothing waits for
// ever.
package worker

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdkworker "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"duban/activities"
	"duban/calendar"
	"duban/casefile"
	"duban/dispatch"
	"duban/register"
	"duban/workflows"
)

// Config is what a worker is handed.
type Config struct {
	Client   client.Client
	Register *register.Register
	Calendar *calendar.Calendar
	Notifier dispatch.Notifier
	Metrics  prometheus.Registerer // nil: none
	Logger   *slog.Logger
	Every    time.Duration // between sweeps; zero: one second
}

const (
	stopTimeout  = 8 * time.Second // what runs when we stop may finish
	firstRetry   = time.Second
	lastRetry    = 30 * time.Second
	concurrentLA = 64 // settles at once; the register's connections bound them anyway
)

// Run works until ctx ends. Temporal may be down when it starts: it tries again, each time with a
// new worker, because one that failed to start can't be started again.
func Run(ctx context.Context, c Config) error {
	if c.Every == 0 {
		c.Every = time.Second
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	m := newMetrics(c.Metrics)
	desk := workflows.NewDesk(c.Client)
	relay := &relay{Config: c, desk: desk, metrics: m}
	var wg sync.WaitGroup
	nudge := func(kind casefile.Kind, id string) {
		go func() {
			if err := desk.Look(ctx, kind, id, workflows.PaperSignal, ""); err != nil && ctx.Err() == nil {
				m.nudges.Inc()
			}
		}()
	}
	wg.Go(func() { relay.run(ctx) })
	defer wg.Wait()
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		w := New(c.Client, activities.New(c.Register, c.Calendar, m, nudge))
		err := w.Start()
		if err == nil {
			<-ctx.Done()
			w.Stop()
			return nil
		}
		c.Logger.Warn("worker can't start; trying again", "error", err, "in", wait)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// New registers everything by hand, so that the static check of workflow code finds it.
func New(c client.Client, a *activities.Activities) sdkworker.Worker {
	w := sdkworker.New(c, workflows.TaskQueue, sdkworker.Options{
		WorkerStopTimeout:                       stopTimeout,
		MaxConcurrentLocalActivityExecutionSize: concurrentLA,
		DisableRegistrationAliasing:             true,
	})
	w.RegisterWorkflowWithOptions(workflows.Complaint, workflow.RegisterOptions{Name: "Complaint"})
	w.RegisterWorkflowWithOptions(workflows.Inspection, workflow.RegisterOptions{Name: "Inspection"})
	w.RegisterWorkflowWithOptions(workflows.Enforcement, workflow.RegisterOptions{Name: "Enforcement"})
	w.RegisterWorkflowWithOptions(workflows.Appeal, workflow.RegisterOptions{Name: "Appeal"})
	w.RegisterActivityWithOptions(a.Settle, activity.RegisterOptions{Name: activities.SettleActivity})
	return w
}
