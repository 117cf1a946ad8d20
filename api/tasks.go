package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/docket"
	"duban/office"
)

// ListTasks lists what must be done, by its legal end.
func (a *API) ListTasks(c echo.Context, p wire.ListTasksParams) error {
	ctx, who := c.Request().Context(), whoOf(c)
	q := office.TaskQuery{Of: office.Mine, Cursor: value(p.Cursor), Limit: limitOf(p.Limit)}
	if p.Of != nil {
		q.Of = office.Whose(*p.Of)
	}
	var err error
	if q.Until, err = a.instant("until", value(p.Until), true); err != nil {
		return err
	}
	if formatOf(c) == formats[0] {
		page, err := a.Office.Tasks(ctx, who, q)
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, page)
	}
	return list(c, a, "tasks", q.Cursor, p.Limit, func(after string, limit int) ([]docket.Task, string, error) {
		q.Cursor, q.Limit = after, limit
		page, err := a.Office.Tasks(ctx, who, q)
		return page.Items, page.Next, err
	})
}
