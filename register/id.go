package register

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

var (
	lower     = base32.StdEncoding.WithPadding(base32.NoPadding)
	crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
)

// idOf names a thing by what it is made from, so that the same request always makes the same
// thing. It has the shape of the ids that casefile gives to linked cases.
func idOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return strings.ToLower(lower.EncodeToString(h.Sum(nil)[:16]))
}

// digest is the keyed hash of a content: equal contents are recognised, none can be guessed.
func (r *Register) digest(content any) (string, error) {
	raw, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("hash a content: %w", err)
	}
	mac := hmac.New(sha256.New, r.secret)
	mac.Write(raw)
	return hex.EncodeToString(mac.Sum(nil)), nil
}

// pin is the secret that goes with a case's number, made from the paper that opened it.
func (r *Register) pin(paper string) string {
	mac := hmac.New(sha256.New, r.secret)
	mac.Write([]byte("pin of " + paper))
	return crockford.EncodeToString(mac.Sum(nil)[:5])
}

func samePin(a, b string) bool {
	b = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "").Replace(strings.ToUpper(b))
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// chain is the hash of a ledger's line over the line before.
func chain(prev, body string) string {
	sum := sha256.Sum256([]byte(prev + "\n" + body))
	return hex.EncodeToString(sum[:])
}
