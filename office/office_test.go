package office

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
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
	return New(r, library, cal), r
}

func filing(key, operator, authority string) api.Filing {
	return api.Filing{
		Owner: "public", Key: key, Kind: casefile.Complaint, Operator: operator, Authority: authority, Subject: "宽带", By: casefile.Actor{Sender: "complainant"},
		Body: casefile.Body{Dispute: "other", Operator: operator, Text: "慢"},
	}
}

// A complaint goes to the authority that it names, else to that of the operator's province, else
// to the top of the house.
func TestWhoGetsAFiling(t *testing.T) {
	o, r := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "gd", Parent: "miit", Level: "province", Domain: "telecom", Code: "GD"}))
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "mines", Level: "ministry", Domain: "mining", Code: "MI"}))
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "lnta", Level: "province", Domain: "tourism", Code: "LY"}))
	require.NoError(t, o.PutOperator(ctx, api.Regulated{ID: "local", Name: "本地", Province: "gd"}))
	require.NoError(t, o.PutOperator(ctx, api.Regulated{ID: "national", Name: "全国"}))
	for i, c := range []struct{ operator, authority, want string }{
		{"local", "", "gd"}, {"national", "", "miit"}, {"local", "miit", "miit"}, {"national", "gd", "gd"}, {"national", "lnta", "lnta"},
	} {
		receipt, err := o.File(ctx, filing(fmt.Sprint(i), c.operator, c.authority))
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
		var rejected *api.Rejection
		_, err := o.File(ctx, filing(name, c.operator, c.authority))
		require.ErrorAs(t, err, &rejected, name)
		require.Equal(t, c.code, rejected.Code)
	}
}

func TestPeopleThatDoNotFit(t *testing.T) {
	o, _ := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	for name, err := range map[string]error{
		"code-taken":        o.PutAuthority(ctx, api.Office{ID: "gd", Parent: "miit", Level: "province", Domain: "telecom", Code: "BU"}),
		"unknown-authority": o.PutAuthority(ctx, api.Office{ID: "gd", Parent: "none", Level: "province", Domain: "telecom", Code: "GD"}),
	} {
		var rejected *api.Rejection
		require.ErrorAs(t, err, &rejected)
		require.Equal(t, name, rejected.Code)
	}
	var rejected *api.Rejection
	require.ErrorAs(t, o.PutOfficer(ctx, api.Staff{ID: "li", Authority: "none", Role: casefile.RoleOfficer}), &rejected)
	require.ErrorAs(t, o.PutOperator(ctx, api.Regulated{ID: "telco", Name: "x", Province: "none"}), &rejected)
}

// Ten authorities ask for one code at once: one gets it, the others are told whose it is.
func TestOneCodeHasOneAuthority(t *testing.T) {
	o, _ := open(t)
	answers := make([]error, 10)
	var putting sync.WaitGroup
	for i := range answers {
		putting.Go(func() {
			answers[i] = o.PutAuthority(t.Context(), api.Office{ID: fmt.Sprint("a", i), Level: "province", Domain: "telecom", Code: "GD"})
		})
	}
	putting.Wait()
	taken := 0
	for _, err := range answers {
		var rejected *api.Rejection
		if errors.As(err, &rejected) {
			require.Equal(t, "code-taken", rejected.Code)
			taken++
			continue
		}
		require.NoError(t, err)
	}
	require.Equal(t, 9, taken)
}

// An act is found by its key before anything is written.
func TestActIsFoundByItsKey(t *testing.T) {
	o, _ := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	require.NoError(t, o.PutOperator(ctx, api.Regulated{ID: "telco", Name: "x"}))
	receipt, err := o.File(ctx, filing("k", "telco", ""))
	require.NoError(t, err)
	act := api.Act{Owner: "officer/li", Key: "key", Case: receipt.Case, Name: "accept", By: casefile.Actor{Officer: "li", Role: casefile.RoleOfficer, Authority: "miit"}}
	_, err = o.Asked(ctx, act)
	require.ErrorIs(t, err, api.ErrNotFound)
	put, err := o.PutAct(ctx, act)
	require.NoError(t, err)
	asked, err := o.Asked(ctx, act)
	require.NoError(t, err)
	require.Equal(t, put, asked)
	act.Name = "close"
	_, err = o.Asked(ctx, act)
	require.ErrorIs(t, err, api.ErrKeyReused)
}

func TestTold(t *testing.T) {
	require.NoError(t, told(nil))
	require.ErrorIs(t, told(register.ErrNotFound), api.ErrNotFound)
	require.ErrorIs(t, told(fmt.Errorf("read: %w", register.ErrUnavailable)), api.ErrUnavailable)
	other := errors.New("other")
	require.Equal(t, other, told(other))
}

// A running API sees a holiday table that another program loads.
func TestLoadedTableIsSeen(t *testing.T) {
	o, r := open(t)
	before, err := o.Calendar(t.Context())
	require.NoError(t, err)
	day := calendar.NewDay(2026, 3, 9)
	require.True(t, before.Working(day))
	changed, err := r.LoadTable(t.Context(), before, calendar.Table{
		Year: 2026, Announced: true, Notice: []string{"https://www.gov.cn/x"}, Off: []calendar.Holiday{{Name: "调整", From: day, To: day}},
	}, "lin")
	require.NoError(t, err)
	require.True(t, changed)
	require.Eventually(t, func() bool {
		now, err := o.Calendar(t.Context())
		return err == nil && !now.Working(day)
	}, 5*freshness, freshness/20)
}

// A refusal that rests on a deadline which a new holiday table moves is no answer yet: the case is
// counted anew before the act.
func TestPreviewWaitsForANewCalendar(t *testing.T) {
	o, _ := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	require.NoError(t, o.PutOperator(ctx, api.Regulated{ID: "telco", Name: "x"}))
	receipt, err := o.File(ctx, filing("k", "telco", ""))
	require.NoError(t, err)
	line, c, err := o.Case(ctx, receipt.Case)
	require.NoError(t, err)
	days, err := o.Calendar(ctx)
	require.NoError(t, err)
	from := calendar.NewDay(2026, 3, 2)
	c.Kind, c.State, c.Inspection = casefile.Inspection, casefile.Preliminary, &casefile.InspectionFile{}
	line.Kind, line.NextDue = casefile.Inspection, time.Time{}
	act := api.Act{Case: "no-paper-waits-here", Name: "approve", By: casefile.Actor{Officer: "qian", Role: casefile.RoleHead, Authority: "miit"}}
	d := casefile.Deadline{Name: "comments", From: from, Term: calendar.Term{N: 5, Unit: calendar.WorkingDays}}
	c.Deadlines = []casefile.Deadline{d.By(days)}
	refusal, err := o.Preview(ctx, act, line, c)
	require.NoError(t, err)
	require.Equal(t, "wrong-state", refusal.Code)
	c.Deadlines[0].Day, c.Deadlines[0].Calendar = from, "another"
	refusal, err = o.Preview(ctx, act, line, c)
	require.NoError(t, err)
	require.Nil(t, refusal)
}

// A case is given, and a hearing chaired, only by who can act in it: an officer of its authority.
func TestWhoIsNamedCanAct(t *testing.T) {
	o, _ := open(t)
	ctx := t.Context()
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"}))
	require.NoError(t, o.PutAuthority(ctx, api.Office{ID: "gd", Parent: "miit", Level: "province", Domain: "telecom", Code: "GD"}))
	for id, role := range map[string]casefile.Role{"li": casefile.RoleOfficer, "zhao": casefile.RoleReviewer, "qian": casefile.RoleHead} {
		require.NoError(t, o.PutOfficer(ctx, api.Staff{ID: id, Authority: "gd", Role: role}))
	}
	require.NoError(t, o.PutOfficer(ctx, api.Staff{ID: "afar", Authority: "miit", Role: casefile.RoleOfficer}))
	c := casefile.Case{Authority: "gd"}
	for _, x := range []struct{ act, officer, code string }{
		{"assign", "li", ""},
		{"assign", "qian", ""},
		{"assign", "zhao", "wrong-officer-role"},
		{"assign", "afar", "unknown-officer"},
		{"assign", "nobody", "unknown-officer"},
		{"call-hearing", "zhao", ""},
		{"call-hearing", "afar", "unknown-officer"},
		{"call-hearing", "nobody", "unknown-officer"},
		{"decide-recusal", "afar", ""}, // a team may have members from above
	} {
		err := o.colleague(ctx, api.Act{Name: x.act, By: casefile.Actor{Officer: "li", Authority: "gd"}, Body: casefile.Body{Officer: x.officer}}, c)
		if x.code == "" {
			require.NoError(t, err, "%v", x)
			continue
		}
		var rejected *api.Rejection
		require.ErrorAs(t, err, &rejected, "%v", x)
		require.Equal(t, x.code, rejected.Code, "%v", x)
	}
	require.NoError(t, o.colleague(ctx, api.Act{Name: "assign", By: casefile.Actor{Authority: "miit"}, Body: casefile.Body{Officer: "nobody"}}, c), "the law says no to an authority without the case")
}
