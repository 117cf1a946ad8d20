// Package phone reads telephone numbers as people write them. What somebody wrote is kept as it
// is; only what can be dialled is taken from it. Standard library only; the door and the register
// call it.
package phone

import (
	"regexp"
	"strings"
	"unicode"
)

// The digits that a subscriber's number has: seven for the shortest local one, fifteen for the
// longest of the world (ITU-T E.164).
const fewest, most = 7, 15

var (
	between   = regexp.MustCompile(`[/、,;|\n]|或者?|和|\bor\b|\band\b`)
	extension = regexp.MustCompile(`(?i)\s*(转|分机|extension|ext|x|#).*$`)
	behind    = regexp.MustCompile(`([0-9]{7,})-[0-9]{1,5}$`) // 010-12345678-801
	spoken    = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "", "‐", "", "–", "", "—", "")
)

// Numbers are those that can be dialled from here, in the order in which they are written: digits,
// with a plus in front where the number has one, without extensions. None: the text holds no number.
func Numbers(text string) []string {
	var all []string
	for _, part := range between.Split(narrow(text), -1) {
		part = behind.ReplaceAllString(strings.TrimSpace(extension.ReplaceAllString(part, "")), "$1")
		several := true
		words := strings.Fields(part)
		for _, word := range words {
			several = several && number(word) != ""
		}
		if !several || len(words) == 0 {
			words = []string{part}
		}
		for _, word := range words {
			if n := number(word); n != "" {
				all = append(all, n)
			}
		}
	}
	return all
}

// number is what is dialled; empty where the text is no number. Words in front of it, such as 电话:,
// are no part of it.
func number(text string) string {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && r != '+' && r != '(' })
	dialled := spoken.Replace(text)
	digits := strings.TrimPrefix(dialled, "+")
	if len(digits) < fewest || len(digits) > most || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return dialled
}

// narrow writes full-width digits and signs as ASCII has them.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, text)
}
