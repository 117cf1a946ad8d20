package regimes_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
)

func TestShowOfARegime(t *testing.T) {
	b := telecom(t)
	for lang, lines := range map[string][]string{
		"en": {
			"^Interim Measures for the Supervision of Telecommunications Service Quality  telecom-2001$",
			"^version: " + b.Regime.Hash + "$",
			"^pinned by cases filed: 2024-01-01 to 2026-03-31$",
			"^  silence +reconsideration first, then suit +reconsideration-2023:23",
			"^  penalty decision +may +within 7wd +taken down within 3wd +penalties-2021:48 +unverified",
			"^  enforcement +30 years +archives-2020:21 +unverified",
			"^  penalties-2021 +from 2021-07-15 +Administrative Penalties Law",
			"^  appeal.review-decision +60d +no roll +extended to at most 90d +reconsideration-2023:62",
			"^  complaint.reply +telecom-complaints-2016:forward +unverified +operator's reply +counts from the day it was posted or signed$",
			"^  complaint.reply +10d +rolls +telecom-complaints-2016:forward +unverified +operator's reply",
			"^  complaint.answer +30d +no roll +telecom-regulation-2016:39 +answer to the complainant",
			"^  enforcement.rectification +1–90 +house:rectification +unverified",
			"^  service-standard +telecom-2001:21 +order-then-sanction +warning / fine 500.00–10000.00 +breach",
			"^  obstruction +telecom-2001:22 +warning-with-order-then-fine +warning / fine up to 10000.00 +obstruction",
			"^Right to a hearing$",
			"^  fine from 100000.00 +penalties-2021:63 +unverified",
			"^  suspension of business, licence revocation +penalties-2021:63",
			"^  decided by the heads together +penalties-2021:57 +unverified",
			"^  30‰ +a day +at most 1000‰ +of the whole fine +penalties-2021:72 +stopped by penalties-2021:73 +unverified",
			"^  complaint.decline +fee-time-bar +5m +telecom-complaints-2016:11 +unverified",
			"^Closed acts$", "^  none$",
			"^  telecom-2001:21 +Breach of a service standard",
		},
		"zh-CN": {
			"^电信服务质量监督管理暂行办法  telecom-2001$",
			"^版本: " + b.Regime.Hash + "$",
			"^  complaint.reply +10d +顺延 +telecom-complaints-2016:forward +未核实 +经营者回复",
			"^  service-standard .*警告 / 罚款 500.00–10000.00 +违反服务标准并损害用户权益",
			"^  telecom-2001:21 +违反电信服务标准",
		},
	} {
		var out strings.Builder
		if err := b.Show(&out, lang); err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if !regexp.MustCompile("(?m)" + line).MatchString(out.String()) {
				t.Errorf("%s: no line %s", lang, line)
			}
		}
	}
}

// What a clause adds is shown with its bounds; what falls on persons stands apart.
func TestShowOfMeasures(t *testing.T) {
	b, err := load(t).At("liaoning-tourism-1991", day(t, "2026-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	for lang, lines := range map[string][]string{
		"en": {
			`^  forced-shopping .*confiscation of illegal income / \+ suspension of business \(always\) / \+ licence revocation \(in grave cases\)`,
			`^  below-cost .*sanction-at-once +suspension of business 1m–3m \(always\)`,
			`^  unlicensed +tourism-law-2018:95 +fine 2000.00–20000.00$`,
			`^  fine from 50000.00 +penalties-2021:63 +unverified`,
		},
		"zh": {
			`^  sight-overcrowded .*责令停业整顿 1m–6m（情节严重的）`,
			`^有关责任人员`,
		},
	} {
		var out strings.Builder
		if err := b.Show(&out, lang); err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if !regexp.MustCompile("(?m)" + line).MatchString(out.String()) {
				t.Errorf("%s: no line %s", lang, line)
			}
		}
	}
}

// Columns stand under each other although Chinese characters take two places.
func TestColumnsAlign(t *testing.T) {
	var out strings.Builder
	if err := telecom(t).Show(&out, "zh"); err != nil {
		t.Fatal(err)
	}
	place := -1
	for line := range strings.Lines(out.String()) {
		i := strings.Index(line, "reconsideration-2023:")
		if !strings.Contains(line, "顺延") || i < 0 {
			continue
		}
		n := 0
		for _, r := range line[:i] {
			n++
			if r > 0x7f {
				n++
			}
		}
		if place >= 0 && n != place {
			t.Errorf("the clause begins at %d, not %d: %s", n, place, line)
		}
		place = n
	}
	if place < 0 {
		t.Error("no terms shown")
	}
}

func TestShowOfADocument(t *testing.T) {
	for _, d := range load(t).Documents() {
		var out strings.Builder
		if err := d.Show(&out, "en"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{d.Title.En + "  " + d.ID, "in force: ", d.Effective.From.String(), "source: " + d.Source, "\nClauses\n"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s does not show %q", d.ID, want)
			}
		}
	}
}

type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestShowTellsThatItCouldNotPrint(t *testing.T) {
	if err := telecom(t).Show(full{}, "en"); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
