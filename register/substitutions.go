package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
)

// ErrSubstitution is a substitution that can't be: the two are one, not both handling officers of one
// authority, or not both at work.
var ErrSubstitution = errors.New("nobody stands in so")

// Substitution says who stands in for an officer, from its first to its last day, both included: until it
// ends, what the officer may do in the cases that are assigned to him, the substitute may.
type Substitution struct {
	ID         string
	Officer    string // who is away
	Substitute string
	From       calendar.Day
	Until      calendar.Day
	By         string    // who said so: officer's id, or a program's name
	Made       time.Time // real, as is Ended
	Ended      time.Time // zero: it lasts until its last day
}

type substitutionRow struct {
	ID         string `gorm:"primaryKey"`
	Officer    string
	Substitute string
	FromDay    string
	UntilDay   string
	MadeBy     string
	MadeAt     time.Time
	EndedAt    *time.Time
}

func (substitutionRow) TableName() string { return "substitutions" }

func (row substitutionRow) substitution() (Substitution, error) {
	from, errFrom := calendar.ParseDay(row.FromDay)
	until, errUntil := calendar.ParseDay(row.UntilDay)
	if err := errors.Join(errFrom, errUntil); err != nil {
		return Substitution{}, fmt.Errorf("read substitution %s: %w", row.ID, err)
	}
	return Substitution{
		ID: row.ID, Officer: row.Officer, Substitute: row.Substitute, From: from, Until: until, By: row.MadeBy,
		Made: row.MadeAt.UTC(), Ended: timeOf(row.EndedAt),
	}, nil
}

// Substitute says who stands in for an officer, once for an Idempotency-Key of its maker: the same again
// gives what was made, ErrKeyReused for another content. ErrSubstitution.
func (r *Register) Substitute(ctx context.Context, s Substitution, owner, key string) (Substitution, error) {
	row := substitutionRow{
		ID: idOf("substitution", owner, key), Officer: s.Officer, Substitute: s.Substitute,
		FromDay: s.From.String(), UntilDay: s.Until.String(), MadeBy: s.By, MadeAt: micro(time.Now()),
	}
	err := r.write(ctx, func(tx *gorm.DB) error {
		was, err := oneByID[substitutionRow](tx, "substitution", row.ID)
		if err == nil {
			if was.Officer != row.Officer || was.Substitute != row.Substitute || was.FromDay != row.FromDay || was.UntilDay != row.UntilDay {
				return ErrKeyReused
			}
			row = was
			return nil
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		var able int
		err = tx.Raw(`SELECT count(*) FROM officers a JOIN officers b ON a.authority = b.authority
			WHERE a.id = ? AND b.id = ? AND a.id <> b.id AND a.role = ? AND b.role = ? AND b.retired_at IS NULL`,
			s.Officer, s.Substitute, casefile.RoleOfficer, casefile.RoleOfficer).Scan(&able).Error
		if err == nil && able == 0 {
			err = ErrSubstitution
		}
		if err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return Substitution{}, fmt.Errorf("have %s stand in for %s: %w", s.Substitute, s.Officer, err)
	}
	return row.substitution()
}

// EndSubstitution ends it at once; ErrNotFound.
func (r *Register) EndSubstitution(ctx context.Context, id string) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		up := tx.Exec("UPDATE substitutions SET ended_at = coalesce(ended_at, ?) WHERE id = ?", micro(time.Now()), id)
		if up.Error == nil && up.RowsAffected == 0 {
			return ErrNotFound
		}
		return up.Error
	})
	if err != nil {
		return fmt.Errorf("end substitution %s: %w", id, err)
	}
	return nil
}

// SubstitutionByID finds one; ErrNotFound.
func (r *Register) SubstitutionByID(ctx context.Context, id string) (Substitution, error) {
	row, err := oneByID[substitutionRow](r.db.WithContext(ctx), "substitution", id)
	if err != nil {
		return Substitution{}, err
	}
	return row.substitution()
}

// Substitutions lists those of the officers of an authority, ended ones too, by id after the id after, at
// most limit.
func (r *Register) Substitutions(ctx context.Context, authority, after string, limit int) ([]Substitution, error) {
	var rows []substitutionRow
	err := r.db.WithContext(ctx).Raw(`SELECT s.* FROM substitutions s JOIN officers o ON o.id = s.officer
		WHERE o.authority = ? AND s.id > ? ORDER BY s.id LIMIT ?`, authority, after, bounded(limit)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list the substitutions in %s: %w", authority, err)
	}
	out := make([]Substitution, len(rows))
	for i, row := range rows {
		if out[i], err = row.substitution(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// standing is who stands in for whom on a day: a substitute who has left, or works elsewhere, for nobody.
const standing = `FROM substitutions s JOIN officers a ON a.id = s.officer JOIN officers b ON b.id = s.substitute
	WHERE s.ended_at IS NULL AND s.from_day <= ? AND s.until_day >= ? AND b.retired_at IS NULL AND a.authority = b.authority AND b.role = 'officer'`

// StandsInFor are the officers for whom one stands in on a day, by id.
func (r *Register) StandsInFor(ctx context.Context, officer string, on calendar.Day) ([]string, error) {
	var ids []string
	err := r.db.WithContext(ctx).Raw("SELECT DISTINCT s.officer "+standing+" AND s.substitute = ? ORDER BY s.officer", on.String(), on.String(), officer).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("find for whom %s stands in: %w", officer, err)
	}
	return ids, nil
}

// Substitutes tells whether an officer stands in for another on a day.
func (f Facts) Substitutes(absent, officer string, on calendar.Day) (bool, error) {
	var n int
	err := f.tx.Raw("SELECT count(*) "+standing+" AND s.officer = ? AND s.substitute = ?", on.String(), on.String(), absent, officer).Scan(&n).Error
	if err != nil {
		return false, fmt.Errorf("find whether %s stands in for %s: %w", officer, absent, err)
	}
	return n > 0, nil
}
