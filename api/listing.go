package api

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// listing is a list on its way out: one page as JSON, or, as a file, every page from the first
// asked for, read and sent one after the other, so that a file of any length needs the memory of a
// page.
type listing[T any, C comparable] struct {
	Items []T `json:"items"`
	Next  C   `json:"next,omitzero"` // zero: this is the last page

	more func(after C, limit int) ([]T, C, error)
	name string // of the file
	as   format
	left int // of a file: rows that may still follow; negative: all
	log  *slog.Logger
}

// filePage is how many rows of a file are read at once.
const filePage = 200

// list reads the first page and answers with it, or with the file. What fails there is still a problem; what fails later breaks the
// file off. more gives the page after a cursor and the cursor of the next. A file begins at the
// cursor asked for and ends with its limit, or with the list.
func list[T any, C comparable](c echo.Context, a *API, name string, after C, limit *int, more func(C, int) ([]T, C, error)) (err error) {
	l := listing[T, C]{more: more, name: name, as: formatOf(c), left: -1, log: a.Logger}
	size := limitOf(limit)
	if l.as != formats[0] {
		size = filePage
		if limit != nil {
			l.left, size = *limit, min(*limit, filePage)
		}
	}
	if l.Items, l.Next, err = more(after, size); err != nil {
		return err
	}
	return l.send(c)
}

// whole answers with a list that its source gives at once.
func whole[T any](c echo.Context, a *API, name string, items []T) error {
	return listing[T, string]{Items: items, name: name, as: formatOf(c), left: -1, log: a.Logger}.send(c)
}

// send writes the page or the file.
func (l listing[T, C]) send(c echo.Context) error {
	if l.as == formats[0] {
		if l.Items == nil {
			l.Items = []T{}
		}
		return c.JSON(http.StatusOK, l)
	}
	w := c.Response()
	w.Header().Set(echo.HeaderContentType, l.as.contentType)
	w.Header().Set(echo.HeaderContentDisposition, fmt.Sprintf("attachment; filename=%q", l.name+"."+l.as.name))
	w.WriteHeader(http.StatusOK)
	if err := l.file(w); err != nil {
		l.log.Warn("file broken off", "file", l.as.name, "error", err)
		panic(http.ErrAbortHandler) // the client must not take what it has for the whole
	}
	return nil
}

func (l listing[T, C]) file(w http.ResponseWriter) error {
	out := bufio.NewWriter(w)
	var row func(T) error
	if l.as.name == "csv" {
		table, err := newTable[T](out)
		if err != nil {
			return err
		}
		row = table.row
	} else {
		row = func(item T) error { return json.NewEncoder(out).Encode(item) }
	}
	var none C
	for {
		for _, item := range l.Items {
			if l.left == 0 {
				break
			}
			if err := row(item); err != nil {
				return err
			}
			l.left-- // below zero it counts nothing
		}
		if err := errors.Join(out.Flush(), pushed(w)); err != nil {
			return err
		}
		if l.Next == none || l.left == 0 {
			return nil
		}
		size := filePage
		if l.left > 0 {
			size = min(l.left, filePage)
		}
		var err error
		if l.Items, l.Next, err = l.more(l.Next, size); err != nil {
			return err
		}
	}
}

// pageTime is how long a page of a file may take to be read by the client: a file may take longer
// than an answer, but may not stand still.
const pageTime = time.Minute

// pushed sends on what was written, and gives the next page its time.
func pushed(w http.ResponseWriter) error {
	on := http.NewResponseController(w)
	for _, err := range []error{on.Flush(), on.SetWriteDeadline(time.Now().Add(pageTime))} {
		if err != nil && !errors.Is(err, http.ErrNotSupported) { // a recorder has no connection
			return err
		}
	}
	return nil
}
