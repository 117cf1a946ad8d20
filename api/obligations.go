package api

import (
	"context"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

// DutyLine is a duty as lists show it.
type DutyLine struct {
	Serial int64
	Duty   duties.Duty
	Words  string // of the last decision about it
}

// DutyFilter chooses duties; empty fields choose all.
type DutyFilter struct {
	Operator, Authority string
	Proposed            bool
	Overdue             bool
}

// DutyAct is what an operator or an officer does about a duty.
type DutyAct struct {
	Owner, Key string // whose Idempotency-Key it is, and the key

	Duty  string
	By    casefile.Actor
	Words string // a report's text, or reasons
	Until calendar.Day
}

// DutyTaken is what who hands in a report takes home.
type DutyTaken struct {
	ID       string
	Received time.Time
	Hash     string
	Late     bool
	Duty     DutyLine
}

// DutyPaper is a report as it came in.
type DutyPaper struct {
	Serial   int64
	ID       string
	Received time.Time
	Hash     string
	Text     string
}

// DutyKeeper keeps what operators owe the regulator of themselves. What changes a duty is done
// once for a key: ErrKeyReused, ErrNotFound; *Rejection where the duty does not stand so.
type DutyKeeper interface {
	Duties(ctx context.Context, f DutyFilter, after int64, limit int) ([]DutyLine, error)
	Duty(ctx context.Context, id string) (DutyLine, error) // ErrNotFound
	DutyReports(ctx context.Context, id string, after int64, limit int) ([]DutyPaper, error)
	ReportDuty(ctx context.Context, a DutyAct) (DutyTaken, error)
	FileBlockage(ctx context.Context, a DutyAct, operator string, b duties.Blockage) (DutyLine, error)
	// ConfirmDuty opens the enforcement case that is proposed. *Rejection without a sanction clause.
	ConfirmDuty(ctx context.Context, a DutyAct) (DutyLine, error)
	DismissDuty(ctx context.Context, a DutyAct) (DutyLine, error)
	DoubtDuty(ctx context.Context, a DutyAct) (DutyLine, error)
	// ImproveDuty enters an improvement notice. *Rejection with a sanction clause.
	ImproveDuty(ctx context.Context, a DutyAct) (DutyLine, error)
}
