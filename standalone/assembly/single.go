package assembly

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// single keeps a second installation out of the same PostgreSQL database: two would fight over
// Temporal's shards. The lock is the connection's, so it ends with the process however that ends.
type single struct{ conn *pgx.Conn }

const singleLock = 0x6475_6261_6e // "duban"

func lockDatabase(ctx context.Context, url string) (*single, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	var got bool
	err = conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", int64(singleLock)).Scan(&got)
	if err == nil && !got {
		err = errors.New("another process works on this database; stop it first")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock the database: %w", err), conn.Close(ctx))
	}
	return &single{conn: conn}, nil
}

func (s *single) close() error { return s.conn.Close(context.Background()) }
