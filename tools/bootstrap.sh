#!/bin/sh
# Finds a Python that is new enough and hands over to bootstrap.py, which installs what is asked for:
#   tools/bootstrap.sh base test
# PYTHON=… chooses the Python; otherwise the one that .venv was made with, then the newest-sounding name on PATH.
cd "$(dirname "$0")/.." || exit 1

for python in ${PYTHON:-.venv/bin/python python3 python3.14 python3.13 python3.12 python3.11}; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" tools/bootstrap.py "$@"
  fi
done

found=$("${PYTHON:-python3}" --version 2>&1) || found="no ${PYTHON:-python3} that runs"
echo "stepwire needs Python 3.11 or newer; here is $found. Install one and name it: make PYTHON=/path/to/python3.11" >&2
exit 2
