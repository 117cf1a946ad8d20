#!/bin/sh
# Backs up what must be kept together: the one database with its three schemas (register, Temporal, Temporal's lists),
# as one consistent cut, and the register's secret. Each backup is a folder of its own, named by its instant, that
# appears only when it is whole; those older than KEEP_DAYS go once a newer one is there.
# usage: deploy/backup.sh         now, and then every day at BACKUP_AT (UTC)
#        deploy/backup.sh once    now
# Reads PGHOST, PGPORT, PGUSER, PGDATABASE (see libpq), DATABASE_PASSWORD_FILE, REGISTER_SECRET_FILE, BACKUPS.
set -eu
umask 077
backups=${BACKUPS:-/backups}
keep=${KEEP_DAYS:-14}
at=${BACKUP_AT:-18:30} # 02:30 in Shanghai

once() {
  name=$(date -u +%Y-%m-%dT%H%M%SZ)
  rm -rf "$backups"/new.* # of a run that was broken off
  new=$backups/new.$name
  mkdir "$new"
  pg_dump --format=custom --file="$new/duban.dump"
  cp "$REGISTER_SECRET_FILE" "$new/register-secret"
  pg_restore --list "$new/duban.dump" >"$new/contents" # it can be read again
  (cd "$new" && sha256sum duban.dump register-secret >SHA256SUMS)
  sync
  mv "$new" "$backups/$name"
  echo "backup $name: $(du -sh "$backups/$name" | cut -f1)"
  find "$backups" -mindepth 1 -maxdepth 1 -type d -name '20*Z' ! -name "$name" -mtime "+$((keep - 1))" -exec rm -rf {} + # a folder's time is that of its last file
}

if [ -n "${DATABASE_PASSWORD_FILE:-}" ]; then
  PGPASSWORD=$(cat "$DATABASE_PASSWORD_FILE")
  export PGPASSWORD
fi
once
[ "${1:-}" = once ] && exit 0
trap 'kill $! 2>/dev/null; exit 0' TERM INT
hour=${at%:*} minute=${at#*:}
while :; do
  # the leading zeros would make octal numbers
  left=$(((${hour#0} * 60 + ${minute#0}) * 60 - $(date -u +%s) % 86400))
  [ $left -gt 0 ] || left=$((left + 86400))
  sleep $left &
  wait $!
  once
done
