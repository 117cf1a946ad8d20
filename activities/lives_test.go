package activities_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
	"duban/register/postgrestest"
)

// Lives: whole families of cases run over Settle with a plain driver that always takes the next
// paper, act or due deadline: no Temporal, a seed, the real register, verify after each hundred.

var (
	hundreds = flag.Int("lives", 10, "hundreds of families on each database")
	seed     = flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the lives; printed by every failure")
)

const (
	familiesPerRegister = 100
	steps               = 60 // of the clock; about a hundred days
)

func TestLivesOnSQLite(t *testing.T) {
	for i := range *hundreds {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			live(t, "sqlite:"+filepath.Join(t.TempDir(), "register.db"), *seed+uint64(i))
		})
	}
}

func TestLivesOnPostgreSQL(t *testing.T) {
	for i := range *hundreds {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			live(t, postgrestest.Start(t), *seed+1_000_000+uint64(i))
		})
	}
}

// world is one register with a hundred families on one stepped clock.
type world struct {
	t      *testing.T
	ctx    context.Context
	r      *rand.Rand
	reg    *register.Register
	asker  *activities.Asker
	act    *activities.Activities
	bundle *regimes.Bundle
	now    time.Time
	n      int // requests so far: the next idempotency key
	made   map[string]int
}

func live(t *testing.T, url string, seed uint64) {
	defer func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	}()
	w := newWorld(t, url, seed)
	for range familiesPerRegister {
		w.file()
	}
	for range steps {
		w.step()
		w.settleAll()
		open, closed := w.known()
		for range familiesPerRegister / 2 {
			from := open
			if len(open) == 0 || len(closed) > 0 && w.r.IntN(12) == 0 {
				from = closed
			}
			w.move(one(w, from...))
		}
		w.settleAll()
	}
	report, err := w.reg.Verify(w.ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Violations, "verify, seed %d", seed)
	t.Logf("made: %v", w.made)
	require.Greater(t, w.made["taken"], 10*familiesPerRegister, "the lives must be lively: %v", w.made)
}

func newWorld(t *testing.T, url string, seed uint64) *world {
	t.Helper()
	ctx := context.Background()
	reg, err := register.Open(ctx, register.Config{URL: url, Secret: []byte("a secret of the lives, long enough"), Grace: time.Nanosecond})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, reg.Close()) })
	require.NoError(t, reg.Migrate(ctx))
	cal, err := regimes.Calendar()
	require.NoError(t, err)
	lib, err := regimes.Load()
	require.NoError(t, err)
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, cal.Place())
	bundle, err := lib.At("telecom-2001", calendar.DayOf(start, cal.Place()))
	require.NoError(t, err)
	require.NoError(t, reg.SetClock(ctx, register.Clock{Mode: register.Stepped, AnchorLegal: start}))
	asker := activities.NewAsker(jurisdiction.NewRegulations(lib))
	w := &world{t: t, ctx: ctx, r: rand.New(rand.NewPCG(seed, 1)), reg: reg, asker: asker, act: activities.New(reg, cal, asker, nil, nil), bundle: bundle, now: start, made: map[string]int{}}
	for _, a := range []jurisdiction.Authority{{ID: "miit", Level: "ministry", Domain: "telecom", Code: "MIIT"}, {ID: "ln", Parent: "miit", Level: "province", Domain: "telecom", Code: "LN"}, {ID: "jl", Parent: "miit", Level: "province", Domain: "telecom", Code: "JL"}} {
		require.NoError(t, reg.PutAuthority(ctx, a))
	}
	require.NoError(t, reg.PutOperator(ctx, register.Operator{ID: "op1", Name: "运营商甲", Province: "ln"}))
	require.NoError(t, reg.PutOperator(ctx, register.Operator{ID: "op2", Name: "运营商乙", Province: "ln"}))
	for _, a := range []string{"miit", "ln", "jl"} {
		for _, o := range staff(a) {
			require.NoError(t, reg.PutOfficer(ctx, register.Officer{ID: o.Officer, Authority: a, Role: o.Role, Name: o.Officer}))
			require.NoError(t, reg.PutCard(ctx, casefile.Card{
				Number: "E-" + o.Officer, Officer: o.Officer, Kind: casefile.EnforcementCard, From: calendar.NewDay(2020, 1, 1), Until: calendar.NewDay(2039, 12, 31),
			}))
		}
	}
	return w
}

func staff(authority string) []casefile.Actor {
	var out []casefile.Actor
	for _, o := range []struct {
		name string
		role casefile.Role
	}{{"a", casefile.RoleOfficer}, {"b", casefile.RoleOfficer}, {"c", casefile.RoleReviewer}, {"d", casefile.RoleHead}} {
		out = append(out, casefile.Actor{Officer: authority + "-" + o.name, Role: o.role, Authority: authority})
	}
	return out
}

func (w *world) key() string {
	w.n++
	return fmt.Sprint(w.n)
}

func (w *world) file() {
	b := casefile.Body{Dispute: []string{"fee", "other"}[w.r.IntN(2)], Operator: "op1", Text: "话费争议", EventOn: w.day().AddDays(-w.r.IntN(400))}
	_, err := w.reg.File(w.ctx, register.Filing{
		Owner: "public", Key: w.key(), Kind: casefile.Complaint, Authority: "ln", Operator: "op1", Subject: "话费争议", Body: b,
		By: casefile.Actor{Sender: "complainant"}, Regime: register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
	})
	require.NoError(w.t, err)
}

func (w *world) day() calendar.Day { return calendar.DayOf(w.now, calendar.Shanghai()) }

// step lets time pass: to the next deadline, or a few days, whichever comes first.
func (w *world) step() {
	to := w.now.Add(time.Duration(w.r.IntN(72)+1) * time.Hour)
	due, err := w.reg.NextDue(w.ctx)
	require.NoError(w.t, err)
	if !due.IsZero() && due.Before(to) && due.After(w.now) {
		to = due
	}
	require.NoError(w.t, w.reg.StepClock(w.ctx, to))
	w.now = to
}

// settleAll runs the sweep's cases until none is left.
func (w *world) settleAll() {
	for {
		refs, err := w.reg.Look(w.ctx, 100)
		require.NoError(w.t, err)
		if len(refs) == 0 {
			return
		}
		for _, ref := range refs {
			w.settle(ref.ID, "")
		}
	}
}

func (w *world) settle(id, act string) {
	for {
		out, err := w.act.Settle(w.ctx, activities.SettleInput{Case: id, Act: act})
		require.NoError(w.t, err)
		require.False(w.t, out.Stuck)
		if !out.More {
			return
		}
	}
}

func (w *world) known() (open, closed []string) {
	f := register.CaseFilter{Limit: 200}
	for {
		page, err := w.reg.Cases(w.ctx, f)
		require.NoError(w.t, err)
		for _, c := range page.Cases {
			if c.Closed {
				closed = append(closed, c.ID)
			} else {
				open = append(open, c.ID)
			}
		}
		if page.Next == "" {
			return open, closed
		}
		f.Cursor = page.Next
	}
}

// move makes one plausible move on the case: something its state names, mostly.
func (w *world) move(id string) {
	_, c, err := w.reg.CaseByID(w.ctx, id)
	require.NoError(w.t, err)
	if len(c.Contestable) > 0 && w.r.IntN(12) == 0 {
		w.appeal(c)
		return
	}
	names := w.choices(c)
	spec, ok := casefile.SpecOf(c.Kind, names[w.r.IntN(len(names))])
	if !ok || spec.Inside || spec.Name == "filing" {
		return
	}
	b := w.body(c, spec)
	if spec.Class == casefile.Paper {
		p := register.PaperIn{Owner: "lives", Key: w.key(), Case: id, Name: spec.Name, Body: b, By: casefile.Actor{Sender: spec.Senders[w.r.IntN(len(spec.Senders))]}}
		if spec.ByDay {
			p.Effective = w.day().AddDays(-w.r.IntN(12))
		}
		_, err := w.reg.Receive(w.ctx, p)
		require.NoError(w.t, err)
		w.settle(id, "")
		w.made["taken"]++
		return
	}
	row := w.make(register.ActIn{Owner: "lives", Key: w.key(), Case: id, Name: spec.Name, Body: b, By: w.officer(c, spec)})
	if row.Verdict.Refusal != nil {
		w.made["refused "+row.Verdict.Refusal.Code]++
		return
	}
	w.made["taken"]++
	w.made[spec.Key()]++
}

// appeal contests one of the case's acts before the ministry.
func (w *world) appeal(c casefile.Case) {
	got, err := w.reg.File(w.ctx, register.Filing{
		Owner: "public", Key: w.key(), Kind: casefile.Appeal, Authority: "miit", Operator: c.Operator, Subject: "行政复议",
		Body:   casefile.Body{ContestedCase: c.ID, Contested: one(w, c.Contestable...).Entry, Applicant: one(w, "penalised", "complainant", "third-party"), Text: "不服"},
		By:     casefile.Actor{Sender: "applicant"},
		Regime: register.RegimeText{Hash: w.bundle.Regime.Hash, Text: w.bundle.Text},
	})
	require.NoError(w.t, err)
	w.settle(got.Case, "")
}

// ways are the moves of a state, apart by what they lead to.
type ways struct{ own, exits, shared []string }

// waysOf is read once: the tables do not change.
var waysOf = sync.OnceValue(func() map[casefile.Kind]map[casefile.State]ways {
	all := map[casefile.Kind]map[casefile.State]ways{}
	for _, k := range casefile.Kinds() {
		rows := casefile.Rows(k)
		all[k] = map[casefile.State]ways{}
		for _, row := range rows {
			var w ways
			for _, cell := range row.Moves {
				switch {
				case everywhere(rows, cell.Move):
					w.shared = append(w.shared, cell.Move)
				case len(cell.To) == 1 && slices.ContainsFunc(rows, func(r casefile.Row) bool { return r.State == cell.To[0] && r.Closed }):
					w.exits = append(w.exits, cell.Move)
				default:
					w.own = append(w.own, cell.Move)
				}
			}
			all[k][row.State] = w
		}
	}
	return all
})

// everywhere tells the moves that every state but the first knows.
func everywhere(rows []casefile.Row, move string) bool {
	for _, row := range rows {
		if row.State != casefile.Filed && !slices.ContainsFunc(row.Moves, func(c casefile.Cell) bool { return c.Move == move }) {
			return false
		}
	}
	return true
}

// choices are mostly the moves that lead the case on; now and then what any state takes, an exit,
// or something that the state does not know.
func (w *world) choices(c casefile.Case) []string {
	ways := waysOf()[c.Kind][c.State]
	n := w.r.IntN(100)
	switch {
	case n < 75 && len(ways.own) > 0:
		return ways.own
	case n < 82 && len(ways.exits) > 0:
		return ways.exits
	case n < 95 && len(ways.shared) > 0:
		return ways.shared
	}
	var all []string
	for _, s := range casefile.Specs(c.Kind) {
		all = append(all, s.Name)
	}
	return all
}

// officer is mostly the one whom the act wants.
func (w *world) officer(c casefile.Case, spec casefile.Spec) casefile.Actor {
	people := staff(c.Authority)
	if w.r.IntN(10) == 0 {
		return people[w.r.IntN(len(people))]
	}
	for _, p := range people {
		if p.Officer == c.Officer && slices.Contains(spec.Roles, p.Role) {
			return p
		}
	}
	for _, p := range people {
		if slices.Contains(spec.Roles, p.Role) {
			return p
		}
	}
	return people[0]
}

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(m.Run())
}
