package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"duban/activities"
	"duban/law/casefile"
	"duban/standalone/temporalserver"
	"duban/workflows"
)

// troubled stands in for Settle and does as it is told, so that the loop meets what the demo does
// not show: a register that is away, and a case that is stuck.
type troubled struct {
	mu   sync.Mutex
	now  activities.SettleResult
	away error
}

func (s *troubled) settle(context.Context, activities.SettleInput) (activities.SettleResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now, s.away
}

func (s *troubled) be(now activities.SettleResult, away error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now, s.away = now, away
}

// outage: the register is away for two pauses; news ends the second; an act finds the case stuck,
// is asked for again after it was mended, and closes the case.
func outage(ctx context.Context, to string) (err error) {
	folder, err := os.MkdirTemp("", "duban-record-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	quiet := slog.New(slog.DiscardHandler)
	server, err := temporalserver.Start(ctx, temporalserver.Config{Dir: folder, Logger: quiet})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	c, err := client.NewLazyClient(client.Options{HostPort: server.Address(), Namespace: "duban", Logger: sdklog.NewStructuredLogger(quiet)})
	if err != nil {
		return err
	}
	defer c.Close()
	s := &troubled{}
	w := worker.New(c, workflows.TaskQueue, worker.Options{DisableRegistrationAliasing: true})
	workflows.Register(w)
	w.RegisterActivityWithOptions(s.settle, activity.RegisterOptions{Name: activities.SettleActivity})
	if err := w.Start(); err != nil {
		return err
	}
	defer w.Stop()
	const id = "outage"
	if err := s.happens(ctx, c, id); err != nil {
		return err
	}
	return keep(ctx, c, workflows.ID(casefile.Complaint, id), to, "complaint-outage")
}

func (s *troubled) happens(ctx context.Context, c client.Client, id string) error {
	desk := workflows.NewDesk(c)
	s.be(activities.SettleResult{}, errors.New("the register is away"))
	if err := desk.Look(ctx, casefile.Complaint, id, workflows.PaperSignal, "p1"); err != nil {
		return err
	}
	if err := timers(ctx, c, workflows.ID(casefile.Complaint, id), 2); err != nil { // the first pause is over
		return err
	}
	s.be(activities.SettleResult{Seq: 1, Wake: time.Now().Add(time.Hour), WakeIn: time.Hour}, nil)
	if err := desk.Look(ctx, casefile.Complaint, id, workflows.LookSignal, ""); err != nil {
		return err
	}
	if err := timers(ctx, c, workflows.ID(casefile.Complaint, id), 3); err != nil { // it waits for its deadline
		return err
	}
	s.be(activities.SettleResult{Seq: 1, Stuck: true}, nil)
	if made, err := update(ctx, c, id, "a1"); err != nil || !made.Unmade {
		return fmt.Errorf("an act on a stuck case was made: %v: %w", made, err)
	}
	s.be(activities.SettleResult{Seq: 2, Closed: true}, nil)
	if made, err := update(ctx, c, id, "a1/again"); err != nil || made.Unmade {
		return fmt.Errorf("an act after the case was mended was not made: %v: %w", made, err)
	}
	return nil
}

// update asks for the act a1 as programs did before acts were settled where they are asked for.
func update(ctx context.Context, c client.Client, id, as string) (made workflows.ActResult, err error) {
	handle, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID: as, WorkflowID: workflows.ID(casefile.Complaint, id), UpdateName: workflows.ActUpdate, Args: []any{workflows.ActInput{Act: "a1"}},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return made, err
	}
	return made, handle.Get(ctx, &made)
}
