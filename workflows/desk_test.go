package workflows_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"duban/law/casefile"
	"duban/workflows"
)

// counter is a Temporal that keeps the answer of an update by its id, as the real one does.
type counter struct {
	client.Client
	answers map[string]workflows.ActResult
	next    workflows.ActResult // of an update not seen before
	gone    bool                // no workflow is open
	started int
}

func (c *counter) UpdateWorkflow(_ context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	if c.gone {
		return nil, serviceerror.NewNotFound("workflow execution already completed")
	}
	if o.Args[0] != (workflows.ActInput{Act: "a1"}) || o.UpdateName != workflows.ActUpdate || o.WorkflowID != "complaint/c" {
		return nil, serviceerror.NewInvalidArgument("not the act")
	}
	if _, known := c.answers[o.UpdateID]; !known {
		c.answers[o.UpdateID] = c.next
	}
	return answered{result: c.answers[o.UpdateID]}, nil
}

func (c *counter) NewWithStartWorkflowOperation(client.StartWorkflowOptions, any, ...any) client.WithStartWorkflowOperation {
	return nil
}

func (c *counter) UpdateWithStartWorkflow(ctx context.Context, o client.UpdateWithStartWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	c.started, c.gone = c.started+1, false
	return c.UpdateWorkflow(ctx, o.UpdateOptions)
}

type answered struct {
	client.WorkflowUpdateHandle
	result workflows.ActResult
}

func (a answered) Get(_ context.Context, into any) error {
	*into.(*workflows.ActResult) = a.result
	return nil
}

// An act that found its case stuck keeps that answer under its id; asked for again after the case
// was mended, it is made.
func TestActIsAskedForAnewAfterAStuckCaseWasMended(t *testing.T) {
	c := &counter{answers: map[string]workflows.ActResult{}, next: workflows.ActResult{Unmade: true}}
	desk := workflows.NewDesk(c)
	_, err := desk.Act(t.Context(), casefile.Complaint, "c", "a1")
	require.ErrorContains(t, err, "can't move")
	c.next = workflows.ActResult{Entry: 7}
	entry, err := desk.Act(t.Context(), casefile.Complaint, "c", "a1")
	require.NoError(t, err)
	require.Equal(t, 7, entry)
	require.Equal(t, workflows.ActResult{Unmade: true}, c.answers["a1"])
}

// One that was made is not asked for twice, and a closed case's workflow is started for it.
func TestActIsOneUpdate(t *testing.T) {
	c := &counter{answers: map[string]workflows.ActResult{}, gone: true}
	desk := workflows.NewDesk(c)
	for range 2 {
		_, err := desk.Act(t.Context(), casefile.Complaint, "c", "a1")
		require.NoError(t, err)
	}
	require.Len(t, c.answers, 1)
	require.Equal(t, 1, c.started)
	_, err := desk.Act(t.Context(), "parcel", "c", "a1")
	require.ErrorContains(t, err, `no workflow carries a "parcel"`)
}
