package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/office"
)

func (s *session) calendarLoad() *cobra.Command {
	var by string
	var dry bool
	c := &cobra.Command{
		Use:   "load FILE",
		Short: "Make a holiday table the one that its year goes by",
		Long: `Make a holiday table the one that its year goes by, and list the running deadlines that it moves.

The file is YAML as in law/regimes/holidays and must name the notice. It goes before the built-in table
of its year, and before any that was loaded earlier; nothing is deleted. Programs that are running
notice it within a second, and enter the new days in the ledgers. With --dry-run nothing changes.
Every error in the file is reported as file:line:column: message, with exit status 3.`,
		Example: `  duban calendar load 2027.yaml --dry-run
  duban calendar load 2027.yaml --by lin`,
		Args: cobra.ExactArgs(1),
	}
	databaseFlags(c)
	c.Flags().BoolVar(&dry, "dry-run", false, "only list what would move")
	c.Flags().StringVar(&by, "by", "", "`NAME` of who loads it (default: USER)")
	jsonFlag(c)
	c.RunE = s.on(needs{}, func(ctx context.Context, c *cobra.Command, args []string, on stores) error {
		if by == "" {
			by = s.user()
		}
		if by == "" && !dry {
			return usage("--by is needed: USER is not set")
		}
		table, err := s.tableIn(args[0])
		if err != nil {
			return err
		}
		o, err := on.office()
		if err != nil {
			return err
		}
		out, err := load(ctx, o, table, by, dry)
		if errors.Is(err, office.ErrCalendar) {
			s.tell("%s:1:1: %v", args[0], err)
			return found()
		}
		if err != nil {
			return err
		}
		if asJSON(c) {
			return s.printJSON(out)
		}
		return s.printLoaded(out)
	})
	return c
}

// user is the login under which the command runs.
func (s *session) user() string {
	for _, v := range s.Env {
		if name, ok := strings.CutPrefix(v, "USER="); ok {
			return name
		}
	}
	return ""
}

// tableIn reads a file, telling each of its faults.
func (s *session) tableIn(name string) (calendar.Table, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return calendar.Table{}, fmt.Errorf("load a holiday table: %w", err)
	}
	table, err := regimes.ReadTable(name, text)
	if err != nil {
		s.tell("%v", err)
		return table, found()
	}
	if !table.Announced {
		s.tell("%s:1:1: a table that is not announced has nothing to load", name)
		return table, found()
	}
	return table, nil
}

// loadedJSON is what a load did, or would do, for machines.
type loadedJSON struct {
	Year    int         `json:"year"`
	DryRun  bool        `json:"dryRun"`
	Changed bool        `json:"changed"` // the table was not the one that holds already
	Cases   int         `json:"cases"`   // with a deadline below
	Moves   []movedJSON `json:"moves"`
}

type movedJSON struct {
	Case           string        `json:"case"`
	Number         string        `json:"number"`
	Kind           casefile.Kind `json:"kind"`
	Deadline       string        `json:"deadline"`
	Was            calendar.Day  `json:"was"`
	Is             calendar.Day  `json:"is"`
	WasProvisional bool          `json:"wasProvisional"`
	IsProvisional  bool          `json:"isProvisional"`
}

func load(ctx context.Context, o *office.Office, table calendar.Table, by string, dry bool) (loadedJSON, error) {
	out, who := loadedJSON{Year: table.Year, DryRun: dry, Moves: []movedJSON{}}, access.Who{Kind: access.Admin, ID: by}
	// First the list: once the table is there, the workers shorten it.
	moves, changes, err := o.MovedDeadlines(ctx, who, table)
	if err != nil {
		return out, err
	}
	last := ""
	for _, m := range moves {
		if m.Case != last {
			last = m.Case
			out.Cases++
		}
		out.Moves = append(out.Moves, movedJSON{
			Case: m.Case, Number: m.Number, Kind: m.Kind, Deadline: m.Was.Name, Was: m.Was.Day, Is: m.Is.Day,
			WasProvisional: m.Was.Provisional, IsProvisional: m.Is.Provisional,
		})
	}
	if out.Changed = changes; dry {
		return out, nil
	}
	out.Changed, err = o.LoadCalendar(ctx, who, table)
	return out, err
}

func (s *session) printLoaded(out loadedJSON) error {
	if len(out.Moves) > 0 {
		var rows [][]string
		for _, m := range out.Moves {
			is := m.Is.String()
			if m.IsProvisional {
				is += " (provisional)"
			} else if m.Was == m.Is {
				is += " (certain now)"
			}
			rows = append(rows, []string{m.Number, m.Deadline, m.Was.String(), is})
		}
		if err := s.printTable([]string{"CASE", "DEADLINE", "WAS", "IS"}, rows); err != nil {
			return err
		}
	}
	count := fmt.Sprintf("%d, in %d", len(out.Moves), out.Cases)
	switch {
	case out.DryRun:
		s.tell("the table of %d: nothing was changed. Deadlines that it would move: %s cases", out.Year, count)
	case !out.Changed:
		s.tell("the table of %d: nothing was changed, it holds already", out.Year)
	default:
		s.tell("the table of %d holds from now on. Deadlines that it moves: %s cases, which the workers nudge", out.Year, count)
	}
	return nil
}
