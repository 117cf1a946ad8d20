package importer

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync/atomic"
)

// row is a row of a file as it stands there.
type row struct {
	first, last int               // its lines in the file, or its place among the elements of a JSON array
	unit        string            // element for the latter; empty: line
	values      map[string]string // by column
	fault       error             // why it can't be read

	cells []string // of CSV
	raw   []byte   // of JSON
}

// where tells people where the row stands.
func (r row) where() string {
	unit := cmp.Or(r.unit, "line")
	if r.last > r.first {
		unit += "s"
	}
	return unit + " " + r.lines()
}

func (r row) lines() string {
	if r.last > r.first {
		return strconv.Itoa(r.first) + "-" + strconv.Itoa(r.last)
	}
	return strconv.Itoa(r.first)
}

// source is a file being read, a row at a time.
type source interface {
	// next is the next row, io.EOF after the last. Another error ends the reading.
	next() (row, error)
	// sink writes rows in the form in which the source has them, so that the same map reads them.
	sink(w io.Writer) (sink, error)
	// unseen are columns of the map that no row has had: of CSV none, whose head is read first.
	unseen() []string
	// done is how many bytes of the file were read.
	done() int64
}

// sink takes rows that were rejected, each with the reason.
type sink interface {
	add(r row, reason string) error
	end() error
}

// What a sink writes beside the row, by names that no other system's file has.
const lineMark, reasonMark = "duban:line", "duban:reason"

// file is a source with what it is read from.
type file struct {
	source
	path string
	from *os.File
	size int64
}

// openFile opens a file in the form that the map or its ending names. columns are those that the map
// speaks of; fits tells whether the cells of a line make a row of that map.
func openFile(path string, f *form, columns []string, fits func(map[string]string) bool) (file, error) {
	from, err := os.Open(path)
	if err != nil {
		return file{}, fmt.Errorf("open the file to import: %w", err)
	}
	info, err := from.Stat()
	if err != nil {
		return file{}, errors.Join(fmt.Errorf("open the file to import: %w", err), from.Close())
	}
	out := file{path: path, from: from, size: info.Size()}
	if out.source, err = open(from, f.formOf(path), f, columns, fits); err != nil {
		return file{}, errors.Join(fmt.Errorf("%s: %w", path, err), from.Close())
	}
	return out, nil
}

func open(r io.Reader, as string, f *form, columns []string, fits func(map[string]string) bool) (source, error) {
	switch as {
	case formJSONL:
		return openJSONL(r, f, columns)
	case formGeoReport:
		return openGeoReport(r, f, columns)
	}
	return openCSV(r, f, columns, fits)
}

func (f file) next() (row, error) {
	r, err := f.source.next()
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%s: %w", f.path, err)
	}
	return r, err
}

func (f file) close() error { return f.from.Close() }

// spare refuses to write rejected rows over the file that they come from: it is being read, and holds
// more than these.
func (f file) spare(rejected string) error {
	here, err := os.Stat(rejected)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for the file of rejected rows: %w", err)
	}
	source, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("look for the file to import: %w", err)
	}
	if os.SameFile(here, source) {
		return fmt.Errorf("%s is the file that is imported: let --rejected name another", rejected)
	}
	return nil
}

// gauge counts what is read.
type gauge struct {
	from io.Reader
	all  atomic.Int64
}

func (g *gauge) Read(p []byte) (int, error) {
	n, err := g.from.Read(p)
	g.all.Add(int64(n))
	return n, err
}

func (g *gauge) done() int64 { return g.all.Load() }
