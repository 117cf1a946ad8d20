package setup

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"duban/law/casefile"
	"duban/law/regimes"
	"duban/office"
)

// run is one attempt at a job.
type run struct {
	Job
	*regimes.Tree
	office *office.Office
	door   http.Handler

	things   []Thing
	problems []regimes.Problem
	secrets  []secret
}

// fault notes what is wrong with the value at a path.
func (r *run) fault(says casefile.Text, path ...string) {
	r.problems = append(r.problems, r.Problem(says, path...))
}

// item is one element of a part of the file.
type item struct {
	fields map[string]any
	id     string
	path   []string // to the element
}

// items are the elements of a part that have an id of their own; what is wrong with the others is noted.
func (r *run) items(part, id string) (out []item) {
	top, _ := r.Value.(map[string]any)
	list, ok := top[part].([]any)
	if !ok {
		if top[part] != nil {
			r.fault(casefile.Text{Zh: "此处须为列表。", En: "this must be a list"}, part)
		}
		return nil
	}
	seen := map[string]int{}
	for i, v := range list {
		path := []string{part, strconv.Itoa(i)}
		fields, ok := v.(map[string]any)
		name, isText := fields[id].(string)
		switch {
		case !ok:
			r.fault(casefile.Text{Zh: "列表的每一项须有" + id + "及其他字段。", En: "each element of the list must have " + id + " and other fields"}, path...)
		case !isText || name == "":
			r.fault(casefile.Text{Zh: "缺少" + id + "，它须为文字（数字请加引号）。", En: id + " is missing, or no text (a number needs quotes)"}, append(path, id)...)
		case seen[name] > 0:
			r.fault(casefile.Text{Zh: fmt.Sprintf("该%s在第%d行已有。", id, seen[name]), En: fmt.Sprintf("this %s stands on line %d already", id, seen[name])}, append(path, id)...)
		default:
			seen[name] = r.Line(append(path, id)...)
			out = append(out, item{fields: fields, id: name, path: path})
		}
	}
	return out
}

// putAll puts the things of a kind, those first that others stand under.
func (r *run) putAll(ctx context.Context, p put) error {
	for _, it := range parentsFirst(r.items(p.field, p.id)) {
		at := p.path + url.PathEscape(it.id)
		before, err := r.ask(ctx, http.MethodGet, at, nil, "", "en")
		if err != nil {
			return err
		}
		after, err := r.ask(ctx, http.MethodPut, at, it.fields, "", "en")
		if err != nil {
			return err
		}
		if after.status != http.StatusOK {
			if err := r.refused(ctx, it, request{http.MethodPut, at, it.fields, ""}, after); err != nil {
				return err
			}
			continue
		}
		did := Changed
		switch {
		case before.status == http.StatusNotFound:
			did = Made
		case bytes.Equal(before.body.Bytes(), after.body.Bytes()):
			did = Left
		}
		r.things = append(r.things, Thing{Kind: p.kind, ID: it.id, Did: did})
	}
	return nil
}

// parentsFirst orders what names a parent behind it; where parents run in a circle the file's order stays, and
// the register says so.
func parentsFirst(all []item) (out []item) {
	left := slices.Clone(all)
	for len(left) > 0 {
		waits := func(it item) bool {
			return slices.ContainsFunc(left, func(o item) bool { return o.id == it.fields["parent"] && o.id != it.id })
		}
		i := max(0, slices.IndexFunc(left, func(it item) bool { return !waits(it) }))
		out = append(out, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return out
}
