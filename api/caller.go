package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"duban/law/casefile"
)

// partyKey marks a person who shows a receipt's number and pin.
const partyKey = "party"

// caller is who sent a request. Its zero value is the public.
type caller struct {
	Key
	kase string // of a party: the one case that the receipt is for
	from string // the address that the request came from
}

// owner is whose Idempotency-Keys the caller's are.
func (c caller) owner() string {
	switch c.Kind {
	case "":
		return "public"
	case partyKey:
		return "receipt/" + c.kase
	}
	return c.Kind + "/" + c.Owner
}

// actor is how the caller's acts are signed.
func (c caller) actor() casefile.Actor {
	return casefile.Actor{Officer: c.Owner, Role: c.Role, Authority: c.Authority}
}

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// authenticate finds out who asks: by key, by receipt and pin, or the public. What is shown and
// does not fit is an error, never the public.
func (a *API) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		who, err := a.identify(c)
		if err != nil {
			return err
		}
		who.from = c.RealIP()
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), callerKey{}, who)))
		return next(c)
	}
}

func (a *API) identify(c echo.Context) (who caller, err error) {
	ctx, cancel := context.WithTimeout(c.Request().Context(), a.Deadline)
	defer cancel()
	h := c.Request().Header
	switch number := h.Get("Duban-Receipt"); {
	case h.Get(echo.HeaderAuthorization) != "":
		scheme, secret, _ := strings.Cut(h.Get(echo.HeaderAuthorization), " ")
		if !strings.EqualFold(scheme, "Bearer") || secret == "" || len(secret) > 200 {
			return who, problem("unknown-key")
		}
		who.Key, err = a.House.Authenticate(ctx, secret)
		if errors.Is(err, ErrNotFound) {
			err = problem("unknown-key")
		}
	case number != "":
		var found Tracked
		found, err = a.track(ctx, number, h.Get("Duban-Pin"), c.RealIP())
		who = caller{Key: Key{Kind: partyKey}, kase: found.Line.ID}
	}
	return who, err
}

// track finds a receipt's case; what can't be a receipt is none.
func (a *API) track(ctx context.Context, number, pin, from string) (Tracked, error) {
	if len(number) > 40 || len(pin) > 32 || !plain(number+pin) {
		return Tracked{}, ErrNotFound
	}
	right, err := a.guesses.try(number, from, time.Now())
	if err != nil {
		return Tracked{}, err
	}
	found, err := a.House.Track(ctx, number, pin)
	if !errors.Is(err, ErrNotFound) {
		right()
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

// may is a set of kinds of callers.
type may []string

var (
	anyone      may // no list: everybody
	viewers     = may{OfficerKey, OperatorKey, AdminKey}
	officers    = may{OfficerKey}
	staff       = may{OfficerKey, AdminKey}
	admins      = may{AdminKey}
	operators   = may{OperatorKey}
	senders     = may{OfficerKey, OperatorKey, partyKey}
	planners    = may{OfficerKey, ImportKey}
	keepers     = may{AdminKey, ImportKey} // of the operators: an import brings its own
	complainers = may{"", OfficerKey, ImportKey}
)

func (a *API) authorise(m may) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			who := callerOf(c.Request().Context())
			if m == nil {
				return next(c)
			}
			for _, kind := range m {
				if who.Kind == kind {
					return next(c)
				}
			}
			if who.Kind == "" {
				return problem("key-needed")
			}
			return problem("not-for-you")
		}
	}
}

// sees tells whether the caller may know of a case: operators of their own once they were told, parties of the one
// on their receipt, officers of those of their authority and the authorities below it.
func (a *API) sees(ctx context.Context, who caller, l Line) (bool, error) {
	switch who.Kind {
	case AdminKey:
		return true, nil
	case OperatorKey:
		return l.Told && l.Operator != "" && l.Operator == who.Owner, nil
	case partyKey:
		return l.ID == who.kase, nil
	case OfficerKey:
		return a.over(ctx, who.Authority, l.Authority)
	}
	return false, nil
}

// over tells whether an authority is another, or above it.
func (a *API) over(ctx context.Context, upper, lower string) (bool, error) {
	if upper == lower {
		return true, nil
	}
	all, err := a.House.Authorities(ctx)
	if err != nil {
		return false, err
	}
	parent := map[string]string{}
	for _, o := range all {
		parent[o.ID] = o.Parent
	}
	for range all { // a loop in the tree ends here too
		if lower = parent[lower]; lower == upper {
			return true, nil
		}
	}
	return false, nil
}

// find is the case of a request, if its caller may know of it: otherwise it does not exist.
func (a *API) find(ctx context.Context, id string, kind casefile.Kind) (Line, casefile.Case, error) {
	l, c, err := a.House.Case(ctx, id)
	if err != nil {
		return l, c, err
	}
	ok, err := a.sees(ctx, callerOf(ctx), l)
	if err == nil && (!ok || kind != "" && l.Kind != kind) {
		err = ErrNotFound
	}
	return l, c, err
}

// retryAfter is what a client waits before it asks the same again, in seconds.
const retryAfter = "2"

// wantsKey tells a client how to show a key.
func wantsKey(h http.Header) { h.Set(echo.HeaderWWWAuthenticate, `Bearer realm="duban"`) }
