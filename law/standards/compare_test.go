package standards_test

import (
	"testing"

	"duban/law/checklist"
	"duban/law/standards"
)

func TestCompare(t *testing.T) {
	most := func(unit, n string) checklist.Method {
		return checklist.Method{By: checklist.Measure, Unit: unit, AtMost: decimal(t, n)}
	}
	least := func(unit, n string) checklist.Method {
		return checklist.Method{By: checklist.Measure, Unit: unit, AtLeast: decimal(t, n)}
	}
	score := func(points, pass int64) checklist.Method {
		return checklist.Method{By: checklist.Score, Points: points, Pass: pass}
	}
	yes := checklist.Method{By: checklist.YesNo}
	of := func(code string, m *checklist.Method) *standards.Standard {
		if m == nil {
			return &standards.Standard{}
		}
		return &standards.Standard{Requirements: []standards.Requirement{{Code: code, Judge: *m}}}
	}
	for _, c := range []struct {
		name          string
		own, province *checklist.Method
		want          string
		suffices      bool
	}{
		{"missing", nil, &yes, standards.Missing, false},
		{"extra", &yes, nil, standards.Extra, true},
		{"yes for yes", &yes, &yes, standards.Same, true},
		{"two days are 48 hours", p(most("day", "2")), p(most("hour", "48")), standards.Same, true},
		{"49 hours for two days", p(most("hour", "49")), p(most("day", "2")), standards.Weaker, false},
		{"90 minutes for two hours", p(most("minute", "90")), p(most("hour", "2")), standards.Stricter, true},
		{"a lower least", p(least("percent", "97.9")), p(least("percent", "98")), standards.Weaker, false},
		{"a higher least", p(least("percent", "99")), p(least("percent", "98")), standards.Stricter, true},
		{"least for most", p(least("percent", "98")), p(most("percent", "98")), standards.Other, false},
		{"degrees for hours", p(most("celsius", "5")), p(most("hour", "5")), standards.Other, false},
		{"yes for a measure", &yes, p(most("hour", "5")), standards.Other, false},
		{"3 of 5 for 6 of 10", p(score(5, 3)), p(score(10, 6)), standards.Same, true},
		{"3 of 6 for 6 of 10", p(score(6, 3)), p(score(10, 6)), standards.Weaker, false},
		{"4 of 5 for 6 of 10", p(score(5, 4)), p(score(10, 6)), standards.Stricter, true},
	} {
		lines := standards.Compare(of("x", c.own), of("x", c.province))
		if len(lines) != 1 || lines[0].Stands != c.want || standards.Suffices(lines) != c.suffices {
			t.Errorf("%s: %+v", c.name, lines)
		}
	}
}

func p(m checklist.Method) *checklist.Method { return &m }

func decimal(t testing.TB, s string) *checklist.Decimal {
	t.Helper()
	d, err := checklist.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}
