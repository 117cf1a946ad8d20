package command

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
)

func (s *session) calendar() *cobra.Command {
	return s.group("calendar", "Holiday tables: load and show them", s.calendarLoad(), s.calendarShow())
}

func (s *session) calendarShow() *cobra.Command {
	c := &cobra.Command{
		Use:   "show [YEAR]",
		Short: "Print the holiday table that a year goes by; without a year, list them",
		Long: `Print the holiday table that a year goes by, and every table of that year that ever came: those
of the programs, and those that were loaded. Without a year, list the tables that hold. Where no
register is named and none is here, they are the tables that are built into this program.`,
		Example: `  duban calendar show
  duban calendar show 2026 --lang zh`,
		Args: cobra.MaximumNArgs(1),
	}
	databaseFlags(c)
	jsonFlag(c)
	langFlag(c)
	ofRegister := s.on(needs{}, func(ctx context.Context, c *cobra.Command, args []string, on stores) error {
		tables, err := tablesOf(ctx, on.register)
		if err != nil {
			return err
		}
		return s.showTables(c, args, tables)
	})
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		settings, err := s.config(c)
		if err != nil {
			return err
		}
		if !settings.bare() {
			return ofRegister(c, args)
		}
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		tables, err := builtInTables()
		if err != nil {
			return err
		}
		s.tell("%s", inLang(lang, "此处没有登记册，以下为程序内置的节假日表；登记册的表以 --database 指明后查看",
			"there is no register here: these are the tables built into this program; name a register with --database to see its own"))
		return s.showTables(c, args, tables)
	})
	return c
}

// showTables prints the tables of the year that args names, or lists those that hold.
func (s *session) showTables(c *cobra.Command, args []string, tables []tableJSON) error {
	lang, err := s.lang(c)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return s.listTables(tables, asJSON(c))
	}
	year, err := strconv.Atoi(args[0])
	if err != nil {
		return usage("%q is no year", args[0])
	}
	var ofYear []tableJSON
	for _, t := range tables {
		if t.Year == year {
			ofYear = append(ofYear, t)
		}
	}
	if len(ofYear) == 0 {
		return fmt.Errorf("there is no holiday table of %d", year)
	}
	if asJSON(c) {
		return s.printJSON(ofYear)
	}
	return s.printTables(ofYear, lang)
}

// tableJSON is a holiday table for machines, with where it came from.
type tableJSON struct {
	calendar.Table
	Holds   bool      `json:"holds"`             // its year goes by it
	Edition int64     `json:"edition,omitempty"` // 0: built in, and not in the register yet
	BuiltIn bool      `json:"builtIn"`
	By      string    `json:"by,omitempty"`
	At      time.Time `json:"at,omitzero"`
	Hash    string    `json:"hash,omitempty"`
}

// tablesOf lists the built-in tables that no program has brought yet, then those of the register.
func tablesOf(ctx context.Context, r *register.Register) ([]tableJSON, error) {
	builtIn, err := builtInTables()
	if err != nil {
		return nil, err
	}
	stored, err := r.HolidayTables(ctx)
	if err != nil {
		return nil, err
	}
	known := map[int]bool{}
	var out []tableJSON
	for _, t := range stored {
		known[t.Year] = true
		out = append(out, tableJSON{Table: t.Table, Holds: t.Holds, Edition: t.Edition, BuiltIn: t.BuiltIn, By: t.By, At: t.At, Hash: t.Hash})
	}
	builtIn = slices.DeleteFunc(builtIn, func(t tableJSON) bool { return known[t.Year] })
	return append(builtIn, out...), nil
}

func builtInTables() (out []tableJSON, err error) {
	all, err := regimes.Calendar()
	if err != nil {
		return nil, err
	}
	for _, t := range all.Tables() {
		out = append(out, tableJSON{Table: t, Holds: true, BuiltIn: true})
	}
	return out, nil
}

func (s *session) listTables(tables []tableJSON, machine bool) error {
	byYear := []tableJSON{}
	for _, t := range tables {
		if t.Holds {
			byYear = append(byYear, t)
		}
	}
	slices.SortFunc(byYear, func(a, b tableJSON) int { return a.Year - b.Year })
	if machine {
		return s.printJSON(byYear)
	}
	var rows [][]string
	for _, t := range byYear {
		off := 0
		for _, h := range t.Off {
			off += h.To.Sub(h.From) + 1
		}
		announced := "no"
		if t.Announced {
			announced = "yes"
		}
		rows = append(rows, []string{strconv.Itoa(t.Year), announced, strconv.Itoa(off), strconv.Itoa(len(t.Work)), t.origin(), t.when()})
	}
	return s.printTable([]string{"YEAR", "ANNOUNCED", "OFF", "MAKE-UP", "FROM", "SINCE"}, rows)
}

func (t tableJSON) origin() string {
	if t.BuiltIn {
		return "built-in"
	}
	return t.By
}

func (t tableJSON) when() string {
	if t.At.IsZero() {
		return ""
	}
	return t.At.Format(time.RFC3339)
}

func (s *session) printTables(ofYear []tableJSON, lang string) error {
	words := func(zh, en string) string { return casefile.Text{Zh: zh, En: en}.In(lang) }
	for _, t := range ofYear {
		if !t.Holds {
			continue
		}
		if !t.Announced {
			if err := s.say("%d: %s", t.Year, words("尚未公布", "not announced yet")); err != nil {
				return err
			}
		}
		for _, address := range t.Notice {
			if err := s.say("%s %s", words("依据", "by"), strings.TrimSpace(t.Titles[address]+" "+address)); err != nil {
				return err
			}
		}
		var rows [][]string
		for _, h := range t.Off {
			rows = append(rows, []string{h.From.String(), h.To.String(), words("休息", "off"), h.Name})
		}
		for _, d := range t.Work {
			rows = append(rows, []string{d.String(), d.String(), words("上班", "works"), ""})
		}
		if err := s.printTable([]string{words("自", "FROM"), words("至", "TO"), "", words("节日", "NAME")}, rows); err != nil {
			return err
		}
	}
	var rows [][]string
	for _, t := range ofYear {
		mark := ""
		if t.Holds {
			mark = words("现行", "holds")
		}
		rows = append(rows, []string{strconv.FormatInt(t.Edition, 10), t.origin(), t.when(), t.Hash, mark})
	}
	if err := s.say(""); err != nil {
		return err
	}
	return s.printTable([]string{words("版本", "EDITION"), words("来源", "FROM"), words("时间", "SINCE"), "SHA-256", ""}, rows)
}
