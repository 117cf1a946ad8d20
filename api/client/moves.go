package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// As shows a key with each request, unless it is empty, and asks for answers in that language.
func As(key, lang string) ClientOption {
	return WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+key)
		}
		r.Header.Set("Accept-Language", lang)
		return nil
	})
}

// A case knows more than two hundred acts and papers, and every one is asked for alike: so they have two
// methods by hand, and the contract says what each takes.

// Acted is an act that was entered.
type Acted struct {
	Act    string     `json:"act"`
	Entry  LedgerLine `json:"entry"`
	Next   string     `json:"next"` // who must act now
	Closed bool       `json:"closed"`
}

// Refused is an answer that is no success: its problem says why and what to do.
type Refused struct{ Problem }

func (r *Refused) Error() string {
	return fmt.Sprintf("%d %s: %s", r.Status, r.Code, r.Detail)
}

// Act asks for an act in a case: kind is complaint, inspection, enforcement or appeal, act its name in the
// contract, body its JSON object (nil: none). The same key asks for the same act again. *Refused for a no.
func (c *Client) Act(ctx context.Context, kind, id, act, key string, body any, edit ...RequestEditorFn) (*Acted, error) {
	var out Acted
	return &out, c.move(ctx, kind, id, act, key, body, &out, edit)
}

// Paper hands in a paper for a case. As Act; the receipt counts, the entry comes later.
func (c *Client) Paper(ctx context.Context, kind, id, paper, key string, body any, edit ...RequestEditorFn) (*Receipt, error) {
	var out Receipt
	return &out, c.move(ctx, kind, id, paper, key, body, &out, edit)
}

func (c *Client) move(ctx context.Context, kind, id, name, key string, body, into any, edit []RequestEditorFn) error {
	raw := []byte("{}")
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			return fmt.Errorf("ask for %s: %w", name, err)
		}
	}
	at := strings.TrimSuffix(c.Server, "/") + "/v1/" + url.PathEscape(kind) + "s/" + url.PathEscape(id) + "/" + url.PathEscape(name)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("ask for %s: %w", name, err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	if err := c.applyEditors(ctx, r, edit); err != nil {
		return fmt.Errorf("ask for %s: %w", name, err)
	}
	answer, err := c.Client.Do(r)
	if err != nil {
		return fmt.Errorf("ask for %s: %w", name, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= http.StatusBadRequest {
		var no Refused
		if err := json.NewDecoder(answer.Body).Decode(&no.Problem); err != nil {
			return fmt.Errorf("ask for %s: status %d, and no problem told: %w", name, answer.StatusCode, err)
		}
		return &no
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		return fmt.Errorf("read the answer to %s: %w", name, err)
	}
	return nil
}
