package jurisdiction_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"duban/law/jurisdiction"
)

// Who is above whom is found by climbing from superior to superior, which the tree only does faster.
func TestOverIsClimbing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "authorities")
		all := make([]jurisdiction.Authority, n)
		parent := map[string]string{}
		for i := range all {
			id := fmt.Sprint("a", i)
			all[i].ID = id
			if i > 0 {
				all[i].Parent = rapid.SampledFrom([]string{"", "unknown", fmt.Sprint("a", rapid.IntRange(0, i-1).Draw(t, "parent"))}).Draw(t, "of")
			}
			parent[id] = all[i].Parent
		}
		tree := jurisdiction.NewTree(rapid.Permutation(all).Draw(t, "order"))
		for _, upper := range all {
			under := map[string]bool{}
			for _, id := range tree.Under(upper.ID) {
				under[id] = true
			}
			for _, lower := range all {
				climbed := lower.ID
				for climbed != upper.ID && climbed != "" {
					climbed = parent[climbed]
				}
				if tree.Over(upper.ID, lower.ID) != (climbed == upper.ID) || under[lower.ID] != (climbed == upper.ID) {
					t.Fatalf("%s over %s: climbing says %v", upper.ID, lower.ID, climbed == upper.ID)
				}
			}
		}
	})
}

// Superiors in a circle are a slip of an administrator: nobody gains a right by it.
func TestACircleGivesNoRights(t *testing.T) {
	tree := jurisdiction.NewTree([]jurisdiction.Authority{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}, {ID: "c"}, {ID: "d", Parent: "d"}})
	require.False(t, tree.Over("a", "b"))
	require.False(t, tree.Over("b", "a"))
	require.True(t, tree.Over("a", "a"))
	require.Equal(t, []string{"d"}, tree.Under("d"))
	require.False(t, tree.Over("a", "unknown"))
	require.True(t, tree.Over("unknown", "unknown"))
}

func TestWhoSupervises(t *testing.T) {
	tree := jurisdiction.NewTree([]jurisdiction.Authority{{ID: "m", Level: "ministry"}, {ID: "p", Parent: "m"}, {ID: "c", Parent: "p"}, {ID: "q", Parent: "m"}})
	for _, x := range []struct {
		authority, of string
		want          bool
	}{{"m", "c", true}, {"p", "c", true}, {"c", "p", false}, {"q", "c", false}, {"m", "", true}, {"p", "", false}, {"p", "elsewhere", false}} {
		require.Equal(t, x.want, tree.Supervises(x.authority, x.of), "%v", x)
	}
	require.True(t, tree.Whole("m"))
	require.False(t, tree.Whole("p"))
}

func BenchmarkOver(b *testing.B) {
	all := []jurisdiction.Authority{{ID: "m"}}
	for p := range 31 {
		province := fmt.Sprint("p", p)
		all = append(all, jurisdiction.Authority{ID: province, Parent: "m"})
		for c := range 12 {
			all = append(all, jurisdiction.Authority{ID: fmt.Sprint(province, "-", c), Parent: province})
		}
	}
	tree := jurisdiction.NewTree(all)
	for b.Loop() {
		tree.Over("m", "p30-11")
	}
}
