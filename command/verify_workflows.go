package command

import (
	"context"
	"fmt"
	"sync"

	"duban/law/casefile"
	"duban/register"
	"duban/workflows"
)

const (
	checkWorkflow = "workflow" // an open case has its workflow
	asksAtOnce    = 16
)

// lister is what the register says of its cases.
type lister interface {
	Cases(ctx context.Context, f register.CaseFilter) (register.CasePage, error)
	CaseByID(ctx context.Context, id string) (register.CaseRow, casefile.Case, error)
}

// carrier tells whether a case's workflow is running.
type carrier interface {
	Open(ctx context.Context, kind casefile.Kind, id string) (bool, error)
}

func (s *session) verifyWorkflows(ctx context.Context, on stores, report *register.Report) error {
	temporal, err := s.temporal(on.Config, on.log)
	if err != nil {
		return err
	}
	defer temporal.Close()
	return uncarried(ctx, on.register, workflows.NewDesk(temporal), report, s.counting("workflows"))
}

// uncarried adds a violation for every open case without a workflow, page by page.
func uncarried(ctx context.Context, r lister, desk carrier, report *register.Report, progress func(n int)) error {
	closed := false
	filter := register.CaseFilter{Closed: &closed, Limit: 200}
	for {
		page, err := r.Cases(ctx, filter)
		if err != nil {
			return err
		}
		missing, err := missingOf(ctx, page.Cases, desk)
		if err != nil {
			return err
		}
		for _, row := range missing {
			now, _, err := r.CaseByID(ctx, row.ID)
			if err != nil {
				return err
			}
			if now.Closed || now.Seq == 0 {
				continue // closed while we asked, or its filing still waits in the inbox, where the sweep finds it
			}
			report.Violations = append(report.Violations, register.Violation{Case: row.ID, Check: checkWorkflow, Message: "the case is open, and no workflow carries it"})
		}
		report.Checks[checkWorkflow] += len(page.Cases)
		progress(report.Checks[checkWorkflow])
		if filter.Cursor = page.Next; filter.Cursor == "" {
			return nil
		}
	}
}

// missingOf asks for many cases at once, and keeps their order.
func missingOf(ctx context.Context, rows []register.CaseRow, desk carrier) ([]register.CaseRow, error) {
	answers := make([]bool, len(rows))
	errs := make([]error, len(rows))
	slots := make(chan struct{}, asksAtOnce)
	var all sync.WaitGroup
	for i, row := range rows {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			answers[i], errs[i] = desk.Open(ctx, row.Kind, row.ID)
		})
	}
	all.Wait()
	var missing []register.CaseRow
	for i, row := range rows {
		if errs[i] != nil {
			return nil, fmt.Errorf("look for workflows: %w", errs[i])
		}
		if !answers[i] {
			missing = append(missing, row)
		}
	}
	return missing, nil
}
