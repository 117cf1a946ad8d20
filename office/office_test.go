package office

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
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
	"duban/register"
)

func open(t *testing.T) (*Office, *register.Register) {
	t.Helper()
	r, err := register.Open(t.Context(), register.Config{URL: "sqlite:" + filepath.Join(t.TempDir(), "register.db"), Secret: []byte("a secret for tests only")})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	require.NoError(t, r.Migrate(t.Context()))
	require.NoError(t, r.SetClock(t.Context(), register.Clock{Mode: register.Stepped, AnchorLegal: time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Shanghai())}))
	library, err := regimes.Load()
	require.NoError(t, err)
	cal, err := regimes.Calendar()
	require.NoError(t, err)
	return New(Options{Register: r, Docket: docket.New(r, cal), Regulations: jurisdiction.NewRegulations(library), Calendar: cal, Desk: nobody{}}), r
}

// nobody is at the desk: what is put into the register stays there.
type nobody struct{}

func (nobody) Look(casefile.Kind, string, string, string) {}

func (nobody) Acted(casefile.Kind, string, casefile.State, activities.SettleResult) {}

var (
	admin  = access.Who{Kind: access.Admin, ID: "root"}
	public = access.Who{}
)

func filing(key, operator, authority string) Filing {
	return Filing{
		Key: key, Kind: casefile.Complaint, Subject: "宽带", Person: Person{Name: "张三", Phone: "13800000000"},
		Body: casefile.Body{Dispute: "other", Operator: operator, Authority: authority, Text: "慢"},
	}
}

// A complaint goes to the authority that it names, else to that of the operator's province, else
// to the top of the installation.
func TestWhoGetsAFiling(t *testing.T) {
	o, r := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, admin, Authority{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	require.NoError(t, o.PutAuthority(ctx, admin, Authority{ID: "gd", Parent: "miit", Level: "province", Domain: "telecom", Code: "GD"}))
	require.NoError(t, o.PutAuthority(ctx, admin, Authority{ID: "mines", Level: "ministry", Domain: "mining", Code: "MI"}))
	require.NoError(t, o.PutAuthority(ctx, admin, Authority{ID: "lnta", Level: "province", Domain: "tourism", Code: "LY"}))
	require.NoError(t, r.PutOperator(ctx, Operator{ID: "local", Name: "本地", Province: "gd"}))
	require.NoError(t, r.PutOperator(ctx, Operator{ID: "national", Name: "全国"}))
	for i, c := range []struct{ operator, authority, want string }{
		{"local", "", "gd"}, {"national", "", "miit"}, {"local", "miit", "miit"}, {"national", "gd", "gd"}, {"national", "lnta", "lnta"},
	} {
		receipt, err := o.File(ctx, public, filing(fmt.Sprint(i), c.operator, c.authority))
		require.NoError(t, err)
		row, _, err := r.CaseByID(ctx, receipt.Case)
		require.NoError(t, err)
		require.Equal(t, c.want, row.Authority, "%v", c)
	}
	for name, c := range map[string]struct{ operator, authority, code string }{
		"no operator":  {"none", "", "unknown-operator"},
		"no authority": {"local", "none", "unknown-authority"},
		"no regime":    {"local", "mines", "no-regime"},
	} {
		var rejected *Rejection
		_, err := o.File(ctx, public, filing(name, c.operator, c.authority))
		require.ErrorAs(t, err, &rejected, name)
		require.Equal(t, c.code, rejected.Code)
	}
}

// A request for a key that comes again is answered with the key, also once the key has ended.
func TestKeyAskedForAgainAfterItsEnd(t *testing.T) {
	o, r := open(t)
	spec := KeySpec{Kind: register.AdminKey, Owner: "bo", Expires: time.Now().Add(-time.Hour)}
	made, _, err := r.MakeKey(t.Context(), spec, admin.Owner(), "for-bo")
	require.NoError(t, err)
	again, secret, err := o.MakeKey(t.Context(), admin, "for-bo", spec)
	require.NoError(t, err)
	require.Equal(t, made.ID, again.ID)
	require.Empty(t, secret)
	spec.Expires = spec.Expires.Add(-time.Hour)
	_, _, err = o.MakeKey(t.Context(), admin, "for-bo", spec)
	require.ErrorIs(t, err, ErrKeyReused)
	var rejected *Rejection
	_, _, err = o.MakeKey(t.Context(), admin, "for-another", spec)
	require.ErrorAs(t, err, &rejected)
	require.Equal(t, "expires-in-past", rejected.Code)
}

func TestPeopleThatDoNotFit(t *testing.T) {
	o, _ := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, admin, Authority{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	for name, err := range map[string]error{
		"code-taken":        o.PutAuthority(ctx, admin, Authority{ID: "gd", Parent: "miit", Level: "province", Domain: "telecom", Code: "BU"}),
		"unknown-authority": o.PutAuthority(ctx, admin, Authority{ID: "gd", Parent: "none", Level: "province", Domain: "telecom", Code: "GD"}),
	} {
		var rejected *Rejection
		require.ErrorAs(t, err, &rejected)
		require.Equal(t, name, rejected.Code)
	}
	var rejected *Rejection
	_, err := o.PutOfficer(ctx, admin, Officer{ID: "li", Authority: "none", Role: casefile.RoleOfficer})
	require.ErrorAs(t, err, &rejected)
	_, err = o.PutOperator(ctx, admin, Operator{ID: "telco", Name: "x", Province: "none"})
	require.ErrorAs(t, err, &rejected)
}

// Ten authorities ask for one code at once: one gets it, the others are told whose it is.
func TestOneCodeHasOneAuthority(t *testing.T) {
	o, _ := open(t)
	answers := make([]error, 10)
	var putting sync.WaitGroup
	for i := range answers {
		putting.Go(func() {
			answers[i] = o.PutAuthority(t.Context(), admin, Authority{ID: fmt.Sprint("a", i), Level: "province", Domain: "telecom", Code: "GD"})
		})
	}
	putting.Wait()
	taken := 0
	for _, err := range answers {
		var rejected *Rejection
		if errors.As(err, &rejected) {
			require.Equal(t, "code-taken", rejected.Code)
			taken++
			continue
		}
		require.NoError(t, err)
	}
	require.Equal(t, 9, taken)
}

// An act asked for again is told as it was made; another with its key is not taken, and a refused one leaves nothing.
func TestActIsFoundByItsKey(t *testing.T) {
	o, r := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, admin, Authority{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	require.NoError(t, r.PutOperator(ctx, Operator{ID: "telco", Name: "x"}))
	receipt, err := o.File(ctx, public, filing("k", "telco", ""))
	require.NoError(t, err)
	li := access.Who{Kind: access.Officer, ID: "li", Role: casefile.RoleOfficer, Authority: "miit"}
	act := Act{Key: "key", Case: receipt.Case, Kind: casefile.Complaint, Name: "close"}
	var rejected *Rejection
	_, err = o.Act(ctx, li, act)
	require.ErrorAs(t, err, &rejected)
	require.Equal(t, "wrong-state", rejected.Code)
	_, err = r.ActByKey(ctx, li.Owner(), "key")
	require.ErrorIs(t, err, ErrNotFound)
	act.Name = "accept"
	made, err := o.Act(ctx, li, act)
	require.NoError(t, err)
	require.Equal(t, 2, made.Entry.Seq, "after the filing")
	again, err := o.Act(ctx, li, act)
	require.NoError(t, err)
	require.Equal(t, made, again)
	act.Name = "forward"
	_, err = o.Act(ctx, li, act)
	require.ErrorIs(t, err, ErrKeyReused)
}

// A running API sees a holiday table that another program loads.
func TestLoadedTableIsSeen(t *testing.T) {
	o, r := open(t)
	before, err := o.docket.Calendar(t.Context())
	require.NoError(t, err)
	day := calendar.NewDay(2026, 3, 9)
	require.True(t, before.Working(day))
	changed, err := r.LoadTable(t.Context(), before, calendar.Table{
		Year: 2026, Announced: true, Notice: []string{"https://www.gov.cn/x"}, Off: []calendar.Holiday{{Name: "调整", From: day, To: day}},
	}, "lin")
	require.NoError(t, err)
	require.True(t, changed)
	require.Eventually(t, func() bool {
		now, err := o.docket.Calendar(t.Context())
		return err == nil && !now.Working(day)
	}, 5*time.Second, 50*time.Millisecond)
}
