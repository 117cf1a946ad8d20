package command

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"duban/register"
)

func (s *session) verify() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check every promise of the register, case by case",
		Long: `Check every promise of the register, case by case: the ledgers are folded and compared with all that
stands beside them. Nothing is changed, and the installation may go on working meanwhile.

With --temporal, each open case must also have its workflow, once its filing is entered. The exit status is 1 if any promise is
broken; cases that were given up after faults are listed, and are no violation.`,
		Example: `  duban verify
  duban verify --temporal 127.0.0.1:7233 --json`,
		Args: cobra.NoArgs,
	}
	databaseFlags(c)
	c.Flags().String("temporal", "", "`HOST:PORT` of Temporal: each open case must have its workflow there")
	c.Flags().String("namespace", defaults.Namespace, "Temporal's namespace")
	jsonFlag(c)
	c.RunE = s.on(needs{}, func(ctx context.Context, c *cobra.Command, _ []string, on stores) error {
		report, err := on.register.Verify(ctx, s.counting("cases"))
		if err != nil {
			return err
		}
		if on.Temporal != "" {
			if err := s.verifyWorkflows(ctx, on, &report); err != nil {
				return err
			}
		}
		print := s.printReport
		if asJSON(c) {
			print = func(rep register.Report) error { return s.printJSON(reportOf(rep)) }
		}
		if err := print(report); err != nil {
			return err
		}
		if len(report.Violations) > 0 {
			return &exit{status: exitFailed}
		}
		return nil
	})
	return c
}

// counting tells every thousand, on a line of its own.
func (s *session) counting(what string) func(n int) {
	next := 1000
	return func(n int) {
		if n >= next {
			s.tell("%d %s …", n, what)
			next = n - n%1000 + 1000
		}
	}
}

func (s *session) printReport(rep register.Report) error {
	err := s.say("%d cases, %d entries, %d papers (%d waiting), %d acts (%d waiting)\n",
		rep.Cases, rep.Entries, rep.Papers, rep.Pending, rep.Acts, rep.Undecided)
	if err != nil {
		return err
	}
	broken := map[string]int{}
	for _, v := range rep.Violations {
		broken[v.Check]++
	}
	var rows [][]string
	for _, check := range slices.Sorted(maps.Keys(rep.Checks)) {
		rows = append(rows, []string{check, strconv.Itoa(rep.Checks[check]), strconv.Itoa(broken[check])})
	}
	if err := s.printTable([]string{"CHECK", "MADE", "VIOLATIONS"}, rows); err != nil {
		return err
	}
	for _, k := range rep.Stuck {
		if err := s.say("stuck: case %s (%s), at %s: %s", k.Number, k.Case, k.Ref, k.Fault); err != nil {
			return err
		}
	}
	for _, v := range rep.Violations {
		entry := ""
		if v.Entry > 0 {
			entry = fmt.Sprintf(", entry %d", v.Entry)
		}
		if err := s.say("violation: case %s%s: %s: %s", v.Case, entry, v.Check, v.Message); err != nil {
			return err
		}
	}
	return s.say("\nverify: %d violations, %d stuck", len(rep.Violations), len(rep.Stuck))
}

// reportJSON is a report for machines.
type reportJSON struct {
	Cases      int             `json:"cases"`
	Entries    int             `json:"entries"`
	Papers     int             `json:"papers"`
	Pending    int             `json:"pending"`
	Acts       int             `json:"acts"`
	Undecided  int             `json:"undecided"`
	Checks     map[string]int  `json:"checks"`
	Stuck      []stuckJSON     `json:"stuck"`
	Violations []violationJSON `json:"violations"`
}

type stuckJSON struct {
	Case   string `json:"case"`
	Number string `json:"number"`
	Ref    string `json:"ref"`
	Fault  string `json:"fault"`
}

type violationJSON struct {
	Case    string `json:"case"`
	Entry   int    `json:"entry,omitempty"`
	Check   string `json:"check"`
	Message string `json:"message"`
}

func reportOf(rep register.Report) reportJSON {
	out := reportJSON{
		Cases: rep.Cases, Entries: rep.Entries, Papers: rep.Papers, Pending: rep.Pending, Acts: rep.Acts, Undecided: rep.Undecided,
		Checks: rep.Checks, Stuck: []stuckJSON{}, Violations: []violationJSON{},
	}
	for _, k := range rep.Stuck {
		out.Stuck = append(out.Stuck, stuckJSON(k))
	}
	for _, v := range rep.Violations {
		out.Violations = append(out.Violations, violationJSON(v))
	}
	return out
}
