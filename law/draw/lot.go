package draw

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
)

// Lots gives the random numbers of one purpose, each from SHA-256 in counter mode:
//
//	block(i) = SHA-256("duban draw 1\n" + purpose + "\n" + the 32 bytes of the seed + i), i = 0, 1, …
//
// with i as 8 bytes, big-endian. A block is read as four numbers of 8 bytes, big-endian. For a
// number below n, those not below the greatest multiple of n within 2^64 are thrown away, and the
// first that is left is taken modulo n; so each outcome is as likely as any other.
type lots struct {
	head  []byte
	block uint64
	left  []byte
}

func newLots(seed, purpose string) (*lots, error) {
	raw, err := hex.DecodeString(seed)
	if err != nil || !hexForm.MatchString(seed) {
		return nil, errors.New("seed: want 64 hexadecimal digits, in lower case")
	}
	return &lots{head: append([]byte("duban draw 1\n"+purpose+"\n"), raw...)}, nil
}

func (l *lots) next() uint64 {
	if len(l.left) == 0 {
		sum := sha256.Sum256(binary.BigEndian.AppendUint64(l.head[:len(l.head):len(l.head)], l.block))
		l.left = sum[:]
		l.block++
	}
	n := binary.BigEndian.Uint64(l.left)
	l.left = l.left[8:]
	return n
}

// below gives a number from 0 to n-1; n is at least 1.
func (l *lots) below(n int64) int64 {
	size := uint64(n)
	over := (math.MaxUint64%size + 1) % size // how many numbers stand above the greatest multiple
	for {
		if v := l.next(); v <= math.MaxUint64-over {
			return int64(v % size)
		}
	}
}
