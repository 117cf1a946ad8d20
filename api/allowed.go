package api

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"duban/law/casefile"
)

// allows has the fault say what would be taken, behind its own sentence: values and bounds of the
// contract, never what was submitted.
func (f *fault) allows(what casefile.Text) *fault {
	if what != (casefile.Text{}) {
		m := messages[f.code].detail
		f.detail = casefile.Text{Zh: strings.TrimSuffix(m.Zh, "。") + "：" + what.Zh + "。", En: m.En + ": " + what.En}
	}
	return f
}

// oneOf lists what may be named, at most so much of it that a sentence stays one.
func oneOf(all []string) casefile.Text {
	if len(all) == 0 {
		return casefile.Text{Zh: "无", En: "none"}
	}
	const most = 40
	more := casefile.Text{}
	if len(all) > most {
		all, more = all[:most], casefile.Text{Zh: " 等", En: " …"}
	}
	return casefile.Text{Zh: strings.Join(all, "、") + more.Zh, En: strings.Join(all, ", ") + more.En}
}

// allowedBy is what the broken part of a schema would take.
func allowedBy(s *openapi3.Schema, part string) casefile.Text {
	switch part {
	case "enum":
		var all []string
		for _, v := range s.Enum {
			all = append(all, fmt.Sprint(v))
		}
		return oneOf(all)
	case "minimum", "maximum":
		return between(s.Min, s.Max, "", "")
	case "minItems", "maxItems":
		return between(count(s.MinItems), counted(s.MaxItems), "项", " items")
	case "minLength", "maxLength":
		return between(count(s.MinLength), counted(s.MaxLength), "个字符", " characters")
	case "type":
		return oneOf(s.Type.Slice())
	case "required":
		return oneOf(s.Required)
	case "pattern":
		return casefile.Text{Zh: s.Pattern, En: s.Pattern}
	case "format":
		return casefile.Text{Zh: s.Format, En: s.Format}
	case "properties":
		var all []string
		for name := range s.Properties {
			all = append(all, name)
		}
		slices.Sort(all)
		return oneOf(all)
	}
	return casefile.Text{}
}

func count(n uint64) *float64 { f := float64(n); return &f }

func counted(n *uint64) *float64 {
	if n == nil {
		return nil
	}
	return count(*n)
}

func between(least, most *float64, zh, en string) casefile.Text {
	switch {
	case least != nil && most != nil:
		return casefile.Text{Zh: fmt.Sprintf("%.0f至%.0f%s", *least, *most, zh), En: fmt.Sprintf("%.0f to %.0f%s", *least, *most, en)}
	case least != nil:
		return casefile.Text{Zh: fmt.Sprintf("不少于%.0f%s", *least, zh), En: fmt.Sprintf("at least %.0f%s", *least, en)}
	case most != nil:
		return casefile.Text{Zh: fmt.Sprintf("不超过%.0f%s", *most, zh), En: fmt.Sprintf("at most %.0f%s", *most, en)}
	}
	return casefile.Text{}
}
