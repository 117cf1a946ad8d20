package register

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"
)

// cursor is the last row of a page: the next one starts behind it, whatever was added meanwhile.
type cursor struct {
	For    string    `json:"f"` // the filter that it belongs to
	Time   time.Time `json:"t"`
	Serial int64     `json:"s"`
}

func (f CaseFilter) name() (string, error) {
	f.Cursor, f.Limit = "", 0
	raw, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("name a filter: %w", err)
	}
	return idOf("filter", string(raw))[:8], nil
}

func cursorAt(f CaseFilter, last caseRow) (string, error) {
	name, err := f.name()
	if err != nil {
		return "", err
	}
	c := cursor{For: name, Time: last.FiledAt.UTC(), Serial: last.Serial}
	if f.Sort == ByDue {
		c.Time = last.NextDue.UTC()
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
	if err != nil || c.For != name {
		return nil, fmt.Errorf("%w: the cursor belongs to another list", ErrFilter)
	}
	return &c, nil
}
