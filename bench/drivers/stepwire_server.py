"""`stepwire serve` as a driver starts it: the real command, on ports of its own, with the bench's own environments."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

from bench.drivers.serving import process

ENVS = ("Noop-v0", "Pixels84-v0", "Pixels210-v0", "Dict-v0")


@contextlib.contextmanager
def stepwire_server(*flags: str, address: str = "127.0.0.1:0") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a server; gives its address and its process.

    Raises:
        RuntimeError: It did not start, for instance since it does not know a flag.
    """
    allowed = [word for name in ENVS for word in ("--gym-allow", f"bench.envs:{name}")]
    command = [sys.executable, "-m", "stepwire_service", "serve", "--address", address]
    command += ["--games-address", "127.0.0.1:0", "--web-address", "", "--log-level", "WARNING", "--drain-time", "0"]
    command += ["--gym-allow", "*", *allowed, *flags]
    with process(command, says=r"trainers\s+(\S+)") as running:
        yield running
