#!/usr/bin/env bash
# Builds a program and tells how far it is, as long as anything has to be compiled: a bar on a terminal, elsewhere a line
# every ten seconds (EVERY=1 for each). scripts/build.sh FOLDER PROGRAM PACKAGE; PROGRAM is an absolute path.
set -euo pipefail
folder=$1 program=$2 package=$3
every=${EVERY:-10}
cd "$folder"
name=$(basename "$program")
began=$(date +%s)

# What has to be compiled is what go calls stale, together with what it has named since: it works while we ask.
lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT
: >"$lists/named"
ask() {
  go list -deps -f '{{if and .Stale (ne .StaleReason "not installed but available in build cache")}}{{.ImportPath}}{{end}}' \
    "$package" 2>/dev/null | grep -v '^$' >"$lists/asked" || true
  mv "$lists/asked" "$lists/stale"
}
asking=
total=0
count() {
  done=$(wc -l <"$lists/named")
  if [ -e "$lists/stale" ]; then total=$(sort -u "$lists/stale" "$lists/named" | wc -l); fi
}

told=0 now=
if [ -t 2 ]; then terminal=1; else terminal=; fi
tell() { # with an argument: at once
  local now seconds text bar
  now=$(date +%s)
  seconds=$((now - began))
  if [ -z "$terminal" ] && [ -z "${1:-}" ] && [ $((now - told)) -lt "$every" ]; then return; fi
  count
  if [ "$done" -eq 0 ] && [ "$fetched" -gt 0 ]; then
    text="$fetched modules fetched"
  elif [ "$done" -eq 0 ]; then
    return
  elif [ "$total" -eq 0 ]; then
    text="$done packages"
  else
    text="$done of $total packages, $((total - done)) left"
  fi
  told=$now
  if [ -z "$terminal" ]; then
    echo "building $name: $text, $seconds s" >&2
  elif [ "$total" -gt 0 ]; then
    bar=$(printf '%*s' $((30 * done / total)) '' | tr ' ' '#')
    printf '\r\033[Kbuilding %s [%-30s] %s, %s s' "$name" "$bar" "$text" "$seconds" >&2
  else
    printf '\r\033[Kbuilding %s: %s, %s s' "$name" "$text" "$seconds" >&2
  fi
}
