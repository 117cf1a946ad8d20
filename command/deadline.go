package command

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
)

func (s *session) deadline() *cobra.Command {
	var a calendar.Asked
	var roll string
	c := &cobra.Command{
		Use:   "deadline (--from DAY | --before DAY) --term TERM",
		Short: "The last day of a term, and how it was found",
		Long: `The last day of a term, and how it was found.

The day of the event is not counted. A term is natural days (15d), working days (5wd), months (6m),
years (2y) or hours (48h, from an instant), as the rule says. A last day of rest gives way to the
next working day, unless the rule says otherwise (--roll=no). A day that hangs on holidays not
announced yet is provisional. Counted is by the built-in holiday tables.

With --before, the latest day on which something can be done that must be done so long before an
event; a day of rest then gives way to the working day before it.`,
		Example: `  duban deadline --from 2026-02-02 --term 15d
  duban deadline --from 2026-02-02 --term 5wd --lang zh
  duban deadline --from 2025-08-31 --term 6m --roll=no --json
  duban deadline --from 2026-03-02T10:20 --term 48h --roll=no
  duban deadline --from 2026-03-02 --term 15d --suspended 2026-03-05..2026-03-10 --travel 3
  duban deadline --from 2026-03-02 --term 30d --extended 30d --cap 45d
  duban deadline --before 2026-03-20 --term 7wd`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&a.From, "from", "", "`DAY` of the event, as 2026-02-02; for hours an instant, as 2026-02-02T10:20 in Shanghai")
	c.Flags().StringVar(&a.Before, "before", "", "`DAY` of an event before which the term must be kept")
	c.Flags().StringVar(&a.Term, "term", "", "`TERM`: a number and d, wd, m, y or h")
	c.Flags().StringVar(&roll, "roll", "yes", "yes or no: a last day of rest gives way")
	c.Flags().StringArrayVar(&a.Suspended, "suspended", nil, "`FROM..TO`: days on which the term stands still, both included; may be repeated")
	c.Flags().StringArrayVar(&a.Extended, "extended", nil, "`TERM` by which it was extended, in its own unit; may be repeated")
	c.Flags().StringVar(&a.Cap, "cap", "", "`TERM` that it has at most with its extensions")
	c.Flags().IntVar(&a.Travel, "travel", 0, "`DAYS` that a document was under way, which are not counted")
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, _ []string) error {
		if a.Roll = roll == "yes"; !a.Roll && roll != "no" {
			return usage("--roll %q is neither yes nor no", roll)
		}
		return s.answerDeadline(c, a)
	})
	return c
}

func (s *session) answerDeadline(c *cobra.Command, a calendar.Asked) error {
	lang, err := s.lang(c)
	if err != nil {
		return err
	}
	days, err := regimes.Calendar()
	if err != nil {
		return err
	}
	out, err := days.Answer(a)
	var fault *calendar.Fault
	if errors.As(err, &fault) {
		return usage("--%s: %s", fault.Field, fault.In(lang))
	}
	if err != nil {
		return err
	}
	if asJSON(c) {
		return s.printJSON(deadlineJSON{Answer: out, Calendar: days.Hash(), How: told(out.Due, lang)})
	}
	return s.printDeadline(out.Due, days, lang)
}

// deadlineJSON is a deadline for machines.
type deadlineJSON struct {
	calendar.Answer
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
	end := "24:00"
	if !d.Due.Equal(d.Day.End(days.Place())) {
		end = d.Due.In(days.Place()).Format("15:04")
	}
	err := s.say("%s", words(
		d.Day.String()+" 星期"+[]string{"日", "一", "二", "三", "四", "五", "六"}[weekday]+" "+end+"（"+days.Place().String()+"）"+mark,
		d.Day.String()+" "+weekday.String()+", until "+end+" "+days.Place().String()+mark))
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
