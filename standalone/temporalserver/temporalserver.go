// Package temporalserver runs one Temporal server inside this process, on SQLite files or on PostgreSQL.
package temporalserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/metrics"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

// Config says where a server keeps its data and what it offers. Only Dir or DatabaseURL is needed.
type Config struct {
	// Dir is the folder of the SQLite file temporal.db, made when missing. Used when DatabaseURL is empty.
	Dir string
	// DatabaseURL (postgres://…) puts Temporal's stores on PostgreSQL, into the schemas temporal and temporal_visibility
	// of that database. User, password, host (a folder means a unix socket), port and all parameters that pgx knows count.
	DatabaseURL string
	// Host is the loopback address to listen on, 127.0.0.1 when empty. Another is refused: nobody has to log in here.
	Host string
	// Port is the port of the gRPC frontend; 0 takes a free one.
	Port int
	// Namespace is registered at start; "duban" when empty.
	Namespace string
	// Retention is how long a closed workflow's history is kept, 90 days when zero. It is applied at every start.
	Retention time.Duration
	// SearchAttributes are the custom search attributes of the namespace. New ones are added at start, none is removed.
	SearchAttributes map[string]enumspb.IndexedValueType
	// Logger gets Temporal's own log; nil means warnings and errors on standard error.
	Logger *slog.Logger
}

// Server is a running Temporal server.
type Server struct {
	inner   temporal.Server
	address string
	log     logger
}

// Start makes or upgrades the store, registers the namespace and starts the server. When it returns, the namespace can be
// used. ctx bounds the start only. A data folder made by another version of the server is refused with ErrOtherVersion.
func Start(ctx context.Context, c Config) (*Server, error) {
	c.Host = cmp.Or(c.Host, "127.0.0.1")
	c.Namespace = cmp.Or(c.Namespace, "duban")
	c.Retention = cmp.Or(c.Retention, 90*24*time.Hour)
	if c.Logger == nil {
		c.Logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if ip := net.ParseIP(c.Host); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("start Temporal: host %q is not a loopback address such as 127.0.0.1, and the server asks nobody who they are", c.Host)
	}

	stores, err := prepare(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("prepare Temporal's store: %w", err)
	}
	log := newLogger(c.Logger)
	if err := registerNamespace(ctx, c, stores, log); err != nil {
		return nil, fmt.Errorf("register Temporal namespace %s: %w", c.Namespace, err)
	}
	chosen, err := chooseAddresses(c.Host, c.Port)
	if err != nil {
		return nil, fmt.Errorf("choose Temporal's ports: %w", err)
	}

	inner, err := temporal.NewServer(
		temporal.WithConfig(serverConfig(stores, chosen)),
		temporal.ForServices(services),
		temporal.WithStaticHosts(chosen.hosts()),
		temporal.WithDynamicConfigClient(dynamicSettings),
		temporal.WithLogger(log),
		temporal.WithCustomMetricsHandler(metrics.NoopMetricsHandler),
	)
	if err != nil {
		return nil, fmt.Errorf("build Temporal server: %w", err)
	}
	if err := inner.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start Temporal server: %w", err), inner.Stop())
	}
	s := &Server{inner: inner, address: chosen[primitives.FrontendService].String(), log: log}
	if err := s.wait(ctx, c); err != nil {
		return nil, errors.Join(fmt.Errorf("wait for Temporal's frontend: %w", err), s.Stop())
	}
	return s, nil
}

// Address is the host and port of the gRPC frontend.
func (s *Server) Address() string { return s.address }

// Stop ends the server; workers and clients of this process should be stopped before. It may be called once. The file
// temporal.db stays open until the process ends, because Temporal's SQLite driver never closes it.
func (s *Server) Stop() error {
	s.log.mute()
	if err := s.inner.Stop(); err != nil {
		return fmt.Errorf("stop Temporal server: %w", err)
	}
	return nil
}

// wait returns when the frontend answers for the namespace: a count that finds nothing reaches its store too.
func (s *Server) wait(ctx context.Context, c Config) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	frontend, err := client.DialContext(ctx, client.Options{
		HostPort:  s.address,
		Namespace: c.Namespace,
		Logger:    c.Logger,
	})
	if err != nil {
		return err
	}
	defer frontend.Close()
	_, err = frontend.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Query: "WorkflowId = ''"})
	return err
}

// prepare makes the store that c asks for, or brings it up to date, and tells Temporal where it is.
func prepare(ctx context.Context, c Config) (config.Persistence, error) {
	if c.DatabaseURL != "" {
		return preparePostgreSQL(ctx, c.DatabaseURL)
	}
	if c.Dir == "" {
		return config.Persistence{}, errors.New("neither a data folder nor a database is given")
	}
	return prepareSQLite(ctx, c.Dir)
}

// chooseAddresses takes the given frontend port (0: a free one) and a free port for each inner service. Temporal opens
// its listeners itself and ends the process when it cannot, so a port in use is found out here.
func chooseAddresses(host string, frontend int) (addresses, error) {
	chosen := addresses{}
	for _, name := range services {
		wanted := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}
		if name == string(primitives.FrontendService) {
			wanted = &net.TCPAddr{IP: net.ParseIP(host), Port: frontend}
		}
		listener, err := net.ListenTCP("tcp", wanted)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		// Held until all are chosen, or the same port could come twice.
		defer listener.Close()
		chosen[primitives.ServiceName(name)] = listener.Addr().(*net.TCPAddr)
	}
	return chosen, nil
}
