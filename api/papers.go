package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"duban/access"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
)

type receipt struct {
	Paper    string        `json:"paper"`
	Case     string        `json:"case"`
	Kind     casefile.Kind `json:"kind"`
	Number   string        `json:"number"`
	Pin      string        `json:"pin,omitempty"`
	Received time.Time     `json:"received"`
	Again    bool          `json:"again"`
	Existing bool          `json:"existing,omitempty"`
	Entry    *docket.Entry `json:"entry,omitempty"`
}

// slip is what only the door reads of a paper's body.
type slip struct {
	Sender      string       `json:"sender"`
	EffectiveOn calendar.Day `json:"effectiveOn"`
}

// paper serves one paper of the catalogue.
func (a *API) paper(s casefile.Spec) echo.HandlerFunc {
	return func(c echo.Context) error {
		in := office.Incoming{Key: keyOf(c), Case: c.Param("id"), Kind: s.Kind, Name: s.Name}
		var door slip
		if err := bodiesOf(c, &in.Body, &door); err != nil {
			return err
		}
		in.Sender, in.Effective = door.Sender, door.EffectiveOn
		receipt, err := a.Office.Receive(c.Request().Context(), whoOf(c), in)
		if err != nil {
			return err
		}
		a.measures.paper(s.Kind, s.Name)
		return a.answerReceipt(c, receipt, http.StatusAccepted)
	}
}

// repin serves the paper that pins a case to a mended regime.
func (a *API) repin(c echo.Context) error {
	var body struct {
		Regime string `json:"regime"`
	}
	if err := bodyOf(c, &body); err != nil {
		return err
	}
	receipt, err := a.Office.Repin(c.Request().Context(), whoOf(c), keyOf(c), c.Param("id"), body.Regime)
	if err != nil {
		return err
	}
	return a.answerReceipt(c, receipt, http.StatusAccepted)
}

// bodiesOf reads a body once for the law and once for the door.
func bodiesOf(c echo.Context, into ...any) error {
	var raw json.RawMessage
	if err := bodyOf(c, &raw); err != nil || raw == nil {
		return err
	}
	for _, v := range into {
		if err := json.NewDecoder(bytes.NewReader(raw)).Decode(v); err != nil {
			return problem("bad-json")
		}
	}
	return nil
}

// answerReceipt answers with the receipt, and with the paper's entry if the client waits for it
// and it comes in time.
func (a *API) answerReceipt(c echo.Context, r office.Receipt, status int) error {
	out := receiptView(r)
	if wait := preferredWait(c.Request().Header.Values("Prefer")); wait > 0 {
		entry, err := a.entered(c.Request().Context(), whoOf(c), r, wait)
		if err != nil {
			// The paper is received. Who waits for more than its receipt is given that all the same.
			a.Logger.Warn("entry of a paper not read", "request", requestID(c), "error", err)
		}
		if entry != nil && status == http.StatusAccepted {
			status = http.StatusOK
		}
		out.Entry = entry
		c.Response().Header().Set("Preference-Applied", "wait="+strconv.Itoa(int(wait.Seconds())))
	}
	if status == http.StatusCreated {
		c.Response().Header().Set(echo.HeaderLocation, "/v1/receipts/"+r.Number)
	}
	return c.JSON(status, out)
}

func receiptView(r office.Receipt) receipt {
	return receipt{
		Paper: r.Paper, Case: r.Case, Kind: r.Kind, Number: r.Number, Pin: r.Pin, Received: r.Received, Again: r.Again || r.Existing, Existing: r.Existing,
	}
}

// entered waits until a paper is in the ledger; nil when it is not in time.
func (a *API) entered(ctx context.Context, who access.Who, r office.Receipt, wait time.Duration) (*docket.Entry, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, 250*time.Millisecond) {
		seq, err := a.Office.Entered(ctx, r.Paper)
		if err != nil {
			return nil, err
		}
		if seq > 0 {
			entry, err := a.Docket.Entry(ctx, who, r.Case, seq)
			if err != nil {
				return nil, err
			}
			return &entry, nil
		}
		select {
		case <-ctx.Done():
			return nil, nil
		case <-time.After(pause):
		}
	}
}

// longestWait is how long a client may have a paper waited for.
const longestWait = 10

// preferredWait reads wait=N of RFC 7240; other preferences are not ours to heed.
func preferredWait(headers []string) time.Duration {
	for _, p := range strings.Split(strings.Join(headers, ","), ",") {
		if s, ok := strings.CutPrefix(strings.TrimSpace(p), "wait="); ok {
			if n, err := strconv.Atoi(s); err == nil && n > 0 {
				return time.Duration(min(n, longestWait)) * time.Second
			}
		}
	}
	return 0
}
