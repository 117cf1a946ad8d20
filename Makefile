# Duban. `make help` lists what there is; each target enters both modules.
.DEFAULT_GOAL := help
SHELL := /bin/bash

export CGO_ENABLED ?= 0
BIN := $(CURDIR)/bin
DATA ?= ./data
LISTEN ?= 127.0.0.1:8080
DATABASE ?=
PACKAGES := ./...

.PHONY: help run demo test check check-long bench build generate clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/duban and bin/standalone
	@mkdir -p $(BIN)
	go build -trimpath -o $(BIN)/duban ./cmd/duban
	@echo "building standalone (the first time takes minutes: it holds a Temporal server)"
	cd standalone && go build -trimpath -o $(BIN)/standalone .

run: build ## start everything in one process on 127.0.0.1; data in ./data; DATABASE=postgres://… for PostgreSQL
	@exec $(BIN)/standalone --data $(DATA) --listen $(LISTEN) $(if $(DATABASE),--database '$(DATABASE)')

demo: build ## play complaints and a year of inspections through HTTP on a stepped clock; WATCH=1: complaints, a day a second
	@exec $(BIN)/standalone demo $(if $(WATCH),--watch)

test: postgresql ## unit, property, workflow, register (both databases), lives and end-to-end tests
	go test -shuffle=on $(PACKAGES)
	cd standalone && go test -shuffle=on $(PACKAGES)

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
