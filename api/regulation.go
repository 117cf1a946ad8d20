package api

import (
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
)

// ruled is what a regime says beside terms, grounds and violations, as `regime show` prints it.
type ruled struct {
	From        calendar.Day                    `json:"from"`
	To          calendar.Day                    `json:"to,omitzero"`
	Extends     string                          `json:"extends,omitempty"`
	FiledWith   *office.RegimeFiling            `json:"filedWith,omitempty"`
	For         []string                        `json:"authorities,omitempty"`
	Documents   []regimeName                    `json:"documents"`
	Bounds      map[string]bound                `json:"bounds,omitempty"`
	Routes      map[string]routeRule            `json:"routes,omitempty"`
	Publication []publicationRule               `json:"publication,omitempty"`
	Retention   map[casefile.Kind]retentionRule `json:"retention,omitempty"`
	Hearing     *hearing                        `json:"hearing,omitempty"`
	Surcharge   *surcharge                      `json:"surcharge,omitempty"`
	Bodies      []body                          `json:"bodies,omitempty"`
	Joint       *joint                          `json:"joint,omitempty"`
	Cards       []cardRule                      `json:"cards,omitempty"`
	Duties      []dutyRule                      `json:"duties,omitempty"`
	Places      []ground                        `json:"places,omitempty"`
	Moves       map[string]moveRule             `json:"moves"`
	Clauses     map[string]clauseOf             `json:"clauses"`
	Notes       map[string]string               `json:"notes,omitempty"`
}

type routeRule struct {
	Open       string `json:"open"`
	Cite       string `json:"cite"`
	Unverified bool   `json:"unverified,omitempty"`
}

type publicationRule struct {
	Of           string        `json:"of"`
	Sanctions    []string      `json:"sanctions,omitempty"`
	How          string        `json:"how"`
	Within       calendar.Term `json:"within,omitzero"`
	Least        calendar.Term `json:"least,omitzero"`
	Most         calendar.Term `json:"most,omitzero"`
	Withdraw     calendar.Term `json:"withdraw,omitzero"`
	WithdrawCite string        `json:"withdrawCite,omitempty"`
	Cite         string        `json:"cite"`
	Unverified   bool          `json:"unverified,omitempty"`
}

type retentionRule struct {
	Years      int    `json:"years,omitempty"`
	Permanent  bool   `json:"permanent"`
	Cite       string `json:"cite"`
	Unverified bool   `json:"unverified,omitempty"`
}

type hearing struct {
	Fine         hearingGround  `json:"fine"`
	Confiscation hearingGround  `json:"confiscation"`
	Always       hearingGround  `json:"always"`
	Collective   *hearingGround `json:"collective,omitempty"`
}

type hearingGround struct {
	From       casefile.Fen `json:"from,omitempty"`
	Kinds      []string     `json:"kinds,omitempty"`
	Cite       string       `json:"cite"`
	Unverified bool         `json:"unverified,omitempty"`
}

type joint struct {
	From       int    `json:"from"`
	Min        int    `json:"min"`
	Max        int    `json:"max"`
	Cite       string `json:"cite"`
	Unverified bool   `json:"unverified,omitempty"`
}

type bound struct {
	Min        int64  `json:"min"`
	Max        int64  `json:"max"`
	Cite       string `json:"cite"`
	Unverified bool   `json:"unverified,omitempty"`
}

type surcharge struct {
	PerMille   int64  `json:"perMille"`
	Every      int64  `json:"every"`
	Cap        int64  `json:"cap"`
	Base       string `json:"base,omitempty"`
	Cite       string `json:"cite"`
	FreezeCite string `json:"freezeCite,omitempty"`
	Unverified bool   `json:"unverified,omitempty"`
}

type body struct {
	Level      string `json:"level"`
	Body       string `json:"body"`
	Cite       string `json:"cite"`
	Unverified bool   `json:"unverified,omitempty"`
}

type cardRule struct {
	Type       string `json:"type"`
	Level      string `json:"level"`
	Cite       string `json:"cite"`
	Unverified bool   `json:"unverified,omitempty"`
}

type dutyRule struct {
	Code       string               `json:"code"`
	Title      casefile.Text        `json:"title"`
	Cadence    casefile.DutyCadence `json:"cadence"`
	AppliesTo  []string             `json:"appliesTo,omitempty"`
	Term       calendar.Term        `json:"term,omitzero"`
	Roll       bool                 `json:"roll,omitempty"`
	Remind     int                  `json:"remind,omitempty"`
	Grace      calendar.Term        `json:"grace,omitzero"`
	Grades     []dutyGrade          `json:"grades,omitempty"`
	Violation  string               `json:"violation,omitempty"`
	Cite       string               `json:"cite"`
	Unverified bool                 `json:"unverified,omitempty"`
}

type dutyGrade struct {
	Code    string        `json:"code"`
	Title   casefile.Text `json:"title"`
	Oral    int           `json:"oral"`
	Written int           `json:"written"`
}

type moveRule struct {
	Cite       string   `json:"cite"`
	Closed     bool     `json:"closed,omitempty"`
	Unverified bool     `json:"unverified,omitempty"`
	Needs      []string `json:"needs,omitempty"`
	Remedies   []string `json:"remedies,omitempty"`
}

type clauseOf struct {
	Title      casefile.Text `json:"title"`
	Unverified bool          `json:"unverified,omitempty"`
}

func viewOfRules(r office.Regulation) ruled {
	law := r.Regime
	out := ruled{
		From: r.From, To: r.To, Extends: r.Extends, FiledWith: r.FiledWith, For: r.Authorities, Documents: each(r.Documents, func(d office.RegimeSpan) regimeName { return regimeName(d) }),
		Routes: map[string]routeRule{}, Retention: map[casefile.Kind]retentionRule{}, Bounds: map[string]bound{}, Moves: map[string]moveRule{}, Clauses: map[string]clauseOf{}, Notes: r.Notes,
		Bodies: each(law.Bodies, func(b casefile.CompetentBody) body { return body(b) }),
		Cards:  each(law.Cards, func(c casefile.CardRule) cardRule { return cardRule(c) }),
		Places: each(law.Places, func(p casefile.Place) ground {
			return ground{Code: p.Code, Title: p.Title, Cite: p.Cite, Unverified: p.Unverified}
		}),
		Duties: each(law.Duties, func(d casefile.Duty) dutyRule {
			return dutyRule{
				Code: d.Code, Title: d.Title, Cadence: d.Cadence, AppliesTo: d.Types, Term: d.Term, Roll: d.Roll, Remind: d.Remind, Grace: d.Grace,
				Grades: each(d.Grades, func(g casefile.DutyGrade) dutyGrade { return dutyGrade(g) }), Violation: d.Violation, Cite: d.Cite, Unverified: d.Unverified,
			}
		}),
	}
	for _, p := range law.Publications {
		out.Publication = append(out.Publication, publicationRule{
			Of: p.Of, Sanctions: p.Sanctions, How: p.How, Within: p.Within, Least: p.Least, Most: p.Most,
			Withdraw: p.Withdraw.Term, WithdrawCite: p.Withdraw.Cite, Cite: p.Cite, Unverified: p.Unverified,
		})
	}
	for k, x := range law.Retention {
		out.Retention[k] = retentionRule(x)
	}
	for what, x := range law.Routes {
		out.Routes[what] = routeRule(x)
	}
	if h := law.Hearing; h.Fine.From > 0 {
		out.Hearing = &hearing{Fine: hearingGround(h.Fine), Confiscation: hearingGround(h.Confiscation), Always: hearingGround(h.Always)}
		if h.Collective.Cite != "" {
			c := hearingGround(h.Collective)
			out.Hearing.Collective = &c
		}
	}
	for name, b := range law.Bounds {
		out.Bounds[name] = bound(b)
	}
	if s := law.Surcharge; s.PerMille > 0 {
		out.Surcharge = &surcharge{PerMille: s.PerMille, Every: s.Every, Cap: s.Cap, Base: s.Base, Cite: s.Cite, FreezeCite: s.FreezeCite, Unverified: s.Unverified}
	}
	if j := law.Joint; j.From > 0 {
		out.Joint = &joint{From: j.From, Min: j.Min, Max: j.Max, Cite: j.Cite, Unverified: j.Unverified}
	}
	for name, m := range law.Moves {
		out.Moves[name] = moveRule{Cite: m.Cite, Closed: m.Closed, Unverified: m.Unverified, Needs: m.Needs, Remedies: m.Remedies}
	}
	for cite, c := range law.Clauses {
		out.Clauses[cite] = clauseOf(c)
	}
	return out
}
