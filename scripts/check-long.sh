#!/usr/bin/env bash
# Runs every fuzz target of both modules, a minute each (FUZZTIME=10s for less), and nginx by deploy/nginx.conf. What
# fails leaves its input in testdata/fuzz of its package: commit it with the repair.
set -uo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=${CGO_ENABLED:-0} GOFLAGS=${GOFLAGS:--trimpath}
each=${FUZZTIME:-1m}
failed=()
ran=0

fuzz() { # module, as a folder
  local package targets target began
  for package in $(cd "$1" && grep -rl --include='*_test.go' '^func Fuzz' . | grep -v "^./standalone/" | xargs -r -n1 dirname | sort -u); do
    targets=$(cd "$1" && go test -list '^Fuzz' "$package") || { failed+=("$package does not build"); continue; }
    for target in $(grep '^Fuzz' <<<"$targets"); do
      began=$SECONDS
      echo "── $package $target"
      if (cd "$1" && go test "$package" -run '^$' -fuzz "^$target\$" -fuzztime "$each" -fuzzminimizetime 5x); then # minimising would eat the minute
        echo "   ok ($((SECONDS - began)) s)"
      else
        echo "   FAILED ($((SECONDS - began)) s)"
        failed+=("$package $target")
      fi
      ran=$((ran + 1))
    done
  done
}

echo "── the proxy (needs nginx)"
if (cd standalone && go test -count=1 -tags nginx -run TestProxy ./compose); then echo "   ok"; else failed+=("the proxy"); fi
ran=$((ran + 1))
fuzz .
fuzz standalone

if [ ${#failed[@]} -gt 0 ] || [ $ran -eq 0 ]; then
  echo "check-long: ${#failed[@]} failed of $ran in $SECONDS s:$(printf ' %s;' "${failed[@]}")"
  exit 1
fi
echo "check-long: $ran, all ok in $SECONDS s"
