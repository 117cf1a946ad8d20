package register

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// cursor is the last row of a page: the next one starts behind it, whatever was added meanwhile.
type cursor struct {
	For    string    `json:"f"` // the filter that it belongs to
	Time   time.Time `json:"t"`
	Serial int64     `json:"s"`
	Began  *moment   `json:"b,omitempty"` // of a list sorted by a day that moves
}

// moment is when a list began: what had moved by then is seen where it had moved to.
type moment struct {
	Move int64     `json:"m"` // number of the last move that is over, and all before it
	At   time.Time `json:"a"` // real
}

// beginning is the moment of a list: its cursor's, or now. ErrOldCursor where what moved since may be
// forgotten.
func (r *Register) beginning(db *gorm.DB, at *cursor) (moment, error) {
	now, err := r.databaseTime(db)
	if err != nil {
		return moment{}, err
	}
	if at != nil && at.Began != nil {
		if now.Sub(at.Began.At) > cursorLife-time.Hour {
			return moment{}, ErrOldCursor
		}
		return *at.Began, nil
	}
	out := moment{At: micro(now)}
	if r.sqlite() {
		if err := db.Raw("SELECT n FROM moves").Scan(&out.Move).Error; err != nil {
			return moment{}, fmt.Errorf("read the number of the last move: %w", err)
		}
		return out, nil
	}
	// First the last number given, then the locks of those who may still be at work on such a one: who
	// takes a number has locked one before it.
	var last int64
	if err := db.Raw("SELECT last_value FROM moves").Scan(&last).Error; err != nil {
		return moment{}, fmt.Errorf("read the number of the last move: %w", err)
	}
	var working []int64
	err = db.Raw(`SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = ((hashtext(current_schema())::bigint & 4294967295)::oid)`).Scan(&working).Error
	if err != nil {
		return moment{}, fmt.Errorf("read which moves are under way: %w", err)
	}
	out.Move = last
	for _, low := range working {
		if behind := (last - low) & (1<<31 - 1); behind < 1<<30 { // else it began after we looked
			out.Move = min(out.Move, last-behind)
		}
	}
	return out, nil
}

// name tells filters apart.
func (f CaseFilter) name() (string, error) {
	f.Cursor, f.Limit = "", 0
	raw, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("name a filter: %w", err)
	}
	return idOf("filter", string(raw))[:8], nil
}

// empty tells whether the filter chooses all.
func (f CaseFilter) empty() bool {
	mine, err := f.name()
	none, errNone := CaseFilter{}.name()
	return err == nil && errNone == nil && mine == none
}

func cursorAt(f CaseFilter, last listedRow, began moment) (string, error) {
	name, err := f.name()
	if err != nil {
		return "", err
	}
	c := cursor{For: name, Time: last.Key.UTC(), Serial: last.Row.Serial}
	if f.Sort != Newest {
		c.Began = &began
	}
	raw, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write a cursor: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// readCursor is nil for the first page; ErrFilter for a cursor of another list.
func readCursor(f CaseFilter) (*cursor, error) {
	if f.Cursor == "" {
		return nil, nil
	}
	name, err := f.name()
	if err != nil {
		return nil, err
	}
	var c cursor
	raw, err := base64.RawURLEncoding.DecodeString(f.Cursor)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || c.For != name || (c.Began == nil) != (f.Sort == Newest) {
		return nil, fmt.Errorf("%w: the cursor belongs to another list", ErrFilter)
	}
	return &c, nil
}
