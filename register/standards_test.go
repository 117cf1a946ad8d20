package register

import (
	"testing"

	"duban/law/casefile"
	"duban/law/checklist"
)

// By what an inspection is carried out can be read as long as the register: a text that is missing or
// was changed is found.
func TestTheTextOfAStandardIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		shenyang(t, r, "h1")
		text := []byte("a standard")
		in := must(r.File(t.Context(), Filing{
			Owner: "x", Key: "an inspection", Kind: casefile.Inspection, Authority: "sy", Operator: "h1", Subject: "s", By: officer, Regime: testRegime,
			Body: casefile.Body{Operator: "h1", Checklist: &checklist.List{Standard: "s", Hash: sumOf(text)}},
		}))(t)
		settle(t, r, in.Case, "")
		broken := func(when string) {
			t.Helper()
			if rep := must(r.Verify(t.Context(), nil))(t); len(rep.Violations) != 1 || rep.Violations[0].Check != CheckStandard {
				t.Errorf("%s: %+v", when, rep.Violations)
			}
		}
		broken("not kept")
		ok(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(t *Turn) error { return t.PinStandard(text) }))
		ok(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(t *Turn) error { return t.PinStandard(text) }))
		clean(t, r)
		if got := must(r.StandardText(t.Context(), sumOf(text)))(t); string(got) != string(text) {
			t.Errorf("%s", got)
		}
		_, err := r.StandardText(t.Context(), "0")
		isErr(t, err, ErrNotFound)
		ok(t, r.db.Exec("UPDATE standards SET body = ?", []byte("another")).Error)
		broken("changed")
	})
}
