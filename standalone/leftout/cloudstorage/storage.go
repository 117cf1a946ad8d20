// Package storage stands where Temporal's server looks for Google Cloud Storage, one of three places into which it can
// archive histories. Standalone archives none, so it is built without that library and the two hundred packages that it
// brings. A server that is told to archive there says so at once, from NewClient; behind it every call fails likewise.
package storage

import (
	"context"
	"errors"

	"google.golang.org/api/option"
)

// ScopeFullControl is the right that the archiver asks for.
const ScopeFullControl = "https://www.googleapis.com/auth/devstorage.full_control"

// ErrLeftOut is the answer to all that is asked.
var ErrLeftOut = errors.New("archives in Google Cloud Storage are not part of this build of the Temporal server: archive to a folder or to S3")

type (
	// Client would reach the storage.
	Client struct{}
	// BucketHandle would be a bucket.
	BucketHandle struct{}
	// ObjectHandle would be an object of it.
	ObjectHandle struct{}
	// ObjectIterator would list objects.
	ObjectIterator struct{}
	// Reader would read an object.
	Reader struct{}
	// Writer would write one.
	Writer struct{}
	// BucketAttrs are a bucket's properties.
	BucketAttrs struct{}
	// ObjectAttrs are an object's.
	ObjectAttrs struct{ Name string }
	// Query is what objects are listed by.
	Query struct{ Prefix string }
)

// NewClient fails.
func NewClient(context.Context, ...option.ClientOption) (*Client, error) { return nil, ErrLeftOut }

// Bucket does not ask the storage.
func (*Client) Bucket(string) *BucketHandle { return &BucketHandle{} }

// Object does not ask the storage.
func (*BucketHandle) Object(string) *ObjectHandle { return &ObjectHandle{} }

// Objects does not ask the storage; the first Next does.
func (*BucketHandle) Objects(context.Context, *Query) *ObjectIterator { return &ObjectIterator{} }

// Attrs fails.
func (*BucketHandle) Attrs(context.Context) (*BucketAttrs, error) { return nil, ErrLeftOut }

// Attrs fails.
func (*ObjectHandle) Attrs(context.Context) (*ObjectAttrs, error) { return nil, ErrLeftOut }

// NewReader fails.
func (*ObjectHandle) NewReader(context.Context) (*Reader, error) { return nil, ErrLeftOut }

// NewWriter does not ask the storage; the first Write does.
func (*ObjectHandle) NewWriter(context.Context) *Writer { return &Writer{} }

// Next fails.
func (*ObjectIterator) Next() (*ObjectAttrs, error) { return nil, ErrLeftOut }

// Read fails.
func (*Reader) Read([]byte) (int, error) { return 0, ErrLeftOut }

// Close fails.
func (*Reader) Close() error { return ErrLeftOut }

// Write fails.
func (*Writer) Write([]byte) (int, error) { return 0, ErrLeftOut }

// Close fails: what was to be written is not.
func (*Writer) Close() error { return ErrLeftOut }

// CloseWithError fails.
func (*Writer) CloseWithError(error) error { return ErrLeftOut }
