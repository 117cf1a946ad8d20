package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	"duban/access"
	"duban/api/wire"
	"duban/law/casefile"
	"duban/office"
)

// fault is a problem on its way to the client: RFC 9457 once it is there. It carries only codes
// and the installation's own sentences, never what was submitted.
type fault struct {
	status  int
	code    string
	detail  casefile.Text // empty: the sentence of the code
	clause  string
	field   string
	pointer string
	retry   string // when to try again, in seconds; empty: not told
}

func (f *fault) Error() string { return "problem " + f.code }

// problem is the fault of a code of messages.go.
func problem(code string) *fault {
	return &fault{status: messages[code].status, code: code}
}

// at tells the field or parameter at fault.
func (f *fault) at(field string) *fault {
	f.field = field
	return f
}

// in tells the field of the body at fault.
func (f *fault) in(field string) *fault {
	f.field, f.pointer = field, "/"+field
	return f
}

// refused is a refusal as a problem.
func refused(r casefile.Refusal) *fault {
	f := &fault{status: http.StatusConflict, code: r.Code, detail: r.Reason, clause: r.Cite}
	if r.Field != "" {
		f = f.in(r.Field)
		f.status = http.StatusUnprocessableEntity
	}
	if m, ours := messages[r.Code]; ours {
		f.status = m.status
	}
	switch r.Code {
	case "wrong-officer", "wrong-role", "wrong-authority":
		f.status = http.StatusForbidden
	}
	return f
}

// faultOf is what an error tells the client.
func faultOf(err error) *fault {
	var f *fault
	var rejected *office.Rejection
	var echoed *echo.HTTPError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &rejected):
		return refused(rejected.Refusal)
	case errors.Is(err, office.ErrNotFound), errors.Is(err, access.ErrHidden):
		return problem("not-found")
	case errors.Is(err, access.ErrNoKey):
		return problem("key-needed")
	case errors.Is(err, access.ErrNever):
		return problem("not-for-you")
	case errors.Is(err, office.ErrKeyReused):
		return problem("idempotency-key-reused").at("Idempotency-Key")
	case errors.Is(err, office.ErrStale):
		return problem("stale").at("If-Match")
	case errors.Is(err, office.ErrStuck):
		f = problem("case-stuck")
		f.retry = retryAfter
		return f
	case errors.Is(err, office.ErrNothingSought):
		return problem("nothing-sought").at("text")
	case errors.Is(err, office.ErrOldCursor):
		return problem("list-too-old").at("cursor")
	case errors.Is(err, office.ErrFilter):
		return problem("bad-filter")
	case errors.Is(err, office.ErrClock):
		return problem("clock-stands")
	case errors.As(err, &tooLarge):
		return problem("body-too-large")
	case errors.As(err, &echoed):
		return byStatus(echoed.Code)
	case errors.Is(err, office.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		f = problem("register-unreachable")
		f.retry = retryAfter
		return f
	}
	return problem("internal")
}

// byStatus is for what Echo itself says no to.
func byStatus(status int) *fault {
	switch status {
	case http.StatusNotFound:
		return problem("not-found")
	case http.StatusMethodNotAllowed:
		return problem("method-not-allowed")
	case http.StatusRequestEntityTooLarge:
		return problem("body-too-large")
	case http.StatusUnsupportedMediaType:
		return problem("not-json")
	case http.StatusInternalServerError:
		return problem("internal")
	}
	return &fault{status: status, code: "bad-request"}
}

// answerError turns every error of a handler, and of Echo, into a problem.
func (a *API) answerError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	f := faultOf(err)
	a.logFault(c, f, err)
	lang := languageOf(c.Request())
	h := c.Response().Header()
	if f.status == http.StatusUnauthorized {
		wantsKey(h)
	}
	if f.retry != "" {
		h.Set(echo.HeaderRetryAfter, f.retry)
	}
	h.Set("Content-Language", lang)
	h.Add(echo.HeaderVary, "Accept-Language")
	if c.Request().Method == http.MethodHead {
		err = c.NoContent(f.status)
	} else {
		h.Set(echo.HeaderContentType, "application/problem+json")
		c.Response().WriteHeader(f.status)
		err = c.Echo().JSONSerializer.Serialize(c, f.document(lang, requestID(c)), "")
	}
	if err != nil {
		a.Logger.Warn("problem not sent", "request", requestID(c), "error", err)
	}
}

// logFault keeps what went wrong on our side.
func (a *API) logFault(c echo.Context, f *fault, err error) {
	if f.status >= http.StatusInternalServerError && f.code != "case-stuck" {
		a.Logger.Error("request failed", "request", requestID(c), "code", f.code, "error", err)
	}
}

func (f *fault) document(lang, request string) wire.Problem {
	m, known := messages[f.code]
	switch {
	case known:
	case f.status == http.StatusUnprocessableEntity:
		m = messages["invalid-field"]
	default:
		m = messages["refused"]
	}
	detail := f.detail
	if detail == (casefile.Text{}) {
		detail = m.detail
	}
	instance := "urn:duban:request:" + request
	return wire.Problem{
		Type: "urn:duban:problem:" + f.code, Title: m.title.In(lang), Status: f.status, Code: f.code, Detail: detail.In(lang),
		Clause: some(f.clause), Field: some(f.field), Pointer: some(f.pointer), Instance: &instance,
	}
}

// some is a pointer to s, nil when it is empty.
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// The languages of the installation: who asks for neither gets Chinese, the language of its users.
var languages = language.NewMatcher([]language.Tag{language.SimplifiedChinese, language.English})

func languageOf(r *http.Request) string {
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return "zh-CN"
	}
	if _, i, sure := languages.Match(wanted...); i == 1 && sure > language.No {
		return "en"
	}
	return "zh-CN"
}
