package register

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema to the newest version, making it if need be. Several processes may
// call it at once. ErrSecret before anything is changed.
func (r *Register) Migrate(ctx context.Context) error {
	if known, err := r.hasTable(ctx, secretRow{}.TableName()); err != nil {
		return err
	} else if known {
		if err := r.CheckSecret(ctx); err != nil {
			return err
		}
	}
	if !r.sqlite() {
		// The name was checked against schemaName: it can't carry anything but itself.
		if _, err := r.pool.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+r.schema); err != nil {
			return fmt.Errorf("make schema %s: %w", r.schema, cannotNow(err))
		}
	}
	p, err := r.provider()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the register: %w", cannotNow(err))
	}
	return r.CheckSecret(ctx)
}

func (r *Register) hasTable(ctx context.Context, name string) (bool, error) {
	query := "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ?"
	if r.sqlite() {
		query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
	}
	var n int
	if err := r.db.WithContext(ctx).Raw(query, name).Scan(&n).Error; err != nil {
		return false, fmt.Errorf("check the register's schema: %w", err)
	}
	return n > 0, nil
}

// CheckSchema returns ErrSchema unless the schema is exactly at the newest migration that this
// program knows.
func (r *Register) CheckSchema(ctx context.Context) error {
	p, err := r.provider()
	if err != nil {
		return err
	}
	sources := p.ListSources()
	want := sources[len(sources)-1].Version
	made, err := r.hasTable(ctx, "goose_db_version")
	if err != nil {
		return err
	}
	if !made {
		return fmt.Errorf("%w: there is none; run migrate", ErrSchema)
	}
	var have int64
	newest := "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied"
	if err := r.pool.QueryRowContext(ctx, newest).Scan(&have); err != nil {
		return fmt.Errorf("check the register's schema: %w", cannotNow(err))
	}
	if have != want {
		return fmt.Errorf("%w: it has version %d, this program needs %d", ErrSchema, have, want)
	}
	return nil
}

// unhurried lets the statements of a migration take as long as a large register makes them: goose
// hands the locker the connection on which they run.
type unhurried struct{ lock.SessionLocker }

func (u unhurried) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "SET statement_timeout = 0"); err != nil {
		return err
	}
	return u.SessionLocker.SessionLock(ctx, conn)
}

func (u unhurried) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "RESET statement_timeout")
	return errors.Join(u.SessionLocker.SessionUnlock(ctx, conn), err)
}

func (r *Register) provider() (*goose.Provider, error) {
	dialect, folder := goose.DialectPostgres, "migrations/postgres"
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(r.filling())}
	if r.sqlite() {
		dialect, folder = goose.DialectSQLite3, "migrations/sqlite"
	} else {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, fmt.Errorf("read migrations: %w", err)
		}
		options = append(options, goose.WithSessionLocker(unhurried{locker}))
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	p, err := goose.NewProvider(dialect, r.pool, files, options...)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}
