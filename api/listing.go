package api

import (
	"bufio"
	"context"
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

// list reads the first page. What fails there is still a problem; what fails later breaks the
// file off. more gives the page after a cursor and the cursor of the next. A file begins at the
// cursor asked for and ends with its limit, or with the list.
func list[T any, C comparable](ctx context.Context, a *API, name string, after C, limit *int, more func(C, int) ([]T, C, error)) (l listing[T, C], err error) {
	l = listing[T, C]{more: more, name: name, as: formatOf(ctx), left: -1, log: a.Logger}
	size := limitOf(limit)
	if l.as != formats[0] {
		size = filePage
		if limit != nil {
			l.left, size = *limit, min(*limit, filePage)
		}
	}
	l.Items, l.Next, err = more(after, size)
	return l, err
}

// whole is a list that its source gives at once.
func whole[T any](ctx context.Context, a *API, name string, items []T) listing[T, string] {
	return listing[T, string]{Items: items, name: name, as: formatOf(ctx), left: -1, log: a.Logger}
}

// send writes the page or the file.
func (l listing[T, C]) send(w http.ResponseWriter) error {
	if l.as == formats[0] {
		if l.Items == nil {
			l.Items = []T{}
		}
		return answerJSON(w, l)
	}
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

// VisitListCasesResponse writes the list.
func (l listing[T, C]) VisitListCasesResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitGetLedgerResponse writes the list.
func (l listing[T, C]) VisitGetLedgerResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListPapersResponse writes the list.
func (l listing[T, C]) VisitListPapersResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListAuthoritiesResponse writes the list.
func (l listing[T, C]) VisitListAuthoritiesResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListOperatorsResponse writes the list.
func (l listing[T, C]) VisitListOperatorsResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListOfficersResponse writes the list.
func (l listing[T, C]) VisitListOfficersResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListRegimesResponse writes the list.
func (l listing[T, C]) VisitListRegimesResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListCardsResponse writes the list.
func (l listing[T, C]) VisitListCardsResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListPlansResponse writes the list.
func (l listing[T, C]) VisitListPlansResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListOccurrencesResponse writes the list.
func (l listing[T, C]) VisitListOccurrencesResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListAlertsResponse writes the list.
func (l listing[T, C]) VisitListAlertsResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListSelfChecksResponse writes the list.
func (l listing[T, C]) VisitListSelfChecksResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListStandardsResponse writes the list.
func (l listing[T, C]) VisitListStandardsResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListDrawsResponse writes the list.
func (l listing[T, C]) VisitListDrawsResponse(w http.ResponseWriter) error { return l.send(w) }
