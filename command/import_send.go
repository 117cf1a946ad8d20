package command

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"duban/client"
)

// door files complaints through the API.
type door struct {
	api      *client.ClientWithResponses
	lang     string
	patience time.Duration // how long a row is tried while the API is away
	pause    time.Duration // before the second try; it doubles up to lastPause
}

const (
	onePost   = 30 * time.Second
	lastPause = 15 * time.Second
)

// refused is an answer of the API that says no to this row, and will again.
type refused struct{ reason string }

func (r *refused) Error() string { return r.reason }

// away is an answer, or none, that may be another later.
type away struct {
	cause error
	wait  time.Duration // as the API asks; zero: it does not say
}

func (a *away) Error() string { return a.cause.Error() }

func newDoor(url, key, lang string) (*door, error) {
	bearer := func(_ context.Context, r *http.Request) error {
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+key)
		}
		r.Header.Set("Accept-Language", lang)
		return nil
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	api, err := client.NewClientWithResponses(strings.TrimSuffix(url, "/"),
		client.WithRequestEditorFn(bearer), client.WithHTTPClient(&http.Client{Timeout: onePost, Transport: transport}))
	if err != nil {
		return nil, fmt.Errorf("make a client of %s: %w", url, err)
	}
	return &door{api: api, lang: lang, patience: 2 * time.Minute, pause: 500 * time.Millisecond}, nil
}

// file files a row; again tells that it was filed before. A *refused error is about this row, any
// other about all of them. When ctx ends, a request under way is still answered, none is begun.
func (d *door) file(ctx context.Context, f filing) (again bool, err error) {
	began := time.Now()
	for pause := d.pause; ; pause = min(2*pause, lastPause) {
		again, err = d.post(context.WithoutCancel(ctx), f)
		var later *away
		if !errors.As(err, &later) {
			return again, err
		}
		wait := max(pause, later.wait)
		if time.Since(began)+wait > d.patience {
			return false, fmt.Errorf("file complaints: the API stays away: %w", later.cause)
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(wait):
		}
	}
}

func (d *door) post(ctx context.Context, f filing) (again bool, err error) {
	body, err := json.Marshal(f)
	if err != nil {
		return false, fmt.Errorf("write a filing: %w", err)
	}
	answer, err := d.api.FileComplaintWithBodyWithResponse(ctx, &client.FileComplaintParams{IdempotencyKey: keyOf(f)}, "application/json", bytes.NewReader(body))
	if err != nil {
		return false, &away{cause: err}
	}
	status := answer.StatusCode()
	switch {
	case answer.JSON201 != nil:
		return answer.JSON201.Again, nil
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return false, fmt.Errorf("file complaints: %s (an import key is needed: duban key create --role import)", problemOf(answer))
	case status == http.StatusTooManyRequests || status == http.StatusRequestTimeout || status >= 500:
		seconds, err := strconv.Atoi(answer.HTTPResponse.Header.Get("Retry-After"))
		if err != nil {
			seconds = 0 // not said, or said as a date
		}
		return false, &away{cause: errors.New(problemOf(answer)), wait: time.Duration(seconds) * time.Second}
	case answer.ApplicationproblemJSONDefault != nil:
		return false, &refused{problemOf(answer)}
	}
	return false, fmt.Errorf("file complaints: %s does not answer like the API: %s", answer.HTTPResponse.Request.URL, answer.Status())
}

// problemOf is what the API says is wrong.
func problemOf(answer *client.FileComplaintResponse) string {
	p := answer.ApplicationproblemJSONDefault
	if p == nil {
		return answer.Status()
	}
	out := p.Code + ": " + p.Detail
	if p.Field != nil {
		out += " (" + *p.Field + ")"
	}
	return out
}

// keyOf names the request by the row's key: the same row is the same request, whenever it is sent.
func keyOf(f filing) string {
	sum := sha256.Sum256([]byte(f["externalSource"] + "\x00" + f["externalId"]))
	return "import-" + hex.EncodeToString(sum[:16])
}
