package register

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// sqliteDialect is gorm's own over modernc's driver, whose error codes gorm's does not read.
type sqliteDialect struct{ gorm.Dialector }

// openSQLite opens the file at path. Times are written as text in UTC with a fixed form, so that
// comparing them as text compares them as times; a transaction takes the write lock at once. Another
// program that has the file locked is waited for less long than a request may take.
func openSQLite(path string) (gorm.Dialector, *sql.DB, error) {
	if path == "" {
		return nil, nil, errors.New("sqlite: needs a path, as in sqlite:/var/lib/duban/register.db")
	}
	query := url.Values{
		"_pragma":      {"foreign_keys(1)", "journal_mode(WAL)", "busy_timeout(3000)", "synchronous(FULL)", "cache_size(-16000)"},
		"_txlock":      {"immediate"},
		"_time_format": {"sqlite"},
		"_timezone":    {"UTC"},
	}
	dsn := (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: query.Encode()}).String()
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, nil, fmt.Errorf("open SQLite file: %w", err)
	}
	return sqliteDialect{sqlite.New(sqlite.Config{DriverName: "sqlite", Conn: pool})}, pool, nil
}

// Translate makes gorm's errors from modernc's codes, and ErrUnavailable.
func (sqliteDialect) Translate(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return cannotNow(err)
	}
	switch e.Code() {
	case codes.SQLITE_CONSTRAINT_PRIMARYKEY, codes.SQLITE_CONSTRAINT_UNIQUE:
		return fmt.Errorf("%w: %w", gorm.ErrDuplicatedKey, err)
	case codes.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fmt.Errorf("%w: %w", gorm.ErrForeignKeyViolated, err)
	}
	return cannotNow(err)
}

// SavePoint and RollbackTo let a transaction stand within another, as Whole's do.
func (sqliteDialect) SavePoint(tx *gorm.DB, name string) error {
	return tx.Exec("SAVEPOINT " + name).Error
}

func (sqliteDialect) RollbackTo(tx *gorm.DB, name string) error {
	return tx.Exec("ROLLBACK TO SAVEPOINT " + name).Error
}

func sqliteBusy(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && (e.Code()&0xff == codes.SQLITE_BUSY || e.Code()&0xff == codes.SQLITE_LOCKED)
}
