package importer

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

	"duban/api/client"
)

// Door brings rows to the API.
type Door struct {
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

func NewDoor(url, key, lang string) (*Door, error) {
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
	return &Door{api: api, lang: lang, patience: 2 * time.Minute, pause: 500 * time.Millisecond}, nil
}

// file files a complaint; again tells that it was filed before.
func (d *Door) file(ctx context.Context, f filing) (again bool, err error) {
	body, err := json.Marshal(f)
	if err != nil {
		return false, fmt.Errorf("write a filing: %w", err)
	}
	receipt, err := d.insist(ctx, func(ctx context.Context) (answer, error) {
		key := keyOf(f["externalSource"], f["externalId"])
		r, err := d.api.FileComplaintWithBodyWithResponse(ctx, &client.FileComplaintParams{IdempotencyKey: key}, "application/json", bytes.NewReader(body))
		if err != nil {
			return answer{}, err
		}
		return answer{r.JSON201, r.ApplicationproblemJSONDefault, r.HTTPResponse}, nil
	})
	return receipt != nil && receipt.Again, err
}

// answer is what the API said to one request.
type answer struct {
	receipt *client.Receipt
	problem *client.Problem
	http    *http.Response
}

// insist posts until there is an answer that counts. A *refused error is about this row, any other
// about all of them. When ctx ends, a request under way is still answered, none is begun.
func (d *Door) insist(ctx context.Context, post func(context.Context) (answer, error)) (*client.Receipt, error) {
	began := time.Now()
	for pause := d.pause; ; pause = min(2*pause, lastPause) {
		a, err := post(context.WithoutCancel(ctx))
		if err == nil {
			err = a.fault()
		} else {
			err = &away{cause: err}
		}
		var later *away
		if !errors.As(err, &later) {
			return a.receipt, err
		}
		wait := max(pause, later.wait)
		if time.Since(began)+wait > d.patience {
			return nil, fmt.Errorf("import: the API stays away: %w", later.cause)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
}

func (a answer) fault() error {
	status := a.http.StatusCode
	switch {
	case status < 300:
		return nil
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fmt.Errorf("import: %s (an import key is needed: duban key create --role import)", a.said())
	case status == http.StatusTooManyRequests || status == http.StatusRequestTimeout || status >= 500:
		seconds, err := strconv.Atoi(a.http.Header.Get("Retry-After"))
		if err != nil {
			seconds = 0 // not said, or said as a date
		}
		return &away{cause: errors.New(a.said()), wait: time.Duration(seconds) * time.Second}
	case a.problem != nil:
		return &refused{a.said()}
	}
	return fmt.Errorf("import: %s does not answer like the API: %s", a.http.Request.URL, a.http.Status)
}

// said is what the API says is wrong.
func (a answer) said() string {
	if a.problem == nil {
		return a.http.Status
	}
	out := a.problem.Code + ": " + a.problem.Detail
	if a.problem.Field != nil {
		out += " (" + *a.problem.Field + ")"
	}
	return out
}

// keyOf names the request by the row's key: the same row is the same request, whenever it is sent.
func keyOf(source, id string) string {
	sum := sha256.Sum256([]byte(source + "\x00" + id))
	return "import-" + hex.EncodeToString(sum[:16])
}
