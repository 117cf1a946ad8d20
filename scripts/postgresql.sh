#!/usr/bin/env bash
# Makes sure that a PostgreSQL server's binaries are there for tests: the package is installed
# when it is missing and we are allowed to; otherwise it says what to do.
set -euo pipefail
if [ -n "${DUBAN_TEST_DATABASE_URL:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; fi
if command -v pg_config >/dev/null 2>&1 && [ -x "$(pg_config --bindir)/initdb" ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing PostgreSQL for the tests"
  # its own cluster is of no use to us
  mkdir -p /etc/postgresql-common
  grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf || echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql
  exit 0
fi
echo "PostgreSQL is missing: install the package postgresql, or set DUBAN_TEST_DATABASE_URL to a server on which databases may be made" >&2
exit 1
