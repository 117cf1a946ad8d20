package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
)

// TrackReceipt shows where a filing stands to who holds its number and pin, and nobody's data.
func (a *API) TrackReceipt(c echo.Context, number wire.Number, p wire.TrackReceiptParams) error {
	found, err := a.track(c.Request().Context(), number, p.DubanPin, whoOf(c).Address)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, found)
}
