package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// sample collects the times of single calls.
type sample struct {
	mu    sync.Mutex
	times []time.Duration
}

func (s *sample) measure(f func() error) error {
	began := time.Now()
	err := f()
	took := time.Since(began)
	s.mu.Lock()
	s.times = append(s.times, took)
	s.mu.Unlock()
	return err
}

// at is the p-th percentile in milliseconds.
func (s *sample) at(p int) float64 {
	if len(s.times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s.times))
	return float64(sorted[min(len(sorted)*p/100, len(sorted)-1)].Microseconds()) / 1000
}

// together runs n lives, so many at a time, and returns how long it took and the last id.
func together(ctx context.Context, n, atOnce int, life func(context.Context) (string, error)) (took time.Duration, last string, err error) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	var mu sync.Mutex
	began := time.Now()
	for range n {
		g.Go(func() error {
			id, err := life(ctx)
			mu.Lock()
			last = id
			mu.Unlock()
			return err
		})
	}
	err = g.Wait()
	return time.Since(began), last, err
}
