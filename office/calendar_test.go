package office

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
)

// A holiday table is loaded by an administrator and by nobody else, in his name; what it would move is told
// before, and changes nothing.
func TestWhoLoadsAHolidayTable(t *testing.T) {
	o, r := open(t)
	ctx, day := t.Context(), calendar.NewDay(2026, 3, 9)
	table := calendar.Table{Year: 2026, Announced: true, Notice: []string{"https://www.gov.cn/x"}, Off: []calendar.Holiday{{Name: "调整", From: day, To: day}}}
	for name, who := range map[string]access.Who{
		"public": public, "operator": {Kind: access.Operator, ID: "telco"}, "receipt": {Kind: access.Receipt, Case: "x"}, "import": {Kind: access.Import, ID: "old", Authority: "miit"},
		"head": {Kind: access.Officer, ID: "wu", Role: casefile.RoleHead, Authority: "miit"},
	} {
		want := access.ErrNever
		if who.Kind == access.Public {
			want = access.ErrNoKey
		}
		_, err := o.LoadCalendar(ctx, who, table)
		require.ErrorIs(t, err, want, name)
		_, _, err = o.MovedDeadlines(ctx, who, table)
		require.ErrorIs(t, err, want, name)
	}
	_, changes, err := o.MovedDeadlines(ctx, admin, table)
	require.NoError(t, err)
	require.True(t, changes)
	all, err := r.HolidayTables(ctx)
	require.NoError(t, err)
	require.Empty(t, all, "to ask changes nothing")
	for _, want := range []bool{true, false} { // the second time it holds already
		changed, err := o.LoadCalendar(ctx, admin, table)
		require.NoError(t, err)
		require.Equal(t, want, changed)
	}
	_, changes, err = o.MovedDeadlines(ctx, admin, table)
	require.NoError(t, err)
	require.False(t, changes)
	all, err = r.HolidayTables(ctx)
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.Equal(t, admin.ID, all[0].By)
	wrong := table
	wrong.Year, wrong.Off = 2027, []calendar.Holiday{{Name: "元旦", From: day, To: day}} // which 2026 calls otherwise
	_, err = o.LoadCalendar(ctx, admin, wrong)
	require.ErrorIs(t, err, ErrCalendar)
	_, _, err = o.MovedDeadlines(ctx, admin, wrong)
	require.ErrorIs(t, err, ErrCalendar)
}
