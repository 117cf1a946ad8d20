package standards_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"duban/standards"
)

func decimal(t testing.TB, s string) *standards.Decimal {
	t.Helper()
	d, err := standards.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

func TestDecimalsAreExact(t *testing.T) {
	for _, s := range []string{"0", "48", "-3", "0.01", "-0.5", "999999999.999999", "99.5", "0.000001"} {
		if got := decimal(t, s).String(); got != s {
			t.Errorf("%s is written %s", s, got)
		}
	}
	for _, s := range []string{"", "+1", "1.", ".5", "01", "1e3", "1,5", " 1", "1.0000001", "1000000000", "４８", "NaN"} {
		if n, err := standards.ParseDecimal(s); err == nil {
			t.Errorf("%q is read as %s", s, n)
		}
	}
	var d standards.Decimal
	if err := json.Unmarshal([]byte("0.1"), &d); err == nil {
		t.Error("a JSON number is taken")
	}
	rapid.Check(t, func(t *rapid.T) {
		want := standards.Decimal(rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "millionths"))
		if got, err := standards.ParseDecimal(want.String()); err != nil || got != want {
			t.Fatalf("%s comes back as %s, %v", want, got, err)
		}
	})
}

func TestJudge(t *testing.T) {
	yes := standards.Method{By: standards.YesNo}
	most := standards.Method{By: standards.Measure, Unit: "hour", AtMost: decimal(t, "48")}
	least := standards.Method{By: standards.Measure, Unit: "percent", AtLeast: decimal(t, "99.5")}
	score := standards.Method{By: standards.Score, Points: 10, Pass: 6}
	for _, c := range []struct {
		method standards.Method
		value  string
		met    bool
		points int64
		of     int64 // 0: refused
	}{
		{yes, "yes", true, 1, 1},
		{yes, "no", false, 0, 1},
		{yes, "true", false, 0, 0},
		{yes, "", false, 0, 0},
		{most, "47.999999", true, 1, 1},
		{most, "48", true, 1, 1},
		{most, "48.000001", false, 0, 1},
		{most, "two days", false, 0, 0},
		{least, "99.5", true, 1, 1},
		{least, "100", true, 1, 1},
		{least, "99.499999", false, 0, 1},
		{least, "yes", false, 0, 0},
		{score, "6", true, 6, 10},
		{score, "5", false, 5, 10},
		{score, "10", true, 10, 10},
		{score, "0", false, 0, 10},
		{score, "11", false, 0, 0},
		{score, "-1", false, 0, 0},
		{score, "6.5", false, 0, 0},
		{score, "06", false, 0, 0},
		{standards.Method{By: "feeling"}, "good", false, 0, 0},
	} {
		v, err := standards.Judge(standards.Requirement{Code: "x", Judge: c.method}, c.value)
		if c.of == 0 {
			if err == nil {
				t.Errorf("%s %q is judged %+v", c.method.By, c.value, v)
			}
			continue
		}
		if err != nil || v.Met != c.met || v.Points != c.points || v.Of != c.of {
			t.Errorf("%s %q: %+v, %v", c.method.By, c.value, v, err)
		}
	}
}

func checklist(t *testing.T) *standards.Standard {
	return &standards.Standard{ID: "x", Requirements: []standards.Requirement{
		{Code: "a", Branch: "work.skill", Weight: 3, Judge: standards.Method{By: standards.Score, Points: 3, Pass: 2}},
		{Code: "b", Branch: "work.skill", Weight: 1, Judge: standards.Method{By: standards.YesNo}},
		{Code: "c", Branch: "work.art", Weight: 2, Judge: standards.Method{By: standards.YesNo}},
		{Code: "d", Branch: "conditions.facility", Weight: 4, Judge: standards.Method{By: standards.Measure, Unit: "hour", AtMost: decimal(t, "1")}},
	}}
}

func TestTallyByBranch(t *testing.T) {
	got, err := checklist(t).Tally(map[string]string{"a": "2", "b": "no", "d": "0.5"})
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		met, notMet, open int
		weight, perMille  int64
	}
	want := map[string]line{
		"":                    {2, 1, 1, 8, 750}, // 2 + 0 + 4 of 8; what is open counts for nothing
		"work":                {1, 1, 1, 4, 500},
		"conditions":          {1, 0, 0, 4, 1000},
		"work.skill":          {1, 1, 0, 4, 500},
		"work.art":            {0, 0, 1, 0, 0},
		"conditions.facility": {1, 0, 0, 4, 1000},
	}
	for _, x := range got.Tallies {
		if is := (line{x.Met, x.NotMet, x.Open, x.Weight, x.PerMille}); is != want[x.Branch] {
			t.Errorf("%q: %+v, want %+v", x.Branch, is, want[x.Branch])
		}
	}
	if len(got.Tallies) != 13 || len(got.Verdicts) != 3 || got.Verdicts[1].Code != "b" || got.Verdicts[1].Met {
		t.Errorf("%+v", got)
	}
	third, err := checklist(t).Tally(map[string]string{"a": "1"})
	if err != nil || third.Tallies[0].PerMille != 333 {
		t.Errorf("1 of 3: %+v, %v", third.Tallies, err)
	}
	if r, err := checklist(t).Tally(map[string]string{"a": "2", "z": "yes"}); err == nil {
		t.Errorf("an unknown code is let pass: %+v", r)
	}
	if r, err := checklist(t).Tally(map[string]string{"a": "many"}); err == nil {
		t.Errorf("a value that can't be judged is let pass: %+v", r)
	}
}

func TestCompare(t *testing.T) {
	most := func(unit, n string) standards.Method {
		return standards.Method{By: standards.Measure, Unit: unit, AtMost: decimal(t, n)}
	}
	least := func(unit, n string) standards.Method {
		return standards.Method{By: standards.Measure, Unit: unit, AtLeast: decimal(t, n)}
	}
	score := func(points, pass int64) standards.Method {
		return standards.Method{By: standards.Score, Points: points, Pass: pass}
	}
	yes := standards.Method{By: standards.YesNo}
	of := func(code string, m *standards.Method) *standards.Standard {
		if m == nil {
			return &standards.Standard{}
		}
		return &standards.Standard{Requirements: []standards.Requirement{{Code: code, Judge: *m}}}
	}
	for _, c := range []struct {
		name          string
		own, province *standards.Method
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

func p(m standards.Method) *standards.Method { return &m }
