package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"duban/law/calendar"
	"duban/law/casefile"
)

//go:embed openapi.yaml
var openapi []byte

// contract is openapi.yaml, ready to check requests.
type contract struct {
	doc     *openapi3.T
	json    []byte // the same document for readers of JSON
	options []openapi3.SchemaValidationOption
}

func newContract() (*contract, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi)
	if err != nil {
		return nil, fmt.Errorf("load the contract: %w", err)
	}
	asJSON, err := doc.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("write the contract as JSON: %w", err)
	}
	// The library's validator for 3.1 compiles a schema anew for every request. Ours say the same
	// in both dialects (a test compares), so the one for 3.0 is used.
	doc.OpenAPI = "3.0.3"
	dates := openapi3.NewCallbackValidator(func(s string) error {
		d, err := calendar.ParseDay(s)
		if err == nil && (d.Year() < firstYear || d.Year() > lastYear) {
			err = fmt.Errorf("parse day: the year is not between %d and %d", firstYear, lastYear)
		}
		return err
	})
	instants := openapi3.NewCallbackValidator(func(s string) error {
		at, err := time.Parse(time.RFC3339, s)
		if err == nil && (at.Year() < firstYear || at.Year() > lastYear) {
			err = fmt.Errorf("parse instant: the year is not between %d and %d", firstYear, lastYear)
		}
		return err
	})
	terms := openapi3.NewCallbackValidator(func(s string) error {
		_, err := calendar.ParseTerm(s)
		return err
	})
	return &contract{doc: doc, json: asJSON, options: []openapi3.SchemaValidationOption{
		openapi3.VisitAsRequest(), openapi3.EnableFormatValidation(), openapi3.WithStringFormatValidator("date", dates),
		openapi3.WithStringFormatValidator("date-time", instants), openapi3.WithStringFormatValidator("term", terms),
	}}, nil
}

// The years that a day or an instant may lie in. Days beyond are slips of the pen, and their deadlines could not
// be written: RFC 3339 ends with the year 9999, and before 1901 the place's offset has seconds.
const firstYear, lastYear = 1901, 2199

// operation is the contract's line for a route; nil when it has none.
func (k *contract) operation(method, path string) *routers.Route {
	item := k.doc.Paths.Value(path)
	if item == nil || item.GetOperation(method) == nil {
		return nil
	}
	return &routers.Route{Spec: k.doc, Path: path, PathItem: item, Method: method, Operation: item.GetOperation(method)}
}

// largest is how long a body may be.
const largest = 1 << 20

// check lets only requests through that the contract allows. The body's length is checked while
// it is read, before anything looks into it.
func (k *contract) check(op *routers.Route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, largest))
			if err != nil {
				return unreadable(err)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			if err := k.parameters(op, c); err != nil {
				return err
			}
			if err := k.body(op.Operation.RequestBody, r, body); err != nil {
				return err
			}
			return next(c)
		}
	}
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return problem("bad-request")
}

func (k *contract) parameters(op *routers.Route, c echo.Context) error {
	r := c.Request()
	if !utf8.ValidString(r.URL.Path) {
		return problem("bad-encoding")
	}
	path := map[string]string{}
	for i, name := range c.ParamNames() {
		path[name] = c.ParamValues()[i]
	}
	query := r.URL.Query()
	for name, values := range query {
		if op.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name) == nil {
			return problem("unknown-parameter").allows(oneOf(queryOf(op.Operation)))
		}
		if !utf8.ValidString(strings.Join(values, "")) {
			return problem("bad-encoding").at(name)
		}
	}
	in := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: path, QueryParams: query, Route: op,
		Options: &openapi3filter.Options{SkipSettingDefaults: true},
	}
	for _, p := range op.Operation.Parameters {
		if err := openapi3filter.ValidateParameter(r.Context(), in, p.Value); err != nil {
			return badParameter(op.Method, p.Value, err)
		}
		// Formats are checked in bodies only.
		if query.Has(p.Value.Name) && !k.fits(p.Value.Schema.Value, query.Get(p.Value.Name)) {
			return k.unfit(p.Value, query.Get(p.Value.Name))
		}
	}
	return nil
}

func (k *contract) fits(s *openapi3.Schema, value string) bool {
	return !s.Type.Is("string") || s.VisitJSON(value, k.options...) == nil
}

// badParameter: a path that can't be is one that is not there, but who makes something is told how it may be
// called.
func badParameter(method string, p *openapi3.Parameter, err error) error {
	switch {
	case p.In == openapi3.ParameterInPath && method != http.MethodPut:
		return problem("not-found")
	case p.Name == "Duban-Pin":
		return problem("not-found")
	case p.Name == "Idempotency-Key" && errors.Is(err, openapi3filter.ErrInvalidRequired):
		return problem("idempotency-key-missing").at(p.Name)
	case p.Name == "Idempotency-Key":
		return problem("idempotency-key-unfit").at(p.Name)
	}
	return problem("bad-parameter").at(p.Name).allows(partly(err, p.Schema))
}

// queryOf names the query parameters of an operation.
func queryOf(op *openapi3.Operation) (names []string) {
	for _, p := range op.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			names = append(names, p.Value.Name)
		}
	}
	return names
}

// unfit is badParameter for a format that the value does not have.
func (k *contract) unfit(p *openapi3.Parameter, value string) error {
	return problem("bad-parameter").at(p.Name).allows(partly(p.Schema.Value.VisitJSON(value, k.options...), p.Schema))
}

// partly is what the part of the schema that an error tells of would take.
func partly(err error, s *openapi3.SchemaRef) casefile.Text {
	var wrong *openapi3.SchemaError
	if s == nil || !errors.As(err, &wrong) {
		return casefile.Text{}
	}
	return allowedBy(wrong.Schema, wrong.SchemaField)
}

func (k *contract) body(want *openapi3.RequestBodyRef, r *http.Request, body []byte) error {
	switch {
	case want == nil && len(body) > 0:
		return problem("body-not-allowed")
	case want == nil, len(body) == 0 && !want.Value.Required:
		return nil
	case len(body) == 0:
		return problem("body-needed")
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err != nil || kind != echo.MIMEApplicationJSON {
		return problem("not-json")
	}
	if !utf8.Valid(body) {
		return problem("bad-encoding")
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return problem("bad-json")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return problem("bad-json")
	}
	err := want.Value.Content.Get(echo.MIMEApplicationJSON).Schema.Value.VisitJSON(value, k.options...)
	if err == nil {
		return nil
	}
	var wrong *openapi3.SchemaError
	if !errors.As(err, &wrong) {
		return problem("invalid-field")
	}
	return badField(wrong)
}

// fieldProblems is the code for the part of a schema that a field breaks.
var fieldProblems = map[string]string{
	"required": "missing-field", "type": "wrong-type", "maxLength": "too-long", "minLength": "too-short",
	"nullable": "wrong-type", "format": "bad-format", "pattern": "bad-format", "enum": "not-in-list",
	"minimum": "out-of-range", "maximum": "out-of-range", "minItems": "out-of-range", "maxItems": "out-of-range",
}

// badField names the field at fault and what is wrong with it, but nothing that was submitted
// save the name of a field.
func badField(e *openapi3.SchemaError) error {
	path := e.JSONPointer()
	code := fieldProblems[e.SchemaField]
	switch {
	case e.SchemaField == "properties":
		code = "unknown-field"
		path = append(path, extra(e))
	case code == "bad-format" && strings.HasPrefix(e.Schema.Format, "date"):
		code = "bad-date"
	case code == "":
		code = "invalid-field"
	}
	f := problem(code).allows(allowedBy(e.Schema, e.SchemaField))
	if len(path) > 0 && fieldName.MatchString(path[0]) {
		f.field, f.pointer = path[0], "/"+strings.Join(path, "/")
	}
	return f
}

var fieldName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`)

// extra is the first field of the value that its schema does not know.
func extra(e *openapi3.SchemaError) string {
	object, _ := e.Value.(map[string]any)
	first := ""
	for name := range object {
		if _, known := e.Schema.Properties[name]; !known && (first == "" || name < first) {
			first = name
		}
	}
	return first
}
