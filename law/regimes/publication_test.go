package regimes_test

import (
	"testing"

	"duban/law/casefile"
)

// How long decisions are shown depends on the sanction from 2026-04-01 on; when they are taken
// down does not (penalties 48).
func TestPublication(t *testing.T) {
	for _, c := range []struct {
		day, of             string
		sanctions           []string
		within, least, most string
		withdraw, cite      string
	}{
		{"2026-03-31", casefile.PenaltyDecision, []string{"fine"}, "7wd", "", "", "3wd", "penalties-2021:48"},
		{"2026-04-01", casefile.PenaltyDecision, []string{"warning"}, "7wd", "", "3m", "3wd", "penalties-2021:48"},
		{"2026-04-01", casefile.PenaltyDecision, []string{"fine"}, "7wd", "3m", "1y", "3wd", "penalties-2021:48"},
		{"2026-04-01", casefile.PenaltyDecision, []string{"fine", "licence-revocation"}, "7wd", "1y", "3y", "3wd", "penalties-2021:48"},
		{"2026-04-01", casefile.InspectionResult, nil, "20wd", "", "", "", "house:publish"},
	} {
		for _, name := range []string{"telecom-2001", "liaoning-tourism-1991"} {
			b, err := load(t).At(name, day(t, c.day))
			if err != nil {
				t.Fatal(err)
			}
			p, ok := b.Regime.Publication(c.of, c.sanctions)
			if !ok || p.How != casefile.PublishMay || p.Within.String() != c.within || p.Least.String() != c.least || p.Most.String() != c.most ||
				p.Withdraw.Term.String() != c.withdraw || p.Cite != c.cite || !p.Unverified || p.Withdraw.Unverified {
				t.Errorf("%s on %s, %s by %v: %+v", name, c.day, c.of, c.sanctions, p)
			}
		}
	}
}

func TestRetention(t *testing.T) {
	r := telecom(t).Regime
	for k, years := range map[casefile.Kind]int{casefile.Complaint: 10, casefile.Inspection: 10, casefile.Enforcement: 30, casefile.Appeal: 30} {
		if got := r.Retention[k]; got.Years != years || got.Permanent || got.Cite != "archives-2020:21" || !got.Unverified {
			t.Errorf("%s: %+v", k, got)
		}
	}
}
