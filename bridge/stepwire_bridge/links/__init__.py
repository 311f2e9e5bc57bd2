"""What carries whole messages to and from a game; knows no meaning.

A link delivers WebSocket messages, or what stands for them, in order and unbroken: text as str, binary frames as bytes.
"""

from typing import Protocol


class LinkClosed(Exception):
    """The link is closed, by whichever side; `str(closed)` says by whom and why."""


class Link(Protocol):
    """One connection to a game."""

    @property
    def peer(self) -> str:
        """Who is on the other side, for the log: an address and port."""
        ...

    async def send(self, data: str | bytes) -> None:
        """Send a whole message; waits while the other side reads slowly.

        Raises:
            LinkClosed: It is closed, or closes while this waits.
        """
        ...

    async def receive(self) -> str | bytes:
        """The next whole message.

        Raises:
            LinkClosed: It is closed and everything that came before has been received.
        """
        ...

    async def close(self, code: int, reason: str) -> None:
        """Close, saying why. May be called twice, and when the other side is gone; never raises."""
        ...
