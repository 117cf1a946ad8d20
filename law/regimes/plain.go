package regimes

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// No file that a person writes is longer or deeper. What is deeper takes its parser time by the
// square, and merges of merges double with every line.
const (
	longestFile = 4 << 20
	deepest     = 64
)

// Plain tells why a YAML text is none that a person would write; nil if it may be read: it is not
// too long, not nested too deep, and, where it is strict, without anchors, aliases, tags and merges.
func Plain(text []byte, strict bool) error {
	if len(text) > longestFile {
		return fmt.Errorf("the file is longer than %d MB", longestFile>>20)
	}
	if at, err := unplain(text, strict); err != nil {
		return fmt.Errorf("line %d: %w", at.Line, err)
	}
	return nil
}

var errDeep = fmt.Errorf("nested deeper than %d", deepest)

// unplain finds the first place of a text that is nested too deep or, where it is strict, refers to
// another.
func unplain(text []byte, strict bool) (*token.Position, error) {
	depth, line, marks := 0, 0, 0
	for _, t := range lexer.Tokenize(string(text)) {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType:
			if strict {
				return t.Position, errors.New("anchors, aliases, tags and merges are not used here: each value is written out")
			}
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType:
			if depth > 0 {
				continue // many stand side by side in one line
			}
			if t.Position.Line != line {
				line, marks = t.Position.Line, 0
			}
			marks++
		default:
			continue
		}
		if depth > deepest || marks > deepest {
			return t.Position, errDeep
		}
	}
	return nil, nil
}
