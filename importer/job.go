package importer

import (
	"io"
	"time"
)

// Job is one import: by which map, to where, and how it is told.
type Job struct {
	Map          string // the file that maps columns to fields
	ReceivedFrom string // complaints: the column of the day of receipt; empty: as the map says
	Rejected     string // where the rejected rows go: for complaints a file, for inspections a folder; empty: nowhere
	AtOnce       int    // requests at once
	Door         *Door  // nil: a dry run that asks nobody

	Out    io.Writer // progress, and the first rejected rows
	Screen bool      // Out is a person's screen
	Now    func() time.Time
}

// dry tells whether nothing is to be filed.
func (j Job) dry() bool { return j.Door == nil || j.Door.dry }
