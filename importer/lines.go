package importer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// longestRow bounds what an unclosed quote can pull into memory.
const longestRow = 4 << 20

// lines reads a text line by line and can look ahead, within longestRow.
type lines struct {
	from   *bufio.Reader
	number int // of the first line ahead
	ahead  []string
	size   int // of the lines ahead
	ended  bool
}

// peek is the i-th line ahead with its line end; false where the text has ended, or so much lies
// ahead already that no row is as long.
func (l *lines) peek(i int) (string, bool, error) {
	for len(l.ahead) <= i {
		if l.ended || l.size > longestRow {
			return "", false, nil
		}
		text, err := l.read()
		if err != nil && !errors.Is(err, io.EOF) {
			return "", false, fmt.Errorf("read the file: %w", err)
		}
		if l.ended = err != nil; text == "" {
			return "", false, nil
		}
		l.ahead, l.size = append(l.ahead, text), l.size+len(text)
	}
	return l.ahead[i], true, nil
}

// read is the next line; of one that is longer than any row only the beginning is kept.
func (l *lines) read() (string, error) {
	var b strings.Builder
	for {
		part, err := l.from.ReadSlice('\n')
		if b.Len() <= longestRow {
			b.Write(part)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return b.String(), err
		}
	}
}

// take gives the next n lines ahead and goes on behind them.
func (l *lines) take(n int) (text string) {
	text = strings.Join(l.ahead[:n], "")
	l.ahead = l.ahead[n:]
	l.size -= len(text)
	l.number += n
	return text
}
