package command

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"duban/law/calendar"
	"duban/law/regimes"
	"duban/law/standards"
)

func (s *session) standard() *cobra.Command {
	return s.group("standard", "Standards of service quality as data: list, show, check, compare, and judge by them",
		s.standardList(), s.standardShow(), s.standardCheck(), s.standardCompare(), s.standardScore())
}

func (s *session) standardList() *cobra.Command {
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the built-in standards",
		Example: "  duban standard list --lang zh",
		Args:    cobra.NoArgs,
	}
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, _ []string) error {
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		library, _, err := builtInStandards()
		if err != nil {
			return err
		}
		if asJSON(c) {
			return s.printJSON(library.All())
		}
		var rows [][]string
		for _, x := range library.All() {
			doubtful := 0
			for _, r := range x.Requirements {
				if r.Unverified {
					doubtful++
				}
			}
			rows = append(rows, []string{
				x.ID, fmt.Sprint(x.Version), x.Effective.From.String(), x.Effective.To.String(),
				fmt.Sprint(len(x.Requirements)), fmt.Sprint(doubtful), x.Title.In(lang),
			})
		}
		return s.printTable([]string{"ID", "VERSION", "FROM", "TO", "REQUIREMENTS", "UNVERIFIED", "TITLE"}, rows)
	})
	return c
}

func (s *session) standardShow() *cobra.Command {
	c := &cobra.Command{
		Use:   "show ID",
		Short: "Print a built-in standard as in force on a day",
		Example: `  duban standard show telecom-indicators
  duban standard show liaoning-star-hotel --on 2026-03-02 --lang zh
  duban standard show liaoning-shop --json`,
		Args: cobra.ExactArgs(1),
	}
	onFlag(c)
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		x, _, lang, err := s.standardAsked(c, args[0])
		if err != nil {
			return err
		}
		if asJSON(c) {
			return s.printJSON(x)
		}
		return s.printStandard(x, lang)
	})
	return c
}

func (s *session) standardCheck() *cobra.Command {
	c := &cobra.Command{
		Use:   "check FILE…",
		Short: "Report every error in files of standards",
		Long: `Report every error in files of standards as file:line:column: message, with exit status 3 if there is one.
Clauses and violations are looked up in the built-in regimes.`,
		Example: "  duban standard check law/standards/telecom-indicators.yaml examples/standard-own-hotel.yaml",
		Args:    cobra.MinimumNArgs(1),
	}
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		laws, err := regimes.Load()
		if err != nil {
			return err
		}
		var problems []regimes.Problem
		for _, name := range args {
			text, err := os.ReadFile(name)
			if err != nil {
				return fmt.Errorf("check standards: %w", err)
			}
			_, found := standards.Read(name, text, laws)
			problems = append(problems, found...)
		}
		return s.checked(c, len(args), problems)
	})
	return c
}

func (s *session) standardCompare() *cobra.Command {
	c := &cobra.Command{
		Use:   "compare OWN.yaml ID",
		Short: "Compare an operator's own standard to the province's",
		Long: `Compare an operator's own standard (tourism 9) to a built-in one, requirement by requirement, by code:
missing, weaker, other (judged in another way), same, stricter, extra. The exit status is 1 if
anything is missing, weaker or other, 3 if the file has errors.`,
		Example: `  duban standard compare examples/standard-own-hotel.yaml liaoning-star-hotel
  duban standard compare examples/standard-own-hotel.yaml liaoning-star-hotel --json`,
		Args: cobra.ExactArgs(2),
	}
	onFlag(c)
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		province, laws, lang, err := s.standardAsked(c, args[1])
		if err != nil {
			return err
		}
		text, err := os.ReadFile(args[0])
		if err != nil {
			return fmt.Errorf("compare standards: %w", err)
		}
		own, problems := standards.Read(args[0], text, laws)
		if len(problems) > 0 {
			if err := s.printProblems(problems, lang); err != nil {
				return err
			}
			return found()
		}
		lines := standards.Compare(own, province)
		if asJSON(c) {
			err = s.printJSON(comparedJSON{Own: own.ID, Province: province.ID, Suffices: standards.Suffices(lines), Lines: lines})
		} else {
			err = s.printCompared(own, province, lines, lang)
		}
		if err == nil && !standards.Suffices(lines) {
			return &exit{status: exitFailed}
		}
		return err
	})
	return c
}

// comparedJSON is a comparison for machines.
type comparedJSON struct {
	Own      string           `json:"own"`
	Province string           `json:"province"`
	Suffices bool             `json:"suffices"`
	Lines    []standards.Line `json:"lines"`
}

func builtInStandards() (*standards.Library, *regimes.Library, error) {
	laws, err := regimes.Load()
	if err != nil {
		return nil, nil, err
	}
	library, err := standards.Load(laws)
	return library, laws, err
}

func onFlag(c *cobra.Command) {
	c.Flags().String("on", "", "`DAY` on which it is in force (default: today)")
}

// standardAsked is the standard of that id as in force on the day that --on names, with the laws
// that it stands in and the language to show it in.
func (s *session) standardAsked(c *cobra.Command, id string) (*standards.Standard, *regimes.Library, string, error) {
	lang, err := s.lang(c)
	if err != nil {
		return nil, nil, "", err
	}
	library, laws, err := builtInStandards()
	if err != nil {
		return nil, nil, "", err
	}
	days, err := regimes.Calendar()
	if err != nil {
		return nil, nil, "", err
	}
	day := calendar.DayOf(s.Now(), days.Place())
	if on := c.Flag("on").Value.String(); on != "" {
		if day, err = calendar.ParseDay(on); err != nil {
			return nil, nil, "", usage("--on: %w", err)
		}
	}
	x, err := library.At(id, day)
	if errors.Is(err, standards.ErrNotInForce) {
		err = usage("%w (duban standard list shows them)", err)
	}
	return x, laws, lang, err
}
