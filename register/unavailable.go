package register

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	sqlite "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// ErrUnavailable: the register can't do it now, whatever was asked: its database is away, full,
// locked, read-only, or does not answer in time. It says nothing of what became of a write: who
// asks again with the same key gets what was made of it, or has it made.
var ErrUnavailable = errors.New("the register can't be read or written now")

// cannotNow makes ErrUnavailable of the errors that mean it. Every error of a database comes by
// here: from gorm through a dialect's Translate, from a transaction through write and piped, from
// the pool by hand.
func cannotNow(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrUnavailable), errors.Is(err, context.Canceled): // nobody waits any more
		return err
	case postgresAway(err), sqliteAway(err), cutOff(err):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}

// translateRows has the errors of queries whose rows are scanned translated too: gorm leaves those as
// they come.
func translateRows(db *gorm.DB) error {
	return db.Callback().Row().After("gorm:row").Register("duban:translate", func(tx *gorm.DB) {
		if t, ok := tx.Dialector.(gorm.ErrorTranslator); ok && tx.Error != nil {
			tx.Error = t.Translate(tx.Error)
		}
	})
}

// postgresAway knows PostgreSQL's word for it by its class (appendix A of its manual).
func postgresAway(err error) bool {
	var refused *pgconn.ConnectError
	if errors.As(err, &refused) {
		return true
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case "25006", // read-only: a standby, or default_transaction_read_only
		"25P03", "25P04", // a transaction stood still too long, or took too long
		"55P03": // a lock was not to be had
		return true
	}
	for _, class := range []string{
		"08", // the connection
		"28", // the role or its password
		"53", // disk, memory, connections
		"57", // shut down, cancelled, its statement took too long
		"58", // an error of the system, such as one of reading or writing a file
	} {
		if strings.HasPrefix(e.Code, class) {
			return true
		}
	}
	return false
}

// sqliteAway knows SQLite's word for it by the low byte of its code, which tells the kind.
func sqliteAway(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED, codes.SQLITE_FULL, codes.SQLITE_IOERR, codes.SQLITE_READONLY, codes.SQLITE_CANTOPEN,
		codes.SQLITE_INTERRUPT: // by a deadline of ours
		return true
	}
	return false
}

// cutOff: no connection, or none any more, or our own time is up.
func cutOff(err error) bool {
	for _, known := range []error{
		context.DeadlineExceeded, driver.ErrBadConn, sql.ErrConnDone, pgconn.ErrConnClosed, io.EOF, io.ErrUnexpectedEOF,
		sql.ErrTxDone, // its deadline came between two statements, or before the commit
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	var network net.Error
	return errors.As(err, &network)
}
