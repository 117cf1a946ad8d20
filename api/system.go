package api

import (
	"context"
	"embed"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"

	"duban/api/wire"
	"duban/office"
)

// Live tells that the process answers, and nothing else: a restart mends no database.
func (a *API) Live(c echo.Context) error {
	return c.JSON(http.StatusOK, wire.Health{Status: wire.HealthStatusOk, Parts: map[string]wire.HealthParts{}})
}

// patience is how long a part may take to answer for its health.
const patience = 2 * time.Second

// Ready asks every part at once and names those that fail.
func (a *API) Ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), patience)
	defer cancel()
	failures := make([]error, len(a.Parts))
	var asking sync.WaitGroup
	for i, p := range a.Parts {
		asking.Go(func() { failures[i] = p.Check(ctx) })
	}
	asking.Wait()
	health, status := wire.Health{Status: wire.HealthStatusOk, Parts: map[string]wire.HealthParts{}}, http.StatusOK
	for i, p := range a.Parts {
		health.Parts[p.Name] = wire.HealthPartsOk
		if failures[i] != nil {
			health.Status, health.Parts[p.Name], status = wire.HealthStatusFailed, wire.HealthPartsFailed, http.StatusServiceUnavailable
			a.Logger.Warn("part not ready", "part", p.Name, "error", failures[i])
		}
	}
	return c.JSON(status, health)
}

// GetClock shows the clock of the law.
func (a *API) GetClock(c echo.Context) error {
	s, err := a.Office.Clock(c.Request().Context())
	if err != nil {
		return err
	}
	out := wire.Clock{Mode: wire.ClockMode(s.Mode), Now: s.Now, Unsettled: s.Unsettled}
	if !s.NextDue.IsZero() {
		out.NextDue = &s.NextDue
	}
	return c.JSON(http.StatusOK, out)
}

// StepClock moves a stepped clock on, then nudges what became due.
func (a *API) StepClock(c echo.Context) error {
	ctx := c.Request().Context()
	var b wire.StepClockJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	to := value(b.To)
	if next := value(b.ToNextDue); next == (b.To != nil) {
		return problem("missing-field").in("to") // exactly one of the two
	} else if next {
		s, err := a.Office.Clock(ctx)
		if err != nil {
			return err
		}
		if s.NextDue.IsZero() {
			return office.ErrClock
		}
		to = s.NextDue
		if s.Now.After(to) { // due already: nothing to wait for
			to = s.Now
		}
	}
	if err := a.Office.Step(ctx, to); err != nil {
		return err
	}
	return a.GetClock(c)
}

// ownOnly lets the page load what is this door's own, and nothing from elsewhere or from within itself.
const ownOnly = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

//go:embed page
var page embed.FS

// documents serves the contract and a page to read it; both are built in.
func (a *API) documents(e *echo.Echo) {
	e.GET("/v1/openapi.yaml", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "application/yaml; charset=utf-8", openapi)
	})
	e.GET("/v1/openapi.json", func(c echo.Context) error {
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, a.contract.json)
	})
	parts := v5emb.NewHandlerWithConfig(swgui.Config{Title: "Duban", SwaggerJSON: "/v1/openapi.json", BasePath: "/docs/"})
	own := map[string]struct{ file, media string }{
		"/docs/": {"page/index.html", echo.MIMETextHTMLCharsetUTF8}, "/docs/start.js": {"page/start.js", "text/javascript; charset=utf-8"},
	}
	e.GET("/docs", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/docs/") })
	e.GET("/docs/*", func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderContentSecurityPolicy, ownOnly)
		if x, ok := own[c.Request().URL.Path]; ok {
			text, err := page.ReadFile(x.file)
			if err != nil {
				return err
			}
			return c.Blob(http.StatusOK, x.media, text)
		}
		parts.ServeHTTP(c.Response(), c.Request())
		return nil
	})
}
