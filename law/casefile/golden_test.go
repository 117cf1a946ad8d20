package casefile_test

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

var update = flag.Bool("update", false, "write testdata and docs anew")

// names lists the JSON names of a type, nested ones with their path.
func names(t reflect.Type, path string, out *[]string) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		names(t.Elem(), path, out)
		return
	case reflect.Struct:
	default:
		return
	}
	if t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[calendar.Day]() || t == reflect.TypeFor[calendar.Term]() {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		*out = append(*out, path+name)
		names(f.Type, path+name+".", out)
	}
}

// filled gives every field of a value something to say.
func filled(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = day("2026-02-02").Start(calendar.Shanghai())
		return
	case *calendar.Day:
		*x = day("2026-02-02")
		return
	case *calendar.Term:
		*x = term("15d")
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i))
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.SetInt(7)
	}
}

// A case is stored for years: a field of the golden file may never be renamed or removed, and
// what was stored with every field filled is read back whole.
func TestStoredCase(t *testing.T) {
	const file = "testdata/case.golden.json"
	var c casefile.Case
	filled(reflect.ValueOf(&c).Elem())
	type golden struct {
		Names []string        `json:"names"`
		Case  json.RawMessage `json:"case"`
	}
	now := golden{Case: json.RawMessage(asJSON(t, c))}
	names(reflect.TypeOf(c), "", &now.Names)
	if *update {
		raw, err := json.MarshalIndent(now, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(raw, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var was golden
	if err := json.Unmarshal(raw, &was); err != nil {
		t.Fatal(err)
	}
	for _, name := range was.Names {
		if !slices.Contains(now.Names, name) {
			t.Errorf("%s was stored and is read no more: fields are added, never renamed", name)
		}
	}
	var old casefile.Case
	if err := json.Unmarshal(was.Case, &old); err != nil {
		t.Fatal(err)
	}
	var stored, read any
	for text, into := range map[string]*any{string(was.Case): &stored, asJSON(t, old): &read} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	if missing := lost(stored, read, ""); len(missing) > 0 {
		t.Errorf("lost on reading: %v", missing)
	}
}

// lost lists what a has and b has not, or has otherwise.
func lost(a, b any, path string) []string {
	switch a := a.(type) {
	case map[string]any:
		var out []string
		other, _ := b.(map[string]any)
		for k, v := range a {
			out = append(out, lost(v, other[k], path+"."+k)...)
		}
		return out
	case []any:
		other, _ := b.([]any)
		if len(other) != len(a) {
			return []string{path}
		}
		var out []string
		for i := range a {
			out = append(out, lost(a[i], other[i], path)...)
		}
		return out
	}
	if a != b {
		return []string{path}
	}
	return nil
}
