#!/bin/sh
# Makes a certificate that no browser trusts, to try the proxy with. It never takes the place of one that is there.
# usage: deploy/certificate.sh HOST [FOLDER]
set -eu
host=${1:?usage: deploy/certificate.sh HOST [FOLDER]}
folder=${2:-$(dirname "$0")/certificates}
if [ -e "$folder/tls.crt" ] || [ -e "$folder/tls.key" ]; then
  echo "certificate: $folder holds one already" >&2
  exit 1
fi
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj "/CN=$host" \
  -addext "subjectAltName=DNS:$host" -keyout "$folder/tls.key" -out "$folder/tls.crt" 2>/dev/null
echo "a certificate for trials, for $host and 90 days, is in $folder"
