package casefile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"duban/law/casefile"
	"duban/law/regimes"
)

// older is a regime as a running case may have pinned it: from before hearings, sanctions beside
// fines, publication, retention, routes, caps and checklists were for a text to say. testdata/older
// is never brought up to date.
func older(t *testing.T, name string) *casefile.Law {
	t.Helper()
	for _, r := range olderTexts() {
		if r.Name == name {
			return &casefile.Law{Regime: r, Calendar: law().Calendar}
		}
	}
	t.Fatalf("no older text of %s", name)
	return nil
}

// olderTexts are those regimes by hash.
var olderTexts = sync.OnceValue(func() map[string]*casefile.Regime {
	all := map[string]*casefile.Regime{}
	for _, name := range []string{"telecom-2001", "liaoning-tourism-1991"} {
		text, err := os.ReadFile(filepath.Join("testdata", "older", name+".yaml"))
		if err != nil {
			panic(err)
		}
		r, err := regimes.Parse(text)
		if err != nil {
			panic(fmt.Sprintf("a pinned text is read no more: %v", err))
		}
		all[r.Hash] = r
	}
	return all
})

func openOlder(t *testing.T, name, on string) *house {
	t.Helper()
	h := open(t, on)
	h.under = older(t, name)
	return h
}

// Ordered, filed, noticed and decided by 03-11, served 03-12, paid late; lessened by the ministry on
// 04-20, the excess refunded, the fault verified.
func TestALifeUnderAnOlderText(t *testing.T) {
	h := openOlder(t, "telecom-2001", "2026-02-02")
	id := penalised(h)
	h.due(id, "payment", "2026-03-27")
	h.notDue(id, "publish")
	decision := h.made(id, "decision")
	ap := inReview(h, id, "decision", "penalised")
	h.until("2026-03-28")
	h.state(id, casefile.Unpaid)
	pay(h, id, 10000, "2026-03-28")
	h.state(id, casefile.Correcting)
	decided(h, ap, casefile.Body{Outcome: "varied", Amount: 4000_00})
	refund(h, id, 6000)
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
	c := h.cases[id]
	if c.Kept != nil || len(c.Public) != 0 {
		t.Errorf("kept %+v, public %+v", c.Kept, c.Public)
	}
	for _, name := range []string{"publish", "withhold", "withdraw-publication"} {
		h.refuses(id, name, qian, casefile.Body{Contested: decision, Reasons: "r"}, "not-in-regime")
	}
	if e := h.paper(id, "hearing-request", "operator", casefile.Body{}); e.None == "" {
		t.Error("a hearing that the text does not know")
	}
	h.until("2027-01-04") // every window is over
	if n := len(h.cases[id].Deadlines); n != 0 {
		t.Errorf("%d deadlines are left", n)
	}
}

// A warning with an order, a second filing, and the fine (telecom 22), by the older text.
func TestWarningWithOrderUnderAnOlderText(t *testing.T) {
	h := openOlder(t, "telecom-2001", "2026-02-02")
	id := opened(h, "obstruction")
	h.act(id, "establish", li, established())
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	decidedWithout(h, id, casefile.Body{Sanction: "warning", Term: term("10d"), Reasons: "r"})
	h.act(id, "serve", li, proof("penalty-decision", "2026-02-02"))
	h.until("2026-02-13")
	h.act(id, "verify", li, verified(no()))
	h.act(id, "file", qian, casefile.Body{Reasons: "r"})
	decidedWithout(h, id, fine(1000))
	h.act(id, "serve", li, proof("penalty-decision", "2026-02-13"))
	pay(h, id, 1000, "2026-02-13")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// A tour operator fined and its illegal income confiscated by penalties 28, which the text has; what
// it names for show only, it can't have carried out.
func TestTourismUnderAnOlderText(t *testing.T) {
	h := openOlder(t, "liaoning-tourism-1991", "2026-03-16")
	id := shopping(h)
	h.refuses(id, "notify", li, heavy(), "not-in-regime")
	b := fine(60_000)
	b.Also, b.Confiscated = []string{"confiscation"}, 12_000_00
	h.act(id, "notify", li, b)
	if h.cases[id].Enforcement.Hearing != nil {
		t.Error("a hearing that the text does not know")
	}
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-16"))
	h.paper(id, "waiver", "operator", casefile.Body{Hearing: yes()})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.act(id, "decide", qian, b)
	h.act(id, "serve", li, proof("penalty-decision", "2026-03-16"))
	pay(h, id, 72_000, "2026-03-16")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
}

// An inspection by an older text: no checklist, its result published by the term that it had.
func TestInspectionUnderAnOlderText(t *testing.T) {
	h := openOlder(t, "telecom-2001", "2026-03-02")
	id := ready(h)
	h.refuses(id, "set-checklist", li, casefile.Body{Standard: "indicators"}, "not-in-regime")
	id = reported(h, "hotline")
	h.due(id, "publish", "2026-03-30")
	h.act(id, "publish", li, casefile.Body{})
	h.act(id, "improve", li, casefile.Body{Until: day("2026-03-20"), Text: "t"})
	h.act(id, "verify", li, casefile.Body{Officers: pair, Requirement: "hotline", Rectified: yes()})
	h.act(id, "close", li, casefile.Body{})
	h.state(id, casefile.InspectionClosed)
}

// Whatever comes to a case that pins it: no move breaks on what the text lacks.
func TestRandomLivesUnderAnOlderText(t *testing.T) {
	for name, from := range map[string][]string{
		"telecom-2001":          {"complaint", "replied", "enforcement", "obstruction", "filed", "penalised", "inspection"},
		"liaoning-tourism-1991": {"complaint", "inspection", "shopping"},
	} {
		t.Run(name, func(t *testing.T) { randomLives(t, older(t, name), from) })
	}
}
