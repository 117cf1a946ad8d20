package casefile

import "duban/law/calendar"

// The ways in which an act of ours may be contested.
const (
	RouteEither               = "either"
	RouteReconsiderationFirst = "reconsideration-first" // a suit only after it (reconsideration 23)
	RouteReconsiderationOnly  = "reconsideration-only"  // its decision is final
	RouteCourtOnly            = "court-only"
)

// Route is which ways are open against an act of one sort, by which clause.
type Route struct {
	Open       string // one of the four above
	Cite       string
	Unverified bool
}

// Contestable lists the sorts of acts that may be contested (ContestedAct.What).
func Contestable() []string {
	return []string{"non-acceptance", "silence", "preservation", "order", "decision", "no-penalty"}
}

// Route is how an act of that sort may be contested: either way where the regime names none. A
// text without any such rule is older than the section, when silence alone had a rule, in code.
func (r *Regime) Route(what string) Route {
	if rule, given := r.Routes[what]; given {
		return rule
	}
	if len(r.Routes) == 0 && what == "silence" {
		return Route{Open: RouteReconsiderationFirst, Cite: "reconsideration-2023:23"}
	}
	return Route{Open: RouteEither}
}

// windows are the windows that open when an act is known.
func (r Route) windows() []clock {
	switch r.Open {
	case RouteReconsiderationFirst, RouteReconsiderationOnly:
		return []clock{"reconsideration-window"}
	case RouteCourtOnly:
		return []clock{"suit-window"}
	}
	return []clock{"reconsideration-window", "suit-window"}
}

// final tells whether nothing is open after reconsideration.
func (r Route) final() bool { return r.Open == RouteReconsiderationOnly }

// closed tells whether the act can't be contested on that way as things stand, and by which rule. A
// suit is open after reconsideration was sought, unless it was given up: what became of it there is
// for the court to see (reconsideration 34).
func (t *making) closed(act *ContestedAct, route string) (Route, bool) {
	r := t.law.Regime.Route(act.What)
	switch r.Open {
	case RouteReconsiderationOnly:
		return r, route == "court"
	case RouteCourtOnly:
		return r, route == "reconsideration"
	case RouteReconsiderationFirst:
		for _, k := range t.c.Contests {
			if k.Act == act.Entry && k.Route == "reconsideration" && k.Outcome != OutcomeWithdrawn && k.Outcome != OutcomeAbandoned {
				return r, false
			}
		}
		return r, route == "court"
	}
	return r, false
}

// wrongRoute tells who chose a way that is closed which one is open, by which clause.
func (t *making) wrongRoute(r Route, to reader, act int) {
	t.cite(r.Cite)
	open := "reconsideration"
	if r.Open == RouteCourtOnly {
		open = "court"
	}
	n := t.notice("wrong-route", to)
	n.Cite, n.Due = r.Cite, t.lastDay(act, open)
}

// lastDay is the last day on which the act can be contested on that way; zero when no window runs.
func (t *making) lastDay(act int, route string) (last calendar.Day) {
	for _, d := range t.c.Deadlines {
		if d.Of == act && window(clock(d.Name)) && (!d.is("reconsideration-window")) == (route == "court") {
			last = d.Day
		}
	}
	return last
}
