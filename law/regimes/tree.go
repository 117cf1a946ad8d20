package regimes

import "duban/law/casefile"

// Tree is the one document of a YAML file as plain values (objects, lists, texts, json.Number, bool, nil),
// each with its place: for what is no regulation and is read as strictly as one.
type Tree struct {
	Value  any
	source *source
}

// ReadTree reads a file that must hold one document, without anchors, aliases, tags and keys that stand twice.
func ReadTree(file string, text []byte) (*Tree, Problems) {
	all := single(file, text)
	return &Tree{Value: all[0].tree, source: all[0]}, faults(all)
}

// Problem is a fault of the value at a path, or of what is nearest around it.
func (t *Tree) Problem(says casefile.Text, path ...string) Problem {
	at, ok := t.source.values[pointer(path...)]
	if !ok {
		at = t.source.keyAt(path)
	}
	p := Problem{File: t.source.file, Message: says.En, Zh: says.Zh}
	if at != nil {
		p.Line, p.Column = at.Line, at.Column
	}
	return p
}

// KeyProblem is a fault of the key at the end of a path: it should not be there.
func (t *Tree) KeyProblem(says casefile.Text, path ...string) Problem {
	p := Problem{File: t.source.file, Message: says.En, Zh: says.Zh}
	if at := t.source.keyAt(path); at != nil {
		p.Line, p.Column = at.Line, at.Column
	}
	return p
}

// Line is the line on which the value at a path begins; 0 where there is none.
func (t *Tree) Line(path ...string) int {
	if at, ok := t.source.values[pointer(path...)]; ok {
		return at.Line
	}
	return 0
}
