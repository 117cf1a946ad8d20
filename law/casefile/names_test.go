package casefile_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"duban/law/casefile"
)

// read type-checks the sources of the law.
func read(t *testing.T) (files []*ast.File, set *token.FileSet, pkg *types.Package, info *types.Info) {
	t.Helper()
	listed, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(listed)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	set = token.NewFileSet()
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if !strings.HasSuffix(n.Name(), ".go") || strings.HasSuffix(n.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, n.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{}}
	from := importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	pkg, err = (&types.Config{Importer: from}).Check("duban/law/casefile", set, files, info)
	if err != nil {
		t.Fatal(err)
	}
	return files, set, pkg, info
}

// nameOf is the name of a type of the law; empty for any other.
func nameOf(at types.Type) string {
	if n, ok := at.(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Name() == "casefile" {
		return n.Obj().Name()
	}
	return ""
}

func quoted(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// Every name of a deadline, reason of clearing, reader and document that the law writes is one that
// there is: a typo would arm nothing, clear nothing or reach nobody, in silence.
func TestEveryNameIsOne(t *testing.T) {
	files, set, pkg, info := read(t)
	known := map[string]map[string]bool{"clock": {}, "why": {}, "reader": {}, "document": {}}
	for _, d := range casefile.Deadlines() {
		known["clock"][d.Name] = true
	}
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && known[nameOf(c.Type())] != nil {
			value, err := strconv.Unquote(c.Val().ExactString())
			if err != nil {
				t.Fatal(err)
			}
			known[nameOf(c.Type())][value] = true
		}
	}
	sent := map[*ast.BasicLit]bool{} // documents that a notice is made of, for which dispatch has the letter
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "notice" {
				if doc, ok := quoted(call.Args[0]); ok {
					known["document"][doc] = true
					sent[call.Args[0].(*ast.BasicLit)] = true
				}
			}
			return true
		})
	}
	found := map[string]int{}
	for e, at := range info.Types {
		value, ok := quoted(e)
		of := nameOf(at.Type)
		if !ok || known[of] == nil || value == "" {
			continue
		}
		found[of]++
		if !known[of][value] {
			t.Errorf("%s: there is no %s %q", set.Position(e.Pos()), of, value)
		}
	}
	if found["clock"] < 150 || found["why"] < 100 || found["reader"] < 80 || found["document"] <= len(sent) {
		t.Errorf("this test reads only %v", found)
	}
}

// A stored name is compared by its type (is, late, armed), so that the test above reads it.
func TestStoredNamesAreComparedByType(t *testing.T) {
	files, set, _, info := read(t)
	stored := map[string]bool{"Deadline.Name": true, "Lapsed.Name": true, "Cleared.Name": true, "Cleared.Why": true, "Notice.To": true, "Notice.Document": true}
	field := func(e ast.Expr) string {
		s, ok := e.(*ast.SelectorExpr)
		if !ok || info.Selections[s] == nil {
			return ""
		}
		of := info.Selections[s].Recv()
		if p, ok := of.(*types.Pointer); ok {
			of = p.Elem()
		}
		return nameOf(of) + "." + s.Sel.Name
	}
	bare := func(at ast.Node, f string) {
		if stored[f] {
			t.Errorf("%s: %s meets a bare string", set.Position(at.Pos()), f)
		}
	}
	isBare := func(e ast.Expr) bool { _, ok := quoted(e); return ok }
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if isBare(n.X) || isBare(n.Y) {
					bare(n, field(n.X))
					bare(n, field(n.Y))
				}
			case *ast.SwitchStmt:
				if n.Tag != nil {
					bare(n, field(n.Tag))
				}
			case *ast.AssignStmt:
				for i := range n.Lhs {
					if len(n.Rhs) == len(n.Lhs) && isBare(n.Rhs[i]) {
						bare(n, field(n.Lhs[i]))
					}
				}
			case *ast.CompositeLit:
				of := nameOf(info.Types[n].Type)
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok && isBare(kv.Value) {
						if key, ok := kv.Key.(*ast.Ident); ok {
							bare(kv, of+"."+key.Name)
						}
					}
				}
			}
			return true
		})
	}
}
