package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/google/uuid"
)

// web runs the same life through the API.
type web struct {
	url, key string
	client   *http.Client
}

func newHTTP(o *opened) web {
	return web{url: o.URL(), key: o.keys["officer"], client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: atOnce}}}
}

func (w web) life(ctx context.Context, measure func(func() error) error) (string, error) {
	id, err := w.file(ctx)
	if err != nil {
		return "", err
	}
	for _, s := range life {
		raw, err := json.Marshal(s.body)
		if err != nil {
			return "", err
		}
		var in map[string]any
		if err := json.Unmarshal(raw, &in); err != nil {
			return "", err
		}
		if err := measure(func() error { return w.post(ctx, "/v1/complaints/"+id+"/"+s.name, w.key, in, &struct{}{}) }); err != nil {
			return "", err
		}
	}
	return "complaint/" + id, nil
}

// file files a complaint and returns its case.
func (w web) file(ctx context.Context) (string, error) {
	var got struct{ Case string }
	err := w.post(ctx, "/v1/complaints", "", map[string]any{
		"operator": "liaohai-telecom", "dispute": "other", "subject": "话费多计", "text": "账单有误。", "complainantName": "测试", "complainantPhone": "13800000000",
	}, &got)
	return got.Case, err
}

func (w web) post(ctx context.Context, path, key string, in map[string]any, out any) error {
	once := uuid.NewString()
	for {
		status, body, err := w.send(ctx, path, key, once, in)
		if err != nil {
			return err
		}
		if status == http.StatusServiceUnavailable && ctx.Err() == nil {
			continue // no verdict yet on a busy machine: the same key asks again, and the time it takes is the act's
		}
		if status >= 300 {
			return fmt.Errorf("%s: %d %s", path, status, body)
		}
		return json.Unmarshal(body, out)
	}
}

func (w web) send(ctx context.Context, path, key, once string, in map[string]any) (status int, body []byte, err error) {
	raw, err := json.Marshal(in)
	if err != nil {
		return 0, nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url+path, bytes.NewReader(raw))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", once)
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	res, err := w.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err = io.ReadAll(res.Body)
	return res.StatusCode, body, err
}
