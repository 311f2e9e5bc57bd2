"""One live game, from hello to bye: a link, a dialect and a conversation, and the clock that watches them.

Matches answers to requests, keeps deadlines and heartbeats, and ends the connection when the game breaks the protocol.
Knows nothing of sessions or autoreset; what answers mean as values is `outcome`'s.
"""

import asyncio
import logging
from collections.abc import Callable

from stepwire_bridge import messages
from stepwire_bridge.asked import Asked
from stepwire_bridge.dialects import Dialect
from stepwire_bridge.faults import GameGone, GameSilent, InvalidOptions, TooLarge
from stepwire_bridge.greeting import CLOSE_CODES, GameSpec, Terms, hear_hello, say_farewell
from stepwire_bridge.links import Link, LinkClosed
from stepwire_bridge.messages import PROTOCOL, BadMessage, Bye, Close, Fault, FromBridge, FromGame, Hello, Ping, Welcome
from stepwire_bridge.protocol import Answer, Conversation, Exchange, Phase, Request, Unexpected

log = logging.getLogger(__name__)

MAX_UNEXPECTED = 16
MAX_UNEXPECTED_BYTES = 2**20
"""Of all unexpected messages together: each has been read before it is known to be one, and reading takes time."""
MAX_SHOWN = 500
"""Characters of a game's own words that go into a log or to a trainer."""
MAX_PINGS = 16
"""Pings a game may send in one heartbeat interval."""
MAX_ASIDES = 1024
MAX_ASIDE_BYTES = 2**24
"""What a game may say since the last request that its dialect has no meaning for: what a player does, a log."""


class Game:
    """One live game. Made by `greet`, which gives it once it has said a good hello; then `serve` must run."""

    def __init__(self, link: Link, dialect: Dialect, terms: Terms, hello: Hello, spec: GameSpec) -> None:
        self.spec = spec
        self.instances = hello.instances
        self.resets_after = dialect.resets_after
        """Whether it resets an instance whose episode ends by itself, when a step asks for it."""
        self.over: str | None = None
        """Why the connection is over; None while it lives."""
        self.was_silent = False
        """Whether that was because nothing was heard in time."""
        self._link, self._dialect, self._terms = link, dialect, terms
        self._conversation = Conversation()
        self._conversation.hear(hello)
        self.on_over: Callable[[], None] = lambda: None
        """Called once, at the moment the connection is over."""
        self.finished = asyncio.Event()
        """Set when `serve` has ended and the connection is closed."""
        self._loop = asyncio.get_running_loop()
        self._asked = Asked(self._missed)
        self._when_free: list[tuple[set[int], Callable[[], None]]] = []
        self._next_id = 0
        self._unexpected = self._unexpected_bytes = self._pings_heard = 0
        self._asides = self._aside_bytes = 0
        self._last_heard = self._loop.time()
        self._ended = asyncio.Event()
        """Set when `over` is."""
        self._closing: asyncio.Task[None] | None = None

    def __repr__(self) -> str:
        return f"game {self.spec.name!r} at {self._link.peer}"

    def new_id(self) -> int:
        """A request id that this connection has not seen."""
        self._next_id += 1
        return self._next_id

    async def ask(self, request: Request, *, timeout: float) -> list[Answer]:
        """Send a request and wait for the answers of all its instances; see `post`."""
        return await self.post(request, timeout=timeout)

    def post(self, request: Request, *, timeout: float) -> asyncio.Future[list[Answer]]:
        """Send a request; the future gets the answers of all its instances.

        When the future is cancelled the request stays outstanding until it is answered or its deadline passes.

        Raises:
            GameGone: The connection is over, or (in the future) ends before everything is answered.
            GameSilent: In the future: not everything was answered in time; the connection is closed.
            TooLarge: The message would be over the limit. Nothing was sent.
            InvalidOptions: It holds a value that the game's dialect has no form for. Nothing was sent.
        """
        if self.over is not None:
            raise GameGone(self.spec.name, self.over)
        data = self._encoded(request)
        self._asides = self._aside_bytes = 0
        self._conversation.ask(request)
        answered = self._asked.add(request, timeout)
        self._send(data)
        return answered

    def release(self, instances: list[int], then: Callable[[], None]) -> None:
        """Once nothing of these instances is outstanding, tell the game that nobody holds them, then call `then`."""
        if self.over is None:
            self._when_free.append((set(instances), then))
            self._free_what_is_quiet()

    async def serve(self) -> None:
        """Hear what the game says until the connection is over; `over` then says why. Never raises."""
        heartbeat = asyncio.create_task(self._heartbeat()) if self._dialect.heartbeats else None
        try:
            self._link.deliver(self._take, self._gone)
            await self._ended.wait()
        finally:
            if heartbeat:
                heartbeat.cancel()
            self._end("the bridge closed its connection")
            if self._closing:
                await self._closing
            self.finished.set()

    def end(self, code: str, why: str) -> None:
        """Close the connection for a reason of ours. Whoever waits for an answer gets GameGone."""
        if self.over is None:
            log.log(logging.INFO if code == "BYE" else logging.WARNING, "%r is closed: %s: %s", self, code, why)
            self.was_silent = code == "SILENT"
            farewell: Fault | Bye = Bye(why) if code == "BYE" else Fault(code=code, message=why)
            self._end(why)
            self._closing = asyncio.create_task(say_farewell(self._link, self._dialect, farewell, CLOSE_CODES[code]))

    # ── what comes in ────────────────────────────────────────────────────────────────────────────────────────────────

    def _take(self, data: str | bytes) -> None:
        """Act on a message, in the turn of the loop in which it comes. What follows the end is not read."""
        if self.over is not None:
            return
        self._last_heard = self._loop.time()
        try:
            message = self._dialect.decode(data)
            if message is None:
                self._overhear(len(data))
                return
            exchange = self._conversation.hear(message)
            if exchange is not None:
                self._deliver(exchange)
            else:
                self._act(message)
        except BadMessage as error:
            self.end("BAD_MESSAGE", f"{error}; it was {_abridged(data)}")
        except Unexpected as error:
            self._refuse(str(error), len(data))
        except Exception:
            log.exception("%r: a bug of ours ends it", self)
            self.end("BYE", "the bridge failed")

    def _gone(self, why: str) -> None:
        self._end(f"its connection was closed ({why})")

    def _act(self, message: FromGame) -> None:
        match message:
            case Ping():
                self._pong()
            case Bye(reason=reason):
                self._end(f"it said bye: {reason[:MAX_SHOWN]}" if reason else "it said bye")
                self._closing = asyncio.create_task(self._link.close(CLOSE_CODES["BYE"], "bye"))
            case Fault(id=None, code="BAD_MESSAGE", message=why):
                self.end("BAD_MESSAGE", f"it could not read a message of the bridge: {why[:MAX_SHOWN]}")
            case Fault(id=None, code=code, message=why):
                raise Unexpected(f"a fault about no request: {code[:MAX_SHOWN]}: {why[:MAX_SHOWN]}")

    def _overhear(self, size: int) -> None:
        """What means nothing disturbs nothing, unless there is no end to it."""
        self._asides += 1
        self._aside_bytes += size
        if self._asides > MAX_ASIDES or self._aside_bytes > MAX_ASIDE_BYTES:
            said = f"{self._asides} messages of {self._aside_bytes} bytes"
            self.end("UNEXPECTED", f"{said} that mean nothing here, since the last request")

    def _pong(self) -> None:
        self._pings_heard += 1
        if self._pings_heard > MAX_PINGS:
            raise Unexpected(f"more than {MAX_PINGS} pings in {self._terms.heartbeat_seconds:g} s")
        self._say(messages.Pong())

    def _refuse(self, why: str, size: int) -> None:
        """An unexpected message is recorded and refused, and disturbs nothing; too much of them ends the connection."""
        self._unexpected += 1
        self._unexpected_bytes += size
        log.warning("%r sent something unexpected: %s", self, why)
        if self._unexpected >= MAX_UNEXPECTED or self._unexpected_bytes > MAX_UNEXPECTED_BYTES:
            plural = "s" if self._unexpected > 1 else ""
            said = f"{self._unexpected} unexpected message{plural} of {self._unexpected_bytes} bytes"
            self.end("UNEXPECTED", f"{said}; the last: {why}")
        else:
            self._say(Fault(code="UNEXPECTED", message=why))

    def _deliver(self, exchange: Exchange) -> None:
        self._asked.settle(exchange.request.id, exchange.answers)
        if self._when_free:
            self._free_what_is_quiet()

    def _missed(self, request: Request, seconds: float) -> GameSilent:
        """A deadline passed. A late answer must meet nobody, so the connection is closed."""
        operation = type(request).__name__.lower()
        self.end("SILENT", f"no answer to {operation} {request.id} within {seconds:.3g} s")
        return GameSilent(self.spec.name, operation, round(seconds, 2))

    # ── what goes out ────────────────────────────────────────────────────────────────────────────────────────────────

    def welcome(self) -> None:
        """Tell the game that it is taken, and what it is held to."""
        terms = self._terms
        limits = messages.Limits(terms.max_message_bytes, terms.heartbeat_seconds, terms.silence_seconds)
        self._say(Welcome(protocol=PROTOCOL, limits=limits, info_columns=True))

    def tell(self, message: Fault) -> None:
        """Send a fault about what the game answered. A closed connection swallows it."""
        self._say(message)

    def _say(self, message: FromBridge) -> None:
        self._send(self._dialect.encode(message))

    def _send(self, data: str | bytes | None) -> None:
        """A closed connection swallows it: whoever ends it says why to whoever waits."""
        if data is None:
            return
        try:
            self._link.send(data)
        except LinkClosed:
            return

    def _encoded(self, request: Request) -> str | bytes | None:
        try:
            data = self._dialect.encode(request)
        except TypeError as error:
            raise InvalidOptions("options", str(error), "values that a game's JSON can hold") from error
        limit = self._terms.max_message_bytes
        if data is not None and len(data) > limit:
            self._dialect.take_back()
            raise TooLarge(f"the message to game {self.spec.name!r}", len(data), limit, "max_message_bytes")
        return data

    async def _heartbeat(self) -> None:
        """Ping an idle game, and end one that has been idle and silent for too long."""
        loop, terms = self._loop, self._terms
        while self.over is None:
            quiet_until = self._last_heard + terms.silence_seconds
            await asyncio.sleep(max(0.0, min(terms.heartbeat_seconds, quiet_until - loop.time())))
            self._pings_heard = 0
            if self._conversation.outstanding:
                self._last_heard = loop.time()  # during a request only its own deadline counts
            elif loop.time() >= self._last_heard + terms.silence_seconds:
                self.end("SILENT", f"nothing heard for {terms.silence_seconds:g} s")
            else:
                self._conversation.pings += 1
                self._say(Ping())

    # ── the end, and giving back ─────────────────────────────────────────────────────────────────────────────────────

    def _end(self, why: str) -> None:
        if self.over is None:
            self.over = why
            self._conversation.phase = Phase.OVER
            self._ended.set()
            self._asked.fail(lambda: GameGone(self.spec.name, why))
            self._when_free.clear()
            self.on_over()

    def _free_what_is_quiet(self) -> None:
        busy = {i for exchange in self._conversation.outstanding.values() for i in exchange.request.instances}
        quiet = [entry for entry in self._when_free if not entry[0] & busy]
        self._when_free = [entry for entry in self._when_free if entry[0] & busy]
        for instances, then in quiet:
            self._say(Close(sorted(instances)))  # reaches the game before anything that the next holder sends
            then()


async def greet(link: Link, dialect: Dialect, terms: Terms, *, token: str | None = None) -> Game:
    """Hear a game's hello; `welcome` is the caller's next step.

    Args:
        link: The connection, just opened.
        dialect: How this game's messages are written. Its own greeting, where it has one, stands for the hello.
        terms: What the game is held to.
        token: A token that came with the connection, for games that cannot put one into a hello.

    Raises:
        Refused: A wrong token, a space that cannot be read, another protocol version, or no hello in time.
        LinkClosed: The game left before it had said hello.
    """
    hello, spec = await hear_hello(link, dialect, terms, token)
    return Game(link, dialect, terms, hello, spec)


def _abridged(data: str | bytes) -> str:
    shown = data[:80]
    return f"{shown!r} and {len(data) - 80} more" if len(data) > 80 else repr(shown)
