"""Two ends of a link inside one process, for tests and for games that live beside the bridge. No socket."""

import asyncio
from dataclasses import dataclass, field

from stepwire_bridge.links import LinkClosed


@dataclass(slots=True, eq=False)
class MemoryLink:
    """One end; what it sends the other receives."""

    peer: str
    _inbox: asyncio.Queue[str | bytes | None] = field(default_factory=asyncio.Queue)
    _other: "MemoryLink | None" = None
    _closed: str | None = None

    async def send(self, data: str | bytes) -> None:
        """Put a message into the other end's inbox."""
        if self._closed is not None or self._other is None:
            raise LinkClosed(self._closed or "never connected")
        self._other._inbox.put_nowait(data)

    async def receive(self) -> str | bytes:
        """Take the next message out of the inbox."""
        data = None if self._closed is not None and self._inbox.empty() else await self._inbox.get()
        if data is None:
            raise LinkClosed(self._closed or "closed")
        return data

    async def close(self, code: int, reason: str) -> None:
        """Close both ends."""
        for end in (self, self._other):
            if end is not None and end._closed is None:
                end._closed = f"closed with {code}: {reason}"
                end._inbox.put_nowait(None)


def pair() -> tuple[MemoryLink, MemoryLink]:
    """A link's two ends: the bridge's and the game's."""
    ours, theirs = MemoryLink("memory (game)"), MemoryLink("memory (bridge)")
    ours._other, theirs._other = theirs, ours
    return ours, theirs
