package register

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"duban/law/casefile"
)

// Whoever pages through a list sorted by a day gets every case once, while the days move in both
// directions: what is declined has no day left, what falls overdue comes first.
func TestAListSortedByADayLosesAndDoublesNothingWhileDaysMove(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		var ids []string
		for i, key := range keys("c", 40) {
			ok(t, r.StepClock(t.Context(), anyTime.AddDate(0, 0, i/4)))
			in := must(r.File(t.Context(), aComplaint(key)))(t)
			settle(t, r, in.Case, "")
			ids = append(ids, in.Case)
		}
		law := testLaw(t)
		move := func(ctx context.Context, id string, n int) error {
			name, body := "decline", casefile.Body{Ground: "other", Reasons: "x"}
			if n%2 == 0 {
				name, body = "accept", casefile.Body{}
			}
			return makeAct(ctx, r, law, ActIn{Owner: "o1", Key: fmt.Sprint(name, n), Case: id, Name: name, By: officer, Body: body})
		}
		for round, sort := range []Sort{ByDue, ByTask, ByTerm} {
			before := moves(t, r)
			ctx, stop := context.WithCancel(t.Context())
			g, gctx := errgroup.WithContext(ctx)
			writers := 4
			if r.sqlite() {
				writers = 1 // it has no more
			}
			for w := range writers {
				g.Go(func() error {
					for n := 0; gctx.Err() == nil; n++ {
						if err := move(gctx, ids[rand.N(len(ids))], round*1_000_000+w*100_000+n); err != nil && gctx.Err() == nil {
							return err
						}
					}
					return nil
				})
			}
			n := 0
			for range 2 {
				seen := map[string]int{}
				for _, id := range pages(t, r, CaseFilter{Sort: sort, Limit: 6}, func() {
					n++
					ok(t, move(t.Context(), ids[rand.N(len(ids))], round*1_000_000+900_000+n))
				}) {
					seen[id]++
				}
				for _, id := range ids {
					if seen[id] != 1 {
						t.Errorf("sorted by %s, case %s was shown %d times", sort, id, seen[id])
					}
				}
			}
			stop()
			ok(t, g.Wait())
			if round == 0 && moves(t, r) == before {
				t.Error("nothing has moved")
			}
			ok(t, r.StepClock(t.Context(), anyTime.AddDate(0, 0, 13+12*round)))
		}
		clean(t, r)
	})
}

func moves(t *testing.T, r *Register) int {
	t.Helper()
	var n int
	ok(t, r.db.Raw("SELECT count(*) FROM past_dues").Scan(&n).Error)
	return n
}

// Page by page, with each case moved between two pages to the end or to the front.
func TestARowThatMovesBetweenPagesStaysInItsPlace(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		var ids []string
		for i, key := range keys("c", 12) {
			ok(t, r.StepClock(t.Context(), anyTime.AddDate(0, 0, i)))
			in := must(r.File(t.Context(), aComplaint(key)))(t)
			settle(t, r, in.Case, "")
			ids = append(ids, in.Case)
		}
		n := 0
		got := pages(t, r, CaseFilter{Sort: ByDue, Limit: 2}, func() {
			if n == len(ids)/2 {
				return
			}
			for _, i := range []int{n, len(ids) - 1 - n} { // one that was shown, one that was not
				do(t, r, ids[i], fmt.Sprint("d", i), "decline", casefile.Body{Ground: "other", Reasons: "x"})
			}
			n++
		})
		if !slices.Equal(got, ids) {
			t.Errorf("the list was %v, want %v", got, ids)
		}
	})
}

// A list that begins while a move is under way begins before it.
func TestAListBeginsBeforeWhatIsUnderWay(t *testing.T) {
	r := open(t, fresh(t, "postgres"), Config{})
	ok(t, r.db.Transaction(func(tx *gorm.DB) error {
		ok(t, tx.Exec(tellOfMove).Error)
		var n, later int64
		ok(t, tx.Raw("SELECT nextval('moves')").Scan(&n).Error)
		ok(t, r.db.Raw("SELECT nextval('moves')").Scan(&later).Error) // of one that is over
		if began := must(r.beginning(r.db.WithContext(t.Context()), nil))(t); began.Move != n-1 {
			t.Errorf("the list begins after move %d; %d is under way", began.Move, n)
		}
		return nil
	}))
	if began := must(r.beginning(r.db.WithContext(t.Context()), nil))(t); began.Move != 3 {
		t.Errorf("the list begins after move %d of 3", began.Move)
	}
}

// A list is not read on when what moved since may be forgotten.
func TestAnOldCursorIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		for _, key := range keys("c", 2) {
			must(r.File(t.Context(), aComplaint(key)))(t)
		}
		f := CaseFilter{Sort: ByDue, Limit: 1}
		page := must(r.Cases(t.Context(), f))(t)
		f.Cursor = page.Next
		at := must(readCursor(f))(t)
		old := moment{Move: at.Began.Move, At: at.Began.At.Add(-cursorLife)}
		f.Cursor = must(cursorAt(f, listedRow{Row: caseRow{Serial: at.Serial}, Key: at.Time}, old))(t)
		_, err := r.Cases(t.Context(), f)
		isErr(t, err, ErrOldCursor)
	})
}

// What falls overdue leads the list of tasks by the day that it had, and stays with whose it is.
func TestOverdueTasksComeFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		first := must(r.File(t.Context(), aComplaint("1")))(t).Case
		settle(t, r, first, "")
		do(t, r, first, "a", "assign", casefile.Body{Officer: "o1"})
		ok(t, r.StepClock(t.Context(), anyTime.AddDate(0, 0, 12)))
		settle(t, r, first, "")
		second := must(r.File(t.Context(), aComplaint("2")))(t).Case
		settle(t, r, second, "")
		for _, x := range []struct {
			name string
			f    CaseFilter
			want []string
		}{
			{"anybody's", CaseFilter{Work: Work{Anybody: true}, Sort: ByTask}, []string{first, second}},
			{"by due", CaseFilter{Sort: ByDue}, []string{first, second}},
			{"o1's", CaseFilter{Work: Work{Officers: []string{"o1"}}, Sort: ByTask}, []string{first}},
			{"nobody's", CaseFilter{Work: Work{Nobody: true}, Sort: ByTask}, []string{second}},
			{"the head's", CaseFilter{Work: Work{Officers: []string{"h1"}, Role: casefile.RoleHead, Of: "ln"}, Sort: ByTask}, nil},
			{"due by then", CaseFilter{DueBefore: anyTime.AddDate(0, 0, 12)}, []string{first}},
			{"until then", CaseFilter{Work: Work{Anybody: true, Until: anyTime.AddDate(0, 0, 12)}, Sort: ByTask}, []string{first}},
			{"of both authorities", CaseFilter{Work: Work{Anybody: true}, Authorities: []string{"miit", "ln"}, Sort: ByTask}, []string{first, second}},
			{"of both, newest first", CaseFilter{Authorities: []string{"miit", "ln"}}, []string{second, first}},
		} {
			if got := pages(t, r, x.f, func() {}); !slices.Equal(got, x.want) {
				t.Errorf("%s: %v, want %v", x.name, got, x.want)
			}
		}
		row, _, err := r.CaseByID(t.Context(), first)
		ok(t, err)
		if row.OfOurs.Name == "" || !row.OfOurs.Due.Before(anyTime.AddDate(0, 0, 12)) || row.MustAct != "officer" {
			t.Errorf("task %+v, turn %s", row.OfOurs, row.MustAct)
		}
		counts := must(r.CountTasks(t.Context(), CaseFilter{Work: Work{Anybody: true}}, anyTime.AddDate(0, 0, 12), anyTime.AddDate(0, 0, 13), anyTime.AddDate(0, 0, 16)))(t)
		if counts != (TaskCounts{Overdue: 1, Later: 1}) {
			t.Errorf("counts %+v", counts)
		}
		clean(t, r)
	})
}

// A register of before gets what lists, search and searches for persons need.
func TestARegisterOfBeforeIsFilled(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		id := must(r.File(t.Context(), aComplaint("1")))(t).Case
		settle(t, r, id, "")
		for _, text := range []string{
			"DELETE FROM grams", "DELETE FROM person_digests", "DROP TABLE substitutions", "DELETE FROM goose_db_version WHERE version_id >= 16",
			"UPDATE cases SET turn = '', task_who = '', task = '', task_due = '9999-12-31 00:00:00+00:00', list_due = '9999-12-31 00:00:00+00:00', term_open = false",
		} {
			ok(t, r.db.Exec(text).Error)
		}
		if rep := must(r.Verify(t.Context(), nil))(t); len(rep.Violations) == 0 {
			t.Error("verify does not see it")
		}
		ok(t, r.db.Exec("DROP INDEX papers_slip").Error)
		ok(t, r.db.Exec("ALTER TABLE papers DROP COLUMN slip").Error)
		ok(t, r.Migrate(t.Context()))
		clean(t, r)
		person := must(r.PersonDigest(ByEmail, "zhang@example.org"))(t)
		for _, f := range []CaseFilter{{Text: "争议 r"}, {Persons: []string{person}}, {Work: Work{Anybody: true}, Sort: ByTask}} {
			if got := pages(t, r, f, func() {}); !slices.Equal(got, []string{id}) {
				t.Errorf("%+v: %v", f, got)
			}
		}
	})
}

func TestPersonsAreFoundByWhatTheyGave(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		f := aComplaint("1")
		f.Parties[0].Person = Person{Name: "欧阳 娜", Phone: "+86 138-0013-8000 或 010-12345678 转 12", Email: "Na@Example.org"}
		id := must(r.File(t.Context(), f))(t).Case
		must(r.File(t.Context(), aComplaint("2")))(t)
		for _, x := range []struct {
			by    PersonBy
			value string
			want  []string
		}{
			{ByPhone, "13800138000", []string{id}},
			{ByPhone, "(010) 12345678", []string{id}},
			{ByPhone, "１３８ ００１３ ８０００", []string{id}},
			{ByPhone, "13800138001", nil},
			{ByEmail, "na@example.ORG", []string{id}},
			{ByEmail, "na@example", nil},
			{ByName, "欧阳娜", []string{id}},
			{ByName, "欧阳", nil},
			{ByName, "13800138000", nil},
		} {
			got := pages(t, r, CaseFilter{Persons: []string{must(r.PersonDigest(x.by, x.value))(t)}}, func() {})
			if !slices.Equal(got, x.want) {
				t.Errorf("%s %s: %v, want %v", x.by, x.value, got, x.want)
			}
		}
		for _, value := range []string{"", "110", "13800138000 / 13900139000"} {
			if _, err := r.PersonDigest(ByPhone, value); !errors.Is(err, ErrFilter) {
				t.Errorf("%q: %v", value, err)
			}
		}
		ok(t, r.KeepRead(t.Context(), Read{Officer: "o1", Authority: "ln", What: "person-search:phone"}))
		var kept []readLogRow
		ok(t, r.db.Find(&kept).Error)
		if len(kept) != 1 || kept[0].CaseID != nil || kept[0].What != "person-search:phone" || time.Since(kept[0].At) > time.Hour {
			t.Errorf("kept %+v", kept)
		}
	})
}
