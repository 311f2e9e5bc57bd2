"""Replies that have to wait for their turn, while the requests behind them are already being executed.

A stream answers in the order of its requests. Behind a request that waits for others, the stream goes on reading, and
the replies gather here. Knows nothing of what they say.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

MOST: Final = 64
"""How many replies may be outstanding until the stream reads no further: as many as a session keeps by default."""

Reply = Callable[[], Awaitable[bytes]]
"""Works a reply out."""


class Backlog:
    """Replies in the order of their requests.

    Args:
        write: Sends one.
        failed: Told of what a reply raised in place of its bytes, or `write` did; the backlog is then of no more use.
    """

    def __init__(self, write: Callable[[bytes], Awaitable[None]], failed: Callable[[Exception], None]) -> None:
        self._write = write
        self._failed = failed
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: asyncio.Task[None] | None = None

    def __bool__(self) -> bool:
        """Whether something has not been written yet."""
        return bool(self._tasks)

    async def add(self, reply: Reply) -> None:
        """Begin to work a reply out, to be written after all that were added before. Waits only for room."""
        if len(self._tasks) >= MOST:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        self._last = task = asyncio.create_task(self._in_turn(reply, self._last))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def written(self) -> None:
        """Wait until nothing is left."""
        if self._tasks:
            await asyncio.wait(self._tasks)

    def drop(self) -> None:
        """Write nothing more. The requests themselves go on: they belong to their session."""
        for task in self._tasks:
            task.cancel()

    async def _in_turn(self, reply: Reply, before: asyncio.Task[None] | None) -> None:
        try:
            data = await reply()
            if before is not None:
                await before
            await self._write(data)
        except Exception as error:
            self._failed(error)
