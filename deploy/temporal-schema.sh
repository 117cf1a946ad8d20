#!/bin/sh
# Brings Temporal's two schemas to the version of this image. It may run again: what is done is left alone.
set -eu
tool() { temporal-sql-tool --connect-attributes "search_path=$schema&passfile=$PGPASSFILE&sslmode=disable" "$@"; }
for schema in temporal temporal_visibility; do
  tool setup-schema --version 0.0
  tool update-schema --schema-name "postgresql/v12/${schema#temporal_}"
done
