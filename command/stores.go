package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"duban/docket"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
)

func databaseFlags(c *cobra.Command) {
	c.Flags().String("database", defaults.Database, "the register: postgres://… or sqlite:`FILE`")
	c.Flags().String("secret-file", defaults.SecretFile, "`FILE` of the register's secret: 16 bytes or more, the same for ever")
}

func temporalFlags(c *cobra.Command) {
	c.Flags().String("temporal", "", "`HOST:PORT` of Temporal (default 127.0.0.1:7233)")
	c.Flags().String("namespace", defaults.Namespace, "Temporal's namespace")
}

// stores is what a command on the register works with.
type stores struct {
	Config
	log      *slog.Logger
	register *register.Register
	temporal client.Client // nil unless the command needs it
}

// needs says what a command wants of the stores.
type needs struct {
	anySchema bool // the register's schema may be another than this program's
	temporal  bool
	check     func(Config, *slog.Logger) error // of the settings, before anything is opened
}

// on opens the stores for a command, and closes them behind it.
func (s *session) on(n needs, f func(ctx context.Context, c *cobra.Command, args []string, on stores) error) func(*cobra.Command, []string) error {
	return s.run(func(ctx context.Context, c *cobra.Command, args []string) (err error) {
		var on stores
		if on.Config, err = s.config(c); err != nil {
			return err
		}
		if on.log, err = s.logger(on.Config); err != nil {
			return err
		}
		if n.check != nil {
			if err := n.check(on.Config, on.log); err != nil {
				return err
			}
		}
		if n.temporal {
			if on.temporal, err = s.temporal(on.Config, on.log); err != nil {
				return err
			}
			defer on.temporal.Close()
		}
		if on.register, err = s.register(ctx, on.Config, on.log, !n.anySchema); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, on.register.Close()) }()
		return f(ctx, c, args, on)
	})
}

// office is what the installation's use cases are asked of, without anybody who carries cases on: for what an
// administrator does to the register alone.
func (on stores) office() (*office.Office, error) {
	days, err := regimes.Calendar()
	if err != nil {
		return nil, err
	}
	library, err := regimes.Load()
	if err != nil {
		return nil, err
	}
	return office.New(office.Options{Register: on.register, Docket: docket.New(on.register, days), Regulations: jurisdiction.NewRegulations(library), Logger: on.log}), nil
}

// register opens the register of the settings; checked says whether its schema must fit.
func (s *session) register(ctx context.Context, c Config, log *slog.Logger, checked bool) (*register.Register, error) {
	secret, err := secretIn(c.SecretFile, "the register's secret")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w\nA new register needs a new secret (openssl rand -hex 32 > %s); one in use needs its own, or no receipt's pin fits any more", err, c.SecretFile)
	}
	if err != nil {
		return nil, err
	}
	r, err := register.Open(ctx, register.Config{URL: c.Database, Secret: []byte(secret), Logger: log})
	if err != nil || !checked {
		return r, err
	}
	if err := r.CheckSchema(ctx); err != nil {
		if errors.Is(err, register.ErrSchema) {
			err = fmt.Errorf("%w (see duban migrate --help)", err)
		}
		return nil, errors.Join(err, r.Close())
	}
	if err := r.CheckSecret(ctx); err != nil {
		return nil, errors.Join(c.named(err), r.Close())
	}
	return r, nil
}

// named tells which secret was the wrong one.
func (c Config) named(err error) error {
	if errors.Is(err, register.ErrSecret) {
		return fmt.Errorf("open the register with %s: %w", c.SecretFile, err)
	}
	return err
}

const temporalAddress = "127.0.0.1:7233"

// temporal is a client that connects when it is first used: Temporal may be away at the start.
func (s *session) temporal(c Config, logger *slog.Logger) (client.Client, error) {
	address := c.Temporal
	if address == "" {
		address = temporalAddress
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, usage("temporal: %w", err)
	}
	options := client.Options{HostPort: address, Namespace: c.Namespace, Logger: log.NewStructuredLogger(logger)}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		options.ConnectionOptions.GrpcCompression = &client.GrpcCompressionNone{} // on loopback it costs a tenth and saves nothing
	}
	made, err := client.NewLazyClient(options)
	if err != nil {
		return nil, fmt.Errorf("make a client of Temporal: %w", err)
	}
	return made, nil
}
