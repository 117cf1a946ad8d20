package register

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register/postgrestest"
)

var benchRows = flag.Int("rows", 100_000, "cases in the register of BenchmarkLists")

// BenchmarkLists reads lists as a ministry over 403 authorities, a province with 14 cities and an officer
// do, on PostgreSQL, among cases of which a third is another ministry's and four fifths are closed:
//
//	go test ./register -run '^$' -bench Lists -benchtime 100x -rows 1000000
func BenchmarkLists(b *testing.B) {
	r := open(b, postgrestest.Start(b)+"&statement_timeout=0", Config{}) // filling it takes minutes
	ministry, province := benchHouse(b, r)
	no := false
	received := []casefile.State{"received"}
	for _, x := range []struct {
		name string
		f    CaseFilter
	}{
		{"ministry newest", CaseFilter{Authorities: ministry}},
		{"ministry open", CaseFilter{Authorities: ministry, Closed: &no}},
		{"ministry due", CaseFilter{Authorities: ministry, Sort: ByDue}},
		{"ministry due open", CaseFilter{Authorities: ministry, Sort: ByDue, Closed: &no}},
		{"ministry complaints", CaseFilter{Authorities: ministry, Kind: casefile.Complaint}},
		{"ministry appeals", CaseFilter{Authorities: ministry, Kind: casefile.Appeal}},
		{"ministry state", CaseFilter{Authorities: ministry, States: received}},
		{"ministry tasks", CaseFilter{Authorities: ministry, Sort: ByTask, Work: Work{Anybody: true}}},
		{"ministry nobody's tasks", CaseFilter{Authorities: ministry, Sort: ByTask, Work: Work{Nobody: true}}},
		{"province newest", CaseFilter{Authorities: province}},
		{"province due", CaseFilter{Authorities: province, Sort: ByDue}},
		{"province tasks", CaseFilter{Authorities: province, Sort: ByTask, Work: Work{Anybody: true}}},
		{"officer's tasks", CaseFilter{Authorities: province, Sort: ByTask, Work: Work{Officers: []string{"o9"}}}},
		{"head's tasks", CaseFilter{Authorities: province, Sort: ByTask, Work: Work{Officers: []string{"o9"}, Role: casefile.RoleHead, Of: "p5"}}},
		{"all due", CaseFilter{Sort: ByDue}},
	} {
		for _, page := range []string{"first", "twentieth"} {
			b.Run(x.name+"/"+page, func(b *testing.B) {
				f := x.f
				if page == "twentieth" {
					f.Limit = 200
					for range 5 {
						if next := must(r.Cases(b.Context(), f))(b).Next; next != "" {
							f.Cursor = next
						}
					}
					f.Limit = 0
				}
				sampled(b, func() { must(r.Cases(b.Context(), f))(b) })
			})
		}
	}
	now := time.Now()
	b.Run("ministry counts", func(b *testing.B) {
		f := CaseFilter{Authorities: ministry, Work: Work{Anybody: true}}
		sampled(b, func() { must(r.CountTasks(b.Context(), f, now, now.AddDate(0, 0, 1), now.AddDate(0, 0, 4)))(b) })
	})
}

// sampled reports the middle and the worst of a hundred beside the mean.
func sampled(b *testing.B, f func()) {
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		f()
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	for _, p := range []int{50, 99} {
		b.ReportMetric(float64(took[len(took)*p/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
}

// benchHouse fills the register from one case; only what lists read differs. It gives the authorities
// below a ministry, and those below one of its provinces.
func benchHouse(b *testing.B, r *Register) (ministry, province []string) {
	put := func(id, parent, level string) {
		ok(b, r.PutAuthority(b.Context(), jurisdiction.Authority{ID: id, Parent: parent, Level: level, Domain: "tourism", Code: "T" + id}))
		ministry = append(ministry, id)
	}
	put("mct", "", "ministry")
	for p := range 31 {
		put(fmt.Sprint("p", p), "mct", "province")
	}
	province = []string{"p5"}
	for c := range 371 {
		id := fmt.Sprint("c", c)
		put(id, fmt.Sprint("p", c%28), "city")
		if c%28 == 5 {
			province = append(province, id)
		}
	}
	id := must(r.File(b.Context(), aComplaint("1")))(b).Case
	settle(b, r, id, "")
	ok(b, r.db.Exec(`INSERT INTO cases (id, number, kind, year, n, state, seq, authority, operator, officer, subject, outward, sought, regime, filing, filed_at, next_due, closed, closed_at,
			overdue, told, looks, next_look, stuck, fault_ref, faults, fault, origin, body, head, keep_until, turn, list_due, task_who, task, task_due)
		SELECT 'x' || i, 'X-C-2026-' || i, kind, 2000, i, CASE WHEN done THEN 'closed' ELSE state END, seq,
			CASE WHEN i % 3 = 0 THEN 'ln' WHEN i % 100 = 1 THEN 'p5' WHEN i % 1000 = 2 THEN 'mct' ELSE 'c' || i::bigint * 7919 % 371 END,
			operator, CASE WHEN i % 2 = 0 THEN '' ELSE 'o' || i % 500 END, subject || i, outward, sought, regime, filing, now() - i * interval '1 minute', due, done, CASE WHEN done THEN now() END,
			i % 50 = 9, told, looks, next_look, stuck, fault_ref, faults, fault, origin, body, head, keep_until, turn, due,
			CASE WHEN done THEN '' WHEN i % 200 = 9 THEN 'head' ELSE 'officer' END, 'answer', due
		FROM cases, generate_series(1, ?) AS i, LATERAL (SELECT i % 10 < 8 AS done) AS d,
			LATERAL (SELECT CASE WHEN done THEN '9999-12-31' ELSE now() + (i::bigint * 7919 % 40000 - 8000) * interval '1 minute' END AS due) AS e`, *benchRows).Error)
	ok(b, r.db.Exec("VACUUM ANALYZE").Error)
	return ministry, province
}
