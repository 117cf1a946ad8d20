package command

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func (s *session) importing() *cobra.Command {
	return s.group("import", "Bring cases in from files", s.importComplaints(), s.importInspections())
}

// wishes are the flags of an import that are no settings.
type wishes struct {
	mapPath, rejected, receivedFrom string
	dry                             bool
	atOnce                          int
}

func (w *wishes) flags(c *cobra.Command) {
	c.Flags().StringVar(&w.mapPath, "map", "", "`FILE` that maps columns to fields")
	c.Flags().String("api", defaults.API, "`URL` of the API")
	c.Flags().String("key-file", "", "`FILE` of an import key")
	c.Flags().BoolVar(&w.dry, "dry-run", false, "read and map every row, send none")
	c.Flags().StringVar(&w.rejected, "rejected", "", "CSV `FILE` for the rejected rows, with line and reason")
	c.Flags().IntVar(&w.atOnce, "concurrency", 8, "requests at once, 1 to 64")
	jsonFlag(c)
	langFlag(c)
}

func (w *wishes) check() error {
	if w.mapPath == "" {
		return usage("--map is needed")
	}
	if w.atOnce < 1 || w.atOnce > 64 {
		return usage("--concurrency %d is not between 1 and 64", w.atOnce)
	}
	return nil
}

func (s *session) importComplaints() *cobra.Command {
	var w wishes
	c := &cobra.Command{
		Use:   "complaints FILE --map MAP.yaml",
		Short: "File every row of a CSV file as a complaint",
		Long: `File every row of a CSV file as a complaint, through the API.

The map says how columns become fields; there is one to start from in examples/. A row is known by
the map's source and its external id, so the command may be stopped and run again: what was filed
is found there and not filed twice. A complaint is received at the time of the import, whatever day
the file gives, unless --received-from takes the day of receipt from a column.

Rows that can't be filed are rejected with a reason, and the exit status is 3.`,
		Example: `  duban import complaints old.csv --map map.yaml --dry-run --rejected out.csv
  duban import complaints old.csv --map map.yaml --api http://127.0.0.1:8080 --key-file import.key --rejected out.csv`,
		Args: cobra.ExactArgs(1),
	}
	w.flags(c)
	c.Flags().StringVar(&w.receivedFrom, "received-from", "", "`COLUMN` of the day of receipt")
	c.RunE = s.run(func(ctx context.Context, c *cobra.Command, args []string) error {
		if err := w.check(); err != nil {
			return err
		}
		return s.importFile(ctx, c, args[0], w)
	})
	return c
}

func (s *session) importFile(ctx context.Context, c *cobra.Command, path string, w wishes) (err error) {
	config, err := s.config(c)
	if err != nil {
		return err
	}
	lang, err := s.lang(c)
	if err != nil {
		return err
	}
	m, err := readMapping(w.mapPath, w.receivedFrom)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the file to import: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open the file to import: %w", err)
	}
	i := &importer{mapping: m, atOnce: w.atOnce}
	if i.table, err = openTable(file, m); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if !w.dry {
		if i.door, err = openDoor(config, lang); err != nil {
			return err
		}
	}
	if i.rejects, err = newRejects(w.rejected, i.table.heads, s.Err); err != nil {
		return err
	}
	i.progress = newProgress(s.Err, s.Now, info.Size(), i.table.source.all.Load)
	ran := i.run(ctx)
	counts := i.progress.end()
	if err := errors.Join(i.rejects.close(), s.printTally(c, counts, w.dry)); err != nil {
		return err
	}
	if errors.Is(ran, context.Canceled) {
		return errors.New("stopped; what was filed stays, and the same command goes on from there")
	}
	if ran != nil {
		return fmt.Errorf("%w\nWhat was filed stays; the same command goes on from there", ran)
	}
	if counts.Rejected > 0 {
		return found()
	}
	return nil
}

func openDoor(c Config, lang string) (*door, error) {
	key := ""
	if c.KeyFile != "" {
		var err error
		if key, err = secretIn(c.KeyFile, "the import key"); err != nil {
			return nil, err
		}
	}
	return newDoor(c.API, key, lang)
}

func (s *session) printTally(c *cobra.Command, counts tally, dry bool) error {
	if asJSON(c) {
		return s.printJSON(counts)
	}
	if dry {
		return s.say("dry run: %d rows, %d could be filed, %d rejected", counts.Rows, counts.Filed, counts.Rejected)
	}
	return s.say("%s", counts)
}
