package main

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// The floor: what a case would cost if it did nothing but be recorded. Eight updates, each with
// one local activity that inserts one row, on the same server and the same database.

const (
	bareQueue = "bare"
	acts      = 8
)

type bare struct {
	client client.Client
	db     *sql.DB
	worker worker.Worker
}

func newBare(ctx context.Context, c client.Client, db *sql.DB) (*bare, error) {
	if _, err := db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS bare_rows (id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())"); err != nil {
		return nil, fmt.Errorf("make the bare table: %w", err)
	}
	b := &bare{client: c, db: db}
	b.worker = worker.New(c, bareQueue, worker.Options{MaxConcurrentLocalActivityExecutionSize: 64})
	b.worker.RegisterWorkflowWithOptions(bareWorkflow, workflow.RegisterOptions{Name: "Bare"})
	b.worker.RegisterActivityWithOptions(b.insert, activity.RegisterOptions{Name: "Insert"})
	return b, b.worker.Start()
}

func (b *bare) insert(ctx context.Context, id string) error {
	_, err := b.db.ExecContext(ctx, "INSERT INTO bare_rows (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
	return err
}

// bareWorkflow ends after its eight updates.
func bareWorkflow(ctx workflow.Context, id string) error {
	options := workflow.LocalActivityOptions{StartToCloseTimeout: settleTimeout}
	done := 0
	err := workflow.SetUpdateHandler(ctx, "act", func(ctx workflow.Context, n int) error {
		err := workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, options), "Insert", fmt.Sprintf("%s/%d", id, n)).Get(ctx, nil)
		done++
		return err
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return done == acts && workflow.AllHandlersFinished(ctx) })
}

// life runs one bare case and returns its workflow's id.
func (b *bare) life(ctx context.Context, measure func(func() error) error) (string, error) {
	id := uuid.NewString()
	run, err := b.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: "bare/" + id, TaskQueue: bareQueue}, "Bare", id)
	if err != nil {
		return "", fmt.Errorf("start a bare case: %w", err)
	}
	for n := range acts {
		err := measure(func() error {
			handle, err := b.client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
				WorkflowID: run.GetID(), UpdateName: "act", Args: []any{n}, WaitForStage: client.WorkflowUpdateStageCompleted,
			})
			if err != nil {
				return err
			}
			return handle.Get(ctx, nil)
		})
		if err != nil {
			return "", fmt.Errorf("bare update %d: %w", n, err)
		}
	}
	return run.GetID(), nil
}
