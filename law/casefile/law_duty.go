package casefile

import (
	"slices"

	"duban/law/calendar"
)

// DutyCadence is when a duty falls due.
type DutyCadence string

// The cadences.
const (
	HalfYearly DutyCadence = "half-yearly" // a report on each half of the year (telecom 18)
	AtOnce     DutyCadence = "at-once"     // orally, then in writing, counted in hours (telecom 18)
	Standing   DutyCadence = "standing"    // no day: what is filed is filed when there is something (telecom 15, 16)
)

// Duty is what an operator owes the regulator of itself (lifecycles §8). Its sanction is its own:
// a violation of the regime, or none. Without one it leads to a reminder and an improvement
// notice, never to a case.
type Duty struct {
	Code       string
	Title      Text
	Cadence    DutyCadence
	Types      []string      // of operators; empty: all
	Term       calendar.Term // half-yearly: after the last day of the half-year
	Roll       bool
	Remind     int           // natural days before the end of the term; 0: not
	Grace      calendar.Term // when the installation was down on the last day: after the day on which it is up again
	Grades     []DutyGrade   // at once
	Violation  string        // empty: none
	Cite       string
	Unverified bool
}

// DutyGrade is how soon an event of a grade is told, in hours from its begin.
type DutyGrade struct {
	Code    string
	Title   Text
	Oral    int // 0: at once, which the installation does not measure
	Written int
}

// Binds tells whether the duty is one of operators of those types. Types that are not known say
// nothing against it.
func (d Duty) Binds(types []string) bool {
	return len(d.Types) == 0 || len(types) == 0 || slices.ContainsFunc(types, func(s string) bool { return slices.Contains(d.Types, s) })
}

// Grade finds a grade of the duty.
func (d Duty) Grade(code string) (DutyGrade, bool) {
	for _, g := range d.Grades {
		if g.Code == code {
			return g, true
		}
	}
	return DutyGrade{}, false
}
