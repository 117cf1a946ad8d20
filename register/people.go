package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/casefile"
)

// Operator is one who is regulated.
type Operator struct {
	ID       string
	Name     string
	Types    []string `gorm:"serializer:json"`
	Province string
	Licence  string
	Email    string
	Phone    string
	Address  string
	Lang     string // of what is sent to it; empty: zh-CN
}

// Officer is a member of an authority's staff.
type Officer struct {
	ID        string
	Authority string
	Role      casefile.Role
	Name      string
	Card      string // number of the enforcement card; empty: none
	Email     string
	Lang      string

	RetiredAt *time.Time // real time; nil: at work. Whoever has left makes no more acts, and the ledger keeps the name
}

func (Operator) TableName() string { return "operators" }
func (Officer) TableName() string  { return "officers" }

// PutOperator writes an operator, new or changed. Cases filed before are still found by the name
// it had then.
func (r *Register) PutOperator(ctx context.Context, o Operator) error {
	if o.Types == nil {
		o.Types = []string{}
	}
	return r.put(ctx, "operator "+o.ID, &o)
}

// PutOfficer writes an officer, new or changed. One who has left stays so: RetireOfficer.
func (r *Register) PutOfficer(ctx context.Context, o Officer) error {
	o.RetiredAt = nil
	err := r.write(ctx, func(tx *gorm.DB) error {
		columns := clause.AssignmentColumns([]string{"authority", "role", "name", "card", "email", "lang"})
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: columns}).Create(&o).Error
	})
	if err != nil {
		return fmt.Errorf("put officer %s: %w", o.ID, err)
	}
	return nil
}

// RetireOfficer ends an officer's rights at once, or gives them back. ErrNotFound.
func (r *Register) RetireOfficer(ctx context.Context, id string, left bool) (Officer, error) {
	err := r.write(ctx, func(tx *gorm.DB) error {
		up := tx.Exec("UPDATE officers SET retired_at = CASE WHEN ? THEN coalesce(retired_at, ?) END WHERE id = ?", left, micro(time.Now()), id)
		if up.Error == nil && up.RowsAffected == 0 {
			return ErrNotFound
		}
		return up.Error
	})
	if err != nil {
		return Officer{}, fmt.Errorf("retire officer %s: %w", id, err)
	}
	return r.OfficerByID(ctx, id)
}

func (r *Register) put(ctx context.Context, what string, row any) error {
	err := r.write(ctx, func(tx *gorm.DB) error { return putRow(tx, row) })
	if err != nil {
		return fmt.Errorf("put %s: %w", what, err)
	}
	return nil
}

func putRow(tx *gorm.DB, row any) error {
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(row).Error
}

// Operators lists the operators after the id after, by id, at most limit; empty after: from the
// first.
func (r *Register) Operators(ctx context.Context, after string, limit int) ([]Operator, error) {
	var rows []Operator
	if err := r.db.WithContext(ctx).Where("id > ?", after).Order("id").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the operators: %w", err)
	}
	return rows, nil
}

// OperatorByID finds an operator; ErrNotFound.
func (r *Register) OperatorByID(ctx context.Context, id string) (Operator, error) {
	return oneByID[Operator](r.db.WithContext(ctx), "operator", id)
}

// Officers lists the officers of an authority by id; empty: of all.
func (r *Register) Officers(ctx context.Context, authority, after string, limit int) ([]Officer, error) {
	list := r.db.WithContext(ctx).Where("id > ?", after)
	if authority != "" {
		list = list.Where("authority = ?", authority)
	}
	var rows []Officer
	if err := list.Order("id").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the officers: %w", err)
	}
	return rows, nil
}

// OfficerByID finds an officer; ErrNotFound.
func (r *Register) OfficerByID(ctx context.Context, id string) (Officer, error) {
	return oneByID[Officer](r.db.WithContext(ctx), "officer", id)
}

func oneByID[T any](db *gorm.DB, what, id string) (T, error) {
	var rows []T
	var none T
	if err := db.Where("id = ?", id).Find(&rows).Error; err != nil {
		return none, fmt.Errorf("find %s %s: %w", what, id, err)
	}
	if len(rows) == 0 {
		return none, fmt.Errorf("%s %s: %w", what, id, ErrNotFound)
	}
	return rows[0], nil
}

// bounded keeps a page between 1 and 200 rows; 0 means 50.
func bounded(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, 200)
}
