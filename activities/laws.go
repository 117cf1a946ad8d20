package activities

import (
	"fmt"
	"sync"

	"duban/law/casefile"
	"duban/law/regimes"
)

// laws keeps parsed regimes by hash: a hash never changes its text.
type laws struct {
	parsed sync.Map // hash → *casefile.Regime
}

func (l *laws) regime(hash string, text func(string) ([]byte, error)) (*casefile.Regime, error) {
	if r, ok := l.parsed.Load(hash); ok {
		return r.(*casefile.Regime), nil
	}
	raw, err := text(hash)
	if err != nil {
		return nil, fmt.Errorf("read regime %s: %w", hash, err)
	}
	r, err := regimes.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("parse regime %s: %w", hash, err)
	}
	l.parsed.Store(hash, r)
	return r, nil
}
