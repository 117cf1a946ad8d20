package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"duban/law/calendar"
	"duban/law/casefile"
)

// ListCalendar shows the holiday tables, and the notices on which each rests.
func (a *API) ListCalendar(ctx context.Context, _ ListCalendarRequestObject) (ListCalendarResponseObject, error) {
	cal, err := a.House.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	out := ListCalendar200JSONResponse{Hash: cal.Hash(), Items: []CalendarTable{}}
	for _, t := range cal.Tables() {
		line := CalendarTable{Year: t.Year, Provisional: !t.Announced, Notices: noticesOf(t), Off: []HolidayRun{}, Work: []openapi_types.Date{}}
		for _, h := range t.Off {
			line.Off = append(line.Off, HolidayRun{Name: h.Name, From: dateOf(h.From), To: dateOf(h.To)})
		}
		for _, d := range t.Work {
			line.Work = append(line.Work, dateOf(d))
		}
		out.Items = append(out.Items, line)
	}
	return out, nil
}

func noticesOf(t calendar.Table) []HolidayNotice {
	out := []HolidayNotice{}
	for _, address := range t.Notice {
		out = append(out, HolidayNotice{Title: some(t.Titles[address]), Address: address})
	}
	return out
}

// GetCalendar shows the days of a year that are not what their weekday says.
func (a *API) GetCalendar(ctx context.Context, r GetCalendarRequestObject) (GetCalendarResponseObject, error) {
	cal, err := a.House.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	known := cal.Known(r.Year)
	out := GetCalendar200JSONResponse{Year: r.Year, Announced: known, Provisional: !known, Notices: []HolidayNotice{}, Days: []RestDay{}}
	for _, t := range cal.Tables() {
		if t.Year == r.Year {
			out.Notices = noticesOf(t)
		}
	}
	for d := calendar.NewDay(r.Year, time.January, 1); d.Year() == r.Year; d = d.AddDays(1) {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if name := cal.Holiday(d); name != "" || cal.Working(d) == weekend {
			out.Days = append(out.Days, RestDay{Day: dateOf(d), Working: cal.Working(d), Name: some(name)})
		}
	}
	return out, nil
}

// ComputeDeadline finds the last day of a term and says how.
func (a *API) ComputeDeadline(ctx context.Context, r ComputeDeadlineRequestObject) (ComputeDeadlineResponseObject, error) {
	cal, err := a.House.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	p := r.Params
	due, err := cal.Answer(calendar.Asked{
		From: value(p.From), Before: value(p.Before), Term: p.Term, Roll: p.Roll == nil || *p.Roll,
		Suspended: value(p.Suspended), Extended: value(p.Extended), Cap: value(p.Cap), Travel: value(p.Travel),
	})
	var wrong *calendar.Fault
	if errors.As(err, &wrong) {
		return nil, &fault{status: http.StatusBadRequest, code: "bad-parameter", field: wrong.Field, detail: casefile.Text{Zh: wrong.Zh, En: wrong.En}}
	}
	if err != nil {
		return nil, err
	}
	found := steps(due.Steps)
	return ComputeDeadline200JSONResponse{Day: dateOf(due.Day), Due: due.Due.Due, Provisional: due.Provisional, Why: Why{Zh: found.Zh, En: found.En}}, nil
}

func dateOf(d calendar.Day) openapi_types.Date { return openapi_types.Date{Time: d.Start(time.UTC)} }
