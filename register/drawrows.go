package register

import (
	"time"

	"duban/law/casefile"
)

type drawSeedRow struct {
	ID         string `gorm:"primaryKey"`
	Authority  string
	Commitment string
	Nonce      string
	Officer    string
	At         time.Time
}

type drawRow struct {
	Serial     int64 `gorm:"primaryKey;autoIncrement"`
	ID         string
	Authority  string
	Commitment *string
	Day        string
	Cap        int
	Officer    string
	Role       casefile.Role
	Request    string
	At         time.Time
	Record     string
	Hash       string
	Sealed     string
}

type drawPublicationRow struct {
	DrawID  string `gorm:"primaryKey"`
	Officer string
	At      time.Time
}

type drawVisitRow struct {
	DrawID string `gorm:"primaryKey"`
	Target string `gorm:"primaryKey"`
	Year   int
	Had    int
	State  OccurrenceState
	CaseID *string
	At     time.Time
}

func (drawSeedRow) TableName() string        { return "draw_seeds" }
func (drawRow) TableName() string            { return "draws" }
func (drawPublicationRow) TableName() string { return "draw_publications" }
func (drawVisitRow) TableName() string       { return "draw_visits" }
