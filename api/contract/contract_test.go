package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestContractIsInStep(t *testing.T) {
	written, err := os.ReadFile("../openapi.yaml")
	require.NoError(t, err)
	want := strings.Split(contract(), "\n")
	for i, line := range strings.Split(string(written), "\n") {
		require.Equal(t, want[i], line, "line %d of openapi.yaml is out of step: run go generate ./api", i+1)
	}
	require.Equal(t, contract(), string(written))
}
