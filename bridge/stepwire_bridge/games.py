"""The bridge's side that faces games: takes those that dial in, dials those that listen, and fills the lobby.

Knows which dialect a connection speaks, who may connect and how many. What a game says once it is here is `game`'s.
"""

import asyncio
import http
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from typing import Protocol
from urllib.parse import parse_qs, quote, unquote, urlsplit

from websockets.asyncio.server import Server
from websockets.exceptions import InvalidHandshake

from stepwire_bridge.dialects import Dialect
from stepwire_bridge.dialects.declared import Declaration
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.game import Game, greet
from stepwire_bridge.greeting import CLOSE_CODES, Refused, Terms, refuse
from stepwire_bridge.links import Link, LinkClosed
from stepwire_bridge.links.http import dial as dial_http
from stepwire_bridge.links.websocket import SUBPROTOCOL, WebSocketLink, dial, listen
from stepwire_bridge.lobby import Lobby

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds between attempts to dial a game that is not there; each pause is twice the last."""


class Watch(Protocol):
    """Who wants to know of connections that a host of ours has made: each has the host's key in its URL."""

    def joined(self, key: str, game: str) -> None:
        """The game of that host has been taken, and is called so."""
        ...

    def silent(self, key: str) -> None:
        """The connection of that host is closed because nothing was heard in time."""
        ...


class Games:
    """All connections to games. `start` listens; `dial` keeps a connection to a game that listens."""

    def __init__(
        self,
        lobby: Lobby,
        *,
        terms: Terms | None = None,
        allowed_origins: Collection[str] = (),
        max_games: int = 1024,
        declared: Mapping[str, Declaration] | None = None,
        default_game: str = "",
    ) -> None:
        """Prepare; nothing is listened to yet.

        Args:
            lobby: Where the games' instances go.
            terms: Sizes, times and tokens; the defaults of the protocol when None.
            allowed_origins: Browser origins that may connect, such as "http://127.0.0.1:8080"; asked at every
                connection, so it may grow. A connection without an Origin comes from no web page, and passes.
            max_games: Connections at one time.
            declared: Declarations by name, of games that say no hello: they dial `/<dialect>/<name>`.
            default_game: The one that is meant by a connection to "/" without our subprotocol; "" refuses those.
        """
        self._lobby = lobby
        self._terms = terms or Terms()
        self._allowed_origins = allowed_origins
        self._max_games = max_games
        self._declared = dict(declared or {})
        self._default_game = default_game
        self.watch: Watch | None = None
        """Who is told of the connections of our own hosts."""
        self._servers: list[Server] = []
        self._links = 0
        self._is_closing = False
        self._live: set[Game] = set()
        self._kept: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """The port that was listened to first, also where a free one was asked for."""
        if not self._servers:
            raise RuntimeError("not started")
        return _port(self._servers[0])

    async def start(self, host: str, port: int, *, shared: bool = False) -> int:
        """Listen for games, here as well where it was called before.

        Args:
            host: What to listen on.
            port: 0 picks a free one.
            shared: Whether other processes may listen there too; each connection then goes to one of them.

        Returns:
            The port.
        """
        server = await listen(
            host, port, on_link=self._take, refuse=self._refusal,
            max_message_bytes=self._terms.max_message_bytes, shared=shared,
        )  # fmt: skip
        self._servers.append(server)
        return _port(server)

    def dial(self, url: str, declaration: Declaration | None = None) -> None:
        """Connect to a game that listens at `url`, and again whenever the connection ends.

        Args:
            url: ws:// or wss://; http:// or https:// of a declared game that is asked over HTTP.
            declaration: Of a game that says no hello; None for one that speaks the native dialect.
        """

        async def connect() -> tuple[Link, Dialect]:
            if declaration is not None and url.startswith(("http://", "https://")):
                asked = await dial_http(url, max_message_bytes=self._terms.max_message_bytes)
                return asked, declaration.new_dialect()
            link = await dial(url, max_message_bytes=self._terms.max_message_bytes)
            return link, self._dialect(link) if declaration is None else declaration.new_dialect()

        self.keep(url, connect)

    def keep(self, where: str, connect: Callable[[], Awaitable[tuple[Link, Dialect]]]) -> None:
        """Have a game whose connection we open ourselves, and open it again whenever it ends.

        Args:
            where: For the log.
            connect: Opens it; OSError, TimeoutError and InvalidHandshake say that nobody is there.
        """
        task = asyncio.create_task(self._keep(where, connect))
        self._kept.add(task)
        task.add_done_callback(self._kept.discard)

    async def take(self, link: Link, dialect: Dialect) -> None:
        """Have the game on a link that somebody else has opened, until it ends; it need say no token."""
        await self._host(link, dialect, replace(self._terms, tokens=frozenset()))

    def declare(self, declaration: Declaration) -> None:
        """Take games of this name, too, at /<dialect>/<name>, with a slash in the name as %2F."""
        self._declared[declaration.name] = declaration

    async def close(self) -> None:
        """Say bye to all games and stop listening and dialling. May be called twice."""
        self._max_games, self._is_closing = 0, True
        for game in list(self._live):
            game.end("BYE", "the bridge is stopping")
        await asyncio.gather(*(game.finished.wait() for game in list(self._live)))
        for task in list(self._kept):  # after the byes: a cancelled game says none
            task.cancel()
        await asyncio.gather(*self._kept, return_exceptions=True)
        for server in self._servers:
            server.close()
            await server.wait_closed()

    # ── taking one connection ────────────────────────────────────────────────────────────────────────────────────────

    def _refusal(self, path: str, origin: str | None, offered: bool) -> tuple[http.HTTPStatus, str] | None:
        if origin is not None and origin not in self._allowed_origins:
            log.warning("a web page of %s may not connect; allowed_origins would let it", origin)
            return http.HTTPStatus.FORBIDDEN, f"pages of {origin} may not connect here; see allowed_origins"
        if self._links >= self._max_games:
            return http.HTTPStatus.SERVICE_UNAVAILABLE, f"{self._links} games are connected, the limit is max_games"
        if not offered and self._declaration(path) is None:
            known = ", ".join(sorted(map(_path, self._declared.values()))) or "none"
            log.warning("nothing is declared at %.80r, where a game dials (declared: %s)", urlsplit(path).path, known)
            return http.HTTPStatus.BAD_REQUEST, (
                f"connect with the WebSocket subprotocol {SUBPROTOCOL}, or, where the game is declared here, "
                f"to its path (declared: {known})"
            )
        return None

    def _declaration(self, path: str) -> Declaration | None:
        path = urlsplit(path).path
        if path in ("", "/"):
            return self._declared.get(self._default_game)
        dialect, _, name = path.removeprefix("/").partition("/")
        declaration = self._declared.get(unquote(name))
        return declaration if declaration is not None and declaration.dialect == dialect else None

    async def _take(self, link: WebSocketLink) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link.path).query).items()}
        await self._host(link, self._dialect(link), self._terms, asked.get("token"), asked.get("host", ""))

    def _dialect(self, link: WebSocketLink) -> Dialect:
        declaration = None if link.native else self._declaration(link.path)
        return Native() if declaration is None else declaration.new_dialect()

    async def _host(self, link: Link, dialect: Dialect, terms: Terms, token: str | None = None, key: str = "") -> None:
        """Everything from the first message to the last."""
        self._links += 1
        try:
            game = await greet(link, dialect, terms, token=token)
            self._lobby.check(game.spec)
            game.welcome()
            await self._serve(game, key)
        except Refused as refused:
            await refuse(link, dialect, refused)
        except LinkClosed as closed:
            log.info("a game at %s left before its hello: %s", link.peer, closed)
        finally:
            self._links -= 1

    async def _serve(self, game: Game, key: str) -> None:
        game.on_over = lambda: self._leave(game, key)
        self._lobby.add(game)
        if key and self.watch:
            self.watch.joined(key, game.spec.name)
        self._live.add(game)
        try:
            await game.serve()
        finally:
            self._live.discard(game)

    def _leave(self, game: Game, key: str) -> None:
        self._lobby.remove(game)
        if key and self.watch and game.was_silent:
            self.watch.silent(key)

    # ── games whose connections we open ──────────────────────────────────────────────────────────────────────────────

    async def _keep(self, where: str, connect: Callable[[], Awaitable[tuple[Link, Dialect]]]) -> None:
        pause = FIRST_PAUSE
        while True:
            why = "its connection is over"
            try:
                link, dialect = await connect()
                pause = FIRST_PAUSE
                try:
                    await self.take(link, dialect)  # whoever named the place trusts what is there
                finally:
                    await link.close(CLOSE_CODES["BYE"], "bye")
            except (OSError, TimeoutError, InvalidHandshake) as error:
                why = str(error) or "it does not answer"
            if self._is_closing:
                return
            log.info("the game at %s is not there: %s; next attempt in %g s", where, why, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _path(declaration: Declaration) -> str:
    return f"/{declaration.dialect}/{quote(declaration.name, safe='')}"


def _port(server: Server) -> int:
    port: int = next(iter(server.sockets)).getsockname()[1]
    return port
