package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
)

// HolidayTable is what the notice for one year says, as it came into the register.
type HolidayTable struct {
	calendar.Table
	Edition int64     // 1, 2, 3 …: the order in which the tables came
	BuiltIn bool      // brought by a program; any loaded table of its year goes before it
	Hash    string    // SHA-256 of the content, in hex
	By      string    // who loaded it, or which program brought it
	At      time.Time // real time
	Holds   bool      // it is the one that its year goes by
}

type holidayRow struct {
	Edition  int64 `gorm:"primaryKey;autoIncrement:false"`
	Year     int
	BuiltIn  bool
	Hash     string
	LoadedBy string
	LoadedAt time.Time
	Body     string
}

func (holidayRow) TableName() string { return "holiday_tables" }

// overlaid is a calendar with the tables of an edition over those that a program brings.
type overlaid struct {
	edition int64
	under   string // hash of the program's own
	days    *calendar.Calendar
}

const lastEdition = math.MaxInt64

const newestEdition = "SELECT coalesce(max(edition), 0) AS edition FROM holiday_tables"

// Calendar is the calendar of the installation: the tables that hold in the register over those of
// builtIn, whose place it has. Another table is noticed at the next call, and costs one short
// query to look for.
func (r *Register) Calendar(ctx context.Context, builtIn *calendar.Calendar) (*calendar.Calendar, error) {
	db := r.db.WithContext(ctx)
	var edition int64
	if err := db.Raw(newestEdition).Scan(&edition).Error; err != nil {
		return nil, fmt.Errorf("look for holiday tables: %w", err)
	}
	return r.overlay(db, builtIn, edition)
}

// Calendar is Register.Calendar as it stands under the lock of this turn: two turns on a case never
// go back to an older one.
func (t *Turn) Calendar(builtIn *calendar.Calendar) (*calendar.Calendar, error) {
	return t.r.overlay(t.tx, builtIn, t.edition)
}

func (r *Register) overlay(tx *gorm.DB, builtIn *calendar.Calendar, edition int64) (*calendar.Calendar, error) {
	if o := r.days.Load(); o != nil && o.edition == edition && o.under == builtIn.Hash() {
		return o.days, nil
	}
	all, err := holidayTables(tx, edition)
	if err != nil {
		return nil, err
	}
	days, err := builtIn.With(holding(all)...)
	if err != nil {
		return nil, fmt.Errorf("lay the register's holiday tables over the built-in ones: %w", err)
	}
	r.days.Store(&overlaid{edition: edition, under: builtIn.Hash(), days: days})
	return days, nil
}

// HolidayTables lists every table that ever came, by edition.
func (r *Register) HolidayTables(ctx context.Context) ([]HolidayTable, error) {
	return holidayTables(r.db.WithContext(ctx), lastEdition)
}

func holidayTables(tx *gorm.DB, upTo int64) ([]HolidayTable, error) {
	var rows []holidayRow
	if err := tx.Where("edition <= ?", upTo).Order("edition").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the holiday tables: %w", err)
	}
	out := make([]HolidayTable, len(rows))
	latest := map[int]int{} // year → index
	for i, row := range rows {
		out[i] = HolidayTable{Edition: row.Edition, BuiltIn: row.BuiltIn, Hash: row.Hash, By: row.LoadedBy, At: row.LoadedAt.UTC()}
		if err := decode(row.Body, &out[i].Table); err != nil {
			return nil, fmt.Errorf("read holiday table %d: %w", row.Edition, err)
		}
		if before, ok := latest[row.Year]; !ok || !row.BuiltIn || out[before].BuiltIn {
			latest[row.Year] = i
		}
	}
	for _, i := range latest {
		out[i].Holds = true
	}
	return out, nil
}

func holding(all []HolidayTable) []calendar.Table {
	var out []calendar.Table
	for _, t := range all {
		if t.Holds {
			out = append(out, t.Table)
		}
	}
	return out
}

// BringTables puts the announced tables of a program into the register, each once for ever, so that
// programs with different ones go by the same calendar. They lie under those that were loaded.
func (r *Register) BringTables(ctx context.Context, by string, tables ...calendar.Table) error {
	announced := slices.DeleteFunc(slices.Clone(tables), func(t calendar.Table) bool { return !t.Announced })
	_, err := r.addTables(ctx, by, true, announced...)
	return err
}

// LoadTable makes a table the one that its year goes by. It tells whether that changed anything: a
// table that holds already is not stored again. A table that contradicts those of the years beside
// it is ErrCalendar.
func (r *Register) LoadTable(ctx context.Context, builtIn *calendar.Calendar, t calendar.Table, by string) (changed bool, err error) {
	if by == "" {
		return false, errors.New("load a holiday table: by nobody")
	}
	under, err := r.Calendar(ctx, builtIn)
	if err != nil {
		return false, err
	}
	if _, err := under.With(t); err != nil {
		return false, fmt.Errorf("%w: %w", ErrCalendar, err)
	}
	added, err := r.addTables(ctx, by, false, t)
	return added > 0, err
}

// addTables writes the next editions. Of two writers at once the second finds its number taken, and
// looks again: editions are committed in their order.
func (r *Register) addTables(ctx context.Context, by string, builtIn bool, tables ...calendar.Table) (added int, err error) {
	rows := make([]holidayRow, len(tables))
	for i, t := range tables {
		body, err := encode(t)
		if err != nil {
			return 0, err
		}
		sum := sha256.Sum256([]byte(body))
		rows[i] = holidayRow{Year: t.Year, BuiltIn: builtIn, Hash: hex.EncodeToString(sum[:]), LoadedBy: by, Body: body}
	}
	err = r.write(ctx, func(tx *gorm.DB) error {
		all, err := holidayTables(tx, lastEdition)
		if err != nil {
			return err
		}
		now, err := r.databaseTime(tx)
		if err != nil {
			return err
		}
		var news []holidayRow
		for _, row := range rows {
			known := slices.ContainsFunc(all, func(old HolidayTable) bool {
				return old.Hash == row.Hash && (old.Holds || builtIn && old.BuiltIn)
			})
			if !known {
				row.Edition, row.LoadedAt = int64(len(all)+len(news)+1), micro(now)
				news = append(news, row)
			}
		}
		if added = len(news); added == 0 {
			return nil
		}
		err = tx.Create(&news).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return errAgain
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store holiday tables: %w", err)
	}
	return added, nil
}
