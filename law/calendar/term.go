package calendar

import (
	"fmt"
	"strconv"
	"strings"
)

// Unit is what a term is counted in. Which one a rule means stands in the rule:
// "5日" are working days in the penalties law (art.85) and the reconsideration
// law (art.88), "10日" also in the enforcement law (art.69), "15日" are natural
// days in all three.
type Unit string

// The units, as they are written behind the number.
const (
	NaturalDays Unit = "d"
	WorkingDays Unit = "wd"
	Months      Unit = "m"
	Years       Unit = "y"
)

// most is the largest number of a unit that is taken for a term and not for a
// slip of the pen: about ten years of days, months or years.
func (u Unit) most() int {
	switch u {
	case NaturalDays, WorkingDays:
		return 3660
	case Months:
		return 120
	case Years:
		return 10
	}
	return 0
}

// Term is the length of a period, such as 15 natural days. The zero value is no
// term.
type Term struct {
	N    int
	Unit Unit
}

// ParseTerm reads "15d", "5wd", "6m" or "2y". The number stands without sign,
// space or leading zero, is at least 1 and at most 3660 days, 120 months or
// 10 years.
func ParseTerm(s string) (Term, error) {
	i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if i < 1 || s[0] == '0' {
		return Term{}, fmt.Errorf("parse term %q: want a number and d, wd, m or y, such as 15d", s)
	}
	n, err := strconv.Atoi(s[:i])
	if err != nil {
		return Term{}, fmt.Errorf("parse term %q: %w", s, err)
	}
	t := Term{N: n, Unit: Unit(s[i:])}
	if err := t.Check(); err != nil {
		return Term{}, fmt.Errorf("parse term %q: %w", s, err)
	}
	return t, nil
}

// Check says what is wrong with a term that ParseTerm would not have returned;
// nil if nothing is.
func (t Term) Check() error {
	most := t.Unit.most()
	if most == 0 {
		return fmt.Errorf("unit %q is none of d, wd, m, y", string(t.Unit))
	}
	if t.N < 1 || t.N > most {
		return fmt.Errorf("%d%s is not between 1%[2]s and %[3]d%[2]s", t.N, t.Unit, most)
	}
	return nil
}

// IsZero reports whether t is no term.
func (t Term) IsZero() bool { return t == Term{} }

// String gives the form that ParseTerm reads, and "" for no term.
func (t Term) String() string {
	if t.IsZero() {
		return ""
	}
	return strconv.Itoa(t.N) + string(t.Unit)
}

// In says the term in words, in zh or en, as "7 working days".
func (t Term) In(lang string) string {
	names := map[Unit][3]string{
		NaturalDays: {"日", "natural day", "natural days"},
		WorkingDays: {"个工作日", "working day", "working days"},
		Months:      {"个月", "month", "months"},
		Years:       {"年", "year", "years"},
	}[t.Unit]
	switch {
	case lang == "zh":
		return fmt.Sprintf("%d%s", t.N, names[0])
	case t.N == 1:
		return "1 " + names[1]
	}
	return fmt.Sprintf("%d %s", t.N, names[2])
}

// MarshalText writes t as String does.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what ParseTerm reads, and "" as no term.
func (t *Term) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Term{}
		return nil
	}
	term, err := ParseTerm(string(text))
	if err != nil {
		return err
	}
	*t = term
	return nil
}
