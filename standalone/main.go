// Command standalone runs the whole installation in one process: the small bureau's installation on one
// machine, and the quickest way to try Duban.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"duban/standalone/assembly"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	assembly.TuneMemory()
	root := runCommand()
	root.AddCommand(demoCommand())
	root.SilenceUsage, root.SilenceErrors = true, true
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "standalone:", err)
		os.Exit(exitCode(err))
	}
}

// usageError is a call with wrong words: exit code 2.
type usageError struct{ error }

func exitCode(err error) int {
	var usage usageError
	if errors.As(err, &usage) {
		return 2
	}
	return 1
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no argument; see %s --help", args[0], cmd.CommandPath())}
	}
	return nil
}
