"""Ports of this process where declared games dial in, each shared by all the environments that ask for it.

Everything here runs on the portal's loop. Knows who may dial in where; what a game says is its dialect's, and how one
is played the backend's.
"""

import asyncio
import logging
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import numpy as np
from gymnasium.error import ClosedEnvironmentError
from numpy.typing import NDArray

from stepwire_bridge import spaces
from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.compat.places import awaiting, listening
from stepwire_bridge.compat.sharing import Shared
from stepwire_bridge.dialects.declared import Declaration
from stepwire_bridge.faults import NotReset
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import Terms
from stepwire_bridge.lobby import Lobby

FOREVER = 1e9
"""Seconds to wait where nobody says how long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where games dial in, and which may.

    Attributes:
        host: What is listened on.
        port: 0 for a free one, of nobody else's.
        token: What a game says in its address, as `?token=…`; None lets any game in.
        allowed_origins: Browser origins that may connect.
    """

    host: str
    port: int
    token: str | None = None
    allowed_origins: Collection[str] = ()


class Door:
    """One port, and the games that have come in by it. `opened` gives one; each that has been given must be left."""

    def __init__(self, place: Place, first: str) -> None:
        self.place = place
        self.lobby = Lobby()
        tokens = frozenset() if place.token is None else frozenset({place.token})
        self._games = Games(
            self.lobby, terms=Terms(tokens=tokens), allowed_origins=place.allowed_origins, default_game=first
        )

    @property
    def host(self) -> str:
        """What is listened on."""
        return self.place.host

    @property
    def port(self) -> int:
        """The port, also where a free one was asked for."""
        return self._games.port

    def address(self, declaration: Declaration) -> str:
        """Where a game of that declaration dials."""
        return f"ws://{self.place.host}:{self.port}/{declaration.dialect}/{quote(declaration.name, safe='')}"

    def let_in(self, declaration: Declaration) -> None:
        """Take games of that declaration from now on."""
        self._games.declare(declaration)

    async def open(self) -> None:
        """Listen."""
        with listening(self.place.host, self.place.port):
            await self._games.start(self.place.host, self.place.port)

    async def close(self) -> None:
        """Listen no more."""
        await self._games.close()

    async def leave(self) -> None:
        """Need it no more; the last one closes it."""
        await _doors.leave(self)


_doors: Shared[Door] = Shared()


async def opened(place: Place, declaration: Declaration) -> Door:
    """The door at that place, which lets games of that declaration in. The first declared there may dial "/", too.

    Raises:
        OSError: The port cannot be had.
        ValueError: It is listened on already, by this process, for others to come in.
    """

    async def made() -> Door:
        door = Door(place, declaration.name)
        await door.open()
        door.let_in(declaration)
        return door

    def join(door: Door) -> None:
        if (place.token, set(place.allowed_origins)) != (door.place.token, set(door.place.allowed_origins)):
            raise ValueError(f"port {place.port} is listened on already, with another token or other allowed_origins")
        door.let_in(declaration)

    return await _doors.enter(place.host, place.port, made, join)


class Awaited:
    """A backend on a declared game that may not be there yet: its spaces are known, and the first reset leases it.

    Args:
        door: By which it comes in; left when this is closed.
        declaration: The game's.
        wait: Seconds that the first reset waits for a game; None waits for ever.
    """

    def __init__(self, door: Door, declaration: Declaration, wait: float | None) -> None:
        self._door, self._wait = door, wait
        self._name, self.address = declaration.name, door.address(declaration)
        greeting = declaration.new_dialect().greeting
        assert greeting is not None
        self.spec = Spec(
            spaces.read(greeting.observation_space), spaces.read(greeting.action_space), metadata={"render_modes": []}
        )
        self._backend: RemoteBackend | None = None
        self._waiting: asyncio.Future[RemoteBackend] | None = None
        self._is_closed = False

    async def reset(
        self, *, seeds: Any, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None, timeout: float
    ) -> Observed:
        """See `Backend.reset`.

        Raises:
            NoGameWaiting: No game came in time.
            ClosedEnvironmentError: This was closed while it waited.
        """
        if self._backend is None:
            self._backend = await self._game()
        with self._where():
            return await self._backend.reset(seeds=seeds, options=options, mask=mask, timeout=timeout)

    async def step(self, action: Any, *, timeout: float) -> Transition:
        """See `Backend.step`."""
        return await self._leased("step").step(action, timeout=timeout)

    async def render(self, *, timeout: float) -> Any:
        """See `Backend.render`."""
        return await self._leased("render").render(timeout=timeout)

    async def close(self) -> None:
        """Give the game back and leave the door. May be called twice."""
        if not self._is_closed:
            self._is_closed = True
            if self._waiting is not None:
                self._waiting.cancel()
            if self._backend is not None:
                await self._backend.close()
            await self._door.leave()

    async def _game(self) -> RemoteBackend:
        log.info("waiting for %s to dial %s", self._name, self.address)
        wait = FOREVER if self._wait is None else self._wait
        self._waiting = asyncio.ensure_future(RemoteBackend.open(self._door.lobby, self._name, timeout=wait))
        try:
            with self._where():
                return await self._waiting
        except asyncio.CancelledError as error:
            if self._is_closed:
                raise ClosedEnvironmentError("the environment was closed while it waited for its game") from error
            raise
        finally:
            self._waiting = None

    def _where(self) -> AbstractContextManager[None]:
        return awaiting(lambda: f"It was to dial {self.address}.")

    def _leased(self, operation: str) -> RemoteBackend:
        if self._backend is None:
            raise NotReset(operation)
        return self._backend
