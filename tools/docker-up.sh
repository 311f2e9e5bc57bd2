#!/bin/sh
# Makes Docker usable on a Debian machine that may have nothing of it: installs it, starts the engine, and makes sure of
# the image that service/Dockerfile builds upon. Needs root; safe to run again.
#
# Where no registry can be reached, the image is put together from Debian's own packages under the same name: the same
# release of Debian with its Python 3.11, which serves the same purpose.
set -eu
cd "$(dirname "$0")/.."
image=$(sed -n 's/^FROM \([^ ]*\) AS .*/\1/p' service/Dockerfile | head -n 1)
log=/var/log/dockerd.log

tools/ci-system-packages.sh

if ! docker info >/dev/null 2>&1; then
  setsid dockerd >"$log" 2>&1 </dev/null &
  tries=0
  until docker info >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -le 120 ] || { tail -n 20 "$log" >&2; exit 1; }
    sleep 0.5
  done
fi

if docker image inspect "$image" >/dev/null 2>&1 || timeout 60 docker pull --quiet "$image" >/dev/null 2>&1; then
  echo "Docker is up and has $image"
  exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mirror=$(sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' \
  /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
debootstrap --variant=minbase --include=python3,python3-pip,python3-venv,ca-certificates \
  bookworm "$folder" "${mirror:-http://deb.debian.org/debian}" >"$folder.log" 2>&1 || { tail "$folder.log" >&2; exit 1; }
# Where this machine trusts authorities of its own (a proxy's, say), pip inside the image has to trust them as well.
cp -r /usr/local/share/ca-certificates/. "$folder/usr/local/share/ca-certificates/" 2>/dev/null || true
chroot "$folder" update-ca-certificates >/dev/null 2>&1
rm -f "$folder"/usr/lib/python3*/EXTERNALLY-MANAGED
ln -s python3 "$folder/usr/bin/python"
tar -C "$folder" -c . | docker import \
  --change 'ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt' --change 'CMD ["python3"]' - "$image" >/dev/null
echo "Docker is up; $image was put together from Debian's packages"
