package register

import (
	"time"

	"duban/law/duties"
)

type dutyRow struct {
	Serial    int64 `gorm:"primaryKey;autoIncrement"`
	ID        string
	Operator  string
	Code      string
	Period    string
	Authority string
	State     duties.State
	Matter    duties.Matter
	Due       time.Time
	NextAt    time.Time
	CaseID    *string
	Body      string
	Seq       int
	Head      string
}

type dutyEventRow struct {
	DutyID  string `gorm:"primaryKey"`
	Seq     int    `gorm:"primaryKey;autoIncrement:false"`
	ID      string
	Request string
	Body    string
	Words   string
	Prev    string
	Hash    string
}

type dutyReportRow struct {
	Serial   int64 `gorm:"primaryKey;autoIncrement"`
	ID       string
	DutyID   string
	Received time.Time
	Body     string
	Hash     string
}

type dutyWatchRow struct {
	ID       int `gorm:"primaryKey;autoIncrement:false"`
	Through  string
	Calendar string
}

type outageRow struct {
	FromDay string `gorm:"primaryKey"`
	ToDay   string
}

func (dutyRow) TableName() string       { return "duties" }
func (dutyEventRow) TableName() string  { return "duty_events" }
func (dutyReportRow) TableName() string { return "duty_reports" }
func (dutyWatchRow) TableName() string  { return "duty_watch" }
func (outageRow) TableName() string     { return "outages" }

// set puts the columns as the duty says.
func (row *dutyRow) set(d duties.Duty) error {
	body, err := encode(d)
	if err != nil {
		return err
	}
	_, next := duties.Next(d)
	row.ID, row.Operator, row.Code, row.Period, row.Authority = d.ID, d.Operator, d.Code, d.Period, d.Authority
	row.State, row.Matter, row.Due, row.NextAt, row.Body = d.State, d.Matter, orNever(d.Due), orNever(next), body
	row.CaseID = nil
	if d.Case != "" {
		row.CaseID = &d.Case
	}
	return nil
}
