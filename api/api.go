// Package api is the door on HTTP for programs: routes, requests and problems, a thin coat over office and
// docket. The contract is openapi.yaml; package contract writes its acts and
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
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	"duban/docket"
	"duban/office"
)

//go:generate go run -C .. ./api/contract
//go:generate go tool -C ../tools oapi-codegen -config ../api/wire/wire.yaml ../api/openapi.yaml
//go:generate go tool -C ../tools oapi-codegen -config ../api/client/client.yaml ../api/openapi.yaml

// wrongKeysAtOnce is how many wrong keys an address may show; then one a second.
const wrongKeysAtOnce = 60

// Options is what an API is made of. Office and Docket must be there; the rest may be zero.
type Options struct {
	Office *office.Office
	Docket *docket.Docket
	Parts  []office.Part // of /readyz, in its order

	Dev bool // the routes under /dev exist

	Logger       *slog.Logger
	Metrics      *prometheus.Registry // to be served at /metrics; nil: one of its own
	MetricsApart bool                 // /metrics is served elsewhere, not here

	Limits  Limits   // of what the public may send; zero: none
	Proxies []string // addresses or networks of proxies whose X-Forwarded-For is believed; none: nobody's

	Deadline time.Duration // how long a request may take; zero: 4 s
}

// API answers requests. It is safe for use by many goroutines.
type API struct {
	Options

	contract *contract
	measures measures
	guesses  guesses
	filings  filings

	wrongKeys *buckets
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
	a := &API{Options: o, guesses: newGuesses(), filings: newFilings(o.Limits), wrongKeys: newBuckets(rate.Every(time.Second), wrongKeysAtOnce)}
	var err error
	if a.contract, err = newContract(); err != nil {
		return nil, err
	}
	a.measures = newMeasures(o.Metrics)

	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	if e.IPExtractor, err = addresses(o.Proxies); err != nil {
		return nil, err
	}
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

// addresses finds where a request comes from: the connection's other end, since a header would let clients
// choose their address, or, where that is a proxy of ours, what the proxy says.
func addresses(proxies []string) (echo.IPExtractor, error) {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect(), nil
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		one, err := netip.ParseAddr(p)
		if err == nil {
			p = netip.PrefixFrom(one, one.BitLen()).String()
		}
		_, network, err := net.ParseCIDR(p)
		if err != nil {
			return nil, fmt.Errorf("trusted proxy %q is no address and no network: %w", p, err)
		}
		trust = append(trust, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(trust...), nil
}
