package api

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"
)

// The times of a request. Each is shorter than the next, so that who asks is answered by us, with a
// problem document, and not by a connection that the server cuts:
// a lock or a busy database (3 s, register) < a request (Deadline) < what the server gives an answer
// (WriteTimeout). Within a request an act waits for its verdict (office, ActTimeout) for less long than the
// request may take, so that there is time to read the verdict from its row.
//
// What a client can rely on: 503 says nothing of what became of the request. A filing, a paper or an
// act may have been committed although its answer is 503, or got lost. The same Idempotency-Key with
// the same content gives the receipt or the entry that there is, and makes it if there is none: once.
const (
	defaultDeadline = 4 * time.Second
	writeTimeout    = time.Minute
)

// inTime gives what a request asks for its deadline, with what it asked to wait besides. The time
// begins here, behind the reading of the body, which takes a slow line longer.
func (a *API) inTime(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), a.Deadline+preferredWait(c.Request().Header.Values("Prefer")))
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}
