package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"duban/api"
	"duban/dispatch"
	"duban/law/regimes"
	"duban/register"
	"duban/standalone/assembly"
	"duban/standalone/cast"
)

// runOptions are the flags of the run.
type runOptions struct {
	data, database, listen, clock string
	databaseFile                  string
	proxies                       []string
	regimes                       string
	smtp, smtpFrom, smtpTLS       string
	dev, empty, verbose           bool
}

func runCommand() *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "standalone",
		Short: "Run the whole installation in one process",
		Long: "Run Temporal, the register, the worker and the API in one process.\n" +
			"The data are SQLite files in the data folder, or one PostgreSQL database (--database).",
		Example: "  standalone --data ./data\n" +
			"  standalone --database 'postgres://duban@127.0.0.1/duban'\n" +
			"  standalone --data /tmp/try --clock stepped --dev",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.settle(cmd); err != nil {
				return err
			}
			return run(cmd.Context(), cmd.OutOrStdout(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.data, "data", "./data", "folder of the secret, the demo keys and the SQLite files")
	f.StringVar(&o.database, "database", "", "postgres://… : the register and Temporal's stores on PostgreSQL")
	f.StringVar(&o.databaseFile, "database-file", "", "file that holds the address of the database, so that no password stands in a list of processes")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address of the API; nothing listens beyond 127.0.0.1 unless told here")
	f.StringSliceVar(&o.proxies, "trusted-proxies", nil, "addresses or networks of proxies whose X-Forwarded-For tells where a request comes from")
	f.StringVar(&o.regimes, "regimes", "", "folder of regime files (*.yaml) to read beside the built-in ones")
	f.StringVar(&o.clock, "clock", "real", "of a new register: real, stepped (moves only by POST /dev/clock), or real time for a legal day, as 1s")
	f.StringVar(&o.smtp, "smtp", "", "host:port of the mail server; empty: notices go to the log only")
	f.StringVar(&o.smtpFrom, "smtp-from", "", "sender's address of the notices")
	f.StringVar(&o.smtpTLS, "smtp-tls", "", "how the mail server is reached; empty: TLS is required")
	f.BoolVar(&o.dev, "dev", false, "for trying out: /dev/clock exists")
	f.BoolVar(&o.empty, "empty", false, "no demo bureau in a new register; make authorities and keys with duban")
	f.BoolVar(&o.verbose, "verbose", false, "log every notice and request, not only warnings")
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	return cmd
}

// settle fills in what no flag says from variables (DUBAN_LISTEN for --listen), and reads the file of the
// database's address.
func (o *runOptions) settle(cmd *cobra.Command) error {
	var wrong error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := "DUBAN_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if said, ok := os.LookupEnv(name); ok && !f.Changed && wrong == nil {
			if err := f.Value.Set(said); err != nil {
				wrong = usageError{fmt.Errorf("%s: %w", name, err)}
			}
		}
	})
	if wrong != nil || o.databaseFile == "" {
		return wrong
	}
	if o.database != "" {
		return usageError{errors.New("--database and --database-file: only one of them")}
	}
	text, err := os.ReadFile(o.databaseFile)
	if err != nil {
		return fmt.Errorf("read the database's address: %w", err)
	}
	o.database = strings.TrimSpace(string(text))
	return nil
}

func run(ctx context.Context, out io.Writer, o runOptions) error {
	clock, err := clockOf(o.clock, o.dev)
	if err != nil {
		return err
	}
	logger := newLogger(o.verbose)
	notifier, err := notifierOf(o, logger)
	if err != nil {
		return err
	}
	rules, err := regimes.ReadFolder(o.regimes)
	if err != nil {
		return err
	}
	keys := keyring{data: o.data}
	config := assembly.Config{
		Data: o.data, Database: o.database, Listen: o.listen, Clock: clock, Dev: o.dev, Regimes: rules, Notifier: notifier, Logger: logger,
		Limits: api.PublicLimits, TrustedProxies: o.proxies,
	}
	if !o.empty {
		config.Seed = keys.seed
	}
	began := time.Now()
	h, err := assembly.Start(ctx, config)
	if err != nil {
		return err
	}
	if err := keys.greet(out, o.database, h.URL(), h.TemporalAddress(), time.Since(began)); err != nil {
		return err
	}
	err = h.Wait(ctx)
	fmt.Fprintln(out, "stopping")
	if stopped := h.Stop(); err == nil {
		err = stopped
	}
	return err
}

// clockOf reads --clock. Only for trying out may the law's clock be another than the real one.
func clockOf(s string, dev bool) (*register.Clock, error) {
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	switch s {
	case "real":
		return nil, nil
	case "stepped":
		if !dev {
			return nil, usageError{fmt.Errorf("--clock %s is for trying out: add --dev", s)}
		}
		return &register.Clock{Mode: register.Stepped, AnchorLegal: start}, nil
	}
	day, err := time.ParseDuration(s)
	if err != nil || day < time.Second || day%time.Second != 0 || day > 24*time.Hour {
		return nil, usageError{fmt.Errorf("--clock %s: real, stepped, or whole seconds for a legal day, at least 1s", s)}
	}
	if !dev {
		return nil, usageError{fmt.Errorf("--clock %s is for trying out: add --dev", s)}
	}
	return &register.Clock{Mode: register.Rate, AnchorLegal: start, Rate: int64(day / time.Second)}, nil
}

func newLogger(verbose bool) *slog.Logger {
	level := slog.LevelWarn
	if verbose {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

func notifierOf(o runOptions, logger *slog.Logger) (dispatch.Notifier, error) {
	log := dispatch.Log{Logger: logger}
	if o.smtp == "" {
		return log, nil
	}
	mail, err := dispatch.NewSMTP(dispatch.SMTPConfig{Address: o.smtp, From: o.smtpFrom, TLS: o.smtpTLS})
	if err != nil {
		return nil, usageError{err}
	}
	return dispatch.ByAddress{Mail: mail, Other: log}, nil
}

// keyring keeps the demo keys beside the data, so that they can be shown at every start.
type keyring struct {
	data string
}

func (k keyring) seed(ctx context.Context, r *register.Register) error {
	if known, err := cast.Load(k.data); err != nil || len(known) > 0 {
		return err
	}
	keys, err := cast.Seed(ctx, r)
	if err != nil {
		return err
	}
	return cast.Save(k.data, keys)
}

func (k keyring) greet(out io.Writer, database, url, temporal string, took time.Duration) error {
	keys, err := cast.Load(k.data)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Duban is up at %s (docs at %s/docs, Temporal at %s) after %s\n", url, url, temporal, took.Round(10*time.Millisecond))
	register := "postgres://…" // its password is not for the screen
	if database == "" {
		register = "sqlite:" + filepath.Join(k.data, "register.db")
	}
	fmt.Fprintf(out, "Commands of duban find this register by --database '%s' --secret-file '%s'\n", register, filepath.Join(k.data, "secret"))
	if len(keys) == 0 {
		return nil
	}
	fmt.Fprintln(out, "\nDemo keys:")
	for _, p := range cast.People() {
		fmt.Fprintf(out, "  %-15s %-36s %s\n", p.Name, p.Title, keys[p.Name])
	}
	fmt.Fprintf(out, `
Try:
  curl -s %[1]s/v1/complaints -H 'Content-Type: application/json' -H 'Idempotency-Key: try-filing' -d '{"operator":"liaohai-telecom","dispute":"fee","subject":"话费多计","text":"三月账单多计五十元。","eventOn":"%[3]s","complainantName":"张三","complainantPhone":"13800000000"}'
  curl -s '%[1]s/v1/complaints?open=true' -H 'Authorization: Bearer %[2]s'
  curl -s %[1]s/v1/complaints/ID/accept -X POST -H 'Authorization: Bearer %[2]s' -H 'Idempotency-Key: try-accept' -H 'Content-Type: application/json' -d '{}'

Ctrl-C stops.
`, url, keys["officer"], time.Now().AddDate(0, 0, -10).Format(time.DateOnly))
	return nil
}
