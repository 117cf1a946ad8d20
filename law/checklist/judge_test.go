package checklist_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"duban/law/checklist"
)

func decimal(t testing.TB, s string) *checklist.Decimal {
	t.Helper()
	d, err := checklist.ParseDecimal(s)
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
		if n, err := checklist.ParseDecimal(s); err == nil {
			t.Errorf("%q is read as %s", s, n)
		}
	}
	var d checklist.Decimal
	if err := json.Unmarshal([]byte("0.1"), &d); err == nil {
		t.Error("a JSON number is taken")
	}
	rapid.Check(t, func(t *rapid.T) {
		want := checklist.Decimal(rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "millionths"))
		if got, err := checklist.ParseDecimal(want.String()); err != nil || got != want {
			t.Fatalf("%s comes back as %s, %v", want, got, err)
		}
	})
}

func TestJudge(t *testing.T) {
	yes := checklist.Method{By: checklist.YesNo}
	most := checklist.Method{By: checklist.Measure, Unit: "hour", AtMost: decimal(t, "48")}
	least := checklist.Method{By: checklist.Measure, Unit: "percent", AtLeast: decimal(t, "99.5")}
	score := checklist.Method{By: checklist.Score, Points: 10, Pass: 6}
	for _, c := range []struct {
		method checklist.Method
		value  string
		met    bool
		points int64
		of     int64 // 0: refused
	}{
		{yes, "yes", true, 1, 1},
		{yes, "no", false, 0, 1},
		{yes, "true", false, 0, 0},
		{yes, "", false, 0, 0},
		{most, "0", true, 1, 1},
		{most, "-0.5", false, 0, 0}, // nobody waits less than no time
		{checklist.Method{By: checklist.Measure, Unit: "celsius", AtMost: decimal(t, "4")}, "-18", true, 1, 1},
		{checklist.Method{By: checklist.Measure, Unit: "percent", AtLeast: decimal(t, "-5")}, "-3", true, 1, 1},
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
		{checklist.Method{By: "feeling"}, "good", false, 0, 0},
	} {
		v, err := checklist.Line{Code: "x", How: c.method}.Judge(c.value)
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

func lines(t *testing.T) []checklist.Line {
	return []checklist.Line{
		{Code: "a", Branch: "work.skill", Weight: 3, How: checklist.Method{By: checklist.Score, Points: 3, Pass: 2}},
		{Code: "b", Branch: "work.skill", Weight: 1, How: checklist.Method{By: checklist.YesNo}},
		{Code: "c", Branch: "work.art", Weight: 2, How: checklist.Method{By: checklist.YesNo}},
		{Code: "d", Branch: "conditions.facility", Weight: 4, How: checklist.Method{By: checklist.Measure, Unit: "hour", AtMost: decimal(t, "1")}},
	}
}

func TestTallyByBranch(t *testing.T) {
	got, err := checklist.Sum(lines(t), map[string]string{"a": "2", "b": "no", "d": "0.5"})
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
	third, err := checklist.Sum(lines(t), map[string]string{"a": "1"})
	if err != nil || third.Tallies[0].PerMille != 333 {
		t.Errorf("1 of 3: %+v, %v", third.Tallies, err)
	}
	none, err := checklist.Sum(lines(t), map[string]string{"a": "2", "c": checklist.NotApplicable})
	if err != nil || none.Tallies[0] != (checklist.Tally{Met: 1, Open: 2, NotApplicable: 1, Weight: 3, PerMille: 667}) || len(none.Verdicts) != 1 {
		t.Errorf("one does not apply: %+v, %v", none, err)
	}
	if r, err := checklist.Sum(lines(t), map[string]string{"a": "2", "z": "yes"}); err == nil {
		t.Errorf("an unknown code is let pass: %+v", r)
	}
	if r, err := checklist.Sum(lines(t), map[string]string{"a": "many"}); err == nil {
		t.Errorf("a value that can't be judged is let pass: %+v", r)
	}
}
