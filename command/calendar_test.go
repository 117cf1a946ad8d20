package command

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"duban/activities"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
)

const table2026 = `year: 2026
place: CN
announced: true
notice: [https://www.gov.cn/mended]
off:
  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}
  - {name: 调整, from: 2026-01-06, to: 2026-01-12}
work: [2026-01-04]
`

// aComplaint files a complaint on Monday 5 January 2026 and enters it.
func aComplaint(t *testing.T, r *register.Register) register.Receipt {
	t.Helper()
	ctx := t.Context()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	days, err := regimes.Calendar()
	check(err)
	library, err := regimes.Load()
	check(err)
	day := calendar.NewDay(2026, 1, 5)
	check(r.SetClock(ctx, register.Clock{Mode: register.Stepped, AnchorLegal: day.Start(days.Place())}))
	check(r.PutAuthority(ctx, jurisdiction.Authority{ID: "ln", Level: "province", Domain: "telecom", Code: "LN"}))
	check(r.PutOperator(ctx, register.Operator{ID: "cm", Name: "移动"}))
	bundle, err := library.At("telecom-2001", day)
	check(err)
	got, err := r.File(ctx, register.Filing{
		Owner: "public", Key: "1", Kind: casefile.Complaint, Authority: "ln", Operator: "cm", Subject: "话费",
		By: casefile.Actor{Sender: "complainant"}, Body: casefile.Body{Dispute: "fee", Operator: "cm", Text: "贵"},
		Regime:  register.RegimeText{Hash: bundle.Regime.Hash, Text: bundle.Text},
		Parties: []register.Party{{Role: "complainant", Person: register.Person{Name: "张三", Email: "zhang@example.org", Lang: "zh-CN"}}},
	})
	check(err)
	_, err = activities.New(r, days, activities.NewAsker(jurisdiction.NewRegulations(library)), nil, nil).Settle(ctx, activities.SettleInput{Case: got.Case})
	check(err)
	return got
}

func TestCalendarLoad(t *testing.T) {
	flags := house(t)
	r := opened(t, flags)
	filed := aComplaint(t, r)
	file := write(t, "2026.yaml", table2026)
	command := func(args ...string) (got loadedJSON) {
		t.Helper()
		out := run(t, append(append([]string{"calendar", "load", file, "--by", "lin", "--json"}, args...), flags...)...)
		if err := json.Unmarshal([]byte(out.out), &got); err != nil || out.status != exitOK {
			t.Fatalf("status %d, %v: %s%s", out.status, err, out.out, out.err)
		}
		return got
	}
	dry := command("--dry-run")
	if !dry.Changed || dry.Cases != 1 || len(dry.Moves) == 0 {
		t.Fatalf("dry run: %+v", dry)
	}
	for _, m := range dry.Moves {
		if m.Number != filed.Number || !m.Is.After(m.Was) {
			t.Errorf("moves %+v", m)
		}
	}
	if all, err := r.HolidayTables(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("a dry run stored %+v, %v", all, err)
	}
	shown := run(t, append([]string{"calendar", "load", file, "--dry-run"}, flags...)...)
	if shown.status != exitOK || !strings.Contains(shown.out, filed.Number) || !strings.Contains(shown.err, "nothing was changed") {
		t.Errorf("status %d: %s%s", shown.status, shown.out, shown.err)
	}
	if got := command(); !got.Changed || len(got.Moves) != len(dry.Moves) {
		t.Errorf("load: %+v", got)
	}
	if got := command(); got.Changed {
		t.Errorf("the same file again: %+v", got)
	}
	if all, err := r.HolidayTables(t.Context()); err != nil || len(all) != 1 || all[0].By != "lin" {
		t.Errorf("stored %+v, %v", all, err)
	}
	year := run(t, append([]string{"calendar", "show", "2026", "--lang", "en"}, flags...)...)
	for _, want := range []string{"https://www.gov.cn/mended", "2026-01-12", "lin", "holds"} {
		if !strings.Contains(year.out, want) {
			t.Errorf("show: no %q in %s%s", want, year.out, year.err)
		}
	}
	if list := run(t, append([]string{"calendar", "show"}, flags...)...); list.status != exitOK || !strings.Contains(list.out, "2007") || strings.Count(list.out, "2026 ") != 1 {
		t.Errorf("list: status %d, %s%s", list.status, list.out, list.err)
	}
}

// Without a register the tables of the program are shown, and said to be so; one that is named and not there is an error.
func TestCalendarShowWithoutARegister(t *testing.T) {
	t.Chdir(t.TempDir())
	list := run(t, "calendar", "show")
	if list.status != exitOK || !strings.Contains(list.out, "2026  yes") || !strings.Contains(list.err, "built into this program") {
		t.Errorf("status %d, %s%s", list.status, list.out, list.err)
	}
	year := run(t, "calendar", "show", "2026", "--lang", "zh")
	if year.status != exitOK || !strings.Contains(year.out, "2026-02-15") || !strings.Contains(year.err, "内置") {
		t.Errorf("status %d, %s%s", year.status, year.out, year.err)
	}
	var tables []tableJSON
	got := run(t, "calendar", "show", "2026", "--json")
	if err := json.Unmarshal([]byte(got.out), &tables); err != nil || len(tables) != 1 || !tables[0].BuiltIn || tables[0].Edition != 0 {
		t.Errorf("%v: %s%s", err, got.out, got.err)
	}
	if got := run(t, "calendar", "show", "1066"); got.status != exitFailed {
		t.Errorf("status %d, %s", got.status, got.out)
	}
	for _, named := range [][]string{{"--database", "sqlite:other.db"}, {"--database", "postgres://127.0.0.1:1/none"}} {
		if got := run(t, append([]string{"calendar", "show"}, named...)...); got.status != exitFailed || got.out != "" {
			t.Errorf("%v: status %d, %s", named, got.status, got.out)
		}
	}
	if err := os.WriteFile("duban.db", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := run(t, "calendar", "show"); got.status != exitFailed || got.out != "" {
		t.Errorf("a register without its secret: status %d, %s", got.status, got.out)
	}
}

func TestCalendarLoadRefuses(t *testing.T) {
	flags := house(t)
	for name, c := range map[string][3]string{
		"no notice":     {"notice: [https://www.gov.cn/mended]\n", "", ":1:1: "},
		"unknown field": {"work:", "labour:", ":8:1: "},
		"no such day":   {"2026-01-12}", "2026-01-32}", ":7:38: "},
		"not announced": {"announced: true", "announced: false", "table"},
		"contradiction": {"year: 2026\nplace: CN\nannounced: true\nnotice: [https://www.gov.cn/mended]\noff:\n  - {name: 元旦", "year: 2027\nplace: CN\nannounced: true\nnotice: [https://www.gov.cn/mended]\noff:\n  - {name: 新年", "bad.yaml:1:1: "},
	} {
		file := write(t, "bad.yaml", strings.Replace(table2026, c[0], c[1], 1))
		got := run(t, append([]string{"calendar", "load", file, "--by", "lin"}, flags...)...)
		if got.status != exitFound || got.out != "" || !strings.Contains(got.err, c[2]) {
			t.Errorf("%s: status %d, %s%s", name, got.status, got.out, got.err)
		}
	}
}
