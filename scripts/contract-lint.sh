#!/usr/bin/env bash
# Holds the contract against two linters that others use: redocly's recommended rules and spectral's for OpenAPI. It
# needs node and, the first time, a network, so it is no part of make check. Any warning fails.
set -euo pipefail
cd "$(dirname "$0")/.."
export REDOCLY_TELEMETRY=off
redocly=@redocly/cli@2.77.0
spectral=@stoplight/spectral-cli@6.16.3

command -v npx >/dev/null || { echo "npx is missing: install node 20 or later" >&2; exit 1; }
rules=$(mktemp -d)
trap 'rm -rf "$rules"' EXIT
echo 'extends: ["spectral:oas"]' >"$rules/spectral.yaml"

failed=0
told=$(npx --yes "$redocly" lint --format=github-actions --max-problems=1000 api/openapi.yaml 2>/dev/null) || failed=1
if [ -n "$told" ]; then
  echo "$told"
  failed=1
fi
npx --yes "$spectral" lint --fail-severity=hint -r "$rules/spectral.yaml" api/openapi.yaml || failed=1
[ $failed = 0 ] && echo "contract: both linters are content"
exit $failed
