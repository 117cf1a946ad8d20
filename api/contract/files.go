package main

import (
	"reflect"
	"strings"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
)

// files writes the schemas of what package casefile keeps in a case, as its own types say.
func (t *text) files() {
	for _, v := range []any{
		casefile.ComplaintFile{},
		casefile.EnforcementFile{},
		casefile.AppealFile{},
		casefile.InspectionFile{},
		casefile.ContestedAct{},
		casefile.Contest{},
		casefile.PerformDuty{},
		casefile.Link{},
		casefile.Publicity{},
		casefile.Payment{},
		casefile.Refund{},
		casefile.Intended{},
		casefile.Sanction{},
		casefile.Imposed{},
		casefile.Hearing{},
		casefile.Finding{},
		casefile.Item{},
		checklist.Tally{},
		casefile.Visit{},
		casefile.SiteRecord{},
		casefile.Preserved{},
		casefile.Actor{},
		casefile.Cleared{},
		casefile.Notice{},
	} {
		t.object(reflect.TypeOf(v))
	}
}

func (t *text) object(r reflect.Type) {
	t.line(2, "%s:", r.Name())
	t.line(3, "type: object")
	t.line(3, "properties:")
	for i := range r.NumField() {
		f := r.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		t.line(4, "%s: %s", word(name), schema(f.Type))
	}
}

func schema(r reflect.Type) string {
	switch r {
	case reflect.TypeFor[time.Time]():
		return "{type: string, format: date-time}"
	case reflect.TypeFor[calendar.Day]():
		return "{type: string, format: date}"
	case reflect.TypeFor[calendar.Term](), reflect.TypeFor[casefile.Kind]():
		return "{type: string}"
	}
	switch r.Kind() {
	case reflect.Pointer:
		return schema(r.Elem())
	case reflect.String:
		return "{type: string}"
	case reflect.Bool:
		return "{type: boolean}"
	case reflect.Int64:
		return "{type: integer, format: int64}"
	case reflect.Int:
		return "{type: integer}"
	case reflect.Slice:
		return "{type: array, items: " + schema(r.Elem()) + "}"
	case reflect.Struct:
		return "{$ref: '#/components/schemas/" + r.Name() + "'}"
	}
	panic("the contract has no schema for " + r.String())
}
