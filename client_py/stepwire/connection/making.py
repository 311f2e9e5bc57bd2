"""Finds a server that has room and makes a session there.

It goes round the endpoints until one of them opens the session, and pins the session to that one. Where several
processes share an endpoint, it goes round these. Which faults mean "ask another" is decided here.
"""

import logging
import secrets
from collections.abc import Callable
from time import monotonic, sleep

from stepwire.connection.addresses import Endpoint, elsewhere, endpoints, shuffled
from stepwire.connection.channel import Server, open_server
from stepwire.connection.choosing import answering
from stepwire.connection.connection import Connection, patience, transport_over
from stepwire.connection.statuses import Broken
from stepwire.connection.target import Target
from stepwire.errors import ConnectionFailed, DeadlineExceeded, Draining, StepwireError
from stepwire.v1.env_service_pb2 import MakeRequest

_PAUSE = 0.2
"""Seconds between two rounds while no server answers."""
_TRIES = 3
"""How often a make whose answer was lost is sent to the same server, which then gives the same session."""
_SILENCES = 2
"""After so many processes of a server that cannot be reached by themselves the network is taken to let none through."""
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
        found = endpoints(target.addresses)
    except ConnectionFailed as unknown:
        return unknown
    if len(found) > 1:
        found = answering(found, target, request) or found
    return _first(found, lambda endpoint: _make_at(endpoint, target, request, deadline))


def _first(found: list[Endpoint], make: Callable[[Endpoint], Connection]) -> Connection | StepwireError:
    refusals: list[StepwireError] = []
    for endpoint in found:
        try:
            return make(endpoint)
        except StepwireError as error:
            if not _elsewhere(error):
                raise
            refusals.append(error)
    return min(refusals, key=_hopelessness)


def _elsewhere(error: StepwireError) -> bool:
    return isinstance(error, ConnectionFailed | Draining) or error.retry_after is not None


def _hopelessness(error: StepwireError) -> tuple[bool, bool]:
    return error.retry_after is None, isinstance(error, ConnectionFailed)


def _make_at(
    endpoint: Endpoint, target: Target, request: MakeRequest, deadline: float, *, spread: bool = True
) -> Connection:
    """Make a session at an endpoint, or at one of the processes that share it, so that they all get some."""
    for _ in range(_TRIES):
        server = open_server(endpoint, target)
        try:
            info = server.info(target.timeouts.connect)
            processes = [elsewhere(given, endpoint) for given in info.endpoints] if spread else []
            if processes and endpoint not in processes:
                server.close()
                return _make_among(shuffled(processes), endpoint, target, request, deadline)
            return _make_on(server, target, request, deadline, info.limits.max_message_bytes)
        except Broken as error:
            server.close()
            broken = error
        except BaseException:
            server.close()
            raise
    kind = DeadlineExceeded if broken.late else ConnectionFailed
    raise kind(f"{endpoint.target} did not answer make({request.env_id!r}): {broken}.") from broken


def _make_among(
    processes: list[Endpoint], shared: Endpoint, target: Target, request: MakeRequest, deadline: float
) -> Connection:
    """Make a session at the best of a server's processes; where none can be reached by itself, at what they share.

    That is for networks that let one port through: a stream stays with the process it reached, until it breaks.
    """
    found = answering(processes, target, request, silences=_SILENCES)
    made = _first(found, lambda process: _make_at(process, target, request, deadline, spread=False)) if found else None
    if isinstance(made, Connection):
        return made
    if made is not None:
        raise made
    if target.transport == "unary":
        raise _unreachable(processes, shared)
    return _make_at(shared, target, request, deadline, spread=False)


def _unreachable(processes: list[Endpoint], shared: Endpoint) -> ConnectionFailed:
    ports = " and ".join(sorted(process.target for process in processes))
    return ConnectionFailed(
        f"{shared.target} is shared by several server processes, and none of them answers where unary calls would find "
        f"it: {ports}. Let these ports through too (the server's setting worker_ports), use transport='stream', "
        "or serve with workers = 1."
    )


def _make_on(server: Server, target: Target, request: MakeRequest, deadline: float, limit: int) -> Connection:
    transport = transport_over(server, target)
    try:
        made = transport.make(request, deadline)
    except BaseException:
        transport.close()
        raise
    home = elsewhere(made.endpoint, server.endpoint)
    if transport.moves and home != server.endpoint:
        transport.close()
        return Connection(made, home, target, None, limit)
    return Connection(made, home, target, transport, limit)
