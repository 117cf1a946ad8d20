package regimes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Problem is one fault of a file, at the place where it is to be mended. Lines and columns count
// from 1; 0 where the fault is of the file as a whole.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
	Zh      string `json:"zh"` // the message in Chinese
}

// String gives "file:line:column: message", which editors jump to, in English.
func (p Problem) String() string { return p.In("en") }

// In gives the same in a language, zh or en.
func (p Problem) In(lang string) string {
	message := p.Message
	if lang == "zh" {
		message = p.Zh
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, message)
}

// Problems is every fault that was found, as an error.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.String()
	}
	return strings.Join(lines, "\n")
}

func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// source is one YAML document as plain values, with the place of every key and value.
type source struct {
	file     string
	text     []byte // of the whole file, with plain line ends
	tree     any
	keys     map[string]*token.Position // by pointer, of the key
	values   map[string]*token.Position // by pointer, of what it holds
	problems Problems
	decoded  *Document // what decode gave before, if it found no fault
}

// pointer names a value within a document.
func pointer(path ...string) string { return strings.Join(path, "\x00") }

// report notes a fault at the value of that path or, where there is none, at the nearest key
// around it.
func (s *source) report(path []string, format string, args ...any) {
	at, ok := s.values[pointer(path...)]
	if !ok {
		at = s.keyAt(path)
	}
	s.reportAt(at, format, args...)
}

// reportKey notes a fault at the key of that path.
func (s *source) reportKey(path []string, format string, args ...any) {
	s.reportAt(s.keyAt(path), format, args...)
}

func (s *source) keyAt(path []string) *token.Position {
	for n := len(path); n > 0; n-- {
		if at, ok := s.keys[pointer(path[:n]...)]; ok {
			return at
		}
		if at, ok := s.values[pointer(path[:n]...)]; ok {
			return at
		}
	}
	return s.values[""]
}

func (s *source) reportAt(at *token.Position, format string, args ...any) {
	p := Problem{File: s.file, Message: fmt.Sprintf(format, args...), Zh: inChinese(format, args)}
	if at != nil {
		p.Line, p.Column = at.Line, at.Column
	}
	if !slices.Contains(s.problems, p) {
		s.problems = append(s.problems, p)
	}
}

// read parses the YAML documents of a text. A text that is no YAML gives one source with its
// problem and no tree.
func read(file string, text []byte) []*source {
	text = append(bytes.TrimRight(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), " \t\n"), '\n')
	broken := &source{file: file}
	if !utf8.Valid(text) {
		broken.reportAt(firstInvalid(text), "not UTF-8")
		return []*source{broken}
	}
	if len(text) > longestFile {
		broken.reportAt(nil, "longer than %d MB", longestFile>>20)
		return []*source{broken}
	}
	if at, err := unplain(text, false); err != nil {
		broken.reportAt(at, "nested deeper than %d", deepest)
		return []*source{broken}
	}
	parsed, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var at *token.Position
		var fault yaml.Error
		message := err.Error()
		if errors.As(err, &fault) {
			message = fault.GetMessage()
			if fault.GetToken() != nil {
				at = fault.GetToken().Position
			}
		}
		broken.reportAt(at, "not YAML: %s", message)
		return []*source{broken}
	}
	var all []*source
	for _, doc := range parsed.Docs {
		if doc.Body == nil {
			continue
		}
		s := &source{file: file, text: text, keys: map[string]*token.Position{}, values: map[string]*token.Position{}}
		s.tree = s.value(doc.Body, nil)
		all = append(all, s)
	}
	if len(all) == 0 {
		broken.reportAt(nil, "empty")
		return []*source{broken}
	}
	return all
}

func firstInvalid(text []byte) *token.Position {
	i := 0
	for i < len(text) {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	before := text[:i]
	line := bytes.Count(before, []byte("\n"))
	return &token.Position{Line: line + 1, Column: utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1}
}

// value turns a node into plain values as encoding/json would read them. Anchors, aliases and
// tags are refused: a regulation is read line by line, as it stands.
func (s *source) value(n ast.Node, path []string) any {
	if len(path) == 0 || n.Type() != ast.NullType {
		s.values[pointer(path...)] = n.GetToken().Position
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		if n.Start != nil && n.IsFlowStyle || len(n.Values) == 0 {
			s.values[pointer(path...)] = n.Start.Position
		} else {
			s.values[pointer(path...)] = n.Values[0].Key.GetToken().Position
		}
		return s.mapping(n.Values, path)
	case *ast.MappingValueNode:
		return s.mapping([]*ast.MappingValueNode{n}, path)
	case *ast.SequenceNode:
		list := []any{}
		for i, v := range n.Values {
			list = append(list, s.value(v, child(path, strconv.Itoa(i))))
		}
		return list
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.IntegerNode:
		return json.Number(fmt.Sprint(n.Value))
	case *ast.FloatNode:
		return json.Number(strconv.FormatFloat(n.Value, 'g', -1, 64))
	case *ast.BoolNode:
		return n.Value
	case *ast.NullNode:
		return nil
	}
	s.reportAt(n.GetToken().Position, "%s is not used here", strings.ToLower(n.Type().String()))
	return nil
}

func (s *source) mapping(pairs []*ast.MappingValueNode, path []string) any {
	m := map[string]any{}
	for _, pair := range pairs {
		at := pair.Key.GetToken()
		key := at.Value
		if _, isString := pair.Key.(*ast.StringNode); !isString && pair.Key.Type() != ast.IntegerType {
			s.reportAt(at.Position, "%s is no key here", key)
			continue
		}
		if _, twice := m[key]; twice {
			s.reportAt(at.Position, "%q stands here twice", key)
			continue
		}
		to := child(path, key)
		s.keys[pointer(to...)] = at.Position
		m[key] = s.value(pair.Value, to)
	}
	return m
}

// child is a fresh path: appending to a shared one would overwrite a sibling's.
func child(path []string, name string) []string { return append(slices.Clone(path), name) }
