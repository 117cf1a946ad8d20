// Command bench measures the installation on PostgreSQL, against a bare workflow in the same run. It is
// a benchmark, no test: it prints what it saw, with the machine it saw it on.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"duban/activities"
	"duban/law/calendar"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
	"duban/register/postgrestest"
	"duban/standalone/assembly"
	"duban/standalone/cast"
	"duban/workflows"
)

const settleTimeout = 5 * time.Second

func main() {
	cases := flag.Int("cases", 400, "cases of each kind in the comparison")
	rows := flag.Int("rows", 100_000, "cases in the register for the lists")
	due := flag.Int("due", 2000, "deadlines due at once")
	filings := flag.Int("filings", 400, "complaints filed at each speed of the disk")
	only := flag.String("only", "", "comma-separated parts: lives, lists, due, disk, rush; empty: all")
	profile := flag.String("profile", "", "write a CPU profile of the whole run to this file")
	flag.Parse()
	assembly.TuneMemory() // as standalone does
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := profiled(*profile, func() error { return run(ctx, *cases, *rows, *due, *filings, *only) })
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profiled runs f, under the profiler when a file is named.
func profiled(file string, f func() error) error {
	if file == "" {
		return f()
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return errors.Join(err, out.Close())
	}
	err = f()
	pprof.StopCPUProfile()
	return errors.Join(err, out.Close())
}

func run(ctx context.Context, cases, rows, due, filings int, only string) error {
	fmt.Printf("%s, %s/%s, %d processors; PostgreSQL with fsync on, in the same machine\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	parts := []struct {
		name string
		run  func(context.Context) error
	}{
		{"lives", func(ctx context.Context) error { return lives(ctx, cases) }},
		{"lists", func(ctx context.Context) error { return lists(ctx, rows) }},
		{"due", func(ctx context.Context) error { return dueAtOnce(ctx, due) }},
		{"rush", rush},
		{"disk", func(ctx context.Context) error { return slowDisk(ctx, filings) }},
	}
	for _, p := range parts {
		if only != "" && !strings.Contains(","+only+",", ","+p.name+",") {
			continue
		}
		if err := p.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Println()
	}
	return nil
}

// opened is an installation on a PostgreSQL of its own.
type opened struct {
	*assembly.Assembly
	db     *sql.DB
	keys   map[string]string
	bundle *regimes.Bundle
	close  func()
}

func open(ctx context.Context, clock *register.Clock, disk ...postgrestest.Option) (*opened, error) {
	url, stop, err := postgrestest.Open(append(disk, postgrestest.Durable())...)
	if err != nil {
		return nil, err
	}
	o := &opened{close: func() { report(stop()) }}
	folder, err := os.MkdirTemp("", "duban-bench-")
	if err != nil {
		return nil, err
	}
	o.Assembly, err = assembly.Start(ctx, assembly.Config{
		Data: folder, Database: url, Clock: clock, Dev: clock != nil,
		Seed: func(ctx context.Context, r *register.Register) error {
			o.keys, err = cast.Seed(ctx, r)
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	if o.db, err = sql.Open("pgx", url); err != nil {
		return nil, err
	}
	library, err := regimes.Load()
	if err != nil {
		return nil, err
	}
	now, err := o.Register.Now(ctx)
	if err != nil {
		return nil, err
	}
	if o.bundle, err = library.At("telecom-2001", calendar.DayOf(now, calendar.Shanghai())); err != nil {
		return nil, err
	}
	o.close = func() {
		report(o.db.Close())
		report(o.Stop())
		report(stop())
		report(os.RemoveAll(folder))
	}
	return o, nil
}

// typed is the client without HTTP; stop ends what it started.
func (o *opened) typed() (t typed, stop func(), err error) {
	days, err := regimes.Calendar()
	if err != nil {
		return typed{}, nil, err
	}
	library, err := regimes.Load()
	if err != nil {
		return typed{}, nil, err
	}
	courier := workflows.NewCourier(workflows.NewDesk(o.Client), nil)
	settle := activities.New(o.Register, days, activities.NewAsker(jurisdiction.NewRegulations(library)), nil, nil)
	return typed{in: o.Assembly, settle: settle, courier: courier, bundle: o.bundle}, func() { courier.Stop(time.Second) }, nil
}

// report tells of a fault while clearing up; the figures stand.
func report(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench: clearing up:", err)
	}
}
