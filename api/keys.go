package api

import (
	"cmp"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"duban/access"
	"duban/api/wire"
	"duban/law/casefile"
	"duban/office"
)

type keyView struct {
	ID        string        `json:"id"`
	Kind      string        `json:"kind"`
	Owner     string        `json:"owner"`
	Authority string        `json:"authority,omitempty"`
	Role      casefile.Role `json:"role,omitempty"`
	Created   time.Time     `json:"created"`
	By        string        `json:"by,omitempty"`
	Expires   time.Time     `json:"expires,omitzero"`
	Used      time.Time     `json:"used,omitzero"`
	Revoked   time.Time     `json:"revoked,omitzero"`
}

func viewOfKey(k office.Key) keyView { return keyView(k) }

// ListKeys lists the keys without their secrets.
func (a *API) ListKeys(c echo.Context, p wire.ListKeysParams) error {
	return list(c, a, "keys", value(p.Cursor), p.Limit, func(after string, limit int) ([]keyView, string, error) {
		all, err := a.Office.Keys(c.Request().Context(), whoOf(c), after, limit)
		next := ""
		if len(all) == limit {
			next = all[limit-1].ID
		}
		return each(all, viewOfKey), next, err
	})
}

type madeKey struct {
	Key    keyView `json:"key"`
	Secret string  `json:"secret,omitempty"`
	Again  bool    `json:"again"`
}

// MakeKey makes a key and shows its secret, this once.
func (a *API) MakeKey(c echo.Context, p wire.MakeKeyParams) error {
	var b wire.MakeKeyJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	k, secret, err := a.Office.MakeKey(c.Request().Context(), whoOf(c), p.IdempotencyKey, office.KeySpec{
		Kind: string(b.Kind), Owner: b.Owner, Authority: value(b.Authority), Expires: value(b.Expires),
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, madeKey{Key: viewOfKey(k), Secret: secret, Again: secret == ""})
}

// RevokeKey ends a key.
func (a *API) RevokeKey(c echo.Context, id wire.CaseId, _ wire.RevokeKeyParams) error {
	if err := a.Office.RevokeKey(c.Request().Context(), whoOf(c), id); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// RetireOfficer ends an officer's rights, or gives them back.
func (a *API) RetireOfficer(c echo.Context, id wire.CodeId, _ wire.RetireOfficerParams) error {
	var b wire.RetireOfficerJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	o, err := a.Office.RetireOfficer(c.Request().Context(), whoOf(c), id, b.Left)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, officerView(o))
}

type callerView struct {
	Kind      string        `json:"kind"`
	ID        string        `json:"id,omitempty"`
	Authority string        `json:"authority,omitempty"`
	Role      casefile.Role `json:"role,omitempty"`
	Key       string        `json:"key,omitempty"`
	Case      string        `json:"case,omitempty"`
}

// WhoAmI tells who the caller was found to be.
func (a *API) WhoAmI(c echo.Context) error {
	who := whoOf(c)
	kind := cmp.Or(string(who.Kind), "public")
	if who.Kind == access.Receipt {
		kind = "receipt"
	}
	return c.JSON(http.StatusOK, callerView{Kind: kind, ID: who.ID, Authority: who.Authority, Role: who.Role, Key: who.Key, Case: who.Case})
}
