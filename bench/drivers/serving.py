"""Server processes that drivers start for themselves and stop when they end.

A server prints where it listens and stops when its input ends, or when it is terminated. Uses the standard library
only.
"""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

STOP_SECONDS = 5.0


@contextlib.contextmanager
def process(
    command: Sequence[str], *, says: str = r"(\S+)", environ: Mapping[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a server; gives what it printed of where it listens, and the process.

    Args:
        command: Program and arguments.
        says: A pattern with one group, looked for in each line of its output.
        environ: Variables beside those that are set here.

    Raises:
        RuntimeError: It ended before it said so; with the last line of its errors.
    """
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"} | dict(environ or {}),
        ) as running,
    ):
        try:
            yield _address(running, says, errors), running
        finally:
            _stop(running)


@contextlib.contextmanager
def python(module: str, *arguments: str, environ: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run a module of the bench with the Python that runs us; gives its address, its first line."""
    with process([sys.executable, "-m", module, *arguments], environ=environ) as (address, _):
        yield address


def held_on_one_core() -> None:
    """Keep this process, and what it starts, on its last core. Before anything starts threads."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def wait_for_end() -> None:
    """What the main thread of a threaded server does until the driver ends."""
    sys.stdin.read()


def _address(running: subprocess.Popen[str], says: str, errors: IO[str]) -> str:
    assert running.stdout is not None
    for line in running.stdout:
        if found := re.search(says, line):
            return found[1]
    errors.seek(0)
    lines = [line for line in errors.read().splitlines() if re.search(r"\w", line)]
    raise RuntimeError(f"the server did not start: {lines[-1] if lines else 'it said nothing'}")


def _stop(running: subprocess.Popen[str]) -> None:
    running.terminate()
    try:
        running.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
