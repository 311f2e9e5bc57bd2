"""The connection of one environment with the one game at its address: dialled, or listened for.

Looked for when it is first needed, and again whenever it ends. Everything here runs on the portal's loop. Knows who is
there, and how to have the game draw itself; how a game is played is the backend's.
"""

import contextlib
import http
import logging
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from websockets.asyncio.server import Server
from websockets.exceptions import InvalidHandshake, InvalidStatus

from stepwire_bridge import spaces
from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.compat.places import awaiting, listening
from stepwire_bridge.dialects.wescale import Declaration, WeScale
from stepwire_bridge.faults import GameGone, NotReset
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import Terms
from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.websocket import WebSocketLink, dial, listen
from stepwire_bridge.lobby import Lobby

NAME = "wescale"
"""What the game is called in faults and logs."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Where it listens without being told to."""

MAX_SAID = 200
"""Characters of what a server says that lets us not in."""

log = logging.getLogger(__name__)


class Line:
    """A backend on the one game at an address.

    Args:
        declaration: What the game is, and its address as `url`.
        listens: True listens there, False dials until somebody is there. None dials once, and listens where nobody is
            there and the host is this one.
        wait: Seconds that the first call waits for the game.
        allowed_origins: Browser origins that may dial.
        answers_render: Whether the game answers a render that asks for no frame.
    """

    def __init__(
        self,
        declaration: Declaration,
        listens: bool | None,
        wait: float,
        allowed_origins: Collection[str],
        *,
        answers_render: bool,
    ) -> None:
        self._declaration, self._listens, self._wait = declaration, listens, wait
        self._allowed_origins, self._answers_render = allowed_origins, answers_render
        modes = list(declaration.render_modes)
        self.spec = Spec(
            spaces.read(declaration.observation_space), spaces.read(declaration.action_space),
            metadata={"render_modes": ["human", *modes], "render_fps": 30}, render_mode=modes[0] if modes else None,
        )  # fmt: skip
        self._lobby = Lobby()
        self._games: Games | None = None
        self._server: Server | None = None
        self._backend: RemoteBackend | None = None
        self._first: WebSocketLink | None = None
        """A connection that was dialled to see whether somebody is there, and is still to be used."""
        self._why_not = ""
        """Why nobody could be dialled the last time."""
        self._talk: tuple[WebSocketLink, WeScale] | None = None
        """The connection with the game, and how it is spoken on."""

    @property
    def port(self) -> int:
        """Where it listens."""
        if self._server is None:
            raise RuntimeError("it does not listen")
        port: int = next(iter(self._server.sockets)).getsockname()[1]
        return port

    # ── who is there ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def open(self) -> None:
        """Dial or listen; whoever comes waits in the lobby."""
        if self._games is not None:
            return
        games, uri = Games(self._lobby), self._declaration.url
        if await self._is_to_listen():
            self._server = await self._listening()
        else:
            games.keep(uri, self._dialled)
        self._games = games

    async def _is_to_listen(self) -> bool:
        uri = urlsplit(self._declaration.url)
        if uri.port == 0:
            return True  # nobody can be there, and who dials would take it for no port
        if self._listens is not None or uri.scheme != "ws" or uri.hostname not in LOOPBACK:
            return bool(self._listens)
        try:
            self._first = await dial(self._declaration.url, max_message_bytes=Terms().max_message_bytes)
        except InvalidHandshake as error:
            raise GameGone(NAME, _stranger(self._declaration.url, error)) from error
        except (OSError, TimeoutError):
            return True
        return False

    async def _dialled(self) -> tuple[WebSocketLink, WeScale]:
        link, self._first = self._first, None
        if link is None:
            try:
                link = await dial(self._declaration.url, max_message_bytes=Terms().max_message_bytes)
            except (OSError, TimeoutError, InvalidHandshake) as error:
                self._why_not = str(error) or "no answer"
                raise
        self._talk = link, self._declaration.new_dialect()
        return self._talk

    async def _listening(self) -> Server:
        uri = urlsplit(self._declaration.url)
        host, port = uri.hostname or "", 80 if uri.port is None else uri.port
        with listening(host, port):
            return await listen(
                host, port, on_link=self._take, refuse=self._refusal, max_message_bytes=Terms().max_message_bytes
            )

    def _refusal(self, path: str, origin: str | None, offered: bool) -> tuple[Any, str] | None:
        if origin is not None and origin not in self._allowed_origins:
            return http.HTTPStatus.FORBIDDEN, f"pages of {origin} may not connect here; see allowed_origins"
        if offered:  # no such game does, but whoever takes this for one
            return http.HTTPStatus.BAD_REQUEST, "no game is here, but another environment, which waits for its game"
        return (http.HTTPStatus.SERVICE_UNAVAILABLE, "another game plays here") if self._talk is not None else None

    async def _take(self, link: WebSocketLink) -> None:
        if self._talk is not None or self._games is None:  # two were let in at once
            await link.close(1013, "another game plays here")
            return
        self._talk = link, self._declaration.new_dialect()
        try:
            await self._games.take(*self._talk)
        finally:
            self._talk = None

    # ── as a backend ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def leased(self) -> RemoteBackend:
        """The game, waited for at most as long as it may take."""
        await self.open()
        if self._backend is None:
            log.info("waiting for the game at %s", self._declaration.url)
            with awaiting(self._where):
                self._backend = await RemoteBackend.open(
                    self._lobby, NAME, render_mode=self.spec.render_mode, timeout=self._wait
                )
        return self._backend

    def _where(self) -> str:
        uri = self._declaration.url
        if self._server is not None:
            return f"It was to dial ws://{urlsplit(uri).hostname}:{self.port}."
        return f"It was to listen at {uri}{f' ({self._why_not})' if self._why_not else ''}."

    async def reset(
        self, *, seeds: Any, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None, timeout: float
    ) -> Observed:
        """See `Backend.reset`. Raises NoGameWaiting where no game came in time."""
        backend = await self.leased()
        with awaiting(self._where):
            return await backend.reset(seeds=seeds, options=options, mask=mask, timeout=timeout)

    async def step(self, action: Any, *, timeout: float) -> Transition:
        """See `Backend.step`."""
        return await (await self.leased()).step(action, timeout=timeout)

    async def render(self, *, timeout: float) -> Any:
        """See `Backend.render`."""
        if self._backend is None:
            raise NotReset("render")
        return await self._backend.render(timeout=timeout)

    async def draw(self) -> None:
        """Have the game draw itself. One that has left meanwhile draws nothing; the next step says that it is gone."""
        if self._backend is None:
            raise NotReset("render")
        if self._talk is None:
            return
        link, dialect = self._talk
        with contextlib.suppress(LinkClosed):
            link.send(dialect.draw(answered=self._answers_render))

    async def close(self) -> None:
        """Let the game go, and listen no more. May be called twice."""
        backend, self._backend, games, self._games = self._backend, None, self._games, None
        server, self._server = self._server, None
        if backend is not None:
            await backend.close()
        if games is not None:
            await games.close()
        if server is not None:
            server.close()
            await server.wait_closed()


def _stranger(uri: str, error: InvalidHandshake) -> str:
    """What listens at an address and lets nobody in, in its own words where it has some."""
    if isinstance(error, InvalidStatus) and (said := error.response.body):
        return f"what listens at {uri} refuses us: {bytes(said).decode(errors='replace').strip()[:MAX_SAID]}"
    return f"what listens at {uri} is no WebSocket server ({error})"
