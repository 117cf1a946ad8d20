package api

import (
	"time"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/law/calendar"
	"duban/office"
)

type metView struct {
	What   string       `json:"what"`
	Day    calendar.Day `json:"day"`
	Case   string       `json:"case"`
	Number string       `json:"number"`
	Entry  int          `json:"entry"`
	At     time.Time    `json:"at"`
}

// ListCooperation lists how an operator met its inspections.
func (a *API) ListCooperation(c echo.Context, id wire.CodeId, p wire.ListCooperationParams) error {
	return list(c, a, "cooperation", value(p.Cursor), p.Limit, func(after string, limit int) ([]metView, string, error) {
		all, next, err := a.Office.Cooperation(c.Request().Context(), whoOf(c), id, after, limit)
		return each(all, func(m office.Met) metView {
			return metView{What: m.What, Day: m.On, Case: m.Case, Number: m.Number, Entry: m.Entry, At: m.At}
		}), next, err
	})
}
