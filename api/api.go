// Package api is the house's door on HTTP: routes, requests, problems and who may, over small
// interfaces (house.go). The contract is openapi.yaml; package contract writes its acts and
// papers from the catalogue of casefile, and the validator reads it, so that no handler sees a
// body that the contract does not allow.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"duban/law/casefile"
)

//go:generate go run -C .. ./api/contract
//go:generate go tool -C ../tools oapi-codegen -config ../api/server.yaml ../api/openapi.yaml
//go:generate go tool -C ../tools oapi-codegen -config ../api/client/client.yaml ../api/openapi.yaml

// Part is a part of the house whose health /readyz tells.
type Part struct {
	Name  string
	Check func(ctx context.Context) error
}

// Options is what an API is made of. House and Desk must be there; the rest may be zero.
type Options struct {
	House House
	Desk  Desk
	Parts []Part // of /readyz, in its order

	Dev bool // the routes under /dev exist

	Logger  *slog.Logger
	Metrics *prometheus.Registry // to be served at /metrics; nil: one of its own

	Deadline   time.Duration // how long a request may take; zero: 4 s
	ActTimeout time.Duration // how long an act may wait for its verdict, less than Deadline; zero: 3 s
}

// API answers requests. It is safe for use by many goroutines.
type API struct {
	Options

	contract *contract
	measures measures
	titles   titles
	nudges   chan struct{} // bounds the nudges under way
	guesses  guesses
	acting   queues // by case
}

// New makes the API's server. An error means that its contract is broken.
func New(o Options) (*echo.Echo, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Metrics == nil {
		o.Metrics = prometheus.NewRegistry()
	}
	if o.Deadline == 0 {
		o.Deadline = defaultDeadline
	}
	if o.ActTimeout == 0 {
		o.ActTimeout = defaultActTimeout
	}
	a := &API{Options: o, titles: newTitles(), nudges: make(chan struct{}, 64)}
	var err error
	if a.contract, err = newContract(); err != nil {
		return nil, err
	}
	a.measures = newMeasures(o.Metrics)

	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect() // a header would let clients choose their address
	e.HTTPErrorHandler = a.answerError
	e.Server.ReadHeaderTimeout = 5 * time.Second
	e.Server.ReadTimeout = 30 * time.Second
	e.Server.WriteTimeout = writeTimeout
	e.Server.IdleTimeout = 2 * time.Minute
	e.Server.ErrorLog = slog.NewLogLogger(o.Logger.Handler(), slog.LevelWarn)
	e.Use(a.observe, a.guard)
	if err := a.route(e); err != nil {
		return nil, err
	}
	return e, nil
}

// Serve answers on l until ctx ends, then lets running requests finish for at most grace.
func Serve(ctx context.Context, e *echo.Echo, l net.Listener, grace time.Duration) error {
	failed := make(chan error, 1)
	e.Listener = l
	go func() { failed <- e.Start("") }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve the api: %w", err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := e.Shutdown(ending); err != nil {
		return fmt.Errorf("stop the api: %w", errors.Join(err, e.Close()))
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the api: %w", err)
	}
	return nil
}

// nudge tells the desk that a case has mail. It does not wait: a nudge that fails, or finds too
// many others under way, is only counted, because the sweep will look (architecture §3.7).
func (a *API) nudge(ctx context.Context, kind casefile.Kind, id, name, paper string) {
	signal := "paper"
	if name == "appeal" {
		signal = "appeal"
	}
	select {
	case a.nudges <- struct{}{}:
	default:
		a.measures.nudgesFailed.Inc()
		return
	}
	ctx = context.WithoutCancel(ctx)
	go func() {
		defer func() { <-a.nudges }()
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		if err := a.Desk.Look(ctx, kind, id, signal, paper); err != nil {
			a.measures.nudgesFailed.Inc()
		}
	}()
}
