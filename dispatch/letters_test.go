package dispatch

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

var noticeMade = regexp.MustCompile(`notice\("([^"]+)", ("[^"]+"|[a-z]+)\)`)

// Every document that a move sends out has a letter, and no letter is written for nothing.
func TestEveryDocumentHasALetter(t *testing.T) {
	files, err := filepath.Glob("../law/casefile/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources of casefile: %v", err)
	}
	used := map[string]bool{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range noticeMade.FindAllStringSubmatch(string(source), -1) {
			document, to := m[1], strings.Trim(m[2], `"`)
			if _, ok := letterOf(document, to); !ok {
				t.Errorf("%s: no letter for %q to %s", filepath.Base(file), document, to)
			}
			used[document] = true
			used[document+"/"+to] = true
		}
		if made := strings.Count(string(source), ".notice("); made != len(noticeMade.FindAllString(string(source), -1)) {
			t.Errorf("%s: a notice is made in a way that this test does not read", filepath.Base(file))
		}
	}
	for _, e := range []duties.Event{{Name: duties.EventReminded}, {Name: duties.EventImproving, Until: "2026-09-01"}, {Name: duties.EventUndelivered}} {
		made, err := duties.Notices(duties.Duty{}, e)
		if err != nil || len(made) != 1 {
			t.Fatalf("%s: %v, %v", e.Name, made, err)
		}
		if _, ok := letterOf(made[0].Document, made[0].To); !ok {
			t.Errorf("no letter for %q to %s", made[0].Document, made[0].To)
		}
		used[made[0].Document] = true
	}
	if len(used) < 40 {
		t.Errorf("only %d documents found", len(used))
	}
	for document := range letters {
		if !used[document] {
			t.Errorf("letter for %q, which no move sends", document)
		}
	}
}

func TestLettersAreInBothLanguages(t *testing.T) {
	chinese := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	for document, l := range letters {
		for _, zh := range []string{l.title.Zh, l.sentence.Zh} {
			if !strings.ContainsFunc(zh, chinese) || strings.ContainsAny(zh, ",;:") {
				t.Errorf("%s: Chinese text %q", document, zh)
			}
		}
		for _, en := range []string{l.title.En, l.sentence.En} {
			if en == "" || strings.ContainsFunc(en, chinese) {
				t.Errorf("%s: English text %q", document, en)
			}
		}
		if !strings.HasSuffix(l.sentence.Zh, "。") || !strings.HasSuffix(l.sentence.En, ".") {
			t.Errorf("%s: a sentence without its full stop", document)
		}
	}
}

// One code, two documents: to the complainant it asks, to the operator it corrects.
func TestRecipientTellsTheLetter(t *testing.T) {
	asks, _ := letterOf("correction-notice", "complainant")
	mends, _ := letterOf("correction-notice", "operator")
	if asks == mends {
		t.Error("the same letter to both")
	}
}

func TestCompose(t *testing.T) {
	day, err := calendar.ParseDay("2026-03-02")
	if err != nil {
		t.Fatal(err)
	}
	n := Notice{ID: "n1", Number: "LN-C-2026-000001", Document: "reply-copy", To: "complainant", Name: "王芳", Lang: "zh-CN", Cite: "telecom-complaints-2016:17", Due: day}
	for _, c := range []struct {
		lang, subject string
		lines         []string
	}{
		{"zh-CN", "【经营者的回复】LN-C-2026-000001", []string{"王芳：", "案件编号：LN-C-2026-000001", "所涉日期：2026-03-02", "依据：telecom-complaints-2016:17", "文书及案件进展：https://duban.example/track"}},
		{"en", "The operator's reply: LN-C-2026-000001", []string{"Dear 王芳,", "Case: LN-C-2026-000001", "Day concerned: 2026-03-02", "Based on: telecom-complaints-2016:17"}},
	} {
		n.Lang = c.lang
		subject, body, err := compose(n, "https://duban.example/track")
		if err != nil {
			t.Fatal(err)
		}
		if subject != c.subject {
			t.Errorf("subject %q, want %q", subject, c.subject)
		}
		for _, line := range c.lines {
			if !slices.Contains(strings.Split(body, "\n"), line) {
				t.Errorf("%s: no line %q in\n%s", c.lang, line, body)
			}
		}
	}
	of := Notice{ID: "n2", Document: "duty-reminder", To: "operator", Lang: "zh-CN", Due: day, Duty: casefile.Text{Zh: "自查报告（2026H1）", En: "Self-check (2026H1)"}}
	subject, body, err := compose(of, "")
	if err != nil || subject != "【报告提醒】自查报告（2026H1）" || !slices.Contains(strings.Split(body, "\n"), "义务：自查报告（2026H1）") || strings.Contains(body, "案件") {
		t.Errorf("of a duty: %q, %v\n%s", subject, err, body)
	}
	if _, _, err := compose(Notice{Document: "nothing"}, ""); err == nil {
		t.Error("a document without a letter was composed")
	}
}
