package register

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// The kinds of API keys: whose they are.
const (
	OfficerKey  = "officer"
	OperatorKey = "operator"
	AdminKey    = "admin"
	ImportKey   = "import"
)

// KeySpec says whose a new key is.
type KeySpec struct {
	Kind      string // OfficerKey, OperatorKey, AdminKey, ImportKey
	Owner     string // officer's or operator's id, or a name
	Authority string
	Role      casefile.Role
}

// Key is an API key without its secret.
type Key struct {
	ID        string
	Kind      string
	Owner     string
	Authority string
	Role      casefile.Role
	Created   time.Time
	Revoked   time.Time // zero: valid
}

type keyRow struct {
	ID        string `gorm:"primaryKey"`
	Hash      string
	Kind      string
	Owner     string
	Authority string
	Role      casefile.Role
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	RevokedAt *time.Time
}

func (keyRow) TableName() string { return "keys" }

func (k keyRow) key() Key {
	return Key{ID: k.ID, Kind: k.Kind, Owner: k.Owner, Authority: k.Authority, Role: k.Role, Created: k.CreatedAt.UTC(), Revoked: timeOf(k.RevokedAt)}
}

// CreateKey makes a key and returns its secret, which is shown this once and kept nowhere.
func (r *Register) CreateKey(ctx context.Context, s KeySpec) (secret string, err error) {
	secret = "duban_" + strings.ToLower(rand.Text()+rand.Text()[:14])
	row := keyRow{
		ID: idOf("key", hashOfSecret(secret)), Hash: hashOfSecret(secret), Kind: s.Kind, Owner: s.Owner,
		Authority: s.Authority, Role: s.Role, CreatedAt: micro(time.Now()),
	}
	if err := r.write(ctx, func(tx *gorm.DB) error { return tx.Create(&row).Error }); err != nil {
		return "", fmt.Errorf("create a key for %s %s: %w", s.Kind, s.Owner, err)
	}
	return secret, nil
}

// Authenticate finds the valid key of a secret; ErrNotFound for an unknown or revoked one.
func (r *Register) Authenticate(ctx context.Context, secret string) (Key, error) {
	var rows []keyRow
	err := r.db.WithContext(ctx).Where("hash = ? AND revoked_at IS NULL", hashOfSecret(secret)).Find(&rows).Error
	if err != nil {
		return Key{}, fmt.Errorf("find a key: %w", err)
	}
	if len(rows) == 0 {
		return Key{}, ErrNotFound
	}
	return rows[0].key(), nil
}

// RevokeKey ends a key; ErrNotFound.
func (r *Register) RevokeKey(ctx context.Context, id string) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		up := tx.Exec("UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?", micro(time.Now()), id)
		if up.Error == nil && up.RowsAffected == 0 {
			return ErrNotFound
		}
		return up.Error
	})
	if err != nil {
		return fmt.Errorf("revoke key %s: %w", id, err)
	}
	return nil
}

// Keys lists the keys, by id, after the id after.
func (r *Register) Keys(ctx context.Context, after string, limit int) ([]Key, error) {
	var rows []keyRow
	if err := r.db.WithContext(ctx).Where("id > ?", after).Order("id").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the keys: %w", err)
	}
	out := make([]Key, len(rows))
	for i, row := range rows {
		out[i] = row.key()
	}
	return out, nil
}

// hashOfSecret needs no salt: the secret is 200 random bits, no password.
func hashOfSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
