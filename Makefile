# Duban. `make help` lists what there is; each target enters both modules.
.DEFAULT_GOAL := help
SHELL := /bin/bash

# The same everywhere, in scripts too: other flags have another cache, and the Temporal server would be compiled once more.
export CGO_ENABLED ?= 0
export GOFLAGS ?= -trimpath
BIN := $(CURDIR)/bin
DATA ?= ./data
LISTEN ?= 127.0.0.1:8080
DATABASE ?=
PACKAGES := ./...

.PHONY: help run demo test check check-long bench build generate clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: one-process ## build bin/duban and bin/standalone
	@./scripts/build.sh . $(BIN)/duban ./cmd/duban

run: one-process ## start everything in one process on 127.0.0.1; data in ./data; DATABASE=postgres://… for PostgreSQL
	@exec $(BIN)/standalone --data $(DATA) --listen $(LISTEN) $(if $(DATABASE),--database '$(DATABASE)')

demo: one-process ## play complaints and a year of inspections through HTTP on a stepped clock; WATCH=1: complaints, a day a second
	@exec $(BIN)/standalone demo $(if $(WATCH),--watch)

.PHONY: one-process
one-process: # bin/standalone; go itself sees in a second that nothing has changed
	@mkdir -p $(BIN)
	@./scripts/build.sh standalone $(BIN)/standalone . \
	  'Most of it is the Temporal server that runs inside. That takes minutes once; later builds take seconds.'

test: postgresql ## unit, property, workflow, register (both databases), lives and end-to-end tests
	go test -timeout 20m -shuffle=on $(PACKAGES)
	cd standalone && go test -timeout 20m -shuffle=on $(PACKAGES)

check: ## formatting, vet, lint, workflow code, boundaries, regimes, replay, generated files
	./scripts/check.sh

check-long: ## the proxy under nginx, and every fuzz target for a minute each; FUZZTIME=10s for less
	./scripts/check-long.sh

bench: postgresql ## measure on PostgreSQL, against a bare workflow in the same run
	cd standalone && go run ./bench

generate: ## write the generated files anew
	./scripts/generate.sh

.PHONY: postgresql
postgresql: # install the server's package where it is missing and we may
	@./scripts/postgresql.sh

clean: ## remove what was built
	rm -rf $(BIN)
