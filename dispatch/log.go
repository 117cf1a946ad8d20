package dispatch

import (
	"context"
	"log/slog"

	"duban/law/casefile"
)

// Log writes each notice as one line of the program's log: ids and codes, no name, no address.
type Log struct {
	Logger *slog.Logger // nil: nothing is written
}

// Send never fails.
func (l Log) Send(ctx context.Context, n Notice) error {
	if l.Logger != nil {
		about := slog.String("case", n.Number)
		if n.Duty != (casefile.Text{}) {
			about = slog.String("duty", n.Duty.En)
		}
		l.Logger.InfoContext(ctx, "notice", "notice", n.ID, about, "document", n.Document, "to", n.To)
	}
	return nil
}
