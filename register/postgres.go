package register

import (
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var schemaName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

// sessionDefaults are settings of a session that the URL may set otherwise. Without bounds one
// case that somebody else has locked would soon hold every connection, and with them the installation. A
// lock is waited for less long than a request may take, so that the answer tells of the lock. The
// bound of a statement is for those whose asker is gone and could not call them off: who asks has a
// deadline of its own, which is shorter.
var sessionDefaults = map[string]string{
	"application_name":                    "duban",
	"lock_timeout":                        "3s",
	"statement_timeout":                   "30s",
	"idle_in_transaction_session_timeout": "60s",
}

// connectTimeout bounds the making of a connection where the URL does not.
const connectTimeout = 3 * time.Second

// postgresDialect is gorm's own that knows ErrUnavailable besides.
type postgresDialect struct{ *postgres.Dialector }

// Translate makes gorm's errors from PostgreSQL's codes, and ErrUnavailable.
func (d postgresDialect) Translate(err error) error { return cannotNow(d.Dialector.Translate(err)) }

// openPostgres opens a pool whose connections see the tables of one schema only.
func openPostgres(address, schema string) (gorm.Dialector, *sql.DB, error) {
	if !schemaName.MatchString(schema) {
		return nil, nil, fmt.Errorf("schema name %q: want lower-case letters, digits and _", schema)
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The parser's error repeats the address, which may hold a password.
		return nil, nil, errors.New("the URL is neither sqlite:PATH nor a PostgreSQL URL")
	}
	config.RuntimeParams["search_path"] = schema
	config.RuntimeParams["timezone"] = "UTC"
	for name, value := range sessionDefaults {
		if config.RuntimeParams[name] == "" {
			config.RuntimeParams[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	pool := stdlib.OpenDB(*config)
	return postgresDialect{&postgres.Dialector{Config: &postgres.Config{Conn: pool}}}, pool, nil
}

// postgresRetry tells whether PostgreSQL gave up a transaction that may simply be tried again.
func postgresRetry(err error) bool {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	// 0A000 of a cached plan: a migration changed a table under it, and the driver has forgotten it by now.
	return e.Code == "40P01" || e.Code == "40001" || e.Code == "0A000" && strings.Contains(e.Message, "cached plan")
}
