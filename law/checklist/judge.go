package checklist

import (
	"fmt"
	"math/big"
	"strconv"
)

// Verdict is how one requirement was judged. Of a score, Points are the points given; otherwise a
// requirement that is met has one of one.
type Verdict struct {
	Code   string `json:"code"`
	Value  string `json:"value"`
	Met    bool   `json:"met"`
	Points int64  `json:"points"`
	Of     int64  `json:"of"`
}

// Judge holds a value against the requirement: "yes" or "no", a decimal number in the unit of the
// requirement, or whole points. A bound belongs to what is allowed. An error means that the value
// is none of these.
func (l Line) Judge(value string) (Verdict, error) {
	v := Verdict{Code: l.Code, Value: value, Of: 1}
	switch l.How.By {
	case YesNo:
		if value != "yes" && value != "no" {
			return Verdict{}, fmt.Errorf("judge %s: %q is neither yes nor no", l.Code, value)
		}
		v.Met = value == "yes"
	case Measure:
		n, err := ParseDecimal(value)
		if err != nil {
			return Verdict{}, fmt.Errorf("judge %s: %w", l.Code, err)
		}
		if n < 0 && !l.How.belowZero() {
			return Verdict{}, fmt.Errorf("judge %s: %s %s are never below zero", l.Code, value, l.How.Unit)
		}
		v.Met = (l.How.AtMost == nil || n <= *l.How.AtMost) && (l.How.AtLeast == nil || n >= *l.How.AtLeast)
	case Score:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 0 || n > l.How.Points || itoa(n) != value {
			return Verdict{}, fmt.Errorf("judge %s: %q is not 0 to %d points", l.Code, value, l.How.Points)
		}
		v.Points, v.Of, v.Met = n, l.How.Points, n >= l.How.Pass
		return v, nil
	default:
		return Verdict{}, fmt.Errorf("judge %s: no such method as %q", l.Code, l.How.By)
	}
	if v.Met {
		v.Points = 1
	}
	return v, nil
}

// Tally is what a branch of the taxonomy came to. Each requirement that was judged counts its
// weight, times its points of those to be had; PerMille is the sum by the sum of the weights,
// rounded half up, and 0 where nothing was judged.
type Tally struct {
	Branch        string `json:"branch"` // "" for the whole
	Met           int    `json:"met"`
	NotMet        int    `json:"notMet"`
	Open          int    `json:"open"`                    // not judged: they count for nothing
	NotApplicable int    `json:"notApplicable,omitempty"` // neither do these
	Weight        int64  `json:"weight"`
	PerMille      int64  `json:"perMille"`
}

// Results is a checklist that was judged.
type Results struct {
	Verdicts []Verdict `json:"verdicts"` // in the order of the list
	Tallies  []Tally   `json:"tallies"`  // the whole, the two groups, then the branches of tourism 7
}

// NotApplicable is the value of a line that does not apply where the inspection is.
const NotApplicable = "not-applicable"

// Sum judges the lines of a list: values by the code of their requirement. What has no value stays
// open. A code that no line has, or a value that can't be judged, is an error.
func Sum(lines []Line, values map[string]string) (Results, error) {
	sums := []sum{{}}
	at := map[string]int{"": 0}
	groups := map[string]string{}
	for _, b := range append(Groups(), Branches()...) {
		at[b.Code], groups[b.Code] = len(sums), b.Group
		sums = append(sums, sum{Tally: Tally{Branch: b.Code}})
	}
	out := Results{Verdicts: []Verdict{}}
	known := 0
	for _, l := range lines {
		value, has := values[l.Code]
		var v Verdict
		if has {
			known++
		}
		if has && value != NotApplicable {
			var err error
			if v, err = l.Judge(value); err != nil {
				return Results{}, err
			}
			out.Verdicts = append(out.Verdicts, v)
		}
		for _, branch := range []string{"", groups[l.Branch], l.Branch} {
			sums[at[branch]].add(l, v, has)
		}
	}
	if known < len(values) {
		return Results{}, fmt.Errorf("sum up a checklist: %d of the values belong to no requirement", len(values)-known)
	}
	for i := range sums {
		out.Tallies = append(out.Tallies, sums[i].settled())
	}
	return out, nil
}

// sum is a tally under way.
type sum struct {
	Tally
	got big.Rat
}

func (s *sum) add(l Line, v Verdict, has bool) {
	switch {
	case !has:
		s.Open++
		return
	case v.Of == 0:
		s.NotApplicable++
		return
	case v.Met:
		s.Met++
	default:
		s.NotMet++
	}
	s.Weight += l.Weight
	s.got.Add(&s.got, big.NewRat(l.Weight*v.Points, v.Of))
}

func (s *sum) settled() Tally {
	if s.Weight > 0 {
		share := new(big.Rat).Mul(&s.got, big.NewRat(1000, s.Weight))
		twice := new(big.Int).Add(new(big.Int).Lsh(share.Num(), 1), share.Denom())
		s.PerMille = twice.Div(twice, new(big.Int).Lsh(share.Denom(), 1)).Int64()
	}
	return s.Tally
}
