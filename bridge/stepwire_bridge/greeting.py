"""Who may come in: a game's hello, what the bridge holds games to, and how one that is not taken is told.

Knows tokens, versions and spaces; knows nothing of what follows the welcome.
"""

import asyncio
import contextlib
import hmac
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from gymnasium.spaces import Space

from stepwire_bridge import spaces
from stepwire_bridge.dialects import Dialect
from stepwire_bridge.glance import Glance, glance
from stepwire_bridge.links import Link, LinkClosed
from stepwire_bridge.messages import PROTOCOL, BadMessage, Bye, Fault, Hello

log = logging.getLogger(__name__)

CLOSE_CODES = {
    "BYE": 1000,
    "BAD_MESSAGE": 1002, "BAD_HELLO": 1002, "UNEXPECTED": 1002,
    "NOT_ALLOWED": 1008,
    "SILENT": 4408,
}  # fmt: skip
"""The WebSocket close code that goes with each reason for ending a connection."""

MAX_HELLO_BYTES = 4 * 2**20
"""Of a hello, which a stranger sends: it is read in a turn of the event loop, in which nobody else is served."""

MAX_INSTANCES = 4096
"""Instances on one connection."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the bridge holds every game to. Times in seconds."""

    max_message_bytes: int = 64 * 2**20
    heartbeat_seconds: float = 5.0
    silence_seconds: float = 15.0
    hello_seconds: float = 10.0
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GameSpec:
    """What a game said it is; two games of one name must say the same spaces."""

    name: str
    observation_space: Space[Any]
    action_space: Space[Any]
    metadata: dict[str, Any]
    observes: Glance = field(init=False, repr=False, compare=False)
    """Whether a batch of observations is certainly good."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "observes", glance(self.observation_space))


class Refused(Exception):
    """The game cannot be taken; `code` is one of the protocol's."""

    def __init__(self, code: str, why: str) -> None:
        self.code = code
        super().__init__(why)


async def hear_hello(link: Link, dialect: Dialect, terms: Terms, token: str | None) -> tuple[Hello, GameSpec]:
    """Hear a game's hello, or take the one that its dialect says in its place, and judge it.

    Raises:
        Refused: A wrong token, a space that cannot be read, another protocol version, or no hello in time.
        LinkClosed: The game left before it had said hello.
    """
    hello = dialect.greeting or await _hello(link, dialect, terms)
    _check_token(hello.token if hello.token is not None else token, terms.tokens)
    _check_hello(hello)
    return hello, _spec(hello)


async def refuse(link: Link, dialect: Dialect, refused: Refused) -> None:
    """Tell a game why it was not taken, and close the connection."""
    log.warning("a game at %s is refused: %s: %s", link.peer, refused.code, refused)
    fault = Fault(code=refused.code, message=str(refused))
    await say_farewell(link, dialect, fault, CLOSE_CODES[refused.code])


def say_farewell(link: Link, dialect: Dialect, farewell: Fault | Bye, close_code: int) -> Coroutine[Any, Any, None]:
    """Say a last message and close, also when the other side reads no more; await it for the end. Never raises."""
    data = dialect.encode(farewell)
    if data is not None:
        with contextlib.suppress(LinkClosed):
            link.send(data)
    return link.close(close_code, farewell.message if isinstance(farewell, Fault) else farewell.reason)


async def _hello(link: Link, dialect: Dialect, terms: Terms) -> Hello:
    try:
        async with asyncio.timeout(terms.hello_seconds):
            data = await link.receive()
        if len(data) > MAX_HELLO_BYTES:
            raise Refused("BAD_HELLO", f"a hello of {len(data)} bytes; the most are {MAX_HELLO_BYTES}")
        message = dialect.decode(data)
    except TimeoutError as error:
        raise Refused("SILENT", f"no hello within {terms.hello_seconds:g} s") from error
    except BadMessage as error:
        raise Refused("BAD_MESSAGE", str(error)) from error
    if not isinstance(message, Hello):
        raise Refused("BAD_HELLO", f"the first message is a hello, not a {type(message).__name__.lower()}")
    return message


def _check_token(given: str | None, tokens: frozenset[str]) -> None:
    # All are compared, so that the time taken tells nothing.
    matches = [hmac.compare_digest((given or "").encode(), token.encode()) for token in tokens]
    if tokens and not any(matches):
        said = "no token" if given is None else "a wrong token"
        raise Refused("NOT_ALLOWED", f"{said}: this bridge takes only games that say its token in their hello")


def _check_hello(hello: Hello) -> None:
    if hello.protocol != PROTOCOL:
        raise Refused("BAD_HELLO", f"protocol {hello.protocol} is not spoken here; version {PROTOCOL} is")
    if not 1 <= hello.instances <= MAX_INSTANCES:
        raise Refused("BAD_HELLO", f"instances is {hello.instances}; a connection has 1 to {MAX_INSTANCES}")


def _spec(hello: Hello) -> GameSpec:
    try:
        return GameSpec(
            hello.name,
            spaces.read(hello.observation_space, "observation_space"),
            spaces.read(hello.action_space, "action_space"),
            _metadata(hello.metadata),
        )
    except spaces.BadSpace as error:
        raise Refused("BAD_HELLO", str(error)) from error


def _metadata(given: dict[str, Any]) -> dict[str, Any]:
    """The two fields that mean something here; anything else a game may say is its own affair."""
    modes, fps = given.get("render_modes", []), given.get("render_fps")
    if not isinstance(modes, list) or not all(isinstance(mode, str) for mode in modes):
        raise Refused("BAD_HELLO", "metadata.render_modes is a list of names")
    if fps is not None and (isinstance(fps, bool) or not isinstance(fps, (int, float))):
        raise Refused("BAD_HELLO", "metadata.render_fps is a number")
    return {"render_modes": modes} | ({} if fps is None else {"render_fps": fps})
