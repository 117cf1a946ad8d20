package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"duban/access"
	"duban/office"
)

type whoKey struct{}

// whoOf is who sent a request.
func whoOf(c echo.Context) access.Who {
	who, _ := c.Request().Context().Value(whoKey{}).(access.Who)
	return who
}

// authenticate finds out who asks: by key, by receipt and pin, or the public. What is shown and
// does not fit is an error, never the public.
func (a *API) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, known := c.Request().Context().Value(whoKey{}).(access.Who); known {
			return next(c) // from within: see As
		}
		who, err := a.identify(c)
		if err != nil {
			return err
		}
		who.Address = c.RealIP()
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), whoKey{}, who)))
		return next(c)
	}
}

func (a *API) identify(c echo.Context) (access.Who, error) {
	ctx, cancel := context.WithTimeout(c.Request().Context(), a.Deadline)
	defer cancel()
	h := c.Request().Header
	if h.Get(echo.HeaderAuthorization) != "" {
		scheme, secret, _ := strings.Cut(h.Get(echo.HeaderAuthorization), " ")
		if !strings.EqualFold(scheme, "Bearer") || secret == "" || len(secret) > 200 {
			return access.Who{}, problem("unknown-key")
		}
		who, err := a.Office.Authenticate(ctx, secret)
		if errors.Is(err, office.ErrNotFound) {
			if err := spend(a.wrongKeys.of(c.RealIP(), time.Now()), time.Now(), "too-many-keys"); err != nil {
				return who, err // a right key is never kept out: who holds one may share the address
			}
			return who, problem("unknown-key")
		}
		return who, err
	}
	number := h.Get("Duban-Receipt")
	if number == "" {
		return access.Who{}, nil
	}
	return shown(a, number, h.Get("Duban-Pin"), c.RealIP(), func(number, pin string) (access.Who, error) { return a.Docket.Holder(ctx, number, pin) })
}

// As serves every request as who's, whatever it shows: for a program that holds the register itself and asks its
// API within the process, so that it goes by the same rules. It must never hang on a listener.
func As(who access.Who, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), whoKey{}, who)))
	})
}

// shown finds what a receipt's number and pin open; what can't be a receipt opens nothing, and guessing is bounded.
func shown[T any](a *API, number, pin, from string, find func(number, pin string) (T, error)) (T, error) {
	var none T
	if len(number) > 40 || len(pin) > 32 || !plain(number+pin) {
		return none, office.ErrNotFound
	}
	now := time.Now()
	if err := a.guesses.allowed(number, from, now); err != nil {
		return none, err
	}
	found, err := find(number, pin)
	if errors.Is(err, office.ErrNotFound) {
		a.guesses.wrong(number, from, errors.Is(err, office.ErrPin), now)
	}
	return found, err
}

// plain tells whether s is printable ASCII: nothing else may reach the register as an id.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// retryAfter is what a client waits before it asks the same again, in seconds.
const retryAfter = "2"

// wantsKey tells a client how to show a key.
func wantsKey(h http.Header) { h.Set(echo.HeaderWWWAuthenticate, `Bearer realm="duban"`) }
