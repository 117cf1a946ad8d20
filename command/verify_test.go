package command

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"duban/law/casefile"
	"duban/register"
)

func TestReportNamesCaseAndEntry(t *testing.T) {
	var out bytes.Buffer
	s := &session{Terminal: Terminal{Out: &out}}
	err := s.printReport(register.Report{
		Cases: 2, Entries: 9, Checks: map[string]int{register.CheckChain: 9, register.CheckRow: 2},
		Stuck:      []register.StuckCase{{Case: "c2", Number: "LN-C-2026-000002", Ref: "p7", Fault: "move fails"}},
		Violations: []register.Violation{{Case: "c1", Entry: 3, Check: register.CheckChain, Message: "the line before has another hash"}, {Case: "c1", Check: register.CheckRow, Message: "state"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"violation: case c1, entry 3: chain: the line before has another hash", "violation: case c1: row: state",
		"stuck: case LN-C-2026-000002 (c2), at p7: move fails", "chain  9     1", "verify: 2 violations, 1 stuck",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// pages is a register that lists two open cases a page. One is closed in the meantime, the filing
// of one waits to be settled.
type pages struct{ rows []register.CaseRow }

func (p pages) Cases(_ context.Context, f register.CaseFilter) (register.CasePage, error) {
	if f.Closed == nil || *f.Closed {
		return register.CasePage{}, errors.New("closed cases were asked for")
	}
	at := len(f.Cursor)
	end := min(at+2, len(p.rows))
	page := register.CasePage{Cases: p.rows[at:end]}
	if end < len(p.rows) {
		page.Next = strings.Repeat("x", end)
	}
	return page, nil
}

func (p pages) CaseByID(_ context.Context, id string) (register.CaseRow, casefile.Case, error) {
	row := register.CaseRow{ID: id, Closed: id == "closed", Seq: 1}
	if id == "filed" {
		row.Seq = 0
	}
	return row, casefile.Case{}, nil
}

type carried map[string]bool

func (c carried) Open(_ context.Context, _ casefile.Kind, id string) (bool, error) {
	if id == "broken" {
		return false, errors.New("no answer")
	}
	return c[id], nil
}

func TestOpenCasesWithoutWorkflow(t *testing.T) {
	cases := pages{rows: []register.CaseRow{{ID: "a"}, {ID: "b"}, {ID: "closed"}, {ID: "filed"}, {ID: "d"}, {ID: "e"}}}
	report := register.Report{Checks: map[string]int{}}
	if err := uncarried(t.Context(), cases, carried{"a": true, "d": true}, &report, func(int) {}); err != nil {
		t.Fatal(err)
	}
	var lost []string
	for _, v := range report.Violations {
		lost = append(lost, v.Case)
	}
	if strings.Join(lost, " ") != "b e" || report.Checks[checkWorkflow] != 6 {
		t.Errorf("lost %v, %d checks", lost, report.Checks[checkWorkflow])
	}
	cases.rows = append(cases.rows, register.CaseRow{ID: "broken"})
	if err := uncarried(t.Context(), cases, carried{}, &report, func(int) {}); err == nil {
		t.Error("Temporal did not answer, and verify went on")
	}
}
