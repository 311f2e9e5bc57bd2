"""Waiting for what happens elsewhere."""

import threading
import time
from collections.abc import Callable
from typing import Any


def later(call: Callable[[], Any]) -> tuple[threading.Thread, list[tuple[float, Any]]]:
    """Call in a thread; its outcome, or what it raised, and when."""
    outcome: list[tuple[float, Any]] = []

    def run() -> None:
        try:
            result = call()
        except BaseException as error:
            result = error
        outcome.append((time.perf_counter(), result))

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcome


def soon(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something that nobody announces is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it has not come about"
        time.sleep(0.005)
