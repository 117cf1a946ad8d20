package register

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/casefile"
)

// Authority is an office of the regulator, in a tree.
type Authority struct {
	ID      string
	Parent  string // empty: the top
	Level   string // ministry, province, city
	Domain  string // telecom, tourism, …
	Code    string // unique; first part of its case numbers, as LN
	Name    casefile.Text
	Email   string
	Address string
}

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
}

type authorityRow struct {
	ID             string `gorm:"primaryKey"`
	Parent         *string
	Level          string
	Domain         string
	Code           string
	NameZh, NameEn string
	Email          string
	Address        string
}

func (authorityRow) TableName() string { return "authorities" }
func (Operator) TableName() string     { return "operators" }
func (Officer) TableName() string      { return "officers" }

func (a authorityRow) authority() Authority {
	out := Authority{
		ID: a.ID, Level: a.Level, Domain: a.Domain, Code: a.Code, Email: a.Email, Address: a.Address,
		Name: casefile.Text{Zh: a.NameZh, En: a.NameEn},
	}
	if a.Parent != nil {
		out.Parent = *a.Parent
	}
	return out
}

// ErrCodeTaken: case numbers begin with the code of one authority.
var ErrCodeTaken = errors.New("another authority has that code")

// PutAuthority writes an authority, new or changed. Its code stays once it has cases: their
// numbers carry it. ErrCodeTaken for another's code; ErrNotFound without the superior that it names.
func (r *Register) PutAuthority(ctx context.Context, a Authority) error {
	row := authorityRow{
		ID: a.ID, Level: a.Level, Domain: a.Domain, Code: a.Code, NameZh: a.Name.Zh, NameEn: a.Name.En, Email: a.Email, Address: a.Address,
	}
	if a.Parent != "" {
		row.Parent = &a.Parent
	}
	err := r.put(ctx, "authority "+a.ID, &row)
	switch {
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fmt.Errorf("%w: %w", ErrCodeTaken, err)
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		return fmt.Errorf("superior %s: %w", a.Parent, ErrNotFound)
	}
	return err
}

// PutOperator writes an operator, new or changed. Cases filed before are still found by the name
// it had then.
func (r *Register) PutOperator(ctx context.Context, o Operator) error {
	if o.Types == nil {
		o.Types = []string{}
	}
	return r.put(ctx, "operator "+o.ID, &o)
}

// PutOfficer writes an officer, new or changed.
func (r *Register) PutOfficer(ctx context.Context, o Officer) error {
	return r.put(ctx, "officer "+o.ID, &o)
}

func (r *Register) put(ctx context.Context, what string, row any) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(row).Error
	})
	if err != nil {
		return fmt.Errorf("put %s: %w", what, err)
	}
	return nil
}

// Authorities lists the whole tree, by id.
func (r *Register) Authorities(ctx context.Context) ([]Authority, error) {
	var rows []authorityRow
	if err := r.db.WithContext(ctx).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the authorities: %w", err)
	}
	out := make([]Authority, len(rows))
	for i, row := range rows {
		out[i] = row.authority()
	}
	return out, nil
}

// AuthorityByID finds an authority; ErrNotFound.
func (r *Register) AuthorityByID(ctx context.Context, id string) (Authority, error) {
	row, err := oneByID[authorityRow](r.db.WithContext(ctx), "authority", id)
	return row.authority(), err
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
