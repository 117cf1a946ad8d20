package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"duban/law/casefile"
	"duban/register"
	"duban/workflows"
)

func (s *session) look() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "look [CASE…]",
		Short: "Have cases looked at: a stuck one again, or all open ones anew",
		Long: `Have cases looked at, by number or id: their workflows are started where they are missing, and settle
what waits. A case that was given up after faults is tried again, once its cause was mended.

With --all, every open case and every plan is looked at: after Temporal's history was lost or left behind, this
starts all workflows anew from the register. It may be repeated.`,
		Example: `  duban look LN-C-2026-000017
  duban look --all --temporal 127.0.0.1:7233`,
	}
	databaseFlags(c)
	temporalFlags(c)
	c.Flags().BoolVar(&all, "all", false, "every open case and plan")
	c.PreRunE = func(_ *cobra.Command, cases []string) error {
		if all == (len(cases) > 0) {
			return usage("name the cases, or --all for every open one")
		}
		return nil
	}
	c.RunE = s.on(needs{temporal: true}, func(ctx context.Context, _ *cobra.Command, cases []string, on stores) error {
		desk := workflows.NewDesk(on.temporal)
		if all {
			n, err := lookAtAll(ctx, on.register, desk, s.counting("cases"))
			if err != nil {
				return err
			}
			plans, err := lookAtPlans(ctx, on.register, desk)
			if err != nil {
				return err
			}
			return s.say("%d open cases and %d plans looked at", n, plans)
		}
		for _, name := range cases {
			if err := lookAt(ctx, on.register, desk, name); err != nil {
				return err
			}
		}
		return s.say("%d cases looked at", len(cases))
	})
	return c
}

// looker nudges a case.
type looker interface {
	Look(ctx context.Context, kind casefile.Kind, id, signal, paper string) error
}

// lookAt tries one case again, by number or id.
func lookAt(ctx context.Context, r *register.Register, desk looker, name string) error {
	row, _, err := r.CaseByNumber(ctx, name)
	if errors.Is(err, register.ErrNotFound) {
		row, _, err = r.CaseByID(ctx, name)
	}
	if err != nil {
		return fmt.Errorf("find case %s: %w", name, err)
	}
	if err := r.ClearFault(ctx, row.ID); err != nil {
		return err
	}
	return desk.Look(ctx, row.Kind, row.ID, workflows.LookSignal, "")
}

// lookAtPlans looks at every plan whose year is not over.
func lookAtPlans(ctx context.Context, r *register.Register, desk *workflows.Desk) (int, error) {
	n := 0
	for after := int64(0); ; {
		page, err := r.Plans(ctx, nil, after, 200)
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, p := range page {
			if after = p.Serial; p.NextDue.IsZero() {
				continue
			}
			if err := desk.LookPlan(ctx, p.Plan.ID); err != nil {
				return n, fmt.Errorf("after %d plans: %w", n, err)
			}
			n++
		}
	}
}

// lookAtAll looks at every open case, page by page.
func lookAtAll(ctx context.Context, r lister, desk looker, progress func(n int)) (int, error) {
	closed := false
	filter := register.CaseFilter{Closed: &closed, Limit: 200}
	n := 0
	for {
		page, err := r.Cases(ctx, filter)
		if err != nil {
			return n, err
		}
		for _, row := range page.Cases {
			if err := desk.Look(ctx, row.Kind, row.ID, workflows.LookSignal, ""); err != nil {
				return n, fmt.Errorf("after %d cases: %w", n, err)
			}
			n++
		}
		progress(n)
		if filter.Cursor = page.Next; filter.Cursor == "" {
			return n, nil
		}
	}
}
