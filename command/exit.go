package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// The exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2 // the command line can't be understood
	exitFound  = 3 // a check has found errors
)

// exit is an error with an exit status of its own; without a cause, all has been said already.
type exit struct {
	status int
	cause  error
}

func (e *exit) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("exit status %d", e.status)
	}
	return e.cause.Error()
}

func (e *exit) Unwrap() error { return e.cause }

func usage(format string, args ...any) error {
	return &exit{status: exitUsage, cause: fmt.Errorf(format, args...)}
}

func found() error { return &exit{status: exitFound} }

// end says what went wrong, if anything did, and gives the exit status.
func (s *session) end(called *cobra.Command, err error) int {
	if err == nil {
		return exitOK
	}
	e := &exit{status: exitFailed, cause: err}
	if !errors.As(err, &e) && !s.began {
		e.status = exitUsage
	}
	if e.cause != nil {
		s.tell("%s: %v", called.CommandPath(), err)
	}
	if e.status == exitUsage {
		s.tell("Try: %s --help", called.CommandPath())
	}
	return e.status
}
