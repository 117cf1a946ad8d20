package register

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// Tracking is what a receipt's number and pin show: no officer, no reasons, nobody's data.
type Tracking struct {
	Number   string
	Kind     casefile.Kind
	State    casefile.State
	Filed    time.Time
	Closed   bool
	ClosedAt time.Time
	Steps    []TrackedStep
	Papers   []TrackedPaper
	Sent     []TrackedDocument
	Went     []Transferred // where the complaint was transferred to, from one to the next; the last has it now
}

// Transferred is a case to which a complaint went: its complainant's thread goes on there.
type Transferred struct {
	Case, Number, Authority string
	State                   casefile.State
	Closed                  bool
}

// TrackedStep is a change of the case's state.
type TrackedStep struct {
	At    time.Time
	State casefile.State
}

// TrackedPaper is a paper of the complainant or applicant that has arrived.
type TrackedPaper struct {
	Name     string
	Received time.Time
	Entered  bool
}

// TrackedDocument is a document that was sent to the complainant or applicant.
type TrackedDocument struct {
	Document string
	At       time.Time
}

// Held is what a receipt's number and pin open: its case, and those to which that one was transferred. ErrPin, an
// ErrNotFound, for a wrong pin: whoever asks must not be told the two apart.
func (r *Register) Held(ctx context.Context, number, pin string) (id string, on []Transferred, err error) {
	db := r.db.WithContext(ctx)
	row, err := r.held(db, number, pin)
	if err != nil {
		return "", nil, err
	}
	if on, err = went(db, row); err != nil {
		return "", nil, fmt.Errorf("track case %s: %w", row.Number, err)
	}
	return row.ID, on, nil
}

func (r *Register) held(db *gorm.DB, number, pin string) (caseRow, error) {
	var rows []caseRow
	if err := db.Table("cases").Select(listColumns).Where("number = ?", strings.ToUpper(strings.TrimSpace(number))).Find(&rows).Error; err != nil {
		return caseRow{}, fmt.Errorf("track a case: %w", err)
	}
	row := caseRow{}
	if len(rows) > 0 {
		row = rows[0]
	}
	switch fits := samePin(r.pin(row.Filing), pin); { // compared in any case, so that both take as long
	case len(rows) == 0:
		return row, ErrNotFound
	case !fits:
		return row, ErrPin
	}
	return row, nil
}

// Track shows a case to who holds its number and pin. Errors are those of Held.
func (r *Register) Track(ctx context.Context, number, pin string) (Tracking, error) {
	db := r.db.WithContext(ctx)
	row, err := r.held(db, number, pin)
	if err != nil {
		return Tracking{}, err
	}
	number = row.Number
	out := Tracking{Number: row.Number, Kind: row.Kind, State: row.State, Filed: row.FiledAt.UTC(), Closed: row.Closed, ClosedAt: timeOf(row.ClosedAt)}
	var steps []entryRow
	if err := db.Select("at, to_state").Where("case_id = ? AND from_state <> to_state", row.ID).Order("seq").Find(&steps).Error; err != nil {
		return Tracking{}, fmt.Errorf("track case %s: %w", number, err)
	}
	for _, s := range steps {
		out.Steps = append(out.Steps, TrackedStep{At: s.At.UTC(), State: s.ToState})
	}
	var papers []paperRow
	err = db.Select("name, received, entry").Where("case_id = ? AND (sender IN ('complainant', 'applicant') OR id = ?)", row.ID, row.Filing).
		Order("serial").Limit(bounded(200)).Find(&papers).Error
	if err != nil {
		return Tracking{}, fmt.Errorf("track case %s: %w", number, err)
	}
	for _, p := range papers {
		out.Papers = append(out.Papers, TrackedPaper{Name: p.Name, Received: p.Received.UTC(), Entered: p.Entry != nil})
	}
	var sent []outboxRow
	err = db.Select("document, sent_at").Where("case_id = ? AND state = 'sent' AND recipient IN ('complainant', 'applicant')", row.ID).
		Order("serial").Limit(bounded(200)).Find(&sent).Error
	if err != nil {
		return Tracking{}, fmt.Errorf("track case %s: %w", number, err)
	}
	for _, d := range sent {
		out.Sent = append(out.Sent, TrackedDocument{Document: d.Document, At: timeOf(d.SentAt)})
	}
	if out.Went, err = went(db, row); err != nil {
		return Tracking{}, fmt.Errorf("track case %s: %w", number, err)
	}
	return out, nil
}

// went follows a transferred complaint from case to case.
func went(db *gorm.DB, at caseRow) (out []Transferred, err error) {
	for at.Kind == casefile.Complaint && at.State == casefile.Transferred {
		var bodies []string
		if err := db.Table("cases").Where("id = ?", at.ID).Pluck("body", &bodies).Error; err != nil || len(bodies) == 0 {
			return nil, err
		}
		var c casefile.Case
		if err := decode(bodies[0], &c); err != nil {
			return nil, err
		}
		next := c.TransferredTo()
		if next == "" { // outside the installation
			return out, nil
		}
		if at, err = oneByID[caseRow](db.Table("cases").Select(listColumns), "case", next); err != nil {
			return nil, err
		}
		out = append(out, Transferred{Case: at.ID, Number: at.Number, Authority: at.Authority, State: at.State, Closed: at.Closed})
	}
	return out, nil
}
