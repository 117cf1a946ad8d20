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

// Fault is why a plan or a change of one can't be: ErrPlan, with a code, the field at fault, and a
// sentence that says what may be.
type Fault struct {
	Code, Field string
	Cite        string // the clause, if any
	Zh, En      string
}

// Error gives the English sentence.
func (f *Fault) Error() string { return ErrPlan.Error() + ": " + f.En }

// Is makes a fault ErrPlan.
func (f *Fault) Is(target error) bool { return target == ErrPlan }

// Check returns a Fault for a plan that can't be carried out.
func (p Plan) Check() error {
	visits := p.Cadence.Visits()
	switch {
	case p.Authority == "":
		return &Fault{"bad-plan-authority", "authority", "", "计划须有制定机关。", "a plan is an authority's"}
	case p.Cadence != Daily && !visits:
		return &Fault{"bad-plan-cadence", "cadence", "", "检查方式须为 daily、periodic 或者 spot。", "the cadence is daily, periodic or spot"}
	case p.From.IsZero() || p.From.Year() != p.Year:
		return &Fault{"bad-plan-year", "year", "", "计划的首日须在计划年度内。", "the first day of a plan is in its year"}
	case (len(p.Types) == 0) == (len(p.Operators) == 0):
		return &Fault{"bad-plan-targets", "operators", "", "须在经营者类型和经营者名单中填写一项。", "name types of operators or a list of them, and not both"}
	case !visits && p.Quota != 0:
		return &Fault{"bad-plan-quota", "quota", "", "自查不设次数。", "self-checks have no number in the year"}
	case !visits && p.Cap != 0:
		return &Fault{"bad-plan-cap", "cap", "", "自查不设上限。", "self-checks have no cap"}
	case visits && (p.Quota < 1 || p.Quota > maxQuota):
		return &Fault{"bad-plan-quota", "quota", "", fmt.Sprintf("上门检查须定年度次数，1至%d次。", maxQuota), fmt.Sprintf("visits need their number in the year, from 1 to %d", maxQuota)}
	case visits && (p.Cap < 1 || p.Cap > maxCap):
		return &Fault{
			"bad-plan-cap", "cap", "", fmt.Sprintf("上门检查须定每一企业的年度频次上限，1至%d次（国办发〔2024〕54号）。", maxCap),
			fmt.Sprintf("visits need the yearly cap per enterprise, from 1 to %d (国办发〔2024〕54号)", maxCap),
		}
	}
	for i, o := range p.Operators {
		if slices.Contains(p.Operators[:i], o) {
			return &Fault{"bad-plan-targets", "operators", "", "名单中有重复的经营者。", "the list has an operator twice"}
		}
	}
	return nil
}

// CheckChange returns a Fault for a change that can't be decided on that day.
func (p Plan) CheckChange(c Change, today calendar.Day) error {
	no := func(field, zh, en string) error { return &Fault{"bad-plan-change", field, "", zh, en} }
	switch {
	case c.From.IsZero() || c.From.Year() != p.Year || c.From.Before(today):
		return no("from", "变更须自今日或以后、在计划年度内起算。", "a change begins today or later, within the plan's year")
	case !c.Until.IsZero() && (c.Name != Pause || c.Until.Before(c.From)):
		return no("until", "只有暂停可以设截止日，且不早于起始日。", "only a pause has an end, and not before its begin")
	case c.Name == Quota && !p.Cadence.Visits():
		return no("quota", "自查不设次数。", "self-checks have no number in the year")
	case c.Name == Quota && (c.Quota < 0 || c.Quota > maxQuota):
		return no("quota", fmt.Sprintf("年度次数须为0至%d次。", maxQuota), fmt.Sprintf("the number of visits is from 0 to %d", maxQuota))
	case c.Name != Pause && c.Name != Resume && c.Name != Quota:
		return no("name", "变更只能是 pause、resume 或者 change。", "a change is pause, resume or change")
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
