package docket

import "duban/law/casefile"

// states and deadlines name what the tables of the law know, ready to be looked up.
var states, deadlines = func() (map[casefile.Kind]map[casefile.State]casefile.Row, map[string]casefile.Text) {
	rows, terms := map[casefile.Kind]map[casefile.State]casefile.Row{}, map[string]casefile.Text{}
	for _, k := range casefile.Kinds() {
		rows[k] = map[casefile.State]casefile.Row{}
		for _, row := range casefile.Rows(k) {
			rows[k][row.State] = row
		}
	}
	for _, d := range casefile.Deadlines() {
		terms[d.Name] = d.Title
	}
	return rows, terms
}()

// StateOf is a state's row: its title, whose turn it is, what it allows.
func StateOf(k casefile.Kind, s casefile.State) casefile.Row { return states[k][s] }

// DeadlineTitle names a deadline of the catalogue.
func DeadlineTitle(name string) casefile.Text { return deadlines[name] }

// ourPapers are those whose sender is the installation itself.
var ourPapers = map[string]casefile.Text{
	"recalendar": {Zh: "按新日历重算期限", En: "deadlines recomputed by a new calendar"},
	"relink":     {Zh: "关联补录的原检查", En: "linked to the inspection that it follows"},
	"repin":      {Zh: "改用更正后的法规文本", En: "pinned to the mended regime"},
}

// moveTitle names a move.
func moveTitle(k casefile.Kind, class casefile.Class, name string) casefile.Text {
	if class == casefile.Lapse {
		d := deadlines[name]
		return casefile.Text{Zh: "期限届满：" + d.Zh, En: "term over: " + d.En}
	}
	if spec, ok := casefile.SpecOf(k, name); ok && class != casefile.Installation {
		return spec.Title
	}
	return ourPapers[name]
}
