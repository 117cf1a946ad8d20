package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// What a caller can expect to be told. Everything else that a method returns is a fault of the
// database or of the program.
var (
	ErrNotFound  = errors.New("not in the register")
	ErrPin       = fmt.Errorf("the pin is not that of the receipt: %w", ErrNotFound)
	ErrSchema    = errors.New("the register's schema is not the one of this program")
	ErrSecret    = errors.New("the register was made with another secret: give it the secret file that belongs to it (登记册由另一密钥建立：请使用属于该登记册的密钥文件)")
	ErrKeyReused = errors.New("the idempotency key was used with another content")
	ErrSameAct   = errors.New("the violation act belongs to another case already")
	ErrFiling    = errors.New("the filing can't be taken so")
	ErrFilter    = errors.New("the list can't be filtered so")
	ErrClock     = errors.New("the clock can't be moved so")
	ErrCalendar  = errors.New("the holiday table contradicts another")
	ErrEntry     = errors.New("the register can't hold what the move leads to")
	ErrNoRegime  = errors.New("there is no regulation for such a case")
	ErrPlanMoved = errors.New("the plan was changed or seen to meanwhile")
)

// These are kinds of ErrFilter.
var (
	ErrNothingSought = fmt.Errorf("%w: there is nothing to search for", ErrFilter)
	ErrOldCursor     = fmt.Errorf("%w: the list was begun too long ago", ErrFilter)
)

// Config is how a register is opened.
type Config struct {
	URL      string         // postgres://… or sqlite:/path/file.db
	Secret   []byte         // keys the hashes of persons and contents, and the pins; at least 16 bytes, the same for ever
	Schema   string         // PostgreSQL: the schema of the tables; empty: duban
	Place    *time.Location // where the years of case numbers turn; nil: Asia/Shanghai
	Grace    time.Duration  // how long the sweep leaves a paper or deadline to the prompt way; zero: 2 s
	Attempts int            // at a transaction that deadlocks or loses a race; zero: 8
	MaxConns int            // zero: 20
	Logger   *slog.Logger   // nil: silent
}

// Register is an open register. It is safe for use by many goroutines, and by many processes.
type Register struct {
	db     *gorm.DB
	pool   *sql.DB
	schema string // empty on SQLite
	secret []byte
	place  *time.Location
	grace  time.Duration
	tries  int
	log    *slog.Logger

	writer chan struct{}         // SQLite has one writer; waiting here is fairer than its busy handler
	fixed  atomic.Pointer[Clock] // the clock once it can't change any more
	days   atomic.Pointer[overlaid]
	tree   atomic.Pointer[grown]
	probe  probe
	disk   disk
	lines  sync.Map // authority and kind → chan struct{}: the filings under way
}

// Open connects to a register. It changes nothing there and does not look at the schema: see
// Migrate, CheckSchema and CheckSecret.
func Open(ctx context.Context, c Config) (*Register, error) {
	if len(c.Secret) < 16 {
		return nil, errors.New("open register: the secret needs at least 16 bytes")
	}
	r := &Register{
		secret: c.Secret, place: c.Place, grace: c.Grace, tries: c.Attempts, log: c.Logger, probe: probe{turn: make(chan struct{}, 1)},
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if r.grace == 0 {
		r.grace = 2 * time.Second
	}
	if r.tries == 0 {
		r.tries = 8
	}
	if r.place == nil {
		place, err := time.LoadLocation("Asia/Shanghai")
		if err != nil {
			return nil, fmt.Errorf("open register: %w", err)
		}
		r.place = place
	}
	var dialect gorm.Dialector
	var err error
	if path, ok := strings.CutPrefix(c.URL, "sqlite:"); ok {
		r.writer = make(chan struct{}, 1)
		dialect, r.pool, err = openSQLite(path)
	} else {
		r.schema = c.Schema
		if r.schema == "" {
			r.schema = "duban"
		}
		dialect, r.pool, err = openPostgres(c.URL, r.schema)
	}
	if err != nil {
		return nil, fmt.Errorf("open register: %w", err)
	}
	conns := c.MaxConns
	if conns == 0 {
		conns = 20
	}
	r.pool.SetMaxOpenConns(conns)
	r.pool.SetMaxIdleConns(conns)
	// gorm's own log would show statements with personal data in them.
	r.db, err = gorm.Open(dialect, &gorm.Config{
		Logger: logger.Discard, SkipDefaultTransaction: true, TranslateError: true, QueryFields: true, DisableAutomaticPing: true,
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open register: %w", err), r.pool.Close())
	}
	if err := errors.Join(translateRows(r.db), r.ping(ctx)); err != nil {
		return nil, errors.Join(err, r.pool.Close())
	}
	return r, nil
}

// Close gives the connections back.
func (r *Register) Close() error { return r.pool.Close() }

// ping tells whether the database answers.
func (r *Register) ping(ctx context.Context) error {
	if err := r.pool.PingContext(ctx); err != nil {
		return fmt.Errorf("reach the register: %w", cannotNow(err))
	}
	return nil
}

// Place is where the days of this register are counted.
func (r *Register) Place() *time.Location { return r.place }

func (r *Register) sqlite() bool { return r.writer != nil }
