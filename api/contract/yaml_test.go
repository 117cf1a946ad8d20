package main

import (
	"regexp"
	"testing"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
	"github.com/stretchr/testify/require"
)

// What a plain scalar is to readers of YAML 1.1 (yaml.org/type: bool, null, int, float, timestamp, merge, value) and of
// YAML 1.2 (its core schema, §10.3.2); text, where nothing matches.
var (
	yaml11 = map[string]*regexp.Regexp{
		"bool":  regexp.MustCompile(`^(y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$`),
		"null":  regexp.MustCompile(`^(~|null|Null|NULL|)$`),
		"int":   regexp.MustCompile(`^[-+]?(0b[01_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)$`),
		"octal": regexp.MustCompile(`^[-+]?0[0-7_]+$`),
		"float": regexp.MustCompile(`^([-+]?([0-9][0-9_]*)?\.[0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|` +
			`[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`),
		"time":  regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?$`),
		"merge": regexp.MustCompile(`^<<$`),
		"value": regexp.MustCompile(`^=$`),
	}
	yaml12 = map[string]*regexp.Regexp{
		"bool":  regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE)$`),
		"null":  regexp.MustCompile(`^(~|null|Null|NULL|)$`),
		"int":   regexp.MustCompile(`^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`),
		"float": regexp.MustCompile(`^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`),
	}
)

func kindOf(schema map[string]*regexp.Regexp, scalar string) string {
	for _, kind := range []string{"bool", "null", "int", "octal", "float", "time", "merge", "value"} {
		if r := schema[kind]; r != nil && r.MatchString(scalar) {
			return kind
		}
	}
	return "text"
}

// The contract is the same to readers of YAML 1.1, which take on, no or 2026-02-02 for something else than text, and of
// YAML 1.2.
func TestContractReadsTheSameInBothVersionsOfYAML(t *testing.T) {
	block, plain := false, 0
	for _, k := range lexer.Tokenize(contract()) {
		isText := block // the lines after | or > are text, whatever they say
		switch k.Type {
		case token.SingleQuoteType, token.DoubleQuoteType, token.CommentType:
			isText = true
		}
		block = k.Type == token.LiteralType || k.Type == token.FoldedType
		if isText || block || k.CharacterType == token.CharacterTypeIndicator {
			continue
		}
		plain++
		require.Equal(t, kindOf(yaml12, k.Value), kindOf(yaml11, k.Value), "line %d: quote %s", k.Position.Line, k.Value)
	}
	require.Greater(t, plain, 15_000, "most of the contract was looked at")
}

func TestKinds(t *testing.T) {
	for scalar, want := range map[string][2]string{ // 1.1, 1.2
		"on": {"bool", "text"}, "Off": {"bool", "text"}, "no": {"bool", "text"}, "y": {"bool", "text"}, "true": {"bool", "bool"},
		"~": {"null", "null"}, "24:00": {"int", "text"}, "010": {"octal", "int"}, "0o7": {"text", "int"}, "1_000": {"int", "text"},
		"1.5": {"float", "float"}, "1e3": {"text", "float"}, "2026-02-02": {"time", "text"}, "<<": {"merge", "text"}, "only": {"text", "text"},
	} {
		require.Equal(t, want, [2]string{kindOf(yaml11, scalar), kindOf(yaml12, scalar)}, scalar)
	}
}
