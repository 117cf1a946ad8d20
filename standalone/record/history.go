package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"unicode"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protopath"
	"google.golang.org/protobuf/reflect/protorange"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// keep writes the longest run of a workflow to a file, without anything that names the machine.
// It fails when the history carries a text: only ids may travel through Temporal (architecture §7).
func keep(ctx context.Context, c client.Client, id, to, file string) error {
	run, err := longestRun(ctx, c, id)
	if err != nil {
		return err
	}
	var all historypb.History
	for events := c.GetWorkflowHistory(ctx, id, run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
		e, err := events.Next()
		if err != nil {
			return fmt.Errorf("read the history of %s: %w", id, err)
		}
		all.Events = append(all.Events, e)
	}
	if err := clean(&all); err != nil {
		return fmt.Errorf("history of %s: %w", id, err)
	}
	return write(&all, to, file)
}

func longestRun(ctx context.Context, c client.Client, id string) (string, error) {
	list, err := c.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{Query: fmt.Sprintf("WorkflowId = '%s'", id)})
	if err != nil {
		return "", fmt.Errorf("list the runs of %s: %w", id, err)
	}
	run, longest := "", int64(-1)
	for _, e := range list.Executions {
		if e.HistoryLength > longest {
			run, longest = e.Execution.RunId, e.HistoryLength
		}
	}
	return run, nil
}

// clean takes the machine's name out and looks at every string that is left.
func clean(all *historypb.History) error {
	var found error
	err := protorange.Range(all.ProtoReflect(), func(p protopath.Values) error {
		m, ok := p.Index(-1).Value.Interface().(protoreflect.Message)
		if !ok {
			return nil
		}
		switch one := m.Interface().(type) {
		case *taskqueuepb.TaskQueue:
			if one.NormalName != "" { // a worker's own queue is called by its host
				one.Name = "sticky"
			}
		case *commonpb.Payload:
			if !ascii(string(one.Data)) {
				found = fmt.Errorf("a payload carries text: %s", one.Data)
			}
		}
		m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
			switch {
			case f.Name() == "identity" || f.Name() == "worker_instance_key":
				m.Clear(f)
			case f.Kind() == protoreflect.StringKind && !f.IsList() && !f.IsMap() && !ascii(v.String()):
				found = fmt.Errorf("%s carries text: %s", f.FullName(), v.String())
			}
			return true
		})
		return nil
	})
	if err == nil {
		err = found
	}
	return err
}

// ascii: names, subjects and texts of the cast are Chinese, ids are not.
func ascii(s string) bool {
	for _, r := range s {
		if r > unicode.MaxASCII {
			return false
		}
	}
	return true
}

func write(all proto.Message, to, file string) error {
	raw, err := protojson.Marshal(all)
	if err != nil {
		return fmt.Errorf("write history %s: %w", file, err)
	}
	var compact, packed bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		return fmt.Errorf("write history %s: %w", file, err)
	}
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("write history %s: %w", file, err)
	}
	if _, err := z.Write(compact.Bytes()); err != nil {
		return fmt.Errorf("write history %s: %w", file, err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write history %s: %w", file, err)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return fmt.Errorf("write history %s: %w", file, err)
	}
	if err := os.WriteFile(filepath.Join(to, file+".json.gz"), packed.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write history %s: %w", file, err)
	}
	fmt.Println("wrote", file)
	return nil
}
