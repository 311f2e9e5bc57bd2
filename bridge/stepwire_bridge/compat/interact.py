"""WemiEnv's `interact`: one game dials in, and plain blocking calls send it text and wait for what it answers.

An environment class that was written after WemiEnv's guide needs no other change than its import. Knows one game at a
time and the order of its messages; what they say is the caller's.
"""

import asyncio
import hmac
import http
import logging
import weakref
from collections import deque
from collections.abc import Collection, Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server

from stepwire_bridge.compat.places import listening
from stepwire_bridge.compat.portal import Portal, portal
from stepwire_bridge.dialects.hosts import is_loopback
from stepwire_bridge.faults import GameGone, GameSilent, NoGameWaiting
from stepwire_bridge.greeting import CLOSE_CODES
from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.websocket import SUBPROTOCOL, WebSocketLink, listen

T = TypeVar("T")

PORT = 7891
"""Where WemiEnv's games dial."""

TRY_AGAIN_LATER = 1013
"""The WebSocket close code for a second game while the first is there."""

MAX_KEPT = 16
"""Messages that are kept for whoever asks; of more than these the oldest are dropped."""

MAX_MESSAGE_BYTES = 4 * 2**20

log = logging.getLogger(__name__)


class Connection:
    """A server for one game. All methods may be called from any thread, one at a time.

    One that nobody holds any more stops listening.
    """

    def __init__(self) -> None:
        self._portal: Portal | None = None
        self._seat: _Seat | None = None
        self._finalizer: weakref.finalize[..., Connection] | None = None

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def create_server(
        self,
        host: str = "127.0.0.1",
        port: int = PORT,
        loglevel: int = logging.INFO,
        *,
        token: str | None = None,
        allowed_origins: Collection[str] = (),
    ) -> None:
        """Listen for the game.

        Args:
            host: What to listen on; "0.0.0.0" lets games from other machines in, and then a token should be asked for.
            port: 0 picks a free one, which `port` then says.
            loglevel: Of what is logged about this connection.
            token: What the game must say in its address, as `ws://…/?token=…`; None lets any game in.
            allowed_origins: Browser origins that may connect. A connection without an Origin comes from no web page.

        Raises:
            RuntimeError: It listens already.
            OSError: The port cannot be had.
        """
        if self._seat is not None:
            raise RuntimeError("this connection listens already; close() it first")
        own = portal()
        seat = _Seat(token, allowed_origins, loglevel)
        own.run(seat.start(host, port))
        self._portal, self._seat = own, seat
        self._finalizer = weakref.finalize(self, _let_go, own, seat)
        self._finalizer.atexit = False  # everything goes with the process

    @property
    def port(self) -> int:
        """The port that is listened on, also where a free one was asked for."""
        return self._created().port

    @property
    def dropped(self) -> int:
        """How many messages were thrown away because nobody had asked for them."""
        return self._created().dropped

    def waiting_client(self, timeout: float | None = None) -> None:
        """Wait until a game is connected.

        Args:
            timeout: Seconds; None waits for ever.

        Raises:
            NoGameWaiting: None came in time, or before this was closed.
        """
        self._run(self._created().until_taken(timeout))

    def send_message(self, msg_send: str) -> None:
        """Send the game a text. What it has said before that was no answer to it, and is dropped and counted.

        Raises:
            GameGone: No game is connected, or the last one has left since; told once for each that leaves.
        """
        self._run(self._created().send(msg_send))

    def recv_message(self, timeout: float | None = 30.0) -> str:
        """Wait for the next text of the game. A late answer that crosses the next message cannot be told from its own.

        Args:
            timeout: Seconds; None waits for ever.

        Raises:
            GameSilent: None came in time.
            GameGone: No game is connected, or the last one has left since and has left no message.
        """
        return self._run(self._created().receive(timeout))

    def close(self) -> None:
        """Let the game go and stop listening. May be called twice, and before `create_server`."""
        seat, self._seat = self._seat, None
        if seat is not None and self._portal is not None and self._finalizer is not None:
            self._finalizer.detach()
            self._portal.run(seat.close())

    def _created(self) -> "_Seat":
        if self._seat is None:
            raise RuntimeError("there is no server: call create_server() first")
        return self._seat

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        assert self._portal is not None
        return self._portal.run(coroutine)


def _let_go(portal: Portal, seat: "_Seat") -> None:
    """Close what nobody can use any more. Whatever thread finds that out calls it, so it never waits."""
    portal.spawn(seat.close())


class _Seat:
    """The one place for a game, and what has come from who has it. Lives on the portal's loop."""

    def __init__(self, token: str | None, allowed_origins: Collection[str], loglevel: int) -> None:
        self._token, self._allowed_origins, self._loglevel = token, allowed_origins, loglevel
        self._server: Server | None = None
        self._link: WebSocketLink | None = None
        self._lost: str | None = None
        """Why the last game has left, where nobody has been told."""
        self._silent = False
        """Whether somebody has waited for it in vain; then another one may take its place."""
        self._kept: deque[str] = deque()
        self._news = asyncio.Event()
        """Set when a game or a message has come, or the game has gone."""
        self._is_closed = False
        self.port, self._name = 0, ""
        self.dropped = 0

    async def start(self, host: str, port: int) -> None:
        with listening(host, port):
            self._server = await listen(
                host, port, on_link=self._take, refuse=self._refusal, max_message_bytes=MAX_MESSAGE_BYTES
            )
        self.port = next(iter(self._server.sockets)).getsockname()[1]
        self._name = f"ws://{host}:{self.port}"
        self._log = log.getChild(str(self.port))
        self._log.setLevel(self._loglevel)
        if self._token is None and not is_loopback(host):
            self._log.warning("anybody who reaches %s:%d may play here as the game: ask for a token", host, self.port)

    async def close(self) -> None:
        assert self._server is not None
        self._is_closed = True
        self._news.set()
        if self._link is not None:
            await self._link.close(CLOSE_CODES["BYE"], "bye")
        self._server.close()
        await self._server.wait_closed()

    # ── who comes and goes ───────────────────────────────────────────────────────────────────────────────────────────

    def _refusal(self, path: str, origin: str | None, offered: bool) -> tuple[http.HTTPStatus, str] | None:
        if origin is not None and origin not in self._allowed_origins:
            self._log.warning("a web page of %s may not connect; allowed_origins would let it", origin)
            return http.HTTPStatus.FORBIDDEN, f"pages of {origin} may not connect here; see allowed_origins"
        if offered:
            return http.HTTPStatus.BAD_REQUEST, f"{SUBPROTOCOL} is not spoken here, but WemiEnv's messages are"
        if self._token is not None and not hmac.compare_digest(_token(path).encode(), self._token.encode()):
            self._log.warning("a game without the right token may not connect")
            return http.HTTPStatus.UNAUTHORIZED, "this connection wants its token in the address: ?token=…"
        return None

    async def _take(self, link: WebSocketLink) -> None:
        before = self._link
        if before is not None and not self._silent:
            self._log.warning("%s may not connect: %s is connected", link.peer, before.peer)
            await link.close(TRY_AGAIN_LATER, "another game is connected here, and this is a place for one")
            return
        left = asyncio.Event()

        def gone(why: str) -> None:
            if self._link is link:
                self._log.info("The client disconnects: %s", why)
                self._link, self._lost = None, why
                self._news.set()
            left.set()

        self._link, self._silent = link, False
        self._drop()
        self._log.info("The client connects successfully: %s", link.peer)
        link.deliver(self._hear, gone)
        self._news.set()
        if before is not None:
            self._lost = "it was silent, and another one has come"
            await before.close(CLOSE_CODES["SILENT"], self._lost)
        await left.wait()

    async def until_taken(self, timeout: float | None) -> None:
        self._log.info("Waiting for the client to connect to port %d", self.port)
        self._lost = None
        try:
            async with asyncio.timeout(timeout):
                while self._link is None:
                    if self._is_closed:
                        raise NoGameWaiting(self._name, 1, 0)
                    await self._until_news()
        except TimeoutError as error:
            raise NoGameWaiting(self._name, 1, 0) from error

    # ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, text: str) -> None:
        link = self._present()
        self._drop()
        try:
            link.send(text)
        except LinkClosed as closed:
            raise GameGone(self._name, str(closed)) from closed

    async def receive(self, timeout: float | None) -> str:
        try:
            async with asyncio.timeout(timeout):
                while not self._kept or (self._lost is not None and self._link is not None):
                    self._present()
                    await self._until_news()
        except TimeoutError as error:
            self._silent = True
            raise GameSilent(self._name, "recv_message", timeout or 0.0) from error
        return self._kept.popleft()

    def _hear(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self.dropped += 1
            self._log.warning("the game sent bytes, which are dropped: these messages are texts")
            return
        self._silent = False
        if len(self._kept) == MAX_KEPT:
            self._kept.popleft()
            self.dropped += 1
        self._kept.append(data)
        self._news.set()

    def _present(self) -> WebSocketLink:
        """The game that is here. Raises GameGone where there is none, or where it is not the one that was."""
        why, self._lost = self._lost, None
        if why is not None:
            raise GameGone(self._name, f"its connection was closed ({why})")
        if self._link is None:
            raise GameGone(self._name, "none is connected; waiting_client() waits for one")
        return self._link

    def _drop(self) -> None:
        if self._kept:
            self.dropped += len(self._kept)
            self._log.warning("%d messages that nobody asked for are dropped", len(self._kept))
            self._kept.clear()

    async def _until_news(self) -> None:
        self._news.clear()
        await self._news.wait()


def _token(path: str) -> str:
    return parse_qs(urlsplit(path).query).get("token", [""])[0]
