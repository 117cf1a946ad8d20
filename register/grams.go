package register

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// soughtBy is the text by which a case is found: its subject, as it was filed and as operators read
// it, the operator as it was named when the case was filed, and the requirement. Never a person, never
// free text. What operators may not read stands first, so that a search of theirs can leave it out.
func soughtBy(subject, outward, operator, requirement string) string {
	if outward == subject {
		outward = ""
	}
	return fold(strings.Join([]string{subject, outward, operator, requirement}, " "))
}

// fold makes full and half width, capital and small letters, ① and 1 equal, and one space of many.
// It takes characters apart and puts none together, so that a piece of a text folds to a piece of the
// folded text.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKD.String(s))), " ")
}

// gramsOf cuts a folded text into what it is found by: every two neighbouring characters of a word,
// its last one with the space behind it, and every three letters or digits of a script that has few of
// them. So every character begins a piece.
func gramsOf(folded string) []string {
	var out []string
	for _, word := range strings.Fields(folded) {
		out = append(out, piecesOf([]rune(word+" "))...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func piecesOf(runes []rune) []string {
	var out []string
	for i := 2; i <= len(runes); i++ {
		out = append(out, string(runes[i-2:i]))
		if i < len(runes) && !slices.ContainsFunc(runes[i-2:i+1], func(c rune) bool { return !alphabetic(c) }) {
			out = append(out, string(runes[i-2:i+1]))
		}
	}
	return out
}

func alphabetic(c rune) bool {
	return (unicode.IsLetter(c) || unicode.IsDigit(c)) && !unicode.Is(unicode.Han, c)
}

func gramRows(serial int64, grams []string) []gramRow {
	rows := make([]gramRow, len(grams))
	for i, g := range grams {
		rows[i] = gramRow{Gram: g, Serial: serial}
	}
	return rows
}

func putGrams(p *pipeline, serial int64, grams []string) error {
	rows := gramRows(serial, grams)
	if len(rows) == 0 {
		return nil
	}
	return p.create("write the search index", &rows)
}

// needed is how many pieces of a query are looked up; what is found is compared with the whole.
const needed = 12

// searchGrams are pieces that a query needs. Where it has words of one character only, those are
// beginnings of pieces. ErrNothingSought for a query without a character.
func searchGrams(query string) (grams []string, beginnings bool, err error) {
	words := strings.Fields(fold(query))
	if len(words) == 0 {
		return nil, false, ErrNothingSought
	}
	for _, word := range words {
		grams = append(grams, piecesOf([]rune(word))...)
	}
	if len(grams) == 0 {
		return words, true, nil
	}
	// The longer first: they stand in fewer texts.
	slices.SortFunc(grams, func(a, b string) int {
		if d := len([]rune(b)) - len([]rune(a)); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	grams = slices.Compact(grams)
	return grams[:min(len(grams), needed)], false, nil
}

// holds tells whether a sought text really contains the query's words: pieces that lie apart do
// not make a word.
func holds(sought, query string) bool {
	for _, w := range strings.Fields(fold(query)) {
		if !strings.Contains(sought, w) {
			return false
		}
	}
	return true
}
