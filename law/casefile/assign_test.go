package casefile_test

import (
	"slices"
	"testing"

	"duban/law/casefile"
)

// Who gets a case is told, and who had it; given to the one who has it, it is told to nobody.
func TestAssigningTellsBothSides(t *testing.T) {
	h := open(t, "2026-02-02")
	id := h.file(casefile.Complaint, here, "complainant", casefile.Body{Operator: "op", Dispute: "fee", EventOn: day("2026-01-05"), AskedOperatorOn: day("2026-01-10")})
	told := func(e casefile.Entry) (all []string) {
		for _, n := range e.Notices {
			all = append(all, n.Document+" "+n.ID)
		}
		return all
	}
	for _, x := range []struct {
		to   string
		want []string
	}{
		{"li", []string{"assignment li"}}, {"li", nil}, {"wang", []string{"reassignment li", "assignment wang"}}, {"li", []string{"reassignment wang", "assignment li"}},
	} {
		if got := told(h.act(id, "assign", qian, casefile.Body{Officer: x.to})); !slices.Equal(got, x.want) {
			t.Errorf("to %s: told %v, want %v", x.to, got, x.want)
		}
	}
}

// Who stands in acts in the other's place, and the entry says so; others are told who has the case.
func TestStandingIn(t *testing.T) {
	h := open(t, "2026-02-02")
	id := h.file(casefile.Complaint, here, "complainant", casefile.Body{Operator: "op", Dispute: "fee", EventOn: day("2026-01-05"), AskedOperatorOn: day("2026-01-10")})
	h.act(id, "assign", qian, casefile.Body{Officer: "li"})
	no := h.try(id, "accept", wang, casefile.Body{})
	if no == nil || no.Code != "wrong-officer" || no.Officer != "li" {
		t.Fatalf("%+v", no)
	}
	h.away = map[string]string{"li": "wang"}
	if e := h.act(id, "accept", wang, casefile.Body{}); e.By.Officer != "wang" || e.By.For != "li" {
		t.Errorf("signed %+v", e.By)
	}
	h.away = nil
	if e := h.act(id, "forward", li, casefile.Body{}); e.By.For != "" {
		t.Errorf("signed %+v", e.By)
	}
}
