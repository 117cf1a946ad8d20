package main

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"duban/law/casefile"
	"duban/register"
)

// dueAtOnce files complaints, steps the clock to the day on which all of them had to be accepted,
// and waits until every lapse is entered: in the order of their due times, none twice.
func dueAtOnce(ctx context.Context, n int) error {
	o, err := open(ctx, &register.Clock{Mode: register.Stepped, AnchorLegal: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	defer o.close()
	b, stop, err := o.typed()
	if err != nil {
		return err
	}
	defer stop()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for i := range n {
		g.Go(func() error {
			_, err := b.file(gctx, fmt.Sprint("due-", i))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := o.quiet(ctx); err != nil {
		return err
	}
	due, err := o.Register.NextDue(ctx)
	if err != nil {
		return err
	}
	if err := o.Register.StepClock(ctx, due); err != nil {
		return err
	}
	began := time.Now()
	if err := o.quiet(ctx); err != nil {
		return err
	}
	took := time.Since(began)
	var lapses, cases int
	if err := o.db.QueryRowContext(ctx, "SELECT count(*), count(DISTINCT case_id) FROM duban.entries WHERE class = $1", casefile.Lapse).Scan(&lapses, &cases); err != nil {
		return err
	}
	var disorder int
	if err := o.db.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT at, lag(at) OVER (PARTITION BY case_id ORDER BY seq) AS before FROM duban.entries) e WHERE at < before").Scan(&disorder); err != nil {
		return err
	}
	fmt.Printf("%d deadlines due at once: all entered after %.1f s (%.0f/s); %d lapses in %d cases, %d out of order\n",
		n, took.Seconds(), float64(n)/took.Seconds(), lapses, cases, disorder)
	return nil
}

// quiet waits until no paper and no due deadline is unentered.
func (o *opened) quiet(ctx context.Context) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		left, err := o.Register.Unsettled(ctx)
		if err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
