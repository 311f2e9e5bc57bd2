import random
import signal
import threading
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pytest

from stepwire.connection import Connection, connect
from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import open_server
from stepwire.errors import (
    CallerError,
    ConnectionFailed,
    DeadlineExceeded,
    GameSilent,
    InvalidAction,
    NotReset,
    SessionLost,
    SessionTaken,
    TooLarge,
)
from stepwire_service import embedded
from tests.client_py.conftest import Road
from tests.client_py.connection.messages import make, reset, step, steps_of, target
from tests.client_py.envs import Counter, Gate, Wide
from tests.client_py.serving import serving
from tests.proxy import Proxy

_SERVED = pytest.mark.parametrize("served", ["address", "shared"], indirect=True)
_TRANSPORTS = pytest.mark.parametrize("transport", ["stream", "queued", "unary"], indirect=True)


_LONGER_THAN_A_PING_MAY_TAKE = 20.0


def _running(address: str, env: type[Counter] = Counter, transport: str = "stream") -> Connection:
    connection = connect(target(address, transport=transport), make(env))
    connection.call(reset(), 5)
    return connection


@pytest.mark.timeout(180)  # 15 s on an idle machine
@pytest.mark.parametrize(
    ("transport", "served", "cuts", "calls"),
    [
        ("stream", "address", 1000, 5000),
        ("queued", "address", 100, 500),
        ("unary", "address", 100, 500),
        ("stream", "shared", 100, 500),
        ("unary", "shared", 100, 500),
    ],
    indirect=["transport", "served"],
)
def test_cuts_step_no_copy_twice_and_lose_no_step(transport: str, cuts: int, calls: int, road: Road) -> None:
    before, randomly = Counter.total, random.Random(1)
    request = make()
    request.num_envs = 4
    connection = connect(target(road.proxies.address, transport=transport), request)
    connection.call(reset(), 10)
    road.proxies.limit(lambda: randomly.randint(500, 3700))
    for call in range(1, calls + 1):
        assert steps_of(connection.call(step(np.zeros(4, np.int64)), 10)) == call
    assert road.proxies.cuts >= cuts
    connection.close()

    assert Counter.total - before == (4 * calls if road.inside else 0)


@_TRANSPORTS
def test_a_fault_in_a_reply_leaves_the_session_as_it_was(transport: str, address: str) -> None:
    connection = _running(address, transport=transport)
    with pytest.raises(InvalidAction):
        connection.call(step(7), 5)

    assert steps_of(connection.call(step(), 5)) == 1
    connection.close()


@_TRANSPORTS
def test_a_silent_environment_is_the_servers_to_tell(transport: str, address: str) -> None:
    Gate.shut()
    request = make(Gate)
    request.deadlines.step.FromMilliseconds(200)
    connection = connect(target(address, transport=transport), request)
    connection.call(reset(), 5)
    with pytest.raises(GameSilent):
        connection.call(step(), 0.2)
    Gate.opened.set()

    assert connection.usable
    connection.close()


def test_two_threads_at_once_are_told_and_disturb_no_step(address: str) -> None:
    Gate.shut()
    connection = _running(address, Gate)
    replies: list[float] = []
    first = threading.Thread(target=lambda: replies.append(steps_of(connection.call(step(), 5))))
    first.start()
    assert Gate.entered.wait(10)
    with pytest.raises(CallerError, match="two threads call the same environment at once"):
        connection.call(step(), 5)
    Gate.opened.set()
    first.join()
    assert replies == [1]
    assert steps_of(connection.call(step(), 5)) == 2
    connection.close()


@_TRANSPORTS
def test_ctrl_c_during_a_step_leaves_a_session_that_goes_on(transport: str, address: str) -> None:
    Gate.shut()
    connection = _running(address, Gate, transport)

    def press() -> None:
        Gate.entered.wait()
        signal.raise_signal(signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        connection.call(step(), 10)
    Gate.opened.set()

    assert steps_of(connection.call(step(), 5)) == 2
    connection.close()


@_TRANSPORTS
def test_a_frozen_network_ends_a_step_with_its_deadline(transport: str, address: str) -> None:
    with Proxy(address) as proxy:
        connection = _running(proxy.address, transport=transport)
        proxy.freeze()
        began = monotonic()
        with pytest.raises(DeadlineExceeded):
            connection.call(step(), 0.3)

    assert monotonic() - began < 3
    assert not connection.usable


def test_a_frozen_connection_is_noticed_and_replaced_within_a_steps_deadline(address: str) -> None:
    with Proxy(address) as proxy:
        connection = _running(proxy.address)
        proxy.freeze()

        assert steps_of(connection.call(step(), 10)) == 1
        connection.close()


def test_a_server_that_died_ends_a_step_with_its_deadline_and_close_is_quick() -> None:
    with serving() as server:
        connection = connect(target(server.address), make("gym:CartPole-v1"))
        connection.call(reset(), 5)
        server.process.kill()
    with pytest.raises(ConnectionFailed, match="did not answer in time"):
        connection.call(step(), 0.2)
    began = monotonic()
    connection.close()

    assert monotonic() - began < 0.5


def test_a_unix_socket_is_an_address_too(tmp_path: Path) -> None:
    with embedded(address=f"unix:{tmp_path}/stepwire.sock") as address:
        connection = _running(address)

        assert steps_of(connection.call(step(), 5)) == 1
        connection.close()


def test_closing_while_the_server_is_gone_ends(address: str) -> None:
    with Proxy(address) as proxy:
        connection = _running(proxy.address)
    began = monotonic()
    connection.close()

    assert monotonic() - began < 5


def _wait_until_no_sessions(address: str) -> None:
    server = open_server(Endpoint(address), target(address))
    while server.info(5).load.sessions:
        pass
    server.close()


def test_a_session_that_the_server_has_dropped_is_lost() -> None:
    with embedded(idle_time=0.1) as address:
        connection = _running(address, transport="unary")
        _wait_until_no_sessions(address)

        with pytest.raises(SessionLost):
            connection.call(step(), 5)
        assert not connection.usable


def test_a_session_that_another_holds_now_is_taken(address: str) -> None:
    connection = _running(address)
    newer = Connection(connection.made, Endpoint(address), target(address), None, 0)
    newer.call(reset(), 5)  # number 1 again, answered from memory
    with pytest.raises(SessionTaken):
        connection.call(step(), 5)

    assert not connection.usable


@_TRANSPORTS
def test_a_request_that_is_too_large_is_not_sent(transport: str) -> None:
    with embedded(max_message_bytes=50_000) as address:
        connection = connect(target(address, transport=transport), make(Wide))
        with pytest.raises(TooLarge, match="max_message_bytes") as refused:
            connection.call(step({"small": np.zeros(2, np.float32), "large": np.zeros(100_000, np.uint8)}), 5)

        assert refused.value.data["limit"] == "50000"
        assert connection.usable
        connection.close()


@_TRANSPORTS
def test_a_reply_that_is_too_large_is_the_servers_to_tell(transport: str) -> None:
    with embedded(max_message_bytes=50_000) as address:
        connection = connect(target(address, transport=transport), make(Wide))
        with pytest.raises(TooLarge, match="max_message_bytes"):
            connection.call(reset(), 5)

        assert connection.usable
        connection.close()


def test_a_call_after_close_is_told(address: str) -> None:
    connection = _running(address)
    connection.close()
    connection.close()

    assert not connection.usable


@_TRANSPORTS
def test_order_is_the_servers_to_check(transport: str, address: str) -> None:
    connection = connect(target(address, transport=transport), make())
    with pytest.raises(NotReset):
        connection.call(step(), 5)
    connection.call(reset(), 5)

    assert steps_of(connection.call(step(), 5)) == 1
    connection.close()


@pytest.mark.slow  # a ping that is not answered has a connection closed after 12 s
def test_idle_sessions_keep_their_connections(address: str) -> None:
    with Proxy(address) as proxy:
        idle = [_running(proxy.address) for _ in range(20)]
        connections = proxy.connections
        sleep(_LONGER_THAN_A_PING_MAY_TAKE)
        assert [steps_of(connection.call(step(), 5)) for connection in idle] == [1] * 20
        assert proxy.connections == connections
        for connection in idle:
            connection.close()


@pytest.mark.slow
def test_idle_sessions_keep_their_connections_beside_one_that_is_not(address: str) -> None:
    with Proxy(address) as proxy:
        idle, busy = [_running(proxy.address) for _ in range(20)], _running(proxy.address)
        connections, end = proxy.connections, monotonic() + _LONGER_THAN_A_PING_MAY_TAKE
        while monotonic() < end:
            busy.call(step(), 5)
        assert [steps_of(connection.call(step(), 5)) for connection in idle] == [1] * 20
        assert proxy.connections == connections
        for connection in (busy, *idle):
            connection.close()


# ── several on their way ──


@_TRANSPORTS
@_SERVED
def test_replies_to_what_was_sent_are_received_in_order_over_a_cut(transport: str, road: Road) -> None:
    connection = _running(road.proxies.address, transport=transport)
    for _ in range(3):
        connection.send(step(), 5)
    road.proxies.cut()
    assert [steps_of(connection.receive(5)) for _ in range(3)] == [1, 2, 3]
    connection.close()


@_TRANSPORTS
def test_a_fault_of_what_was_sent_is_raised_where_its_reply_is_opened(transport: str, address: str) -> None:
    connection = _running(address, transport=transport)
    connection.send(step(7), 5)
    connection.send(step(), 5)
    refused, stepped = connection.receive(5), connection.receive(5)
    with pytest.raises(InvalidAction):
        connection.opened(refused)
    assert steps_of(connection.opened(stepped)) == 1
    connection.close()


@pytest.mark.parametrize(
    ("transport", "sent"), [("stream", 3), ("stream", 100), ("queued", 100), ("unary", 3)], indirect=["transport"]
)
def test_a_call_drops_the_replies_that_nobody_has_received(transport: str, sent: int, address: str) -> None:
    connection = _running(address, transport=transport)
    for _ in range(sent):
        connection.send(step(), 5)
    assert steps_of(connection.call(step(), 5)) == sent + 1
    assert not connection.arrived
    connection.close()
