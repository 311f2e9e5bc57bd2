#!/bin/sh
# Writes a fresh random token into a file, for docker-compose.yml: tools/make_token.sh secrets/token
# The containers run as a user of their own and docker-compose 1 hands them the file with its mode, so the file may be
# read by anybody; its folder keeps everybody else on this machine out.
set -eu
file=$1
umask 077
mkdir -p "$(dirname "$file")"
od -An -v -N 32 -t x1 /dev/urandom | tr -d ' \n' > "$file"
chmod 0444 "$file"
