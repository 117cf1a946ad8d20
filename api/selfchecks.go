package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
)

type selfCheckView struct {
	ID        string       `json:"id"`
	Operator  string       `json:"operator"`
	Day       calendar.Day `json:"day"`
	Inspector string       `json:"inspector"`
	Faults    int          `json:"faults"`
	Text      string       `json:"text,omitempty"`
	Received  time.Time    `json:"received"`
	Late      bool         `json:"late"`
}

func viewOfSelfCheck(s office.SelfCheck) selfCheckView {
	return selfCheckView{
		ID: s.ID, Operator: s.Operator, Day: s.Day, Inspector: s.Inspector, Faults: s.Faults, Text: s.Text, Received: s.Received, Late: s.Late,
	}
}

// FileSelfCheck takes an operator's check of itself.
func (a *API) FileSelfCheck(c echo.Context, p wire.FileSelfCheckParams) error {
	var b wire.FileSelfCheckJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	s, err := a.Office.FileSelfCheck(c.Request().Context(), whoOf(c), p.IdempotencyKey, office.SelfCheck{
		Day: dayIn(b.Day), Inspector: b.Inspector, Faults: b.Faults, Text: value(b.Text),
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, viewOfSelfCheck(s))
}

// ListSelfChecks lists the self-checks of an operator: its own, or those of one that the caller's
// authority supervises.
func (a *API) ListSelfChecks(c echo.Context, p wire.ListSelfChecksParams) error {
	read := func(after int64, limit int) ([]office.SelfCheck, error) {
		return a.Office.SelfChecks(c.Request().Context(), whoOf(c), value(p.Operator), after, limit)
	}
	return list(c, a, "self-checks", value(p.Cursor), p.Limit, bySerial(read, viewOfSelfCheck, func(s office.SelfCheck) int64 { return s.Serial }))
}

type alertView struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Title     casefile.Text `json:"title"`
	Authority string        `json:"authority"`
	Operator  string        `json:"operator"`
	Plan      string        `json:"plan"`
	Day       calendar.Day  `json:"day"`
	At        time.Time     `json:"at"`
}

// missed is the title of the one kind of alert.
var missed = casefile.Text{Zh: "未按日报送自查", En: "a daily self-check was missed"}

// ListAlerts lists the alerts to the authorities that the caller may see.
func (a *API) ListAlerts(c echo.Context, p wire.ListAlertsParams) error {
	read := func(after int64, limit int) ([]office.Alert, error) {
		return a.Office.Alerts(c.Request().Context(), whoOf(c), value(p.Authority), after, limit)
	}
	view := func(x office.Alert) alertView {
		return alertView{ID: x.ID, Name: x.Name, Title: missed, Authority: x.Authority, Operator: x.Operator, Plan: x.Plan, Day: x.Day, At: x.At}
	}
	return list(c, a, "alerts", value(p.Cursor), p.Limit, bySerial(read, view, func(x office.Alert) int64 { return x.Serial }))
}
