package checklist

import "slices"

// List is a standard as an inspection is carried out by it. The texts of its lines stand in the
// standard, which is kept by its hash.
type List struct {
	Standard  string   `json:"standard"` // its id
	Version   int64    `json:"version"`
	Hash      string   `json:"hash"`           // SHA-256 of its text, in hexadecimal
	Cite      string   `json:"cite,omitempty"` // the clause that calls for it, as document:article
	Operators []string `json:"operators"`      // the types of operator that it binds
	Lines     []Line   `json:"lines"`
}

// Line is one requirement. No fault may be found on an unverified one before its text is read.
type Line struct {
	Code       string `json:"code"`
	Branch     string `json:"branch"` // of the taxonomy, see Branches
	Weight     int64  `json:"weight"`
	How        Method `json:"how"`
	Cite       string `json:"cite,omitempty"`
	Violation  string `json:"violation,omitempty"` // that a breach points to, of the standard's regime
	Unverified bool   `json:"unverified,omitempty"`
}

// Line is the line of that code; nil where the list has none, or there is no list.
func (l *List) Line(code string) *Line {
	if l == nil {
		return nil
	}
	i := slices.IndexFunc(l.Lines, func(x Line) bool { return x.Code == code })
	if i < 0 {
		return nil
	}
	return &l.Lines[i]
}
