package assembly

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// Temporal and its SDK log through loggers that they derive: those are as quiet.
func TestQuieter(t *testing.T) {
	var out bytes.Buffer
	l := quieter(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelInfo})))
	for _, l := range []*slog.Logger{l, l.With("a", 1), l.WithGroup("g").With("a", 1)} {
		l.Info("chatter")
		l.Warn("heard")
	}
	if got := out.String(); strings.Contains(got, "chatter") || strings.Count(got, "heard") != 3 {
		t.Error(got)
	}
}
