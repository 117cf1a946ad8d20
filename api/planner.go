package api

import (
	"context"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/plans"
)

// PlanLine is a plan with its changes, and how far it was seen to.
type PlanLine struct {
	Serial  int64
	Plan    plans.Plan
	By      string // officer
	Created time.Time
	Through calendar.Day
	NextDue time.Time // zero: its year is over
}

// Check is a check of a plan that was seen to.
type Check struct {
	Serial         int64
	Slot, Operator string
	Day            calendar.Day
	State          string // opened, capped, filed, missed
	Case           string
	At             time.Time
}

// OwnCheck is a unit's check of itself.
type OwnCheck struct {
	Serial       int64
	ID, Operator string
	Day          calendar.Day
	Inspector    string // number of a card
	Faults       int
	Text         string
	Received     time.Time
	Late         bool
}

// Warning is an alert to an authority.
type Warning struct {
	Serial                              int64
	ID, Name, Authority, Operator, Plan string
	Day                                 calendar.Day
	At                                  time.Time
}

// Exempted is why an inspection counts towards no cap.
type Exempted struct {
	Ground, Reasons, Officer string
	At                       time.Time
}

// Planner keeps plans and what belongs to them. Lists are read behind a serial.
type Planner interface {
	// MakePlan makes a plan; the same key gives the same. ErrKeyReused; *Rejection for a plan that
	// can't be, or is not the authority's to make.
	MakePlan(ctx context.Context, owner, key string, p plans.Plan, by casefile.Actor) (PlanLine, error)
	// ChangePlan enters a change, once for a key. ErrKeyReused, ErrNotFound; *Rejection for one that
	// begins in the past or can't be.
	ChangePlan(ctx context.Context, owner, key, id string, c plans.Change, by casefile.Actor) (PlanLine, error)
	Plan(ctx context.Context, id string) (PlanLine, error) // ErrNotFound
	Plans(ctx context.Context, authority string, after int64, limit int) ([]PlanLine, error)
	Checks(ctx context.Context, plan string, after int64, limit int) ([]Check, error)
	Alerts(ctx context.Context, authority string, after int64, limit int) ([]Warning, error)
	// FileSelfCheck takes a self-check, once for a key. ErrKeyReused; *Rejection for a day to come.
	FileSelfCheck(ctx context.Context, owner, key string, s OwnCheck) (OwnCheck, error)
	SelfChecks(ctx context.Context, operator string, after int64, limit int) ([]OwnCheck, error)
	// FileExempt opens an inspection outside every plan. As Door.File.
	FileExempt(ctx context.Context, f Filing, ground, reasons string) (Receipt, error)
	Exemption(ctx context.Context, id string) (Exempted, error) // ErrNotFound
}
