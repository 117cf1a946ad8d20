// Command record plays the demo and records histories of its workflows, against which the
// replay test of the package workflows holds every later version of the loop:
//
//	cd standalone && go run ./record
//
// It takes some three minutes, because half of the histories come from a running clock. Record
// anew, with new names, when the loop has learned something; the old histories stay, for cases
// that began under them may still be running.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"time"

	"duban/law/casefile"
	"duban/register"
	"duban/standalone/assembly"
	"duban/standalone/cast"
	"duban/standalone/demo"
	"duban/workflows"
)

// wanted is a case of the demo whose history is kept.
type wanted struct {
	story string
	kind  casefile.Kind
	file  string
}

var fromSteps = []wanted{
	{"answered", casefile.Complaint, "complaint-answered"},
	{"mediated", casefile.Complaint, "complaint-mediated"},
	{"silence → supervised matter → answered late", casefile.Complaint, "complaint-supervised"},
	{"fine paid late with surcharge", casefile.Enforcement, "enforcement-paid-late"},
	{"fine paid, appealed and revoked (refund)", casefile.Enforcement, "enforcement-revoked"},
	{"fine paid, appealed and revoked (refund)", casefile.Appeal, "appeal-revoked"},
}

var fromTheClock = []wanted{
	{"corrected filing, answered without feedback", casefile.Complaint, "clock-complaint-corrected"},
	{"silence → supervised matter → answered late", casefile.Complaint, "clock-complaint-supervised"},
	{"fine paid late with surcharge", casefile.Enforcement, "clock-enforcement-paid-late"},
	{"fine appealed and upheld", casefile.Appeal, "clock-appeal-upheld"},
}

func main() {
	to := flag.String("to", "../workflows/testdata/histories", "folder of the histories")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := record(ctx, *to); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func record(ctx context.Context, to string) error {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	if err := outage(ctx, to); err != nil {
		return fmt.Errorf("record an outage: %w", err)
	}
	if err := plan(ctx, to); err != nil {
		return fmt.Errorf("record a plan: %w", err)
	}
	if err := play(ctx, to, register.Clock{Mode: register.Stepped, AnchorLegal: day}, fromSteps); err != nil {
		return fmt.Errorf("record the demo on the stepped clock: %w", err)
	}
	if err := play(ctx, to, register.Clock{Mode: register.Rate, AnchorLegal: day, Rate: 1}, fromTheClock); err != nil {
		return fmt.Errorf("record the demo on a running clock: %w", err)
	}
	return nil
}

// play runs the demo in an installation of its own and writes the histories that are wanted. On a running
// clock it adds that of a case that is still open and waits on its timer.
func play(ctx context.Context, to string, clock register.Clock, all []wanted) (err error) {
	folder, err := os.MkdirTemp("", "duban-record-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	var keys map[string]string
	seed := func(ctx context.Context, r *register.Register) error {
		keys, err = cast.Seed(ctx, r)
		return err
	}
	quiet := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	h, err := assembly.Start(ctx, assembly.Config{Data: folder, Clock: &clock, Dev: true, Seed: seed, Logger: quiet})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Stop()) }()
	stepped := clock.Mode == register.Stepped
	got, err := demo.Play(ctx, demo.Run{URL: h.URL(), Keys: keys, Step: stepped, Report: report})
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := w.keep(ctx, h, got, to); err != nil {
			return err
		}
	}
	if stepped {
		return nil
	}
	return keepOpen(ctx, h, to)
}

func report(done, of int, last string) {
	if done%20 == 0 || done == of {
		fmt.Printf("%3d/%d %s\n", done, of, last)
	}
}

func (w wanted) keep(ctx context.Context, h *assembly.Assembly, got demo.Result, to string) error {
	for _, c := range got.Cases {
		if c.Story == w.story && c.Kind == string(w.kind) {
			return keep(ctx, h.Client, workflows.ID(w.kind, c.ID), to, w.file)
		}
	}
	return fmt.Errorf("the demo has no %s in %q", w.kind, w.story)
}
