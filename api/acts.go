package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"duban/docket"
	"duban/law/casefile"
	"duban/office"
)

type actAnswer struct {
	Act    string       `json:"act"`
	Entry  docket.Entry `json:"entry"`
	Next   string       `json:"next"`
	Closed bool         `json:"closed"`
}

// act serves one act of the catalogue.
func (a *API) act(s casefile.Spec) echo.HandlerFunc {
	return func(c echo.Context) error {
		act := office.Act{Key: keyOf(c), Case: c.Param("id"), Kind: s.Kind, Name: s.Name}
		var err error
		if act.IfMatch, err = ifMatch(c.Request().Header.Get("If-Match")); err != nil {
			return err
		}
		var door cover
		if err := bodiesOf(c, &act.Body, &door); err != nil {
			return err
		}
		act.Contact = door.contact(s)
		acted, err := a.Office.Act(c.Request().Context(), whoOf(c), act)
		if err != nil {
			return a.countRefusal(s, err)
		}
		a.measures.act(s.Kind, s.Name)
		row := docket.StateOf(s.Kind, acted.Entry.To)
		c.Response().Header().Set("ETag", etag(acted.Entry.Seq))
		return c.JSON(http.StatusOK, actAnswer{Act: acted.ID, Entry: acted.Entry, Next: row.Who, Closed: row.Closed})
	}
}

func (a *API) countRefusal(s casefile.Spec, err error) error {
	if f := faultOf(err); f.status < http.StatusInternalServerError || f.code == "case-stuck" {
		a.measures.refused(s.Kind, f.code)
	}
	return err
}

// keyOf is the Idempotency-Key of a request.
func keyOf(c echo.Context) string { return c.Request().Header.Get("Idempotency-Key") }

// bodyOf reads a body that the contract has let through; an absent one is empty.
func bodyOf(c echo.Context, into any) error {
	err := json.NewDecoder(c.Request().Body).Decode(into)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	return problem("bad-json")
}

// ifMatch reads the seq that an officer saw; nil for none.
func ifMatch(header string) (*int, error) {
	header = strings.TrimSpace(header)
	if header == "" || header == "*" {
		return nil, nil
	}
	inner, quoted := strings.CutPrefix(header, `"`)
	inner, ended := strings.CutSuffix(inner, `"`)
	n, err := strconv.Atoi(inner)
	if !quoted || !ended || err != nil || n < 0 || strconv.Itoa(n) != inner {
		return nil, problem("bad-if-match").at("If-Match")
	}
	return &n, nil
}

func etag(seq int) string { return `"` + strconv.Itoa(seq) + `"` }
