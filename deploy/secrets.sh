#!/bin/sh
# Makes the secrets of an installation that are not there yet, and never changes one that is.
# usage: deploy/secrets.sh [FOLDER]
set -eu
folder=${1:-secrets}
random() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
keep() { # keep NAME CONTENT: the folder keeps other people out, so containers of any user may read the file
  [ -e "$folder/$1" ] || (umask 222 && printf '%s\n' "$2" >"$folder/$1.new" && mv "$folder/$1.new" "$folder/$1")
}
mkdir -p "$folder"
chmod 700 "$folder"
keep database-password "$(random 24)"
keep duban.pgpass "database:5432:duban:duban:$(random 24)"
keep temporal.pgpass "database:5432:duban:temporal:$(random 24)"
keep register-secret "$(random 32)"
echo "secrets are in $folder; keep register-secret with the backups: without it no receipt's pin fits any more"
