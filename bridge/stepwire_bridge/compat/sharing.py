"""Ports of this process that several environments share: opened for the first that asks, closed after the last.

Knows who needs which, loop by loop. What listens there, and for whom, is for those to say who open it.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary


class Listening(Protocol):
    """What listens on a port; equal to nothing but itself."""

    @property
    def host(self) -> str:
        """What it listens on, as it was asked for."""
        ...

    @property
    def port(self) -> int:
        """The port, also where a free one was asked for."""
        ...

    async def close(self) -> None:
        """Listen no more."""
        ...


P = TypeVar("P", bound=Listening)


class Shared(Generic[P]):
    """The open ports of one kind. Each that is entered must be left, on the same loop."""

    def __init__(self) -> None:
        self._of_loops: WeakKeyDictionary[asyncio.AbstractEventLoop, _Ports[P]] = WeakKeyDictionary()

    async def enter(self, host: str, port: int, open: Callable[[], Awaitable[P]], join: Callable[[P], object]) -> P:
        """What listens there, needed by one more.

        Args:
            host: What is listened on.
            port: 0 for a free one, of nobody else's.
            open: Makes it where nothing listens there.
            join: Is told of what listens there already; raises where it is not for this caller.
        """
        ports = self._here()
        async with ports.changing:
            found = ports.at.get((host, port))
            if found is None:
                found = await open()
                ports.at[host, found.port] = found
            else:
                join(found)
            ports.users[found] += 1
            return found

    async def leave(self, entered: P) -> None:
        """Need it no more; the last one closes it."""
        ports = self._here()
        async with ports.changing:
            ports.users[entered] -= 1
            if ports.users[entered] == 0:
                del ports.users[entered], ports.at[entered.host, entered.port]
                await entered.close()

    def _here(self) -> "_Ports[P]":
        return self._of_loops.setdefault(asyncio.get_running_loop(), _Ports())


@dataclass(slots=True)
class _Ports(Generic[P]):
    """The open ports of one loop, by host and port, and how many need each."""

    at: dict[tuple[str, int], P] = field(default_factory=dict)
    users: Counter[P] = field(default_factory=Counter)
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)
