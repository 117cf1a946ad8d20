package workflows_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"duban/law/casefile"
	"duban/workflows"
)

// The histories were recorded by playing the demo: cd standalone && go run ./record. A change of
// the loop that does not replay them would break the cases that are running. Such a change needs
// a new number of the loop (names.go); recording anew does not mend it, so the old histories stay.
func recorded(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/histories/*.json.gz")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	all := map[string][]byte{}
	for _, file := range files {
		packed, err := os.ReadFile(file)
		require.NoError(t, err)
		unpacked, err := gzip.NewReader(bytes.NewReader(packed))
		require.NoError(t, err)
		raw, err := io.ReadAll(unpacked)
		require.NoError(t, err)
		all[strings.TrimSuffix(filepath.Base(file), ".json.gz")] = raw
	}
	return all
}

func histories(t *testing.T) map[string]*historypb.History {
	t.Helper()
	all := map[string]*historypb.History{}
	for name, raw := range recorded(t) {
		history, err := client.HistoryFromJSON(bytes.NewReader(raw), client.HistoryJSONOptions{})
		require.NoError(t, err, name)
		all[name] = history
	}
	return all
}

func replay(t *testing.T, h *historypb.History, register func(worker.WorkflowRegistry)) error {
	t.Helper()
	r, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{DisableRegistrationAliasing: true})
	require.NoError(t, err)
	register(r)
	return r.ReplayWorkflowHistory(log.NewStructuredLogger(slog.New(slog.DiscardHandler)), h)
}

func TestHistoriesReplay(t *testing.T) {
	for name, h := range histories(t) {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, replay(t, h, workflows.Register))
		})
	}
}

// What the histories hold between them: were one of these missing, the replay would prove less
// than it seems to.
func TestHistoriesShowTheWholeLoop(t *testing.T) {
	kinds, events := map[string]int{}, map[enumspb.EventType]int{}
	open, updates := 0, 0
	for _, h := range histories(t) {
		mine := 0
		for _, e := range h.Events {
			events[e.EventType]++
			if e.EventType == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED {
				mine++
			}
		}
		updates = max(updates, mine)
		kinds[h.Events[0].GetWorkflowExecutionStartedEventAttributes().WorkflowType.Name]++
		if h.Events[len(h.Events)-1].EventType != enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED {
			open++
		}
	}
	for _, kind := range []string{"Complaint", "Enforcement", "Appeal", "Plan"} {
		require.Positive(t, kinds[kind], kind)
	}
	for _, e := range []enumspb.EventType{
		enumspb.EVENT_TYPE_TIMER_STARTED, enumspb.EVENT_TYPE_TIMER_FIRED, enumspb.EVENT_TYPE_TIMER_CANCELED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
		enumspb.EVENT_TYPE_MARKER_RECORDED,
	} {
		require.Positive(t, events[e], e)
	}
	require.Positive(t, open, "no history of a case that is still open")
	require.Greater(t, updates, 5, "no history with many acts")
}

// Loops that do something else than the recorded ones must fail to replay, in every history that
// comes to that point: otherwise the test above could not fail.
func TestHistoriesOfAChangedLoopDoNotReplay(t *testing.T) {
	for _, change := range []string{"waits before it settles", "does not settle", "notes something first"} {
		for name, h := range histories(t) {
			err := replay(t, h, func(r worker.WorkflowRegistry) {
				for kind, run := range map[string]any{
					"Complaint": changed(change, workflows.Complaint), "Inspection": changed(change, workflows.Inspection),
					"Enforcement": changed(change, workflows.Enforcement), "Appeal": changed(change, workflows.Appeal),
					"Plan": changed(change, workflows.Plan),
				} {
					r.RegisterWorkflowWithOptions(run, workflow.RegisterOptions{Name: kind})
				}
			})
			require.ErrorContains(t, err, "TMPRL1100", "a loop that %s replays %s", change, name)
		}
	}
}

func changed[In, Out any](change string, run func(workflow.Context, In) (Out, error)) func(workflow.Context, In) (Out, error) {
	return func(ctx workflow.Context, in In) (Out, error) {
		var none Out
		switch change {
		case "waits before it settles":
			if err := workflow.Sleep(ctx, time.Minute); err != nil {
				return none, err
			}
		case "does not settle":
			return none, workflow.Await(ctx, func() bool { return false })
		case "notes something first":
			workflow.SideEffect(ctx, func(workflow.Context) any { return 1 })
		}
		return run(ctx, in)
	}
}

// Only ids, instants, counts and the names of states travel through Temporal: no name of anybody, no text, no contact.
func TestHistoriesCarryNoPersonalData(t *testing.T) {
	value := regexp.MustCompile(`^([a-z2-7]{26}|outage|p1|a1|Settle|Wake|[0-9]{1,3}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+))?$`)
	ours := []string{
		"case", "act", "paper", "seq", "closed", "wake", "wakeIn", "more", "stuck", "unmade", "loop", "entry", "lost", "plan", "seen", "ended", // our inputs and results
		"ActivityID", "ActivityType", "ReplayTime", "Attempt", "Backoff", // the SDK's, of a local activity
	}
	known := map[string]bool{"state": true}
	for _, k := range ours {
		known[k] = true
	}
	states := map[string]bool{}
	for _, k := range casefile.Kinds() {
		for _, row := range casefile.Rows(k) {
			states[string(row.State)] = true
		}
	}
	payloads := 0
	for name, raw := range recorded(t) {
		require.NotRegexp(t, `"identity"|[^\x00-\x7f]`, string(raw), name)
		for _, p := range payloadsOf(t, raw) {
			payloads++
			if string(p.Metadata["encoding"]) == "binary/null" {
				continue
			}
			require.Equal(t, "json/plain", string(p.Metadata["encoding"]), name)
			var fields map[string]any
			require.NoError(t, json.Unmarshal(p.Data, &fields), "%s: %s", name, p.Data)
			for k, v := range fields {
				require.True(t, known[k], "%s carries %q", name, k)
				if k == "state" {
					require.True(t, states[v.(string)], "%s: %v", name, v)
				} else if s, ok := v.(string); ok {
					require.Regexp(t, value, s, "%s: %s", name, k)
				}
			}
		}
	}
	require.Greater(t, payloads, 100)
	require.NotRegexp(t, value, "13800000000")
	require.NotRegexp(t, value, "Wang Wu")
	require.NotRegexp(t, value, "话费多计")
}

// payload is how Temporal's JSON writes what a message carries.
type payload struct {
	Metadata map[string][]byte
	Data     []byte
}

// payloadsOf finds every payload of a history, wherever it stands.
func payloadsOf(t *testing.T, raw []byte) []payload {
	t.Helper()
	var one payload
	if json.Unmarshal(raw, &one) == nil && one.Metadata["encoding"] != nil {
		return []payload{one}
	}
	var all []payload
	var fields map[string]json.RawMessage
	var items []json.RawMessage
	if json.Unmarshal(raw, &fields) == nil {
		for _, v := range fields {
			all = append(all, payloadsOf(t, v)...)
		}
	} else if json.Unmarshal(raw, &items) == nil {
		for _, v := range items {
			all = append(all, payloadsOf(t, v)...)
		}
	}
	return all
}
