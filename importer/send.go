package importer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"duban/api/client"
)

// Door brings rows to the API.
type Door struct {
	api      *client.Client
	dry      bool          // ask what would become of a row, and file none
	patience time.Duration // how long a row is tried while the API is away
	pause    time.Duration // before the second try; it doubles up to lastPause
}

const (
	onePost   = 30 * time.Second
	lastPause = 15 * time.Second
	mostSaid  = 1 << 20 // bytes of an answer
)

// NewDoor is the API at url, asked with an import key and answering in lang. In a dry run it is only
// asked what would become of each row.
func NewDoor(url, key, lang string, dry bool) (*Door, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	api, err := client.NewClient(strings.TrimSuffix(url, "/"),
		client.As(key, lang), client.WithHTTPClient(&http.Client{Timeout: onePost, Transport: transport}))
	if err != nil {
		return nil, fmt.Errorf("make a client of %s: %w", url, err)
	}
	return &Door{api: api, dry: dry, patience: 2 * time.Minute, pause: 500 * time.Millisecond}, nil
}

// The paths that an import posts to.
const (
	complaintsPath  = "complaints"
	inspectionsPath = "inspections"
)

// receipt is what an import reads of the API's: the case, and whether the same request was received
// before, or the id by another key.
type receipt struct {
	Case            string
	Again, Existing bool
}

// file files a case that is known by the map's source and its id; nil without a receipt: a dry run
// says that it could be filed.
func (d *Door) file(ctx context.Context, path, source, id string, body map[string]any) (*receipt, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("write a filing: %w", err)
	}
	key := keyOf(source, id)
	var dry *bool
	if d.dry {
		dry = &d.dry
	}
	said, err := d.insist(ctx, func(ctx context.Context) (*http.Response, error) {
		if path == inspectionsPath {
			return d.api.FileInspectionWithBody(ctx, &client.FileInspectionParams{IdempotencyKey: key, DryRun: dry}, "application/json", bytes.NewReader(raw))
		}
		return d.api.FileComplaintWithBody(ctx, &client.FileComplaintParams{IdempotencyKey: key, DryRun: dry}, "application/json", bytes.NewReader(raw))
	})
	var no *refused
	if errors.As(err, &no) && no.code == "not-for-you" && body["authority"] == nil {
		return nil, wrongKey(no.reason) // it is not this row that is not for the key, but all of them
	}
	if err != nil || len(said) == 0 {
		return nil, err
	}
	got := &receipt{}
	if err := json.Unmarshal(said, got); err != nil {
		return nil, fmt.Errorf("import: read a receipt: %w", err)
	}
	return got, nil
}

// putOperator brings in an operator.
func (d *Door) putOperator(ctx context.Context, id string, body map[string]any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write an operator: %w", err)
	}
	_, err = d.insist(ctx, func(ctx context.Context) (*http.Response, error) {
		return d.api.PutOperatorWithBody(ctx, id, "application/json", bytes.NewReader(raw))
	})
	return err
}

// refused is an answer of the API that says no to this row, and will again.
type refused struct{ code, reason string }

func (r *refused) Error() string { return r.reason }

// away is an answer, or none, that may be another later.
type away struct {
	cause error
	wait  time.Duration // as the API asks; zero: it does not say
}

func (a *away) Error() string { return a.cause.Error() }

// insist asks until there is an answer that counts. A *refused error is about this row, any other
// about all of them. When ctx ends, a request under way is still answered, none is begun.
func (d *Door) insist(ctx context.Context, ask func(context.Context) (*http.Response, error)) ([]byte, error) {
	began := time.Now()
	for pause := d.pause; ; pause = min(2*pause, lastPause) {
		said, err := answer(ask(context.WithoutCancel(ctx)))
		var later *away
		if !errors.As(err, &later) {
			return said, err
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

// answer reads what the API said to one request.
func answer(r *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, &away{cause: err}
	}
	said, err := io.ReadAll(io.LimitReader(r.Body, mostSaid))
	if err := errors.Join(err, r.Body.Close()); err != nil {
		return nil, &away{cause: err}
	}
	if r.StatusCode < 300 {
		return said, nil
	}
	var p client.Problem
	ours := json.Unmarshal(said, &p) == nil && p.Code != ""
	why := r.Status
	if ours {
		why = p.Code + ": " + p.Detail
		if p.Field != nil {
			why += " (" + *p.Field + ")"
		}
	}
	switch {
	case r.StatusCode == http.StatusUnauthorized:
		return nil, wrongKey(why)
	case r.StatusCode == http.StatusTooManyRequests || r.StatusCode == http.StatusRequestTimeout || r.StatusCode >= 500:
		seconds, err := strconv.Atoi(r.Header.Get("Retry-After"))
		if err != nil {
			seconds = 0 // not said, or said as a date
		}
		return nil, &away{cause: errors.New(why), wait: time.Duration(seconds) * time.Second}
	case ours:
		return nil, &refused{p.Code, why}
	}
	return nil, fmt.Errorf("import: %s does not answer like the API: %s", r.Request.URL, r.Status)
}

func wrongKey(why string) error {
	return fmt.Errorf("import: %s (an import key is needed: duban key create --role import)", why)
}

// otherContent tells whether the API holds the row's id with another content.
func otherContent(err error) bool {
	var no *refused
	return errors.As(err, &no) && (no.code == "idempotency-key-reused" || no.code == "external-id-reused")
}

// keyOf names the request by the row's key: the same row is the same request, whenever it is sent.
func keyOf(source, id string) string {
	sum := sha256.Sum256([]byte(source + "\x00" + id))
	return "import-" + hex.EncodeToString(sum[:16])
}
