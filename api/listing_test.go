package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"duban/docket"
)

// archive has many cases with long subjects, in pages, and looks how much memory is in use whenever a page is
// asked for.
type archive struct {
	cases int
	fail  int // the page from this case on can't be read; 0: all can
	most  uint64
}

func (a *archive) page(cursor string, limit int) ([]docket.Line, string, error) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	a.most = max(a.most, m.HeapAlloc)
	from := 0
	if cursor != "" {
		var err error
		if from, err = strconv.Atoi(cursor); err != nil {
			return nil, "", err
		}
	}
	if a.fail > 0 && from >= a.fail {
		return nil, "", errors.New("gone")
	}
	var out []docket.Line
	for n := from; n < min(from+limit, a.cases); n++ {
		out = append(out, docket.Line{ID: strconv.Itoa(n), Subject: strings.Repeat("字", 2000), Filed: time.Unix(0, 0)})
	}
	next := ""
	if from+limit < a.cases {
		next = strconv.Itoa(from + limit)
	}
	return out, next, nil
}

// serve answers /csv and /jsonl with the archive as a file.
func (a *archive) serve(t *testing.T) string {
	e, door := echo.New(), &API{Options: Options{Logger: slog.New(slog.DiscardHandler)}}
	for _, f := range formats[1:] {
		e.GET("/"+f.name, func(c echo.Context) error {
			c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), formatKey{}, f)))
			return list(c, door, "cases", "", nil, a.page)
		})
	}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return server.URL
}

func download(t *testing.T, url string, into io.Writer) error {
	req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	require.NoError(t, err)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.Equal(t, 200, res.StatusCode)
	_, err = io.Copy(into, res.Body)
	require.NoError(t, res.Body.Close())
	return err
}

// 5,000 cases of 6 kB each, 30 MB in all, pass through the memory of a few pages of 1.2 MB.
func TestFileOfManyCases(t *testing.T) {
	a := &archive{cases: 5000}
	url := a.serve(t)
	for _, f := range []string{"csv", "jsonl"} {
		runtime.GC()
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		a.most = 0
		lines := &lineCount{}
		require.NoError(t, download(t, url+"/"+f, lines))
		want := 5000
		if f == "csv" {
			want++
		}
		require.Equal(t, want, lines.lines, f)
		require.Greater(t, lines.bytes, 30_000_000)
		require.Less(t, int64(a.most)-int64(before.HeapAlloc), int64(8_000_000), f)
	}
}

type lineCount struct{ lines, bytes int }

func (c *lineCount) Write(p []byte) (int, error) {
	c.bytes += len(p)
	c.lines += bytes.Count(p, []byte("\n"))
	return len(p), nil
}

// The register goes away in the middle: the client is not left with half a file that ends well.
func TestFileBrokenOff(t *testing.T) {
	a := &archive{cases: 5000, fail: 400}
	err := download(t, a.serve(t)+"/csv", io.Discard)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}
