package importer

import (
	"encoding/csv"
	"io"
	"slices"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// csvSink writes rejected rows with the columns, the separator and the encoding of their file.
type csvSink struct {
	csv   *csv.Writer
	close func() error // writes what the encoder still holds
	own   int
}

func (t *table) sink(w io.Writer) (sink, error) {
	s := &csvSink{own: t.own, close: func() error { return nil }}
	if t.form.charset != nil {
		encoder := transform.NewWriter(w, encoding.ReplaceUnsupported(t.form.charset.NewEncoder()))
		w, s.close = encoder, encoder.Close
	}
	if t.mark {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, err
		}
	}
	s.csv = csv.NewWriter(w)
	s.csv.Comma = []rune(t.form.Delimiter)[0]
	return s, s.csv.Write(slices.Concat([]string{lineMark, reasonMark}, t.heads[t.own:]))
}

func (s *csvSink) add(r row, reason string) error {
	return s.csv.Write(slices.Concat([]string{r.lines(), reason}, r.cells[min(s.own, len(r.cells)):]))
}

func (s *csvSink) end() error {
	s.csv.Flush()
	if err := s.csv.Error(); err != nil {
		return err
	}
	return s.close()
}
