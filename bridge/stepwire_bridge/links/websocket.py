"""Links over WebSockets: for games that dial us and for games that we dial.

Knows the handshake's outside: subprotocol, Origin, path, sizes. Knows nothing of what the messages say. There are no
WebSocket pings: a game that computes could not answer them.
"""

import http
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from stepwire_bridge.links.direct import CLOSE_SECONDS, DirectClient, DirectServer

SUBPROTOCOL = Subprotocol("stepwire.v1")

OPEN_SECONDS = 10.0

log = logging.getLogger(__name__)

# The library would report each stray connection with a traceback; we say ourselves who was refused, and why.
_LIBRARY_LOG = logging.getLogger(f"{__name__}.library")
_LIBRARY_LOG.setLevel(logging.CRITICAL)

Refuse = Callable[[str, str | None, bool], tuple[http.HTTPStatus, str] | None]
"""Given path with query, Origin, and whether our subprotocol is offered: why not to take the connection, if so."""


class WebSocketLink:
    """One WebSocket connection, ours or theirs."""

    def __init__(self, connection: DirectServer | DirectClient, path: str) -> None:
        self._connection = connection
        self.path = path
        """The path and query that were asked for."""
        self.native = connection.subprotocol == SUBPROTOCOL
        """Whether both sides agreed on the native dialect."""
        self.peer = _address(connection.remote_address)
        self.send = connection.write
        self.receive = connection.inbox.get
        self.deliver = connection.inbox.deliver

    def close(self, code: int, reason: str) -> Coroutine[Any, Any, None]:
        """Close; see `Link`."""
        self._connection.begin_close(code, _fitting(reason))
        return self._connection.close()


async def listen(
    host: str,
    port: int,
    *,
    on_link: Callable[[WebSocketLink], Awaitable[None]],
    refuse: Refuse,
    max_message_bytes: int,
    shared: bool = False,
) -> Server:
    """Listen for games. Each connection that is not refused is handed to `on_link`, which owns it until it returns.

    Where the port is shared, other processes may listen on it too, and the kernel spreads connections over them.
    """

    async def handle(connection: ServerConnection) -> None:
        assert connection.request is not None and isinstance(connection, DirectServer)
        try:
            await on_link(WebSocketLink(connection, connection.request.path))
        except Exception:
            log.exception("a bug of ours ends the connection of %s", connection.remote_address)

    def judge(connection: ServerConnection, request: Request) -> Response | None:
        offered = any(SUBPROTOCOL in value for value in request.headers.get_all("Sec-WebSocket-Protocol"))
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return connection.respond(
                http.HTTPStatus.UPGRADE_REQUIRED, "This is where games connect, with WebSockets.\n"
            )
        refusal = refuse(request.path, request.headers.get("Origin"), offered)
        return connection.respond(refusal[0], refusal[1] + "\n") if refusal else None

    return await serve(
        handle, host, port, select_subprotocol=_chosen, process_request=judge, compression=None, ping_interval=None,
        max_size=max_message_bytes, open_timeout=OPEN_SECONDS, close_timeout=CLOSE_SECONDS, logger=_LIBRARY_LOG,
        create_connection=partial(DirectServer, largest=max_message_bytes),  # type: ignore[arg-type]
        reuse_port=shared or None,
    )  # fmt: skip


async def dial(url: str, *, max_message_bytes: int) -> WebSocketLink:
    """Connect to a game that listens.

    Raises:
        OSError, TimeoutError, websockets.exceptions.InvalidHandshake: Nobody is there, or not a WebSocket server.
    """
    connection = await connect(
        url, subprotocols=[SUBPROTOCOL], compression=None, ping_interval=None, proxy=None,
        max_size=max_message_bytes, open_timeout=OPEN_SECONDS, close_timeout=CLOSE_SECONDS, logger=_LIBRARY_LOG,
        create_connection=partial(DirectClient, largest=max_message_bytes),  # type: ignore[arg-type]
    )  # fmt: skip
    assert isinstance(connection, DirectClient)
    parts = urlsplit(url)
    return WebSocketLink(connection, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")


def _chosen(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Ours where it is offered; a connection without is a WemiEnv game."""
    return SUBPROTOCOL if SUBPROTOCOL in offered else None


def _fitting(reason: str) -> str:
    """A close frame has room for 123 bytes of reason."""
    return reason.encode()[:120].decode(errors="ignore")


def _address(address: object) -> str:
    return ":".join(map(str, address[:2])) if isinstance(address, tuple) else str(address)
