package register

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"duban/law/casefile"
	"duban/law/jurisdiction"
)

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

// authorityEditionRow is the one row that every change of an authority raises.
type authorityEditionRow struct {
	One     int `gorm:"primaryKey;autoIncrement:false"`
	Edition int64
}

func (authorityEditionRow) TableName() string { return "authority_edition" }

func (a authorityRow) authority() jurisdiction.Authority {
	out := jurisdiction.Authority{
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

// ErrParentBelow: a superior that the authority is itself over, which would make a circle.
var ErrParentBelow = errors.New("the superior authority is below this one")

// PutAuthority writes an authority, new or changed. Its code stays once it has cases: their
// numbers carry it. ErrCodeTaken for another's code; ErrNotFound without the superior that it names;
// ErrParentBelow for one that it is over.
func (r *Register) PutAuthority(ctx context.Context, a jurisdiction.Authority) error {
	row := authorityRow{
		ID: a.ID, Level: a.Level, Domain: a.Domain, Code: a.Code, NameZh: a.Name.Zh, NameEn: a.Name.En, Email: a.Email, Address: a.Address,
	}
	if a.Parent != "" {
		row.Parent = &a.Parent
	}
	err := r.write(ctx, func(tx *gorm.DB) error {
		// First, for whoever else moves an authority waits for this row: two moves at once make no circle either.
		if err := tx.Exec("UPDATE authority_edition SET edition = edition + 1").Error; err != nil {
			return err
		}
		if err := putRow(tx, &row); err != nil {
			return err
		}
		var circle int64
		err := tx.Raw(`WITH RECURSIVE above(id) AS (SELECT parent FROM authorities WHERE id = ?
			UNION SELECT a.parent FROM authorities a JOIN above ON a.id = above.id) SELECT count(*) FROM above WHERE id = ?`, a.ID, a.ID).Scan(&circle).Error
		if err == nil && circle > 0 {
			return ErrParentBelow
		}
		return err
	})
	switch {
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fmt.Errorf("put authority %s: %w: %w", a.ID, ErrCodeTaken, err)
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		return fmt.Errorf("put authority %s: superior %s: %w", a.ID, a.Parent, ErrNotFound)
	case err != nil:
		return fmt.Errorf("put authority %s: %w", a.ID, err)
	}
	return nil
}

// grown is the tree of authorities as of an edition.
type grown struct {
	edition int64
	tree    *jurisdiction.Tree
}

// Tree is all authorities as they are now. Whatever changes one raises the edition in the same
// transaction, so a kept tree is never an old one: asking costs one row.
func (r *Register) Tree(ctx context.Context) (*jurisdiction.Tree, error) {
	edition, err := authorityEdition(r.db.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if kept := r.tree.Load(); kept != nil && kept.edition == edition {
		return kept.tree, nil
	}
	var rows []authorityRow
	err = r.snapshot(ctx, func(tx *gorm.DB) (err error) {
		if edition, err = authorityEdition(tx); err != nil {
			return err
		}
		return tx.Order("id").Find(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("read the authorities: %w", err)
	}
	all := make([]jurisdiction.Authority, len(rows))
	for i, row := range rows {
		all[i] = row.authority()
	}
	tree := jurisdiction.NewTree(all)
	r.tree.Store(&grown{edition: edition, tree: tree})
	return tree, nil
}

func authorityEdition(db *gorm.DB) (int64, error) {
	var row authorityEditionRow
	if err := db.Take(&row).Error; err != nil {
		return 0, fmt.Errorf("read the edition of the authorities: %w", err)
	}
	return row.Edition, nil
}

// AuthorityByID finds an authority; ErrNotFound.
func (r *Register) AuthorityByID(ctx context.Context, id string) (jurisdiction.Authority, error) {
	row, err := oneByID[authorityRow](r.db.WithContext(ctx), "authority", id)
	return row.authority(), err
}

// ofAuthorities narrows a list to what those authorities carry; nil leaves it as it is.
func ofAuthorities(list *gorm.DB, ids []string) *gorm.DB {
	if ids == nil {
		return list
	}
	return list.Where("authority IN ?", ids)
}
