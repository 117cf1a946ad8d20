package command

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"duban/law/checklist"
	"duban/law/regimes"
	"duban/law/standards"
)

func TestStandardListAndShow(t *testing.T) {
	list := run(t, "standard", "list")
	if list.status != exitOK || !strings.Contains(list.out, "telecom-indicators") || strings.Count(list.out, "liaoning-") != 7 {
		t.Errorf("status %d, %s%s", list.status, list.out, list.err)
	}
	for _, c := range []struct{ lang, want string }{
		{"zh", "≤ 48 小时"}, {"en", "telecom-regulation-2016:32"}, {"en", " (unverified)"}, {"zh", "（未核实）"},
	} {
		if got := run(t, "standard", "show", "telecom-indicators", "--lang", c.lang); got.status != exitOK || !strings.Contains(got.out, c.want) {
			t.Errorf("%s: status %d, %s%s", c.lang, got.status, got.out, got.err)
		}
	}
	golden(t, "standard-shop-en.txt", run(t, "standard", "show", "liaoning-shop", "--lang", "en").out)
	var shown struct {
		ID           string
		Requirements []struct{ Source string }
	}
	got := run(t, "standard", "show", "liaoning-shop", "--json")
	if err := json.Unmarshal([]byte(got.out), &shown); err != nil || shown.ID != "liaoning-shop" || shown.Requirements[0].Source != "house" {
		t.Errorf("%s, %v", got.out, err)
	}
	for _, args := range [][]string{{"standard"}, {"standard", "show", "nothing"}, {"standard", "show", "liaoning-shop", "--on", "2025-12-31"}, {"standard", "show", "liaoning-shop", "--on", "soon"}} {
		if got := run(t, args...); got.status != exitUsage {
			t.Errorf("%v: status %d, %s", args, got.status, got.err)
		}
	}
}

func TestStandardCheck(t *testing.T) {
	if got := run(t, "standard", "check", "../law/standards/telecom-indicators.yaml", "../examples/standard-own-hotel.yaml", "../examples/sf-food-standard.yaml"); got.status != exitOK || got.out != "" {
		t.Errorf("status %d, %s%s", got.status, got.out, got.err)
	}
	path := write(t, "bad.yaml", "id: bad\ncolour: red\n")
	got := run(t, "standard", "check", path)
	form := regexp.MustCompile(`^` + regexp.QuoteMeta(path) + `:\d+:\d+: .+$`)
	for _, line := range strings.Split(strings.TrimSpace(got.out), "\n") {
		if got.status != exitFound || !form.MatchString(line) {
			t.Errorf("status %d, not file:line:column: message: %q", got.status, line)
		}
	}
	if got := run(t, "standard", "check", path, "--json"); got.status != exitFound || !strings.HasPrefix(got.out, "[") {
		t.Errorf("status %d, %s", got.status, got.out)
	}
	if got := run(t, "standard", "check", "no-such-file.yaml"); got.status != exitFailed {
		t.Errorf("no file: status %d", got.status)
	}
}

func TestStandardCompare(t *testing.T) {
	own := "../examples/standard-own-hotel.yaml"
	for _, lang := range []string{"zh", "en"} {
		got := run(t, "standard", "compare", own, "liaoning-star-hotel", "--lang", lang)
		if got.status != exitFailed {
			t.Errorf("%s: status %d, %s", lang, got.status, got.err)
		}
		golden(t, "standard-compare-"+lang+".txt", got.out)
	}
	var said struct {
		Suffices bool
		Lines    []struct{ Code, Stands string }
	}
	got := run(t, "standard", "compare", own, "liaoning-star-hotel", "--json")
	if err := json.Unmarshal([]byte(got.out), &said); err != nil || got.status != exitFailed || said.Suffices || len(said.Lines) != 12 {
		t.Errorf("status %d, %s, %v", got.status, got.out, err)
	}
	if got := run(t, "standard", "compare", "../law/standards/liaoning-star-hotel.yaml", "liaoning-star-hotel"); got.status != exitOK {
		t.Errorf("with itself: status %d, %s", got.status, got.out)
	}
	if got := run(t, "standard", "compare", write(t, "bad.yaml", "id: bad\n"), "liaoning-star-hotel"); got.status != exitFound || !strings.Contains(got.out, "bad.yaml:1:1: ") {
		t.Errorf("malformed: status %d, %s", got.status, got.out)
	}
}

func TestStandardScore(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		got := run(t, "standard", "score", "liaoning-star-hotel", "../examples/checklist-hotel.json", "--lang", lang)
		if got.status != exitOK {
			t.Errorf("%s: status %d, %s", lang, got.status, got.err)
		}
		golden(t, "standard-score-"+lang+".txt", got.out)
	}
	var said struct {
		Standard, Hash    string
		Verdicts, Tallies []any
	}
	got := run(t, "standard", "score", "liaoning-star-hotel", "../examples/checklist-hotel.json", "--json")
	if err := json.Unmarshal([]byte(got.out), &said); err != nil || said.Standard != "liaoning-star-hotel" || len(said.Hash) != 64 || len(said.Verdicts) != 10 || len(said.Tallies) != 13 {
		t.Errorf("status %d, %s, %v", got.status, got.out, err)
	}
	for _, text := range []string{`{"hot-water": 45}`, `{"hot-water": "hot"}`, `{"cold-water": "yes"}`, `[]`} {
		if got := run(t, "standard", "score", "liaoning-star-hotel", write(t, "values.json", text)); got.status != exitFound || got.out != "" {
			t.Errorf("%s: status %d, %s", text, got.status, got.out)
		}
	}
}

// The example has a requirement for every code of the city's data, weighed by risk.
func TestTheFoodStandard(t *testing.T) {
	text, err := os.ReadFile("../examples/sf-food-standard.yaml")
	if err != nil {
		t.Fatal(err)
	}
	laws, err := regimes.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, problems := standards.Read("sf-food-standard.yaml", text, laws)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	byWeight := map[int64]int{}
	for _, r := range s.Requirements {
		if !strings.HasPrefix(r.Code, "sf-103") || r.Judge.By != checklist.YesNo {
			t.Errorf("%+v", r)
		}
		byWeight[r.Weight]++
	}
	if len(s.Requirements) != 70 || byWeight[1] != 31 || byWeight[3] != 22 || byWeight[5] != 17 {
		t.Errorf("%d requirements, by weight %v", len(s.Requirements), byWeight)
	}
}
