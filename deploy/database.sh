#!/bin/sh
# Runs once, on an empty volume: one database for all, so that one backup is one consistent cut, with a
# role and schemas of its own for the register and for Temporal.
set -eu
password() { cut -d: -f5 "/run/secrets/$1"; }
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v duban="$(password duban.pgpass)" -v temporal="$(password temporal.pgpass)" <<'SQL'
CREATE ROLE duban LOGIN PASSWORD :'duban';
CREATE ROLE temporal LOGIN PASSWORD :'temporal';
ALTER DATABASE duban OWNER TO duban;
REVOKE ALL ON DATABASE duban FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE duban TO temporal;
CREATE EXTENSION btree_gin SCHEMA public;
CREATE SCHEMA temporal AUTHORIZATION temporal;
CREATE SCHEMA temporal_visibility AUTHORIZATION temporal;
SQL
