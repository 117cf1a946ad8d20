package api

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestGuesses(t *testing.T) {
	var g guesses
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	for range 3 * wrongPins {
		right, err := g.try("LN-C-2026-000001", "10.0.0.1", now)
		require.NoError(t, err)
		right()
	}
	for range wrongPins {
		_, err := g.try("LN-C-2026-000001", "10.0.0.1", now)
		require.NoError(t, err)
	}
	_, err := g.try(" ln-c-2026-000001", "10.0.0.1", now.Add(10*time.Second))
	var f *fault
	require.ErrorAs(t, err, &f)
	require.Equal(t, 429, f.status)
	require.Equal(t, "51", f.retry)
	_, err = g.try("LN-C-2026-000002", "10.0.0.1", now)
	require.NoError(t, err, "another receipt")
	_, err = g.try("LN-C-2026-000001", "10.0.0.2", now)
	require.NoError(t, err, "another address: the owner's")
	_, err = g.try("LN-C-2026-000001", "10.0.0.1", now.Add(time.Minute))
	require.NoError(t, err, "another minute")
}
