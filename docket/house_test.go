package docket_test

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/access"
	"duban/activities"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The cast: the case is the bureau's, over it the ministry, under it the city, beside it the neighbour.
const (
	bureau, ministry, city, neighbour = "ln", "miit", "dl", "jl"
	telco, otherTelco                 = "telco", "other-telco"
)

// today is the legal day of every test, a Monday.
var today = calendar.NewDay(2026, 4, 20)

// house is a register on SQLite with the real laws, what reads it and what stands on that. rows is a way
// past the register, by which a case can be put into any state that the law knows.
type house struct {
	testing.TB
	register *register.Register
	docket   *docket.Docket
	office   *office.Office
	days     *calendar.Calendar
	rows     *sql.DB
	filed    int
}

func open(t testing.TB) *house {
	t.Helper()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "register.db")
	r, err := register.Open(ctx, register.Config{URL: "sqlite:" + path, Secret: []byte("a secret for tests only")})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	require.NoError(t, r.Migrate(ctx))
	require.NoError(t, r.SetClock(ctx, register.Clock{Mode: register.Stepped, AnchorLegal: today.Start(calendar.Shanghai()).Add(10 * time.Hour)}))
	library, err := regimes.Load()
	require.NoError(t, err)
	days, err := regimes.Calendar()
	require.NoError(t, err)
	rows, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(3000)&_pragma=synchronous(OFF)")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, rows.Close()) })
	h := &house{TB: t, register: r, docket: docket.New(r, days), days: days, rows: rows}
	h.office = office.New(office.Options{Register: r, Docket: h.docket, Regulations: jurisdiction.NewRegulations(library), Calendar: days, Desk: nobody{}})
	for _, a := range []jurisdiction.Authority{
		{ID: ministry, Level: "ministry", Domain: "telecom", Code: "BU"},
		{ID: bureau, Parent: ministry, Level: "province", Domain: "telecom", Code: "LN"},
		{ID: city, Parent: bureau, Level: "city", Domain: "telecom", Code: "DL"},
		{ID: neighbour, Parent: ministry, Level: "province", Domain: "telecom", Code: "JL"},
	} {
		require.NoError(t, r.PutAuthority(ctx, a))
	}
	require.NoError(t, r.PutOfficer(ctx, register.Officer{ID: "qian", Authority: bureau, Role: casefile.RoleHead, Name: "qian"}))
	for _, o := range []string{telco, otherTelco} {
		require.NoError(t, r.PutOperator(ctx, register.Operator{ID: o, Name: o, Types: []string{"telecom-operator"}, Province: bureau}))
	}
	return h
}

// nobody is at the desk: what is put into the register stays there.
type nobody struct{}

func (nobody) Look(casefile.Kind, string, string, string) {}

func (nobody) Acted(casefile.Kind, string, casefile.State, activities.SettleResult) {}

// file files a complaint, whose filing counts as entered.
func (h *house) file() register.Receipt {
	h.Helper()
	h.filed++
	got, err := h.office.File(h.Context(), access.Who{}, office.Filing{
		Key: fmt.Sprint(h.filed), Kind: casefile.Complaint, Subject: "宽带", Person: office.Person{Name: "张三", Phone: "13800000000"},
		Body: casefile.Body{Dispute: "fee", Operator: telco, Authority: bureau, Text: "慢"},
	})
	require.NoError(h, err)
	h.exec("UPDATE papers SET entry = 1, entered_at = received WHERE case_id = ?", got.Case)
	return got
}

func (h *house) exec(query string, args ...any) {
	h.Helper()
	_, err := h.rows.ExecContext(h.Context(), query, args...)
	require.NoError(h, err)
}

// stand puts a filed case into the place of another: nothing waits in it and nothing is due.
func (h *house) stand(c casefile.Case) {
	h.Helper()
	h.exec("UPDATE cases SET kind = ?, state = ?, seq = ?, authority = ?, operator = ?, officer = ?, told = ?, closed = ?, body = ?, next_due = '9999-12-31 00:00:00+00:00' WHERE id = ?",
		c.Kind, c.State, c.Seq, c.Authority, c.Operator, c.Officer, c.Visible, c.Closed(), h.json(c), c.ID)
}

// regime is the hash of the text that a filed case is pinned to.
func (h *house) regime(id string) string {
	h.Helper()
	_, c, err := h.register.CaseByID(h.Context(), id)
	require.NoError(h, err)
	return c.Regime
}

func (h *house) json(v any) string {
	h.Helper()
	raw, err := json.Marshal(v)
	require.NoError(h, err)
	return string(raw)
}

// words is a list with commas.
func words[T ~string](all []T) string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = string(x)
	}
	return strings.Join(out, ", ")
}

// cases files one for each way in which a case may be to somebody.
func (h *house) cases() map[string]register.Receipt {
	h.Helper()
	out := map[string]register.Receipt{}
	for _, name := range []string{told, untold, free, otherApplicant} {
		out[name] = h.file()
	}
	return out
}
