// Package client is the Go client of the API, generated from api/openapi.yaml (go generate ./api).
package client
