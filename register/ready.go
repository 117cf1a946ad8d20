package register

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// probeRow is what Ready writes.
type probeRow struct {
	ID   string `gorm:"primaryKey"`
	At   time.Time
	Room []byte
}

func (probeRow) TableName() string { return "probes" }

const (
	probeRoom  = 8 << 10                 // bytes: a filing with its case takes about as much
	probeEvery = time.Second             // whoever may ask how the installation is could else keep the disk busy
	probeTime  = 1500 * time.Millisecond // that it may take
)

// probe is how the last one went.
type probe struct {
	turn chan struct{} // held by who looks at it, or makes the next
	at   time.Time
	err  error
}

// Ready tells whether the register can be written now, by writing to it: a database that answers may
// be read-only, or full. It does so at most once a second; who asks meanwhile is told how that went.
// ErrUnavailable also when ctx ends first.
func (r *Register) Ready(ctx context.Context) error {
	select {
	case r.probe.turn <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("try to write to the register: %w", cannotNow(ctx.Err()))
	}
	defer func() { <-r.probe.turn }()
	if time.Since(r.probe.at) < probeEvery {
		return r.probe.err
	}
	r.probe.err = r.tryToWrite(ctx)
	r.probe.at = time.Now()
	return r.probe.err
}

func (r *Register) tryToWrite(ctx context.Context) error {
	// Who asks first answers for the others too, so his going away must not end it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeTime)
	defer cancel()
	row := probeRow{ID: rand.Text(), At: micro(time.Now()), Room: make([]byte, probeRoom)}
	rand.Read(row.Room) //nolint:errcheck // never fails (crypto/rand); random, so that nothing makes it smaller
	err := r.write(ctx, func(tx *gorm.DB) error {
		// The new row first: the room of the old one is no proof that there is room.
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return tx.Exec("DELETE FROM probes WHERE id <> ?", row.ID).Error
	})
	if err != nil {
		return fmt.Errorf("try to write to the register: %w", err)
	}
	return nil
}
