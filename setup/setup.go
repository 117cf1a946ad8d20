// Package setup brings a register to what one file says: authorities, operators, officers, cards, keys and
// holiday tables. It asks the API within the process, so a line of the file is taken or refused by the same
// rules as a PUT; and all of it is one transaction, so a file holds as a whole or not at all.
package setup

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"

	"duban/access"
	"duban/api"
	"duban/docket"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
)

// Job is a file to be brought into a register.
type Job struct {
	Register *register.Register
	File     string // its name; files that it names are found from its folder
	Text     []byte
	By       string // who does it, for the holiday tables
	DryRun   bool   // all is tried and nothing kept; no file is written
	Logger   *slog.Logger
}

// What became of a thing, or in a dry run would.
const (
	Made    = "made"
	Changed = "changed"
	Left    = "left"    // it was so already
	Checked = "checked" // a regulation, which no register holds: programs read its file
)

// Thing is one thing that the file names.
type Thing struct {
	Kind   string `json:"kind"` // authority, operator, officer, card, key, holidays, regime
	ID     string `json:"id"`
	Did    string `json:"did"`
	File   string `json:"file,omitempty"`   // keys: where the secret is, if it was made now or by a run broken off
	Secret string `json:"secret,omitempty"` // keys without a file, made now: shown this once
	Note   string `json:"note,omitempty"`   // keys: revoked or expired
}

// errUndone ends the transaction of what must leave nothing behind.
var errUndone = errors.New("undone")

// caller is who the command line is for the rules: whoever holds the register's own secret.
var caller = access.Who{Kind: access.Admin, ID: "command line"}

// Run does the job. With problems nothing was changed; they are those of the file and of the files that it
// names. An error is of the register or a disk; run again, a job goes on where it was broken off.
func (j Job) Run(ctx context.Context) ([]Thing, []regimes.Problem, error) {
	tree, faults := regimes.ReadTree(j.File, j.Text)
	if len(faults) > 0 {
		return nil, faults, nil
	}
	library, err := regimes.Load()
	if err != nil {
		return nil, nil, err
	}
	days, err := regimes.Calendar()
	if err != nil {
		return nil, nil, err
	}
	var r *run
	err = j.Register.Whole(ctx, func(within *register.Register) error {
		files := docket.New(within, days)
		o := office.New(office.Options{Register: within, Docket: files, Regulations: jurisdiction.NewRegulations(library), Logger: j.Logger})
		door, err := api.New(api.Options{Office: o, Docket: files, Logger: j.Logger})
		if err != nil {
			return err
		}
		r = &run{Job: j, Tree: tree, office: o, door: api.As(caller, door)}
		if err := r.all(ctx); err != nil {
			return err
		}
		if j.DryRun || len(r.problems) > 0 {
			if !j.DryRun {
				return errors.Join(errUndone, r.discard())
			}
			return errUndone
		}
		return nil
	})
	if err != nil && !errors.Is(err, errUndone) {
		return nil, nil, err
	}
	if len(r.problems) > 0 { // what could not be discarded opens nothing
		return nil, r.problems, nil
	}
	if j.DryRun {
		return r.things, nil, nil
	}
	return r.things, nil, r.publish()
}

// put is a kind of thing that a PUT takes.
type put struct{ field, kind, id, path string }

var puts = []put{
	{"authorities", "authority", "id", "/v1/authorities/"},
	{"operators", "operator", "id", "/v1/operators/"},
	{"officers", "officer", "id", "/v1/officers/"},
	{"cards", "card", "number", "/v1/cards/"},
}

// fields are those of the file, in the order in which they are seen to: each stands on those before it.
var fields = []string{"authorities", "operators", "officers", "cards", "keys", "holidays", "regimes"}

// all goes through the file.
func (r *run) all(ctx context.Context) error {
	top, ok := r.Value.(map[string]any)
	if !ok {
		r.fault(casefile.Text{Zh: "文件须由以下部分组成：" + strings.Join(fields, "、") + "。", En: "the file must consist of the parts " + strings.Join(fields, ", ")})
		return nil
	}
	for name := range top {
		if !slices.Contains(fields, name) {
			r.problems = append(r.problems, r.KeyProblem(casefile.Text{
				Zh: "没有这个部分；可用的有：" + strings.Join(fields, "、") + "。", En: "there is no such part; those that there are: " + strings.Join(fields, ", "),
			}, name))
		}
	}
	for _, p := range puts {
		if err := r.putAll(ctx, p); err != nil {
			return err
		}
	}
	for _, step := range []func(context.Context) error{r.keys, r.holidays, r.regimes} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	slices.SortStableFunc(r.problems, func(a, b regimes.Problem) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	})
	return nil
}

// beside is the path of a file that the file names.
func (r *run) beside(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(r.File), name)
}
