package command

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// inContainer is how a command of duban is run in a container.
var inContainer = regexp.MustCompile(`^docker compose run (?:--[a-z-]+ )*(?:api|worker) `)

// Every call of duban that the documents show names a command that there is, and flags that it has; so do those of
// standalone, whose flags are looked up in its source: it is of another module.
func TestCallsInDocuments(t *testing.T) {
	root := (&session{}).root()
	standalone := standaloneFlags(t)
	var last *cobra.Command // of the line
	var line string
	calls, flags := 0, 0
	for _, c := range code(t) {
		if c.line != line {
			last, line = nil, c.line
		}
		for _, part := range regexp.MustCompile(`\s(?:&&|\|\||;|·)\s`).Split(c.text, -1) {
			ofDuban := inContainer.FindString(part)
			words := strings.Fields(strings.TrimPrefix(part, ofDuban))
			if i := slices.Index(words, "#"); i >= 0 {
				words = words[:i]
			}
			if len(words) == 0 {
				continue
			}
			var known func(flag string) bool
			switch first := words[0]; {
			case first == "duban" || ofDuban != "", len(words) > 1 && words[0] == "key" && words[1] == "create":
				called, err := find(root, words)
				if err != nil {
					t.Errorf("%s: %s: %v", c.file, part, err)
					continue
				}
				last = called
				calls++
				known = func(flag string) bool { return has(called, flag) }
			case first == "standalone" || first == "bin/standalone":
				calls++
				last = nil
				known = func(flag string) bool { return slices.Contains(standalone, flag) }
			case strings.HasPrefix(first, "--") && last != nil:
				known = func(flag string) bool { return has(last, flag) }
			case strings.HasPrefix(first, "--"): // of no command that the line names
				known = func(flag string) bool { return slices.Contains(standalone, flag) || anyHas(root, flag) }
			default:
				continue
			}
			for _, w := range words {
				if m := regexp.MustCompile(`^--([a-z][a-z-]*)`).FindStringSubmatch(w); m != nil {
					flags++
					if !known(m[1]) {
						t.Errorf("%s: %s: there is no --%s", c.file, part, m[1])
					}
				}
			}
		}
	}
	if calls < 60 || flags < 50 {
		t.Errorf("only %d calls, %d flags", calls, flags)
	}
}

// find is the command of a call: the words behind it are its arguments. A list of commands is written with bars,
// check|show, and any command as COMMAND.
func find(root *cobra.Command, words []string) (*cobra.Command, error) {
	c := root
	for _, w := range words {
		if w == "duban" && c == root {
			continue
		}
		if !c.HasSubCommands() || strings.HasPrefix(w, "-") || w == "COMMAND" {
			break
		}
		group := c
		for _, name := range strings.Split(w, "|") {
			i := slices.IndexFunc(group.Commands(), func(x *cobra.Command) bool { return x.Name() == name })
			if i < 0 {
				return nil, fmt.Errorf("%s has no command %s", group.CommandPath(), name)
			}
			c = group.Commands()[i]
		}
	}
	return c, nil
}

func has(c *cobra.Command, flag string) bool {
	return flag == "help" || c.Flags().Lookup(flag) != nil || c.InheritedFlags().Lookup(flag) != nil
}

func anyHas(c *cobra.Command, flag string) bool {
	return has(c, flag) || slices.ContainsFunc(c.Commands(), func(x *cobra.Command) bool { return anyHas(x, flag) })
}

func standaloneFlags(t *testing.T) (all []string) {
	t.Helper()
	files, err := filepath.Glob("../standalone/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		for _, m := range regexp.MustCompile(`\.(?:String|Bool|Duration|Int)(?:Slice)?Var\(&[\w.]+, "([a-z-]+)"`).FindAllStringSubmatch(text(t, path), -1) {
			all = append(all, m[1])
		}
	}
	if len(all) < 8 {
		t.Fatalf("standalone has only the flags %v", all)
	}
	return all
}

// What legal-time.md invites to try can be tried.
func TestLegalTimeCanBeTried(t *testing.T) {
	tried := 0
	for _, c := range code(t) {
		if c.file != "../docs/legal-time.md" || !strings.HasPrefix(c.text, "--") {
			continue
		}
		tried++
		args := append([]string{"deadline"}, strings.Fields(c.text)...)
		if !strings.Contains(c.text, "--term") {
			args = append(args, "--term", "15d")
		}
		if !strings.Contains(c.text, "--from") && !strings.Contains(c.text, "--before") {
			args = append(args, "--from", "2026-03-02")
		}
		if got := run(t, args...); got.status != exitOK || got.out == "" {
			t.Errorf("duban %v: status %d, %s", args, got.status, got.err)
		}
	}
	if tried < 7 {
		t.Errorf("only %d were tried", tried)
	}
}
