package api

import (
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// The answers that show cases, as openapi.yaml describes them. A test compares every answer with
// the contract.

type receipt struct {
	Paper    string        `json:"paper"`
	Case     string        `json:"case"`
	Kind     casefile.Kind `json:"kind"`
	Number   string        `json:"number"`
	Pin      string        `json:"pin,omitempty"`
	Received time.Time     `json:"received"`
	Again    bool          `json:"again"`
	Entry    *ledgerLine   `json:"entry,omitempty"`
}

type actAnswer struct {
	Act    string     `json:"act"`
	Entry  ledgerLine `json:"entry"`
	Next   string     `json:"next"`
	Closed bool       `json:"closed"`
}

type caseLine struct {
	ID         string         `json:"id"`
	Number     string         `json:"number"`
	Kind       casefile.Kind  `json:"kind"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Next       string         `json:"next"`
	Closed     bool           `json:"closed"`
	Seq        int            `json:"seq"`
	Authority  string         `json:"authority"`
	Operator   string         `json:"operator,omitempty"`
	Officer    string         `json:"officer,omitempty"`
	Subject    string         `json:"subject"`
	Filed      time.Time      `json:"filed"`
	NextDue    time.Time      `json:"nextDue,omitzero"`
	Overdue    bool           `json:"overdue"`
	Stuck      bool           `json:"stuck,omitempty"`
}

type caseFile struct {
	caseLine
	Regime      string                    `json:"regime"`
	Late        []string                  `json:"late,omitempty"`
	Deadlines   []deadlineView            `json:"deadlines"`
	Still       []stillView               `json:"still,omitempty"`
	Complaint   *casefile.ComplaintFile   `json:"complaint,omitempty"`
	Enforcement *casefile.EnforcementFile `json:"enforcement,omitempty"`
	Appeal      *casefile.AppealFile      `json:"appeal,omitempty"`
	Inspection  *casefile.InspectionFile  `json:"inspection,omitempty"`
	Checklist   *checklistName            `json:"checklist,omitempty"`
	Made        []madeView                `json:"made,omitempty"`
	Contests    []casefile.Contest        `json:"contests,omitempty"`
	Fines       []fineView                `json:"fines,omitempty"`
	Duties      []casefile.PerformDuty    `json:"duties,omitempty"`
	Links       []casefile.Link           `json:"links,omitempty"`
	Notes       []string                  `json:"notes,omitempty"`
	Public      []casefile.Publicity      `json:"publications,omitempty"`
	Retention   *retentionView            `json:"retention,omitempty"`
	Moves       []moveView                `json:"moves"`
}

type retentionView struct {
	From       calendar.Day `json:"from"`
	KeepUntil  calendar.Day `json:"keepUntil,omitzero"`
	Permanent  bool         `json:"permanent"`
	Cite       string       `json:"cite"`
	Unverified bool         `json:"unverified,omitempty"`
}

// madeView is an act of ours with the ways that are open against it, by the case's own regime.
type madeView struct {
	casefile.ContestedAct
	Route           string `json:"route"`
	RouteCite       string `json:"routeCite,omitempty"`
	RouteUnverified bool   `json:"routeUnverified,omitempty"`
}

type moveView struct {
	Class   casefile.Class  `json:"class"`
	Name    string          `json:"name"`
	Title   casefile.Text   `json:"title"`
	Href    string          `json:"href"`
	Roles   []casefile.Role `json:"roles,omitempty"`
	Senders []string        `json:"senders,omitempty"`
	ByDay   bool            `json:"byDay,omitempty"`
}

type fineView struct {
	Decision    int                `json:"decision"`
	What        string             `json:"what"`
	Currency    string             `json:"currency"`
	Announced   casefile.Fen       `json:"announced"`
	Amount      casefile.Fen       `json:"amount"`
	PerMille    int64              `json:"perMille,omitempty"`
	Due         calendar.Day       `json:"due,omitzero"`
	Surcharge   casefile.Fen       `json:"surcharge"`
	Paid        casefile.Fen       `json:"paid"`
	Owed        casefile.Fen       `json:"owed"`
	Annulled    bool               `json:"annulled,omitempty"`
	WrittenOff  casefile.Fen       `json:"writtenOff,omitempty"`
	CollectedBy string             `json:"collectedBy,omitempty"`
	Payments    []casefile.Payment `json:"payments,omitempty"`
	Refunds     []casefile.Refund  `json:"refunds,omitempty"`
}

type deadlineView struct {
	Name        string                 `json:"name"`
	Title       casefile.Text          `json:"title"`
	Class       casefile.DeadlineClass `json:"class"`
	ArmedBy     int                    `json:"armedBy"`
	From        calendar.Day           `json:"from"`
	Term        calendar.Term          `json:"term,omitzero"`
	Roll        bool                   `json:"roll,omitempty"`
	Day         calendar.Day           `json:"day"`
	Due         time.Time              `json:"due"`
	Cite        string                 `json:"cite"`
	Unverified  bool                   `json:"unverified,omitempty"`
	Provisional bool                   `json:"provisional,omitempty"`
	Of          int                    `json:"of,omitempty"`
	Extended    []calendar.Term        `json:"extended,omitempty"`
	Cap         calendar.Term          `json:"cap,omitzero"`
	Suspended   []calendar.Span        `json:"suspended,omitempty"`
	Why         why                    `json:"why"`
}

// stillView is a deadline that stands still.
type stillView struct {
	Name       string                 `json:"name"`
	Title      casefile.Text          `json:"title"`
	Class      casefile.DeadlineClass `json:"class"`
	ArmedBy    int                    `json:"armedBy"`
	From       calendar.Day           `json:"from"`
	Term       calendar.Term          `json:"term"`
	Roll       bool                   `json:"roll,omitempty"`
	Since      calendar.Day           `json:"since"`
	Left       calendar.Term          `json:"left,omitzero"`
	Cite       string                 `json:"cite"`
	Unverified bool                   `json:"unverified,omitempty"`
	Extended   []calendar.Term        `json:"extended,omitempty"`
	Cap        calendar.Term          `json:"cap,omitzero"`
	Suspended  []calendar.Span        `json:"suspended,omitempty"`
	Why        why                    `json:"why"`
}

// why is how a day was found, step by step, in both languages.
type why struct {
	Zh []string `json:"zh"`
	En []string `json:"en"`
}

type ledgerLine struct {
	Seq       int                `json:"seq"`
	Class     casefile.Class     `json:"class"`
	Move      string             `json:"move"`
	Title     casefile.Text      `json:"title"`
	Ref       string             `json:"ref"`
	At        time.Time          `json:"at"`
	Effective calendar.Day       `json:"effective,omitzero"`
	By        casefile.Actor     `json:"by"`
	From      casefile.State     `json:"from"`
	To        casefile.State     `json:"to"`
	ToTitle   casefile.Text      `json:"toTitle"`
	None      string             `json:"none,omitempty"`
	Cites     []string           `json:"cites"`
	Judged    *deadlineView      `json:"judged,omitempty"`
	Tables    []string           `json:"tables,omitempty"`
	Armed     []deadlineView     `json:"armed,omitempty"`
	Cleared   []casefile.Cleared `json:"cleared,omitempty"`
	Late      []string           `json:"late,omitempty"`
	Corrects  []int              `json:"corrects,omitempty"`
	Notices   []casefile.Notice  `json:"notices,omitempty"`
	Sends     []sent             `json:"sends,omitempty"`
}

type sent struct {
	Case  string `json:"case"`
	Paper string `json:"paper"`
	New   bool   `json:"new,omitempty"`
}

type paperView struct {
	ID        string         `json:"id"`
	Case      string         `json:"case"`
	Name      string         `json:"name"`
	Title     casefile.Text  `json:"title"`
	Class     casefile.Class `json:"class"`
	By        casefile.Actor `json:"by"`
	Received  time.Time      `json:"received"`
	Effective calendar.Day   `json:"effective,omitzero"`
	Entry     int            `json:"entry,omitempty"`
	Body      *casefile.Body `json:"body,omitempty"`
}

// titles names states, moves and deadlines.
type titles struct {
	states    map[casefile.Kind]map[casefile.State]casefile.Row
	deadlines map[string]casefile.Text
}

func newTitles() titles {
	t := titles{states: map[casefile.Kind]map[casefile.State]casefile.Row{}, deadlines: map[string]casefile.Text{}}
	for _, k := range casefile.Kinds() {
		t.states[k] = map[casefile.State]casefile.Row{}
		for _, row := range casefile.Rows(k) {
			t.states[k][row.State] = row
		}
	}
	for _, d := range casefile.Deadlines() {
		t.deadlines[d.Name] = d.Title
	}
	return t
}

func (t titles) state(k casefile.Kind, s casefile.State) casefile.Row { return t.states[k][s] }

// houseTitles are the papers of the house itself.
var houseTitles = map[string]casefile.Text{
	"recalendar": {Zh: "按新日历重算期限", En: "deadlines recomputed by a new calendar"},
	"relink":     {Zh: "关联补录的原检查", En: "linked to the inspection that it follows"},
	"repin":      {Zh: "改用更正后的法规文本", En: "pinned to the mended regime"},
}

func (t titles) move(k casefile.Kind, class casefile.Class, name string) casefile.Text {
	if class == casefile.Lapse {
		d := t.deadlines[name]
		return casefile.Text{Zh: "期限届满:" + d.Zh, En: "term over: " + d.En}
	}
	if spec, ok := casefile.SpecOf(k, name); ok && class != casefile.House {
		return spec.Title
	}
	return houseTitles[name]
}

func (a *API) caseLine(who caller, l Line) caseLine {
	row := a.titles.state(l.Kind, l.State)
	if who.Kind == OperatorKey { // in the authority's words, not in the citizen's
		l.Subject = l.Outward
	}
	return caseLine{
		ID: l.ID, Number: l.Number, Kind: l.Kind, State: l.State, StateTitle: row.Title, Next: row.Who, Closed: l.Closed,
		Seq: l.Seq, Authority: l.Authority, Operator: l.Operator, Officer: l.Officer, Subject: l.Subject, Filed: l.Filed,
		NextDue: l.NextDue, Overdue: l.Overdue, Stuck: l.Stuck,
	}
}

func (a *API) ledgerLine(who caller, k casefile.Kind, e casefile.Entry, days *calendar.Calendar) ledgerLine {
	if who.outside() {
		e = forOutside(e)
	}
	out := ledgerLine{
		Seq: e.Seq, Class: e.Class, Move: e.Move, Title: a.titles.move(k, e.Class, e.Move), Ref: e.Ref, At: e.At, Effective: e.Effective,
		By: e.By, From: e.From, To: e.To, ToTitle: a.titles.state(k, e.To).Title, None: e.None, Cites: e.Cites, Tables: e.Tables,
		Cleared: e.Cleared, Late: e.Late, Corrects: e.Corrects, Notices: e.Notices,
	}
	if e.Judged != nil {
		judged := a.deadline(*e.Judged, days)
		judged.Title = casefile.JudgedTitle(e.Judged.Name)
		out.Judged = &judged
	}
	for _, d := range e.Armed {
		out.Armed = append(out.Armed, a.deadline(d, days))
	}
	for _, s := range e.Sends {
		out.Sends = append(out.Sends, sent{Case: s.Case, Paper: s.Paper, New: s.New != nil})
	}
	return out
}

// deadline shows a deadline with the way to its day, counted again by the calendar of today, unless
// that leads elsewhere: then an earlier one led here.
func (a *API) deadline(d casefile.Deadline, days *calendar.Calendar) deadlineView {
	out := deadlineView{
		Name: d.Name, Title: a.titles.deadlines[d.Name], Class: d.Class, ArmedBy: d.ArmedBy, From: d.From, Term: d.Term, Roll: d.Roll,
		Day: d.Day, Due: d.Due, Cite: d.Cite, Unverified: d.Unverified, Provisional: d.Provisional, Of: d.Of,
		Extended: d.Extended, Cap: d.Cap, Suspended: d.Suspended,
		Why: why{Zh: []string{"该日由工作人员或其他机关指定"}, En: []string{"the day was set by an officer or another body"}},
	}
	switch {
	case d.Term.IsZero() || d.From.IsZero():
	case d.Stale(days):
		out.Why = why{Zh: []string{"该日按较早的节假日表计算"}, En: []string{"the day was counted by an earlier holiday table"}}
	default:
		out.Why = steps(d.Why(days))
	}
	return out
}

func (a *API) still(d casefile.Deadline, days *calendar.Calendar) stillView {
	return stillView{
		Name: d.Name, Title: a.titles.deadlines[d.Name], Class: d.Class, ArmedBy: d.ArmedBy, From: d.From, Term: d.Term, Roll: d.Roll,
		Since: d.Still, Left: d.Left(days), Cite: d.Cite, Unverified: d.Unverified, Extended: d.Extended, Cap: d.Cap, Suspended: d.Suspended,
		Why: steps(d.Why(days)),
	}
}

func steps(found []calendar.Step) why {
	var out why
	for _, s := range found {
		out.Zh = append(out.Zh, s.Text("zh"))
		out.En = append(out.En, s.Text("en"))
	}
	return out
}
