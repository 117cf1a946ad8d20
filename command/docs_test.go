package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"
)

// said is a piece of code in a document, as `code` or a line of a fenced block.
type said struct{ file, text, line string }

// documents are the texts for people, by their paths from this package.
func documents(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../docs/*.md")
	if err != nil || len(all) < 8 {
		t.Fatal(all, err)
	}
	return append(all, "../README.md", "../CONTRIBUTING.md", "../CHANGELOG.md")
}

func text(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// code is every piece of code of the documents, lines that end with a backslash joined.
func code(t *testing.T) (all []said) {
	t.Helper()
	span := regexp.MustCompile("`([^`]+)`")
	for _, path := range documents(t) {
		fenced := false
		for line := range strings.Lines(strings.ReplaceAll(text(t, path), "\\\n", " ")) {
			line = strings.TrimRight(line, "\n")
			switch {
			case strings.HasPrefix(line, "```"):
				fenced = !fenced
			case fenced:
				all = append(all, said{path, strings.TrimPrefix(line, "$ "), line})
			default:
				for _, m := range span.FindAllStringSubmatch(line, -1) {
					all = append(all, said{path, m[1], line})
				}
			}
		}
	}
	return all
}

// What a document points to is there: files, and headings within them.
func TestLinksLeadSomewhere(t *testing.T) {
	links := 0
	for _, path := range documents(t) {
		for _, m := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(text(t, path), -1) {
			if strings.HasPrefix(m[1], "https://") {
				continue
			}
			links++
			file, heading, _ := strings.Cut(m[1], "#")
			target := path
			if file != "" {
				target = filepath.Join(filepath.Dir(path), file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %v", path, err)
			} else if heading != "" && !slices.Contains(headings(text(t, target)), heading) {
				t.Errorf("%s: %s has no heading #%s", path, target, heading)
			}
		}
	}
	if links < 20 {
		t.Errorf("only %d links", links)
	}
}

func headings(doc string) (all []string) {
	for _, m := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(doc, -1) {
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ' || r == '-':
				return '-'
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return all
}

// Files, packages, make's targets and variables that the documents name are there.
func TestFilesAndTargetsExist(t *testing.T) {
	makefile := text(t, "../Makefile") + text(t, "../scripts/check-long.sh")
	path := regexp.MustCompile(`^[\w.*-]+(/[\w.*-]+)+/?$`)
	seen := map[string]int{}
	for _, c := range code(t) {
		words := strings.Fields(c.text)
		if len(words) == 1 && path.MatchString(c.text) {
			top, _, _ := strings.Cut(c.text, "/")
			if _, err := os.Stat("../" + top); err == nil && top != "bin" && top != "." && !strings.HasSuffix(c.text, "/X.go") {
				seen["path"]++
				if found, err := filepath.Glob("../" + c.text); err != nil || len(found) == 0 {
					t.Errorf("%s: there is no %s", c.file, c.text)
				}
			}
		}
		for i, w := range words {
			folder := ".."
			if strings.Contains(c.text, "cd standalone") {
				folder = "../standalone"
			}
			if i > 0 && slices.ContainsFunc(words[:i], func(w string) bool { return w == "go" }) && strings.HasPrefix(w, "./") && w != "./..." {
				seen["package"]++
				if _, err := os.Stat(filepath.Join(folder, strings.TrimSuffix(w, "/..."))); err != nil && !strings.Contains(w, "*") {
					t.Errorf("%s: %s: %v", c.file, c.text, err)
				}
			}
		}
		if len(words) < 2 || words[0] != "make" {
			continue
		}
		seen["make"]++
		for _, w := range words[1:] {
			if strings.HasPrefix(w, "#") {
				break
			}
			name, _, isVariable := strings.Cut(w, "=")
			if isVariable && !strings.Contains(makefile, name) || !isVariable && !regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(w)+`:`).MatchString(makefile) {
				t.Errorf("%s: %s: make has no %s", c.file, c.text, w)
			}
		}
	}
	if seen["path"] < 20 || seen["package"] < 5 || seen["make"] < 10 {
		t.Errorf("too little was looked at: %v", seen)
	}
}

// Variables of the environment are settings of the program.
func TestVariablesAreSettings(t *testing.T) {
	known := []string{"DUBAN_CONFIG", "DUBAN_TEST_DATABASE_URL"}
	settings := reflect.TypeFor[Config]()
	for i := range settings.NumField() {
		known = append(known, variables+strings.ToUpper(strings.ReplaceAll(settings.Field(i).Tag.Get("koanf"), "-", "_")))
	}
	for _, path := range documents(t) {
		for _, name := range regexp.MustCompile(`\bDUBAN_[A-Z][A-Z_]*\b`).FindAllString(text(t, path), -1) {
			if !slices.Contains(known, name) {
				t.Errorf("%s: %s is no setting", path, name)
			}
		}
	}
}

// Every address that the documents name is one of the contract, with its method where that is told, and the body of
// every request that they show is one that the contract takes.
func TestAddressesAreOfTheContract(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	pages := []string{"/docs", "/docs/", "/metrics", "/v1/openapi.yaml", "/v1/openapi.json"}
	address := regexp.MustCompile(`(?:\b(GET|POST|PUT) |http://127\.0\.0\.1:8080|^)(/(?:v1|dev|docs|livez|readyz|metrics)\b[^\s'"|,;)]*)`)
	seen := 0
	for _, c := range code(t) {
		for _, m := range address.FindAllStringSubmatch(c.text, -1) {
			path, _, _ := strings.Cut(m[2], "?")
			if strings.ContainsAny(path, "…<") || path == "/v1" || path == "/dev" || slices.Contains(pages, path) {
				continue
			}
			seen++
			op, method := operationOf(doc, path, m[1]), m[1]
			if strings.HasPrefix(c.text, "curl ") && (strings.Contains(c.text, " -d ") || strings.Contains(c.text, "-X POST")) {
				method = "POST"
				op = operationOf(doc, path, method)
			}
			if op == nil {
				t.Errorf("%s: %s: the contract has no %s %s", c.file, c.text, method, path)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d addresses", seen)
	}
	for _, m := range regexp.MustCompile(`(?s)curl -s http://127\.0\.0\.1:8080(\S+) [^\n]*-d '(\{.*?\})'`).FindAllStringSubmatch(text(t, "../README.md"), -1) {
		path := strings.ReplaceAll(m[1], "$CASE", "{id}")
		body := operationOf(doc, path, "POST").RequestBody.Value.Content.Get("application/json").Schema.Value
		var value any
		if err := json.Unmarshal([]byte(m[2]), &value); err != nil {
			t.Errorf("%s: %v", m[2], err)
		} else if err := body.VisitJSON(value, openapi3.VisitAsRequest()); err != nil {
			t.Errorf("POST %s: %v", path, err)
		}
	}
}

// operationOf finds the operation of a method, or any, at an address whose variable parts are written in any way.
func operationOf(doc *openapi3.T, path, method string) *openapi3.Operation {
	parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for template, item := range doc.Paths.Map() {
		of := strings.Split(template, "/")
		if len(of) != len(parts) {
			continue
		}
		fits := true
		for i, p := range of {
			fits = fits && (p == parts[i] || strings.HasPrefix(p, "{"))
		}
		for m, op := range item.Operations() {
			if fits && (method == "" || m == method) {
				return op
			}
		}
	}
	return nil
}
