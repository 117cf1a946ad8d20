package access

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"duban/law/casefile"
	"duban/law/jurisdiction"
)

// Every action of the program has its line in the table, and every line its action.
func TestTableAndActionsAgree(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "policy.go", nil, 0)
	require.NoError(t, err)
	named := map[Action]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Action" {
			text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			named[Action(text)] = true
		}
		return true
	})
	require.Greater(t, len(named), 20)
	for a := range named {
		require.Contains(t, table, a)
	}
	for a := range table {
		require.True(t, named[a], "%s stands in the table only", a)
	}
}

func TestTableIsReadStrictly(t *testing.T) {
	for _, wrong := range []string{
		"a - - - - - - -", "a - - - - - - - - -", "a - - - - - - - maybe", "a same - - - - - - -", "a - visible - - - - - -",
		"a - - - - - - - -\na - - - - - - - -",
	} {
		_, err := readTable(wrong)
		require.Error(t, err, wrong)
	}
}

var tree = jurisdiction.NewTree([]jurisdiction.Authority{{ID: "m"}, {ID: "p", Parent: "m"}, {ID: "c", Parent: "p"}, {ID: "q", Parent: "m"}})

func someone(t *rapid.T) Who {
	return Who{
		Kind:      rapid.SampledFrom([]Kind{Public, Receipt, Operator, Officer, Admin, Import, "unheard of"}).Draw(t, "kind"),
		ID:        rapid.SampledFrom([]string{"", "o1", "o2"}).Draw(t, "id"),
		Authority: rapid.SampledFrom([]string{"", "m", "p", "c", "q"}).Draw(t, "authority"),
		Role:      rapid.SampledFrom([]casefile.Role{"", casefile.RoleOfficer, casefile.RoleReviewer, casefile.RoleHead, "unheard of"}).Draw(t, "role"),
		Case:      rapid.SampledFrom([]string{"", "k1", "k2"}).Draw(t, "case"),
		Went:      rapid.SliceOf(rapid.SampledFrom([]string{"k1", "k2"})).Draw(t, "went"),
	}
}

// What a list is narrowed to is what May allows, thing by thing; and who may do it to something is not
// turned away before it is looked up.
func TestListsShowWhatMayAllows(t *testing.T) {
	var actions []Action
	for a := range table {
		actions = append(actions, a)
	}
	rapid.Check(t, func(t *rapid.T) {
		w, a := someone(t), rapid.SampledFrom(actions).Draw(t, "action")
		x := Thing{
			Case:      rapid.SampledFrom([]string{"k1", "k2"}).Draw(t, "of"),
			Authority: rapid.SampledFrom([]string{"m", "p", "c", "q"}).Draw(t, "carried by"),
			Operator:  rapid.SampledFrom([]string{"o1", "o2"}).Draw(t, "about"),
			Visible:   rapid.Bool().Draw(t, "visible"),
		}
		s, may := ScopeOf(w, a), May(tree, w, a, x)
		if may && Ever(w, a) != nil {
			t.Fatalf("%+v may %s, and is turned away", w, a)
		}
		if ids, bounded := s.Authorities(tree); bounded && may {
			found := false
			for _, id := range ids {
				found = found || id == x.Authority
			}
			if !found {
				t.Fatalf("%+v may %s to what %s carries, which its list leaves out", w, a, x.Authority)
			}
		}
	})
}

// A caller without what his rights hang on has none: an empty id, authority or case fits nothing.
func TestNobodyIsNobody(t *testing.T) {
	for a := range table {
		for _, w := range []Who{{Kind: Operator}, {Kind: Receipt}, {Kind: Officer, Role: casefile.RoleHead}, {Kind: Import}, {Kind: Officer, Authority: "m"}} {
			s := ScopeOf(w, a)
			require.True(t, s.Whole || s.Nothing(), "%+v %s", w, a)
		}
	}
}

// A receipt is for its case and for those to which that one was transferred, and for no other.
func TestReceiptFollowsItsComplaint(t *testing.T) {
	first, moved := Who{Kind: Receipt, Case: "k1"}, Who{Kind: Receipt, Case: "k1", Went: []string{"k2", "k3"}}
	for a := range table {
		if ScopeOf(first, a).Whole || ScopeOf(first, a).Nothing() {
			continue
		}
		for _, id := range []string{"k1", "k2", "k3", "k4"} {
			require.Equal(t, id == "k1", May(tree, first, a, Thing{Case: id}), "%s of %s", a, id)
			require.Equal(t, id != "k4", May(tree, moved, a, Thing{Case: id}), "%s of %s", a, id)
		}
	}
	require.True(t, ScopeOf(Who{Kind: Receipt, Went: []string{"k2"}}, ReadCase).Nothing())
}
