package command

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestDeadline(t *testing.T) {
	for name, args := range map[string][]string{
		"deadline-15d-en.txt":  {"--from", "2026-02-02", "--term", "15d"},
		"deadline-15d-zh.txt":  {"--from", "2026-02-02", "--term", "15d", "--lang", "zh"},
		"deadline-no-roll.txt": {"--from", "2026-02-02", "--term", "15d", "--roll=no"},
		"deadline-5wd.txt":     {"--from", "2026-02-12", "--term", "5wd"},
		"deadline-6m.txt":      {"--from", "2025-08-31", "--term", "6m"},
		"deadline-2027.txt":    {"--from", "2026-12-20", "--term", "15d"},
		"deadline-15d.json":    {"--from", "2026-02-02", "--term", "15d", "--json"},
	} {
		got := run(t, append([]string{"deadline"}, args...)...)
		if got.status != exitOK {
			t.Fatalf("%s: status %d, %s", name, got.status, got.err)
		}
		golden(t, name, got.out)
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
