package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"duban/dispatch"
	"duban/examples"
	"duban/register"
	"duban/standalone/assembly"
	"duban/standalone/cast"
	"duban/standalone/demo"
)

var shanghai = time.FixedZone("CST", 8*60*60)

func demoCommand() *cobra.Command {
	var watch, verbose bool
	var database, story, visit string
	cmd := &cobra.Command{
		Use:     "demo",
		Short:   "Play a cast of complaints and a year of inspections through HTTP and show how they end",
		Example: "  standalone demo\n  standalone demo --watch\n  standalone demo --story 'fine paid late with surcharge'",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return playDemo(cmd.Context(), cmd.OutOrStdout(), database, story, visit, watch, verbose)
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, "on a running clock, a legal day a second, for a person to follow; without the tourism year")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "log every notice and request")
	cmd.Flags().StringVar(&database, "database", "", "an empty PostgreSQL database (postgres://…) instead of SQLite files")
	cmd.Flags().StringVar(&story, "story", "fine paid late with surcharge", "title of the story whose timeline is printed whole")
	cmd.Flags().StringVar(&visit, "visit", "star hotel: improvement and re-inspection", "title of the inspection whose timeline is printed whole")
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	return cmd
}

func playDemo(ctx context.Context, out io.Writer, database, story, visit string, watch, verbose bool) (err error) {
	folder, err := os.MkdirTemp("", "duban-demo-")
	if err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	mode := "stepped"
	if watch {
		mode = "1s"
	}
	clock, err := clockOf(mode, true)
	if err != nil {
		return err
	}
	keys := keyring{data: folder}
	city, rules := examples.Dalian()
	logger := newLogger(verbose)
	h, err := assembly.Start(ctx, assembly.Config{
		Data: folder, Database: database, Clock: clock, Dev: true, Regimes: map[string][]byte{city: rules}, Seed: keys.seed, Logger: logger, Notifier: dispatch.Log{Logger: logger},
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Stop()) }()
	secrets, err := cast.Load(folder)
	if err != nil {
		return err
	}
	result, err := demo.Play(ctx, demo.Run{URL: h.URL(), Keys: secrets, Step: !watch, Report: progress(out, watch)})
	if err != nil {
		return err
	}
	var year demo.Year
	if !watch {
		fmt.Fprintln(out, "now a year of inspections by the tourism bureaus")
		year, err = demo.PlayYear(ctx, demo.Run{URL: h.URL(), Keys: secrets, Step: true, Report: progress(out, false)}, demo.TableLoader(h.Register))
		if err != nil {
			return err
		}
		result.Cases = append(result.Cases, year.Cases...)
		result.Elapsed += year.Elapsed
	}
	table(out, result)
	timeline(out, result, story)
	if !watch {
		timeline(out, result, visit)
		yearSummary(out, year)
	}
	clean, err := verify(ctx, out, h.Register)
	if err != nil {
		return err
	}
	clean = clean && yearTold(year)
	fmt.Fprintf(out, "played in %s\n", result.Elapsed.Round(100*time.Millisecond))
	return closing(out, result, clean)
}

// verify folds the register that the demo has left, and tells whether every promise was kept.
func verify(ctx context.Context, out io.Writer, r *register.Register) (bool, error) {
	report, err := r.Verify(ctx, nil)
	if err != nil {
		return false, err
	}
	for _, v := range report.Violations {
		fmt.Fprintf(out, "  ! case %s, entry %d: %s: %s\n", v.Case, v.Entry, v.Check, v.Message)
	}
	fmt.Fprintf(out, "verify: %d entries, %d violations\n", report.Entries, len(report.Violations))
	return len(report.Violations) == 0, nil
}

// progress is one line that is written over on a terminal, and a line for every tenth elsewhere.
func progress(out io.Writer, every bool) func(done, of int, last string) {
	f, ok := out.(*os.File)
	terminal := ok && term.IsTerminal(int(f.Fd()))
	tenth := 0
	return func(done, of int, last string) {
		switch {
		case every:
			fmt.Fprintf(out, "%3d/%d %s\n", done, of, last)
		case terminal:
			fmt.Fprintf(out, "\r\033[K%3d/%d %s", done, of, last)
			if done == of {
				fmt.Fprint(out, "\r\033[K")
			}
		case done*10/of > tenth:
			tenth = done * 10 / of
			fmt.Fprintf(out, "%3d/%d %s\n", done, of, last)
		}
	}
}

// errNotClosed makes the demo's exit status 1.
var errNotClosed = errors.New("not every case closed as told")

func table(out io.Writer, r demo.Result) {
	fmt.Fprintf(out, "%-18s %-12s %-20s %5s %8s  %s\n", "number", "kind", "outcome", "days", "entries", "story")
	for _, c := range r.Cases {
		fmt.Fprintf(out, "%-18s %-12s %-20s %5d %8d  %s\n", c.Number, c.Kind, c.Outcome, c.Days, c.Entries, c.Story)
		if !c.AsTold {
			fmt.Fprintf(out, "  ! this case did not end as its story tells\n")
		}
	}
	fmt.Fprintln(out)
}

// closing is the last line; its error is the exit status.
func closing(out io.Writer, r demo.Result, clean bool) error {
	closed, stuck, asTold := 0, 0, 0
	for _, c := range r.Cases {
		if c.Closed {
			closed++
		}
		if c.Stuck {
			stuck++
		}
		if c.AsTold {
			asTold++
		}
	}
	fmt.Fprintf(out, "demo: %d cases, %d closed, %d stuck\n", len(r.Cases), closed, stuck)
	if closed != len(r.Cases) || stuck > 0 || asTold != len(r.Cases) || !clean {
		return errNotClosed
	}
	return nil
}

// timeline prints every entry of one story's cases: date, who, what, clause, deadline armed.
func timeline(out io.Writer, r demo.Result, story string) {
	for _, c := range r.Cases {
		if c.Story != story {
			continue
		}
		fmt.Fprintf(out, "%s (%s): %s\n", c.Number, c.Kind, c.Story)
		for _, l := range c.Ledger {
			fmt.Fprintln(out, " ", ledgerLine(l))
		}
		fmt.Fprintln(out)
	}
}

func ledgerLine(l demo.Line) string {
	who := l.By.Officer
	if who == "" {
		who = l.By.Sender
	}
	if l.Class == "lapse" {
		who = "(deadline)"
	}
	return fmt.Sprintf("%2d %s %-6s %-12s %-22s → %-16s %s%s", l.Seq, l.At.In(shanghai).Format("2006-01-02 15:04"), l.Class, who, l.Move, l.To, strings.Join(l.Cites, ", "), remarks(l))
}

func remarks(l demo.Line) string {
	var b strings.Builder
	for _, a := range l.Armed {
		fmt.Fprintf(&b, "; arms %s by %s", a.Name, a.Day)
	}
	if l.None != "" {
		fmt.Fprintf(&b, "; on file only: %s", l.None)
	}
	if len(l.Corrects) > 0 {
		fmt.Fprintf(&b, "; corrects entry %v", l.Corrects)
	}
	return b.String()
}
