"""What carries whole messages to and from a game; knows no meaning.

A link delivers WebSocket messages, or what stands for them, in order and unbroken: text as str, binary frames as bytes.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

Take = Callable[[str | bytes], None]
"""Is handed each message; must not raise."""

Gone = Callable[[str], None]
"""Is told once that the link is closed, by whom and why; must not raise."""


class LinkClosed(Exception):
    """The link is closed, by whichever side; `str(closed)` says by whom and why."""


class Link(Protocol):
    """One connection to a game."""

    @property
    def peer(self) -> str:
        """Who is on the other side, for the log: an address and port."""
        ...

    def send(self, data: str | bytes) -> None:
        """Put a whole message on its way. Never waits: what the other side does not read is kept until it does.

        Raises:
            LinkClosed: It is closed, or about to be.
        """
        ...

    async def receive(self) -> str | bytes:
        """The next whole message; not after `deliver`.

        Raises:
            LinkClosed: It is closed and everything that came before has been received.
        """
        ...

    def deliver(self, take: Take, gone: Gone) -> None:
        """From now on hand over every message at the moment it is there; those that have come already, at once.

        Args:
            take: Gets each message.
            gone: Is told once why the link is closed, after the last message.
        """
        ...

    def close(self, code: int, reason: str) -> Coroutine[Any, Any, None]:
        """Close, saying why; nothing is sent or handed over after this call. Await it for the end of the connection.

        May be called twice, and when the other side is gone; never raises.
        """
        ...
