package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"duban/law/casefile"
	"duban/standalone/assembly"
	"duban/workflows"
)

// keepOpen files a complaint and records its workflow while it waits on its first timer.
func keepOpen(ctx context.Context, h *assembly.Assembly, to string) error {
	raw, err := json.Marshal(map[string]any{
		"operator": "liaohai-telecom", "dispute": "other", "subject": "待受理", "text": "请求处理。", "eventOn": "2026-03-01",
		"complainantName": "申诉人", "complainantPhone": "13800000000",
	})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL()+"/v1/complaints", bytes.NewReader(raw))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", "record-open")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var filed struct{ Case string }
	if res.StatusCode != http.StatusCreated {
		return fmt.Errorf("file a complaint: %s", res.Status)
	}
	if err := json.NewDecoder(res.Body).Decode(&filed); err != nil {
		return fmt.Errorf("file a complaint: %w", err)
	}
	id := workflows.ID(casefile.Complaint, filed.Case)
	if err := workflows.NewDesk(h.Client).Look(ctx, casefile.Complaint, filed.Case, workflows.LookSignal, ""); err != nil { // it runs from here on
		return err
	}
	if err := timers(ctx, h.Client, id, 1); err != nil {
		return err
	}
	return keep(ctx, h.Client, id, to, "clock-complaint-open")
}

// timers returns when a workflow has started as many timers.
func timers(ctx context.Context, c client.Client, id string, n int) error {
	for events := c.GetWorkflowHistory(ctx, id, "", true, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
		e, err := events.Next()
		if err != nil {
			return fmt.Errorf("follow the history of %s: %w", id, err)
		}
		if e.EventType == enumspb.EVENT_TYPE_TIMER_STARTED {
			n--
		}
		if n == 0 {
			return nil
		}
	}
	return fmt.Errorf("%s has ended", id)
}
