package importer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// rejects tells of rows that were rejected: the first few on the screen, all of them in a file of the
// source's own form, in its order, to be mended there and imported again under the same map.
type rejects struct {
	out   io.Writer
	label string // before each on the screen
	shown *int   // on the screen, of all files

	file *os.File // nil: none was asked for
	text *bufio.Writer
	sink sink
}

const shownRejects = 10

// newRejects writes to path, or to the screen alone where that is empty.
func newRejects(path string, of source, out io.Writer, label string, shown *int) (*rejects, error) {
	r := &rejects{out: out, label: label, shown: shown}
	if path == "" {
		return r, nil
	}
	var err error
	if r.file, err = os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil { // rows hold personal data
		return nil, fmt.Errorf("write the rejected rows: %w", err)
	}
	r.text = bufio.NewWriter(r.file)
	if r.sink, err = of.sink(r.text); err != nil {
		return nil, errors.Join(fmt.Errorf("write the rejected rows: %w", err), r.file.Close())
	}
	return r, nil
}

func (r *rejects) add(x row, reason error) error {
	if *r.shown < shownRejects {
		fmt.Fprintf(r.out, "%s%s: %v\n", r.label, x.where(), reason)
	} else if *r.shown == shownRejects {
		fmt.Fprintln(r.out, "more rows are rejected; --rejected keeps them all")
	}
	*r.shown++
	if r.file == nil {
		return nil
	}
	if err := r.sink.add(x, reason.Error()); err != nil {
		return fmt.Errorf("write the rejected rows: %w", err)
	}
	return nil
}

func (r *rejects) close() error {
	if r.file == nil {
		return nil
	}
	if err := errors.Join(r.sink.end(), r.text.Flush(), r.file.Close()); err != nil {
		return fmt.Errorf("write the rejected rows: %w", err)
	}
	return nil
}
