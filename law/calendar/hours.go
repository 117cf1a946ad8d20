package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// mostHours is beyond any term in hours.
const mostHours = 720

// ParseHours reads a term of hours, as "48h": a number without sign, space or
// leading zero, from 1 to 720.
func ParseHours(s string) (int, error) {
	digits, isHours := strings.CutSuffix(s, "h")
	n, err := strconv.Atoi(digits)
	if !isHours || err != nil || strconv.Itoa(n) != digits || n < 1 || n > mostHours {
		return 0, fmt.Errorf("parse hours %q: want 1h to %dh", s, mostHours)
	}
	return n, nil
}

// Hours returns the end of a term of n hours that an event at the instant from
// sets running. The hour of the event is not counted, counting begins with the
// next full hour (Civil Procedure Law art.85). If roll is set and the term ends
// on a day of rest, it ends instead at 24:00 of the first working day after.
//
// The Day is that on which the term ends, the Due the first instant that is too
// late. The error tells of no instant, or of hours that ParseHours would refuse.
func (c *Calendar) Hours(from time.Time, n int, roll bool) (Due, error) {
	if from.IsZero() {
		return Due{}, errors.New("a term of hours without an instant")
	}
	if n < 1 || n > mostHours {
		return Due{}, fmt.Errorf("%d hours are not between 1 and %d", n, mostHours)
	}
	local := from.In(c.place)
	y, m, d := local.Date()
	begin := time.Date(y, m, d, local.Hour()+1, 0, 0, 0, c.place)
	end := begin.Add(time.Duration(n) * time.Hour)
	day := DayOf(end.Add(-1), c.place)
	if DayOf(local, c.place).IsZero() || day.IsZero() {
		return Due{}, fmt.Errorf("no calendar reaches %s", from)
	}
	w := walk{c: c}
	w.say(Step{Kind: StepHour, From: DayOf(local, c.place), To: DayOf(begin, c.place), Clock: local.Format("15:04"), Begin: begin.Format("15:04")})
	w.say(Step{Kind: StepHours, From: DayOf(begin, c.place), To: day, N: n, Clock: clockAt(end, day, c.place)})
	out := Due{Day: day, Due: end}
	if roll {
		out.Day = w.roll(day)
		out.Provisional = w.doubt(day, out.Day)
		if out.Day != day {
			out.Due = out.Day.End(c.place)
		}
	} else {
		w.say(Step{Kind: StepNoRoll, From: day, To: day})
	}
	out.Steps = w.steps
	return out, nil
}

// clockAt is the time of day of an end, midnight as the 24:00 of the day before.
func clockAt(end time.Time, day Day, place *time.Location) string {
	if end.Equal(day.End(place)) {
		return "24:00"
	}
	return end.In(place).Format("15:04")
}
