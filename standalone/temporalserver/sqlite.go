package temporalserver

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/headers"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema"
)

// ErrOtherVersion is returned for a SQLite file that another version of the Temporal server made. Temporal promises no
// upgrade of SQLite files, and none is needed: the register can start every workflow anew on an empty one.
var ErrOtherVersion = errors.New("made by another version of the Temporal server")

// stamp is our table beside Temporal's own; it names the version that made them.
const stamp = `CREATE TABLE duban_made_by (server_version TEXT NOT NULL);
INSERT INTO duban_made_by VALUES ('` + headers.ServerVersion + `');`

func prepareSQLite(ctx context.Context, dir string) (_ config.Persistence, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return config.Persistence{}, err
	}
	// SQLite reads the name as a URI: a '?' or '%' of the folder's name must not become part of its syntax.
	file := filepath.Join(dir, "temporal.db")
	name := (&url.URL{Path: file}).EscapedPath()
	db, err := sql.Open(sqliteplugin.PluginName, "file:"+name+"?_pragma=busy_timeout(10000)&_txlock=immediate")
	if err != nil {
		return config.Persistence{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := makeSQLite(ctx, db); err != nil {
		if errors.Is(err, ErrOtherVersion) {
			err = fmt.Errorf("%s was %w; this one is %s. Move %s* out of the way and start again: "+
				"every running case is then started anew from the register", file, err, headers.ServerVersion, file)
		}
		return config.Persistence{}, err
	}
	store := &config.SQL{
		PluginName:   sqliteplugin.PluginName,
		DatabaseName: name,
		ConnectAttributes: map[string]string{
			"mode":         "rw",
			"journal_mode": "wal",
			// A killed process loses nothing. A power cut may take the last moments; the register's sweep repeats them.
			"synchronous":  "normal",
			"busy_timeout": "10000",
		},
	}
	return stores(store, store), nil
}

// makeSQLite fills an empty file, in one transaction so that a kill leaves it empty, or checks the stamp of another.
func makeSQLite(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	var tables, stamped int
	const count = `SELECT count(*), count(*) FILTER (WHERE name = 'duban_made_by') FROM sqlite_master WHERE type = 'table'`
	if err := tx.QueryRowContext(ctx, count).Scan(&tables, &stamped); err != nil {
		return fmt.Errorf("read the tables: %w", err)
	}
	if tables > 0 {
		if stamped == 0 {
			return fmt.Errorf("%w, which left no stamp", ErrOtherVersion)
		}
		var version string
		if err := tx.QueryRowContext(ctx, `SELECT server_version FROM duban_made_by`).Scan(&version); err != nil {
			return fmt.Errorf("read the version stamp: %w", err)
		}
		if version != headers.ServerVersion {
			return fmt.Errorf("%w: %s", ErrOtherVersion, version)
		}
		return nil
	}
	for _, part := range []string{"temporal", "visibility"} {
		script, err := fs.ReadFile(schema.Assets(), "sqlite/v3/"+part+"/schema.sql")
		if err != nil {
			return fmt.Errorf("read Temporal's SQLite schema: %w", err)
		}
		if _, err := tx.ExecContext(ctx, string(script)); err != nil {
			return fmt.Errorf("make Temporal's %s tables: %w", part, err)
		}
	}
	if _, err := tx.ExecContext(ctx, stamp); err != nil {
		return fmt.Errorf("stamp the file: %w", err)
	}
	return tx.Commit()
}
