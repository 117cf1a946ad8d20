package register

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Met is how an operator met a team that came to inspect (tourism 11).
type Met struct {
	What   string       // received, turned-away, missed, obstructed
	On     calendar.Day // as entered
	Case   string
	Number string
	Entry  int
	At     time.Time // of the entry
}

// metAs names a visit by the move that entered it.
var metAs = map[string]string{"start": "received", "turned-away": "turned-away", "missed-visit": "missed", "obstruction": "obstructed"}

// Cooperation lists the visits to an operator, the newest entry first, with the cursor of the next
// page: those in cases of the authorities (nil: of all), or only in cases that the operator may
// know of. ErrFilter for a cursor that is none.
func (r *Register) Cooperation(ctx context.Context, operator string, authorities []string, told bool, after string, limit int) ([]Met, string, error) {
	list := r.db.WithContext(ctx).Table("cases c").
		Select("e.move, e.case_id, c.number, c.serial, e.seq, e.at, a.body").
		Joins("JOIN entries e ON e.case_id = c.id AND e.move IN ('start', 'turned-away', 'missed-visit', 'obstruction')").
		Joins("JOIN acts a ON a.id = e.act_id").
		Where("c.operator = ? AND c.kind = ?", operator, casefile.Inspection)
	if authorities != nil {
		list = list.Where("c.authority IN ?", authorities)
	}
	if told {
		list = list.Where("c.told")
	}
	if after != "" {
		at, serial, seq, err := metCursor(after)
		if err != nil {
			return nil, "", err
		}
		list = list.Where("(e.at, c.serial, e.seq) < (?, ?, ?)", at, serial, seq)
	}
	var rows []struct {
		Move, CaseID, Number, Body string
		Serial                     int64
		Seq                        int
		At                         time.Time
	}
	limit = bounded(limit)
	if err := list.Order("e.at DESC, c.serial DESC, e.seq DESC").Limit(limit + 1).Scan(&rows).Error; err != nil {
		return nil, "", fmt.Errorf("list how operator %s met its inspections: %w", operator, err)
	}
	var out []Met
	for i, row := range rows {
		if i == limit {
			last := rows[i-1]
			return out, fmt.Sprintf("%d.%d.%d", last.At.UnixMicro(), last.Serial, last.Seq), nil
		}
		var b casefile.Body
		if err := decode(row.Body, &b); err != nil {
			return nil, "", err
		}
		out = append(out, Met{What: metAs[row.Move], On: b.On, Case: row.CaseID, Number: row.Number, Entry: row.Seq, At: row.At.UTC()})
	}
	return out, "", nil
}

func metCursor(s string) (at time.Time, serial, seq int64, err error) {
	var n [3]int64
	parts := strings.Split(s, ".")
	if len(parts) != len(n) {
		return at, 0, 0, fmt.Errorf("%w: this is no cursor of the list", ErrFilter)
	}
	for i, part := range parts {
		if n[i], err = strconv.ParseInt(part, 10, 64); err != nil {
			return at, 0, 0, fmt.Errorf("%w: this is no cursor of the list", ErrFilter)
		}
	}
	return micro(time.UnixMicro(n[0])), n[1], n[2], nil
}
