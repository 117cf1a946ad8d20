package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/casefile"
)

type standardRow struct {
	Hash     string `gorm:"primaryKey"`
	Body     []byte
	PinnedAt time.Time
}

func (standardRow) TableName() string { return "standards" }

// PinStandard keeps a standard's text by its hash, in the transaction of the first inspection that is
// carried out by it.
func (t *Turn) PinStandard(text []byte) error {
	row := standardRow{Hash: sumOf(text), Body: text, PinnedAt: t.now}
	if err := t.tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("pin standard %s: %w", row.Hash, err)
	}
	return nil
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// StandardText is the text pinned under that hash; ErrNotFound.
func (r *Register) StandardText(ctx context.Context, hash string) ([]byte, error) {
	var rows []standardRow
	if err := r.db.WithContext(ctx).Where("hash = ?", hash).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("find standard %s: %w", hash, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("standard %s: %w", hash, ErrNotFound)
	}
	return rows[0].Body, nil
}

// standards are the hashes whose texts are kept and are what they were.
func standards(tx *gorm.DB) (map[string]bool, error) {
	var rows []standardRow
	if err := tx.Find(&rows).Error; err != nil {
		return nil, err
	}
	kept := map[string]bool{}
	for _, row := range rows {
		kept[row.Hash] = sumOf(row.Body) == row.Hash
	}
	return kept, nil
}

// standard checks that what an inspection was carried out by can still be read.
func (rep *Report) standard(f *file, c casefile.Case) {
	if c.Checklist != nil {
		rep.count(f, 0, CheckStandard, f.standards[c.Checklist.Hash], "the text of the standard %s, by which it is carried out, is missing or was changed", c.Checklist.Standard)
	}
}
