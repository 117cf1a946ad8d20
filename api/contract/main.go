// Command contract writes api/openapi.yaml: what is written by hand in base.yaml, and the acts,
// papers and filings that package casefile knows. Run it at the module's root:
//
//	go run ./api/contract
//
// A test fails while the written file is not the one that this program would write.
package main

import (
	_ "embed"
	"fmt"
	"os"
	"strings"

	"duban/law/casefile"
)

//go:embed base.yaml
var base string

const target = "api/openapi.yaml"

func main() {
	if err := os.WriteFile(target, []byte(contract()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// contract is the whole document.
func contract() string {
	var paths, schemas text
	for _, k := range casefile.Kinds() {
		paths.kind(k)
		schemas.bodies(k)
	}
	schemas.files()
	return problems(strings.NewReplacer(
		"# line of a case\n", block(base, "CaseLine"),
		"# generated: paths\n", paths.String(),
		"# generated: schemas\n", schemas.String(),
	).Replace(base))
}

// block is the properties of a schema of the base, to be repeated in another: the validator
// does not close objects that are put together by allOf, so nothing here is.
func block(doc, schema string) string {
	_, after, _ := strings.Cut(doc, "\n    "+schema+":\n")
	_, after, _ = strings.Cut(after, "      properties:\n")
	end := 0
	for _, line := range strings.SplitAfter(after, "\n") {
		if !strings.HasPrefix(line, "        ") {
			break
		}
		end += len(line)
	}
	return after[:end]
}

// text is a document under construction.
type text struct{ strings.Builder }

func (t *text) line(indent int, format string, args ...any) {
	t.WriteString(strings.Repeat("  ", indent))
	t.Write(fmt.Appendf(nil, format, args...))
	t.WriteByte('\n')
}

// pascal writes ask-correction as AskCorrection.
func pascal(words ...string) string {
	var out strings.Builder
	for _, w := range words {
		for _, part := range strings.Split(w, "-") {
			out.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return out.String()
}

// list writes the items of a list between its brackets.
func list[T ~string](items []T) string {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = word(string(s))
	}
	return strings.Join(out, ", ")
}

// word quotes the words that a reader of YAML 1.1 takes for true or false: it takes the day of a body, on, for one.
func word(s string) string {
	switch strings.ToLower(s) {
	case "y", "yes", "n", "no", "on", "off", "true", "false", "null":
		return "'" + s + "'"
	}
	return s
}
