package standards_test

import (
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"duban/law/calendar"
	"duban/law/checklist"
	"duban/law/regimes"
	"duban/law/standards"
)

func laws(t testing.TB) *regimes.Library {
	t.Helper()
	l, err := regimes.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func library(t testing.TB) *standards.Library {
	t.Helper()
	l, err := standards.Load(laws(t))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Tourism 8 names seven standards; each of ours covers the whole of tourism 7 and owns up to being
// the installation's.
func TestTheSevenFamiliesOfTourism(t *testing.T) {
	l := library(t)
	for _, operator := range []string{"star-hotel", "travel-agency", "vehicle-boat", "restaurant", "shop", "sight", "entertainment"} {
		list := l.For(operator, day(t, "2026-03-02"))
		if len(list) != 1 {
			t.Fatalf("%s is bound by %d standards", operator, len(list))
		}
		s := list[0]
		if s.Source != standards.House || !s.Unverified || s.Cite != "liaoning-tourism-1991:8" {
			t.Errorf("%s: source %s, unverified %v, cite %s", s.ID, s.Source, s.Unverified, s.Cite)
		}
		if n := len(s.Requirements); n < 8 || n > 12 {
			t.Errorf("%s has %d requirements", s.ID, n)
		}
		for _, b := range checklist.Branches() {
			if !slices.ContainsFunc(s.Requirements, func(r standards.Requirement) bool { return r.Branch == b.Code }) {
				t.Errorf("%s has nothing on %s", s.ID, b.Code)
			}
		}
		for _, r := range s.Requirements {
			if !r.Unverified || r.Source != standards.House {
				t.Errorf("%s, %s: source %s, unverified %v", s.ID, r.Code, r.Source, r.Unverified)
			}
		}
		if len(l.For(operator, day(t, "2025-12-31"))) != 0 {
			t.Errorf("%s binds before its first day", s.ID)
		}
	}
}

// What was read in full is as it stands in the Telecommunications Regulation; the rest is marked.
func TestTelecomIndicators(t *testing.T) {
	s, err := library(t).At("telecom-indicators", day(t, "2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][2]string{
		"fault-repair-town": {"≤ 48 h", "telecom-regulation-2016:32"}, "fault-repair-country": {"≤ 72 h", "telecom-regulation-2016:32"},
		"suspension-after-arrears": {"≥ 30 d", "telecom-regulation-2016:34"}, "end-after-suspension": {"≥ 60 d", "telecom-regulation-2016:34"},
		"restore-after-payment": {"≤ 48 h", "telecom-regulation-2016:34"},
	}
	doubtful := map[string]string{"sms-delay-mean": "≤ 10 min", "billing-error": "≤ 0.01 %", "mobile-repair-mean": "≤ 24 h", "hotline-answer": "≤ 15 s"}
	for _, r := range s.Requirements {
		if w, ok := want[r.Code]; ok && (r.Judge.Asks("en") != w[0] || r.Cite != w[1] || r.Unverified || r.Violation != "service-standard") {
			t.Errorf("%s: %s, %s, unverified %v, violation %q", r.Code, r.Judge.Asks("en"), r.Cite, r.Unverified, r.Violation)
		}
		if w, ok := doubtful[r.Code]; ok && (r.Judge.Asks("en") != w || !r.Unverified || r.Violation != "") {
			t.Errorf("%s: %s, unverified %v, violation %q", r.Code, r.Judge.Asks("en"), r.Unverified, r.Violation)
		}
		delete(want, r.Code)
		delete(doubtful, r.Code)
		if strings.HasPrefix(r.Cite, "telecom-regulation-2016:") == r.Unverified {
			t.Errorf("%s: cite %q, unverified %v", r.Code, r.Cite, r.Unverified)
		}
	}
	if len(want)+len(doubtful) > 0 {
		t.Errorf("not there: %v %v", want, doubtful)
	}
}

func TestTheStandardOfAType(t *testing.T) {
	l, on := library(t), day(t, "2026-03-02")
	for _, c := range []struct {
		id    string
		types []string
		want  string // empty: none
	}{
		{"liaoning-shop", []string{"restaurant"}, "liaoning-shop"}, // by its id, whomever it binds
		{"", []string{"restaurant"}, "liaoning-restaurant"},
		{"", []string{"restaurant", "restaurant", "none-such"}, "liaoning-restaurant"},
		{"", []string{"restaurant", "shop"}, ""},
		{"", []string{"none-such"}, ""},
		{"", nil, ""},
		{"none-such", []string{"restaurant"}, ""},
	} {
		s, err := l.Chosen(c.id, c.types, on)
		if c.want == "" && !errors.Is(err, standards.ErrNotInForce) || c.want != "" && (err != nil || s.ID != c.want) {
			t.Errorf("%q for %v: %v, %v", c.id, c.types, s, err)
		}
	}
}

func TestEveryBuiltInStandardIsWhole(t *testing.T) {
	files, err := filepath.Glob("*.yaml")
	if err != nil || len(files) < 8 {
		t.Fatalf("%v, %v", files, err)
	}
	seen := map[string]bool{}
	for _, s := range library(t).All() {
		seen[s.Hash] = true
		if !slices.Contains(files, s.ID+".yaml") || len(s.Hash) != 64 {
			t.Errorf("%s stands in another file; hash %s", s.ID, s.Hash)
		}
	}
	if len(seen) != len(files) {
		t.Errorf("%d standards in %d files", len(seen), len(files))
	}
}

const small = `id: small
version: 1
title: {zh: 小标准, en: Small}
effective: {from: 2026-01-01}
operators: [star-hotel]
source: full text
regime: telecom-2001
requirements:
  - code: one
    text: {zh: 一, en: one}
    branch: work.skill
    weight: 1
    judge: {by: yes-no}
`

func TestReadPointsAtEachFault(t *testing.T) {
	l := laws(t)
	for _, c := range []struct{ name, from, to, want string }{
		{"sound", "", "", ""},
		{"unknown field", "weight: 1", "weight: 1\n    colour: red", `x.yaml:13:5: unknown field "colour"`},
		{"field missing", "    weight: 1\n", "", `x.yaml:9:5: the field "weight" is missing`},
		{"no such branch", "work.skill", "work.charm", "x.yaml:11:13: "},
		{"code twice", "", "  - code: one\n    text: {zh: 一, en: one}\n    branch: work.skill\n    weight: 1\n    judge: {by: yes-no}\n", `x.yaml:14:11: "one" stands there twice`},
		{"bound for yes or no", "{by: yes-no}", `{by: yes-no, unit: hour, atMost: "1"}`, "x.yaml:13:12: yes or no has neither"},
		{"no bound", "{by: yes-no}", "{by: measure, unit: hour}", "x.yaml:13:12: a measure needs one of"},
		{"two bounds", "{by: yes-no}", `{by: measure, unit: hour, atMost: "2", atLeast: "1"}`, "x.yaml:13:12: a measure needs one of"},
		{"no unit", "{by: yes-no}", `{by: measure, atMost: "2"}`, "x.yaml:13:12: a measure needs a unit"},
		{"a float", "{by: yes-no}", `{by: measure, unit: hour, atMost: 0.1}`, "x.yaml:13:46: got number, want string"},
		{"too many places", "{by: yes-no}", `{by: measure, unit: hour, atMost: "0.0000001"}`, "x.yaml:13:46: "},
		{"pass above points", "{by: yes-no}", "{by: score, points: 5, pass: 6}", "x.yaml:13:12: a score needs points"},
		{"ends before it begins", "{from: 2026-01-01}", "{from: 2026-01-01, to: 2025-01-01}", "x.yaml:4:12: ends before"},
		{"no such day", "2026-01-01", "2026-02-30", "x.yaml:4:19: "},
		{"house, and sure of it", "source: full text", "source: house", "x.yaml:6:9: what the installation wrote"},
		{"no such clause", "weight: 1", "weight: 1\n    cite: \"telecom-2001:99\"", "x.yaml:13:11: there is no clause telecom-2001:99"},
		{"an unverified clause", "weight: 1", "weight: 1\n    cite: \"telecom-complaints-2016:8\"", "x.yaml:13:11: telecom-complaints-2016:8 is unverified"},
		{"no such violation", "weight: 1", "weight: 1\n    violation: rudeness", `x.yaml:13:16: telecom-2001 knows no violation "rudeness"`},
		{"a violation of no regime", "regime: telecom-2001\nrequirements:\n  - code: one", "requirements:\n  - code: one\n    violation: obstruction", "x.yaml:9:16: the standard names no regime"},
		{"a violation by a text not read", "weight: 1", "weight: 1\n    violation: service-standard\n    unverified: true", "x.yaml:13:16: nobody is penalised"},
		{"regime not in force", "2026-01-01", "1999-01-01", "x.yaml:7:9: telecom-2001 is not in force on 1999-01-01"},
		{"two documents", "", "---\nid: y\n", "x.yaml:15:1: a second document"},
		{"no YAML", "judge: {by: yes-no}", "judge: {", "not YAML"},
	} {
		text := small + c.to
		if c.from != "" {
			text = strings.Replace(small, c.from, c.to, 1)
		}
		s, problems := standards.Read("x.yaml", []byte(text), l)
		if (s == nil) != (len(problems) > 0) {
			t.Errorf("%s: %v with %v", c.name, s, problems)
		}
		if c.want == "" {
			if len(problems) > 0 {
				t.Errorf("%s: %v", c.name, problems)
			}
			continue
		}
		if !slices.ContainsFunc(problems, func(p regimes.Problem) bool { return strings.Contains(p.String(), c.want) }) {
			t.Errorf("%s: %v, want %s", c.name, problems, c.want)
		}
	}
}

func TestSchemaKnowsTheBranches(t *testing.T) {
	var s struct {
		Defs map[string]struct {
			Properties map[string]struct{ Enum []string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(standards.Schema(), &s); err != nil {
		t.Fatal(err)
	}
	var branches []string
	for _, b := range checklist.Branches() {
		branches = append(branches, b.Code)
	}
	if got := s.Defs["requirement"].Properties["branch"].Enum; !slices.Equal(got, branches) {
		t.Errorf("the schema has %v, the code %v", got, branches)
	}
	if got := s.Defs["judge"].Properties["by"].Enum; !slices.Equal(got, []string{checklist.YesNo, checklist.Measure, checklist.Score}) {
		t.Errorf("methods %v", got)
	}
	for _, unit := range s.Defs["judge"].Properties["unit"].Enum {
		n, err := checklist.ParseDecimal("1")
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"zh", "en"} {
			if asks := (checklist.Method{By: checklist.Measure, Unit: unit, AtMost: &n}).Asks(lang); strings.TrimSpace(strings.TrimPrefix(asks, "≤ 1")) == "" {
				t.Errorf("%s has no name in %s: %q", unit, lang, asks)
			}
		}
	}
}

// An editor that completes by the schema and the program that reads must know the same fields.
func TestSchemaAndStandardAgree(t *testing.T) {
	type object struct {
		Properties           map[string]any
		Required             []string
		AdditionalProperties any
	}
	var s struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(standards.Schema(), &s); err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]reflect.Type{
		"": reflect.TypeFor[standards.Standard](), "requirement": reflect.TypeFor[standards.Requirement](), "judge": reflect.TypeFor[checklist.Method](),
	} {
		def := s.Defs[name]
		if name == "" {
			def = s.object
		}
		var fields []string
		for i := range of.NumField() {
			if name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ","); name != "-" {
				fields = append(fields, name)
			}
		}
		slices.Sort(fields)
		if listed := slices.Sorted(maps.Keys(def.Properties)); !slices.Equal(listed, fields) || def.AdditionalProperties != false {
			t.Errorf("%q: the schema has %v, the struct %v; open: %v", name, listed, fields, def.AdditionalProperties)
		}
	}
}

// Whatever a file holds: a whole standard, or faults with places inside the file.
func FuzzRead(f *testing.F) {
	l := laws(f)
	for _, text := range []string{small, "{}", "[]", "a: &a b\nc: *a", "requirements: [{judge: {by: measure}}]", "id: 1\nid: 2", "version: 1.5"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, problems := standards.Read("x.yaml", []byte(text), l)
		if (s == nil) != (len(problems) > 0) {
			t.Fatalf("%v with %v", s, problems)
		}
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 2 // a carriage return ends a line of YAML too
		for _, p := range problems {
			if p.Line < 0 || p.Line > lines || p.Message == "" {
				t.Errorf("%s, but there are %d lines", p, lines)
			}
		}
	})
}
