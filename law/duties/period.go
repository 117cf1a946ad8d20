package duties

import (
	"fmt"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Term is one time that a duty falls due for everybody who has it.
type Term struct {
	Period string       // names it within the duty: 2026H1, or standing
	Opens  calendar.Day // from this day on it can be reported; zero for a standing duty
	Remind calendar.Day // zero: nobody is reminded
	From   calendar.Day // the day that is not counted: the last of the half-year
	Last   calendar.Day // the last day in time; zero: it has none
}

// StandingPeriod is the one period of a duty that has no days.
const StandingPeriod = "standing"

// Terms are those of a duty that are open on a day, and those that were open since: the last day
// that was seen to, zero for none. A half-year can be reported when it is over. What falls due
// event by event has none.
func Terms(d casefile.Duty, c *calendar.Calendar, since, today calendar.Day) []Term {
	switch d.Cadence {
	case casefile.Standing:
		return []Term{{Period: StandingPeriod}}
	case casefile.HalfYearly:
	default:
		return nil
	}
	from := today
	if !since.IsZero() && since.Before(today) {
		from = since.AddDays(1)
	}
	var out []Term
	// A term may be as long as the rule says; nobody's is longer than the two years looked back.
	for year := from.Year() - 2; year <= today.Year(); year++ {
		for half, end := range []calendar.Day{calendar.NewDay(year, time.June, 30), calendar.NewDay(year, time.December, 31)} {
			t := Term{Period: fmt.Sprintf("%dH%d", year, half+1), Opens: end.AddDays(1), From: end, Last: c.Due(end, d.Term, d.Roll).Day}
			if d.Remind > 0 {
				t.Remind = t.Last.AddDays(-d.Remind)
			}
			if !t.Opens.After(today) && !t.Last.Before(from) {
				out = append(out, t)
			}
		}
	}
	return out
}
