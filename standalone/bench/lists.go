package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
	"duban/register/postgrestest"
	"duban/standalone/cast"

	"duban/activities"
	"duban/law/calendar"
)

var subjects = []string{"宽带网速", "话费多计", "停机纠纷", "携号转网", "骚扰短信", "套餐资费", "国际漫游", "装机延误", "信号覆盖", "退费争议"}

// lists fills a register and reads it: no worker runs beside it.
func lists(ctx context.Context, rows int) error {
	url, stop, err := postgrestest.Open(postgrestest.Durable())
	if err != nil {
		return err
	}
	defer func() { report(stop()) }()
	r, bundle, err := filled(ctx, url, rows)
	if err != nil {
		return err
	}
	defer func() { report(r.Close()) }()
	const calls = 300
	deep, err := cursorAt(ctx, r, rows*9/10)
	if err != nil {
		return err
	}
	fmt.Printf("%d cases in the register (regime %s), %d calls each\n", rows, bundle.Regime.Name, calls)
	fmt.Printf("%-40s %9s %9s %6s\n", "", "p50 ms", "p99 ms", "rows")
	reads := []struct {
		name   string
		filter func() register.CaseFilter
	}{
		{"first page", func() register.CaseFilter { return register.CaseFilter{} }},
		{fmt.Sprintf("page at depth %d", rows*9/10), func() register.CaseFilter { return register.CaseFilter{Cursor: deep} }},
		{"worklist of an officer", func() register.CaseFilter { return register.CaseFilter{Officer: "ln-wang", Sort: register.ByDue} }},
		{"search of two characters", func() register.CaseFilter {
			s := []rune(subjects[rand.N(len(subjects))])
			return register.CaseFilter{Text: string(s[:2])}
		}},
		{"search of four characters", func() register.CaseFilter { return register.CaseFilter{Text: subjects[rand.N(len(subjects))]} }},
		{"search of one case among all", func() register.CaseFilter { return register.CaseFilter{Text: fmt.Sprintf("案卷%06d", rand.N(rows))} }},
	}
	for _, read := range reads {
		var s sample
		found := 0
		for range calls {
			f := read.filter()
			if err := s.measure(func() error {
				page, err := r.Cases(ctx, f)
				found = len(page.Cases)
				return err
			}); err != nil {
				return fmt.Errorf("%s: %w", read.name, err)
			}
		}
		fmt.Printf("%-40s %9.2f %9.2f %6d\n", read.name, s.at(50), s.at(99), found)
	}
	return nil
}

func filled(ctx context.Context, url string, rows int) (*register.Register, *regimes.Bundle, error) {
	r, err := register.Open(ctx, register.Config{URL: url, Secret: []byte("the bench keeps no secret of worth")})
	if err != nil {
		return nil, nil, err
	}
	if err := r.Migrate(ctx); err != nil {
		return nil, nil, err
	}
	if _, err := cast.Seed(ctx, r); err != nil {
		return nil, nil, err
	}
	library, err := regimes.Load()
	if err != nil {
		return nil, nil, err
	}
	bundle, err := library.At("telecom-2001", calendar.DayOf(time.Now(), calendar.Shanghai()))
	if err != nil {
		return nil, nil, err
	}
	cal, err := regimes.Calendar()
	if err != nil {
		return nil, nil, err
	}
	settle := activities.New(r, cal, activities.NewAsker(jurisdiction.NewRegulations(library)), nil, nil)
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	began := time.Now()
	for i := range rows {
		g.Go(func() error { return fill(gctx, r, settle, bundle, i) })
		if i%10_000 == 9_999 {
			fmt.Fprintf(os.Stderr, "  %d cases filed, %.0f/s\n", i+1, float64(i+1)/time.Since(began).Seconds())
		}
	}
	return r, bundle, g.Wait()
}

// fill files one case; every fiftieth is assigned to the officer whose worklist is read.
func fill(ctx context.Context, r *register.Register, a *activities.Activities, bundle *regimes.Bundle, i int) error {
	got, err := r.File(ctx, register.Filing{
		Owner: "bench", Key: fmt.Sprint(i), Kind: casefile.Complaint, Authority: "ln-pca", Operator: "liaohai-telecom",
		Subject: fmt.Sprintf("%s 案卷%06d", subjects[i%len(subjects)], i),
		Body:    casefile.Body{Dispute: "other", Operator: "liaohai-telecom", Text: "账单有误。"}, By: casefile.Actor{Sender: "complainant"},
		Regime: register.RegimeText{Hash: bundle.Regime.Hash, Text: bundle.Text},
	})
	if err != nil || i%50 != 0 {
		return err
	}
	_, err = a.Act(ctx, register.ActIn{Owner: "bench", Key: fmt.Sprint(i), Case: got.Case, Name: "assign", By: handler, Body: casefile.Body{Officer: "ln-wang"}})
	return err
}

// cursorAt pages down to a depth, as a reader would.
func cursorAt(ctx context.Context, r *register.Register, depth int) (string, error) {
	cursor := ""
	for seen := 0; seen < depth; {
		page, err := r.Cases(ctx, register.CaseFilter{Cursor: cursor, Limit: 200})
		if err != nil {
			return "", err
		}
		if page.Next == "" {
			return cursor, nil
		}
		seen, cursor = seen+len(page.Cases), page.Next
	}
	return cursor, nil
}
