package standards

import (
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/law/regimes"
)

// Standard is one version of a standard. A later version has the same ID and other days.
type Standard struct {
	ID           string        `json:"id"`
	Version      int64         `json:"version"`
	Title        casefile.Text `json:"title"`
	Effective    regimes.Span  `json:"effective"`
	Operators    []string      `json:"operators"`        // the types of operator that it binds (tourism 8)
	Source       string        `json:"source"`           // which text was read; "house" for requirements of our own
	Cite         string        `json:"cite,omitempty"`   // the clause that calls for the standard, as document:article
	Regime       string        `json:"regime,omitempty"` // the regulation whose violations its requirements may name
	Unverified   bool          `json:"unverified,omitempty"`
	Note         string        `json:"note,omitempty"`
	Requirements []Requirement `json:"requirements"`

	// Hash is the SHA-256 of the file, in hexadecimal: what a checklist is pinned to. Text is the file.
	Hash string `json:"-"`
	Text []byte `json:"-"`
}

// Requirement is one line of a checklist. Source and Unverified are the standard's where the file
// gives none.
type Requirement struct {
	Code       string           `json:"code"`
	Text       casefile.Text    `json:"text"`
	Branch     string           `json:"branch"` // of the taxonomy, see checklist.Branches
	Weight     int64            `json:"weight"`
	Judge      checklist.Method `json:"judge"`
	Source     string           `json:"source,omitempty"`
	Cite       string           `json:"cite,omitempty"`
	Unverified bool             `json:"unverified,omitempty"`
	Note       string           `json:"note,omitempty"`
	Violation  string           `json:"violation,omitempty"` // of Regime; a fault alone proves none, an officer decides
}

// Line is the requirement as a checklist has it.
func (r Requirement) Line() checklist.Line {
	return checklist.Line{Code: r.Code, Branch: r.Branch, Weight: r.Weight, How: r.Judge, Cite: r.Cite, Violation: r.Violation, Unverified: r.Unverified}
}

// Checklist is the standard as an inspection is carried out by it.
func (s *Standard) Checklist() *checklist.List {
	out := &checklist.List{Standard: s.ID, Version: s.Version, Hash: s.Hash, Cite: s.Cite, Operators: s.Operators}
	for _, r := range s.Requirements {
		out.Lines = append(out.Lines, r.Line())
	}
	return out
}
