"""Two ends of a link inside one process, for tests and for games that live beside the bridge. No socket."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from stepwire_bridge.links import Gone, LinkClosed, Take
from stepwire_bridge.links.inbox import Inbox


@dataclass(slots=True, eq=False)
class MemoryLink:
    """One end; what it sends the other receives."""

    peer: str
    _inbox: Inbox = field(default_factory=Inbox)
    _other: "MemoryLink | None" = None
    _closed: str | None = None

    def send(self, data: str | bytes) -> None:
        """Put a message into the other end's inbox."""
        if self._closed is not None or self._other is None:
            raise LinkClosed(self._closed or "never connected")
        self._other._inbox.put(data)

    async def receive(self) -> str | bytes:
        """Take the next message out of the inbox."""
        return await self._inbox.get()

    def deliver(self, take: Take, gone: Gone) -> None:
        """Have the messages handed over; see `Link.deliver`."""
        self._inbox.deliver(take, gone)

    def close(self, code: int, reason: str) -> Coroutine[Any, Any, None]:
        """Close both ends."""
        for end in (self, self._other):
            if end is not None and end._closed is None:
                end._closed = f"closed with {code}: {reason}"
                end._inbox.end(end._closed)
        return asyncio.sleep(0)


def pair() -> tuple[MemoryLink, MemoryLink]:
    """A link's two ends: the bridge's and the game's."""
    ours, theirs = MemoryLink("memory (game)"), MemoryLink("memory (bridge)")
    ours._other, theirs._other = theirs, ours
    return ours, theirs
