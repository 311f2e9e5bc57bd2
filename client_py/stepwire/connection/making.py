"""Finds a server that has room and makes a session there.

It goes round the endpoints until one of them opens the session, and pins the session to that one. Which faults mean
"ask another" is decided here.
"""

import logging
import secrets
from time import monotonic, sleep

from stepwire.connection.addresses import Endpoint, endpoints
from stepwire.connection.channel import Server, open_server
from stepwire.connection.connection import Connection, patience, transport_over
from stepwire.connection.statuses import Broken
from stepwire.connection.target import Target
from stepwire.errors import ConnectionFailed, DeadlineExceeded, Draining, StepwireError
from stepwire.v1.env_service_pb2 import MakeRequest

_PAUSE = 0.2
"""Seconds between two rounds while no server answers."""
_TRIES = 3
"""How often a make whose answer was lost is sent to the same server, which then gives the same session."""
_log = logging.getLogger(__name__)


def connect(target: Target, request: MakeRequest) -> Connection:
    """Make a session on some endpoint of the target.

    Endpoints that do not answer, drain, or have no room are passed over. While none answers, rounds go on for the
    connect timeout; while one asks to wait (it is full, or no game is there yet), for the make timeout.

    Args:
        target: Where and how.
        request: What to make; its make_key is set here.

    Raises:
        ConnectionFailed: No server answered.
        StepwireError: What the last server answered that was asked.
    """
    request.make_key = secrets.token_bytes(16)
    began = monotonic()
    while True:
        found = _round(target, request, began + patience(target.timeouts.make))
        if isinstance(found, Connection):
            return found
        longest = target.timeouts.connect if found.retry_after is None else target.timeouts.make
        pause = found.retry_after or _PAUSE
        if monotonic() + pause > began + longest:
            raise found
        _log.info("waiting for a server: %s", found)
        sleep(pause)


def _round(target: Target, request: MakeRequest, deadline: float) -> Connection | StepwireError:
    """Ask every endpoint once; the fault that gives most hope, where none opens a session."""
    try:
        found = _with_room_first(endpoints(target.addresses), target, request)
    except ConnectionFailed as unknown:
        return unknown
    refusals: list[StepwireError] = []
    for endpoint in found:
        try:
            return _make_at(endpoint, target, request, deadline)
        except StepwireError as error:
            if not _elsewhere(error):
                raise
            refusals.append(error)
    return min(refusals, key=_hopelessness)


def _with_room_first(found: list[Endpoint], target: Target, request: MakeRequest) -> list[Endpoint]:
    """The endpoints, those with games enough first: at the others a make waits, and nobody else is asked meanwhile."""
    if len(found) == 1:
        return found
    return sorted(found, key=lambda endpoint: not _has_room(endpoint, target, request))


def _has_room(endpoint: Endpoint, target: Target, request: MakeRequest) -> bool:
    server = open_server(endpoint, target)
    try:
        return server.has_room(request.env_id, request.num_envs or 1, target.timeouts.connect)
    except StepwireError:
        return False  # whatever it is, the make itself will say it
    finally:
        server.close()


def _elsewhere(error: StepwireError) -> bool:
    return isinstance(error, ConnectionFailed | Draining) or error.retry_after is not None


def _hopelessness(error: StepwireError) -> tuple[bool, bool]:
    return error.retry_after is None, isinstance(error, ConnectionFailed)


def _make_at(endpoint: Endpoint, target: Target, request: MakeRequest, deadline: float) -> Connection:
    for _ in range(_TRIES):
        server = open_server(endpoint, target)
        try:
            return _make_on(server, target, request, deadline)
        except Broken as error:
            server.close()
            broken = error
        except BaseException:
            server.close()
            raise
    kind = DeadlineExceeded if broken.late else ConnectionFailed
    raise kind(f"{endpoint.target} did not answer make({request.env_id!r}): {broken}.") from broken


def _make_on(server: Server, target: Target, request: MakeRequest, deadline: float) -> Connection:
    limit = server.info(target.timeouts.connect).limits.max_message_bytes
    transport = transport_over(server, target)
    try:
        made = transport.make(request, deadline)
    except BaseException:
        transport.close()
        raise
    here = server.endpoint
    home = Endpoint(made.endpoint, here.name) if made.endpoint else here
    if transport.moves and home != here:
        transport.close()
        return Connection(made, home, target, None, limit)
    return Connection(made, home, target, transport, limit)
