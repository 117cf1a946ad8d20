// Package workercomponent would register the workflows that start machines for workers; see package client.
package workercomponent

import "go.uber.org/fx"

// Module registers nothing.
var Module = fx.Options()
