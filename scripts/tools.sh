#!/usr/bin/env bash
# Builds the tools of tools/go.mod into bin/tools, once per version, and prints that folder.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=${CGO_ENABLED:-0} GOFLAGS=${GOFLAGS:--trimpath}
folder=$PWD/bin/tools
want=$(cat tools/go.mod tools/go.sum <(go version) | cksum)
if [ "$(cat "$folder/version" 2>/dev/null || true)" != "$want" ]; then
  mkdir -p "$folder"
  echo "building the tools (a few minutes the first time)" >&2
  (cd tools && go build -o "$folder/" tool)
  echo "$want" >"$folder/version"
fi
echo "$folder"
