package casefile_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"duban/law/calendar"
	"duban/law/casefile"
)

// stayed stays the order of the case by that route, on the day of the installation.
func stayed(h *house, id, route string) {
	h.t.Helper()
	e := h.paper(id, "stay", senderOf[route], casefile.Body{Contested: h.made(id, "order"), Route: route, Applicant: "penalised"})
	if slices.Contains(e.Cites, "litigation-2017:56") != (route == "court") {
		h.t.Fatalf("stayed by a %s on %v", route, e.Cites)
	}
	h.notDue(id, "rectification")
	if got := h.cases[id].Idle(); got != "stayed" {
		h.t.Fatalf("idle: %q", got)
	}
}

var senderOf = map[string]string{"reconsideration": "body", "court": "court"}

// ended has the contest by that route end on the day, with the order standing.
func ended(h *house, id, route, on string) casefile.Entry {
	h.t.Helper()
	b := casefile.Body{Contested: h.made(id, "order"), Outcome: "upheld", On: day(on)}
	if route == "court" {
		b.Outcome = "claim-rejected"
		return h.paper(id, "judgment", "court", b)
	}
	return h.paper(id, "appeal-outcome", "body", b)
}

func stands(h *house, id, name, left string) {
	h.t.Helper()
	c := h.cases[id]
	i := slices.IndexFunc(c.Stayed, func(d casefile.Deadline) bool { return d.Name == name })
	if i < 0 {
		h.t.Fatalf("%s does not stand still: %+v", name, c.Stayed)
	}
	if got := c.Stayed[i].Left(h.law().Calendar).String(); got != left {
		h.t.Fatalf("%s has %s left, want %s", name, got, left)
	}
}

// 15 days from 2026-02-09 end on the 24th. Nine are left on the 15th, and four of these on 03-15.
func TestStayedTwice(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.until("2026-02-15")
	stayed(h, id, "reconsideration")
	stands(h, id, "rectification", "9d")
	h.until("2026-03-11")
	e := ended(h, id, "reconsideration", "2026-03-10")
	h.due(id, "rectification", "2026-03-19")
	if n := e.Notices[0]; n.Document != "term-runs-on" || n.To != "operator" || n.Due != day("2026-03-19") {
		t.Errorf("notices %+v", e.Notices)
	}
	h.until("2026-03-15")
	stayed(h, id, "court")
	stands(h, id, "rectification", "4d")
	h.until("2026-04-02")
	ended(h, id, "court", "2026-04-01")
	h.due(id, "rectification", "2026-04-07") // the fourth day, 04-05, is in the holiday of Qingming
	d, _ := h.cases[id].Deadline("rectification")
	if d.From != day("2026-02-09") || d.Term != term("15d") || len(d.Suspended) != 2 ||
		d.Suspended[0] != (calendar.Span{From: day("2026-02-16"), To: day("2026-03-10")}) ||
		d.Suspended[1] != (calendar.Span{From: day("2026-03-16"), To: day("2026-04-01")}) {
		t.Errorf("%+v", d)
	}
	h.until("2026-04-08")
	h.due(id, "verification", "2026-04-21")
}

// Two stays at once are one: the term stands still until the last has ended, whichever is told last.
func TestTwoStaysAtOnce(t *testing.T) {
	for last, first := range map[string]string{"court": "reconsideration", "reconsideration": "court"} {
		h := open(t, "2026-02-02")
		id := ordered(h)
		h.until("2026-02-15")
		stayed(h, id, "reconsideration")
		h.until("2026-02-18")
		stayed(h, id, "court")
		h.until("2026-03-11")
		ended(h, id, first, map[string]string{"reconsideration": "2026-03-01", "court": "2026-03-10"}[first])
		h.notDue(id, "rectification")
		ended(h, id, last, map[string]string{"reconsideration": "2026-03-01", "court": "2026-03-10"}[last])
		h.due(id, "rectification", "2026-03-19")
	}
}

// Ten working days from 2026-02-09 would end on 02-28. Three were counted when the stay came, on the
// 12th; of the Spring Festival none is counted twice.
func TestStayOverTheSpringFestival(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "service-standard")
	h.act(id, "establish", li, established())
	h.act(id, "order", li, casefile.Body{Term: term("10wd"), Reasons: "r"})
	h.until("2026-02-09")
	h.act(id, "serve", li, proof("rectification-order", "2026-02-09"))
	h.due(id, "rectification", "2026-02-28")
	h.until("2026-02-12")
	stayed(h, id, "reconsideration")
	stands(h, id, "rectification", "7wd")
	h.until("2026-02-26")
	ended(h, id, "reconsideration", "2026-02-25")
	h.due(id, "rectification", "2026-03-05") // 26, 27, the working Saturday 28, and 2 to 5 March
}

// Stayed before it was served, an order has its whole term left.
func TestStayedBeforeService(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "service-standard")
	h.act(id, "establish", li, established())
	h.act(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"})
	h.paper(id, "stay", "body", casefile.Body{Contested: h.made(id, "order"), Route: "reconsideration", Applicant: "penalised"})
	h.until("2026-02-11")
	h.act(id, "serve", li, proof("rectification-order", "2026-02-09"))
	h.notDue(id, "rectification")
	stands(h, id, "rectification", "15d")
	h.until("2026-03-03")
	ended(h, id, "reconsideration", "2026-03-02")
	h.due(id, "rectification", "2026-03-17")
}

// What the operator has reported is still to be verified when the stay is over, and nothing is left
// of a term that was stayed on its last day.
func TestStayedWithNothingLeft(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.until("2026-02-24")
	h.paper(id, "rectification-report", "operator", casefile.Body{Text: "t"})
	h.due(id, "verification", "2026-03-09")
	stayed(h, id, "court")
	stands(h, id, "verification", "10wd") // the day of the report is not counted
	h.until("2026-04-02")
	ended(h, id, "court", "2026-04-01")
	h.notDue(id, "rectification")
	h.due(id, "verification", "2026-04-16")
}

// A table of holidays that came while the term stood still counts when it runs on.
func TestNewHolidayTableWhileSuspended(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.until("2026-02-15")
	stayed(h, id, "reconsideration")
	var tables []calendar.Table
	for _, x := range law().Calendar.Tables() {
		if x.Year == 2026 {
			x.Off = append(slices.Clone(x.Off), calendar.Holiday{Name: "x", From: day("2026-03-19"), To: day("2026-03-20")})
		}
		tables = append(tables, x)
	}
	mended, err := law().Calendar.With(tables...)
	if err != nil {
		t.Fatal(err)
	}
	h.under = &casefile.Law{Regime: law().Regime, Calendar: mended}
	h.enter(id, casefile.Move{Class: casefile.Installation, Name: "recalendar", Ref: "x", At: h.now, By: casefile.Actor{Sender: "house"}})
	stands(h, id, "rectification", "9d")
	h.until("2026-03-11")
	ended(h, id, "reconsideration", "2026-03-10")
	h.due(id, "rectification", "2026-03-23") // the 19th and 20th are off, a weekend follows
	if d, _ := h.cases[id].Deadline("rectification"); d.Calendar != mended.Hash() {
		t.Error("counted by another calendar")
	}
}

// Entries made before deadlines could stand still kept the last day and the day of the stay with the contest.
func TestStayOfEarlierEntries(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.until("2026-02-15")
	stayed(h, id, "reconsideration")
	h.until("2026-02-18")
	stayed(h, id, "court")
	c := h.cases[id]
	c.Stayed = nil
	c.Contests[0].Held, c.Contests[0].HeldOn = day("2026-02-24"), day("2026-02-15")
	h.until("2026-03-11")
	ended(h, id, "reconsideration", "2026-03-01")
	h.notDue(id, "rectification")
	ended(h, id, "court", "2026-03-10")
	h.due(id, "rectification", "2026-03-19")
	h.until("2026-03-15")
	h.paper(id, "rectification-report", "operator", casefile.Body{Text: "t"})
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.Rectified)
}

// Whatever stays come, one after another or at once, told late or not: day by day, those on which
// no stay held use the term up.
func TestRandomStays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := rapid.IntRange
		s := &story{T: rt}
		h := open(s, "2026-02-02")
		id := opened(h, "service-standard")
		h.act(id, "establish", li, established())
		length := rapid.SampledFrom([]string{"60d", "40wd"}).Draw(rt, "term")
		h.act(id, "order", li, casefile.Body{Term: term(length), Reasons: "r"})
		served := h.today()
		h.act(id, "serve", li, proof("rectification-order", served.String()))
		left, wait := term(length), 0
		type open struct{ on, until calendar.Day }
		now := map[string]open{}
		var all []open
		for range d(1, 12).Draw(rt, "events") {
			wait += d(0, 3).Draw(rt, "gap")
			h.lapseTo(h.now.AddDate(0, 0, wait))
			wait = 0
			route := rapid.SampledFrom([]string{"court", "reconsideration"}).Draw(rt, "route")
			k, stays := now[route]
			switch {
			case d(0, 9).Draw(rt, "more") == 0:
				h.paper(id, "extension-application", "operator", casefile.Body{Text: "t"})
				by := calendar.Term{N: d(1, 5).Draw(rt, "by"), Unit: left.Unit}
				h.act(id, "grant-extension", li, casefile.Body{Term: by, Reasons: "r"})
				left.N += by.N
			case !stays:
				stayed(h, id, route)
				now[route] = open{on: h.today()}
			default:
				k.until = h.today().AddDays(-min(d(0, 2).Draw(rt, "late"), h.today().Sub(k.on)))
				ended(h, id, route, k.until.String())
				all = append(all, k)
				delete(now, route)
			}
			if h.cases[id].State != casefile.Rectifying {
				return
			}
		}
		for route, k := range now {
			k.until = h.today()
			all = append(all, k)
			ended(h, id, route, k.until.String())
		}
		held := func(x calendar.Day) bool {
			return slices.ContainsFunc(all, func(k open) bool { return x.After(k.on) && !x.After(k.until) })
		}
		cal := law().Calendar
		day := served
		for left.N > 0 {
			if day = day.AddDays(1); !held(day) && (left.Unit == calendar.NaturalDays || cal.Working(day)) {
				left.N--
			}
		}
		for held(day) || !cal.Working(day) {
			day = day.AddDays(1)
		}
		h.due(id, "rectification", day.String())
	})
}

// capped is the telecom regime with at most that much time to rectify.
func capped(limit string) *casefile.Law {
	r := *law().Regime
	r.Terms = maps.Clone(r.Terms)
	rule := r.Terms["enforcement.rectification"]
	rule.Cap = term(limit)
	r.Terms["enforcement.rectification"] = rule
	return &casefile.Law{Regime: &r, Calendar: law().Calendar}
}

// More time counts with the term as one from the day of service, up to the cap, and also while it stands still.
func TestExtensions(t *testing.T) {
	h := open(t, "2026-02-02")
	h.under = capped("28d")
	id := opened(h, "service-standard")
	h.act(id, "establish", li, established())
	for _, given := range []string{"29d", "5wd"} {
		r := h.try(id, "order", li, casefile.Body{Term: term(given), Reasons: "r"})
		if r == nil || r.Code != "term-out-of-bounds" || r.Reason.En != "the term must be counted as its cap in the regime is, and be at most 28 natural days" || !strings.Contains(r.Reason.Zh, "28日") {
			t.Errorf("an order of %s: %+v", given, r)
		}
	}
	h.act(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"})
	h.until("2026-02-09")
	h.act(id, "serve", li, proof("rectification-order", "2026-02-09"))
	ask := func() { h.paper(id, "extension-application", "operator", casefile.Body{Text: "t"}) }
	ask()
	h.act(id, "grant-extension", li, casefile.Body{Term: term("5d"), Reasons: "r"})
	h.due(id, "rectification", "2026-03-02") // twenty days, to a Sunday
	h.until("2026-02-25")
	ask()
	stayed(h, id, "court")
	stands(h, id, "rectification", "4d")
	h.act(id, "grant-extension", li, casefile.Body{Term: term("10d"), Reasons: "r"})
	stands(h, id, "rectification", "12d") // eight of the ten: 28 in all
	ask()
	h.refuses(id, "grant-extension", li, casefile.Body{Term: term("1d"), Reasons: "r"}, "extended-to-cap")
	h.until("2026-03-11")
	ended(h, id, "court", "2026-03-10")
	h.due(id, "rectification", "2026-03-23") // twelve days to the 22nd, a Sunday
	h.refuses(id, "grant-extension", li, casefile.Body{Term: term("1d"), Reasons: "r"}, "extended-to-cap")
}

// Another unit would be another term.
func TestExtendedInItsOwnUnit(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.paper(id, "extension-application", "operator", casefile.Body{Text: "t"})
	h.refuses(id, "grant-extension", li, casefile.Body{Term: term("5wd"), Reasons: "r"}, "other-unit")
	h.act(id, "grant-extension", li, casefile.Body{Term: term("10d"), Reasons: "r"})
	h.due(id, "rectification", "2026-03-06")
	h.until("2026-03-09")
	h.paper(id, "force-majeure", "operator", flood("rectification", "2026-03-04", "2026-03-06"))
	h.act(id, "restore-term", li, onTerm("rectification"))
	h.due(id, "rectification", "2026-03-12") // three days were left of the longer term
}

// telecom 22: the warning is an order too, so its stay stops the term to rectify, of which six days
// are left on 02-06, and nobody can find a failure meanwhile.
func TestWarningWithOrderStayed(t *testing.T) {
	served := func(before func(h *house, id string)) (*house, string) {
		h := open(t, "2026-02-02")
		id := opened(h, "obstruction")
		h.act(id, "establish", li, established())
		h.act(id, "file", qian, casefile.Body{Reasons: "r"})
		decidedWithout(h, id, casefile.Body{Sanction: "warning", Term: term("10d"), Reasons: "r"})
		before(h, id)
		h.act(id, "serve", li, proof("penalty-decision", h.today().String()))
		return h, id
	}
	stay := func(h *house, id string) {
		h.paper(id, "stay", "court", casefile.Body{Contested: h.made(id, "decision"), Route: "court", Applicant: "penalised"})
	}
	end := func(h *house, id, on string) {
		h.paper(id, "judgment", "court", casefile.Body{Contested: h.made(id, "decision"), Outcome: "claim-rejected", On: day(on)})
	}
	h, id := served(func(*house, string) {})
	h.due(id, "rectification", "2026-02-12")
	h.until("2026-02-06")
	stay(h, id)
	h.notDue(id, "rectification")
	stands(h, id, "rectification", "6d")
	h.until("2026-03-02")
	h.refuses(id, "verify", li, verified(no()), "stayed")
	h.until("2026-03-10")
	end(h, id, "2026-03-10")
	h.due(id, "rectification", "2026-03-16")

	h, id = served(func(h *house, id string) { h.until("2026-02-03"); stay(h, id) }) // before it was served
	h.notDue(id, "rectification")
	h.until("2026-03-10")
	end(h, id, "2026-03-10")
	h.due(id, "rectification", "2026-03-20")

	// Stayed by an entry from before, which left the term running: it runs on.
	h, id = served(func(*house, string) {})
	h.until("2026-02-06")
	c := h.cases[id]
	c.Contests = append(c.Contests, casefile.Contest{Act: h.made(id, "decision"), Route: "court", Stay: true})
	end(h, id, "2026-02-06")
	h.due(id, "rectification", "2026-02-12")
	h.notDue(id, "verification")
}

// A licence whose revocation is stayed is not taken in; ten working days from 03-16 have run to the
// 20th, and six are left, or all ten where the duty was overdue.
func TestRevocationOfALicenceStayed(t *testing.T) {
	for stayedOn, due := range map[string]string{"2026-03-20": "2026-05-14", "2026-04-02": "2026-05-20"} {
		h := openTourism(t, "2026-03-16")
		id := shopping(h)
		b := heavy()
		b.Also, b.Suspension, b.Grave = []string{"confiscation", "licence-revocation"}, casefile.Body{}.Suspension, yes()
		decidedWithout(h, id, b)
		h.act(id, "serve", li, proof("penalty-decision", "2026-03-16"))
		pay(h, id, 72_000, "2026-03-16")
		h.act(id, "verify", li, verified(yes()))
		h.due(id, "licence-withdrawal", "2026-03-30")
		h.until(stayedOn)
		h.paper(id, "stay", "body", casefile.Body{Contested: h.made(id, "decision"), Route: "reconsideration"})
		h.notDue(id, "licence-withdrawal")
		if c := h.cases[id]; c.Idle() != "stayed" || slices.Contains(c.Overdue, "licence-withdrawal") {
			t.Errorf("idle %q, overdue %v", c.Idle(), c.Overdue)
		}
		h.refuses(id, "withdraw-licence", li, casefile.Body{On: h.today(), Evidence: "e"}, "stayed")
		h.until("2026-05-08")
		h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: h.made(id, "decision"), Outcome: "upheld", On: day("2026-05-07")})
		h.due(id, "licence-withdrawal", due)
		h.act(id, "withdraw-licence", li, casefile.Body{On: h.today(), Evidence: "e"})
		h.state(id, casefile.EnforcementClosed)
	}
}

// More time for an order whose term was over is no time that runs while the order is stayed.
func TestMoreTimeGrantedUnderAStay(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	h.until("2026-02-20")
	h.paper(id, "extension-application", "operator", casefile.Body{Text: "t"})
	h.until("2026-02-25") // over since yesterday
	h.paper(id, "stay", "court", casefile.Body{Contested: h.made(id, "order"), Route: "court", Applicant: "penalised"})
	h.act(id, "grant-extension", li, casefile.Body{Term: term("10d"), Reasons: "r"})
	h.notDue(id, "rectification")
	stands(h, id, "rectification", "10d")
	h.until("2026-03-11")
	ended(h, id, "court", "2026-03-10")
	h.due(id, "rectification", "2026-03-20")
}

// The receipt of an order that was served by post on 02-09 comes on 03-11, when a stay of it, from
// 02-10 to 03-10, is over: one of the fifteen days had run.
func TestStayOverBeforeTheServiceIsKnown(t *testing.T) {
	h := open(t, "2026-02-02")
	id := opened(h, "service-standard")
	h.act(id, "establish", li, established())
	h.act(id, "order", li, casefile.Body{Term: term("15d"), Reasons: "r"})
	h.until("2026-02-10")
	h.paper(id, "stay", "body", casefile.Body{Contested: h.made(id, "order"), Route: "reconsideration", Applicant: "penalised"})
	h.until("2026-03-11")
	ended(h, id, "reconsideration", "2026-03-10")
	h.paper(id, "postal-receipt", "post", casefile.Body{Document: "rectification-order", Method: "post", On: day("2026-02-09"), Evidence: "e"})
	h.due(id, "rectification", "2026-03-24")
}

// Four days of the month had run when the stay came; it ended with the decision upheld. The court
// shortens the month to twenty days: sixteen run on, what stood still is not counted.
func TestSuspensionShortenedAfterAStay(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := heavyDecided(h)
	decision := h.made(id, "decision")
	pay(h, id, 72_000, "2026-03-16")
	h.until("2026-03-20")
	h.paper(id, "stay", "body", casefile.Body{Contested: decision, Route: "reconsideration"})
	h.until("2026-05-08")
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: decision, Outcome: "upheld", On: day("2026-05-08")})
	h.due(id, "suspension", "2026-06-04")
	h.until("2026-05-20")
	h.paper(id, "judgment", "court", casefile.Body{Contested: decision, Outcome: "varied", On: day("2026-05-20"), Suspension: term("20d")})
	h.due(id, "suspension", "2026-05-24")
}

// A regime gives a suspension at most three months. The body shortens a stayed one to twenty days,
// in which the cap can't be counted: what another body has decided is carried out all the same.
func TestStayedSuspensionVariedInAnotherUnit(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	regime := *h.under.Regime
	regime.Terms = maps.Clone(regime.Terms)
	rule := regime.Terms["enforcement.suspension"]
	rule.Cap = term("3m")
	regime.Terms["enforcement.suspension"] = rule
	h.under = &casefile.Law{Regime: &regime, Calendar: h.under.Calendar}
	id := heavyDecided(h)
	h.until("2026-03-20")
	h.paper(id, "stay", "body", casefile.Body{Contested: h.made(id, "decision"), Route: "reconsideration"})
	h.until("2026-03-30")
	h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: h.made(id, "decision"), Outcome: "varied", On: day("2026-03-30"), Suspension: term("20d")})
	h.due(id, "suspension", "2026-04-15")
}

// Stayed before it was served: the letter that the suspension has begun would be untrue, and says so
// to nobody; the agency is told its last day when the stay has ended.
func TestNobodyIsToldToObeyWhatIsStayed(t *testing.T) {
	h := openTourism(t, "2026-03-16")
	id := shopping(h)
	decidedWithout(h, id, heavy())
	h.paper(id, "stay", "body", casefile.Body{Contested: h.made(id, "decision"), Route: "reconsideration"})
	h.until("2026-03-18")
	e := h.act(id, "serve", li, proof("penalty-decision", "2026-03-18"))
	if told(e, "suspension-begun", "operator") != nil {
		t.Errorf("notices %+v", e.Notices)
	}
	h.notDue(id, "suspension")
	h.until("2026-03-30")
	e = h.paper(id, "appeal-outcome", "body", casefile.Body{Contested: h.made(id, "decision"), Outcome: "upheld", On: day("2026-03-30")})
	h.due(id, "suspension", "2026-04-30") // the month to 04-18, and twelve days
	if n := told(e, "term-runs-on", "operator"); n == nil || n.Due != day("2026-04-30") {
		t.Errorf("notices %+v", e.Notices)
	}
}
