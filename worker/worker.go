// Package worker runs what carries the cases: the Temporal worker with its workflows and the
// Settle activity, and beside it the relay, whose sweep is the guarantee that nothing waits for
// ever.
package worker

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdkworker "go.temporal.io/sdk/worker"

	"duban/activities"
	"duban/dispatch"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
	"duban/workflows"
)

// Config is what a worker is handed.
type Config struct {
	Client      client.Client
	Register    *register.Register
	Calendar    *calendar.Calendar        // built in; the register's holiday tables lie over it
	Regulations *jurisdiction.Regulations // by which plans, transfers and duties are carried
	Notifier    dispatch.Notifier         // nil: notices stay in the outbox, for another worker to send
	Metrics     prometheus.Registerer     // nil: none
	Logger      *slog.Logger
	Every       time.Duration // between sweeps; zero: one second
}

const (
	stopTimeout  = 8 * time.Second // what runs when we stop may finish
	firstRetry   = time.Second
	lastRetry    = 30 * time.Second
	concurrentLA = 64 // settles at once; the register's connections bound them anyway
)

// Run works until ctx ends. Temporal may be down when it starts, and a worker may give up later
// (its namespace is missing, say): it tries again, each time with a new worker, because one that
// failed can't be started again.
func Run(ctx context.Context, c Config) error {
	if c.Every == 0 {
		c.Every = time.Second
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if err := readable(ctx, c.Register); err != nil {
		if ctx.Err() != nil {
			return nil // told to stop before it began
		}
		return err
	}
	if err := c.Register.BringTables(ctx, "built-in", c.Calendar.Tables()...); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	m := newMetrics(c.Metrics)
	desk := workflows.NewDesk(c.Client)
	courier := workflows.NewCourier(desk, m.nudges.Inc)
	defer courier.Stop(0)
	var wg sync.WaitGroup
	nudge := func(kind casefile.Kind, id string) { courier.Look(kind, id, workflows.PaperSignal, "") }
	settler := activities.New(c.Register, c.Calendar, activities.NewAsker(c.Regulations), activities.Counted(c.Metrics), nudge)
	relay := &relay{Config: c, desk: desk, courier: courier, settler: settler, metrics: m}
	wg.Go(func() { relay.run(ctx) })
	defer wg.Wait()
	planner := activities.NewPlanner(c.Register, c.Calendar, activities.Pin(c.Register, c.Regulations), nudge)
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		began := time.Now()
		err := work(ctx, c.Client, settler, planner)
		if err == nil {
			return nil
		}
		if time.Since(began) > lastRetry { // it had been working
			wait = firstRetry
		}
		c.Logger.Warn("worker can't work; trying again", "error", err, "in", wait)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// readable refuses to work beside a case whose pinned regime this program can't read: it would
// stop that case, open or closed, at its next paper.
func readable(ctx context.Context, r *register.Register) error {
	pinned, err := r.Regimes(ctx)
	if err != nil {
		return err
	}
	for _, p := range pinned {
		if _, err := regimes.Parse(p.Text); err != nil {
			return fmt.Errorf("this program can't read a regime that cases are pinned to (%s); run the version that can: %w", p.Hash, err)
		}
	}
	return nil
}

// work runs one worker until ctx ends; an error tells that it could not start or has given up.
func work(ctx context.Context, c client.Client, a *activities.Activities, p *activities.Planner) error {
	gaveUp := make(chan error, 1)
	w := New(c, a, p, func(err error) { gaveUp <- err })
	if err := w.Start(); err != nil {
		return err
	}
	defer w.Stop()
	select {
	case <-ctx.Done():
		return nil
	case err := <-gaveUp:
		return err
	}
}

// New makes a worker with everything registered; gaveUp is told, once, of an error after which it
// stops by itself.
func New(c client.Client, a *activities.Activities, p *activities.Planner, gaveUp func(error)) sdkworker.Worker {
	w := sdkworker.New(c, workflows.TaskQueue, sdkworker.Options{
		WorkerStopTimeout:                       stopTimeout,
		MaxConcurrentLocalActivityExecutionSize: concurrentLA,
		DisableRegistrationAliasing:             true,
		OnFatalError:                            gaveUp,
	})
	workflows.Register(w)
	w.RegisterActivityWithOptions(a.Settle, activity.RegisterOptions{Name: activities.SettleActivity})
	w.RegisterActivityWithOptions(p.Wake, activity.RegisterOptions{Name: activities.WakeActivity})
	return w
}
