package office

import (
	"context"
	"time"

	"duban/access"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Whose tasks are asked for.
type Whose string

// Whose tasks there are.
const (
	Mine    Whose = "me"     // the caller's own: as the officer of the case or who stands in for him, as reviewer or head of his authority, as operator
	Offices Whose = "office" // of his authority and of those below it, whoever has them
	Nobodys Whose = "none"   // of those, what nobody has yet
)

// TaskQuery is what tasks are asked for.
type TaskQuery struct {
	Of     Whose
	Until  time.Time // with an end not after this instant; zero: all
	Cursor string
	Limit  int
}

// TaskPage is a page of tasks. The counts come with the first one.
type TaskPage struct {
	Items  []docket.Task `json:"items"`
	Next   string        `json:"next,omitempty"`
	Counts *TaskCounts   `json:"counts,omitempty"` // of all that is asked for, whatever its end
}

// Tasks is what must be done, by its legal end, overdue first. ErrFilter.
func (o *Office) Tasks(ctx context.Context, who access.Who, q TaskQuery) (TaskPage, error) {
	out := TaskPage{Items: []docket.Task{}}
	f, ok, err := o.workOf(ctx, who, q.Of)
	if err != nil || !ok {
		return out, err
	}
	now, err := o.register.Now(ctx)
	if err != nil {
		return out, err
	}
	if q.Cursor == "" {
		today, soon, err := o.soon(ctx, now)
		if err != nil {
			return out, err
		}
		counts, err := o.register.CountTasks(ctx, f, now, today, soon)
		if err != nil {
			return out, err
		}
		out.Counts = &counts
	}
	f.Work.Until, f.Cursor, f.Limit = q.Until, q.Cursor, q.Limit
	page, err := o.register.Cases(ctx, f)
	if err != nil {
		return out, err
	}
	for _, row := range page.Cases {
		out.Items = append(out.Items, docket.TaskOf(who, row, now))
	}
	out.Next = page.Next
	return out, nil
}

// workOf is the cases in which those have something to do. Not ok: none.
func (o *Office) workOf(ctx context.Context, who access.Who, of Whose) (f CaseFilter, ok bool, err error) {
	if err := access.Ever(who, access.ListTasks); err != nil {
		return f, false, err
	}
	scope := access.ScopeOf(who, access.ListTasks)
	f.Sort = register.ByTask
	switch {
	case scope.Operator != "":
		f.Operator, f.Visible, f.Sort, f.Work.Operator = scope.Operator, scope.Visible, register.ByTerm, true
		return f, of == Mine, nil // its office is it, and what is its is nobody's else
	case of == Mine && who.Kind != access.Officer:
		return f, false, nil
	case of == Mine:
		day, err := o.docket.Today(ctx)
		if err != nil {
			return f, false, err
		}
		away, err := o.register.StandsInFor(ctx, who.ID, day)
		if err != nil {
			return f, false, err
		}
		f.Work.Officers = append([]string{who.ID}, away...)
		if who.Role != casefile.RoleOfficer {
			f.Work.Role, f.Work.Of = who.Role, who.Authority
		}
	case of == Nobodys:
		f.Work.Nobody = true
	default:
		f.Work.Anybody = true
	}
	f.Authorities, ok, err = o.narrowed(ctx, scope, "")
	return f, ok, err
}

// soonDays is how many working days ahead a task is told to end soon.
const soonDays = 3

// soon is the end of the legal today, and that of the third working day after it.
func (o *Office) soon(ctx context.Context, now time.Time) (today, soon time.Time, err error) {
	days, err := o.docket.Calendar(ctx)
	if err != nil {
		return today, soon, err
	}
	day := calendar.DayOf(now, o.register.Place())
	last := day
	for n := 0; n < soonDays; {
		if last = last.AddDays(1); days.Working(last) {
			n++
		}
	}
	return day.End(o.register.Place()), last.End(o.register.Place()), nil
}

// Place is where the days of this installation begin and end.
func (o *Office) Place() *time.Location { return o.register.Place() }
