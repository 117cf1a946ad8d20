package register

import (
	"strings"
	"testing"

	"duban/law/casefile"
)

// A register from before cases said whether they were told: its operators see what they were
// written to about, and no plan.
func TestCasesOfBeforeAreTold(t *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := must(Open(t.Context(), Config{URL: fresh(t, name), Secret: secret}))(t)
			defer func() { ok(t, r.Close()) }()
			if !r.sqlite() {
				ok(t, r.db.Exec("CREATE SCHEMA "+r.schema).Error)
			}
			_, err := must(r.provider())(t).UpTo(t.Context(), 1)
			ok(t, err)
			ok(t, r.db.Exec("INSERT INTO authorities VALUES ('ln', NULL, 'province', 'telecom', 'LN', '辽宁', 'Liaoning', '', '')").Error)
			ok(t, r.db.Exec("INSERT INTO regimes VALUES ('h', 'text', '2026-02-02 00:00:00+00:00')").Error)
			for n, c := range []struct {
				id    string
				kind  casefile.Kind
				state string
			}{{"a", casefile.Complaint, "filed"}, {"b", casefile.Inspection, "planned"}, {"c", casefile.Inspection, "closed"}, {"d", casefile.Enforcement, "established"}, {"e", casefile.Enforcement, "order-made"}} {
				ok(t, r.db.Exec(`INSERT INTO cases (id, number, kind, year, n, state, seq, authority, operator, officer, subject, sought, regime, filing,
					filed_at, next_due, closed, overdue, looks, next_look, stuck, fault_ref, faults, fault, origin, body, head)
					VALUES (?, ?, ?, 2026, ?, ?, 1, 'ln', 'cm', '', 's', 's', 'h', 'p', '2026-02-02 00:00:00+00:00', '9999-12-31 00:00:00+00:00', ?, ?, 0,
					'2026-02-02 00:00:00+00:00', ?, '', 0, '', ?, ?, '')`,
					c.id, numberOf("LN", c.kind, 2026, int64(n+1)), c.kind, n+1, c.state, false, false, false,
					`{"id":"`+c.id+`","kind":"`+string(c.kind)+`","state":"filed"}`, `{"id":"`+c.id+`","kind":"`+string(c.kind)+`","state":"`+c.state+`","seq":1}`).Error)
			}
			ok(t, r.db.Exec(`INSERT INTO entries (case_id, seq, class, move, ref, at, entered_at, from_state, to_state, body, prev, hash)
				VALUES ('c', 1, 'act', 'start', 'x', '2026-02-02 00:00:00+00:00', '2026-02-02 00:00:00+00:00', 'team', 'on-site', '{}', '', '')`).Error)
			ok(t, r.db.Exec(`INSERT INTO outbox (id, case_id, seq, document, recipient, recipient_id, cite, due_day, urgent, state, attempts, next_try, cause, created_at)
				VALUES ('n', 'e', 1, 'rectification-order', 'operator', 'cm', '', '', ?, 'sent', 1, '2026-02-02 00:00:00+00:00', '', '2026-02-02 00:00:00+00:00'),
				('m', 'd', 1, 'task', 'officer', 'li', '', '', ?, 'sent', 1, '2026-02-02 00:00:00+00:00', '', '2026-02-02 00:00:00+00:00')`, false, false).Error)
			ok(t, r.Migrate(t.Context()))

			told := map[string]bool{"a": true, "c": true, "e": true}
			for _, id := range []string{"a", "b", "c", "d", "e"} {
				row, c, err := r.CaseByID(t.Context(), id)
				ok(t, err)
				var origin string
				ok(t, r.db.Raw("SELECT origin FROM cases WHERE id = ?", id).Scan(&origin).Error)
				if row.Visible != told[id] || c.Visible != told[id] || strings.Contains(origin, `"told"`) != told[id] || c.ID != id {
					t.Errorf("case %s: told %t in the row, %t in the case, beginning %s", id, row.Visible, c.Visible, origin)
				}
			}
			page := must(r.Cases(t.Context(), CaseFilter{Operator: "cm", Visible: true}))(t)
			if len(page.Cases) != 3 {
				t.Errorf("the operator sees %d cases, want 3", len(page.Cases))
			}
		})
	}
}
