package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

// From which state on an operator may know of a case, and that nothing before it writes to the
// operator: the row's word and the letters agree.
func TestWhoMayKnowOfAVisit(t *testing.T) {
	known := map[casefile.State]bool{}
	for _, r := range casefile.Rows(casefile.Inspection) {
		known[r.State] = r.Known
	}
	for _, s := range []casefile.State{casefile.Filed, casefile.Planned, casefile.Approved, casefile.TeamReady} {
		if known[s] {
			t.Errorf("an inspection in state %s is known to the operator", s)
		}
	}
	if !known[casefile.OnSite] {
		t.Error("an inspection on site is hidden from the operator")
	}
	for kind, want := range map[casefile.Kind]bool{casefile.Complaint: true, casefile.Appeal: true, casefile.Inspection: false, casefile.Enforcement: false} {
		if casefile.KnownAtOnce(kind) != want {
			t.Errorf("%s known at once: %t", kind, !want)
		}
	}
}
