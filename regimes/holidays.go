package regimes

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/goccy/go-yaml"

	"duban/calendar"
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
		table, err := ParseTable(text)
		if err != nil {
			return nil, fmt.Errorf("read the holiday table %s: %w", name, err)
		}
		if want := fmt.Sprintf("%d.yaml", table.Year); path.Base(name) != want {
			return nil, fmt.Errorf("the holiday table %s is of another year: %d", name, table.Year)
		}
		tables = append(tables, table)
	}
	return calendar.New(calendar.Shanghai(), tables...)
}

// yearly is a holiday table as its file has it.
type yearly struct {
	Year      int      `yaml:"year"`
	Place     string   `yaml:"place"`
	Announced *bool    `yaml:"announced"`
	Notice    []string `yaml:"notice"`
	Off       []struct {
		Name string       `yaml:"name"`
		From calendar.Day `yaml:"from"`
		To   calendar.Day `yaml:"to"`
	} `yaml:"off"`
	Work []calendar.Day `yaml:"work"`
}

// ParseTable reads one yearly holiday table. An unknown field, a key given twice, another place
// than CN, or days without the notice they come from is an error.
func ParseTable(text []byte) (calendar.Table, error) {
	var y yearly
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&y); err != nil {
		return calendar.Table{}, err
	}
	switch {
	case y.Year == 0 || y.Announced == nil:
		return calendar.Table{}, errors.New("year and announced must be given")
	case y.Place != "CN":
		return calendar.Table{}, fmt.Errorf("the place is %q, not CN", y.Place)
	case *y.Announced && len(y.Notice) == 0:
		return calendar.Table{}, errors.New("announced, but the notice is not named")
	}
	for _, address := range y.Notice {
		if !strings.HasPrefix(address, "http") {
			return calendar.Table{}, fmt.Errorf("%q is no address of a notice", address)
		}
	}
	table := calendar.Table{Year: y.Year, Notice: y.Notice, Announced: *y.Announced, Work: y.Work}
	for _, off := range y.Off {
		table.Off = append(table.Off, calendar.Holiday{Name: off.Name, From: off.From, To: off.To})
	}
	return table, nil
}
