// Package client is the Go client of the API, generated from api/openapi.yaml (go generate ./api).
//
// A list in another format than JSON is read from the response itself, as it comes: ListCases, not
// ListCasesWithResponse.
package client
