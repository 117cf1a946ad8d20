package calendar_test

import (
	"encoding/json"
	"testing"

	"duban/law/calendar"
)

func term(t testing.TB, s string) calendar.Term {
	t.Helper()
	got, err := calendar.ParseTerm(s)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestParseTerm(t *testing.T) {
	for s, want := range map[string]calendar.Term{
		"15d":    {N: 15, Unit: calendar.NaturalDays},
		"5wd":    {N: 5, Unit: calendar.WorkingDays},
		"6m":     {N: 6, Unit: calendar.Months},
		"2y":     {N: 2, Unit: calendar.Years},
		"3660d":  {N: 3660, Unit: calendar.NaturalDays},
		"3660wd": {N: 3660, Unit: calendar.WorkingDays},
		"120m":   {N: 120, Unit: calendar.Months},
		"10y":    {N: 10, Unit: calendar.Years},
	} {
		if got := term(t, s); got != want || got.String() != s {
			t.Errorf("ParseTerm(%q) = %+v, prints %q", s, got, got.String())
		}
	}
	for _, s := range []string{
		"", "d", "15", "0d", "-1d", "+1d", "015d", "1.5d", "15 d", " 15d", "15D", "15days", "15w",
		"3661d", "3661wd", "121m", "11y", "99999999999999999999d", "１５d",
	} {
		if got, err := calendar.ParseTerm(s); err == nil || !got.IsZero() {
			t.Errorf("ParseTerm(%q) = %+v, %v; want an error", s, got, err)
		}
	}
}

func TestTermAsText(t *testing.T) {
	type rule struct{ Term, Extension calendar.Term }
	in := rule{Term: term(t, "5wd")}
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"Term":"5wd","Extension":""}`; string(b) != want {
		t.Errorf("JSON is %s, want %s", b, want)
	}
	out := rule{Extension: term(t, "1d")}
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Errorf("read back %+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"Term":"0d"}`), &out); err == nil {
		t.Error("a term of no days was read")
	}
}
