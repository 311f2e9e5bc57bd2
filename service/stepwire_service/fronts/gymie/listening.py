"""The port of the Gymie front: who may come in, in which mode, and what those get who speak plain HTTP.

Knows the WebSocket handshake. What is said afterwards is the connection's.
"""

import http
import logging
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from stepwire_bridge.faults import NotAuthenticated
from stepwire_service.addresses import split
from stepwire_service.fronts.gymie.classic import Classic
from stepwire_service.fronts.gymie.connection import Answering, Connection
from stepwire_service.fronts.gymie.instances import Instances
from stepwire_service.fronts.gymie.modern import Modern
from stepwire_service.fronts.gymie.terms import Terms
from stepwire_service.listening import Listening
from stepwire_service.tokens import SCHEME, owner_of

PATH: Final = "/gym"
PATHS: Final = (PATH, "/")
"""Where agents connect: Gymie's code has the first, its README the second."""

RUNNING: Final = "Gymie is running..."
SUBPROTOCOL: Final = Subprotocol("gymie.v2")

OPEN_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 2.0
PING_SECONDS: Final = 20.0

_log = logging.getLogger(__name__)
_library_log = logging.getLogger(f"{__name__}.library")
_library_log.setLevel(logging.CRITICAL)  # it would report each stray connection with a traceback

Query = dict[str, str]


async def listen(address: str, terms: Terms, *, shared: bool = False) -> Listening:
    """Open the port.

    Args:
        address: host:port; port 0 picks a free one.
        terms: What every connection is given.
        shared: Whether other processes may listen there too; each connection then goes to one of them.

    Raises:
        OSError: The address cannot be listened on.
    """
    door = _Door(terms)
    host, port = split(address)
    settings = terms.settings
    server = await serve(
        door.take, host, port, process_request=door.judge, select_subprotocol=_chosen, compression=None,
        max_size=settings.max_message_bytes, max_queue=4, open_timeout=OPEN_SECONDS, close_timeout=CLOSE_SECONDS,
        ping_interval=PING_SECONDS, ping_timeout=settings.idle_time,  # an agent that learns may not answer for long
        logger=_library_log, server_header=None, reuse_port=shared or None,
    )  # fmt: skip
    return Listening(server)


class _Door:
    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._connections = 0

    def judge(self, connection: ServerConnection, request: Request) -> Response | None:
        """What to answer instead of opening a WebSocket; None to open it."""
        path, query = _asked(request.path)
        if not _is_upgrade(request) or path not in PATHS:
            return connection.respond(*_page(path))
        refusal = self._refusal(request, query)
        return connection.respond(refusal[0], f"{refusal[1]}\n") if refusal else None

    async def take(self, socket: ServerConnection) -> None:
        """Serve a connection to its end."""
        assert socket.request is not None
        _, query = _asked(socket.request.path)
        self._connections += 1
        try:
            instances = Instances(self._terms, self._owner(socket.request, query))
            answering = self._mode(socket, query, instances)
            await Connection(socket, answering, instances, self._terms.settings.max_message_bytes).serve()
        finally:
            self._connections -= 1

    def _mode(self, socket: ServerConnection, query: Query, instances: Instances) -> Answering:
        if socket.subprotocol == SUBPROTOCOL or query.get("v") == "2":
            if self._terms.process_step is not None:
                _log.info("an agent of the second version connects: it sees its steps without process_step")
            return Modern(instances, self._terms)
        return Classic(instances, self._terms, readme=query.get("readme", "0") != "0")

    def _refusal(self, request: Request, query: Query) -> tuple[http.HTTPStatus, str] | None:
        strange = [origin for origin in request.headers.get_all("Origin") if origin not in self._terms.allowed_origins]
        if strange:
            _log.warning("a web page of %s may not connect; allowed_origins would let it", strange[0])
            return http.HTTPStatus.FORBIDDEN, f"pages of {strange[0]} may not connect here; see allowed_origins"
        if self._connections >= self._terms.settings.max_sessions:
            _log.warning("an agent may not connect: there are %d, and max_sessions is that", self._connections)
            return http.HTTPStatus.SERVICE_UNAVAILABLE, f"{self._connections} agents are connected; see max_sessions"
        try:
            self._owner(request, query)
        except NotAuthenticated as fault:
            _log.warning("an agent may not connect: %s", fault.what)
            return http.HTTPStatus.UNAUTHORIZED, f"{fault.what}. Connect to {PATH}?token=… or send Authorization."
        return None

    def _owner(self, request: Request, query: Query) -> str:
        said = request.headers.get_all("Authorization")
        if not said and "token" in query:
            said = [SCHEME + query["token"]]
        return owner_of(said[0] if said else None, self._terms.tokens)


def _asked(url: str) -> tuple[str, Query]:
    """Path and query; of what is given more than once, the first."""
    try:
        parts = urlsplit(url)
        return parts.path, {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    except ValueError:
        return "", {}


def _is_upgrade(request: Request) -> bool:
    return any(value.lower() == "websocket" for value in request.headers.get_all("Upgrade"))


def _page(path: str) -> tuple[http.HTTPStatus, str]:
    return (http.HTTPStatus.BAD_REQUEST, "") if path == PATH else (http.HTTPStatus.OK, RUNNING)


def _chosen(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return SUBPROTOCOL if SUBPROTOCOL in offered else None
