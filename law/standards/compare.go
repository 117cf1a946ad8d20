package standards

import (
	"math/big"

	"duban/law/checklist"
)

// How a requirement of an operator's own standard stands to the province's.
const (
	Missing  = "missing"  // only the province asks for it
	Weaker   = "weaker"   // the operator asks for less
	Other    = "other"    // judged in another way, so that it can't be compared
	Same     = "same"     // as much
	Stricter = "stricter" // the operator asks for more
	Extra    = "extra"    // only the operator asks for it
)

// Line compares one requirement, by its code; the side that lacks it is nil.
type Line struct {
	Code     string       `json:"code"`
	Stands   string       `json:"stands"`
	Own      *Requirement `json:"own,omitempty"`
	Province *Requirement `json:"province,omitempty"`
}

// Compare holds an operator's own standard (tourism 9) against the province's: the province's
// requirements in their order, then what the operator adds. Requirements are the same by code.
func Compare(own, province *Standard) []Line {
	mine := map[string]*Requirement{}
	for i := range own.Requirements {
		mine[own.Requirements[i].Code] = &own.Requirements[i]
	}
	var lines []Line
	known := map[string]bool{}
	for i := range province.Requirements {
		p := &province.Requirements[i]
		known[p.Code] = true
		o := mine[p.Code]
		line := Line{Code: p.Code, Stands: Missing, Own: o, Province: p}
		if o != nil {
			line.Stands = stands(o.Judge, p.Judge)
		}
		lines = append(lines, line)
	}
	for i := range own.Requirements {
		if o := &own.Requirements[i]; !known[o.Code] {
			lines = append(lines, Line{Code: o.Code, Stands: Extra, Own: o})
		}
	}
	return lines
}

// Suffices tells whether the operator asks for at least what the province does.
func Suffices(lines []Line) bool {
	for _, l := range lines {
		if l.Stands == Missing || l.Stands == Weaker || l.Stands == Other {
			return false
		}
	}
	return true
}

func stands(own, province checklist.Method) string {
	if own.By != province.By {
		return Other
	}
	var more int // the sign: whether the operator asks for more
	switch own.By {
	case checklist.Measure:
		if checklist.UnitOf(own.Unit).Kind != checklist.UnitOf(province.Unit).Kind || (own.AtMost == nil) != (province.AtMost == nil) {
			return Other
		}
		if own.AtMost != nil {
			more = -compareIn(*own.AtMost, own.Unit, *province.AtMost, province.Unit)
		} else {
			more = compareIn(*own.AtLeast, own.Unit, *province.AtLeast, province.Unit)
		}
	case checklist.Score: // as a share of all points
		more = big.NewRat(own.Pass, own.Points).Cmp(big.NewRat(province.Pass, province.Points))
	}
	switch {
	case more < 0:
		return Weaker
	case more > 0:
		return Stricter
	}
	return Same
}

// compareIn compares two values of one kind of unit: two days are 48 hours.
func compareIn(a checklist.Decimal, ofA string, b checklist.Decimal, ofB string) int {
	smallest := func(d checklist.Decimal, of string) *big.Int {
		return new(big.Int).Mul(big.NewInt(int64(d)), big.NewInt(checklist.UnitOf(of).Factor))
	}
	return smallest(a, ofA).Cmp(smallest(b, ofB))
}
