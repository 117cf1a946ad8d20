package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/spf13/cobra"

	"duban/dispatch"
	"duban/law/regimes"
	"duban/office"
	"duban/worker"
)

func (s *session) worker() *cobra.Command {
	c := &cobra.Command{
		Use:   "worker",
		Short: "Carry the cases: workflows, the sweep, and the sending of notices",
		Long: `Carry the cases until it is interrupted: workflows, the sweep, and the sending of notices. Any number
may run on one register. While Temporal is away it tries again.

It opens the visits of plans, so it needs the same --regimes as the API.

Without --smtp, and for recipients without an address, a notice is a line of the log.`,
		Example: `  duban worker
  duban worker --database postgres://duban@localhost/duban --temporal temporal:7233 --metrics-listen 0.0.0.0:9090
  duban worker --regimes /etc/duban/regimes
  duban worker --smtp mail.example:587 --smtp-from "督办 <duban@regulator.example>" --smtp-user duban --smtp-password-file smtp.secret`,
		Args: cobra.NoArgs,
	}
	databaseFlags(c)
	temporalFlags(c)
	mailFlags(c)
	regimesFlag(c)
	c.Flags().String("metrics-listen", "", "`HOST:PORT` to answer /metrics and /livez on (default: nowhere)")
	var notifier dispatch.Notifier
	var library *regimes.Library // a plan's visits are pinned here, not by the API
	check := func(c Config, log *slog.Logger) (err error) {
		if notifier, err = c.notifier(log); err != nil {
			return err
		}
		library, err = loadRegimes(c.Regimes)
		return err
	}
	c.RunE = s.on(needs{temporal: true, check: check}, func(ctx context.Context, _ *cobra.Command, _ []string, on stores) error {
		days, err := regimes.Calendar()
		if err != nil {
			return err
		}
		metrics := newMetrics()
		stop, err := serveMetrics(on.MetricsListen, metrics, on.log)
		if err != nil {
			return err
		}
		defer stop()
		law := office.New(on.register, library, days)
		return worker.Run(ctx, worker.Config{
			Client: on.temporal, Register: on.register, Calendar: days, Notifier: notifier, Metrics: metrics, Logger: on.log,
			Pinning: law.Pinning, Obligations: law.Obligations, Asker: law.Asker(),
		})
	})
	return c
}

// serveMetrics answers beside the work; without an address it does nothing.
func serveMetrics(address string, metrics *prometheus.Registry, log *slog.Logger) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics on %s: %w", address, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	log.Info("metrics answer", "address", listener.Addr().String())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics answer no more", "error", err)
		}
	}()
	return func() {
		if err := server.Close(); err != nil {
			log.Warn("stop answering for metrics", "error", err)
		}
		<-done
	}, nil
}

func mailFlags(c *cobra.Command) {
	c.Flags().String("smtp", "", "`HOST:PORT` of the mail server for notices (default: they go to the log)")
	c.Flags().String("smtp-from", "", "sender of notices, as \"Name <address>\"")
	c.Flags().String("smtp-user", "", "login at the mail server")
	c.Flags().String("smtp-password-file", "", "`FILE` of its password")
	c.Flags().String("smtp-tls", defaults.SMTPTLS, "required, implicit, opportunistic or none")
	c.Flags().String("portal", "", "`URL` of the tracking page, told in every letter")
}

// notifier is where notices go.
func (c Config) notifier(log *slog.Logger) (dispatch.Notifier, error) {
	lines := dispatch.Log{Logger: log}
	if c.SMTP == "" {
		return lines, nil
	}
	mail := dispatch.SMTPConfig{Address: c.SMTP, From: c.SMTPFrom, Username: c.SMTPUser, TLS: c.SMTPTLS, Portal: c.Portal}
	if c.SMTPPasswordFile != "" {
		var err error
		if mail.Password, err = secretIn(c.SMTPPasswordFile, "the mail server's password"); err != nil {
			return nil, err
		}
	}
	sender, err := dispatch.NewSMTP(mail)
	if err != nil {
		return nil, usage("%w", err)
	}
	return dispatch.ByAddress{Mail: sender, Other: lines}, nil
}
