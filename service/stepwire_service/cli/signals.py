"""Signals that tell a command in the foreground to stop, as a queue of the event loop's."""

import asyncio
import signal
from collections.abc import Sequence
from typing import Any

from stepwire_service.cli.exits import USAGE, CommandError


def signals() -> "asyncio.Queue[int]":
    """SIGINT and SIGTERM, as they arrive. Also where the event loop itself knows no signals."""
    arrived: asyncio.Queue[int] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda n, _: loop.call_soon_threadsafe(arrived.put_nowait, n))
    return arrived


async def first_signal(arrived: "asyncio.Queue[int]", failures: Sequence["asyncio.Future[str]"]) -> None:
    """Wait until the first signal, or until one of several things fails, each with the reason as its result.

    Raises:
        KeyboardInterrupt: It was SIGINT.
        CommandError: Something failed.
    """
    first = asyncio.create_task(arrived.get())
    ends: list[asyncio.Future[Any]] = [first, *failures]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if not first.done():
        first.cancel()
        raise CommandError(next(failure.result() for failure in failures if failure.done()), code=USAGE)
    if first.result() == signal.SIGINT:
        raise KeyboardInterrupt
