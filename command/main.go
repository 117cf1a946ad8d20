// Package command is the command line: one command a file, each a thin coat over the packages
// that do the work.
package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// Terminal is where a command runs. Its zero fields are silent, empty, or the real clock.
type Terminal struct {
	Out io.Writer // results
	Err io.Writer // progress, logs and errors
	Env []string  // as os.Environ gives it
	Now func() time.Time
}

// Main runs the command that args name, without the program's own name, and returns the exit
// status: 0 ok, 1 failed, 2 wrong usage, 3 a check found errors. When ctx ends, the command stops
// in good order.
func Main(ctx context.Context, t Terminal, args ...string) int {
	if t.Out == nil {
		t.Out = io.Discard
	}
	if t.Err == nil {
		t.Err = io.Discard
	}
	if t.Now == nil {
		t.Now = time.Now
	}
	s := &session{Terminal: t}
	root := s.root()
	root.SetArgs(args)
	root.SetOut(t.Out)
	root.SetErr(t.Err)
	called, err := root.ExecuteContextC(ctx)
	return s.end(called, err)
}

// session is one run of one command.
type session struct {
	Terminal
	began bool // the command line was understood
}

func (s *session) root() *cobra.Command {
	root := s.group("duban", "Duban (督办): cases of a service-quality regulator, from the paper to the appeal",
		s.api(), s.worker(), s.migrate(), s.setup(), s.key(), s.whoami(), s.verify(), s.look(), s.importing(), s.regime(), s.standard(), s.draw(), s.calendar(), s.deadline())
	root.Long = root.Short + `.

Settings come from flags, from the environment (DUBAN_ and the flag's name: DUBAN_SECRET_FILE for
--secret-file), from the file named by --config, and from defaults, the first that is there.`
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	root.PersistentFlags().String("config", "", "YAML `FILE` of settings, named like the flags")
	root.PersistentFlags().String("log-level", "info", "debug, info, warn or error")
	root.PersistentFlags().String("log-format", "text", "text or json")
	return root
}

// group is a command that only holds others: alone, or with a word it does not know, it is wrong
// usage.
func (s *session) group(use, short string, commands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		if err := c.Help(); err != nil {
			return err
		}
		return usage("name one of the commands above")
	}}
	c.AddCommand(commands...)
	return c
}

// run marks that the command line was understood: what fails from here on is no wrong usage.
func (s *session) run(f func(ctx context.Context, c *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		s.began = true
		return f(c.Context(), c, args)
	}
}

// say prints a result.
func (s *session) say(format string, args ...any) error {
	if _, err := fmt.Fprintf(s.Out, format+"\n", args...); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// tell writes what is for the person before the screen, not for the pipe. A closed screen is no
// failure of the command.
func (s *session) tell(format string, args ...any) {
	fmt.Fprintf(s.Err, format+"\n", args...)
}

// onScreen tells whether w is a person's screen.
func onScreen(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
