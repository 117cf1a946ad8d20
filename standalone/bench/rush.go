package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

const (
	officers = 200
	rushes   = 10
)

// rush has many officers accept one complaint at once, through HTTP: one does.
func rush(ctx context.Context) error {
	o, err := open(ctx, nil)
	if err != nil {
		return err
	}
	defer o.close()
	web := newHTTP(o)
	var s sample
	var mu sync.Mutex
	answers := map[int]int{}
	for range rushes {
		id, err := web.file(ctx)
		if err != nil {
			return err
		}
		if err := web.post(ctx, "/v1/complaints/"+id+"/assign", web.key, map[string]any{"officer": handler.Officer}, &struct{}{}); err != nil {
			return err
		}
		g, gctx := errgroup.WithContext(ctx)
		for range officers {
			g.Go(func() error {
				return s.measure(func() error {
					status, _, err := web.send(gctx, "/v1/complaints/"+id+"/accept", web.key, uuid.NewString(), map[string]any{})
					mu.Lock()
					defer mu.Unlock()
					answers[status]++
					return err
				})
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	fmt.Printf("%d officers accept one complaint at once, %d times: answers by status %v\n", officers, rushes, answers)
	fmt.Printf("%34s p50 %.0f ms, p99 %.0f ms, max %.0f ms\n", "", s.at(50), s.at(99), s.at(100))
	return nil
}
