package main

import (
	"context"
	"fmt"
	"time"

	"duban/register/postgrestest"
)

// The delays of the disk under which filings are measured: its own speed, then slow ones.
var delays = []time.Duration{0, 10 * time.Millisecond, 100 * time.Millisecond}

// slowDisk files complaints at one authority, through HTTP, while every wait of PostgreSQL for its
// disk takes longer: all of them want the next number of the same kind and year.
func slowDisk(ctx context.Context, filings int) error {
	fmt.Printf("%d complaints at one authority, %d clients at once, HTTP\n", filings, atOnce)
	fmt.Printf("%-34s %9s %9s %9s %11s\n", "each fsync takes longer by", "p50 ms", "p99 ms", "max ms", "filings/s")
	for _, delay := range delays {
		if err := slowed(ctx, delay, filings); err != nil {
			return fmt.Errorf("file with a disk slower by %s: %w", delay, err)
		}
	}
	return nil
}

func slowed(ctx context.Context, delay time.Duration, filings int) error {
	o, err := open(ctx, nil, postgrestest.SlowDisk(delay))
	if err != nil {
		return err
	}
	defer o.close()
	var s sample
	web := newHTTP(o)
	took, _, err := together(ctx, filings, atOnce, func(ctx context.Context) (string, error) {
		return "", s.measure(func() error { _, err := web.file(ctx); return err })
	})
	if err != nil {
		return err
	}
	fmt.Printf("%-34s %9.0f %9.0f %9.0f %11.1f\n", delay, s.at(50), s.at(99), s.at(100), float64(filings)/took.Seconds())
	return nil
}
