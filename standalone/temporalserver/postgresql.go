package temporalserver

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	"go.temporal.io/server/schema"
)

// connections is the number per service and store. Fewer make acts wait under load, and idle ones cost little.
const connections = 20

// upgradeLock keeps two processes from upgrading the same database at once. The number means nothing.
const upgradeLock = 7233_2001

func preparePostgreSQL(ctx context.Context, database string) (config.Persistence, error) {
	parsed, err := pgx.ParseConfig(database)
	if err != nil {
		return config.Persistence{}, err // pgx leaves the password out
	}
	given, err := url.Parse(database)
	if err != nil || given.Scheme != "postgres" && given.Scheme != "postgresql" {
		return config.Persistence{}, errors.New("the database is not a postgres:// URL")
	}
	main := sqlStore(parsed, given.Query(), "temporal")
	visibility := sqlStore(parsed, given.Query(), "temporal_visibility")

	conn, err := pgx.ConnectConfig(ctx, parsed)
	if err != nil {
		return config.Persistence{}, err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // all that counts is committed
	if err := upgradePostgreSQL(ctx, conn, main.DatabaseName); err != nil {
		return config.Persistence{}, err
	}
	return stores(main, visibility), nil
}

// sqlStore says how Temporal reaches one schema. Temporal puts a URL together again without escaping the user, so all
// but the database's name travels as parameters.
func sqlStore(parsed *pgx.ConnConfig, parameters url.Values, schema string) *config.SQL {
	attributes := map[string]string{"sslmode": "prefer"} // pgx's own default; Temporal's would be "disable"
	for name := range parameters {
		attributes[name] = parameters.Get(name)
	}
	attributes["user"] = parsed.User
	attributes["password"] = parsed.Password
	attributes["host"] = parsed.Host
	attributes["port"] = strconv.Itoa(int(parsed.Port))
	attributes["search_path"] = schema
	return &config.SQL{
		PluginName:        postgresql.PluginNamePGX,
		DatabaseName:      url.PathEscape(parsed.Database),
		ConnectAttributes: attributes,
		MaxConns:          connections,
		MaxIdleConns:      connections,
		MaxConnLifetime:   time.Hour,
	}
}

// upgradePostgreSQL brings both schemas to the newest version the server module carries, in one transaction: a kill
// leaves the version before. databaseName is what Temporal looks its version up by.
func upgradePostgreSQL(ctx context.Context, conn *pgx.Conn, databaseName string) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", upgradeLock); err != nil {
			return fmt.Errorf("wait for another upgrade: %w", err)
		}
		// Temporal's script would put the extension into the schema of its own that comes first.
		if _, err := tx.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public"); err != nil {
			return fmt.Errorf("make the extension btree_gin: %w", err)
		}
		for part, schema := range map[string]string{"temporal": "temporal", "visibility": "temporal_visibility"} {
			if err := upgradeSchema(ctx, tx, part, schema, databaseName); err != nil {
				return fmt.Errorf("upgrade schema %s: %w", schema, err)
			}
		}
		return nil
	})
}

// versionTables are those that Temporal's own tool makes before it applies the first version.
const versionTables = `
CREATE TABLE IF NOT EXISTS schema_version (version_partition INT NOT NULL, db_name VARCHAR(255) NOT NULL,
	creation_time TIMESTAMP, curr_version VARCHAR(64), min_compatible_version VARCHAR(64), PRIMARY KEY (version_partition, db_name));
CREATE TABLE IF NOT EXISTS schema_update_history (version_partition INT NOT NULL, year INT NOT NULL, month INT NOT NULL,
	update_time TIMESTAMP NOT NULL, description VARCHAR(255), manifest_md5 VARCHAR(64), new_version VARCHAR(64), old_version VARCHAR(64),
	PRIMARY KEY (version_partition, year, month, update_time));`

func upgradeSchema(ctx context.Context, tx pgx.Tx, part, schema, databaseName string) error {
	for _, statement := range []string{
		"CREATE SCHEMA IF NOT EXISTS " + schema,
		"SET LOCAL search_path TO " + schema,
		"SET LOCAL client_min_messages TO warning",
		versionTables,
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	present := "0.0"
	err := tx.QueryRow(ctx, "SELECT curr_version FROM schema_version WHERE version_partition = 0 AND db_name = $1", databaseName).Scan(&present)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("read its version: %w", err)
	}
	steps, err := schemaSteps("postgresql/v12/" + part + "/versioned")
	if err != nil {
		return err
	}
	for _, step := range steps {
		if compareVersions(step.CurrVersion, present) <= 0 {
			continue
		}
		if err := step.apply(ctx, tx, present, databaseName); err != nil {
			return fmt.Errorf("version %s: %w", step.CurrVersion, err)
		}
		present = step.CurrVersion
	}
	return nil
}

// schemaStep is the manifest.json of one version, with its folder.
type schemaStep struct {
	CurrVersion          string
	MinCompatibleVersion string
	Description          string
	SchemaUpdateCqlFiles []string
	folder               string
}

func schemaSteps(folder string) ([]schemaStep, error) {
	manifests, err := fs.Glob(schema.Assets(), folder+"/v*/manifest.json")
	if err != nil {
		return nil, err
	}
	var steps []schemaStep
	for _, name := range manifests {
		text, err := fs.ReadFile(schema.Assets(), name)
		if err != nil {
			return nil, err
		}
		step := schemaStep{folder: path.Dir(name)}
		if err := json.Unmarshal(text, &step); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		steps = append(steps, step)
	}
	slices.SortFunc(steps, func(a, b schemaStep) int { return compareVersions(a.CurrVersion, b.CurrVersion) })
	return steps, nil
}

func (s schemaStep) apply(ctx context.Context, tx pgx.Tx, from, databaseName string) error {
	for _, file := range s.SchemaUpdateCqlFiles {
		script, err := fs.ReadFile(schema.Assets(), path.Join(s.folder, file))
		if err != nil {
			return err
		}
		// Nobody else uses the tables yet, and CONCURRENTLY would not run in a transaction.
		if _, err := tx.Exec(ctx, strings.ReplaceAll(string(script), "INDEX CONCURRENTLY", "INDEX")); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	const setVersion = `INSERT INTO schema_version (version_partition, db_name, creation_time, curr_version, min_compatible_version)
		VALUES (0, $1, clock_timestamp() AT TIME ZONE 'UTC', $2, $3)
		ON CONFLICT (version_partition, db_name) DO UPDATE SET creation_time = excluded.creation_time,
			curr_version = excluded.curr_version, min_compatible_version = excluded.min_compatible_version`
	if _, err := tx.Exec(ctx, setVersion, databaseName, s.CurrVersion, s.MinCompatibleVersion); err != nil {
		return fmt.Errorf("set its version: %w", err)
	}
	const log = `INSERT INTO schema_update_history (version_partition, year, month, update_time, old_version, new_version, manifest_md5, description)
		SELECT 0, extract(year FROM now), extract(month FROM now), now, $1, $2, '', $3 FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC') AS t (now)`
	if _, err := tx.Exec(ctx, log, from, s.CurrVersion, s.Description); err != nil {
		return fmt.Errorf("log the upgrade: %w", err)
	}
	return nil
}

// compareVersions orders "1.9" before "1.10".
func compareVersions(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)) // numbers without leading zeros
	})
}
