package api

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"duban/api/wire"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
)

// ListCalendar shows the holiday tables, and the notices on which each rests.
func (a *API) ListCalendar(c echo.Context) error {
	cal, err := a.Docket.Calendar(c.Request().Context())
	if err != nil {
		return err
	}
	out := wire.CalendarList{Hash: cal.Hash(), Items: []wire.CalendarTable{}}
	for _, t := range cal.Tables() {
		line := wire.CalendarTable{Year: t.Year, Provisional: !t.Announced, Notices: noticesOf(t), Off: []wire.HolidayRun{}, Work: []openapi_types.Date{}}
		for _, h := range t.Off {
			line.Off = append(line.Off, wire.HolidayRun{Name: h.Name, From: dateOf(h.From), To: dateOf(h.To)})
		}
		for _, d := range t.Work {
			line.Work = append(line.Work, dateOf(d))
		}
		out.Items = append(out.Items, line)
	}
	return c.JSON(http.StatusOK, out)
}

func noticesOf(t calendar.Table) []wire.HolidayNotice {
	out := []wire.HolidayNotice{}
	for _, address := range t.Notice {
		out = append(out, wire.HolidayNotice{Title: some(t.Titles[address]), Address: address})
	}
	return out
}

// GetCalendar shows the days of a year that are not what their weekday says.
func (a *API) GetCalendar(c echo.Context, year int) error {
	cal, err := a.Docket.Calendar(c.Request().Context())
	if err != nil {
		return err
	}
	known := cal.Known(year)
	out := wire.CalendarYear{Year: year, Announced: known, Provisional: !known, Notices: []wire.HolidayNotice{}, Days: []wire.RestDay{}}
	for _, t := range cal.Tables() {
		if t.Year == year {
			out.Notices = noticesOf(t)
		}
	}
	for d := calendar.NewDay(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if name := cal.Holiday(d); name != "" || cal.Working(d) == weekend {
			out.Days = append(out.Days, wire.RestDay{Day: dateOf(d), Working: cal.Working(d), Name: some(name)})
		}
	}
	return c.JSON(http.StatusOK, out)
}

// ComputeDeadline finds the last day of a term and says how.
func (a *API) ComputeDeadline(c echo.Context, p wire.ComputeDeadlineParams) error {
	cal, err := a.Docket.Calendar(c.Request().Context())
	if err != nil {
		return err
	}
	due, err := cal.Answer(calendar.Asked{
		From: value(p.From), Before: value(p.Before), Term: p.Term, Roll: p.Roll == nil || *p.Roll,
		Suspended: value(p.Suspended), Extended: value(p.Extended), Cap: value(p.Cap), Travel: value(p.Travel),
	})
	var wrong *calendar.Fault
	if errors.As(err, &wrong) {
		return &fault{status: http.StatusBadRequest, code: "bad-parameter", field: wrong.Field, detail: casefile.Text{Zh: wrong.Zh, En: wrong.En}}
	}
	if err != nil {
		return err
	}
	why := docket.Steps(due.Steps)
	return c.JSON(http.StatusOK, wire.Computed{Day: dateOf(due.Day), Due: due.Due.Due, Provisional: due.Provisional, Why: wire.Why{Zh: why.Zh, En: why.En}})
}

func dateOf(d calendar.Day) openapi_types.Date { return openapi_types.Date{Time: d.Start(time.UTC)} }
