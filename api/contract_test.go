package api_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"duban/api"
)

func document(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
	return doc
}

// Every operation of the contract has a route and every route an operation, but for the pages
// that are no part of it.
func TestRoutesAreTheContract(t *testing.T) {
	e, err := api.New(api.Options{Dev: true})
	require.NoError(t, err)
	routed := map[string]bool{}
	for _, r := range e.Routes() {
		if r.Method != echo.RouteNotFound {
			routed[r.Method+" "+r.Path] = true
		}
	}
	for path, item := range document(t).Paths.Map() {
		for method := range item.Operations() {
			route := method + " " + strings.NewReplacer("{", ":", "}", "").Replace(path)
			require.True(t, routed[route], "the contract's %s has no route", route)
			delete(routed, route)
		}
	}
	require.Equal(t, map[string]bool{"GET /metrics": true, "GET /docs": true, "GET /docs/*": true, "GET /v1/openapi.yaml": true, "GET /v1/openapi.json": true}, routed)
}

// The clock is no part of an installation in real use.
func TestNoClockWithoutDev(t *testing.T) {
	e, err := api.New(api.Options{})
	require.NoError(t, err)
	for _, r := range e.Routes() {
		require.NotContains(t, r.Path, "/dev")
	}
}

// Every operation that takes a body refuses a field that it does not know, whoever asks.
func TestEveryOperationRefusesUnknownFields(t *testing.T) {
	h := newHouse(t)
	seen := 0
	for path, item := range document(t).Paths.Map() {
		for method, op := range item.Operations() {
			if op.RequestBody == nil {
				continue
			}
			seen++
			at := strings.NewReplacer("{id}", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "{standard}", "liaoning-shop").Replace(path)
			r := h.do(request{method: method, path: at, as: "admin", body: map[string]any{"nonsense": true}})
			require.Equal(t, http.StatusUnprocessableEntity, r.status, "%s %s: %s", method, path, r.raw)
			require.Equal(t, "unknown-field", r.json["code"], "%s %s", method, path)
			require.Equal(t, "/nonsense", r.json["pointer"])
		}
	}
	require.Greater(t, seen, 90)
}

// Requests are checked by the validator of OpenAPI 3.0: bodies must be flat and closed, in words
// that mean the same in both dialects.
func TestBodiesAreFlatAndClosed(t *testing.T) {
	plain := map[string]bool{"string": true, "integer": true, "boolean": true}
	for name, s := range document(t).Components.Schemas {
		if !strings.HasSuffix(name, "Body") {
			continue
		}
		v := s.Value
		require.True(t, v.Type.Is("object"), name)
		require.NotNil(t, v.AdditionalProperties.Has, name)
		require.False(t, *v.AdditionalProperties.Has, name)
		require.Empty(t, v.AllOf, name)
		for field, f := range v.Properties {
			types := f.Value.Type.Slice()
			require.Len(t, types, 1, "%s.%s", name, field)
			kind := types[0]
			if kind == "array" {
				kind = f.Value.Items.Value.Type.Slice()[0]
				require.NotNil(t, f.Value.MaxItems, "%s.%s is bounded", name, field)
				if kind == "object" { // of a body of its own, which this test sees by its name
					require.True(t, strings.HasSuffix(f.Value.Items.Ref, "Body"), "%s.%s", name, field)
					continue
				}
			}
			if kind == "object" { // a name in both languages, likewise
				require.True(t, strings.HasSuffix(f.Ref, "Body"), "%s.%s", name, field)
				continue
			}
			require.True(t, plain[kind], "%s.%s is %s", name, field, kind)
			require.Nil(t, f.Value.ExclusiveMin.Bool, "%s.%s", name, field)
			if kind == "string" && len(f.Value.Enum) == 0 && f.Value.Format == "" && types[0] != "array" {
				require.True(t, f.Value.MaxLength != nil || strings.Contains(f.Value.Pattern, "{"), "%s.%s is bounded", name, field)
			}
		}
	}
}

func TestPages(t *testing.T) {
	h := newHouse(t)
	require.Equal(t, 200, h.do(request{method: "GET", path: "/livez"}).status)
	for path, contains := range map[string]string{
		"/docs/": "swagger", "/v1/openapi.yaml": "openapi: 3.1.0", "/metrics": "duban_http_request_seconds", "/livez": "ok",
	} {
		r := h.do(request{method: "GET", path: path})
		require.Equal(t, 200, r.status, path)
		require.Contains(t, string(r.raw), contains)
	}
	served := h.do(request{method: "GET", path: "/v1/openapi.json"})
	require.Equal(t, "application/json", served.header.Get("Content-Type"))
	written, err := os.ReadFile("openapi.yaml")
	require.NoError(t, err)
	asJSON, err := yaml.YAMLToJSON(written)
	require.NoError(t, err)
	require.JSONEq(t, string(asJSON), string(served.raw), "one document")
	page := h.do(request{method: "GET", path: "/docs/"})
	require.NotRegexp(t, `(src|href)="?http`, string(page.raw), "nothing is loaded from elsewhere")
	require.Contains(t, page.header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'")
	require.Equal(t, 200, h.do(request{method: "GET", path: "/docs/swagger-ui-bundle.js"}).status)
}
