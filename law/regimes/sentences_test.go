package regimes

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Every sentence that the code of the checkers says is in the catalogue, in Chinese, with the same values in it; and
// the catalogue has no other.
func TestEverySentenceIsInChineseToo(t *testing.T) {
	said := map[string]bool{}
	for _, folder := range []string{".", "../standards"} {
		for _, format := range formatsIn(t, folder) {
			said[format] = true
		}
	}
	if len(said) < 100 {
		t.Fatalf("only %d sentences were found", len(said))
	}
	for en := range said {
		if _, ok := sentences[en]; !ok {
			t.Errorf("not in the catalogue: %q", en)
		}
	}
	for en, zh := range sentences {
		if !said[en] {
			t.Errorf("nobody says: %q", en)
		}
		if en != "%s" && !chinese(zh) {
			t.Errorf("no Chinese: %q", zh)
		}
		if m := regexp.MustCompile(`[,;:!?()]`).FindString(regexp.MustCompile("\"[^\"]*\"|\uff08.*\uff09").ReplaceAllString(zh, "")); m != "" {
			t.Errorf("punctuation of half width, %s: %q", m, zh)
		}
		values := valuesFor(en)
		for i, told := range []string{fmt.Sprintf(en, values...), fmt.Sprintf(zh, values...)} {
			if strings.Contains(told, "%!") {
				t.Errorf("the values don't fit (%d): %s", i, told)
			}
			for _, v := range values {
				if !strings.Contains(told, fmt.Sprint(v)) {
					t.Errorf("%v is not told (%d): %s", v, i, told)
				}
			}
		}
	}
}

// formatsIn are the sentences that the files of a folder hand to report and its like. A wrapper hands on its own
// parameter, called format.
func formatsIn(t *testing.T, folder string) (all []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			called := ""
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				called = f.Sel.Name
			case *ast.Ident:
				called = f.Name
			}
			if !slices.Contains([]string{"report", "reportKey", "reportAt", "Report", "want"}, called) {
				return true
			}
			switch arg := call.Args[1].(type) {
			case *ast.BasicLit:
				format, err := strconv.Unquote(arg.Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, format)
			case *ast.Ident:
				if arg.Name != "format" {
					t.Errorf("%s: the sentence must be written out", set.Position(call.Pos()))
				}
			default:
				t.Errorf("%s: the sentence must be written out", set.Position(call.Pos()))
			}
			return true
		})
	}
	return all
}

// valuesFor are values for the verbs of a format, each its own.
func valuesFor(format string) (values []any) {
	for _, verb := range regexp.MustCompile(`%[a-z]`).FindAllString(format, -1) {
		if n := len(values) + 101; verb == "%d" {
			values = append(values, n)
		} else {
			values = append(values, "v"+strconv.Itoa(n))
		}
	}
	return values
}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// What the schemas can ask of a value is told in Chinese, keyword by keyword.
func TestEveryKeywordOfTheSchemasIsToldInChinese(t *testing.T) {
	own := []string{"additionalProperties", "required", "dependentRequired", "propertyNames"} // reportForm says them
	faults := map[string]struct{ schema, value string }{
		"type":          {`{"type": ["string", "null"]}`, `1`},
		"enum":          {`{"enum": ["a", "b"]}`, `"c"`},
		"const":         {`{"const": "a"}`, `"c"`},
		"format":        {`{"format": "term"}`, `"soon"`},
		"pattern":       {`{"pattern": "^a$"}`, `"c"`},
		"minLength":     {`{"minLength": 2}`, `"c"`},
		"maxLength":     {`{"maxLength": 2}`, `"ccc"`},
		"minimum":       {`{"minimum": 2}`, `1`},
		"maximum":       {`{"maximum": 2}`, `3`},
		"minItems":      {`{"minItems": 2}`, `[1]`},
		"minProperties": {`{"minProperties": 1}`, `{}`},
		"uniqueItems":   {`{"uniqueItems": true}`, `[1, 1]`},
	}
	for _, name := range []string{"schema.json", "../standards/schema.json"} {
		for _, keyword := range asserting(t, name) {
			if _, ok := faults[keyword]; !ok && !slices.Contains(own, keyword) {
				t.Errorf("%s: nobody tells %s", name, keyword)
			}
		}
	}
	for keyword, c := range faults {
		into := map[string]any{}
		form, _ := ReadForm("f.yaml", []byte("at: "+c.value+"\n"), CompileForm([]byte(`{"type": "object", "properties": {"at": `+c.schema+`}}`)), &into)
		problems := form.Problems()
		if len(problems) != 1 || !chinese(problems[0].Zh) {
			t.Errorf("%s: %v %q", keyword, problems, problems)
			continue
		}
		if zh, en := problems[0].In("zh"), problems[0].In("en"); !strings.HasPrefix(zh, "f.yaml:1:5: ") || !strings.HasPrefix(en, "f.yaml:1:5: ") || zh == en {
			t.Errorf("%s: %s, %s", keyword, zh, en)
		}
	}
	for format, zh := range formats {
		if !chinese(zh) || CompileForm([]byte(`{"format": "`+format+`"}`)).Validate("?") == nil {
			t.Errorf("format %s: %s", format, zh)
		}
	}
}

// asserting are the keywords of a schema that can fail, wherever they stand.
func asserting(t *testing.T, file string) (all []string) {
	t.Helper()
	text := Schema()
	if file != "schema.json" {
		var err error
		if text, err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	structural := []string{"$schema", "$id", "$defs", "$ref", "title", "description", "properties", "items", "if", "then", "else", "allOf", "anyOf", "oneOf", "not", "patternProperties"}
	var walk func(v any, schema bool)
	walk = func(v any, schema bool) {
		m, ok := v.(map[string]any)
		if list, isList := v.([]any); isList {
			for _, x := range list {
				walk(x, schema)
			}
		}
		if !ok {
			return
		}
		for key, x := range m {
			if schema && !slices.Contains(structural, key) {
				all = append(all, key)
			}
			if schema && slices.Contains([]string{"enum", "const", "required", "dependentRequired", "default", "examples"}, key) {
				continue
			}
			walk(x, !schema || !slices.Contains([]string{"properties", "$defs", "patternProperties"}, key))
		}
	}
	walk(tree, true)
	slices.Sort(all)
	return slices.Compact(all)
}
