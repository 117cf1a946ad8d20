#!/bin/sh
# Puts a backup back into an empty database of the same name; the register's secret of that time lies beside the dump.
# Stop the API, the workers and Temporal first. What follows is in docs/operations.md.
# usage: deploy/restore.sh FOLDER, with PGHOST, PGPORT, PGUSER, PGDATABASE and DATABASE_PASSWORD_FILE as for backup.sh
set -eu
folder=${1:?usage: deploy/restore.sh FOLDER}
if [ -n "${DATABASE_PASSWORD_FILE:-}" ]; then
  PGPASSWORD=$(cat "$DATABASE_PASSWORD_FILE")
  export PGPASSWORD
fi
(cd "$folder" && sha256sum --check --quiet SHA256SUMS)
tables=$(psql -XAtqc "SELECT count(*) FROM pg_tables WHERE schemaname IN ('duban', 'temporal', 'temporal_visibility')")
if [ "$tables" != 0 ]; then
  echo "restore: the database $PGDATABASE holds $tables tables already: make an empty one of that name" >&2
  exit 1
fi
# --clean: the schemas of a new database are there, empty
pg_restore --clean --if-exists --exit-on-error --single-transaction --dbname="$PGDATABASE" "$folder/duban.dump"
echo "restored from $folder; the register's secret is $folder/register-secret: put it where the programs read it, then start them and run duban verify"
