package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/plans"
	"duban/register"
	"duban/standalone/assembly"
	"duban/standalone/cast"
	"duban/workflows"
)

// plan records a plan from its first visit to the end of its year, on a clock with a day a second.
func plan(ctx context.Context, to string) (err error) {
	folder, err := os.MkdirTemp("", "duban-record-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	begin := calendar.NewDay(2026, time.December, 18)
	seed := func(ctx context.Context, r *register.Register) error {
		_, err := cast.Seed(ctx, r)
		return err
	}
	quiet := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	clock := register.Clock{Mode: register.Rate, AnchorLegal: begin.Start(calendar.Shanghai()), Rate: 1}
	h, err := assembly.Start(ctx, assembly.Config{Data: folder, Clock: &clock, Seed: seed, Logger: quiet})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Stop()) }()
	row, err := h.Register.PutPlan(ctx, register.PlanIn{
		Owner: "record", Key: "plan",
		Plan: plans.Plan{Authority: "ln-pca", Year: 2026, From: begin, Cadence: plans.Spot, Types: []string{"mobile"}, Quota: 4, Cap: 2},
		By:   casefile.Actor{Officer: "ln-wang", Role: casefile.RoleOfficer, Authority: "ln-pca"},
	})
	if err != nil {
		return err
	}
	if err := workflows.NewDesk(h.Client).LookPlan(ctx, row.Plan.ID); err != nil {
		return err
	}
	if err := h.Client.GetWorkflow(ctx, workflows.PlanID(row.Plan.ID), "").Get(ctx, nil); err != nil {
		return fmt.Errorf("wait for the plan's year to end: %w", err)
	}
	seen, err := h.Register.Occurrences(ctx, row.Plan.ID, 0, 10)
	if err != nil {
		return err
	}
	if len(seen) != 4 {
		return fmt.Errorf("the plan has seen to %d visits of 4", len(seen))
	}
	return keep(ctx, h.Client, workflows.PlanID(row.Plan.ID), to, "plan-year-end")
}
