"""Holds this process on one core, and lets its child processes go where they like.

A server's threads hand every message to one another; on one core such a hand-over wakes no other core. What the kernel
was told is remembered here, because affinity belongs to the process and passes on to its children. Knows nothing of
what runs in either.
"""

import os
import sys
from typing import Final

from stepwire_service.settings import ConfigError

_RELEASE: Final = (
    "import os, sys; os.sched_setaffinity(0, map(int, sys.argv[1].split(','))); os.execv(sys.argv[2], sys.argv[2:])"
)

_before: frozenset[int] = frozenset()
"""The cores that this process might use before it was pinned; empty while it is not."""


def pin(turn: int) -> None:
    """Hold the calling thread, and all that it will start, on one of the cores it may use now.

    Called before any other thread starts, that is the whole process.

    Args:
        turn: Which one: processes with turns 0, 1, 2 … go round the cores.

    Raises:
        ConfigError: The system has no such thing.
    """
    global _before
    if not hasattr(os, "sched_setaffinity"):
        raise ConfigError(f"pin: a process cannot be held on one core on this system ({sys.platform}). Leave it out.")
    allowed = sorted(_before or os.sched_getaffinity(0))
    _before = frozenset(allowed)
    os.sched_setaffinity(0, {allowed[turn % len(allowed)]})


def cores() -> int:
    """How many cores this process might use before it was pinned, and its children may."""
    if _before:
        return len(_before)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def released() -> tuple[str, ...]:
    """What to put before a command so that it may use all cores that we might; nothing where we are not pinned.

    A small program that becomes the command: setting it in the child between fork and exec would mean to fork while
    gRPC's threads run.
    """
    if not _before:
        return ()
    return sys.executable, "-I", "-S", "-c", _RELEASE, ",".join(map(str, sorted(_before)))
