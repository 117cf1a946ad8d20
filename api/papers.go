package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"duban/law/calendar"
	"duban/law/casefile"
)

// slip is what only the door reads of a paper's body.
type slip struct {
	Sender      string       `json:"sender"`
	EffectiveOn calendar.Day `json:"effectiveOn"`
}

// paper serves one paper of the catalogue: find the case, see whose paper it is, put it into the
// inbox, nudge.
func (a *API) paper(s casefile.Spec) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		line, file, err := a.find(ctx, c.Param("id"), s.Kind)
		if err != nil {
			return err
		}
		var body casefile.Body
		var door slip
		if err := bodiesOf(c, &body, &door); err != nil {
			return err
		}
		who := callerOf(ctx)
		in := Incoming{Owner: who.owner(), Key: c.Request().Header.Get("Idempotency-Key"), Case: line.ID, Name: s.Name, Body: body}
		if in.By, err = signed(who, s, file, door.Sender); err != nil {
			return err
		}
		if in.Effective, err = effective(who, s, body, door); err != nil {
			return err
		}
		receipt, err := a.House.Receive(ctx, in)
		if err != nil {
			return err
		}
		a.measures.paper(s.Kind, s.Name)
		a.nudge(ctx, s.Kind, line.ID, s.Name, receipt.Paper)
		return a.answerReceipt(c, receipt, http.StatusAccepted)
	}
}

// signed tells whose paper it is. Operators and parties send their own; an officer of the case's
// authority enters those of others.
func signed(who caller, s casefile.Spec, file casefile.Case, sender string) (casefile.Actor, error) {
	if who.Kind == OfficerKey {
		if who.Authority != file.Authority {
			return casefile.Actor{}, problem("wrong-sender")
		}
		if sender == "" && len(s.Senders) > 1 {
			return casefile.Actor{}, problem("missing-field").in("sender")
		}
		by := who.actor()
		by.Sender = sender
		if sender == "" {
			by.Sender = s.Senders[0]
		}
		return by, nil
	}
	own := []string{"complainant", "applicant"}
	if who.Kind == OperatorKey {
		own = []string{"operator"}
		if file.Appeal != nil && file.Appeal.Applicant == "penalised" {
			own = append(own, "applicant")
		}
	}
	for _, as := range own {
		if slices.Contains(s.Senders, as) && (sender == "" || sender == as) {
			return casefile.Actor{Sender: as}, nil
		}
	}
	return casefile.Actor{}, problem("wrong-sender").at("sender")
}

// effective is the day that the law counts for a paper: that of its proof, or one that an officer
// states with evidence (civil procedure 85: a letter counts from its postmark). That it has come
// is checked by the house, whose clock it is.
func effective(who caller, s casefile.Spec, body casefile.Body, door slip) (calendar.Day, error) {
	if s.ByDay && !body.On.IsZero() {
		return body.On, nil
	}
	if door.EffectiveOn.IsZero() {
		return calendar.Day{}, nil
	}
	if who.Kind != OfficerKey {
		return calendar.Day{}, problem("officers-only-field").in("effectiveOn")
	}
	if body.Evidence == "" {
		return calendar.Day{}, problem("evidence-needed").in("evidence")
	}
	return door.EffectiveOn, nil
}

// repin serves the house paper that pins a case to a mended regime.
func (a *API) repin(c echo.Context) error {
	ctx := c.Request().Context()
	line, _, err := a.find(ctx, c.Param("id"), "")
	if err != nil {
		return err
	}
	who := callerOf(ctx)
	if who.Kind == OfficerKey && (who.Role != casefile.RoleHead || who.Authority != line.Authority) {
		return problem("not-for-you")
	}
	var body struct {
		Regime string `json:"regime"`
	}
	if err := bodyOf(c, &body); err != nil {
		return err
	}
	by := who.actor()
	by.Sender = "house"
	receipt, err := a.House.Repin(ctx, who.owner(), c.Request().Header.Get("Idempotency-Key"), line.ID, body.Regime, by)
	if err != nil {
		return err
	}
	a.nudge(ctx, line.Kind, line.ID, "repin", receipt.Paper)
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
func (a *API) answerReceipt(c echo.Context, r Receipt, status int) error {
	out := receipt{
		Paper: r.Paper, Case: r.Case, Kind: r.Kind, Number: r.Number, Pin: r.Pin, Received: r.Received, Again: r.Again,
	}
	if wait := preferredWait(c.Request().Header.Values("Prefer")); wait > 0 {
		entry, err := a.entered(c.Request().Context(), r, wait)
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

// entered waits until a paper is in the ledger; nil when it is not in time.
func (a *API) entered(ctx context.Context, r Receipt, wait time.Duration) (*ledgerLine, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, 250*time.Millisecond) {
		p, err := a.House.Paper(ctx, r.Paper)
		if err != nil {
			return nil, err
		}
		if p.Entry > 0 {
			entries, err := a.House.Ledger(ctx, r.Case, p.Entry-1, 1)
			if err != nil || len(entries) == 0 {
				return nil, err
			}
			days, err := a.House.Calendar(ctx)
			if err != nil {
				return nil, err
			}
			line := a.ledgerLine(callerOf(ctx), r.Kind, entries[0], days)
			return &line, nil
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
