package api

import (
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/casefile"
	"duban/office"
)

// What has changed is told at once, also before somebody has taken it down.
func TestAPublicationTellsItsChange(t *testing.T) {
	line := office.Publication{}
	line.What = casefile.PenaltyDecision
	require.Empty(t, viewOfPublication(line).Note)
	line.Changed = "annulled"
	require.Equal(t, "annulled", viewOfPublication(line).Note)
	line.Changed, line.Note = "", "varied"
	require.Equal(t, "varied", viewOfPublication(line).Note)
}
