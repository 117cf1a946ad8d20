package importer

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
)

// rejects writes the rows that were rejected: line, reason and the row as it stands, to be mended
// and imported again. The first few are told on the screen too.
type rejects struct {
	file  *os.File
	csv   *csv.Writer // nil: no file was asked for
	out   io.Writer
	shown int
}

const shownRejects = 10

func newRejects(path string, heads []string, out io.Writer) (*rejects, error) {
	r := &rejects{out: out}
	if path == "" {
		return r, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) // rows hold personal data
	if err != nil {
		return nil, fmt.Errorf("write the rejected rows: %w", err)
	}
	r.file, r.csv = file, csv.NewWriter(file)
	if err := r.csv.Write(append([]string{"line", "reason"}, heads...)); err != nil {
		return nil, fmt.Errorf("write the rejected rows: %w", err)
	}
	return r, nil
}

func (r *rejects) add(l line, reason error) error {
	if r.shown < shownRejects {
		fmt.Fprintf(r.out, "line %d: %v\n", l.number, reason)
	} else if r.shown == shownRejects {
		fmt.Fprintln(r.out, "more rows are rejected; --rejected FILE keeps them all")
	}
	r.shown++
	if r.csv == nil {
		return nil
	}
	if err := r.csv.Write(append([]string{strconv.Itoa(l.number), reason.Error()}, l.cells...)); err != nil {
		return fmt.Errorf("write the rejected rows: %w", err)
	}
	return nil
}

func (r *rejects) close() error {
	if r.csv == nil {
		return nil
	}
	r.csv.Flush()
	if err := r.csv.Error(); err != nil {
		return fmt.Errorf("write the rejected rows: %w", err)
	}
	if err := r.file.Close(); err != nil {
		return fmt.Errorf("write the rejected rows: %w", err)
	}
	return nil
}
