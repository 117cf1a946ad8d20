#!/usr/bin/env bash
# Writes everything that is generated anew: the contract, the server's and the client's code, the
# state charts. generate.sh --check writes nothing and fails when a file is out of step.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=${CGO_ENABLED:-0} GOFLAGS=${GOFLAGS:--trimpath}
tools=$(./scripts/tools.sh)

if [ "${1:-}" = --check ]; then
  go test ./api/contract ./law/casefile -run 'ContractIsInStep|StatesFileIsInStep|ReadersFileIsInStep'
  new=$(mktemp -d)
  trap 'rm -rf "$new"' EXIT
  for file in api/wire/wire api/client/client; do
    sed "s,^output:.*,output: $new/new.gen.go," "$file.yaml" >"$new/config.yaml"
    (cd tools && "$tools/oapi-codegen" -config "$new/config.yaml" ../api/openapi.yaml)
    cmp "$file.gen.go" "$new/new.gen.go" || { echo "$file.gen.go is out of step: make generate" >&2; exit 1; }
  done
  exit 0
fi

go generate ./...
go test ./law/casefile -run 'StatesFileIsInStep|ReadersFileIsInStep' -update
