package api

import (
	"context"
	"mime"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// format is how a list is answered: a page as JSON, or all of it as a file.
type format struct{ name, media, contentType string }

// formats are those that the contract gives every list; the first is for who asks for none.
var formats = []format{
	{"json", "application/json", "application/json"},
	{"csv", "text/csv", "text/csv; charset=utf-8; header=present"},
	{"jsonl", "application/jsonl", "application/jsonl; charset=utf-8"},
}

type formatKey struct{}

// formatOf is the format that the list of a request is answered in.
func formatOf(c echo.Context) format {
	f, ok := c.Request().Context().Value(formatKey{}).(format)
	if !ok {
		return formats[0]
	}
	return f
}

// inFormats chooses the format of a list by its parameter format, else by Accept; 406 when the
// contract's answer knows neither.
func inFormats(op *openapi3.Operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		answer := op.Responses.Status(200)
		if answer == nil || answer.Value.Content["text/csv"] == nil {
			return next
		}
		return func(c echo.Context) error {
			r := c.Request()
			f := formats[0]
			var ok bool
			if name := r.URL.Query().Get("format"); name != "" {
				i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
				if ok = i >= 0; ok {
					f = formats[i]
				}
			} else {
				c.Response().Header().Add(echo.HeaderVary, "Accept")
				f, ok = accepted(r.Header.Values("Accept"))
			}
			if !ok {
				return problem("unknown-format")
			}
			c.SetRequest(r.WithContext(context.WithValue(r.Context(), formatKey{}, f)))
			return next(c)
		}
	}
}

// accepted is the format with the highest weight (RFC 9110 §12.5.1), the more exactly named one
// of two; not ok when all are ruled out.
func accepted(header []string) (best format, ok bool) {
	ranges := strings.TrimSpace(strings.Join(header, ","))
	if ranges == "" {
		return formats[0], true
	}
	var most float64
	var exactest int
	for _, f := range formats {
		weight, exact := weigh(ranges, f.media)
		if weight > most || weight == most && weight > 0 && exact > exactest {
			best, most, exactest = f, weight, exact
		}
	}
	return best, most > 0
}

// weigh is the weight of a media type by the range that names it most exactly, and how exactly:
// 3 by its name, 2 by its family, 1 as anything.
func weigh(ranges, media string) (weight float64, exact int) {
	family, _, _ := strings.Cut(media, "/")
	names := map[string]int{media: 3, family + "/*": 2, "*/*": 1}
	for _, one := range strings.Split(ranges, ",") {
		name, params, err := mime.ParseMediaType(one)
		if err != nil || names[name] <= exact {
			continue
		}
		weight, exact = 1, names[name]
		if q, given := params["q"]; given {
			if weight, err = strconv.ParseFloat(q, 64); err != nil {
				weight = 0
			}
		}
	}
	return weight, exact
}
