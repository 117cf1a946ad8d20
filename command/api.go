package command

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"duban/api"
	"duban/docket"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
	"duban/workflows"
)

// grace is what requests under way have when the API stops.
const grace = 5 * time.Second

func (s *session) api() *cobra.Command {
	c := &cobra.Command{
		Use:   "api",
		Short: "Serve the API",
		Long: `Serve the API until it is interrupted. Filings and papers are taken while Temporal is away.

It answers /livez, /readyz, /metrics and /docs beside /v1. Any number may run on one register.`,
		Example: `  duban api
  duban api --database postgres://duban@localhost/duban --secret-file /etc/duban/secret --listen 0.0.0.0:8080 --temporal temporal:7233`,
		Args: cobra.NoArgs,
	}
	databaseFlags(c)
	temporalFlags(c)
	c.Flags().String("listen", defaults.Listen, "`HOST:PORT` to answer on")
	regimesFlag(c)
	c.Flags().String("metrics-listen", "", "`HOST:PORT` to answer /metrics on, and no longer beside the API")
	c.Flags().String("trusted-proxies", "", "addresses or networks of `PROXIES`, with commas between, whose X-Forwarded-For tells where a request comes from")
	c.Flags().Bool("public-limits", defaults.PublicLimits, "bound how much the public may file, from an address and in all")
	c.Flags().Bool("dev", false, "serve /dev/clock, by which anybody may move a stepped clock: only for trying out")
	c.RunE = s.on(needs{temporal: true}, func(ctx context.Context, _ *cobra.Command, _ []string, on stores) error {
		return serveAPI(ctx, on.Config, on.log, on.register, on.temporal)
	})
	return c
}

func serveAPI(ctx context.Context, c Config, log *slog.Logger, r *register.Register, temporal client.Client) error {
	days, err := regimes.Calendar()
	if err != nil {
		return err
	}
	if err := r.BringTables(ctx, "built-in", days.Tables()...); err != nil {
		return err
	}
	library, err := loadRegimes(c.Regimes)
	if err != nil {
		return err
	}
	desk, files, metrics := workflows.NewDesk(temporal), docket.New(r, days), newMetrics()
	courier := workflows.NewCourier(desk, workflows.Unheard(metrics))
	defer courier.Stop(grace)
	o := office.New(office.Options{
		Register: r, Docket: files, Regulations: jurisdiction.NewRegulations(library), Calendar: days, Desk: courier, Logger: log, Metrics: metrics,
	})
	options := api.Options{
		Office: o, Docket: files, Parts: o.Parts(desk.Health), Dev: c.Dev, Logger: log, Metrics: metrics,
		MetricsApart: c.MetricsListen != "", Proxies: strings.FieldsFunc(c.TrustedProxies, func(r rune) bool { return r == ',' || r == ' ' }),
	}
	if c.PublicLimits {
		options.Limits = api.PublicLimits
	}
	server, err := api.New(options)
	if err != nil {
		return usage("%w", err)
	}
	stop, err := serveMetrics(c.MetricsListen, metrics, log)
	if err != nil {
		return err
	}
	defer stop()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	log.Info("api answers", "address", listener.Addr().String(), "dev", c.Dev)
	return api.Serve(ctx, server, listener, grace)
}

// newMetrics is a registry that tells of the process too.
func newMetrics() *prometheus.Registry {
	m := prometheus.NewRegistry()
	m.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}
