package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/draw"
)

// DrawVisit is what became of a target of a draw.
type DrawVisit struct {
	Target string
	State  OccurrenceState // VisitOpened or VisitCapped
	Had    int             // visits of the year that were counted before
	Case   string          // of one that was opened
	Paper  string          // the filing of that case
	At     time.Time
}

// OpenDraw opens an inspection for every target of a draw that has none, with its team and its
// number under the yearly cap; one whose cap is reached is entered as such. Each target is a
// transaction of its own under its own key, so after a kill the same call does what is left.
func (r *Register) OpenDraw(ctx context.Context, d DrawRow, subject string, regime RegimeText) ([]DrawVisit, error) {
	record, err := draw.Read([]byte(d.Record))
	if err != nil {
		return nil, fmt.Errorf("open draw %s: %w", d.ID, err)
	}
	out := make([]DrawVisit, len(record.Result))
	for i, v := range record.Result {
		if out[i], err = r.openDrawn(ctx, d, v, subject, regime); err != nil {
			return nil, fmt.Errorf("open the visit to %s of draw %s: %w", v.Target, d.ID, err)
		}
	}
	return out, nil
}

func (r *Register) openDrawn(ctx context.Context, d DrawRow, v draw.Visit, subject string, regime RegimeText) (DrawVisit, error) {
	f := Filing{
		Owner: "draw/" + d.ID, Key: v.Target, Kind: casefile.Inspection, Authority: d.Authority, Operator: v.Target, Subject: subject, Regime: regime,
		By:   casefile.Actor{Sender: "officer", Officer: d.By.Officer, Role: d.By.Role, Authority: d.Authority},
		Body: casefile.Body{Operator: v.Target, Officers: v.Officers},
	}
	var row drawVisitRow
	err := r.write(ctx, func(tx *gorm.DB) error {
		if err := r.lockOperator(tx, v.Target, "NO KEY UPDATE"); err != nil {
			return err
		}
		var was []drawVisitRow
		if err := tx.Where("draw_id = ? AND target = ?", d.ID, v.Target).Find(&was).Error; err != nil {
			return err
		}
		if len(was) > 0 {
			row = was[0]
			return nil
		}
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		row = drawVisitRow{DrawID: d.ID, Target: v.Target, Year: calendar.DayOf(now, r.place).Year(), State: VisitCapped, At: now}
		in, had, err := r.countedVisit(tx, row.Year, d.Cap, f)
		if err != nil {
			return err
		}
		if row.Had = had; in.Case != "" {
			row.State, row.CaseID = VisitOpened, &in.Case
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return DrawVisit{}, err
	}
	out := DrawVisit{Target: row.Target, State: row.State, Had: row.Had, At: row.At.UTC()}
	if row.CaseID != nil {
		out.Case, out.Paper = *row.CaseID, f.paper()
	}
	return out, nil
}

// PublishDraw makes a draw public, once. ErrVisitsToCome while one of its targets was not seen to,
// or an inspection of it is open of which the operator may not know yet: the record names them all.
func (r *Register) PublishDraw(ctx context.Context, id string, by casefile.Actor) (DrawRow, error) {
	var out DrawRow
	err := r.write(ctx, func(tx *gorm.DB) error {
		d, err := drawByID(tx, id)
		if err != nil {
			return err
		}
		record, err := draw.Read([]byte(d.Record))
		if err != nil {
			return err
		}
		var over int
		err = tx.Raw(`SELECT count(*) FROM draw_visits v LEFT JOIN cases c ON c.id = v.case_id
			WHERE v.draw_id = ? AND (v.case_id IS NULL OR c.told OR c.closed)`, id).Scan(&over).Error
		if err != nil {
			return err
		}
		if over < len(record.Result) {
			return ErrVisitsToCome
		}
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		row := drawPublicationRow{DrawID: id, Officer: by.Officer, At: now}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		out, err = drawByID(tx, id)
		return err
	})
	if err != nil {
		return DrawRow{}, fmt.Errorf("publish draw %s: %w", id, err)
	}
	return out, nil
}

// draws makes every draw again and compares, and looks for what belongs to its visits.
func (r *Register) draws(tx *gorm.DB, rep *Report) error {
	var after int64
	for {
		var rows []drawRow
		if err := tx.Where("serial > ?", after).Order("serial").Limit(verifyBatch).Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		after = rows[len(rows)-1].Serial
		for _, row := range rows {
			sealed, err := r.drawSeal(row)
			if err != nil {
				return err
			}
			rep.note(CheckDraw, sealed == row.Sealed, "draw %s: its row is not what was drawn (or the secret is another)", row.ID)
			rep.note(CheckDraw, drawnSo(row) == nil, "draw %s: made again, it does not give its record", row.ID)
		}
	}
	var broken []struct{ DrawID, Target string }
	err := tx.Raw(`SELECT v.draw_id, v.target FROM draw_visits v
		LEFT JOIN cases c ON c.id = v.case_id AND c.kind = 'inspection' AND c.operator = v.target
		LEFT JOIN inspection_counts n ON n.case_id = v.case_id AND n.operator = v.target AND n.year = v.year
		WHERE v.state = 'opened' AND (c.id IS NULL OR n.case_id IS NULL OR n.n <> v.had + 1)`).Scan(&broken).Error
	if err != nil {
		return err
	}
	for _, b := range broken {
		rep.note(CheckVisits, false, "draw %s: its visit to %s has no inspection that is counted", b.DrawID, b.Target)
	}
	return nil
}

// drawnSo tells whether the record of a row is true and the one that the row speaks of.
func drawnSo(row drawRow) error {
	record, err := draw.Read([]byte(row.Record))
	if err != nil {
		return err
	}
	found, err := draw.Verify(record)
	if err != nil {
		return err
	}
	commitment := ""
	if row.Commitment != nil {
		commitment = *row.Commitment
	}
	if len(found) > 0 || record.Hash != row.Hash || record.Day.String() != row.Day || record.Commitment != commitment {
		return errors.New("it differs")
	}
	return nil
}
