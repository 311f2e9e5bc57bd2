#!/bin/sh
# Installs what the heavier checks need from Debian's packages: Chromium, Docker and docker-compose. Needs root.
set -eu
export DEBIAN_FRONTEND=noninteractive

again() {
  for pause in 5 15 45; do
    "$@" && return
    echo "failed, once more in $pause s: $*" >&2
    sleep "$pause"
  done
  "$@"
}

missing=""
for pair in chromium:chromium dockerd:docker.io docker-compose:docker-compose debootstrap:debootstrap iptables:iptables; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
[ -n "$missing" ] || exit 0
echo "installing$missing"
again apt-get update -qq
# shellcheck disable=SC2086  # a list of names
again apt-get install -y -qq --no-install-recommends $missing >/dev/null
