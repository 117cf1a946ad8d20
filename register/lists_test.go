package register

import (
	"fmt"
	"slices"
	"testing"

	"duban/law/casefile"
)

// pages reads a whole list page by page; between runs after each page.
func pages(t *testing.T, r *Register, f CaseFilter, between func()) []string {
	t.Helper()
	var ids []string
	for range 1000 {
		page := must(r.Cases(t.Context(), f))(t)
		for _, c := range page.Cases {
			ids = append(ids, c.ID)
		}
		if page.Next == "" {
			return ids
		}
		f.Cursor = page.Next
		between()
	}
	t.Fatal("the list has no end")
	return nil
}

func TestPagesAreCompleteAndStableWhileRowsAreAdded(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r) // all filed at the same instant: the serial decides
		var filed []string
		for _, key := range keys("c", 23) {
			in := must(r.File(t.Context(), aComplaint(key)))(t)
			filed = append(filed, in.Case)
			if len(filed)%2 == 0 {
				settle(t, r, in.Case, "")
			}
		}
		for _, sort := range []Sort{Newest, ByDue} {
			n := 0
			got := pages(t, r, CaseFilter{Sort: sort, Limit: 4}, func() {
				n++
				must(r.File(t.Context(), aComplaint(fmt.Sprint(sort, n))))(t)
			})
			seen := map[string]int{}
			for _, id := range got {
				seen[id]++
			}
			for _, id := range filed {
				if seen[id] != 1 {
					t.Errorf("sorted by %s, case %s was shown %d times", sort, id, seen[id])
				}
			}
		}
		newest := pages(t, r, CaseFilter{Limit: 7}, func() {})
		slices.Reverse(newest)
		if !slices.Equal(newest[:23], filed) {
			t.Error("the newest do not come first")
		}
	})
}

func TestFiltersChoose(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		open := must(r.File(t.Context(), aComplaint("1")))(t).Case
		closed := must(r.File(t.Context(), aComplaint("2")))(t).Case
		f := aComplaint("3")
		f.Authority, f.Operator, f.Body.Operator = "miit", "", ""
		other := must(r.File(t.Context(), f))(t).Case
		settle(t, r, open, "")
		settle(t, r, closed, "")
		do(t, r, open, "a", "assign", casefile.Body{Officer: "o1"})
		do(t, r, closed, "b", "decline", casefile.Body{Ground: "other", Reasons: "x"})
		yes, no := true, false
		for _, x := range []struct {
			name string
			f    CaseFilter
			want []string
		}{
			{"kind", CaseFilter{Kind: casefile.Appeal}, nil},
			{"state", CaseFilter{States: []casefile.State{casefile.NotAccepted}}, []string{closed}},
			{"authority", CaseFilter{Authorities: []string{"miit"}}, []string{other}},
			{"officer", CaseFilter{Officer: "o1"}, []string{open}},
			{"operator", CaseFilter{Operator: "cm"}, []string{closed, open}},
			{"closed", CaseFilter{Closed: &yes}, []string{closed}},
			{"open", CaseFilter{Closed: &no}, []string{other, open}},
			{"overdue", CaseFilter{Overdue: &yes}, nil},
			{"due", CaseFilter{DueBefore: anyTime.AddDate(0, 0, 11), Authorities: []string{"ln"}, Closed: &no}, []string{open}},
			{"two", CaseFilter{Operator: "cm", Closed: &no}, []string{open}},
			{"states", CaseFilter{States: []casefile.State{casefile.NotAccepted, casefile.Received}}, []string{closed, open}},
			{"nobody's", CaseFilter{Unassigned: &yes}, []string{other, closed}},
			{"turn", CaseFilter{MustAct: "officer"}, []string{open}},
			{"number", CaseFilter{Number: "LN-C-2026-00000"}, []string{closed, open}},
			{"whole number", CaseFilter{Number: "LN-C-2026-000002"}, []string{closed}},
			{"number of none", CaseFilter{Number: "LN-C-2026-0000020"}, nil},
			{"filed from", CaseFilter{FiledFrom: anyTime}, []string{other, closed, open}},
			{"filed before", CaseFilter{FiledBefore: anyTime}, nil},
			{"injection", CaseFilter{States: []casefile.State{"' OR '1'='1"}}, nil},
		} {
			if got := pages(t, r, x.f, func() {}); !slices.Equal(got, x.want) {
				t.Errorf("%s: %v, want %v", x.name, got, x.want)
			}
		}
		work := must(r.Cases(t.Context(), CaseFilter{Work: Work{Officers: []string{"o1"}}, Sort: ByTask}))(t)
		if len(work.Cases) != 1 || work.Cases[0].ID != open || work.Cases[0].OfOurs.Due.IsZero() {
			t.Errorf("worklist %+v", work)
		}
		_, err := r.Cases(t.Context(), CaseFilter{Sort: "id; DROP TABLE cases"})
		isErr(t, err, ErrFilter)
		page := must(r.Cases(t.Context(), CaseFilter{Limit: 1}))(t)
		for _, cursor := range []string{"%%%", "e30"} {
			_, err = r.Cases(t.Context(), CaseFilter{Limit: 1, Cursor: cursor})
			isErr(t, err, ErrFilter)
		}
		_, err = r.Cases(t.Context(), CaseFilter{Limit: 1, Operator: "cm", Cursor: page.Next})
		isErr(t, err, ErrFilter)
		_, _, err = r.CaseByID(t.Context(), "none")
		isErr(t, err, ErrNotFound)
		row, _, err := r.CaseByNumber(t.Context(), "LN-C-2026-000001")
		ok(t, err)
		if row.ID != open {
			t.Errorf("case by number: %+v", row)
		}
		_, err = r.Ledger(t.Context(), "none", 0, 0)
		isErr(t, err, ErrNotFound)
	})
}

func TestSearchFindsChineseAndLatinWords(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		file := func(key, subject string) string {
			f := aComplaint(key)
			f.Subject, f.Operator = subject, ""
			return must(r.File(t.Context(), f))(t).Case
		}
		a := file("1", "移动宽带费用争议")
		b := file("2", "宽带 移机 Broadband-Speed 5G")
		c := file("3", "动移带宽 roaming")
		f := aComplaint("4")
		f.Subject = "短信"
		d := must(r.File(t.Context(), f))(t)
		for _, x := range []struct {
			query string
			want  []string
		}{
			{"宽带", []string{b, a}},
			{"移动", []string{d.Case, a}}, // by the operator's name too
			{"移动宽带", []string{a}},
			{"宽带 移机", []string{b}},
			{"宽带移", nil}, // its pieces stand in b, but apart
			{"ROAM", []string{c}},
			{"broadband speed", []string{b}},
			{"speedy", nil},
			{"oadban", []string{b}}, // in the middle of a word
			{"5g", []string{b}},
			{"5G", []string{b}},
			{"争议", []string{a}},
			{d.Number, []string{d.Case}},
			{"ln-c-1999-000001", nil},
			{"%_' --", nil},
			{"移", []string{d.Case, c, b, a}},
			{"动 带", []string{c, a}},
		} {
			got, err := r.Cases(t.Context(), CaseFilter{Text: x.query})
			ok(t, err)
			var ids []string
			for _, row := range got.Cases {
				ids = append(ids, row.ID)
			}
			if !slices.Equal(ids, x.want) {
				t.Errorf("%s: %v, want %v", x.query, ids, x.want)
			}
		}
		_, err := r.Cases(t.Context(), CaseFilter{Text: "宽带", Sort: ByDue})
		isErr(t, err, ErrFilter)
		_, err = r.Cases(t.Context(), CaseFilter{Text: " \u3000"})
		isErr(t, err, ErrNothingSought)
		if got := must(r.Cases(t.Context(), CaseFilter{Text: "宽带", States: []casefile.State{casefile.Received}}))(t); len(got.Cases) != 0 {
			t.Errorf("a filter beside the text: %+v", got)
		}
	})
}

func TestSearchPagesAreComplete(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		var want []string
		for i, key := range keys("c", 40) {
			f := aComplaint(key)
			f.Subject = "移动宽带"
			if i%3 == 0 {
				f.Subject = "宽带移动 带移"
			}
			f.Operator = ""
			in := must(r.File(t.Context(), f))(t)
			if i%3 != 0 {
				want = append(want, in.Case)
			}
		}
		slices.Reverse(want)
		for _, text := range []string{"移动宽带", "动宽"} {
			if got := pages(t, r, CaseFilter{Text: text, Limit: 3}, func() {}); !slices.Equal(got, want) {
				t.Errorf("%s: %d found, want %d", text, len(got), len(want))
			}
		}
	})
}

func TestKeysAndPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		secret := must(r.CreateKey(t.Context(), KeySpec{Kind: OfficerKey, Owner: "o1", Authority: "ln", Role: casefile.RoleOfficer}))(t)
		key := must(r.Authenticate(t.Context(), secret))(t)
		if key.Owner != "o1" || key.Role != casefile.RoleOfficer || key.Authority != "ln" || key.Kind != OfficerKey || len(secret) < 40 {
			t.Errorf("key %+v of %d letters", key, len(secret))
		}
		var kept []string
		ok(t, r.db.Raw("SELECT id || hash || owner FROM keys").Scan(&kept).Error)
		if len(kept) != 1 || slices.Contains(kept, secret) {
			t.Errorf("the register keeps %v", kept)
		}
		_, err := r.Authenticate(t.Context(), secret+"x")
		isErr(t, err, ErrNotFound)
		ok(t, r.RevokeKey(t.Context(), key.ID))
		_, err = r.Authenticate(t.Context(), secret)
		isErr(t, err, ErrNotFound)
		isErr(t, r.RevokeKey(t.Context(), "none"), ErrNotFound)
		if all := must(r.Keys(t.Context(), "", 0))(t); len(all) != 1 || all[0].Revoked.IsZero() {
			t.Errorf("keys %+v", all)
		}

		ok(t, r.PutOperator(t.Context(), Operator{ID: "cm", Name: "renamed"}))
		op := must(r.OperatorByID(t.Context(), "cm"))(t)
		if op.Name != "renamed" || len(op.Types) != 0 {
			t.Errorf("operator %+v", op)
		}
		tree := must(r.Tree(t.Context()))(t).All()
		if len(tree) != 2 || tree[0].ID != "ln" || tree[0].Parent != "miit" || tree[0].Name.En != "Liaoning" {
			t.Errorf("authorities %+v", tree)
		}
		staff := must(r.Officers(t.Context(), "ln", "h1", 0))(t)
		if len(staff) != 1 || staff[0].ID != "o1" {
			t.Errorf("officers %+v", staff)
		}
		for _, find := range []func() error{
			func() error { _, err := r.OperatorByID(t.Context(), "x"); return err },
			func() error { _, err := r.OfficerByID(t.Context(), "x"); return err },
			func() error { _, err := r.AuthorityByID(t.Context(), "x"); return err },
			func() error { _, err := r.ActByID(t.Context(), "x"); return err },
			func() error { _, err := r.PaperByID(t.Context(), "x"); return err },
			func() error { _, err := r.RegimeText(t.Context(), "x"); return err },
		} {
			isErr(t, find(), ErrNotFound)
		}
	})
}
