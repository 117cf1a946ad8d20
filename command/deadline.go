package command

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"duban/calendar"
	"duban/casefile"
	"duban/regimes"
)

func (s *session) deadline() *cobra.Command {
	var a asked
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
	c.Flags().StringVar(&a.from, "from", "", "`DAY` of the event, as 2026-02-02; for hours an instant, as 2026-02-02T10:20 in Shanghai")
	c.Flags().StringVar(&a.before, "before", "", "`DAY` of an event before which the term must be kept")
	c.Flags().StringVar(&a.term, "term", "", "`TERM`: a number and d, wd, m, y or h")
	c.Flags().StringVar(&a.roll, "roll", "yes", "yes or no: a last day of rest gives way")
	c.Flags().StringArrayVar(&a.suspended, "suspended", nil, "`FROM..TO`: days on which the term stands still, both included; may be repeated")
	c.Flags().StringArrayVar(&a.extended, "extended", nil, "`TERM` by which it was extended, in its own unit; may be repeated")
	c.Flags().StringVar(&a.limit, "cap", "", "`TERM` that it has at most with its extensions")
	c.Flags().IntVar(&a.travel, "travel", 0, "`DAYS` that a document was under way, which are not counted")
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, _ []string) error {
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		days, err := regimes.Calendar()
		if err != nil {
			return err
		}
		out, err := a.count(days)
		if err != nil {
			return err
		}
		if asJSON(c) {
			out.Calendar, out.How = days.Hash(), told(out.Due, lang)
			return s.printJSON(out)
		}
		return s.printDeadline(out.Due, days, lang)
	})
	return c
}

// deadlineJSON is a deadline for machines.
type deadlineJSON struct {
	From      string          `json:"from,omitempty"`
	Before    string          `json:"before,omitempty"`
	Term      string          `json:"term"`
	Roll      bool            `json:"roll"`
	Extended  []calendar.Term `json:"extended,omitempty"`
	Cap       calendar.Term   `json:"cap,omitzero"`
	Suspended []calendar.Span `json:"suspended,omitempty"`
	Travel    int             `json:"travel,omitempty"`
	calendar.Due
	Calendar string   `json:"calendar"` // hash of the holiday tables
	How      []string `json:"how"`      // the steps in words
}

// asked is what the flags say.
type asked struct {
	from, before, term, roll, limit string
	suspended, extended             []string
	travel                          int
}

func (a asked) count(days *calendar.Calendar) (out deadlineJSON, err error) {
	switch {
	case (a.from == "") == (a.before == ""), a.term == "":
		return out, usage("--term and one of --from and --before are needed")
	case a.roll != "yes" && a.roll != "no":
		return out, usage("--roll %q is neither yes nor no", a.roll)
	}
	out = deadlineJSON{From: a.from, Before: a.before, Term: a.term, Roll: a.roll == "yes", Travel: a.travel}
	hours := strings.HasSuffix(a.term, "h")
	if (hours || a.before != "") && (len(a.suspended)+len(a.extended) > 0 || a.limit != "" || a.travel != 0) {
		return out, usage("--suspended, --extended, --cap and --travel are for terms of days, months or years --from a day")
	}
	switch {
	case hours && a.before != "":
		err = usage("--before is for terms of days, months or years")
	case hours:
		out.Due, err = a.hours(days, out.Roll)
	case a.before != "":
		out.Due, err = a.countBack(days, out.Roll)
	default:
		err = a.countOn(days, &out)
	}
	return out, err
}

// hours counts from an instant, which without an offset is Shanghai's.
func (a asked) hours(days *calendar.Calendar, roll bool) (calendar.Due, error) {
	n, err := calendar.ParseHours(a.term)
	if err != nil {
		return calendar.Due{}, usage("--term: %w", err)
	}
	at, err := time.Parse(time.RFC3339, a.from)
	if err != nil {
		at, err = time.ParseInLocation("2006-01-02T15:04", a.from, days.Place())
	}
	if err != nil {
		return calendar.Due{}, usage("--from %q: hours are counted from an instant, such as 2026-02-02T10:20", a.from)
	}
	return orUsage(days.Hours(at, n, roll))
}

func (a asked) countBack(days *calendar.Calendar, roll bool) (calendar.Due, error) {
	event, err := calendar.ParseDay(a.before)
	if err != nil {
		return calendar.Due{}, usage("--before: %w", err)
	}
	term, err := calendar.ParseTerm(a.term)
	if err != nil {
		return calendar.Due{}, usage("--term: %w", err)
	}
	return orUsage(days.Before(event, term, roll))
}

func (a asked) countOn(days *calendar.Calendar, out *deadlineJSON) error {
	q := calendar.Count{Roll: out.Roll, Travel: a.travel}
	var err error
	if q.From, err = calendar.ParseDay(a.from); err != nil {
		return usage("--from: %w", err)
	}
	if q.Term, err = calendar.ParseTerm(a.term); err != nil {
		return usage("--term: %w", err)
	}
	for _, text := range a.extended {
		t, err := calendar.ParseTerm(text)
		if err != nil {
			return usage("--extended: %w", err)
		}
		q.Extended = append(q.Extended, t)
	}
	if err := q.Cap.UnmarshalText([]byte(a.limit)); err != nil {
		return usage("--cap: %w", err)
	}
	for _, text := range a.suspended {
		from, to, cut := strings.Cut(text, "..")
		var s calendar.Span
		if s.From, err = calendar.ParseDay(from); err == nil {
			s.To, err = calendar.ParseDay(to)
		}
		if !cut || err != nil {
			return usage("--suspended %q is no run of days, such as 2026-03-05..2026-03-10", text)
		}
		q.Suspended = append(q.Suspended, s)
	}
	out.Extended, out.Cap, out.Suspended = q.Extended, q.Cap, q.Suspended
	out.Due, err = orUsage(days.Count(q))
	return err
}

// orUsage: what can't be counted was asked for wrongly.
func orUsage(d calendar.Due, err error) (calendar.Due, error) {
	if err != nil {
		return d, usage("%w", err)
	}
	return d, nil
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
