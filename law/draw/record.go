package draw

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Record is a draw as it is kept and published: enough to repeat it.
type Record struct {
	Version int64 `json:"version"`
	Input
	Seed   string  `json:"seed"` // 32 bytes in hexadecimal
	Result []Visit `json:"result"`
	Hash   string  `json:"hash,omitempty"` // SHA-256 of the record without this field, as compact JSON
}

// Visit is one target drawn, in the order drawn, with its weight and its team, by id.
type Visit struct {
	Target   string   `json:"target"`
	Weight   int64    `json:"weight"`
	Officers []string `json:"officers"`
	Lacking  int64    `json:"lacking,omitempty"` // officers short of a team; then there is none
}

// NewSeed gives 32 random bytes in hexadecimal.
func NewSeed() string {
	var raw [32]byte
	rand.Read(raw[:]) // it never fails: it ends the program instead
	return hex.EncodeToString(raw[:])
}

// Commitment is what may be published of a seed before the input of a draw is fixed: the SHA-256
// of its 32 bytes. It tells nothing of the seed, and no other seed has it. Empty for what is no seed.
func Commitment(seed string) string {
	raw, err := hex.DecodeString(seed)
	if err != nil || !hexForm.MatchString(seed) {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// ReadInput reads an input strictly: an unknown field is an error.
func ReadInput(text []byte) (Input, error) {
	var in Input
	if err := decode(text, &in); err != nil {
		return Input{}, fmt.Errorf("read input of a draw: %w", err)
	}
	if err := in.check(); err != nil {
		return Input{}, fmt.Errorf("read input of a draw: %w", err)
	}
	return in, nil
}

// Read reads a record strictly: apart from white space it must be written as Text writes it, so
// that nothing stands in the file which Verify does not look at. An error means that it is no
// record; whether it is a true one, Verify tells.
func Read(text []byte) (Record, error) {
	var r Record
	if err := decode(text, &r); err != nil {
		return Record{}, fmt.Errorf("read draw: %w", err)
	}
	if r.Version != Version {
		return Record{}, fmt.Errorf("read draw: version %d, this program repeats version %d", r.Version, Version)
	}
	if err := r.check(); err != nil {
		return Record{}, fmt.Errorf("read draw: %w", err)
	}
	if !hexForm.MatchString(r.Seed) || !hexForm.MatchString(r.Hash) {
		return Record{}, errors.New("read draw: seed and hash want 64 hexadecimal digits each, in lower case")
	}
	var found bytes.Buffer
	if err := json.Compact(&found, text); err != nil {
		return Record{}, fmt.Errorf("read draw: %w", err)
	}
	want, err := r.compact()
	if err != nil {
		return Record{}, err
	}
	if !bytes.Equal(found.Bytes(), want) {
		return Record{}, fmt.Errorf("read draw: not written as a record is, from byte %d of its compact form on", differs(found.Bytes(), want))
	}
	return r, nil
}

// Text is the record as a file.
func (r Record) Text() ([]byte, error) {
	compact, err := r.compact()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, compact, "", "  "); err != nil {
		return nil, fmt.Errorf("write draw: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// compact writes the fields in their order, without white space, and each character as itself.
func (r Record) compact() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		return nil, fmt.Errorf("write draw: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func (r Record) hash() (string, error) {
	r.Hash = ""
	text, err := r.compact()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more follows after the end")
	}
	return nil
}

// differs is the first place where two texts are not the same.
func differs(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
