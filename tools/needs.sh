#!/bin/sh
# Says in one line what a command lacks on this machine: tools/needs.sh docker|chromium. Exit code 2 when it lacks something.

lacks() {
  echo "$1" >&2
  exit 2
}

case $1 in
  docker)
    command -v docker >/dev/null || lacks "this needs Docker: tools/docker-up.sh installs and starts it on Debian"
    docker info >/dev/null 2>&1 || lacks "this needs a running Docker engine: tools/docker-up.sh starts one"
    docker compose version >/dev/null 2>&1 || docker-compose version >/dev/null 2>&1 ||
      lacks "this needs docker-compose (1.29 or 2): sudo apt install docker-compose"
    ;;
  chromium)
    [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
      command -v google-chrome >/dev/null ||
      lacks "this needs Chromium: sudo apt install chromium, or CHROMIUM=/path/to/it"
    ;;
esac
