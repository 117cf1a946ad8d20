package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// field is what the API's contract asks of a field of a complaint, told here so that a dry run tells
// it too. A test compares it with the contract.
type field struct {
	needed bool
	as     kind
	most   int      // characters, or the number
	one    []string // of which the value must be
}

type kind int

const (
	prose kind = iota // text of many lines
	line              // text of one line
	code              // an id of ours
	mail
	date
	count
	decimal
	choice
)

var complaintFields = map[string]field{
	"operator":           {needed: true, as: code},
	"dispute":            {needed: true, as: choice, one: []string{"fee", "other"}},
	"subject":            {needed: true, as: line, most: 200},
	"text":               {needed: true, as: prose, most: 20000},
	"complainantName":    {needed: true, as: line, most: 200},
	"complainantPhone":   {as: line, most: 100},
	"complainantEmail":   {as: mail, most: 200},
	"complainantAddress": {as: line, most: 200},
	"authority":          {as: code},
	"eventOn":            {as: date},
	"askedOperatorOn":    {as: date},
	"receivedOn":         {as: date},
	"complainants":       {as: count, most: 100_000_000},
	"representatives":    {as: count, most: 100_000_000},

	"on":      {as: date}, // of what was over elsewhere: its last day
	"outcome": {as: choice, one: []string{"answered", "not-accepted", "transferred", "withdrawn"}},
	"finding": {as: choice, one: []string{"founded", "partly-founded", "unfounded", "settled"}},
}

// sectionFields are those of the three files of inspections.
var sectionFields = map[string]map[string]field{
	"operators": {
		"id": {needed: true, as: code}, "name": {needed: true, as: line, most: 200}, "types": {as: code}, "province": {as: line, most: 64},
		"licence": {as: line, most: 100}, "address": {as: line, most: 500},
	},
	"inspections": {
		"id": idField, "operator": {needed: true, as: code}, "day": {needed: true, as: date}, "value": {as: decimal},
		"cause":   {as: choice, one: []string{"planned", "complaint", "report", "superior", "re-inspection"}},
		"subject": {as: line, most: 200},
	},
	"findings": {
		"inspection": {as: line, most: 200}, "operator": {needed: true, as: code}, "day": {needed: true, as: date},
		"requirement": {needed: true, as: line, most: 200}, "evidence": {as: line, most: 200},
	},
}

// idField is the row's own name in the system that it comes from.
var idField = field{needed: true, as: line, most: 200}

var (
	codes    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)
	mails    = regexp.MustCompile(`^[^@\x00-\x20]+@[^@\x00-\x20]+$`)
	decimals = regexp.MustCompile(`^-?[0-9]{1,12}([.][0-9]{1,6})?$`)
	controls = regexp.MustCompile(`[\x00-\x1f]+`)
)

// taken is the value as the API takes it.
func (f field) taken(value string, days *form) (any, error) {
	switch f.as {
	case line:
		value = strings.TrimSpace(controls.ReplaceAllString(value, " "))
	case prose:
		value = strings.ReplaceAll(value, "\x00", " ")
	case code:
		if !codes.MatchString(value) {
			return nil, fmt.Errorf("%q is no id of ours: letters, digits and . _ -, at most 64", value)
		}
	case mail:
		if !mails.MatchString(value) {
			return nil, fmt.Errorf("%q is no e-mail address", value)
		}
	case date:
		return days.day(value)
	case decimal:
		if !decimals.MatchString(value) {
			return nil, fmt.Errorf("%q is no number", value)
		}
	case count:
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > f.most {
			return nil, fmt.Errorf("%q is no number from 0 to %d", value, f.most)
		}
		return n, nil
	case choice:
		if !slices.Contains(f.one, value) {
			return nil, fmt.Errorf("%q is none of %s", value, strings.Join(f.one, ", "))
		}
	}
	if f.most > 0 && utf8.RuneCountInString(value) > f.most {
		return nil, fmt.Errorf("longer than %d characters", f.most)
	}
	return value, nil
}
