package command

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestRegimeCheck(t *testing.T) {
	if got := run(t, "regime", "check", "../law/regimes/telecom-2001.yaml"); got.status != exitOK || got.out != "" {
		t.Errorf("the built-in regime: status %d, %s%s", got.status, got.out, got.err)
	}
	path := write(t, "bad.yaml", "id: bad\ncolour: red\n")
	got := run(t, "regime", "check", path)
	if got.status != exitFound {
		t.Errorf("status %d", got.status)
	}
	form := regexp.MustCompile(`^` + regexp.QuoteMeta(path) + `:\d+:\d+: .+$`)
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	for _, line := range lines {
		if !form.MatchString(line) {
			t.Errorf("not file:line:column: message: %q", line)
		}
	}
	if got := run(t, "regime", "check", path, "--json"); got.status != exitFound || !strings.HasPrefix(got.out, "[") {
		t.Errorf("status %d, %s", got.status, got.out)
	}
	zh := run(t, "regime", "check", path, "--lang", "zh")
	for _, want := range []string{path + ":2:1: 未知字段 \"colour\"\n", path + ":1:1: 缺少字段 \"title\"\n"} {
		if zh.status != exitFound || !strings.Contains(zh.out, want) || !strings.Contains(zh.err, " 处错误\n") {
			t.Errorf("no %s: status %d, %s%s", want, zh.status, zh.out, zh.err)
		}
	}
	if strings.Count(zh.out, "\n") != len(lines) {
		t.Errorf("other faults in Chinese: %s", zh.out)
	}
	if got := run(t, "regime", "check", "../law/regimes/telecom-2001.yaml", "--lang", "zh"); got.status != exitOK || !strings.Contains(got.err, "1 个文件") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	if got := run(t, "regime", "check", path, "--lang", "de"); got.status != exitUsage {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	if got := run(t, "regime", "check", "no-such-file.yaml"); got.status != exitFailed {
		t.Errorf("no file: status %d, %s", got.status, got.err)
	}
}

func TestRegimesOfAFolder(t *testing.T) {
	city, err := os.ReadFile("../examples/dalian-tourism.yaml")
	if err != nil {
		t.Fatal(err)
	}
	library, err := loadRegimes(filepath.Dir(write(t, "city.yaml", string(city))))
	if err != nil || !slices.Contains(library.Names(), "dalian-tourism-example") || !slices.Contains(library.Names(), "telecom-2001") {
		t.Errorf("%v", err)
	}
	if _, err := loadRegimes(t.TempDir()); err == nil {
		t.Error("an empty folder is taken for regimes")
	}
	if _, err := loadRegimes(filepath.Dir(write(t, "bad.yaml", "id: bad\n"))); err == nil || !strings.Contains(err.Error(), "bad.yaml:1:1") {
		t.Errorf("a faulty regime: %v", err)
	}
	for _, program := range []string{"api", "worker"} {
		if got := run(t, program, "--help"); !strings.Contains(got.out, "--regimes FOLDER") {
			t.Errorf("duban %s has other regulations than its neighbours: %s", program, got.out)
		}
	}
	if got := run(t, "worker", "--regimes", t.TempDir()); got.status != exitFailed || !strings.Contains(got.err, "it holds no *.yaml") {
		t.Errorf("a worker that does not read its regimes: status %d, %s", got.status, got.err)
	}
	got := run(t, "regime", "show", "dalian-tourism-example", "--with", "../examples/dalian-tourism.yaml", "--on", "2026-05-01", "--lang", "en")
	if got.status != exitOK || !strings.Contains(got.out, "from acceptance  dalian-tourism-example:2") ||
		!strings.Contains(got.out, "carries out: liaoning-tourism-1991\nfiled with: province (2025-12-15)\nauthorities: lnta-dalian\n") {
		t.Errorf("status %d, %s%s", got.status, got.out, got.err)
	}
}

func TestRegimeBasis(t *testing.T) {
	got := run(t, "regime", "basis", "--type", "travel-agency", "--on", "2026-05-01", "--lang", "en")
	for _, want := range []string{"tourism-law-2018  Tourism Law", "not-alone", "repealed", "unverified", "rule out first tourism-law-2018:98", "1–5 times the illegal income from 300000.00 on"} {
		if got.status != exitOK || !strings.Contains(got.out, want) {
			t.Errorf("no %q: status %d, %s%s", want, got.status, got.out, got.err)
		}
	}
	if got := run(t, "regime", "basis", "--type", "sight", "--on", "2026-05-01", "--violation", "unfit-sight", "--json"); got.status != exitOK || !strings.Contains(got.out, `"fineMax": 20000000`) {
		t.Errorf("status %d, %s%s", got.status, got.out, got.err)
	}
	if got := run(t, "regime", "basis", "--type", "sight", "--on", "2026-05-01", "--violation", "forced-shopping"); got.status != exitUsage || !strings.Contains(got.err, "forced-shopping") {
		t.Errorf("no such penalty for a sight: status %d, %s%s", got.status, got.out, got.err)
	}
	if got := run(t, "regime", "basis", "--type", "sight", "--on", "1991-01-01"); got.status != exitFailed {
		t.Errorf("before the measures: status %d, %s", got.status, got.err)
	}
}

func TestRegimeShow(t *testing.T) {
	list := run(t, "regime", "show")
	if list.status != exitOK || !strings.Contains(list.out, "telecom-2001") || !strings.Contains(list.out, "penalties-2021") {
		t.Errorf("status %d, %s%s", list.status, list.out, list.err)
	}
	for _, c := range []struct{ lang, want string }{{"zh", "电信"}, {"en", "version: "}} {
		got := run(t, "regime", "show", "telecom-2001", "--lang", c.lang)
		if got.status != exitOK || !strings.Contains(got.out, c.want) {
			t.Errorf("%s: status %d, %s%s", c.lang, got.status, got.out, got.err)
		}
	}
	if got := run(t, "regime", "show", "penalties-2021"); got.status != exitOK {
		t.Errorf("a law alone: status %d, %s", got.status, got.err)
	}
	if got := run(t, "regime", "show", "telecom-2001", "--on", "1990-01-01"); got.status != exitFailed || !strings.Contains(got.err, "not in force") {
		t.Errorf("before its time: status %d, %s", got.status, got.err)
	}
}
