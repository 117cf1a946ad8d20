package standards

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
func Judge(r Requirement, value string) (Verdict, error) {
	v := Verdict{Code: r.Code, Value: value, Of: 1}
	switch r.Judge.By {
	case YesNo:
		if value != "yes" && value != "no" {
			return Verdict{}, fmt.Errorf("judge %s: %q is neither yes nor no", r.Code, value)
		}
		v.Met = value == "yes"
	case Measure:
		n, err := ParseDecimal(value)
		if err != nil {
			return Verdict{}, fmt.Errorf("judge %s: %w", r.Code, err)
		}
		v.Met = (r.Judge.AtMost == nil || n <= *r.Judge.AtMost) && (r.Judge.AtLeast == nil || n >= *r.Judge.AtLeast)
	case Score:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 0 || n > r.Judge.Points || itoa(n) != value {
			return Verdict{}, fmt.Errorf("judge %s: %q is not 0 to %d points", r.Code, value, r.Judge.Points)
		}
		v.Points, v.Of, v.Met = n, r.Judge.Points, n >= r.Judge.Pass
		return v, nil
	default:
		return Verdict{}, fmt.Errorf("judge %s: no such method as %q", r.Code, r.Judge.By)
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
	Branch   string `json:"branch"` // "" for the whole
	Met      int    `json:"met"`
	NotMet   int    `json:"notMet"`
	Open     int    `json:"open"` // not judged: they count for nothing
	Weight   int64  `json:"weight"`
	PerMille int64  `json:"perMille"`

	got big.Rat
}

// Results is a checklist that was judged.
type Results struct {
	Verdicts []Verdict `json:"verdicts"` // in the order of the standard
	Tallies  []Tally   `json:"tallies"`  // the whole, the two groups, then the branches of tourism 7
}

// Tally judges a checklist: values by the code of their requirement. What has no value stays open.
// A code that the standard does not know, or a value that can't be judged, is an error.
func (s *Standard) Tally(values map[string]string) (Results, error) {
	tallies := []Tally{{}}
	at := map[string]int{"": 0}
	for _, b := range append(Groups(), Branches()...) {
		at[b.Code] = len(tallies)
		tallies = append(tallies, Tally{Branch: b.Code})
	}
	groups := map[string]string{}
	for _, b := range Branches() {
		groups[b.Code] = b.Group
	}
	out := Results{Verdicts: []Verdict{}}
	judged := 0
	for _, r := range s.Requirements {
		value, has := values[r.Code]
		var v Verdict
		if has {
			judged++
			var err error
			if v, err = Judge(r, value); err != nil {
				return Results{}, err
			}
			out.Verdicts = append(out.Verdicts, v)
		}
		for _, branch := range []string{"", groups[r.Branch], r.Branch} {
			tallies[at[branch]].add(r, v, has)
		}
	}
	if judged < len(values) {
		return Results{}, fmt.Errorf("tally %s: %d of the values belong to no requirement", s.ID, len(values)-judged)
	}
	for i := range tallies {
		tallies[i].settle()
	}
	out.Tallies = tallies
	return out, nil
}

func (t *Tally) add(r Requirement, v Verdict, judged bool) {
	switch {
	case !judged:
		t.Open++
		return
	case v.Met:
		t.Met++
	default:
		t.NotMet++
	}
	t.Weight += r.Weight
	t.got.Add(&t.got, big.NewRat(r.Weight*v.Points, v.Of))
}

func (t *Tally) settle() {
	if t.Weight == 0 {
		return
	}
	share := new(big.Rat).Mul(&t.got, big.NewRat(1000, t.Weight))
	twice := new(big.Int).Add(new(big.Int).Lsh(share.Num(), 1), share.Denom())
	t.PerMille = twice.Div(twice, new(big.Int).Lsh(share.Denom(), 1)).Int64()
}
