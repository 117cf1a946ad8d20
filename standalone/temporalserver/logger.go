package temporalserver

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// stopFailed is what Temporal says when a service did not stop in time; its Stop returns no error for it.
const stopFailed = "Failed to stop service"

// logger hands Temporal's log to slog.
type logger struct {
	to *slog.Logger
	// muted is set when the server stops: its services then report each other's absence, which is no news.
	muted *atomic.Bool
}

func newLogger(to *slog.Logger) logger { return logger{to: to, muted: new(atomic.Bool)} }

func (l logger) mute() { l.muted.Store(true) }

var _ log.WithLogger = logger{}

func (l logger) Debug(msg string, tags ...tag.Tag) { l.write(slog.LevelDebug, msg, tags) }
func (l logger) Info(msg string, tags ...tag.Tag)  { l.write(slog.LevelInfo, msg, tags) }
func (l logger) Warn(msg string, tags ...tag.Tag) {
	l.write(severity(slog.LevelWarn, msg, tags), msg, tags)
}

func (l logger) Error(msg string, tags ...tag.Tag) {
	l.write(severity(slog.LevelError, msg, tags), msg, tags)
}

// DPanic is a defect that Temporal survives outside of its own development.
func (l logger) DPanic(msg string, tags ...tag.Tag) { l.write(slog.LevelError, msg, tags) }

func (l logger) Panic(msg string, tags ...tag.Tag) {
	l.write(slog.LevelError, msg, tags)
	panic(msg)
}

// Fatal ends the process: Temporal's code goes wrong if it returns.
func (l logger) Fatal(msg string, tags ...tag.Tag) {
	l.muted.Store(false)
	l.write(slog.LevelError, msg, tags)
	os.Exit(1)
}

func (l logger) With(tags ...tag.Tag) log.Logger {
	return logger{to: slog.New(l.to.Handler().WithAttrs(attrs(tags))), muted: l.muted}
}

func (l logger) write(level slog.Level, msg string, tags []tag.Tag) {
	ctx := context.Background()
	if l.muted.Load() && msg != stopFailed {
		return
	}
	if l.to.Enabled(ctx, level) {
		l.to.LogAttrs(ctx, level, msg, attrs(tags)...)
	}
}

// severity makes mere information of what belongs to every start and every leaving client of a server in one process.
func severity(level slog.Level, msg string, tags []tag.Tag) slog.Level {
	if strings.HasPrefix(msg, "HTTP API port has not been set") {
		return slog.LevelInfo // and it shall not be: nothing here uses it
	}
	for _, t := range tags {
		if t.Key() != "error" {
			continue
		}
		said := fmt.Sprint(t.Value())
		if strings.HasSuffix(said, "context canceled") || said == "shard status unknown" {
			return slog.LevelInfo // a worker that stops while it polls; a queue that is read before its shard is there
		}
	}
	return level
}

func attrs(tags []tag.Tag) []slog.Attr {
	list := make([]slog.Attr, len(tags))
	for i, t := range tags {
		list[i] = slog.Any(t.Key(), t.Value())
	}
	return list
}
