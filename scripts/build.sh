#!/usr/bin/env bash
# Builds a program: scripts/build.sh FOLDER PROGRAM PACKAGE [WHY]. As long as there is something to compile it tells how far
# it is: a bar on a terminal, elsewhere a line every ten seconds (EVERY). WHY is said when that is hundreds of packages.
set -euo pipefail
export CGO_ENABLED=${CGO_ENABLED:-0} GOFLAGS=${GOFLAGS:--trimpath}
cd "$1"
program=$2 package=$3 why=${4:-}
name=$(basename "$program")
began=$(date +%s)
work=$(mktemp -d)
teller=
trap '[ -z "$teller" ] || kill "$teller" 2>/dev/null || true; rm -rf "$work"' EXIT
: >"$work/said"

# go names each package when it begins to compile it; a name has neither space nor colon, all else that go says has.
named() { grep -E '^[^#:[:space:]]+$' "$work/said" || true; }

# What go calls stale is still to come, what it has named is not: together they are all, whenever we ask.
stale() {
  go list -deps -f '{{if and .Stale (ne .StaleReason "not installed but available in build cache")}}{{.ImportPath}}{{end}}' "$package" 2>/dev/null | grep . || true
}

tell() {
  local done fetched total left seconds bar
  done=$(named | wc -l)
  fetched=$(grep -c '^go: downloading' "$work/said" || true)
  seconds="$(($(date +%s) - began)) s"
  if [ "$done" -eq 0 ] && [ "$fetched" -gt 0 ]; then
    say "building $name: $fetched modules fetched, $seconds"
  elif [ "$done" -eq 0 ]; then
    say "building $name: $seconds" # looking for what has changed, or linking
  else
    if [ ! -e "$work/stale" ]; then
      stale >"$work/asked"
      mv "$work/asked" "$work/stale"
    fi
    total=$(named | sort -u - "$work/stale" | wc -l)
    if [ "$total" -gt 300 ] && [ -n "$why" ]; then say "$why$ended" && why=; fi
    left="$((total - done)) left"
    [ "$total" -gt "$done" ] || left="then it is linked"
    bar=
    [ -z "$terminal" ] || bar=" [$(printf '%*s' $((20 * done / total)) '' | tr ' ' '#')$(printf '%*s' $((20 - 20 * done / total)) '')]"
    say "building $name$bar: package $((done)) of $((total)), $left, $seconds"
  fi
}

# On a terminal each line is written over the one before, unless it ends.
terminal= ended=
if [ -t 2 ]; then terminal=1 ended=$'\n'; fi
say() { if [ -n "$terminal" ]; then printf '\r\033[K%s' "$1" >&2; else echo "$1" >&2; fi; }

pause=${EVERY:-10}
[ -z "$terminal" ] || pause=1
(while sleep "$pause" >/dev/null 2>&1; do tell; done) &
teller=$!

failed=0
go build -v -o "$program" "$package" 2>"$work/said" || failed=$?
kill "$teller" && wait "$teller" 2>/dev/null || true
teller=
compiled=$(named | wc -l)
if [ "$compiled" -gt 0 ] && [ "$failed" -eq 0 ]; then
  say "built $name: $((compiled)) packages compiled, $(($(date +%s) - began)) s$ended"
elif [ -n "$terminal" ]; then
  say ""
fi
grep -vE '^[^#:[:space:]]+$|^go: downloading' "$work/said" >&2 || true
exit "$failed"
