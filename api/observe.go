package api

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"duban/law/casefile"
)

// measures are the API's metrics. Their labels are route templates, kinds, names and codes: no
// ids and no persons.
type measures struct {
	requests *prometheus.HistogramVec
	refusals *prometheus.CounterVec
	papers   *prometheus.CounterVec
	acts     *prometheus.CounterVec
	handler  http.Handler
}

func newMeasures(r *prometheus.Registry) measures {
	m := measures{
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "duban_http_request_seconds", Help: "Time to answer, by route.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "route", "status"}),
		refusals: counter("duban_refusals_total", "Acts refused, by code.", "kind", "code"),
		papers:   counter("duban_papers_total", "Papers received at the door.", "kind", "paper"),
		acts:     counter("duban_acts_total", "Acts answered with their entry.", "kind", "act"),
		handler:  promhttp.HandlerFor(r, promhttp.HandlerOpts{}),
	}
	r.MustRegister(m.requests, m.refusals, m.papers, m.acts)
	return m
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func (m measures) refused(k casefile.Kind, code string) {
	m.refusals.WithLabelValues(string(k), code).Inc()
}

func (m measures) paper(k casefile.Kind, name string) {
	m.papers.WithLabelValues(string(k), name).Inc()
}

func (m measures) act(k casefile.Kind, name string) { m.acts.WithLabelValues(string(k), name).Inc() }

const requestKey = "request"

func requestID(c echo.Context) string {
	id, _ := c.Get(requestKey).(string)
	return id
}

// observe names a request, measures it and writes a line: method, route template, status, time.
// Paths, queries, bodies, addresses and names stay out of the log; a caller is an id of the register.
func (a *API) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		id := make([]byte, 8)
		rand.Read(id) //nolint:errcheck // never fails (crypto/rand)
		c.Set(requestKey, hex.EncodeToString(id))
		c.Response().Header().Set(echo.HeaderXRequestID, requestID(c))
		if err := next(c); err != nil {
			c.Error(err)
		}
		took, status, template := time.Since(began), c.Response().Status, c.Path()
		if template == "" {
			template = "unknown"
		}
		a.measures.requests.WithLabelValues(methodOf(c.Request()), template, strconv.Itoa(status)).Observe(took.Seconds())
		a.Logger.Info("request", "request", requestID(c), "method", methodOf(c.Request()), "route", template,
			"status", status, "took", took, "caller", string(whoOf(c).Kind), "by", whoOf(c).ID, "key", whoOf(c).Key)
		return nil
	}
}

// methodOf bounds a label that clients could make up.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodHead, http.MethodOptions, http.MethodDelete, http.MethodPatch:
		return r.Method
	}
	return "other"
}

// safe are the headers of every answer: it is what it says it is, is kept by nobody, loads nothing, stands
// in no frame, and tells no other site where it was read.
var safe = map[string]string{
	echo.HeaderXContentTypeOptions:   "nosniff",
	echo.HeaderCacheControl:          "no-store",
	echo.HeaderContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	echo.HeaderXFrameOptions:         "DENY",
	echo.HeaderReferrerPolicy:        "no-referrer",
	"Permissions-Policy":             "camera=(), geolocation=(), microphone=()",
	"Cross-Origin-Resource-Policy":   "same-origin",
	"Cross-Origin-Opener-Policy":     "same-origin",
}

// guard turns a panic of a handler into an error, and tells browsers to take answers for what
// they say they are.
func (a *API) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			a.Logger.Error("handler panicked", "request", requestID(c), "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = problem("internal")
		}()
		for name, value := range safe {
			c.Response().Header().Set(name, value)
		}
		return next(c)
	}
}
