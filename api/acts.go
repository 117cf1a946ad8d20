package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"duban/law/casefile"
)

// act serves one act of the catalogue: find the case, ask whether the act is hopeless, commit it,
// have it settled, answer from its row.
func (a *API) act(s casefile.Spec) echo.HandlerFunc {
	return func(c echo.Context) error {
		act, err := a.make(c, s)
		if err != nil {
			return err
		}
		return a.answerAct(c, s.Kind, act)
	}
}

// make makes an act when its turn at the case has come. Of many who act on one case at once, all
// behind the one who changes it then find the case as it stands after: what has become hopeless
// costs them a reading, and the case no settle.
func (a *API) make(c echo.Context, s casefile.Spec) (act Act, err error) {
	ctx := c.Request().Context()
	leave, err := a.acting.enter(ctx, c.Param("id"))
	if err != nil {
		return act, err
	}
	defer leave()
	line, file, err := a.find(ctx, c.Param("id"), s.Kind)
	if err != nil {
		return act, err
	}
	who := callerOf(ctx)
	act = Act{Owner: who.owner(), Key: c.Request().Header.Get("Idempotency-Key"), Case: line.ID, Name: s.Name, By: who.actor()}
	if act.IfMatch, err = ifMatch(c.Request().Header.Get("If-Match")); err != nil {
		return act, err
	}
	if err := bodyOf(c, &act.Body); err != nil {
		return act, err
	}
	if act, err = a.commit(ctx, act, line, file); err != nil {
		return act, a.countRefusal(s, err)
	}
	act, err = a.settle(ctx, line.Kind, act)
	return act, a.countRefusal(s, err)
}

// commit gives the act its row, unless the same request made one before or the act is hopeless:
// then it costs nothing.
func (a *API) commit(ctx context.Context, act Act, line Line, file casefile.Case) (Act, error) {
	was, err := a.House.Asked(ctx, act)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return was, err
	}
	if act.IfMatch != nil && *act.IfMatch != line.Seq {
		return act, problem("stale").at("If-Match")
	}
	hopeless, err := a.House.Preview(ctx, act, line, file)
	if err != nil {
		return act, err
	}
	if hopeless != nil {
		return act, refused(*hopeless)
	}
	return a.House.PutAct(ctx, act)
}

// settle has a committed act settled and reads its verdict. An entry that the desk names is read
// from the ledger by answerAct; an error of the desk says nothing: an act may be entered although the call that asked for it failed (architecture §3.4).
func (a *API) settle(ctx context.Context, kind casefile.Kind, act Act) (Act, error) {
	if !act.settled() {
		wait, cancel := context.WithTimeout(ctx, a.ActTimeout)
		entry, failed := a.Desk.Act(wait, kind, act.Case, act.ID)
		cancel()
		if entry > 0 {
			act.Entry = entry
			return act, nil
		}
		var err error
		if act, err = a.House.ActByID(ctx, act.ID); err != nil {
			return act, err
		}
		if !act.settled() {
			a.Logger.Warn("act without a verdict", "act", act.ID, "error", failed)
			f := problem("no-verdict-yet")
			f.retry = retryAfter
			return act, f
		}
	}
	if act.Refusal != nil {
		return act, refused(*act.Refusal)
	}
	return act, nil
}

func (act Act) settled() bool { return act.Entry > 0 || act.Refusal != nil }

func (a *API) answerAct(c echo.Context, kind casefile.Kind, act Act) error {
	entries, err := a.House.Ledger(c.Request().Context(), act.Case, act.Entry-1, 1)
	if err != nil {
		return err
	}
	if len(entries) != 1 {
		return fmt.Errorf("entry %d of case %s is missing", act.Entry, act.Case)
	}
	days, err := a.House.Calendar(c.Request().Context())
	if err != nil {
		return err
	}
	row := a.titles.state(kind, entries[0].To)
	a.measures.act(kind, act.Name)
	c.Response().Header().Set("ETag", etag(act.Entry))
	return c.JSON(http.StatusOK, actAnswer{Act: act.ID, Entry: a.ledgerLine(callerOf(c.Request().Context()), kind, entries[0], days), Next: row.Who, Closed: row.Closed})
}

func (a *API) countRefusal(s casefile.Spec, err error) error {
	var f *fault
	if errors.As(err, &f) {
		a.measures.refused(s.Kind, f.code)
	}
	return err
}

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
