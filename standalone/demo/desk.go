package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// desk speaks HTTP for one run. It repeats what got no answer with the same idempotency key, for
// as long as ctx lasts: a server that was killed comes back, and nothing may happen twice.
type desk struct {
	url  string
	http *http.Client
	sent int // requests that had to be sent again
}

// login is how a request says who it is: a key, or a receipt number with its pin.
type login struct{ key, receipt, pin string }

const (
	firstWait = 20 * time.Millisecond
	lastWait  = time.Second
)

// Answer is a response that was received.
type answer struct {
	Status int
	Body   []byte
}

func (a answer) into(v any) error {
	if err := json.Unmarshal(a.Body, v); err != nil {
		return fmt.Errorf("read answer %d: %w", a.Status, err)
	}
	return nil
}

// call sends until an answer other than 503 comes. A step that a rule refuses is an error: the
// programme knows what is lawful.
func (d *desk) call(ctx context.Context, method, path string, who login, key string, in any) (answer, error) {
	var raw []byte
	if in != nil {
		var err error
		if raw, err = json.Marshal(in); err != nil {
			return answer{}, fmt.Errorf("%s %s: %w", method, path, err)
		}
	}
	for wait := firstWait; ; wait = min(2*wait, lastWait) {
		a, err := d.once(ctx, method, path, who, key, raw)
		switch {
		case err == nil && a.Status < 300:
			return a, nil
		case err == nil && a.Status != http.StatusServiceUnavailable && a.Status != http.StatusInternalServerError:
			return a, fmt.Errorf("%s %s: %d %s", method, path, a.Status, a.Body)
		}
		d.sent++
		select {
		case <-ctx.Done():
			return a, fmt.Errorf("%s %s: %w (last: %v, %d %s)", method, path, ctx.Err(), err, a.Status, a.Body)
		case <-time.After(wait):
		}
	}
}

func (d *desk) once(ctx context.Context, method, path string, who login, key string, raw []byte) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, d.url+path, bytes.NewReader(raw))
	if err != nil {
		return answer{}, err
	}
	if raw != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept-Language", "en") // what is refused is printed beside English
	if who.key != "" {
		req.Header.Set("Authorization", "Bearer "+who.key)
	}
	if who.receipt != "" {
		req.Header.Set("Duban-Receipt", who.receipt)
		req.Header.Set("Duban-Pin", who.pin)
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := d.http.Do(req)
	if err != nil {
		return answer{}, err
	}
	body, err := io.ReadAll(res.Body)
	if err := res.Body.Close(); err != nil {
		return answer{}, err
	}
	if err != nil {
		return answer{}, err
	}
	return answer{Status: res.StatusCode, Body: body}, nil
}
