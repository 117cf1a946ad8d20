package casefile_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Chinese sentences have the marks of Chinese.
func TestChineseHasItsOwnMarks(t *testing.T) {
	half := regexp.MustCompile(`[\p{Han}”》）][,;:?!][\p{Han}“《"]`)
	for _, folder := range []string{".", "../regimes", "../standards", "../../api", "../../docket", "../../office", "../../dispatch", "../../activities", "../../register"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range half.FindAllString(string(raw), -1) {
				t.Errorf("%s: half-width in %s", file, found)
			}
		}
	}
}
