package temporalserver_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"duban/standalone/temporalserver"
)

const (
	queue       = "tally"
	addSignal   = "add"
	closeSignal = "close"
	sumUpdate   = "sum"
)

var (
	kind = temporal.NewSearchAttributeKeyKeyword("kind")
	due  = temporal.NewSearchAttributeKeyTime("due")
)

var searchAttributes = map[string]enumspb.IndexedValueType{
	"kind": enumspb.INDEXED_VALUE_TYPE_KEYWORD,
	"due":  enumspb.INDEXED_VALUE_TYPE_DATETIME,
}

// Tally sums its signals until it is closed. Its update waits for a sum, so that a test can wait for a signal.
func Tally(ctx workflow.Context) (int, error) {
	sum := 0
	err := workflow.SetUpdateHandler(ctx, sumUpdate, func(ctx workflow.Context, atLeast int) (int, error) {
		err := workflow.Await(ctx, func() bool { return sum >= atLeast })
		return sum, err
	})
	if err != nil {
		return 0, err
	}
	closed := false
	selector := workflow.NewSelector(ctx)
	selector.AddReceive(workflow.GetSignalChannel(ctx, addSignal), func(c workflow.ReceiveChannel, _ bool) {
		var n int
		c.Receive(ctx, &n)
		sum += n
	})
	selector.AddReceive(workflow.GetSignalChannel(ctx, closeSignal), func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(ctx, nil)
		closed = true
	})
	for !closed {
		selector.Select(ctx)
	}
	return sum, nil
}

// tally is a client of the tallies on one running server, with their worker.
type tally struct {
	t      *testing.T
	client client.Client
	worker worker.Worker
}

func connect(t *testing.T, address string) tally {
	t.Helper()
	c, err := client.DialContext(t.Context(), client.Options{
		HostPort: address, Namespace: "duban", Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
	if err != nil {
		t.Fatal(err)
	}
	w := worker.New(c, queue, worker.Options{})
	w.RegisterWorkflow(Tally)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	return tally{t: t, client: c, worker: w}
}

func (y tally) disconnect() {
	y.worker.Stop()
	y.client.Close()
}

// sum starts the tally when it does not run yet, and returns its sum when that has reached atLeast.
func (y tally) sum(id string, atLeast int) int {
	y.t.Helper()
	start := y.client.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID: id, TaskQueue: queue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		TypedSearchAttributes: temporal.NewSearchAttributes(
			kind.ValueSet("complaint"), due.ValueSet(time.Date(2026, 2, 27, 16, 0, 0, 0, time.UTC))),
	}, Tally)
	handle, err := y.client.UpdateWithStartWorkflow(y.t.Context(), client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start,
		UpdateOptions: client.UpdateWorkflowOptions{
			UpdateName: sumUpdate, Args: []any{atLeast}, WaitForStage: client.WorkflowUpdateStageCompleted,
		},
	})
	if err != nil {
		y.t.Fatalf("update %s: %v", id, err)
	}
	var sum int
	if err := handle.Get(y.t.Context(), &sum); err != nil {
		y.t.Fatalf("sum of %s: %v", id, err)
	}
	return sum
}

func (y tally) signalWithStart(id string, n int) {
	y.t.Helper()
	_, err := y.client.SignalWithStartWorkflow(y.t.Context(), id, addSignal, n, client.StartWorkflowOptions{TaskQueue: queue}, Tally)
	if err != nil {
		y.t.Fatalf("signal %s with start: %v", id, err)
	}
}

func (y tally) signal(id, name string, arg any) {
	y.t.Helper()
	if err := y.client.SignalWorkflow(y.t.Context(), id, "", name, arg); err != nil {
		y.t.Fatalf("signal %s: %v", id, err)
	}
}

// result closes the tally and returns its result.
func (y tally) result(id string) int {
	y.t.Helper()
	y.signal(id, closeSignal, nil)
	var sum int
	if err := y.client.GetWorkflow(y.t.Context(), id, "").Get(y.t.Context(), &sum); err != nil {
		y.t.Fatalf("result of %s: %v", id, err)
	}
	return sum
}

func start(t *testing.T, c temporalserver.Config) *temporalserver.Server {
	t.Helper()
	before := time.Now()
	s, err := temporalserver.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %s", time.Since(before).Round(time.Millisecond))
	return s
}

func stop(t *testing.T, s *temporalserver.Server) {
	t.Helper()
	before := time.Now()
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	t.Logf("stopped in %s", time.Since(before).Round(time.Millisecond))
}

// eventually tries until it succeeds or the test's time is up: visibility is written behind the workflow.
func eventually(t *testing.T, try func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	var last error
	for {
		err := try(ctx)
		if err == nil {
			return
		}
		if ctx.Err() == nil {
			last = err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatal(last)
		}
	}
}

func wantCount(y tally, query string, want int) func(context.Context) error {
	return func(ctx context.Context) error {
		counted, err := y.client.CountWorkflow(ctx, countRequest(query))
		if err != nil {
			return fmt.Errorf("count %s: %w", query, err)
		}
		if int(counted.Count) != want {
			return fmt.Errorf("%s finds %d workflows, not %d", query, counted.Count, want)
		}
		return nil
	}
}
