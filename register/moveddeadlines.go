package register

import (
	"context"
	"fmt"

	"duban/law/calendar"
	"duban/law/casefile"
)

// MovedDeadline is a running deadline that another calendar moves, or makes certain or provisional.
type MovedDeadline struct {
	Case   string
	Number string
	Kind   casefile.Kind
	Was    casefile.Deadline
	Is     casefile.Deadline
}

const deadlinesPerPage = 1000

// MovedDeadlines tells of every running deadline that is not as days counts it, by case. Those counted by
// days already cost nothing.
func (r *Register) MovedDeadlines(ctx context.Context, days *calendar.Calendar, each func(MovedDeadline) error) error {
	lastCase, lastKey := "", ""
	for {
		var page []struct {
			CaseID, Key, Body, Number string
			Kind                      casefile.Kind
		}
		err := r.db.WithContext(ctx).Raw(`SELECT d.case_id, d.key, d.body, c.number, c.kind FROM deadlines d JOIN cases c ON c.id = d.case_id
			WHERE d.calendar <> ? AND (d.case_id > ? OR d.case_id = ? AND d.key > ?) ORDER BY d.case_id, d.key LIMIT ?`,
			days.Hash(), lastCase, lastCase, lastKey, deadlinesPerPage).Scan(&page).Error
		if err != nil {
			return fmt.Errorf("look for deadlines of another calendar: %w", err)
		}
		for _, row := range page {
			lastCase, lastKey = row.CaseID, row.Key
			s := MovedDeadline{Case: row.CaseID, Number: row.Number, Kind: row.Kind}
			if err := decode(row.Body, &s.Was); err != nil {
				return fmt.Errorf("deadline %s of case %s: %w", row.Key, row.CaseID, err)
			}
			if !s.Was.Stale(days) {
				continue
			}
			s.Is = s.Was.By(days)
			if err := each(s); err != nil {
				return err
			}
		}
		if len(page) < deadlinesPerPage {
			return nil
		}
	}
}
