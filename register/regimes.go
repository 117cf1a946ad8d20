package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// RegimeText is a regulation as it is pinned: kept by its hash for as long as the register.
type RegimeText struct {
	Hash string
	Text []byte
}

// pinRegime keeps a regime's text in the transaction that first pins it.
func pinRegime(tx *gorm.DB, t RegimeText, now time.Time) error {
	if t.Hash == "" || len(t.Text) == 0 {
		return errors.New("pin a regime: hash or text is missing")
	}
	var known int64
	if err := tx.Raw("SELECT count(*) FROM regimes WHERE hash = ?", t.Hash).Scan(&known).Error; err != nil {
		return fmt.Errorf("pin regime %s: %w", t.Hash, err)
	}
	if known > 0 {
		return nil
	}
	row := regimeRow{Hash: t.Hash, Body: t.Text, PinnedAt: now}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("pin regime %s: %w", t.Hash, err)
	}
	return nil
}

func regimeText(tx *gorm.DB, hash string) ([]byte, error) {
	var rows []regimeRow
	if err := tx.Where("hash = ?", hash).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("find regime %s: %w", hash, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("regime %s: %w", hash, ErrNotFound)
	}
	return rows[0].Body, nil
}

// RegimeText is the text pinned under that hash; ErrNotFound.
func (r *Register) RegimeText(ctx context.Context, hash string) ([]byte, error) {
	return regimeText(r.db.WithContext(ctx), hash)
}

// Regimes lists every regime that was ever pinned, by hash.
func (r *Register) Regimes(ctx context.Context) ([]RegimeText, error) {
	var rows []regimeRow
	if err := r.db.WithContext(ctx).Order("hash").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the regimes: %w", err)
	}
	out := make([]RegimeText, len(rows))
	for i, row := range rows {
		out[i] = RegimeText{Hash: row.Hash, Text: row.Body}
	}
	return out, nil
}
