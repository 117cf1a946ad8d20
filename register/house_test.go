package register

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/law/jurisdiction"
	"duban/register/postgrestest"
)

// onBoth runs a test against a fresh register on each database.
func onBoth(t *testing.T, f func(t *testing.T, r *Register)) {
	t.Helper()
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, open(t, fresh(t, name), Config{}))
		})
	}
}

func fresh(t *testing.T, name string) string {
	t.Helper()
	if name == "sqlite" {
		return "sqlite:" + t.TempDir() + "/register.db"
	}
	return postgrestest.Start(t)
}

var secret = []byte("a secret of the tests, no other's")

// open opens a migrated register with a small house in it.
func open(t testing.TB, url string, c Config) *Register {
	t.Helper()
	c.URL, c.Secret = url, secret
	r := must(Open(t.Context(), c))(t)
	t.Cleanup(func() { ok(t, r.Close()) })
	ok(t, r.Migrate(t.Context()))
	ok(t, r.CheckSchema(t.Context()))
	ok(t, r.PutAuthority(t.Context(), jurisdiction.Authority{ID: "miit", Level: "ministry", Domain: "telecom", Code: "CN", Name: casefile.Text{Zh: "部", En: "ministry"}, Email: "ministry@example.org"}))
	ok(t, r.PutAuthority(t.Context(), jurisdiction.Authority{ID: "ln", Parent: "miit", Level: "province", Domain: "telecom", Code: "LN", Name: casefile.Text{Zh: "辽宁", En: "Liaoning"}}))
	ok(t, r.PutOperator(t.Context(), Operator{ID: "cm", Name: "中国移动辽宁公司", Types: []string{"mobile"}, Email: "cm@example.org"}))
	ok(t, r.PutOfficer(t.Context(), Officer{ID: "o1", Authority: "ln", Role: casefile.RoleOfficer, Name: "Officer One", Email: "one@example.org"}))
	ok(t, r.PutOfficer(t.Context(), Officer{ID: "h1", Authority: "ln", Role: casefile.RoleHead, Name: "Head One", Email: "head@example.org"}))
	return r
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// must unwraps a result: must(f())(t).
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func isErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

// testLaw is a regime in which every clock takes ten days, the answer's thirty, and every rule
// cites one clause.
func testLaw(t testing.TB) casefile.Law {
	t.Helper()
	cal, err := calendar.New(calendar.Shanghai())
	ok(t, err)
	reg := &casefile.Regime{
		Name: "test", Hash: "test-1", Moves: map[string]casefile.Rule{}, Terms: map[string]casefile.TermRule{},
		Violations: map[string]casefile.Violation{"v1": {Code: "v1", Cite: "test:9", Sequence: casefile.OrderThenSanction}},
		Grounds:    map[string][]casefile.Ground{"complaint.decline": {{Code: "other", Cite: "test:2"}}},
	}
	for _, k := range casefile.Kinds() {
		for _, s := range casefile.Specs(k) {
			reg.Moves[s.Key()] = casefile.Rule{Cite: "test:1"}
		}
		for _, d := range casefile.Deadlines() {
			reg.Terms[string(k)+"."+d.Name] = casefile.TermRule{Term: calendar.Term{N: 10, Unit: calendar.NaturalDays}, Cite: "test:1"}
		}
		for _, name := range []string{"preservation", "operators-own-answer", "extension"} {
			reg.Terms[string(k)+"."+name] = casefile.TermRule{Term: calendar.Term{N: 5, Unit: calendar.NaturalDays}, Cite: "test:1"}
		}
	}
	reg.Terms["complaint.answer"] = casefile.TermRule{Term: calendar.Term{N: 30, Unit: calendar.NaturalDays}, Cite: "test:1"}
	return casefile.Law{Regime: reg, Calendar: cal}
}

var testRegime = RegimeText{Hash: "test-1", Text: []byte("name: test\n")}

func aComplaint(key string) Filing {
	return Filing{
		Owner: "public", Key: key, Kind: casefile.Complaint, Authority: "ln", Operator: "cm", Subject: "资费争议 roaming",
		By: casefile.Actor{Sender: "complainant"}, Body: casefile.Body{Dispute: "fee", Operator: "cm", Text: "too dear"}, Regime: testRegime,
		Parties: []Party{{Role: "complainant", Person: Person{Name: "张三", Email: "zhang@example.org", Lang: "zh-CN"}}},
	}
}

var (
	officer = casefile.Actor{Officer: "o1", Role: casefile.RoleOfficer, Authority: "ln"}
	anyTime = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
)

// settle is the plain driver: papers by receipt with deadlines by due, then the act.
func settle(t testing.TB, r *Register, id, act string) {
	t.Helper()
	ok(t, trySettle(t.Context(), r, testLaw(t), id, act))
}

func trySettle(ctx context.Context, r *Register, law casefile.Law, id, act string) error {
	return settleAsked(ctx, r, law, Ask{Case: id, Act: act, Papers: 1000})
}

func settleAsked(ctx context.Context, r *Register, law casefile.Law, ask Ask) error {
	act := ask.Act
	if ask.New != nil {
		act = ask.New.ID()
	}
	return r.Turn(ctx, ask, func(tn *Turn) error {
		for {
			m, more := nextMove(tn)
			if !more {
				break
			}
			o, _, err := casefile.Decide(tn.Case(), m, law)
			if err != nil {
				return err
			}
			if err := tn.Enter(o); err != nil {
				return err
			}
		}
		if act == "" {
			return nil
		}
		return settleAct(tn, law, act)
	})
}

func nextMove(tn *Turn) (casefile.Move, bool) {
	papers := tn.Papers()
	due := slices.DeleteFunc(tn.Case().Deadlines, func(d casefile.Deadline) bool { return d.Due.After(tn.Now()) })
	slices.SortFunc(due, func(a, b casefile.Deadline) int { return a.Due.Compare(b.Due) })
	if len(due) > 0 && (len(papers) == 0 || !papers[0].Received.Before(due[0].Due)) {
		d := due[0]
		return casefile.Move{Class: casefile.Lapse, Name: d.Name, Ref: d.Key(), At: d.Due, Effective: d.Day}, true
	}
	if len(papers) == 0 {
		return casefile.Move{}, false
	}
	p := papers[0]
	return casefile.Move{Class: p.Class, Name: p.Name, Ref: p.ID, At: p.Received, Effective: p.Effective, By: p.By, Body: p.Body}, true
}

func settleAct(tn *Turn, law casefile.Law, id string) error {
	a, err := tn.Act(id)
	if err != nil || a.Verdict != nil {
		return err
	}
	m := casefile.Move{Class: casefile.Act, Name: a.Name, Ref: a.ID, At: tn.Now(), By: a.By, Body: a.Body}
	if err := m.Ask(tn.Case(), told{tn.Facts()}); err != nil {
		return err
	}
	o, refusal, err := casefile.Decide(tn.Case(), m, law)
	switch {
	case err != nil:
		return err
	case refusal != nil:
		return tn.Refuse(a.ID, *refusal)
	}
	return tn.Enter(o)
}

// told is what the register tells the law, with no standards and one regulation for all.
type told struct{ Facts }

func (told) Receiver(string) (*casefile.Receiver, error) {
	return &casefile.Receiver{Known: true, Carries: true}, nil
}

func (told) StandsIn(string, string) (bool, error) { return false, nil }

func (told) Checklist(string, []string) (*checklist.List, error) { return nil, nil }

// do makes an act.
func do(t testing.TB, r *Register, id, key, name string, body casefile.Body) ActRow {
	t.Helper()
	ok(t, makeAct(t.Context(), r, testLaw(t), ActIn{Owner: "o1", Key: key, Case: id, Name: name, By: officer, Body: body}))
	return must(r.ActByKey(t.Context(), "o1", key))(t)
}

// clean fails unless verify finds nothing.
func clean(t testing.TB, r *Register) Report {
	t.Helper()
	rep := must(r.Verify(t.Context(), nil))(t)
	for _, v := range rep.Violations {
		t.Errorf("verify: case %s entry %d: %s: %s", v.Case, v.Entry, v.Check, v.Message)
	}
	return rep
}

// stepped sets a stepped clock at anyTime.
func stepped(t testing.TB, r *Register) {
	t.Helper()
	ok(t, r.SetClock(t.Context(), Clock{Mode: Stepped, AnchorLegal: anyTime}))
}

func keys(prefix string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s-%d", prefix, i)
	}
	return out
}
