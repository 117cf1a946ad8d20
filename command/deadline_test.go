package command

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestDeadline(t *testing.T) {
	for name, args := range map[string][]string{
		"deadline-15d-en.txt":       {"--from", "2026-02-02", "--term", "15d"},
		"deadline-15d-zh.txt":       {"--from", "2026-02-02", "--term", "15d", "--lang", "zh"},
		"deadline-no-roll.txt":      {"--from", "2026-02-02", "--term", "15d", "--roll=no"},
		"deadline-5wd.txt":          {"--from", "2026-02-12", "--term", "5wd"},
		"deadline-6m.txt":           {"--from", "2025-08-31", "--term", "6m"},
		"deadline-2027.txt":         {"--from", "2026-12-20", "--term", "15d"},
		"deadline-48h.txt":          {"--from", "2026-03-05T10:20", "--term", "48h"},
		"deadline-48h-zh.txt":       {"--from", "2026-03-05T02:20:00Z", "--term", "48h", "--roll=no", "--lang", "zh"},
		"deadline-before.txt":       {"--before", "2026-03-06", "--term", "7wd"},
		"deadline-before-zh.txt":    {"--before", "2026-03-20", "--term", "5d", "--lang", "zh"},
		"deadline-suspended.txt":    {"--from", "2026-03-02", "--term", "15d", "--suspended", "2026-03-05..2026-03-10", "--suspended", "2026-03-20..2026-03-20", "--travel", "3"},
		"deadline-suspended-zh.txt": {"--from", "2026-03-02", "--term", "5wd", "--suspended", "2026-03-05..2026-03-09", "--travel", "1", "--lang", "zh"},
		"deadline-extended.txt":     {"--from", "2026-03-02", "--term", "30d", "--extended", "30d", "--cap", "45d"},
		"deadline-extended.json":    {"--from", "2026-03-02", "--term", "30d", "--extended", "30d", "--cap", "45d", "--suspended", "2026-03-05..2026-03-10", "--json"},
		"deadline-15d.json":         {"--from", "2026-02-02", "--term", "15d", "--json"},
	} {
		got := run(t, append([]string{"deadline"}, args...)...)
		if got.status != exitOK {
			t.Fatalf("%s: status %d, %s", name, got.status, got.err)
		}
		golden(t, name, got.out)
	}
}

func TestDeadlineRefuses(t *testing.T) {
	for _, args := range [][]string{
		{"--from", "2026-02-02"},
		{"--term", "15d"},
		{"--from", "2026-02-02", "--before", "2026-03-02", "--term", "15d"},
		{"--from", "2026-02-02", "--term", "48h"},
		{"--from", "2026-02-02T10:20", "--term", "15d"},
		{"--before", "2026-02-02T10:20", "--term", "48h"},
		{"--before", "2026-02-02", "--term", "5d", "--travel", "2"},
		{"--from", "2026-02-02", "--term", "15d", "--suspended", "2026-02-05"},
		{"--from", "2026-02-02", "--term", "15d", "--extended", "1m"},
		{"--from", "2026-02-02", "--term", "15d", "--cap", "5d"},
		{"--from", "2026-02-02", "--term", "15d", "--travel", "-1"},
	} {
		if got := run(t, append([]string{"deadline"}, args...)...); got.status != exitUsage || got.out != "" {
			t.Errorf("%v: status %d, %s", args, got.status, got.out)
		}
	}
}

// 15 days from 2 February 2026 end in the Spring Festival (15 to 23 February).
func TestDeadlineGivesWayToTheSpringFestival(t *testing.T) {
	var got struct {
		Day         string   `json:"day"`
		Provisional bool     `json:"provisional"`
		How         []string `json:"how"`
	}
	out := run(t, "deadline", "--from", "2026-02-02", "--term", "15d", "--json").out
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Day != "2026-02-24" || got.Provisional || len(got.How) == 0 {
		t.Errorf("%+v", got)
	}
}

func TestLangOfTheTerminal(t *testing.T) {
	got := runWith(t, []string{"LANG=en_US.UTF-8", "LC_ALL=zh_CN.UTF-8"}, "deadline", "--from", "2026-02-02", "--term", "15d")
	if !strings.Contains(got.out, "星期二") {
		t.Errorf("not in Chinese: %s", got.out)
	}
}
