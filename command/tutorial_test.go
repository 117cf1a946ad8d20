package command

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// fence is a fenced block of a document: what stands behind the backticks, and its text.
type fence struct{ info, text string }

func fences(t *testing.T, path string) []fence {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []fence
	open := false
	for line := range strings.Lines(string(raw)) {
		switch info, mark := strings.CutPrefix(line, "```"); {
		case mark && !open:
			all = append(all, fence{info: strings.TrimSpace(info)})
			open = true
		case mark:
			open = false
		case open:
			all[len(all)-1].text += line
		}
	}
	return all
}

// The tutorial's files are written and its commands run, in its order: what it shows of their output
// must be there, line after line, and the exit status too.
func TestRegimeTutorial(t *testing.T) {
	blocks := fences(t, "../docs/regime-tutorial.md")
	t.Chdir(t.TempDir())
	commands := 0
	for _, b := range blocks {
		words := strings.Fields(b.info)
		switch {
		case len(words) > 1 && words[0] == "yaml":
			text := b.text
			if slices.Contains(words, "+") {
				before, err := os.ReadFile(words[1])
				if err != nil {
					t.Fatal(err)
				}
				text = string(before) + text
			}
			if err := os.WriteFile(words[1], []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		case b.info == "console":
			commands += runTutorial(t, b.text)
		default:
			t.Errorf("a block %q is neither a file nor commands", b.info)
		}
	}
	if commands < 10 {
		t.Errorf("only %d commands", commands)
	}
}

func runTutorial(t *testing.T, block string) int {
	t.Helper()
	parts := strings.Split("\n"+block, "\n$ duban ")[1:]
	for _, part := range parts {
		lines := strings.Split(strings.TrimSpace(part), "\n")
		got := run(t, strings.Fields(lines[0])...)
		status, left := exitOK, got.out+got.err
		for _, want := range lines[1:] {
			if want == "exit status 3" {
				status = exitFound
				continue
			}
			_, after, found := strings.Cut(left, want)
			if !found {
				t.Errorf("duban %s does not show %q in its place:\n%s%s", lines[0], want, got.out, got.err)
			}
			left = after
		}
		if got.status != status {
			t.Errorf("duban %s: status %d, want %d\n%s%s", lines[0], got.status, status, got.out, got.err)
		}
	}
	return len(parts)
}
