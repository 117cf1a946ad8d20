package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"duban/importer"
)

func (s *session) importing() *cobra.Command {
	return s.group("import", "Bring cases in from files", s.importComplaints(), s.importInspections())
}

// wishes are the flags of an import that are no settings.
type wishes struct {
	mapPath, rejected, receivedFrom string
	whither                         string // what --rejected names
	dry                             bool
	atOnce                          int
}

func (w *wishes) flags(c *cobra.Command) {
	c.Flags().StringVar(&w.mapPath, "map", "", "`FILE` that maps columns to fields")
	c.Flags().String("api", defaults.API, "`URL` of the API")
	c.Flags().String("key-file", "", "`FILE` of an import key")
	c.Flags().BoolVar(&w.dry, "dry-run", false, "tell what would become of every row, file none; with a key the API is asked too")
	c.Flags().StringVar(&w.rejected, "rejected", "", w.whither)
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
	w := wishes{whither: "`FILE` for the rejected rows, with line and reason; it has the form of the file that is imported"}
	c := &cobra.Command{
		Use:   "complaints FILE --map MAP.yaml",
		Short: "File every row of a file as a complaint, or as the history of one",
		Long: `File every row of a file as a complaint, through the API: of CSV, of JSON Lines (.jsonl), or of the
service requests of Open311 GeoReport v2 (.json).

The map says how columns become fields; there is one to start from in examples/. A row is known by
the map's source and its external id, so the command may be stopped and run again: what was filed
is found there and not filed twice. A complaint is received at the time of the import, whatever day
the file gives, unless the map or --received-from takes the day of receipt from a column. Where the map
gives an outcome, the complaint was over elsewhere: it becomes a closed case of one entry, with its
own days.

Rows that can't be filed are rejected with a reason, and the exit status is 3. Mended in the file that
--rejected names, they go in under the same map. A dry run with a key tells what the real run would do.`,
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
		j, err := s.job(c, w)
		if err != nil {
			return err
		}
		counts, ran := j.Complaints(ctx, args[0])
		if err := s.printTally(c, counts); err != nil {
			return errors.Join(ran, err)
		}
		return imported(ran, counts.Rejected)
	})
	return c
}

// job is the import that the flags ask for.
func (s *session) job(c *cobra.Command, w wishes) (importer.Job, error) {
	j := importer.Job{Map: w.mapPath, ReceivedFrom: w.receivedFrom, Rejected: w.rejected, AtOnce: w.atOnce, Out: s.Err, Screen: onScreen(s.Err), Now: s.Now}
	config, err := s.config(c)
	if err != nil {
		return j, err
	}
	lang, err := s.lang(c)
	if err != nil {
		return j, err
	}
	if w.dry && config.KeyFile == "" {
		s.tell("The API is not asked without --key-file: what it does not know, and what is there already, shows only with one.")
		return j, nil
	}
	j.Door, err = openDoor(config, lang, w.dry)
	return j, err
}

func openDoor(c Config, lang string, dry bool) (*importer.Door, error) {
	key := ""
	if c.KeyFile != "" {
		var err error
		if key, err = secretIn(c.KeyFile, "the import key"); err != nil {
			return nil, err
		}
	}
	return importer.NewDoor(c.API, key, lang, dry)
}

// imported tells how an import ended.
func imported(err error, rejected int) error {
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; what came in stays, and the same command goes on from there")
	}
	if err != nil {
		return fmt.Errorf("%w\nWhat came in before stays; the same command goes on from there", err)
	}
	if rejected > 0 {
		return found()
	}
	return nil
}

func (s *session) printTally(c *cobra.Command, counts importer.Tally) error {
	if asJSON(c) {
		return s.printJSON(counts)
	}
	return s.say("%s", counts)
}

func (s *session) importInspections() *cobra.Command {
	w := wishes{whither: "`FOLDER` for the rejected rows, in files named and written as those that are imported"}
	c := &cobra.Command{
		Use:   "inspections FOLDER --map MAP.yaml",
		Short: "Bring in operators and the inspections that they had elsewhere",
		Long: `Bring in operators and the inspections that they had elsewhere, through the API.

The map names three files of the folder: operators, their inspections, and the breaches found. Each
inspection becomes a closed case of one entry, marked as imported, by its own day, with its findings;
a re-inspection is linked to the inspection before it. Every row is known by the map's source and its
id: the command may be stopped and run again, and files nothing twice. An inspection of which a finding
is rejected waits for it.

Rows that can't be brought in are rejected with a reason, and the exit status is 3. Mended in the folder
that --rejected names, they go in under the same map.`,
		Example: `  duban import inspections old/ --map map.yaml --dry-run
  duban import inspections old/ --map map.yaml --api http://127.0.0.1:8080 --key-file import.key --rejected out/`,
		Args: cobra.ExactArgs(1),
	}
	w.flags(c)
	c.RunE = s.run(func(ctx context.Context, c *cobra.Command, args []string) error {
		if err := w.check(); err != nil {
			return err
		}
		j, err := s.job(c, w)
		if err != nil {
			return err
		}
		counts, ran := j.Inspections(ctx, args[0])
		if err := s.printHistory(c, counts); err != nil {
			return errors.Join(ran, err)
		}
		return imported(ran, counts.Rejected())
	})
	return c
}

func (s *session) printHistory(c *cobra.Command, t importer.HistoryTally) error {
	if asJSON(c) {
		return s.printJSON(t)
	}
	return s.say("operators:   %s\ninspections: %s\nfindings:    %s", t.Operators, t.Inspections, t.Findings)
}
