package register

import (
	"encoding/json"
	"fmt"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// The rows of the tables, as migrations/ make them; a test compares the two.

// never stands in cases.next_due where nothing is due, so that every row has a place in a list
// sorted by it.
var never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

type caseRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	ID        string
	Number    string
	Kind      casefile.Kind
	Year      int
	N         int64
	State     casefile.State
	Seq       int
	Authority string
	Operator  string
	Officer   string
	Subject   string
	Outward   string
	Sought    string
	Regime    string
	Filing    string
	ExtSource *string
	ExtID     *string
	FiledAt   time.Time
	NextDue   time.Time
	Turn      string
	ListDue   time.Time
	TaskWho   string
	Task      string
	TaskDue   time.Time
	TermOpen  bool
	Term      string
	TermDue   time.Time
	Moved     int64
	Closed    bool
	ClosedAt  *time.Time
	KeepUntil string
	Overdue   bool
	Told      bool
	Looks     int
	NextLook  time.Time
	Stuck     bool
	FaultRef  string
	Faults    int
	Fault     string
	Origin    string
	Body      string
	Head      string
}

type paperRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	ID        string
	CaseID    string
	Class     casefile.Class
	Name      string
	Sender    string
	Officer   string
	Role      casefile.Role
	Authority string
	Received  time.Time
	Effective string
	Body      string
	Hash      string
	FromCase  string
	FromSeq   int
	StoredAt  time.Time
	Entry     *int
	EnteredAt *time.Time
	Slip      string // of the bank's payment: the number of its slip, as it is compared
}

type actRow struct {
	ID        string `gorm:"primaryKey"`
	CaseID    string
	Name      string
	Officer   string
	Role      casefile.Role
	Authority string
	Body      string
	Hash      string
	IfMatch   *int
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	Entry     *int
	Refusal   *string
	DecidedAt *time.Time
}

type entryRow struct {
	CaseID      string `gorm:"primaryKey"`
	Seq         int    `gorm:"primaryKey;autoIncrement:false"`
	Class       casefile.Class
	Move        string
	Ref         string
	At          time.Time
	EnteredAt   time.Time
	FromState   casefile.State
	ToState     casefile.State
	PaperID     *string
	ActID       *string
	DeadlineKey *string
	Body        string
	Prev        string
	Hash        string
}

type deadlineRow struct {
	CaseID   string `gorm:"primaryKey"`
	Key      string `gorm:"primaryKey"`
	Name     string
	Class    casefile.DeadlineClass
	Due      time.Time
	Calendar string
	Body     string
}

type outboxRow struct {
	Serial      int64 `gorm:"primaryKey;autoIncrement"`
	ID          string
	CaseID      *string // of a case, or
	DutyID      *string // of a duty
	Seq         int
	Document    string
	Recipient   string
	RecipientID string
	Cite        string
	DueDay      string
	Urgent      bool
	State       string
	Attempts    int
	NextTry     time.Time
	Cause       string
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
	SentAt      *time.Time
}

type personRow struct {
	ID        string `gorm:"primaryKey"`
	Format    int
	Sealed    []byte
	Digest    string
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

type partyRow struct {
	CaseID   string `gorm:"primaryKey"`
	Role     string `gorm:"primaryKey"`
	PersonID string `gorm:"primaryKey"`
	UntilSeq *int   // of the entry that put the contact right; nil: it stands
}

type violationDayRow struct {
	Operator    string `gorm:"primaryKey"`
	Requirement string `gorm:"primaryKey"`
	Day         string `gorm:"primaryKey"`
	CaseID      string
}

type gramRow struct {
	Gram   string `gorm:"primaryKey"`
	Serial int64  `gorm:"primaryKey;autoIncrement:false"`
}

type pastDueRow struct {
	Serial  int64 `gorm:"primaryKey;autoIncrement:false"`
	Born    int64
	Died    int64 `gorm:"primaryKey;autoIncrement:false"`
	ListDue time.Time
	TaskDue time.Time
	TermDue time.Time
	At      time.Time
}

type personDigestRow struct {
	Digest   string `gorm:"primaryKey"`
	PersonID string `gorm:"primaryKey"`
}

type readLogRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	At        time.Time
	Officer   string
	Authority string
	CaseID    *string
	Purpose   string
	What      string
}

type regimeRow struct {
	Hash     string `gorm:"primaryKey"`
	Body     []byte
	PinnedAt time.Time
}

type numberRow struct {
	Authority string        `gorm:"primaryKey"`
	Kind      casefile.Kind `gorm:"primaryKey"`
	Year      int           `gorm:"primaryKey;autoIncrement:false"`
	N         int64
}

func (caseRow) TableName() string         { return "cases" }
func (paperRow) TableName() string        { return "papers" }
func (actRow) TableName() string          { return "acts" }
func (entryRow) TableName() string        { return "entries" }
func (deadlineRow) TableName() string     { return "deadlines" }
func (outboxRow) TableName() string       { return "outbox" }
func (personRow) TableName() string       { return "persons" }
func (partyRow) TableName() string        { return "case_parties" }
func (violationDayRow) TableName() string { return "violation_days" }
func (gramRow) TableName() string         { return "grams" }
func (pastDueRow) TableName() string      { return "past_dues" }
func (personDigestRow) TableName() string { return "person_digests" }
func (readLogRow) TableName() string      { return "read_log" }
func (regimeRow) TableName() string       { return "regimes" }
func (numberRow) TableName() string       { return "numbers" }

// encode writes a value of the law as a column keeps it.
func encode(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write %T: %w", v, err)
	}
	return string(raw), nil
}

func decode(text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("read %T: %w", into, err)
	}
	return nil
}

// keptUntil is the last day on which the file of a case is kept; empty while it has none yet, or is
// kept for ever.
func keptUntil(c casefile.Case) string {
	if c.Kept == nil || c.Kept.Until.IsZero() {
		return ""
	}
	return c.Kept.Until.String()
}

func readDay(s string) (calendar.Day, error) {
	if s == "" {
		return calendar.Day{}, nil
	}
	return calendar.ParseDay(s)
}

func orNever(t time.Time) time.Time {
	if t.IsZero() {
		return never
	}
	return micro(t)
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}
