// Package assembly is everything in one process: Temporal, the register, the worker and the API, on
// SQLite files in a data folder or on one PostgreSQL database.
package assembly

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"duban/api"
	"duban/dispatch"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
	"duban/standalone/temporalserver"
	"duban/worker"
	"duban/workflows"
)

// Config says where an installation stands. Only Data is needed.
type Config struct {
	Data     string            // folder of the secret and, without Database, of the databases
	Database string            // postgres://…: register and Temporal's stores on PostgreSQL
	Listen   string            // address of the API; empty: a free port of 127.0.0.1
	Clock    *register.Clock   // of a new register; nil: real time
	Dev      bool              // /dev/clock exists, the sweep looks often
	Notifier dispatch.Notifier // nil: notices stay in the outbox
	Logger   *slog.Logger

	Regimes map[string][]byte // regime files (name → text) beside the built-in ones

	Limits         api.Limits // of what the public may send; zero: none
	TrustedProxies []string   // whose X-Forwarded-For is believed

	Seed func(context.Context, *register.Register) error // fills a new register
}

// Assembly is a running installation.
type Assembly struct {
	Register *register.Register
	Client   client.Client

	folder   *folder
	single   *single
	temporal *temporalserver.Server
	listener net.Listener
	server   *echo.Echo
	courier  *workflows.Courier
	stop     context.CancelFunc
	running  sync.WaitGroup
	failed   chan error
}

const grace = 3 * time.Second // for requests under way when we stop

// Start builds what is missing and starts everything; when it returns, the API answers.
func Start(ctx context.Context, c Config) (h *Assembly, err error) {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	h = &Assembly{failed: make(chan error, 2)}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Stop())
			h = nil
		}
	}()
	if h.folder, err = openFolder(c.Data); err != nil {
		return h, err
	}
	if c.Database != "" {
		if h.single, err = lockDatabase(ctx, c.Database); err != nil {
			return h, err
		}
	}
	if err = h.openRegister(ctx, c); err != nil {
		return h, err
	}
	h.temporal, err = temporalserver.Start(ctx, temporalserver.Config{Dir: c.Data, DatabaseURL: c.Database, Logger: quieter(c.Logger)})
	if err != nil {
		return h, err
	}
	h.Client, err = client.NewLazyClient(client.Options{
		HostPort: h.temporal.Address(), Namespace: "duban", Logger: sdklog.NewStructuredLogger(quieter(c.Logger)),
		// gzip costs a tenth of the throughput and saves nothing on loopback
		ConnectionOptions: client.ConnectionOptions{GrpcCompression: &client.GrpcCompressionNone{}},
	})
	if err != nil {
		return h, fmt.Errorf("make Temporal's client: %w", err)
	}
	return h, h.open(c)
}

// quieter keeps the chatter of Temporal and its SDK below warnings out of the log.
func quieter(l *slog.Logger) *slog.Logger { return slog.New(warnings{l.Handler()}) }

type warnings struct{ slog.Handler }

func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }

func (h *Assembly) openRegister(ctx context.Context, c Config) error {
	secret, made, err := h.folder.secret()
	if err != nil {
		return err
	}
	url := c.Database
	if url == "" {
		url = "sqlite:" + filepath.Join(c.Data, "register.db")
	}
	config := register.Config{URL: url, Secret: secret, Logger: c.Logger}
	if c.Dev {
		config.Grace = sweepDev
	}
	if h.Register, err = register.Open(ctx, config); err != nil {
		return err
	}
	if err := h.Register.Migrate(ctx); errors.Is(err, register.ErrSecret) {
		return h.folder.another(made, err)
	} else if err != nil {
		return err
	}
	return h.prepare(ctx, c)
}

// prepare sets the clock and the demo bureau of a register that has no case yet. A kill between
// the two is mended by the next start.
func (h *Assembly) prepare(ctx context.Context, c Config) error {
	page, err := h.Register.Cases(ctx, register.CaseFilter{Limit: 1})
	if err != nil || len(page.Cases) > 0 {
		return err
	}
	clock, err := h.Register.Clock(ctx)
	if err != nil {
		return err
	}
	if c.Clock != nil && c.Clock.Mode != clock.Mode {
		if err := h.Register.SetClock(ctx, *c.Clock); err != nil {
			return err
		}
	}
	if c.Seed == nil {
		return nil
	}
	return c.Seed(ctx, h.Register)
}

// The sweep of an installation for trying out looks often, because a stepped clock has no timers.
const sweepDev = 50 * time.Millisecond

func (h *Assembly) open(c Config) error {
	cal, err := regimes.Calendar()
	if err != nil {
		return err
	}
	library, err := regimes.LoadWith(c.Regimes)
	if err != nil {
		return err
	}
	metrics := prometheus.NewRegistry()
	if err := h.openAPI(c, cal, library, metrics); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	config := worker.Config{Client: h.Client, Register: h.Register, Calendar: cal, Notifier: c.Notifier, Metrics: metrics, Logger: c.Logger, Regulations: jurisdiction.NewRegulations(library)}
	if c.Dev {
		config.Every = sweepDev
	}
	h.running.Go(func() { h.fail(worker.Run(ctx, config)) })
	h.running.Go(func() { h.fail(api.Serve(ctx, h.server, h.listener, grace)) })
	return nil
}

func (h *Assembly) openAPI(c Config, cal *calendar.Calendar, library *regimes.Library, metrics *prometheus.Registry) error {
	listen := c.Listen
	if listen == "" {
		listen = "127.0.0.1:0"
	}
	var err error
	if h.listener, err = net.Listen("tcp", listen); err != nil {
		return fmt.Errorf("listen on %s: %w", listen, err)
	}
	desk, files := workflows.NewDesk(h.Client), docket.New(h.Register, cal)
	h.courier = workflows.NewCourier(desk, workflows.Unheard(metrics))
	o := office.New(office.Options{
		Register: h.Register, Docket: files, Regulations: jurisdiction.NewRegulations(library), Calendar: cal, Desk: h.courier, Logger: c.Logger, Metrics: metrics,
	})
	h.server, err = api.New(api.Options{Office: o, Docket: files, Parts: o.Parts(desk.Health), Dev: c.Dev, Logger: c.Logger, Metrics: metrics, Limits: c.Limits, Proxies: c.TrustedProxies})
	return err
}

// URL is where the API answers.
func (h *Assembly) URL() string { return "http://" + h.listener.Addr().String() }

// TemporalAddress is the host and port of Temporal's frontend.
func (h *Assembly) TemporalAddress() string { return h.temporal.Address() }

func (h *Assembly) fail(err error) {
	if err != nil {
		h.failed <- err
	}
}

// Wait returns when ctx ends, or with the error of a part that gave up.
func (h *Assembly) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-h.failed:
		return err
	}
}

// Stop ends everything in order: the door, the worker, Temporal, the register. What was under
// way may finish; what was not is found again at the next start.
func (h *Assembly) Stop() error {
	var errs []error
	if h.stop != nil {
		h.stop()
		h.running.Wait()
		h.courier.Stop(grace)
	} else if h.listener != nil {
		errs = append(errs, h.listener.Close())
	}
	if h.Client != nil {
		h.Client.Close()
	}
	if h.temporal != nil {
		errs = append(errs, h.temporal.Stop())
	}
	if h.Register != nil {
		errs = append(errs, h.Register.Close())
	}
	if h.single != nil {
		errs = append(errs, h.single.close())
	}
	if h.folder != nil {
		errs = append(errs, h.folder.close())
	}
	return errors.Join(errs...)
}
