package regimes

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Document is one dated text of a law, a regulation or the installation, as data. A document with Kinds
// is a main regulation: a case is carried under it, together with those it stands on. A later
// text of the same law has the same ID and other days.
type Document struct {
	ID          string                 `json:"id"`
	Title       casefile.Text          `json:"title"`
	Issuer      casefile.Text          `json:"issuer"`
	Source      string                 `json:"source"`    // which text was read
	CheckedOn   calendar.Day           `json:"checkedOn"` // when it was last read
	Effective   Span                   `json:"effective"`
	Note        string                 `json:"note"`
	Domain      string                 `json:"domain"`      // of a main regulation: whose authorities carry it out
	Replaces    string                 `json:"replaces"`    // the law whose place this one takes from its first day on
	Extends     string                 `json:"extends"`     // the main regulation that this one carries out, and may only tighten
	FiledWith   *Filed                 `json:"filedWith"`   // with whom it was filed for the record
	Authorities []string               `json:"authorities"` // those whose cases it is for; none: all of the domain
	StandsOn    []string               `json:"standsOn"`    // ids, in the order of Bundle.Documents
	Kinds       map[casefile.Kind]Rule `json:"kinds"`
	Clauses     map[string]Clause      `json:"clauses"` // by article
	Moves       map[string]Move        `json:"moves"`   // by kind.move
	Terms       map[string]Term        `json:"terms"`   // by kind.deadline
	Bounds      map[string]Bound       `json:"bounds"`  // by kind.deadline, in days
	Grounds     map[string][]Ground    `json:"grounds"` // by kind.move
	Violations  map[string]Violation   `json:"violations"`
	Bodies      []Body                 `json:"bodies"`
	Surcharge   *Surcharge             `json:"surcharge"`
	Hearing     *Hearing               `json:"hearing"`
	Joint       *Joint                 `json:"joint"`
	Places      []Place                `json:"places"`
	Cards       []CardLevel            `json:"cards"`
	Duties      map[string]Duty        `json:"duties"`
	Routes      map[string]Route       `json:"routes"` // by what is contested
	Publication []Publication          `json:"publication"`

	Retention map[casefile.Kind]Retention `json:"retention"`

	Ranks       []Rank                `json:"ranks"`       // highest first
	Instruments map[string]Instrument `json:"instruments"` // by id; of a document that is here, or of one that is only named

	source *source
}

// Filed is a filing for the record with the authority above.
type Filed struct {
	Level string       `json:"level"`
	On    calendar.Day `json:"on"`
}

// Main tells whether cases are carried under the document itself.
func (d *Document) Main() bool { return d.Extends != "" || len(d.Kinds) > 0 && len(d.StandsOn) > 0 }

// Span is a run of days, both included; a zero To has no end.
type Span struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
}

func (s Span) holds(d calendar.Day) bool {
	return !d.Before(s.From) && (s.To.IsZero() || !d.After(s.To))
}

func (s Span) meets(o Span) bool {
	return (s.To.IsZero() || !s.To.Before(o.From)) && (o.To.IsZero() || !o.To.Before(s.From))
}

// Rule is what every rule says of itself: its clause, whether the installation answers for it alone or
// the text was not read in full, and the days on which it holds, if not all of its document's.
type Rule struct {
	Cite       string `json:"cite"`
	Unverified bool   `json:"unverified"`
	Note       string `json:"note"`
	Effective  *Span  `json:"effective"`
}

func (r Rule) on(d calendar.Day) bool { return r.Effective == nil || r.Effective.holds(d) }

// Clause is the gist of one article, in our own words.
type Clause struct {
	casefile.Text
	Unverified bool `json:"unverified"`
}

// Move gives a paper or an act of the catalogue its authority.
type Move struct {
	Rule
	Closed   bool     `json:"closed"`
	Needs    []string `json:"needs"`
	Remedies []string `json:"remedies"`
}

// Term is how long a deadline runs. Its title is the catalogue's where it has none.
type Term struct {
	Rule
	Title casefile.Text `json:"title"`
	Term  calendar.Term `json:"term"`
	Roll  bool          `json:"roll"`
	From  string        `json:"from"`

	Cap    calendar.Term `json:"cap"`    // of the term with its extensions
	Before bool          `json:"before"` // counted backwards from the event
}

// Bound is the range, in days, of a term that an officer sets.
type Bound struct {
	Rule
	Min int64 `json:"min"`
	Max int64 `json:"max"`
}

// Ground is one line of a closed list of reasons.
type Ground struct {
	Rule
	Code    string        `json:"code"`
	Title   casefile.Text `json:"title"`
	Within  calendar.Term `json:"within"`
	Dispute string        `json:"dispute"`
	Educate bool          `json:"educate"`
}

// Violation is what an operator may be penalised for, and with what.
type Violation struct {
	Rule
	Title      casefile.Text     `json:"title"`
	Sequence   casefile.Sequence `json:"sequence"`
	Warning    bool              `json:"warning"`
	FineMin    yuan              `json:"fineMin"`
	FineMax    yuan              `json:"fineMax"`
	OtherLaw   string            `json:"otherLaw"`
	HarmNeeded bool              `json:"harmNeeded"`
	Multiple   *Multiple         `json:"multiple"`
	Also       []Measure         `json:"also"`
	AppliesTo  []string          `json:"appliesTo"`
	Persons    *Persons          `json:"persons"`
}

// Measure is what a clause adds beside the fine, or has in its place.
type Measure struct {
	What  string        `json:"what"`
	Min   calendar.Term `json:"min,omitzero"` // of a suspension; zero: the clause gives none
	Max   calendar.Term `json:"max,omitzero"`
	Must  bool          `json:"must,omitempty"`  // the clause leaves no choice
	Grave bool          `json:"grave,omitempty"` // only in grave cases
}

// UnmarshalJSON also reads the bare name of a kind, as texts have it that say no more.
func (m *Measure) UnmarshalJSON(raw []byte) error {
	if err := json.Unmarshal(raw, &m.What); err == nil {
		return nil
	}
	type plain Measure
	if err := json.Unmarshal(raw, (*plain)(m)); err != nil {
		return fmt.Errorf("read measure: %w", err)
	}
	return nil
}

// Persons is what may fall on the persons responsible.
type Persons struct {
	FineMin    yuan     `json:"fineMin"`
	FineMax    yuan     `json:"fineMax"`
	Also       []string `json:"also"`
	Cite       string   `json:"cite"`
	Unverified bool     `json:"unverified"`
}

// Hearing says what gives an operator the right to a hearing.
type Hearing struct {
	FineFrom         Threshold   `json:"fineFrom"`
	ConfiscationFrom Threshold   `json:"confiscationFrom"`
	Always           Always      `json:"always"`
	Collective       *Collective `json:"collective"`
}

// Threshold is an amount from which on there is the right.
type Threshold struct {
	Rule
	Amount yuan `json:"amount"`
}

// Always are kinds of sanction that always give the right.
type Always struct {
	Rule
	Kinds []string `json:"kinds"`
}

// Collective has the heads decide together where there is the right.
type Collective struct{ Rule }

// Multiple is a fine of so many times the illegal income, where that reaches From.
type Multiple struct {
	From yuan  `json:"from"`
	Min  int64 `json:"min"`
	Max  int64 `json:"max"`
}

// Joint is from how many complainants on a complaint is joint, and how many represent them.
type Joint struct {
	Rule
	From            int            `json:"from"`
	Representatives Representation `json:"representatives"`
}

// Representation is the least and the greatest number of representatives.
type Representation struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Place is a connection that makes an authority competent for a complaint.
type Place struct {
	Rule
	Code  string        `json:"code"`
	Title casefile.Text `json:"title"`
}

// CardLevel asks for an inspection card of a level where operators of a type are checked.
type CardLevel struct {
	Rule
	Type  string `json:"type"`
	Level string `json:"level"`
}

// Duty is what an operator owes the regulator of itself, and what it may lead to.
type Duty struct {
	Rule
	Title     casefile.Text        `json:"title"`
	Cadence   casefile.DutyCadence `json:"cadence"`
	AppliesTo []string             `json:"appliesTo"`
	Term      calendar.Term        `json:"term"`
	Roll      bool                 `json:"roll"`
	Remind    int                  `json:"remind"`
	Grace     calendar.Term        `json:"grace"`
	Grades    []DutyGrade          `json:"grades"`
	Violation string               `json:"violation"`
}

// DutyGrade is how soon an event is told, in hours.
type DutyGrade struct {
	Code    string        `json:"code"`
	Title   casefile.Text `json:"title"`
	Oral    int           `json:"oral"`
	Written int           `json:"written"`
}

// Rank is a kind of instrument, and whether a penalty may rest on one of it.
type Rank struct {
	Rule
	Code  string        `json:"code"`
	Title casefile.Text `json:"title"`
	Basis bool          `json:"basis"`
}

// Instrument is a text on which a penalty under this regulation might rest. Title and days are
// the document's, where one has its id.
type Instrument struct {
	Rule
	Rank       string        `json:"rank"` // empty: not known
	Title      casefile.Text `json:"title"`
	ValidFrom  calendar.Day  `json:"validFrom"`  // zero: not known
	ValidTo    calendar.Day  `json:"validTo"`    // zero: no end is known
	RepealedBy string        `json:"repealedBy"` // the clause that says so
	AppliesTo  []string      `json:"appliesTo"`
}

// Body says who hears a reconsideration of an authority of that level.
type Body struct {
	Rule
	Level string `json:"level"`
	Body  string `json:"body"`
}

// Route says which ways are open against an act of one sort.
type Route struct {
	Rule
	Open string `json:"open"`
}

// Publication says how results or decisions are made known. The first that fits counts.
type Publication struct {
	Rule
	Of        string        `json:"of"`
	Sanctions []string      `json:"sanctions"`
	How       string        `json:"how"`
	Within    calendar.Term `json:"within"`
	Least     calendar.Term `json:"least"`
	Most      calendar.Term `json:"most"`
	Withdraw  *Withdraw     `json:"withdraw"`
}

// Withdraw is the time to take down what was changed or annulled. It has a clause of its own.
type Withdraw struct {
	Term       calendar.Term `json:"term"`
	Cite       string        `json:"cite"`
	Unverified bool          `json:"unverified"`
}

// Retention is for how long the file of a kind of case is kept after its end.
type Retention struct {
	Rule
	Keep keep `json:"keep"`
}

// keep is so many years, at most 100, or for ever: "permanent", which is zero.
type keep int

// permanent is how a regime says that files are kept for ever.
const permanent = "permanent"

func (k *keep) UnmarshalText(raw []byte) error {
	text := string(raw)
	if text == permanent {
		*k = 0
		return nil
	}
	years, ok := strings.CutSuffix(text, "y")
	n, err := strconv.Atoi(years)
	if !ok || err != nil || n < 1 || n > 100 {
		return fmt.Errorf("read retention %q: want years up to 100y, such as 30y, or %s", text, permanent)
	}
	*k = keep(n)
	return nil
}

// Surcharge is how a late payment costs more.
type Surcharge struct {
	Rule
	PerMille          int64  `json:"perMille"`
	Every             days   `json:"every"` // how often the rate falls due; none: each day
	Cap               int64  `json:"cap"`   // thousandths of the fine; none: the fine itself
	Base              string `json:"base"`
	FreezeGap         bool   `json:"freezeGap"`
	FreezeNotAccepted bool   `json:"freezeNotAccepted"`
	FreezeCite        string `json:"freezeCite"`
}

// days is a number of natural days, written as a term such as 7d.
type days int64

func (n *days) UnmarshalJSON(raw []byte) error {
	var t calendar.Term
	if err := json.Unmarshal(raw, &t); err != nil {
		return fmt.Errorf("read days: %w", err)
	}
	if t.Unit != calendar.NaturalDays {
		return fmt.Errorf("read days %q: want natural days, such as 7d", t)
	}
	*n = days(t.N)
	return nil
}

// yuan is an amount written "10000.00" and held in fen.
type yuan casefile.Fen

func (y *yuan) UnmarshalJSON(raw []byte) error {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("read amount: %w", err)
	}
	whole, cents, ok := strings.Cut(s, ".")
	fen, err := strconv.ParseInt(whole+cents, 10, 64)
	if !ok || len(cents) != 2 || err != nil {
		return fmt.Errorf("read amount %q: want yuan with two decimals, such as 500.00", s)
	}
	*y = yuan(fen)
	return nil
}

// rule is one rule of a document with its place in it.
type rule struct {
	Rule
	path  []string
	other []citation // further clauses that it cites
}

// citation is a clause with the field that cites it, below its rule.
type citation struct {
	field []string
	cite  string
}

// rules lists every rule of the document.
func (d *Document) rules() []rule {
	return slices.Concat(d.moveRules(), d.penaltyRules(), d.otherRules())
}

// moveRules are those of what a case may do and in which time.
func (d *Document) moveRules() (all []rule) {
	add := func(r Rule, path ...string) { all = append(all, rule{Rule: r, path: path}) }
	for k, r := range d.Kinds {
		add(r, "kinds", string(k))
	}
	for k, r := range d.Moves {
		m := rule{Rule: r.Rule, path: []string{"moves", k}}
		for i, cite := range r.Remedies {
			m.other = append(m.other, citation{field: []string{"remedies", strconv.Itoa(i)}, cite: cite})
		}
		all = append(all, m)
	}
	for k, r := range d.Terms {
		add(r.Rule, "terms", k)
	}
	for k, r := range d.Bounds {
		add(r.Rule, "bounds", k)
	}
	for k, list := range d.Grounds {
		for i, r := range list {
			add(r.Rule, "grounds", k, strconv.Itoa(i))
		}
	}
	return all
}

// penaltyRules are those of what is penalised, how, and what may be the basis of it.
func (d *Document) penaltyRules() (all []rule) {
	add := func(r Rule, path ...string) { all = append(all, rule{Rule: r, path: path}) }
	for k, r := range d.Violations {
		v := rule{Rule: r.Rule, path: []string{"violations", k}, other: []citation{{field: []string{"otherLaw"}, cite: r.OtherLaw}}}
		if p := r.Persons; p != nil {
			v.other = append(v.other, citation{field: []string{"persons", "cite"}, cite: p.Cite})
		}
		all = append(all, v)
	}
	for i, r := range d.Bodies {
		add(r.Rule, "bodies", strconv.Itoa(i))
	}
	if s := d.Surcharge; s != nil {
		all = append(all, rule{Rule: s.Rule, path: []string{"surcharge"}, other: []citation{{field: []string{"freezeCite"}, cite: s.FreezeCite}}})
	}
	if h := d.Hearing; h != nil {
		add(h.FineFrom.Rule, "hearing", "fineFrom")
		add(h.ConfiscationFrom.Rule, "hearing", "confiscationFrom")
		add(h.Always.Rule, "hearing", "always")
		if h.Collective != nil {
			add(h.Collective.Rule, "hearing", "collective")
		}
	}
	for i, r := range d.Ranks {
		add(r.Rule, "ranks", strconv.Itoa(i))
	}
	for k, r := range d.Instruments {
		all = append(all, rule{Rule: r.Rule, path: []string{"instruments", k}, other: []citation{{field: []string{"repealedBy"}, cite: r.RepealedBy}}})
	}
	return all
}

// otherRules are those of who is who, what is owed, published and kept.
func (d *Document) otherRules() (all []rule) {
	add := func(r Rule, path ...string) { all = append(all, rule{Rule: r, path: path}) }
	if d.Joint != nil {
		add(d.Joint.Rule, "joint")
	}
	for i, r := range d.Cards {
		add(r.Rule, "cards", strconv.Itoa(i))
	}
	for k, r := range d.Duties {
		add(r.Rule, "duties", k)
	}
	for k, r := range d.Routes {
		add(r.Rule, "routes", k)
	}
	for i, r := range d.Publication {
		p := rule{Rule: r.Rule, path: []string{"publication", strconv.Itoa(i)}}
		if r.Withdraw != nil {
			p.other = []citation{{field: []string{"withdraw", "cite"}, cite: r.Withdraw.Cite}}
		}
		all = append(all, p)
	}
	for k, r := range d.Retention {
		add(r.Rule, "retention", string(k))
	}
	for i, r := range d.Places {
		add(r.Rule, "places", strconv.Itoa(i))
	}
	return all
}
