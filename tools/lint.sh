#!/bin/sh
# Runs every check, one line each, to the end: one run shows all that is wrong. Called by `make lint`, with its PATH.
cd "$(dirname "$0")/.." || exit 1
failed=0

check() {
  name=$1
  shift
  if output=$("$@" 2>&1); then
    echo "ok    $name"
  else
    failed=1
    printf 'FAIL  %s: %s\n%s\n' "$name" "$*" "$output"
  fi
}

check "form" ruff format --check .
check "rules" ruff check .
check "types" mypy
check "the arrows between modules" lint-imports
check "contract: rules" buf lint protos
check "contract: form" buf format --diff --exit-code protos
check "contract: nothing broken" python -m tools.breaking
check "generated files" python -m tools.generate --check
check "a test file for every source file" python -m tools.mirror
check "links between documents" python -m tools.links
check "JavaScript types" npm run check --prefix js_client --silent

exit "$failed"
