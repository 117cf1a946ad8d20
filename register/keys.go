package register

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
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
	Kind      string        // OfficerKey, OperatorKey, AdminKey, ImportKey
	Owner     string        // officer's or operator's id, or a name
	Authority string        // of imports; an officer's is the officer's own
	Role      casefile.Role // an officer's is the officer's own
	Expires   time.Time     // zero: never
	By        string        // who makes it; empty: the command line
}

// Key is an API key without its secret. Authority and Role of an officer's are those that the officer has
// now, not those at the making.
type Key struct {
	ID        string
	Kind      string
	Owner     string
	Authority string
	Role      casefile.Role
	Created   time.Time
	By        string
	Expires   time.Time // zero: never
	Used      time.Time // zero: never; to within usedWithin
	Revoked   time.Time // zero: not
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
	ExpiresAt *time.Time
	UsedAt    *time.Time
	MadeBy    string
}

func (keyRow) TableName() string { return "keys" }

func (k keyRow) key() Key {
	return Key{
		ID: k.ID, Kind: k.Kind, Owner: k.Owner, Authority: k.Authority, Role: k.Role, Created: k.CreatedAt.UTC(), By: k.MadeBy,
		Expires: timeOf(k.ExpiresAt), Used: timeOf(k.UsedAt), Revoked: timeOf(k.RevokedAt),
	}
}

// CreateKey makes a key and returns its secret, which is shown this once and kept nowhere. ErrNotFound for an
// officer or operator that is not there: a key must not speak for nobody.
func (r *Register) CreateKey(ctx context.Context, s KeySpec) (secret string, err error) {
	_, secret, err = r.MakeKey(ctx, s, "", "")
	return secret, err
}

// MakeKey is CreateKey, once for an Idempotency-Key of its maker: the same again gives the key without its
// secret, which nobody has but who got it first. ErrKeyReused for another content.
func (r *Register) MakeKey(ctx context.Context, s KeySpec, owner, key string) (Key, string, error) {
	secret := "duban_" + strings.ToLower(rand.Text()+rand.Text()[:14])
	row := keyRow{
		ID: idOf("key", hashOfSecret(secret)), Hash: hashOfSecret(secret), Kind: s.Kind, Owner: s.Owner,
		Authority: s.Authority, Role: s.Role, CreatedAt: micro(time.Now()), MadeBy: s.By,
	}
	if !s.Expires.IsZero() {
		at := micro(s.Expires)
		row.ExpiresAt = &at
	}
	if key != "" {
		row.ID = idOf("key", owner, key)
	}
	err := r.write(ctx, func(tx *gorm.DB) error {
		if err := row.held(tx); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if key != "" && errors.Is(err, gorm.ErrDuplicatedKey) {
		was, err := oneByID[keyRow](r.db.WithContext(ctx), "key", row.ID)
		if err == nil && !was.sameAs(row) {
			err = ErrKeyReused
		}
		return was.key(), "", err
	}
	if err != nil {
		return Key{}, "", fmt.Errorf("create a key for %s %s: %w", s.Kind, s.Owner, err)
	}
	return row.key(), secret, nil
}

// MadeKey finds what MakeKey made for an Idempotency-Key of its maker; ErrNotFound.
func (r *Register) MadeKey(ctx context.Context, s KeySpec, owner, key string) (Key, error) {
	was, err := oneByID[keyRow](r.db.WithContext(ctx), "key", idOf("key", owner, key))
	if err != nil {
		return Key{}, err
	}
	row := keyRow{Kind: s.Kind, Owner: s.Owner, Authority: s.Authority}
	if !s.Expires.IsZero() {
		at := micro(s.Expires)
		row.ExpiresAt = &at
	}
	if !was.sameAs(row) {
		return was.key(), ErrKeyReused
	}
	return was.key(), nil
}

// sameAs tells whether the same key was asked for.
func (k keyRow) sameAs(o keyRow) bool {
	return k.Kind == o.Kind && k.Owner == o.Owner && timeOf(k.ExpiresAt).Equal(timeOf(o.ExpiresAt)) && (k.Kind != ImportKey || k.Authority == o.Authority)
}

// held sees that the holder of a key is there, and takes from an officer what he is.
func (k *keyRow) held(tx *gorm.DB) error {
	switch k.Kind {
	case OfficerKey:
		o, err := oneByID[Officer](tx, "officer", k.Owner)
		if err == nil && o.RetiredAt != nil {
			err = fmt.Errorf("officer %s has left: %w", o.ID, ErrNotFound)
		}
		k.Authority, k.Role = o.Authority, o.Role
		return err
	case OperatorKey:
		_, err := oneByID[Operator](tx, "operator", k.Owner)
		return err
	case ImportKey:
		if k.Authority != "" {
			_, err := oneByID[authorityRow](tx, "authority", k.Authority)
			return err
		}
	}
	return nil
}

// usedWithin is how exactly a key's last use is kept: a row written at each request would cost more than it
// tells.
const usedWithin = 10 * time.Minute

// Authenticate finds the valid key of a secret, with the authority and the role that its officer has at this
// moment; ErrNotFound for an unknown, revoked or expired one, and for one whose officer has left.
func (r *Register) Authenticate(ctx context.Context, secret string) (Key, error) {
	now := micro(time.Now())
	var rows []struct {
		Row              keyRow `gorm:"embedded"`
		OfficerAuthority string
		OfficerRole      casefile.Role
	}
	err := r.db.WithContext(ctx).Raw(`SELECT k.*, coalesce(o.authority, '') AS officer_authority, coalesce(o.role, '') AS officer_role
		FROM keys k LEFT JOIN officers o ON k.kind = 'officer' AND o.id = k.owner AND o.retired_at IS NULL
		WHERE k.hash = ? AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?) AND (k.kind <> 'officer' OR o.id IS NOT NULL)`,
		hashOfSecret(secret), now).Scan(&rows).Error
	if err != nil {
		return Key{}, fmt.Errorf("find a key: %w", err)
	}
	if len(rows) == 0 {
		return Key{}, ErrNotFound
	}
	k := rows[0].Row.key()
	if k.Kind == OfficerKey {
		k.Authority, k.Role = rows[0].OfficerAuthority, rows[0].OfficerRole
	}
	if now.Sub(k.Used) > usedWithin {
		err := r.write(ctx, func(tx *gorm.DB) error {
			return tx.Exec("UPDATE keys SET used_at = ? WHERE id = ?", now, k.ID).Error
		})
		if err != nil { // who may read is not kept out because nothing can be written
			r.log.Warn("the last use of a key was not kept", "key", k.ID, "error", err)
		}
	}
	return k, nil
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
