package main

import (
	"context"
	"fmt"
	"time"
)

const (
	atOnce = 40
	rounds = 4 // the two kinds take turns, so that a machine that slows down slows both
)

type contender struct {
	name  string
	life  func(context.Context, func(func() error) error) (string, error)
	took  time.Duration
	last  string
	acts  sample
	cases int
}

// lives compares a complaint of eight acts with a bare workflow of eight updates.
func lives(ctx context.Context, cases int) error {
	o, err := open(ctx, nil)
	if err != nil {
		return err
	}
	defer o.close()
	floor, err := newBare(ctx, o.Client, o.db)
	if err != nil {
		return err
	}
	defer floor.worker.Stop()
	web := newHTTP(o)
	typed, stop, err := o.typed()
	if err != nil {
		return err
	}
	defer stop()
	all := []*contender{
		{name: "bare workflow, 8 updates", life: floor.life},
		{name: "complaint, 8 acts, typed client", life: typed.life},
		{name: "complaint, 8 acts, HTTP", life: web.life},
	}
	for _, c := range all { // warm up
		if _, _, err := together(ctx, atOnce, atOnce, func(ctx context.Context) (string, error) { return c.life(ctx, c.acts.measure) }); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		c.acts = sample{}
	}
	for range rounds {
		for _, c := range all {
			took, last, err := together(ctx, cases/rounds, atOnce, func(ctx context.Context) (string, error) { return c.life(ctx, c.acts.measure) })
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			c.took, c.last, c.cases = c.took+took, last, c.cases+cases/rounds
		}
	}
	fmt.Printf("%d cases of each, %d at once, in %d turns each\n", cases, atOnce, rounds)
	fmt.Printf("%-34s %9s %7s %11s %11s\n", "", "cases/s", "ratio", "act p50 ms", "act p99 ms")
	base := float64(all[0].cases) / all[0].took.Seconds()
	for _, c := range all {
		rate := float64(c.cases) / c.took.Seconds()
		fmt.Printf("%-34s %9.1f %7.2f %11.1f %11.1f\n", c.name, rate, rate/base, c.acts.at(50), c.acts.at(99))
	}
	for _, c := range all {
		one := contender{life: c.life}
		if _, _, err := together(ctx, 20, 1, func(ctx context.Context) (string, error) { return one.life(ctx, one.acts.measure) }); err != nil {
			return err
		}
		fmt.Printf("%-34s one at a time: act p50 %.1f ms, p99 %.1f ms\n", c.name, one.acts.at(50), one.acts.at(99))
	}
	return costs(ctx, o, all)
}

// costs compares transitions and events of a whole case with the budget of architecture §8.
func costs(ctx context.Context, o *opened, all []*contender) error {
	for _, c := range all[:2] {
		out, err := o.Client.DescribeWorkflowExecution(ctx, c.last, "")
		if err != nil {
			return fmt.Errorf("describe %s: %w", c.last, err)
		}
		info := out.WorkflowExecutionInfo
		fmt.Printf("%-34s %d transitions, %d events a case\n", c.name, info.StateTransitionCount, info.HistoryLength)
	}
	fmt.Printf("%-34s %d transitions (3 to start + 1 an act), at most %d events\n", "budget", 3+acts, 8*(acts+1))
	return nil
}
