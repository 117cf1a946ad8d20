package register

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm/schema"
)

func TestAnotherSchemaIsRefused(t *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := must(Open(t.Context(), Config{URL: fresh(t, name), Secret: secret}))(t)
			defer func() { ok(t, r.Close()) }()
			isErr(t, r.CheckSchema(t.Context()), ErrSchema)
			ok(t, r.Migrate(t.Context()))
			ok(t, r.Migrate(t.Context())) // twice is harmless
			ok(t, r.CheckSchema(t.Context()))
			ok(t, r.db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, ?)", true).Error)
			isErr(t, r.CheckSchema(t.Context()), ErrSchema)
			ok(t, r.db.Exec("DELETE FROM goose_db_version WHERE version_id > 0").Error)
			isErr(t, r.CheckSchema(t.Context()), ErrSchema)
		})
	}
}

// The rows of rows.go have every column of their tables, and no other, on both databases.
func TestRowsAgreeWithTheMigratedSchema(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		tables := map[string]bool{}
		for _, row := range []any{
			caseRow{},
			paperRow{},
			actRow{},
			entryRow{},
			deadlineRow{},
			outboxRow{},
			personRow{},
			partyRow{},
			violationDayRow{},
			gramRow{},
			cardRow{},
			substitutionRow{},
			pastDueRow{},
			personDigestRow{},
			regimeRow{},
			holidayRow{},
			numberRow{},
			authorityRow{},
			authorityEditionRow{},
			Operator{},
			Officer{},
			keyRow{},
			readLogRow{},
			secretRow{},
			planRow{},
			planEventRow{},
			occurrenceRow{},
			inspectionCountRow{},
			exemptionRow{},
			selfCheckRow{},
			alertRow{},
			drawSeedRow{},
			drawRow{},
			drawPublicationRow{},
			drawVisitRow{},
			ownStandardRow{},
			standardRow{},
			dutyRow{},
			dutyEventRow{},
			dutyReportRow{},
			dutyWatchRow{},
			outageRow{},
			publicationRow{},
			probeRow{},
		} {
			stmt := r.db.Model(row).Statement
			ok(t, stmt.Parse(row))
			var have, want []string
			for _, c := range columnsOf(t, r, stmt.Schema.Table) {
				have = append(have, c.Name)
				f := stmt.Schema.FieldsByDBName[c.Name]
				if f == nil {
					continue
				}
				if pointer := f.FieldType.Kind() == reflect.Pointer; c.Nullable != pointer && !f.PrimaryKey {
					t.Errorf("%s.%s: nullable is %t in the table, %t in the row", stmt.Schema.Table, c.Name, c.Nullable, pointer)
				}
				if (f.DataType == schema.Time) != strings.HasPrefix(c.Type, "timestamp") {
					t.Errorf("%s.%s: type %s in the table, %s in the row", stmt.Schema.Table, c.Name, c.Type, f.DataType)
				}
			}
			want = slices.Clone(stmt.Schema.DBNames)
			slices.Sort(have)
			slices.Sort(want)
			if !slices.Equal(have, want) {
				t.Errorf("%s: the table has %v, the row %v", stmt.Schema.Table, have, want)
			}
			tables[stmt.Schema.Table] = true
		}
		all := must(r.db.Migrator().GetTables())(t)
		for _, name := range all {
			if !tables[name] && !slices.Contains([]string{"clock", "moves", "goose_db_version", "sqlite_sequence"}, name) {
				t.Errorf("table %s has no row type", name)
			}
		}
	})
}

type column struct {
	Name, Type string
	Nullable   bool
}

func columnsOf(t *testing.T, r *Register, table string) []column {
	t.Helper()
	query := "SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?"
	if r.sqlite() {
		query = `SELECT name, type, NOT "notnull" AS nullable FROM pragma_table_info(?)`
	}
	var out []column
	ok(t, r.db.Raw(query, table).Scan(&out).Error)
	return out
}

func TestOpenRefusesWhatItCanNotUse(t *testing.T) {
	for _, c := range []Config{
		{URL: "sqlite:" + t.TempDir() + "/x.db", Secret: []byte("short")},
		{URL: "sqlite:", Secret: secret},
		{URL: "mysql://x", Secret: secret},
		{URL: "postgres://localhost/x", Secret: secret, Schema: `x"; DROP`},
		{URL: "sqlite:" + t.TempDir() + "/no/such/folder/x.db", Secret: secret},
	} {
		if r, err := Open(t.Context(), c); err == nil {
			t.Errorf("%s was opened", c.URL)
			ok(t, r.Close())
		}
	}
}
