package workflows

import (
	"context"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"duban/law/casefile"
)

// Desk is the typed client of the case workflows: the only way in.
type Desk struct {
	client client.Client
}

// NewDesk wraps a Temporal client.
func NewDesk(c client.Client) *Desk { return &Desk{client: c} }

// Health tells whether Temporal answers.
func (d *Desk) Health(ctx context.Context) error {
	if _, err := d.client.CheckHealth(ctx, &client.CheckHealthRequest{}); err != nil {
		return fmt.Errorf("reach Temporal: %w", err)
	}
	return nil
}

// lookTimeout bounds a nudge: it only makes prompt what the sweep guarantees.
const lookTimeout = time.Second

// Look nudges a case by signal-with-start, once. An error loses nothing: the sweep will look.
func (d *Desk) Look(ctx context.Context, kind casefile.Kind, id, signal, paper string) error {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	run, err := workflowOf(kind)
	if err != nil {
		return err
	}
	if _, err := d.client.SignalWithStartWorkflow(ctx, ID(kind, id), signal, LookInput{Paper: paper}, start(kind, id), run, input(id)); err != nil {
		return fmt.Errorf("nudge %s: %w", ID(kind, id), err)
	}
	return nil
}

// Acted tells a case's workflow where the case stands. One that is not there is started, unless the case is
// closed: then there is nothing to carry.
func (d *Desk) Acted(ctx context.Context, kind casefile.Kind, id string, in ActedInput) error {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	run, err := workflowOf(kind)
	if err != nil {
		return err
	}
	if !in.Closed {
		_, err = d.client.SignalWithStartWorkflow(ctx, ID(kind, id), ActedSignal, in, start(kind, id), run, input(id))
	} else {
		err = d.client.SignalWorkflow(ctx, ID(kind, id), "", ActedSignal, in)
		var gone *serviceerror.NotFound
		if errors.As(err, &gone) {
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("tell %s what was done: %w", ID(kind, id), err)
	}
	return nil
}

// Open tells whether a case's workflow is running.
func (d *Desk) Open(ctx context.Context, kind casefile.Kind, id string) (bool, error) {
	out, err := d.client.DescribeWorkflowExecution(ctx, ID(kind, id), "")
	var gone *serviceerror.NotFound
	if errors.As(err, &gone) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("describe %s: %w", ID(kind, id), err)
	}
	return out.WorkflowExecutionInfo.Status == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

// start: one workflow per case; a closed one may be started again by a later paper.
func start(kind casefile.Kind, id string) client.StartWorkflowOptions { return startAs(ID(kind, id)) }

func startAs(id string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{
		ID: id, TaskQueue: TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
	}
}

func workflowOf(kind casefile.Kind) (caseWorkflow, error) {
	switch kind {
	case casefile.Complaint:
		return Complaint, nil
	case casefile.Inspection:
		return Inspection, nil
	case casefile.Enforcement:
		return Enforcement, nil
	case casefile.Appeal:
		return Appeal, nil
	}
	return nil, fmt.Errorf("no workflow carries a %q", kind)
}
