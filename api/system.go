package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"
)

// Live tells that the process answers, and nothing else: a restart mends no database.
func (a *API) Live(context.Context, LiveRequestObject) (LiveResponseObject, error) {
	return Live200JSONResponse{Status: HealthStatusOk, Parts: map[string]HealthParts{}}, nil
}

// patience is how long a part may take to answer for its health.
const patience = 2 * time.Second

// Ready asks every part at once and names those that fail.
func (a *API) Ready(ctx context.Context, _ ReadyRequestObject) (ReadyResponseObject, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	failures := make([]error, len(a.Parts))
	var asking sync.WaitGroup
	for i, p := range a.Parts {
		asking.Go(func() { failures[i] = p.Check(ctx) })
	}
	asking.Wait()
	health := Health{Status: HealthStatusOk, Parts: map[string]HealthParts{}}
	for i, p := range a.Parts {
		health.Parts[p.Name] = HealthPartsOk
		if failures[i] != nil {
			health.Status, health.Parts[p.Name] = HealthStatusFailed, HealthPartsFailed
			a.Logger.Warn("part not ready", "part", p.Name, "error", failures[i])
		}
	}
	if health.Status == HealthStatusOk {
		return Ready200JSONResponse(health), nil
	}
	return Ready503JSONResponse(health), nil
}

// GetClock shows the clock of the law.
func (a *API) GetClock(ctx context.Context, _ GetClockRequestObject) (GetClockResponseObject, error) {
	state, err := a.clock(ctx)
	return GetClock200JSONResponse(state), err
}

// StepClock moves a stepped clock on, then nudges what became due.
func (a *API) StepClock(ctx context.Context, r StepClockRequestObject) (StepClockResponseObject, error) {
	to := value(r.Body.To)
	if next := value(r.Body.ToNextDue); next == (r.Body.To != nil) {
		return nil, problem("missing-field").in("to") // exactly one of the two
	} else if next {
		s, err := a.House.State(ctx)
		if err != nil {
			return nil, err
		}
		if s.NextDue.IsZero() {
			return nil, ErrClock
		}
		to = s.NextDue
		if s.Now.After(to) { // due already: nothing to wait for
			to = s.Now
		}
	}
	if err := a.House.Step(ctx, to); err != nil {
		return nil, err
	}
	state, err := a.clock(ctx)
	return StepClock200JSONResponse(state), err
}

func (a *API) clock(ctx context.Context) (Clock, error) {
	s, err := a.House.State(ctx)
	if err != nil {
		return Clock{}, err
	}
	out := Clock{Mode: ClockMode(s.Mode), Now: s.Now, Unsettled: s.Unsettled}
	if !s.NextDue.IsZero() {
		out.NextDue = &s.NextDue
	}
	return out, nil
}

// ownOnly keeps the page from loading anything from elsewhere; its own script stands in the page.
const ownOnly = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

// documents serves the contract and a page to read it; both are built in.
func (a *API) documents(e *echo.Echo) {
	e.GET("/v1/openapi.yaml", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "application/yaml; charset=utf-8", openapi)
	})
	e.GET("/v1/openapi.json", func(c echo.Context) error {
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, a.contract.json)
	})
	page := v5emb.NewHandlerWithConfig(swgui.Config{Title: "Duban", SwaggerJSON: "/v1/openapi.yaml", BasePath: "/docs/"})
	e.GET("/docs", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/docs/") })
	e.GET("/docs/*", func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderContentSecurityPolicy, ownOnly)
		page.ServeHTTP(c.Response(), c.Request())
		return nil
	})
}
