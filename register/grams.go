package register

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestWord is how many letters of a Latin word are searched by.
const longestWord = 12

// soughtBy is the text by which a case is found: its subject, as it was filed and as operators read
// it, the operator as it was named when the case was filed, and the requirement. Never a person, never
// free text. What operators may not read stands first, so that a search of theirs can leave it out.
func soughtBy(subject, outward, operator, requirement string) string {
	if outward == subject {
		outward = ""
	}
	return fold(strings.Join([]string{subject, outward, operator, requirement}, " "))
}

// fold makes full and half width, capital and small letters equal, and one space of many.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}

// words splits a folded text into runs of Chinese and runs of other letters and digits.
func words(folded string) []string {
	var out []string
	var run []rune
	end := func() {
		if len(run) > 0 {
			out = append(out, string(run))
		}
		run = nil
	}
	for _, c := range folded {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			end()
			continue
		}
		if len(run) > 0 && han(run[0]) != han(c) {
			end()
		}
		run = append(run, c)
	}
	end()
	return out
}

func han(c rune) bool { return unicode.Is(unicode.Han, c) }

// gramsOf cuts a text into what it is found by: every two neighbouring Chinese characters, and
// every beginning of two or more letters of another word.
func gramsOf(folded string) []string {
	var out []string
	for _, w := range words(folded) {
		runes := []rune(w)
		for i := 2; i <= len(runes); i++ {
			if han(runes[0]) {
				out = append(out, string(runes[i-2:i]))
			} else if i <= longestWord {
				out = append(out, string(runes[:i]))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func putGrams(p *pipeline, serial int64, sought string) error {
	return putGramRows(p, serial, gramsOf(sought))
}

func putGramRows(p *pipeline, serial int64, grams []string) error {
	if len(grams) == 0 {
		return nil
	}
	rows := make([]gramRow, len(grams))
	for i, g := range grams {
		rows[i] = gramRow{Gram: g, Serial: serial}
	}
	return p.create("write the search index", &rows)
}

// searchGrams are the grams that a query needs, the whole of each word where it has one. It is
// ErrFilter for a query that names nothing of two characters.
func searchGrams(query string) ([]string, error) {
	var out []string
	for _, w := range words(fold(query)) {
		runes := []rune(w)
		switch {
		case len(runes) < 2:
			return nil, fmt.Errorf("%w: %q is shorter than two characters", ErrFilter, w)
		case han(runes[0]):
			for i := 2; i <= len(runes); i++ {
				out = append(out, string(runes[i-2:i]))
			}
		default:
			out = append(out, string(runes[:min(len(runes), longestWord)]))
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: the query holds no letters", ErrFilter)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// holds tells whether a sought text really contains the query's words: grams that lie apart do
// not make a word.
func holds(sought, query string) bool {
	have := words(sought)
	for _, w := range words(fold(query)) {
		chinese := han([]rune(w)[0])
		if !slices.ContainsFunc(have, func(h string) bool {
			return chinese && strings.Contains(h, w) || !chinese && strings.HasPrefix(h, w)
		}) {
			return false
		}
	}
	return true
}
