package api

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"
)

// Every problem of the door is told by the answers of its status, and they tell no other.
func TestContractTellsEveryProblem(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi)
	require.NoError(t, err)
	told := map[string]int{}
	code := regexp.MustCompile(`\b[a-z]+(-[a-z]+)+\b|\b(internal|stale)\b`)
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			for status, answer := range op.Responses.Map() {
				name, ok := strings.CutPrefix(answer.Ref, "#/components/responses/")
				if !ok {
					continue
				}
				n, err := strconv.Atoi(status)
				if status == "default" {
					n, err = http.StatusInternalServerError, nil
				}
				require.NoError(t, err, "%s %s", method, path)
				_, codes, _ := strings.Cut(*doc.Components.Responses[name].Value.Description, ": ")
				for _, c := range code.FindAllString(codes, -1) {
					told[c] = n
				}
			}
		}
	}
	ofTheLaw := []string{"wrong-officer", "wrong-role", "wrong-authority", "wrong-state"} // examples of refusals
	for c := range told {
		require.True(t, messages[c].status > 0 || slices.Contains(ofTheLaw, c), "nothing is called %s", c)
	}
	ofNoOperation := []string{"method-not-allowed", "refused", "not-json", "not-found"}
	for c, m := range messages {
		if told[c] == 0 && slices.Contains(ofNoOperation, c) {
			continue
		}
		require.Equal(t, m.status, told[c], "%s is told by the answers of its status", c)
	}
}
