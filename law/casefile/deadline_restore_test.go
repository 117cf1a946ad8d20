package casefile_test

import (
	"slices"
	"testing"

	"duban/law/casefile"
)

func flood(term, from, to string) casefile.Body {
	return casefile.Body{Deadline: term, PeriodFrom: day(from), PeriodTo: day(to), Text: "t"}
}

func onTerm(name string) casefile.Body { return casefile.Body{Deadline: name, Reasons: "r"} }

// The ten days to reply end on 2026-02-19 and give way to the 24th. A flood from the 17th to the 27th
// left three of them.
func TestForceMajeureAfterTheLapse(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "fee")
	h.until("2026-03-03")
	if lapses := h.cases[id].Lapses; len(lapses) == 0 || lapses[len(lapses)-1].Name != "reply" {
		t.Fatalf("lapses %+v", lapses)
	}
	h.refuses(id, "restore-term", li, onTerm("reply"), "nothing-asked")
	h.paper(id, "force-majeure", "operator", flood("reply", "2026-02-17", "2026-02-27"))
	h.due(id, "task", "2026-03-06")
	e := h.act(id, "restore-term", li, onTerm("reply"))
	h.due(id, "reply", "2026-03-06")
	if len(e.Corrects) != 1 || !slices.Contains(e.Cites, "civil-procedure-2023:86") || e.Notices[0].Document != "term-restored" || e.Notices[0].To != "operator" {
		t.Errorf("entry %+v", e)
	}
	if c := h.cases[id]; len(c.Obstacles) != 0 || slices.ContainsFunc(c.Lapses, func(l casefile.Lapsed) bool { return l.Name == "reply" }) {
		t.Errorf("obstacles %+v, lapses %+v", c.Obstacles, c.Lapses)
	}
	h.refuses(id, "supervise", li, casefile.Body{Reasons: "r", Term: term("3d")}, "term-still-running")
	h.paper(id, "reply", "operator", casefile.Body{Text: "t"})
	h.state(id, casefile.Replied)
}

func TestForceMajeureWhileTheTermRuns(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "fee")
	h.until("2026-02-20")
	h.paper(id, "force-majeure", "operator", flood("reply", "2026-02-10", "2026-02-12"))
	h.due(id, "reply", "2026-02-24") // nothing moves before it is decided
	h.act(id, "restore-term", li, onTerm("reply"))
	h.due(id, "reply", "2026-03-02") // all ten were left
}

func TestForceMajeureRefused(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "fee")
	h.until("2026-03-02")
	h.paper(id, "force-majeure", "operator", flood("reply", "2026-02-20", "2026-02-27"))
	h.act(id, "refuse-restoring", li, onTerm("reply"))
	h.due(id, "task", "2026-03-05") // what the lapse had asked for is still to be done
	h.refuses(id, "refuse-restoring", li, onTerm("reply"), "nothing-asked")
}

func TestForceMajeureOnFile(t *testing.T) {
	h := open(t, "2026-02-02")
	id := forwarded(h, "fee")
	h.until("2026-03-10")
	for because, b := range map[string]casefile.Body{
		"too-late":      flood("reply", "2026-02-20", "2026-02-27"), // ten days after it ended: 03-09
		"no-such-term":  flood("consent", "2026-02-20", "2026-03-05"),
		"bad-period":    flood("reply", "2026-02-27", "2026-02-20"),
		"day-in-future": flood("reply", "2026-02-20", "2026-03-11"), // one that lasts has not ended: one applies when it has
		"incomplete":    {Deadline: "reply", Text: "t"},
	} {
		if e := h.paper(id, "force-majeure", "operator", b); e.None != because {
			t.Errorf("%s: entered with %q", because, e.None)
		} else if because == "too-late" && (e.Judged == nil || e.Judged.Day != day("2026-03-09") || e.Judged.From != day("2026-02-27") || e.Judged.Cite != "civil-procedure-2023:86") {
			t.Errorf("judged by %+v", e.Judged)
		}
	}
	if e := h.paper(id, "force-majeure", "operator", flood("accept", "2026-02-20", "2026-03-05")); e.None != "no-such-term" {
		t.Errorf("our own duty is no party's term: %q", e.None)
	}
	h.paper(id, "force-majeure", "operator", flood("reply", "2026-02-26", "2026-03-05"))
	if e := h.paper(id, "force-majeure", "operator", flood("reply", "2026-02-20", "2026-03-05")); e.None != "known-already" {
		t.Errorf("the second application: %q", e.None)
	}
	h.refuses(id, "restore-term", li, onTerm("reply"), "obstacle-after-term")
	h.act(id, "inquire", li, casefile.Body{})
	h.refuses(id, "restore-term", li, onTerm("reply"), "case-moved-on")
	h.act(id, "refuse-restoring", li, onTerm("reply"))
}

// The order's term ended on 2026-02-24; two officers were to verify. Restored, it runs again.
func TestForceMajeureKeptFromRectifying(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.until("2026-03-02")
	if _, armed := h.cases[id].Deadline("verification"); !armed {
		t.Fatal("no verification after the lapse")
	}
	h.paper(id, "force-majeure", "operator", flood("rectification", "2026-02-20", "2026-02-26"))
	h.act(id, "restore-term", li, onTerm("rectification"))
	h.due(id, "rectification", "2026-03-09") // five days, to a Saturday
	if _, armed := h.cases[id].Deadline("verification"); armed {
		t.Error("to be verified while the term runs again")
	}
	h.refuses(id, "verify", li, verified(no()), "term-still-running")
}

// The defence was not posted by 03-09 for a flood, and the review was made the next day. Nothing is
// decided yet: the term is given back, and the review is made again (penalties 62).
func TestDefenceRestoredAfterTheReview(t *testing.T) {
	h := open(t, "2026-02-02")
	id := filed(h)
	h.act(id, "notify", li, fine(3000))
	h.act(id, "serve", li, proof("penalty-notice", "2026-03-02"))
	h.due(id, "defence", "2026-03-09")
	h.until("2026-03-10")
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.until("2026-03-12")
	if e := h.paper(id, "force-majeure", "operator", flood("defence", "2026-03-05", "2026-03-11")); e.None != "" {
		t.Fatalf("none: %s", e.None)
	}
	h.act(id, "restore-term", li, onTerm("defence"))
	h.state(id, casefile.Defending)
	h.due(id, "defence", "2026-03-17") // three working days were left
	h.refuses(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"}, "not-heard")
	h.paper(id, "defence", "operator", casefile.Body{Text: "t", Points: 1})
	h.act(id, "review", zhao, casefile.Body{Opinion: "agree", Text: "t"})
	h.state(id, casefile.Reviewed)
}
