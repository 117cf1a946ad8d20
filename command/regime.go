package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"duban/law/calendar"
	"duban/law/regimes"
)

func (s *session) regime() *cobra.Command {
	return s.group("regime", "Regulations as data: check and show them", s.regimeCheck(), s.regimeShow(), s.regimeBasis())
}

func (s *session) regimeCheck() *cobra.Command {
	c := &cobra.Command{
		Use:   "check FILE…",
		Short: "Report every error in regime files",
		Long: `Report every error in regime files as file:line:column: message, with exit status 3 if there is one.

The files are read together with the built-in ones; a file takes the place of those with its id.`,
		Example: `  duban regime check law/regimes/telecom-2001.yaml
  duban regime check --lang zh law/regimes/telecom-2001.yaml`,
		Args: cobra.MinimumNArgs(1),
	}
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		files, err := readFiles(args)
		if err != nil {
			return fmt.Errorf("check regimes: %w", err)
		}
		return s.checked(c, len(files), regimes.Check(files))
	})
	return c
}

// loadRegimes reads the built-in regimes and those of a folder, if one is named.
func loadRegimes(folder string) (*regimes.Library, error) {
	files, err := regimes.ReadFolder(folder)
	if err != nil {
		return nil, err
	}
	return regimes.LoadWith(files)
}

func regimesFlag(c *cobra.Command) {
	c.Flags().String("regimes", "", "`FOLDER` of regime files (*.yaml) to read beside the built-in ones; the same for api and worker")
}

func readFiles(names []string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[name] = text
	}
	return files, nil
}

func (s *session) regimeShow() *cobra.Command {
	var on string
	var with []string
	c := &cobra.Command{
		Use:   "show [NAME]",
		Short: "Print a built-in regime readably; without a name, list them",
		Long: `Print a built-in regime readably, put together with the laws it stands on, as it is pinned by a
case filed on a day; or one of those laws alone. Without a name, list them all.`,
		Example: `  duban regime show
  duban regime show telecom-2001
  duban regime show telecom-2001 --on 2025-06-01 --lang zh
  duban regime show penalties-2021
  duban regime show dalian-tourism-example --with examples/dalian-tourism.yaml`,
		Args: cobra.MaximumNArgs(1),
	}
	c.Flags().StringVar(&on, "on", "", "`DAY` on which a case is filed (default: today)")
	c.Flags().StringSliceVar(&with, "with", nil, "regime `FILE` to read beside the built-in ones; may be given again")
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		files, err := readFiles(with)
		if err != nil {
			return fmt.Errorf("show regime: %w", err)
		}
		day, err := s.dayOr(on, "--on")
		if err != nil {
			return err
		}
		library, err := regimes.LoadWith(files)
		if err != nil {
			return err
		}
		switch {
		case len(args) == 0:
			return s.listRegimes(library, lang)
		case slices.Contains(library.Names(), args[0]):
			bundle, err := library.At(args[0], day)
			if errors.Is(err, regimes.ErrNotInForce) {
				return fmt.Errorf("%w (duban regime show lists the days of each)", err)
			}
			if err != nil {
				return err
			}
			return bundle.Show(s.Out, lang)
		}
		for _, d := range library.Documents() {
			if d.ID == args[0] {
				return d.Show(s.Out, lang)
			}
		}
		return usage("there is no regime %q; duban regime show lists them", args[0])
	})
	return c
}

// dayOr is the day of a flag, or today.
func (s *session) dayOr(value, flag string) (calendar.Day, error) {
	if value != "" {
		day, err := calendar.ParseDay(value)
		if err != nil {
			return day, usage("%s: %w", flag, err)
		}
		return day, nil
	}
	days, err := regimes.Calendar()
	if err != nil {
		return calendar.Day{}, err
	}
	return calendar.DayOf(s.Now(), days.Place()), nil
}

func (s *session) listRegimes(library *regimes.Library, lang string) error {
	var rows [][]string
	for _, d := range library.Documents() {
		part := ""
		if slices.Contains(library.Names(), d.ID) {
			part = "regime"
		}
		rows = append(rows, []string{d.ID, d.Effective.From.String(), d.Effective.To.String(), part, d.Title.In(lang)})
	}
	return s.printTable([]string{"NAME", "FROM", "TO", "", "TITLE"}, rows)
}
