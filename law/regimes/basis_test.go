package regimes

import (
	"errors"
	"strings"
	"testing"
	"time"

	"duban/law/calendar"
)

var may = calendar.NewDay(2026, time.May, 1)

func bases(t *testing.T, l *Library, operator, violation string, act, decided calendar.Day) (list []Basis, line string) {
	t.Helper()
	list, err := l.Bases("liaoning-tourism-1991", operator, violation, act, decided)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, b := range list {
		all = append(all, b.Instrument+" "+string(b.Standing))
		if b.Title.Zh == "" || b.Title.En == "" || b.Reason.En == "" || b.Cite == "" {
			t.Errorf("%s: %+v", b.Instrument, b)
		}
	}
	return list, strings.Join(all, ", ")
}

// The measures of 1991 are never the basis alone; the law goes before the regulation; what art. 16
// named is repealed or unverified.
func TestBasisOfAPenalty(t *testing.T) {
	l := with(t, nil)
	for _, c := range []struct{ operator, day, want string }{
		{"travel-agency", "2026-05-01", "tourism-law-2018 basis, travel-agencies-2020 basis, liaoning-tourism-1991 not-alone, travel-agencies-interim unknown, travel-agencies-1996 repealed"},
		{"travel-agency", "2019-05-01", "tourism-law-2018 basis, liaoning-tourism-1991 not-alone, travel-agencies-1996 unknown, travel-agencies-interim unknown, travel-agencies-2020 not-in-force"},
		{"star-hotel", "2026-05-01", "tourism-law-2018 basis, liaoning-tourism-1991 not-alone, hotel-stars unknown"},
		{"vehicle-boat", "2026-05-01", "tourism-law-2018 basis, liaoning-tourism-1991 not-alone, liaoning-vehicles unknown"},
		{"restaurant", "2026-05-01", "tourism-law-2018 basis, liaoning-tourism-1991 not-alone, liaoning-restaurants unknown"},
		{"shop", "2026-05-01", "tourism-law-2018 basis, liaoning-tourism-1991 not-alone, liaoning-shops unknown"},
		{"sight", "2026-05-01", "tourism-law-2018 basis, liaoning-tourism-1991 not-alone"},
		{"entertainment", "2010-05-01", "liaoning-tourism-1991 not-alone, tourism-law-2018 not-in-force"},
	} {
		day, err := calendar.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if _, got := bases(t, l, c.operator, "", day, day); got != c.want {
			t.Errorf("%s on %s:\ngot  %s\nwant %s", c.operator, c.day, got, c.want)
		}
	}
	if _, err := l.Bases("liaoning-tourism-1991", "sight", "", calendar.NewDay(1991, time.June, 19), may); !errors.Is(err, ErrNotInForce) {
		t.Errorf("before the measures: %v", err)
	}
	if got := strings.Join(l.OperatorTypes("liaoning-tourism-1991"), " "); got != "entertainment restaurant shop sight star-hotel travel-agency vehicle-boat" {
		t.Errorf("the units of art. 3: %s", got)
	}
}

func TestPenaltiesAreThoseOfTheOperator(t *testing.T) {
	l := with(t, nil)
	list, _ := bases(t, l, "sight", "", may, may)
	if p := list[0].Penalties; len(p) != 3 || p[2].Code != "unlicensed" || p[0].Code != "sight-overcrowded" || p[1].Code != "unfit-sight" || p[1].Cite != "tourism-law-2018:105" {
		t.Errorf("of a sight: %+v", p)
	}
	list, _ = bases(t, l, "travel-agency", "forced-shopping-by-regulation", may, may)
	if len(list[0].Penalties) != 0 || len(list[1].Penalties) != 1 || list[1].Penalties[0].YieldsTo != "tourism-law-2018:98" {
		t.Errorf("of the regulation: %+v", list)
	}
	list, _ = bases(t, l, "star-hotel", "", may, may)
	if p := list[0].Penalties; len(p) != 1 || p[0].Code != "unlicensed" { // anybody's: who has no licence is no travel agency
		t.Errorf("of a hotel: %+v", p)
	}
	list, _ = bases(t, l, "star-hotel", "forced-shopping", may, may)
	if len(list[0].Penalties) != 0 || !strings.Contains(list[0].Reason.En, "no such penalty") {
		t.Errorf("of a hotel: %+v", list[0])
	}
}

// From old and light: the rule of the day of the act, unless that of the decision is lighter or gone.
func TestLenity(t *testing.T) {
	ends := [2]string{"effective: {from: 2018-10-26}", "effective: {from: 2018-10-26, to: 2026-06-30}"}
	later := func(from, to string) string {
		for _, s := range builtIn() {
			if s.file == "tourism-law-2018.yaml" {
				text := strings.Replace(string(s.text), ends[0], "effective: {from: 2026-07-01}", 1)
				return strings.Replace(text, from, to, 1)
			}
		}
		return ""
	}
	for _, c := range []struct {
		name, from, to string
		most           int64
		lenity         string
	}{
		{"the same", "no such text", "", 50_000_00, ""},
		{"heavier", "    sequence: sanction-at-once\n    fineMin: \"5000.00\"\n    fineMax: \"50000.00\"\n    also: [{what: suspension, grave", "    sequence: sanction-at-once\n    fineMin: \"5000.00\"\n    fineMax: \"90000.00\"\n    also: [{what: suspension, grave", 50_000_00, ""},
		{"lighter", "    sequence: sanction-at-once\n    fineMin: \"5000.00\"\n    fineMax: \"50000.00\"\n    also: [{what: suspension, grave", "    sequence: sanction-at-once\n    fineMin: \"5000.00\"\n    fineMax: \"20000.00\"\n    also: [{what: suspension, grave", 20_000_00, "is lighter"},
		{"gone", "  no-report:", "  never-reports:", 50_000_00, "no penalty any more"},
	} {
		l := with(t, map[string][2]string{"tourism-law-2018.yaml": ends}, later(c.from, c.to))
		list, _ := bases(t, l, "travel-agency", "no-report", may, calendar.NewDay(2026, time.July, 1))
		p := list[0].Penalties
		if len(p) != 1 || int64(p[0].FineMax) != c.most || (c.lenity == "") != (p[0].Lenity.En == "") || !strings.Contains(p[0].Lenity.En, c.lenity) {
			t.Errorf("%s: %+v", c.name, p)
		}
		list, _ = bases(t, l, "travel-agency", "no-report", may, calendar.NewDay(2026, time.June, 30))
		if list[0].Penalties[0].Lenity.En != "" {
			t.Errorf("%s: decided before the change: %+v", c.name, list[0].Penalties)
		}
	}
}
