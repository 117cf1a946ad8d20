package importer

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"

	"duban/law/calendar"
)

// form is the part of a map that says how the file is written.
type form struct {
	Format       string   `yaml:"format"`       // csv, jsonl or georeport; empty: by the file's ending
	Encoding     string   `yaml:"encoding"`     // as the web names it; empty: utf-8
	InvalidBytes string   `yaml:"invalidBytes"` // of the encoding: reject the row (the default) or replace them
	Delimiter    string   `yaml:"delimiter"`    // empty: a comma
	LooseQuotes  bool     `yaml:"looseQuotes"`  // a quote inside a cell stands for itself
	DateLayouts  []string `yaml:"dateLayouts"`  // as Go writes the day 2006-01-02, tried in this order; empty: that one, or a timestamp

	charset encoding.Encoding // nil: utf-8
}

// The forms in which a file may be written.
const (
	formCSV       = "csv"
	formJSONL     = "jsonl"     // an object a line
	formGeoReport = "georeport" // Open311 GeoReport v2: the answer to GET requests.json
)

// formOf is in which of them the file is written.
func (f *form) formOf(path string) string {
	if f.Format != "" {
		return f.Format
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jsonl", ".ndjson":
		return formJSONL
	case ".json":
		return formGeoReport
	}
	return formCSV
}

func (f *form) check() error {
	if !slices.Contains([]string{"", formCSV, formJSONL, formGeoReport}, f.Format) {
		return fmt.Errorf("format %q is none of csv, jsonl, georeport", f.Format)
	}
	if f.Delimiter == "" {
		f.Delimiter = ","
	}
	if r := []rune(f.Delimiter); len(r) != 1 || strings.ContainsAny(f.Delimiter, "\"\r\n") {
		return fmt.Errorf("delimiter %q is not one character", f.Delimiter)
	}
	if f.InvalidBytes != "" && f.InvalidBytes != "reject" && f.InvalidBytes != "replace" {
		return fmt.Errorf("invalidBytes %q is neither reject nor replace", f.InvalidBytes)
	}
	if len(f.DateLayouts) == 0 {
		f.DateLayouts = []string{time.DateOnly, time.RFC3339}
	}
	sample := time.Date(2015, time.November, 23, 0, 0, 0, 0, time.UTC)
	for _, layout := range f.DateLayouts {
		back, err := time.Parse(layout, sample.Format(layout))
		if err != nil || back.Year() != 2015 || back.YearDay() != sample.YearDay() {
			return fmt.Errorf("dateLayouts: %q does not write a whole day; 02.01.2006 writes 23.11.2015", layout)
		}
		if strings.Contains(layout, "MST") {
			return errors.New("dateLayouts: a zone by its letters (MST) says no offset; Z07:00 reads +08:00")
		}
	}
	if f.Encoding == "" {
		return nil
	}
	charset, err := htmlindex.Get(f.Encoding)
	if err != nil {
		return fmt.Errorf("encoding %q is not known", f.Encoding)
	}
	if name, err := htmlindex.Name(charset); err != nil || name != "utf-8" {
		f.charset = charset
	}
	return nil
}

// day is the day that a cell names: of a timestamp with an offset the day that it then was at the
// place of the installation, else the day as it is written.
func (f *form) day(s string) (string, error) {
	for _, layout := range f.DateLayouts {
		if t, err := time.ParseInLocation(layout, s, calendar.Shanghai()); err == nil {
			return calendar.DayOf(t, calendar.Shanghai()).String(), nil
		}
	}
	return "", fmt.Errorf("%q is no day in the layout %s", s, strings.Join(f.DateLayouts, " or "))
}
