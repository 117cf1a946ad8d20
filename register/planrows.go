package register

import (
	"time"

	"duban/law/casefile"
	"duban/law/plans"
)

type planRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	ID        string
	Authority string
	Year      int
	Cadence   plans.Cadence
	Officer   string
	Role      casefile.Role
	Body      string
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	Through   string
	Calendar  string
	NextDue   time.Time
	Looks     int
	NextLook  time.Time
	Seq       int
	Head      string
}

type planEventRow struct {
	PlanID  string `gorm:"primaryKey"`
	Seq     int    `gorm:"primaryKey;autoIncrement:false"`
	ID      string
	Request string
	At      time.Time
	Body    string
	Prev    string
	Hash    string
}

type occurrenceRow struct {
	Serial   int64 `gorm:"primaryKey;autoIncrement"`
	PlanID   string
	Slot     string
	Operator string
	Day      string
	State    OccurrenceState
	CaseID   *string
	At       time.Time
}

type inspectionCountRow struct {
	Operator string `gorm:"primaryKey"`
	Year     int    `gorm:"primaryKey;autoIncrement:false"`
	N        int    `gorm:"primaryKey;autoIncrement:false"`
	CaseID   string
}

type exemptionRow struct {
	CaseID  string `gorm:"primaryKey"`
	Ground  string
	Reason  string
	Officer string
	At      time.Time
}

type selfCheckRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	ID        string
	Operator  string
	Day       string
	Inspector string
	Faults    int
	Body      string
	Request   string
	Received  time.Time
}

type alertRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	ID        string
	Name      string
	Authority string
	Operator  string
	PlanID    string
	Day       string
	At        time.Time
}

func (planRow) TableName() string            { return "plans" }
func (planEventRow) TableName() string       { return "plan_events" }
func (occurrenceRow) TableName() string      { return "plan_occurrences" }
func (inspectionCountRow) TableName() string { return "inspection_counts" }
func (exemptionRow) TableName() string       { return "inspection_exemptions" }
func (selfCheckRow) TableName() string       { return "self_checks" }
func (alertRow) TableName() string           { return "alerts" }
