#!/usr/bin/env bash
# Everything that can be said of the code without running the installation: each step tells its time, and
# the steps behind one that fails are run all the same.
set -uo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=${CGO_ENABLED:-0} GOFLAGS=${GOFLAGS:--trimpath}
failed=()

step() { # name, command…
  local name=$1 began=$SECONDS
  shift
  echo "── $name"
  if "$@"; then
    echo "   ok ($((SECONDS - began)) s)"
  else
    echo "   FAILED ($((SECONDS - began)) s)"
    failed+=("$name")
  fi
}

in_both() { # command…, in the root module and in standalone
  local rc=0
  "$@" || rc=1
  (cd standalone && "$@") || rc=1
  return $rc
}

formatted() {
  local wrong
  wrong=$(git ls-files -co --exclude-standard '*.go' ':!*.gen.go' | while read -r f; do [ -e "$f" ] && echo "$f"; done | xargs bin/tools/gofumpt -l) || return 1
  [ -z "$wrong" ] || { echo "$wrong"; return 1; }
}

root=$PWD
lint() { "$root/bin/tools/golangci-lint" run --allow-parallel-runners --config "$root/.golangci.yml" ./...; }

# Shared by both modules: no path of the machine on which something was written, no host of a
# package registry. The brackets keep the patterns from finding themselves.
words() {
  local found=0
  git grep -nIE '(^|[^A-Za-z0-9_.-])/(wor[k]|roo[t]|hom[e]|User[s])/|\.\./share[d]/' && found=1
  git grep -nIE '(proxy|sum)\.golan[g]|registry\.npmj[s]|(deb|security)\.debia[n]|goprox[y]\.' && found=1
  return $found
}

step "tools" ./scripts/tools.sh
step "format (gofumpt)" formatted
step "words" words
step "modules are tidy" in_both go mod tidy -diff
step "vet" in_both go vet ./...
step "workflow code (workflowcheck)" bin/tools/workflowcheck ./workflows/... ./worker/...
step "boundaries, shared versions" go test ./boundaries
step "regimes" go run ./cmd/duban regime check law/regimes/*.yaml
step "standards" go run ./cmd/duban standard check law/standards/*.yaml
step "holiday tables" go test ./law/regimes -run "Holidays|AnnouncedYears"
step "replay" go test ./workflows -run 'Histor'
step "generated files" ./scripts/generate.sh --check
step "lint (golangci-lint)" in_both lint

if [ ${#failed[@]} -gt 0 ]; then
  echo "check: ${#failed[@]} failed in $SECONDS s:$(printf ' %s;' "${failed[@]}")"
  exit 1
fi
echo "check: all ok in $SECONDS s"
