"""What has come over a link: handed on at once where somebody listens, kept where nobody does yet."""

import asyncio
from collections import deque
from collections.abc import Callable

from stepwire_bridge.links import Gone, LinkClosed, Take

KEPT_MESSAGES = 4
"""Kept before the link is left alone, so that a flood waits in the game and not in our memory."""


class Inbox:
    """The receiving end of a link.

    Args:
        pause: Called when enough is kept; what comes all the same is kept, too.
        resume: Called when there is room again.
    """

    def __init__(self, pause: Callable[[], None] = lambda: None, resume: Callable[[], None] = lambda: None) -> None:
        self._pause, self._resume = pause, resume
        self._kept: deque[str | bytes] = deque()
        self._paused = False
        self._take: Take | None = None
        self._gone: Gone | None = None
        self._ended: str | None = None
        """Why nothing more comes."""
        self._news = asyncio.Event()

    def put(self, data: str | bytes) -> None:
        """A message has come."""
        if self._take is not None:
            self._take(data)
            return
        self._kept.append(data)
        self._news.set()
        if len(self._kept) >= KEPT_MESSAGES and not self._paused:
            self._paused = True
            self._pause()

    def end(self, why: str) -> None:
        """Nothing more comes."""
        if self._ended is None:
            self._ended = why
            self._news.set()
            if self._gone is not None:
                self._gone(why)

    async def get(self) -> str | bytes:
        """See `Link.receive`."""
        while not self._kept:
            if self._ended is not None:
                raise LinkClosed(self._ended)
            self._news.clear()
            await self._news.wait()
        data = self._kept.popleft()
        self._make_room()
        return data

    def deliver(self, take: Take, gone: Gone) -> None:
        """See `Link.deliver`."""
        while self._kept:
            take(self._kept.popleft())
        self._take, self._gone = take, gone
        self._make_room()
        if self._ended is not None:
            gone(self._ended)

    def _make_room(self) -> None:
        if self._paused and len(self._kept) < KEPT_MESSAGES and self._ended is None:
            self._paused = False
            self._resume()
