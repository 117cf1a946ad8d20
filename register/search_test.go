package register

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// Every piece of two characters or more of a subject finds the case, whatever the characters are.
func TestEveryPieceOfASubjectFindsIt(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		subjects := []string{"3月账单", "流量包2元", "套餐A变B", "C++套餐", "第①条", "Ⅳ期", "５Ｇ网络、资费（月租）", "Wi-Fi 7 / 宽带", "é́tude ﬁn ㍿", "한국어 로밍"}
		n := 0
		file := func(t rapid.TB, subject string) string {
			n++
			f := aComplaint(keys("s", n)[n-1])
			f.Subject, f.Operator = subject, ""
			got, err := r.File(context.Background(), f)
			if err != nil {
				t.Fatal(err)
			}
			return got.Case
		}
		ids := map[string]string{}
		for _, subject := range subjects {
			ids[subject] = file(t, subject)
		}
		finds := func(t rapid.TB, id, subject, piece string) {
			if fold(piece) == "" {
				return
			}
			f := CaseFilter{Text: piece, Limit: 200}
			for {
				page, err := r.Cases(context.Background(), f)
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
					finds(t, id, subject, string(runes[i:j]))
				}
			}
		}
		letters := []rune("宽带费2３aB+-（①Ⅳ 　é・°﹪")
		rapid.Check(t, func(t *rapid.T) {
			runes := rapid.SliceOfN(rapid.SampledFrom(letters), 2, 12).Draw(t, "subject")
			id := file(t, string(runes))
			i := rapid.IntRange(0, len(runes)-2).Draw(t, "from")
			j := rapid.IntRange(i+2, len(runes)).Draw(t, "to")
			finds(t, id, string(runes), string(runes[i:j]))
		})
	})
}
