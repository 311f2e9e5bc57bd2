"""Cancels calls whose answer is overdue: one daemon thread for the whole process, and none until it is needed.

Reading from a gRPC stream has no timeout of its own. Setting a deadline costs one attribute, so that steps stay cheap;
the thread looks a few times a second. It knows deadlines, not what they are for.
"""

import math
import os
import threading
import time
from typing import Protocol

_TICK = 0.1
"""Seconds between two looks: how much later than its deadline a call may be cancelled."""


class Watched(Protocol):
    """Something that waits until `deadline` (time.monotonic seconds; infinity while it waits for nothing)."""

    deadline: float

    def expire(self) -> None:
        """Called from the watchdog's thread, once for each passed deadline. Must not block."""
        ...


class Watchdog:
    """Looks after any number of watched things."""

    def __init__(self) -> None:
        self._watched: set[Watched] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def watch(self, watched: Watched) -> None:
        """Look after it until `forget`."""
        with self._changed:
            self._watched.add(watched)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="stepwire-watchdog", daemon=True)
                self._thread.start()
            self._changed.notify()

    def forget(self, watched: Watched) -> None:
        """Stop looking after it; nothing happens if nobody did."""
        with self._changed:
            self._watched.discard(watched)

    def _run(self) -> None:
        while True:
            for watched in self._overdue():
                watched.deadline = math.inf
                watched.expire()

    def _overdue(self) -> list[Watched]:
        with self._changed:
            self._changed.wait(_TICK if self._watched else None)
            now = time.monotonic()
            return [watched for watched in self._watched if watched.deadline <= now]


class _PerProcess:
    """The watchdog of this process: a forked child has none of its parent's threads, so it starts its own."""

    def __init__(self) -> None:
        self.current = Watchdog()
        os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self.current = Watchdog()


_PROCESS = _PerProcess()


def watch(watched: Watched) -> None:
    """Have the process's watchdog look after something."""
    _PROCESS.current.watch(watched)


def forget(watched: Watched) -> None:
    """The opposite of `watch`."""
    _PROCESS.current.forget(watched)
