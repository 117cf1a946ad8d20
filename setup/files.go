package setup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"

	"duban/access"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/office"
)

// named are the files that a part of the file names; what can't be read is noted at its line.
func (r *run) named(part string) map[string][]byte {
	top, _ := r.Value.(map[string]any)
	list, ok := top[part].([]any)
	if !ok && top[part] != nil {
		r.fault(casefile.Text{Zh: "此处须为文件路径的列表。", En: "this must be a list of paths"}, part)
	}
	out := map[string][]byte{}
	for i, v := range list {
		path := []string{part, strconv.Itoa(i)}
		name, isText := v.(string)
		if !isText || name == "" {
			r.fault(casefile.Text{Zh: "此处须为文件路径。", En: "this must be the path of a file"}, path...)
			continue
		}
		name = r.beside(name)
		text, err := os.ReadFile(name)
		if err != nil {
			r.fault(casefile.Text{Zh: "无法读取该文件：" + err.Error(), En: "the file can't be read: " + err.Error()}, path...)
			continue
		}
		out[name] = text
	}
	return out
}

// holidays makes each table that of its year. What running deadlines it moves, `duban calendar load --dry-run`
// tells.
func (r *run) holidays(ctx context.Context) error {
	files := r.named("holidays")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		at := func(zh, en string) {
			r.problems = append(r.problems, regimes.Problem{File: name, Line: 1, Column: 1, Message: en, Zh: zh})
		}
		table, err := regimes.ReadTable(name, files[name])
		var faults regimes.Problems
		switch {
		case errors.As(err, &faults):
			r.problems = append(r.problems, faults...)
			continue
		case err != nil:
			return err
		case !table.Announced:
			at("尚未公布的节假日表没有可载入的内容。", "a table that is not announced has nothing to load")
			continue
		}
		changed, err := r.office.LoadCalendar(ctx, access.Who{Kind: access.Admin, ID: r.By}, table)
		if errors.Is(err, office.ErrCalendar) {
			at(fmt.Sprintf("%d年的节假日表与相邻年份的表不一致。", table.Year), err.Error())
			continue
		}
		if err != nil {
			return err
		}
		did := Left
		if changed {
			did = Made
		}
		r.things = append(r.things, Thing{Kind: "holidays", ID: strconv.Itoa(table.Year), Did: did})
	}
	return nil
}

// regimes checks the regulations that the programs will read; the register holds none until a case is pinned
// to one.
func (r *run) regimes(context.Context) error {
	files := r.named("regimes")
	if len(files) == 0 {
		return nil
	}
	r.problems = append(r.problems, regimes.Check(files)...)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		r.things = append(r.things, Thing{Kind: "regime", ID: name, Did: Checked})
	}
	return nil
}
