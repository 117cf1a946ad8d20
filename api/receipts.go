package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/docket"
)

// TrackReceipt shows where a filing stands to who holds its number and pin, and nobody's data.
func (a *API) TrackReceipt(c echo.Context, number wire.Number, p wire.TrackReceiptParams) error {
	found, err := shown(a, number, p.DubanPin, whoOf(c).Address, func(number, pin string) (docket.Tracking, error) {
		return a.Docket.Track(c.Request().Context(), number, pin)
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, found)
}
