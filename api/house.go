package api

import (
	"context"
	"errors"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// What the house may answer. Any other error is a fault and tells the client nothing.
var (
	ErrNotFound    = errors.New("there is no such thing")
	ErrKeyReused   = errors.New("the idempotency key belongs to another request")
	ErrFilter      = errors.New("the list can't be filtered so")
	ErrClock       = errors.New("the clock can't be moved so")
	ErrUnavailable = errors.New("the register can't be read or written now")
)

// Rejection is why the door or the desk does not take what is asked: it names something that
// does not exist, or a rule forbids it. Nothing was changed.
type Rejection struct{ casefile.Refusal }

func (r *Rejection) Error() string { return "rejected: " + r.Code }

// Person is one of a case's parties. It goes to the register and nowhere else.
type Person struct {
	Role                        string // complainant, applicant
	Name, Phone, Email, Address string
}

// Filing is a paper that opens a case.
type Filing struct {
	Owner, Key string // whose Idempotency-Key it is, and the key

	Kind      casefile.Kind
	Authority string // empty: chosen by the house
	Operator  string
	Subject   string
	By        casefile.Actor
	Body      casefile.Body
	Person    *Person
	Source    string // imports: the system that the filing comes from, and its id there
	SourceID  string
	Received  calendar.Day // imports: the day of an earlier receipt; zero: now
}

// Incoming is a paper for a standing case.
type Incoming struct {
	Owner, Key string

	Case      string
	Name      string
	By        casefile.Actor
	Body      casefile.Body
	Effective calendar.Day
}

// Receipt is what who hands in a paper takes home. Pin is given for a filing only. Again tells
// that the same request was received before.
type Receipt struct {
	Paper    string
	Case     string
	Kind     casefile.Kind
	Number   string
	Pin      string
	Received time.Time
	Again    bool
}

// Tracked is a case as its receipt shows it.
type Tracked struct {
	Line   Line
	File   casefile.Case
	Steps  []TrackedStep
	Papers []TrackedPaper
	Sent   []TrackedDocument
}

// TrackedStep is a change of the case's state.
type TrackedStep struct {
	At    time.Time
	State casefile.State
}

// TrackedPaper is a paper of the one who filed.
type TrackedPaper struct {
	Name     string
	Received time.Time
	Entered  bool
}

// TrackedDocument is a document that was sent to the one who filed.
type TrackedDocument struct {
	Document string
	At       time.Time
}

// Door takes papers, whether or not anything but the register works.
type Door interface {
	// File opens a case: its commit is the filing. ErrKeyReused; *Rejection for an operator,
	// authority, violation or contested act that does not exist.
	File(ctx context.Context, f Filing) (Receipt, error)
	// Receive takes a paper for a case. ErrKeyReused, ErrNotFound; *Rejection for an effective
	// day that has not come, and for an appeal that does not contest an act of the case.
	Receive(ctx context.Context, p Incoming) (Receipt, error)
	// Repin puts the house paper into the inbox that pins a case to that regime as it is loaded
	// now. *Rejection for a regime that is not in force on the day of filing.
	Repin(ctx context.Context, owner, key, id, regime string, by casefile.Actor) (Receipt, error)
	// Track shows the case of a filing by its number and pin; ErrNotFound when they don't fit.
	Track(ctx context.Context, number, pin string) (Tracked, error)
}

// Act is an act asked for, and what became of it: an entry, a refusal, or nothing yet.
type Act struct {
	ID         string
	Owner, Key string

	Case    string
	Name    string
	By      casefile.Actor
	Body    casefile.Body
	IfMatch *int

	Entry   int
	Refusal *casefile.Refusal
}

// Acts keeps the acts that officers ask for.
type Acts interface {
	// Asked finds the act that this key has asked for; ErrNotFound, or ErrKeyReused when it was
	// another.
	Asked(ctx context.Context, a Act) (Act, error)
	// Preview tells whether the act is hopeless on the case as it was read: nil when it is not, or
	// when something waits that may change the answer.
	Preview(ctx context.Context, a Act, l Line, c casefile.Case) (*casefile.Refusal, error)
	// PutAct commits the act, to be settled. The same key gives the same act; ErrKeyReused.
	PutAct(ctx context.Context, a Act) (Act, error)
	// ActByID reads the act with its verdict; ErrNotFound.
	ActByID(ctx context.Context, id string) (Act, error)
}

// Desk carries cases. Both calls only make prompt what is in the register already.
type Desk interface {
	// Look nudges the case: something was put into its inbox. signal is paper or appeal.
	Look(ctx context.Context, kind casefile.Kind, id, signal, paper string) error
	// Act has a committed act settled and returns its entry. Zero, or an error: the verdict, if there
	// is one, is in the act's row.
	Act(ctx context.Context, kind casefile.Kind, id, act string) (entry int, err error)
}

// Line is a case as lists show it.
type Line struct {
	ID, Number          string
	Kind                casefile.Kind
	State               casefile.State
	Seq                 int
	Authority, Operator string
	Officer, Subject    string
	Filed, NextDue      time.Time // NextDue zero: nothing is due
	Closed              bool
	Overdue, Stuck      bool
	Told                bool // its operator may know of it
}

// Filter chooses cases; empty fields choose all.
type Filter struct {
	Kind                         casefile.Kind
	State                        casefile.State
	Authority, Officer, Operator string
	DueBefore                    time.Time
	KeptBefore                   calendar.Day // whose file is kept until a day before this one
	Open                         *bool
	Told                         bool // only cases that their operator may know of
	Text, Sort, Cursor           string
	Limit                        int
}

// InboxPaper is a paper of a case's inbox.
type InboxPaper struct {
	Serial    int64
	ID, Case  string
	Class     casefile.Class
	Name      string
	By        casefile.Actor
	Received  time.Time
	Effective calendar.Day
	Body      casefile.Body
	Entry     int // zero: it waits
}

// Cases reads the register.
type Cases interface {
	// Case finds a case; ErrNotFound.
	Case(ctx context.Context, id string) (Line, casefile.Case, error)
	// Cases is one page and the cursor of the next; ErrFilter.
	Cases(ctx context.Context, f Filter) ([]Line, string, error)
	// Ledger is the entries of a case after the entry after.
	Ledger(ctx context.Context, id string, after, limit int) ([]casefile.Entry, error)
	// Papers is the papers of a case after the serial after.
	Papers(ctx context.Context, id string, after int64, limit int) ([]InboxPaper, error)
	// Paper finds a paper; ErrNotFound.
	Paper(ctx context.Context, id string) (InboxPaper, error)
}

// The kinds of API keys.
const (
	OfficerKey  = "officer"
	OperatorKey = "operator"
	AdminKey    = "admin"
	ImportKey   = "import"
)

// Key is whose an API key is.
type Key struct {
	Kind      string
	Owner     string // officer's or operator's id, or a name
	Authority string
	Role      casefile.Role
}

// Office is an authority of the regulator.
type Office struct {
	ID, Parent, Level, Domain, Code string
	Name                            casefile.Text
	Email, Address                  string
}

// Regulated is an operator.
type Regulated struct {
	ID, Name, Province, Licence, Email, Phone, Address, Lang string
	Types                                                    []string
}

// Staff is an officer.
type Staff struct {
	ID, Authority     string
	Role              casefile.Role
	Name, Card, Email string
	Lang              string
}

// People knows who is who.
type People interface {
	// Authenticate finds the key of a secret; ErrNotFound for an unknown or revoked one.
	Authenticate(ctx context.Context, secret string) (Key, error)
	Authorities(ctx context.Context) ([]Office, error)
	PutAuthority(ctx context.Context, a Office) error // *Rejection for an unknown parent or a taken code
	Operators(ctx context.Context, after string, limit int) ([]Regulated, error)
	Operator(ctx context.Context, id string) (Regulated, error) // ErrNotFound
	PutOperator(ctx context.Context, o Regulated) error
	Officers(ctx context.Context, authority string) ([]Staff, error)
	PutOfficer(ctx context.Context, s Staff) error // *Rejection for an unknown authority

	// Cards are those of an officer, or of an authority's officers, after a number; a page of 200.
	Cards(ctx context.Context, officer, authority, after string) ([]casefile.Card, error)
	PutCard(ctx context.Context, c casefile.Card) error // *Rejection for an unknown officer, days that run backward, another's number
}

// RegimeSpan is a regime with the days on which it is in force; a zero To is open.
type RegimeSpan struct {
	Name     string
	Title    casefile.Text
	From, To calendar.Day
}

// Laws knows the regimes and the calendar.
type Laws interface {
	Regimes() []RegimeSpan
	// Regime is a regime as in force on that day; ErrNotFound.
	Regime(name string, on calendar.Day) (Regulation, error)
	// Pinned is the regime that a case pins by that hash.
	Pinned(ctx context.Context, hash string) (*casefile.Regime, error)
	// Calendar is that of the house; a newly loaded holiday table shows in it within a second.
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// ClockState is how the clock of the law stands.
type ClockState struct {
	Mode      string // real, rate, stepped
	Now       time.Time
	NextDue   time.Time // zero: nothing is due
	Unsettled int
}

// Timekeeper is the clock of the law.
type Timekeeper interface {
	Now(ctx context.Context) (time.Time, error)
	State(ctx context.Context) (ClockState, error)
	// Step moves a stepped clock on; ErrClock when it is not stepped or to lies in its past.
	Step(ctx context.Context, to time.Time) error
}

// House is all of it.
type House interface {
	Door
	Acts
	Cases
	People
	Laws
	Standards
	Timekeeper
	Planner
	Drawer
	Cooperators
	DutyKeeper
	Publicist
}
