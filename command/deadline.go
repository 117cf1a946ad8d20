package command

import (
	"context"

	"github.com/spf13/cobra"

	"duban/calendar"
	"duban/casefile"
	"duban/regimes"
)

func (s *session) deadline() *cobra.Command {
	var from, term, roll string
	c := &cobra.Command{
		Use:   "deadline --from DAY --term TERM",
		Short: "The last day of a term, and how it was found",
		Long: `The last day of a term, and how it was found.

The day of the event is not counted. A term is natural days (15d), working days (5wd), months (6m)
or years (2y), as the rule says. A last day of rest gives way to the next working day, unless the
rule says otherwise (--roll=no). A day that hangs on holidays not announced yet is provisional.`,
		Example: `  duban deadline --from 2026-02-02 --term 15d
  duban deadline --from 2026-02-02 --term 5wd --lang zh
  duban deadline --from 2025-08-31 --term 6m --roll=no --json`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&from, "from", "", "`DAY` of the event, as 2026-02-02")
	c.Flags().StringVar(&term, "term", "", "`TERM`: a number and d, wd, m or y")
	c.Flags().StringVar(&roll, "roll", "yes", "yes or no: a last day of rest gives way")
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, _ []string) error {
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		if from == "" || term == "" {
			return usage("both --from and --term are needed")
		}
		day, err := calendar.ParseDay(from)
		if err != nil {
			return usage("--from: %w", err)
		}
		length, err := calendar.ParseTerm(term)
		if err != nil {
			return usage("--term: %w", err)
		}
		if roll != "yes" && roll != "no" {
			return usage("--roll %q is neither yes nor no", roll)
		}
		days, err := regimes.Calendar()
		if err != nil {
			return err
		}
		d := days.Due(day, length, roll == "yes")
		if asJSON(c) {
			return s.printJSON(deadlineJSON{From: day, Term: length, Roll: roll == "yes", Due: d, Calendar: days.Hash(), How: told(d, lang)})
		}
		return s.printDeadline(d, days, lang)
	})
	return c
}

// deadlineJSON is a deadline for machines.
type deadlineJSON struct {
	From calendar.Day  `json:"from"`
	Term calendar.Term `json:"term"`
	Roll bool          `json:"roll"`
	calendar.Due
	Calendar string   `json:"calendar"` // hash of the holiday tables
	How      []string `json:"how"`      // the steps in words
}

func told(d calendar.Due, lang string) []string {
	var out []string
	for _, step := range d.Steps {
		out = append(out, step.Text(lang))
	}
	return out
}

func (s *session) printDeadline(d calendar.Due, days *calendar.Calendar, lang string) error {
	words := func(zh, en string) string { return casefile.Text{Zh: zh, En: en}.In(lang) }
	weekday := d.Day.Weekday()
	mark := ""
	if d.Provisional {
		mark = words("（暂定）", " (provisional)")
	}
	err := s.say("%s", words(
		d.Day.String()+" 星期"+[]string{"日", "一", "二", "三", "四", "五", "六"}[weekday]+" 24:00（"+days.Place().String()+"）"+mark,
		d.Day.String()+" "+weekday.String()+", until 24:00 "+days.Place().String()+mark))
	if err != nil {
		return err
	}
	for i, line := range told(d, lang) {
		if err := s.say("  %d. %s", i+1, line); err != nil {
			return err
		}
	}
	return nil
}
