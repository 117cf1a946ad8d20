package importer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/transform"
)

// table is a CSV file being read (RFC 4180). A quote that is damaged rejects the lines that it
// damaged and no other: reading goes on at the next line that is a sound row of its own.
type table struct {
	*gauge
	form  *form
	lines *lines
	heads []string
	own   int  // columns in front that a sink wrote
	mark  bool // the file begins with a byte order mark
	fits  func(map[string]string) bool
}

// openCSV reads the head of the file and finds every column that the map speaks of.
func openCSV(r io.Reader, f *form, columns []string, fits func(map[string]string) bool) (*table, error) {
	t := &table{gauge: &gauge{from: r}, form: f, fits: fits}
	text := io.Reader(t.gauge)
	if f.charset != nil {
		text = transform.NewReader(text, f.charset.NewDecoder())
	}
	buffered := bufio.NewReaderSize(text, 64<<10)
	if mark, err := buffered.Peek(3); err == nil && bytes.Equal(mark, []byte("\ufeff")) {
		t.mark = true
		if _, err := buffered.Discard(3); err != nil {
			return nil, fmt.Errorf("read the file's head: %w", err)
		}
	}
	t.lines = &lines{from: buffered, number: 1}
	if err := t.skipEmpty(); err != nil {
		return nil, err
	}
	heads, n, err := t.record(0)
	if err != nil {
		return nil, fmt.Errorf("read the file's head: %w", err)
	}
	if n == 0 {
		return nil, errors.New("read the file's head: the file is empty")
	}
	t.lines.take(n)
	for i := range heads {
		heads[i] = strings.TrimSpace(heads[i])
	}
	if len(heads) > 2 && heads[0] == lineMark && heads[1] == reasonMark {
		t.own = 2
	}
	t.heads = heads
	for _, column := range columns {
		if n := slices.Index(heads, column); n < 0 || slices.Contains(heads[n+1:], column) {
			return nil, fmt.Errorf("the map's column %q does not stand once in the file's head: %s", column, strings.Join(heads[t.own:], ", "))
		}
	}
	return t, nil
}

func (t *table) next() (row, error) {
	if err := t.skipEmpty(); err != nil {
		return row{}, err
	}
	cells, n, err := t.record(0)
	var bad *damage
	if err != nil && !errors.As(err, &bad) {
		return row{}, err
	}
	if n == 0 {
		return row{}, io.EOF
	}
	if bad == nil && len(cells) != len(t.heads) {
		bad = &damage{fmt.Sprintf("the row has %d cells, the head has %d", len(cells)-t.own, len(t.heads)-t.own)}
	}
	reach := n
	for k := 1; k < n; k++ {
		within, _, err := t.record(k)
		if err != nil && !errors.As(err, new(*damage)) {
			return row{}, err
		}
		if err != nil || len(within) != len(t.heads) {
			continue
		}
		if bad == nil && !t.fits(t.named(within)) {
			continue
		}
		if bad == nil {
			bad = &damage{fmt.Sprintf("its quote closes only behind line %d, which is a row of its own", t.lines.number+k)}
		}
		reach = k
		break
	}
	r := row{first: t.lines.number, last: t.lines.number + reach - 1, cells: cells}
	text := t.lines.take(reach)
	if bad == nil {
		r.values = t.named(cells)
		return r, nil
	}
	r.fault = bad
	if reach != n || cells == nil {
		r.cells = t.torn(text)
	}
	return r, nil
}

// torn are the cells of a damaged text: as they stand between the separators where that gives a row,
// else the text as one.
func (t *table) torn(text string) []string {
	text = strings.TrimRight(text, "\r\n")
	if cells := strings.Split(text, t.form.Delimiter); len(cells) == len(t.heads) && !strings.Contains(text, "\n") {
		return cells
	}
	return append(make([]string, t.own), text)
}

// named gives the cells by their columns.
func (t *table) named(cells []string) map[string]string {
	out := make(map[string]string, len(t.heads))
	for i, head := range t.heads {
		out[head] = cells[i]
	}
	return out
}

// skipEmpty goes on behind lines that hold nothing.
func (t *table) skipEmpty() error {
	for {
		text, ok, err := t.lines.peek(0)
		if err != nil || !ok || strings.Trim(text, "\r\n") != "" {
			return err
		}
		t.lines.take(1)
	}
}

func (t *table) unseen() []string { return nil }
