package importer

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// seen remembers the rows of a file by their ids, some fifty bytes a row: no more is held of them.
type seen map[[16]byte]sight

type sight struct {
	line    int32
	content [8]byte
}

// again tells whether a row's id stood in the file before: existing for the same content once more,
// rejected for another, with the reason.
func (s seen) again(r row, f filing) (verdict, error) {
	id := sha256.Sum256([]byte(f.id()))
	raw, err := json.Marshal(f)
	if err != nil {
		return rejected, fmt.Errorf("write a filing: %w", err)
	}
	content := sha256.Sum256(raw)
	now := sight{line: int32(r.first), content: [8]byte(content[:8])}
	was, ok := s[[16]byte(id[:16])]
	switch {
	case !ok:
		s[[16]byte(id[:16])] = now
		return filed, nil
	case was.content == now.content:
		return existing, nil
	}
	r.first, r.last = int(was.line), int(was.line)
	return rejected, fmt.Errorf("the id %s stands on %s already, with other content", f.id(), r.where())
}
