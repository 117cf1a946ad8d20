package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/calendar"
	"duban/law/duties"
)

// DutyLine is a duty as lists show it.
type DutyLine struct {
	Serial int64
	Duty   duties.Duty
	Words  string // of the last decision about it
}

// DutyFilter chooses duties; empty fields choose all.
type DutyFilter struct {
	Operator    string
	Authorities []string // to which they are owed; nil: to any
	Proposed    bool     // only what an officer is to confirm or to dismiss
	Overdue     bool     // only those whose term has ended without a report
}

// DutyByID finds a duty; ErrNotFound.
func (r *Register) DutyByID(ctx context.Context, id string) (DutyLine, error) {
	row, err := oneByID[dutyRow](r.db.WithContext(ctx), "duty", id)
	if err != nil {
		return DutyLine{}, err
	}
	all, err := r.dutyLines(ctx, []dutyRow{row})
	if err != nil {
		return DutyLine{}, fmt.Errorf("read duty %s: %w", id, err)
	}
	return all[0], nil
}

// Duties lists duties behind the serial after, at most limit.
func (r *Register) Duties(ctx context.Context, f DutyFilter, after int64, limit int) ([]DutyLine, error) {
	list := r.db.WithContext(ctx).Where("serial > ?", after)
	if f.Operator != "" {
		list = list.Where("operator = ?", f.Operator)
	}
	list = ofAuthorities(list, f.Authorities)
	if f.Proposed {
		list = list.Where("matter = ?", duties.Proposed)
	}
	if f.Overdue {
		now, err := r.Now(ctx)
		if err != nil {
			return nil, err
		}
		list = list.Where("state = ? OR state = ? AND due <= ?", duties.Missing, duties.Open, micro(now))
	}
	var rows []dutyRow
	err := list.Order("serial").Limit(bounded(limit)).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list the duties: %w", err)
	}
	out, err := r.dutyLines(ctx, rows)
	if err != nil {
		return nil, fmt.Errorf("list the duties: %w", err)
	}
	return out, nil
}

func (r *Register) dutyLines(ctx context.Context, rows []dutyRow) ([]DutyLine, error) {
	out := make([]DutyLine, len(rows))
	at, ids := map[string]*DutyLine{}, []string{}
	for i, row := range rows {
		out[i].Serial = row.Serial
		if err := decode(row.Body, &out[i].Duty); err != nil {
			return nil, err
		}
		at[row.ID], ids = &out[i], append(ids, row.ID)
	}
	if len(ids) == 0 {
		return out, nil
	}
	var said []dutyEventRow
	err := r.db.WithContext(ctx).Select("duty_id", "words").Where("duty_id IN ? AND words <> ''", ids).Order("duty_id, seq").Find(&said).Error
	for _, e := range said {
		at[e.DutyID].Words = e.Words // the last one stays
	}
	return out, err
}

// DutyReport is a report as it came in.
type DutyReport struct {
	Serial   int64
	ID       string
	Received time.Time
	Hash     string
	Text     string
}

// DutyReports lists the reports on a duty behind the serial after.
func (r *Register) DutyReports(ctx context.Context, duty string, after int64, limit int) ([]DutyReport, error) {
	var rows []dutyReportRow
	err := r.db.WithContext(ctx).Where("duty_id = ? AND serial > ?", duty, after).Order("serial").Limit(bounded(limit)).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list the reports on duty %s: %w", duty, err)
	}
	out := make([]DutyReport, len(rows))
	for i, row := range rows {
		out[i] = DutyReport{Serial: row.Serial, ID: row.ID, Received: row.Received.UTC(), Hash: row.Hash, Text: row.Body}
	}
	return out, nil
}

// DutyWatch is how far the duties of the calendar were opened: the last day, and the hash of the
// calendar by which their terms were counted.
type DutyWatch struct {
	Through  calendar.Day // zero: no day yet
	Calendar string
}

// DutyWatch reads how far the duties of the calendar were opened.
func (r *Register) DutyWatch(ctx context.Context) (DutyWatch, error) {
	var row dutyWatchRow
	if err := r.db.WithContext(ctx).First(&row).Error; err != nil {
		return DutyWatch{}, fmt.Errorf("read how far duties were opened: %w", err)
	}
	day, err := readDay(row.Through)
	return DutyWatch{Through: day, Calendar: row.Calendar}, err
}

// DutiesSeen marks that the duties of the calendar were opened through a day, and enters the days
// between as an outage of the installation. It never goes back.
func (r *Register) DutiesSeen(ctx context.Context, w DutyWatch) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		down, err := downSince(tx, w.Through)
		if err != nil {
			return err
		}
		if down != nil {
			row := outageRow{FromDay: down.From.String(), ToDay: down.To.String()}
			if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
				return err
			}
		}
		return tx.Exec("UPDATE duty_watch SET through = ?, calendar = ? WHERE through <= ?", w.Through.String(), w.Calendar, w.Through.String()).Error
	})
	if err != nil {
		return fmt.Errorf("mark how far duties were opened: %w", err)
	}
	return nil
}

// downSince are the whole days before today on which nobody kept the duties; nil for none.
func downSince(tx *gorm.DB, today calendar.Day) (*duties.Down, error) {
	var row dutyWatchRow
	if err := tx.First(&row).Error; err != nil {
		return nil, err
	}
	last, err := readDay(row.Through)
	if err != nil || last.IsZero() || !last.AddDays(1).Before(today) {
		return nil, err
	}
	return &duties.Down{From: last.AddDays(1), To: today.AddDays(-1)}, nil
}

// downOn is the outage that a day lies in: one that was entered, or the one that nobody has come
// to enter yet; nil for none.
func downOn(tx *gorm.DB, day, today calendar.Day) (*duties.Down, error) {
	var rows []outageRow
	if err := tx.Where("from_day <= ? AND to_day >= ?", day.String(), day.String()).Find(&rows).Error; err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		down, err := downSince(tx, today)
		if err != nil || down == nil || day.Before(down.From) || day.After(down.To) {
			return nil, err
		}
		return down, nil
	}
	from, err := calendar.ParseDay(rows[0].FromDay)
	if err != nil {
		return nil, err
	}
	to, err := calendar.ParseDay(rows[0].ToDay)
	return &duties.Down{From: from, To: to}, err
}

// DutiesAt names the operators whose duty of a period stands as it should: of any state but open,
// or open with that end and that reminder.
func (r *Register) DutiesAt(ctx context.Context, code, period string, due, remind time.Time) (map[string]bool, error) {
	var rows []dutyRow
	if err := r.db.WithContext(ctx).Select("operator", "state", "body").Where("code = ? AND period = ?", code, period).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("find the duties %s of %s: %w", code, period, err)
	}
	out := map[string]bool{}
	for _, row := range rows {
		var d duties.Duty
		if err := decode(row.Body, &d); err != nil {
			return nil, err
		}
		out[row.Operator] = row.State != duties.Open || d.Due.Equal(microOf(due)) && d.Remind.Equal(microOf(remind))
	}
	return out, nil
}
