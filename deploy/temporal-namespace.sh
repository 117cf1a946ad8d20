#!/bin/sh
# Makes the namespace, or sets its retention: how long the history of a closed case is kept. The register
# needs none of it.
set -eu
temporal operator namespace describe --namespace duban >/dev/null 2>&1 ||
  exec temporal operator namespace create --namespace duban --retention 90d
exec temporal operator namespace update --namespace duban --retention 90d
