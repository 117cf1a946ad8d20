package casefile

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
)

// linkedID is the id of the n-th case that entry seq of a case opens: the same entry always
// opens the same case, however often it is tried.
func linkedID(from string, seq, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d/%d", from, seq, n))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}
