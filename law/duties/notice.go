package duties

import (
	"fmt"

	"duban/law/calendar"
	"duban/law/casefile"
)

// The documents that leave the installation because of a duty.
const (
	Reminder    = "duty-reminder"
	Improvement = "duty-improvement"
	Undelivered = "duty-undelivered"
)

// Notices are what must leave the installation because an event has made the duty what it is. Who is told
// that a letter came back is the officer who had sent it, else the head of the authority; nobody
// is told by another letter that this one came back.
func Notices(d Duty, e Event) ([]casefile.Notice, error) {
	n := casefile.Notice{To: "operator", ID: d.Operator, Cite: d.Cite}
	switch e.Name {
	case EventReminded:
		n.Document, n.Due = Reminder, d.last()
	case EventImproving:
		until, err := calendar.ParseDay(e.Until)
		if err != nil {
			return nil, err
		}
		n.Document, n.Due = Improvement, until
	case EventUndelivered:
		if e.Document == Undelivered {
			return nil, nil
		}
		n.Document, n.To, n.ID = Undelivered, "officer", e.Officer
	default:
		return nil, nil
	}
	return []casefile.Notice{n}, nil
}

// last is the last day of the term.
func (d Duty) last() calendar.Day { return calendar.DayOf(d.Due.Add(-1), calendar.Shanghai()) }

// Name is what letters call the duty: its title, and the half-year.
func (d Duty) Name() casefile.Text {
	if d.Cadence != casefile.HalfYearly {
		return d.Title
	}
	return casefile.Text{Zh: fmt.Sprintf("%s（%s）", d.Title.Zh, d.Period), En: fmt.Sprintf("%s (%s)", d.Title.En, d.Period)}
}
