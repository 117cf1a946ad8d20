package regimes_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
)

// lifecycles §8: of the duties of telecom operators only the self-check has a sanction clause.
func TestDutiesOfTelecomOperators(t *testing.T) {
	library, err := regimes.Load()
	require.NoError(t, err)
	on, err := calendar.ParseDay("2026-03-02")
	require.NoError(t, err)
	b, err := library.At("telecom-2001", on)
	require.NoError(t, err)
	sanctions, cites := map[string]string{}, map[string]string{}
	for _, d := range b.Regime.Duties {
		sanctions[d.Code], cites[d.Code] = d.Violation, d.Cite
		require.True(t, d.Binds([]string{"shop", "mobile"}) && d.Binds(nil), d.Code)
		require.False(t, d.Binds([]string{"restaurant"}), d.Code)
	}
	require.Equal(t, map[string]string{"self-check-report": "self-check-report", "blockage-report": "", "standard-terms": "", "hotline": ""}, sanctions)
	require.Equal(t, map[string]string{
		"self-check-report": "telecom-2001:18", "blockage-report": "telecom-2001:18", "standard-terms": "telecom-2001:15", "hotline": "telecom-2001:16",
	}, cites)
	require.Equal(t, "telecom-2001:23", b.Regime.Violations["self-check-report"].Cite)
	require.Equal(t, casefile.WarningOnly, b.Regime.Violations["self-check-report"].Sequence)
}

func TestCheckOfDuties(t *testing.T) {
	file, err := os.ReadFile("telecom-2001.yaml")
	require.NoError(t, err)
	raw := string(file)
	for name, c := range map[string]struct{ from, to, want string }{
		"no such clause":        {"    violation: self-check-report\n", "    violation: nothing\n", `no violation "nothing"`},
		"no term":               {"    term: 31d\n    roll: true\n    remind: 10\n    grace: 1wd\n", "", `half-yearly duties have a "term"`},
		"a standing term":       {"    cadence: standing\n", "    cadence: standing\n    term: 1m\n", `half-yearly duties have a "term"`},
		"reminded of no day":    {"    cadence: standing\n", "    cadence: standing\n    remind: 3\n", "without a term nobody is reminded"},
		"grace after no day":    {"    cadence: standing\n", "    cadence: standing\n    grace: 1wd\n", "what has no day"},
		"standing with grades":  {"    cadence: at-once\n", "    cadence: standing\n", `duties at once have "grades"`},
		"unknown cadence":       {"    cadence: at-once\n", "    cadence: daily\n", "value must be one of"},
		"oral after it is done": {"oral: 4, written: 24", "oral: 25, written: 24", "told orally after it is written"},
		"a grade twice":         {"code: major,", "code: extra-grave,", "twice"},
		"no such article":       {"    cite: \"telecom-2001:15\"\n  hotline:", "    cite: \"telecom-2001:99\"\n  hotline:", `no clause "99"`},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(raw, c.from, c.to, 1)
			require.NotEqual(t, raw, text)
			problems := regimes.Check(map[string][]byte{"telecom-2001.yaml": []byte(text)})
			require.NotEmpty(t, problems)
			var all []string
			for _, p := range problems {
				all = append(all, p.String())
			}
			require.Contains(t, strings.Join(all, "\n"), c.want)
		})
	}
}
