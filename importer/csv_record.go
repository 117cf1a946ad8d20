package importer

import (
	"fmt"
	"strings"
)

// damage is why some lines are no row.
type damage struct{ why string }

func (d *damage) Error() string { return d.why }

// record reads the row that begins on the i-th line ahead: its cells and how many lines it takes.
// Zero lines: there is none. A *damage says why the lines are no row.
func (t *table) record(i int) (cells []string, n int, err error) {
	text, ok, err := t.lines.peek(i)
	if err != nil || !ok {
		return nil, 0, err
	}
	if len(text) > longestRow {
		return nil, 1, &damage{fmt.Sprintf("the line is longer than %d MB", longestRow>>20)}
	}
	for n = 1; ; {
		rest, quoted := strings.CutPrefix(text, `"`)
		if !quoted {
			cell, behind, more := strings.Cut(ended(text), t.form.Delimiter)
			if !t.form.LooseQuotes && strings.Contains(cell, `"`) {
				return nil, n, &damage{"a quote stands inside a cell (looseQuotes in the map would take it as it stands)"}
			}
			if cells = append(cells, cell); !more {
				return cells, n, nil
			}
			text = behind
			continue
		}
		cell, behind, lines, err := t.quoted(rest, i, n)
		if n += lines; err != nil {
			return nil, n, err
		}
		cells = append(cells, cell)
		if behind == "" {
			return cells, n, nil
		}
		text = behind[len(t.form.Delimiter):]
	}
}

// quoted reads a cell behind its opening quote, on the n-th line of the row that begins on line i:
// the cell, what stands behind its closing quote (from the delimiter on; empty at the row's end), and
// on how many more lines it goes on.
func (t *table) quoted(text string, i, n int) (cell, behind string, lines int, err error) {
	var b strings.Builder
	opened := t.lines.number + i + n - 1
	for {
		before, after, found := strings.Cut(text, `"`)
		if !found {
			b.WriteString(ended(text))
			b.WriteByte('\n')
			next, ok, err := t.lines.peek(i + n + lines)
			if err != nil {
				return "", "", lines, err
			}
			if !ok {
				return "", "", lines, &damage{fmt.Sprintf("the quote that opens on line %d is never closed", opened)}
			}
			lines++
			text = next
			continue
		}
		b.WriteString(before)
		switch {
		case strings.HasPrefix(after, `"`):
			b.WriteByte('"')
			text = after[1:]
		case ended(after) == "":
			return b.String(), "", lines, nil
		case strings.HasPrefix(after, t.form.Delimiter):
			return b.String(), after, lines, nil
		case t.form.LooseQuotes:
			b.WriteByte('"')
			text = after
		default:
			return "", "", lines, &damage{fmt.Sprintf("behind the closing quote of the cell that opens on line %d stands neither a separator nor the line's end", opened)}
		}
	}
}

// ended is a line without its end.
func ended(text string) string {
	return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
}
