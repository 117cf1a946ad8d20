package register

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Every piece of two characters or more of a subject finds the case, whatever the characters are.
func TestEveryPieceOfASubjectFindsIt(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		subjects := []string{"3月账单", "流量包2元", "套餐A变B", "C++套餐", "第①条", "Ⅳ期", "５Ｇ网络、资费（月租）", "Wi-Fi 7 / 宽带", "é́tude ﬁn ㍿", "한국어 로밍"}
		n := 0
		file := func(subject string) string {
			n++
			f := aComplaint(keys("s", n)[n-1])
			f.Subject, f.Operator = subject, ""
			got, err := r.File(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			return got.Case
		}
		ids := map[string]string{}
		for _, subject := range subjects {
			ids[subject] = file(subject)
		}
		finds := func(id, subject, piece string) {
			if fold(piece) == "" {
				return
			}
			f := CaseFilter{Text: piece, Limit: 200}
			for {
				page, err := r.Cases(t.Context(), f)
				if err != nil {
					t.Fatalf("%q of %q: %v", piece, subject, err)
				}
				for _, c := range page.Cases {
					if c.ID == id {
						return
					}
				}
				if f.Cursor = page.Next; page.Next == "" {
					t.Fatalf("%q does not find %q", piece, subject)
				}
			}
		}
		for subject, id := range ids {
			runes := []rune(subject)
			for i := range runes {
				for j := i + 2; j <= len(runes); j++ {
					finds(id, subject, string(runes[i:j]))
				}
			}
		}
	})
}

// Of any subject: what a piece of it is looked up by stands in the index of the subject, and the text
// holds the piece.
func TestAnyPieceIsIndexed(t *testing.T) {
	letters := []rune("宽带费2３aBcZ+-（①Ⅳ 　éé・°﹪ﬁ㍿한")
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.SampledFrom(letters), 2, 12).Draw(t, "subject")
		i := rapid.IntRange(0, len(runes)-2).Draw(t, "from")
		piece := string(runes[i:rapid.IntRange(i+2, len(runes)).Draw(t, "to")])
		sought := fold(string(runes))
		grams, beginnings, err := searchGrams(piece)
		if fold(piece) == "" {
			if err == nil {
				t.Fatalf("%q is searched for", piece)
			}
			return
		}
		if err != nil || !holds(sought, piece) {
			t.Fatalf("%q does not hold %q: %v", sought, piece, err)
		}
		index := gramsOf(sought)
		for _, g := range grams {
			if !slices.ContainsFunc(index, func(x string) bool { return x == g || beginnings && strings.HasPrefix(x, g) }) {
				t.Fatalf("%q is looked for by %q, which is not in %q", piece, g, index)
			}
		}
	})
}
