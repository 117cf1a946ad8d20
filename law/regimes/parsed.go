package regimes

import (
	"fmt"
	"sync"

	"duban/law/casefile"
)

// Parsed keeps parsed regimes by hash: a hash never changes its text. The zero value holds none; it is safe for
// use by many goroutines.
type Parsed struct {
	by sync.Map // hash → *casefile.Regime
}

// Regime is the regime of that hash; text is asked for its text the first time.
func (l *Parsed) Regime(hash string, text func(string) ([]byte, error)) (*casefile.Regime, error) {
	if r, ok := l.by.Load(hash); ok {
		return r.(*casefile.Regime), nil
	}
	raw, err := text(hash)
	if err != nil {
		return nil, fmt.Errorf("read regime %s: %w", hash, err)
	}
	r, err := Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("parse regime %s: %w", hash, err)
	}
	l.by.Store(hash, r)
	return r, nil
}
