package setup_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/register"
	"duban/setup"
)

// bureau is a file of every part that a folder of its own can have.
const bureau = `authorities:
  - {id: sea-north, parent: sea, level: province, domain: telecom, code: BH, name: {zh: 北海局, en: Northsea}}
  - {id: sea, level: ministry, domain: telecom, code: HB, name: {zh: 海部, en: Ministry of the Sea}}
operators:
  - {id: gull, name: 海鸥移动, types: [telecom-operator], province: sea-north}
officers:
  - {id: lin, authority: sea-north, role: officer, name: 林海}
cards:
  - {number: BH-1, officer: lin, kind: enforcement, from: 2026-01-01, until: 2028-12-31}
keys:
  - {name: lin, kind: officer, owner: lin, file: lin.key}
  - {name: anna, kind: admin, owner: anna}
holidays: [2027.yaml]
`

const holidays = `year: 2027
place: CN
announced: true
notice:
  - {title: 通知, address: "https://www.gov.cn/2027"}
off: [{name: 元旦, from: 2027-01-01, to: 2027-01-03}]
work: []
`

// try is a register and a folder, and a job on them for each text of the file.
type try struct {
	*testing.T
	register *register.Register
	folder   string
}

func open(t *testing.T) *try {
	t.Helper()
	folder := t.TempDir()
	r, err := register.Open(t.Context(), register.Config{URL: "sqlite:" + filepath.Join(folder, "register.db"), Secret: []byte("a secret for tests only")})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	require.NoError(t, r.Migrate(t.Context()))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "2027.yaml"), []byte(holidays), 0o600))
	return &try{T: t, register: r, folder: folder}
}

func (h *try) job(text string, dry bool) setup.Job {
	return setup.Job{Register: h.register, File: filepath.Join(h.folder, "bureau.yaml"), Text: []byte(text), By: "anna", DryRun: dry}
}

// run is what became of each thing of the file.
func (h *try) run(text string, dry bool) map[string]string {
	h.Helper()
	things, problems, err := h.job(text, dry).Run(h.Context())
	require.NoError(h, err)
	require.Empty(h, problems)
	did := map[string]string{}
	for _, x := range things {
		did[x.Kind+" "+x.ID] = x.Did
	}
	return did
}

// nothing holds that the register and the folder are as they were.
func (h *try) nothing() {
	h.Helper()
	tree, err := h.register.Tree(h.Context())
	require.NoError(h, err)
	require.Empty(h, tree.All())
	keys, err := h.register.Keys(h.Context(), "", 0)
	require.NoError(h, err)
	require.Empty(h, keys)
	tables, err := h.register.HolidayTables(h.Context())
	require.NoError(h, err)
	require.Empty(h, tables)
	secrets, err := filepath.Glob(filepath.Join(h.folder, "*.key*"))
	require.NoError(h, err)
	require.Empty(h, secrets)
}

func all(did string) map[string]string {
	out := map[string]string{}
	for _, x := range []string{"authority sea", "authority sea-north", "operator gull", "officer lin", "card BH-1", "key lin", "key anna", "holidays 2027"} {
		out[x] = did
	}
	return out
}

// A dry run tells what the run then does, and leaves nothing behind; the same file again changes nothing.
func TestDryRunThenOnceThenAgain(t *testing.T) {
	h := open(t)
	require.Equal(t, all(setup.Made), h.run(bureau, true))
	h.nothing()
	require.Equal(t, all(setup.Made), h.run(bureau, false))
	secret, err := os.ReadFile(filepath.Join(h.folder, "lin.key"))
	require.NoError(t, err)
	require.Equal(t, all(setup.Left), h.run(bureau, false))
	again, err := os.ReadFile(filepath.Join(h.folder, "lin.key"))
	require.NoError(t, err)
	require.Equal(t, secret, again)
	tables, err := h.register.HolidayTables(t.Context())
	require.NoError(t, err)
	require.Len(t, tables, 1)
	require.Equal(t, "anna", tables[0].By)
}

// A key without a file shows its secret once, and only where it was made.
func TestAKeyWithoutAFileIsShownOnce(t *testing.T) {
	h := open(t)
	shown := func(dry bool) (secrets int) {
		things, _, err := h.job(bureau, dry).Run(t.Context())
		require.NoError(t, err)
		for _, x := range things {
			if x.Secret != "" {
				secrets++
			}
		}
		return secrets
	}
	require.Equal(t, []int{0, 1, 0}, []int{shown(true), shown(false), shown(false)})
}

// One line that is wrong keeps all others out; it is told with line, column and both languages, in the dry run
// as in the run.
func TestAWrongLineKeepsAllOut(t *testing.T) {
	h := open(t)
	wrong := bureau + "colour: red\n"
	for text, at := range map[string][2]int{
		wrong:                            {14, 1},
		bureau[:len(bureau)-11] + "3]\n": {13, 12},
		"authorities:\n  - {id: a, level: town, domain: telecom, code: A, name: {zh: 甲, en: A}}\n": {2, 20},
		"operators: 7\n": {1, 12},
		"keys: [\n":      {1, 7},
	} {
		for _, dry := range []bool{true, false} {
			things, problems, err := h.job(text, dry).Run(t.Context())
			require.NoError(t, err)
			require.Nil(t, things)
			require.Len(t, problems, 1, text)
			p := problems[0]
			require.Equal(t, at, [2]int{p.Line, p.Column}, "%s: %s", text, p.Message)
			require.Equal(t, filepath.Join(h.folder, "bureau.yaml"), p.File)
			require.NotEmpty(t, p.Message)
			require.NotEmpty(t, p.Zh)
			h.nothing()
		}
	}
}
