package importer

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// filing is a row as it goes to the API: the fields of POST /v1/complaints.
type filing map[string]string

// limits are those of the API's contract, told here so that a dry run tells them too.
var limits = map[string]int{
	"text": 20000, "subject": 200, "externalId": 200,
	"complainantName": 200, "complainantAddress": 200, "complainantEmail": 200, "complainantPhone": 40,
}

// filing makes a complaint of a row; the error is the reason why it can't be one.
func (m *mapping) filing(row map[string]string) (filing, error) {
	out := filing{"externalSource": m.Source}
	id, err := m.value(m.ExternalID, row)
	if err != nil {
		return nil, fmt.Errorf("externalId: %w", err)
	}
	if id == "" {
		return nil, fmt.Errorf("externalId: the row has none")
	}
	out["externalId"] = id
	for _, name := range m.names {
		o := m.Fields[name]
		value, err := m.value(o, row)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		switch {
		case value == "" && o.Optional:
			continue
		case value == "":
			return nil, fmt.Errorf("%s: the value is empty", name)
		case slices.Contains(days, name):
			if value, err = m.day(value); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		case name == "dispute" && value != "fee" && value != "other":
			return nil, fmt.Errorf("dispute: %q is neither fee nor other", value)
		}
		out[name] = value
	}
	for name, value := range out {
		if most, ok := limits[name]; ok && utf8.RuneCountInString(value) > most {
			return nil, fmt.Errorf("%s: longer than %d characters", name, most)
		}
	}
	return out, nil
}

// value is what the origin says for a row: the value, or what the tables make of it.
func (m *mapping) value(o origin, row map[string]string) (string, error) {
	var put []string
	for _, column := range o.columns() {
		if err := m.readable(row[column]); err != nil {
			return "", fmt.Errorf("column %s: %w", column, err)
		}
		put = append(put, "{"+column+"}", row[column])
	}
	value := o.Constant + row[o.Column] + strings.NewReplacer(put...).Replace(o.Template)
	value = strings.TrimSpace(strings.ToValidUTF8(value, "\uFFFD"))
	if o.Values == nil && o.Containing == nil {
		if value == "" {
			value = o.Default
		}
		return value, nil
	}
	for from, to := range o.Values {
		if strings.EqualFold(from, value) {
			return to, nil
		}
	}
	low := strings.ToLower(value)
	for _, w := range o.Containing {
		if slices.ContainsFunc(w.Any, func(word string) bool { return strings.Contains(low, strings.ToLower(word)) }) {
			return w.Value, nil
		}
	}
	if o.Default == "" && value != "" {
		return "", fmt.Errorf("%q is not in the table, which has no default", value)
	}
	return o.Default, nil
}

// readable tells bytes that are none of the encoding. Decoders of other encodings than UTF-8 have
// put U+FFFD in their place already.
func (m *mapping) readable(s string) error {
	if m.InvalidBytes == "replace" || utf8.ValidString(s) && (m.charset == nil || !strings.ContainsRune(s, utf8.RuneError)) {
		return nil
	}
	name := m.Encoding
	if name == "" {
		name = "utf-8"
	}
	return fmt.Errorf("bytes that are not %s", name)
}

func (m *mapping) day(s string) (string, error) {
	for _, layout := range m.DateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly), nil
		}
	}
	return "", fmt.Errorf("%q is no day in the layout %s", s, strings.Join(m.DateLayouts, " or "))
}
