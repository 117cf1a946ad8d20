package register

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// letters are the kinds in a case number.
func letter(k casefile.Kind) string {
	switch k {
	case casefile.Complaint:
		return "C"
	case casefile.Inspection:
		return "I"
	case casefile.Enforcement:
		return "E"
	case casefile.Appeal:
		return "A"
	}
	return "X"
}

// numberOf writes a case number, as LN-C-2026-000123.
func numberOf(code string, k casefile.Kind, year int, n int64) string {
	return fmt.Sprintf("%s-%s-%04d-%06d", code, letter(k), year, n)
}

// nextNumber takes the next number of an authority, kind and year. The counter's row stays
// locked until the commit, and a rollback gives the number back: there are no gaps. A filing's commit
// does not keep it for as long as the disk takes (releaseEarly); a crash takes the last numbers back
// with their cases, and nobody was told of them.
const nextNumber = `INSERT INTO numbers (authority, kind, year, n) VALUES (?, ?, ?, 1)
	ON CONFLICT (authority, kind, year) DO UPDATE SET n = numbers.n + 1 RETURNING n`

// inLine has those who want the next number of a counter wait in line. At the counter's row itself
// PostgreSQL would wake all of them at each commit, and let any of them in. It keeps no promise:
// two counters that share a line only wait for each other.
const inLine = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"

// besides is how many filings of one counter are under way at once in this process: one has the
// number, the others do what comes before it. Those behind them wait without a connection, in the
// order in which they came; the pool gives its connections to anyone of those who wait.
const besides = 4

// enterLine waits for a place among the filings of a counter.
func (r *Register) enterLine(ctx context.Context, authority string, kind casefile.Kind) (leave func(), err error) {
	line, _ := r.lines.LoadOrStore(authority+" "+string(kind), make(chan struct{}, besides))
	places := line.(chan struct{})
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait in line for a number: %w", cannotNow(ctx.Err()))
	}
}

type numbers []struct{ N int64 }

// takeNumber takes the next number; it is there after send.
func (r *Register) takeNumber(p *pipeline, into *numbers, authority string, kind casefile.Kind, year int) error {
	var err error
	if !r.sqlite() {
		err = p.exec("wait in line for a number", 1, inLine, fmt.Sprintf("number %s %s %d", authority, kind, year))
	}
	return errors.Join(err, read(p, "take a number", (*[]struct{ N int64 })(into), nextNumber, authority, kind, year))
}

func authorityCode(tx *gorm.DB, id string) (string, error) {
	var code string
	found := tx.Raw("SELECT code FROM authorities WHERE id = ?", id).Scan(&code)
	if found.Error != nil {
		return "", fmt.Errorf("find authority %s: %w", id, found.Error)
	}
	if found.RowsAffected == 0 {
		return "", fmt.Errorf("authority %q: %w", id, ErrNotFound)
	}
	return code, nil
}
