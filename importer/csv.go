package importer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/text/transform"
)

// longestRow bounds what an unclosed quote can pull into memory.
const longestRow = 4 << 20

// table is a CSV file being read, a row at a time.
type table struct {
	csv    *csv.Reader
	source *gauge
	heads  []string
}

// line is a row of the file as it stands there.
type line struct {
	number int
	cells  []string
	fault  error // the row can't be read
}

var errLongRow = fmt.Errorf("a row is longer than %d MB; is a quote never closed?", longestRow>>20)

// openTable reads the head of the file and finds every column that the map speaks of.
func openTable(r io.Reader, m *mapping) (*table, error) {
	source := &gauge{from: r}
	text := io.Reader(source)
	if m.charset != nil {
		text = transform.NewReader(source, m.charset.NewDecoder())
	}
	buffered := bufio.NewReader(text)
	if mark, err := buffered.Peek(3); err == nil && bytes.Equal(mark, []byte("\ufeff")) {
		if _, err := buffered.Discard(3); err != nil {
			return nil, fmt.Errorf("read the file's head: %w", err)
		}
	}
	t := &table{csv: csv.NewReader(buffered), source: source}
	t.csv.Comma, t.csv.LazyQuotes = []rune(m.Delimiter)[0], m.LooseQuotes
	heads, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("read the file's head: the file is empty")
	}
	if err != nil {
		return nil, fmt.Errorf("read the file's head: %w", err)
	}
	for i := range heads {
		heads[i] = strings.TrimSpace(heads[i])
	}
	t.heads = heads
	for _, column := range m.columns() {
		if n := slices.Index(heads, column); n < 0 || slices.Contains(heads[n+1:], column) {
			return nil, fmt.Errorf("the map's column %q does not stand once in the file's head: %s", column, strings.Join(heads, ", "))
		}
	}
	return t, nil
}

// next is the next row; io.EOF after the last.
func (t *table) next() (line, error) {
	t.source.row.Store(0)
	cells, err := t.csv.Read()
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad) && errors.Is(err, csv.ErrFieldCount):
		return line{number: bad.StartLine, cells: cells, fault: fmt.Errorf("the row has %d cells, the head has %d", len(cells), len(t.heads))}, nil
	case errors.As(err, &bad):
		return line{number: bad.StartLine, fault: fmt.Errorf("no CSV (looseQuotes in the map may help): %w", bad.Err)}, nil
	case errors.Is(err, io.EOF):
		return line{}, io.EOF
	case err != nil:
		return line{}, fmt.Errorf("read the file: %w", err)
	}
	number, _ := t.csv.FieldPos(0)
	return line{number: number, cells: cells}, nil
}

// row names the cells of a line.
func (t *table) row(l line) map[string]string {
	out := make(map[string]string, len(t.heads))
	for i, head := range t.heads {
		out[head] = l.cells[i]
	}
	return out
}

// gauge counts what is read, in all and since the last row began.
type gauge struct {
	from io.Reader
	all  atomic.Int64
	row  atomic.Int64
}

func (g *gauge) Read(p []byte) (int, error) {
	if g.row.Load() > longestRow {
		return 0, errLongRow
	}
	n, err := g.from.Read(p)
	g.all.Add(int64(n))
	g.row.Add(int64(n))
	return n, err
}
