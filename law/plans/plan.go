package plans

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/law/calendar"
)

// Cadence is how often a plan checks, and by whom.
type Cadence string

// The cadences (tourism 14, telecom 8).
const (
	Daily    Cadence = "daily"    // the unit checks itself, every day
	Periodic Cadence = "periodic" // officers of the city visit
	Spot     Cadence = "spot"     // officers of the province or the ministry visit
)

// Visits tells whether officers come; a daily check is the unit's own.
func (c Cadence) Visits() bool { return c == Periodic || c == Spot }

// By tells whether an authority of that level (ministry, province, city) may have plans of the
// cadence. Any may have units check themselves.
func (c Cadence) By(level string) bool {
	switch c {
	case Daily:
		return true
	case Periodic:
		return level == "city"
	case Spot:
		return level == "province" || level == "ministry"
	}
	return false
}

// Plan is a plan of one authority for one year. It never changes; what is decided about it later
// stands in Changes, in the order of deciding.
type Plan struct {
	ID        string       `json:"id"`
	Authority string       `json:"authority"`
	Year      int          `json:"year"`
	From      calendar.Day `json:"from"` // first day: 1 January, or the day of a plan made later
	Cadence   Cadence      `json:"cadence"`
	Types     []string     `json:"types,omitempty"`     // operators of these types; or
	Operators []string     `json:"operators,omitempty"` // these, in the order of their turns
	Quota     int          `json:"quota,omitempty"`     // visits in the year, of all operators together
	Cap       int          `json:"cap,omitempty"`       // planned visits that one enterprise may get in the year
	Changes   []Change     `json:"changes,omitempty"`
}

// What can be decided about a plan.
const (
	Pause  = "pause"  // no checks from From to Until; without Until until it is resumed
	Resume = "resume" // checks again from From on
	Quota  = "change" // another quota from From on; what was before From counts
)

// Change is a decision about a plan. It holds from From on, never for days before the one on
// which it was decided: so what a plan had checked stays.
type Change struct {
	Name  string       `json:"name"`
	From  calendar.Day `json:"from"`
	Until calendar.Day `json:"until,omitzero"`
	Quota int          `json:"quota,omitempty"`
}

// The grounds on which an enterprise is visited outside every plan. Such a visit does not count
// towards the cap (lifecycles §7).
const (
	Complaint    = "complaint"
	Report       = "report"
	Superior     = "superior"
	ReInspection = "re-inspection"
)

// Grounds lists the exempt grounds.
func Grounds() []string { return []string{Complaint, Report, Superior, ReInspection} }

// The bounds of a plan.
const (
	maxQuota = 100000
	maxCap   = 366
)

// ErrPlan is a plan, or a change of one, that can't be.
var ErrPlan = errors.New("the plan can't be so")

// Check returns ErrPlan for a plan that can't be carried out.
func (p Plan) Check() error {
	switch {
	case p.ID == "" || p.Authority == "":
		return fmt.Errorf("%w: no id or authority", ErrPlan)
	case p.Cadence != Daily && !p.Cadence.Visits():
		return fmt.Errorf("%w: cadence %q", ErrPlan, p.Cadence)
	case p.From.IsZero() || p.From.Year() != p.Year:
		return fmt.Errorf("%w: its first day is not in its year", ErrPlan)
	case (len(p.Types) == 0) == (len(p.Operators) == 0):
		return fmt.Errorf("%w: it takes types of operators or a list of them", ErrPlan)
	case p.Cadence == Daily && (p.Quota != 0 || p.Cap != 0):
		return fmt.Errorf("%w: self-checks have no quota and no cap", ErrPlan)
	case p.Cadence.Visits() && (p.Quota < 1 || p.Quota > maxQuota || p.Cap < 1 || p.Cap > maxCap):
		return fmt.Errorf("%w: quota %d, cap %d", ErrPlan, p.Quota, p.Cap)
	}
	for i, o := range p.Operators {
		if slices.Contains(p.Operators[:i], o) {
			return fmt.Errorf("%w: an operator is named twice", ErrPlan)
		}
	}
	return nil
}

// CheckChange returns ErrPlan for a change that can't be decided on that day.
func (p Plan) CheckChange(c Change, today calendar.Day) error {
	switch {
	case c.From.IsZero() || c.From.Year() != p.Year || c.From.Before(today):
		return fmt.Errorf("%w: a change begins today or later, within the plan's year", ErrPlan)
	case !c.Until.IsZero() && (c.Name != Pause || c.Until.Before(c.From)):
		return fmt.Errorf("%w: only a pause has an end, and not before its begin", ErrPlan)
	case c.Name == Quota && (!p.Cadence.Visits() || c.Quota < 0 || c.Quota > maxQuota):
		return fmt.Errorf("%w: quota %d", ErrPlan, c.Quota)
	case c.Name != Pause && c.Name != Resume && c.Name != Quota:
		return fmt.Errorf("%w: %q", ErrPlan, c.Name)
	}
	return nil
}

// Last is the last day of the plan.
func (p Plan) Last() calendar.Day { return calendar.NewDay(p.Year, time.December, 31) }

// Covers tells whether a plan without a list of operators is for one of these types.
func (p Plan) Covers(types []string) bool {
	return slices.ContainsFunc(types, func(t string) bool { return slices.Contains(p.Types, t) })
}

// Paused tells whether the plan has no checks on a day: the last decision about the day holds.
func (p Plan) Paused(d calendar.Day) bool {
	paused := false
	for _, c := range p.Changes {
		switch {
		case d.Before(c.From):
		case c.Name == Pause && (c.Until.IsZero() || !d.After(c.Until)):
			paused = true
		case c.Name == Resume:
			paused = false
		}
	}
	return paused
}
