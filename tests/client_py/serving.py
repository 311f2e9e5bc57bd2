"""A server in a process of its own, for tests that fork, measure memory or end it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_SERVER = """
import sys
from stepwire_service import embedded
with embedded() as address:
    print(address, flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is, and which process."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def serving() -> Iterator[Server]:
    """Run one until the end of the block."""
    command = [sys.executable, "-c", _SERVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Server(process.stdout.readline().strip(), process)
        process.stdin.close()
