package api

import (
	"context"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/draw"
)

// DrawAsk is a draw as an officer asks for it: the types of operators, the yearly cap, and the
// rule (Cites, Commitment, Want, Team, Cards, Slack, Weights). The rest the house knows.
type DrawAsk struct {
	Authority string
	Types     []string
	Cap       int
	Rule      draw.Input
}

// DrawLine is a draw that was made.
type DrawLine struct {
	Serial        int64
	ID, Authority string
	Day           calendar.Day
	Cap           int
	By            string // officer
	At            time.Time
	Record        string // exactly as it is published
	Hash          string
	Published     time.Time // zero: not
}

// DrawnVisit is what became of a target.
type DrawnVisit struct {
	Target, State string // opened, capped
	Had           int    // planned visits of the year before
	Case, Paper   string
	At            time.Time
}

// Drawer draws whom to inspect and who inspects.
type Drawer interface {
	// CommitDraw keeps a seed and gives its hash, once for a key.
	CommitDraw(ctx context.Context, owner, key, authority string, by casefile.Actor) (string, error)
	// MakeDraw makes a draw, once for a key. ErrKeyReused; *Rejection for one that can't be made.
	MakeDraw(ctx context.Context, owner, key string, d DrawAsk, by casefile.Actor) (DrawLine, error)
	Draw(ctx context.Context, id string) (DrawLine, error) // ErrNotFound
	Draws(ctx context.Context, authority string, after int64, limit int) ([]DrawLine, error)
	// OpenDraw opens what is not open yet. *Rejection where there is no regime to inspect by.
	OpenDraw(ctx context.Context, id string) ([]DrawnVisit, error)
	// PublishDraw makes it public, once. *Rejection while that would betray a visit.
	PublishDraw(ctx context.Context, id string, by casefile.Actor) (DrawLine, error)
}
