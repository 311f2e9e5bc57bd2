#!/bin/sh
# Says in one line what this machine lacks for docker-compose.yml; exit code 2 when it lacks something.

lacks() {
  echo "$1" >&2
  exit 2
}

command -v docker >/dev/null || lacks "this needs Docker: tools/docker-up.sh (as root) installs and starts it on Debian"
docker info >/dev/null 2>&1 || lacks "this needs a running Docker engine: tools/docker-up.sh (as root) starts one"
docker compose version >/dev/null 2>&1 || docker-compose version >/dev/null 2>&1 ||
  lacks "this needs docker-compose, 1.29 or 2: sudo apt install docker-compose"
