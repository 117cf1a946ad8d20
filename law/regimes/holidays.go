package regimes

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"duban/law/calendar"
)

//go:embed holidays/*.yaml
var holidays embed.FS

// Calendar returns the days of the mainland by the built-in yearly notices of the State Council.
// A year whose notice is not published yet makes deadlines that reach it provisional.
func Calendar() (*calendar.Calendar, error) {
	names, err := fs.Glob(holidays, "holidays/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the holiday tables: %w", err)
	}
	var tables []calendar.Table
	for _, name := range names {
		text, err := holidays.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the holiday table %s: %w", name, err)
		}
		table, err := ReadTable(name, text)
		if err != nil {
			return nil, fmt.Errorf("read the holiday tables: %w", err)
		}
		if want := fmt.Sprintf("%d.yaml", table.Year); path.Base(name) != want {
			return nil, fmt.Errorf("the holiday table %s is of another year: %d", name, table.Year)
		}
		tables = append(tables, table)
	}
	return calendar.New(calendar.Shanghai(), tables...)
}

// ReadTable reads one yearly holiday table. An unknown field, a key given twice, another place than
// CN, a day that does not exist, or days without the notice they come from is an error; what New
// refuses is one too. The error is a Problems.
func ReadTable(file string, text []byte) (calendar.Table, error) {
	all := single(file, text)
	s := all[0]
	var t calendar.Table
	if s.tree != nil {
		t = s.table()
	}
	if len(faults(all)) == 0 {
		if _, err := calendar.New(calendar.Shanghai(), t); err != nil {
			s.report([]string{"off"}, "no table of holidays: %v", err)
		}
	}
	return t, faults(all).err()
}

// table reads what ReadTable says, noting every fault at its place.
func (s *source) table() (t calendar.Table) {
	top := s.fields(s.tree, nil, "year", "place", "announced", "notice", "off", "work")
	if n, ok := top["year"].(json.Number); ok {
		year, err := strconv.Atoi(n.String())
		if err != nil || year < 1949 || year > 9999 {
			s.report([]string{"year"}, "%s is no year", n)
		}
		t.Year = year
	} else {
		s.report([]string{"year"}, "year must be given, as a number")
	}
	if top["place"] != "CN" {
		s.report([]string{"place"}, "the place must be CN")
	}
	announced, said := top["announced"].(bool)
	if !said {
		s.report([]string{"announced"}, "announced must be true or false")
	}
	t.Announced = announced
	for i, v := range s.list(top, "notice") {
		address, _ := v.(string)
		if _, named := v.(map[string]any); named {
			at := []string{"notice", strconv.Itoa(i)}
			notice := s.fields(v, at, "title", "address")
			address, _ = notice["address"].(string)
			title, _ := notice["title"].(string)
			if title == "" {
				s.report(at, "a notice has an address and a title, or is its address alone")
			}
			if t.Titles == nil {
				t.Titles = map[string]string{}
			}
			t.Titles[address] = title
		}
		if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
			s.report([]string{"notice", strconv.Itoa(i)}, "%q is no address of a notice", address)
		}
		t.Notice = append(t.Notice, address)
	}
	if announced && len(t.Notice) == 0 {
		s.report([]string{"notice"}, "announced, but the notice is not named")
	}
	for i, v := range s.list(top, "off") {
		path := []string{"off", strconv.Itoa(i)}
		run := s.fields(v, path, "name", "from", "to")
		name, _ := run["name"].(string)
		t.Off = append(t.Off, calendar.Holiday{Name: name, From: s.day(run["from"], child(path, "from")), To: s.day(run["to"], child(path, "to"))})
	}
	for i, v := range s.list(top, "work") {
		t.Work = append(t.Work, s.day(v, []string{"work", strconv.Itoa(i)}))
	}
	return t
}

// fields is a mapping with no other keys than those.
func (s *source) fields(v any, path []string, names ...string) map[string]any {
	m, ok := v.(map[string]any)
	if !ok {
		s.report(path, "must have the fields %s", strings.Join(names, ", "))
	}
	for name := range m {
		if !slices.Contains(names, name) {
			s.reportKey(child(path, name), "unknown field %q", name)
		}
	}
	return m
}

func (s *source) list(top map[string]any, name string) []any {
	v, given := top[name]
	list, ok := v.([]any)
	if given && v != nil && !ok {
		s.report([]string{name}, "%s must be a list", name)
	}
	return list
}

func (s *source) day(v any, path []string) calendar.Day {
	text, _ := v.(string)
	day, err := calendar.ParseDay(text)
	if err != nil {
		s.report(path, "%q is no day, such as 2026-01-04", text)
	}
	return day
}
