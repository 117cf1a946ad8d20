package dispatch

import (
	"context"
	"log/slog"
)

// Log writes each notice as one line of the program's log: ids and codes, no name, no address.
type Log struct {
	Logger *slog.Logger // nil: nothing is written
}

// Send never fails.
func (l Log) Send(ctx context.Context, n Notice) error {
	if l.Logger != nil {
		l.Logger.InfoContext(ctx, "notice", "notice", n.ID, "case", n.Case, "document", n.Document, "to", n.To)
	}
	return nil
}
