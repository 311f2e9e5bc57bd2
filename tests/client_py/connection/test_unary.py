from collections.abc import Iterator
from time import monotonic

import pytest

from stepwire.codec import CodecError
from stepwire.codec.replies import Reply
from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import open_server
from stepwire.connection.statuses import Broken
from stepwire.connection.unary import Unary
from stepwire.errors import ServerBug, UnknownEnv
from stepwire.v1.env_service_pb2 import CloseRequest, StepStreamRequest
from tests.client_py.connection.babbler import babbler
from tests.client_py.connection.messages import make, reset, step, steps_of, target, under
from tests.client_py.envs import Gate
from tests.proxy import Proxy


def _unary(address: str) -> Unary:
    return Unary(open_server(Endpoint(address), target(address)))


def _ask(unary: Unary, number: int, request: bytes, seconds: float = 5) -> Reply:
    unary.send(under(number, request))
    return unary.receive(monotonic() + seconds)


@pytest.fixture
def unary(address: str) -> Iterator[Unary]:
    unary = _unary(address)
    yield unary
    unary.close()


def test_replies_look_like_those_of_a_stream(unary: Unary) -> None:
    unary.make(make(), monotonic() + 5)

    assert _ask(unary, 1, reset()).message.WhichOneof("response") == "reset"
    assert steps_of(_ask(unary, 2, step())) == 1
    close = StepStreamRequest(close=CloseRequest()).SerializeToString()
    assert _ask(unary, 3, close).message.WhichOneof("response") == "close"


def test_a_number_that_comes_again_steps_nothing(unary: Unary) -> None:
    unary.make(make(), monotonic() + 5)
    _ask(unary, 1, reset())

    assert [steps_of(_ask(unary, 2, step())) for _ in range(3)] == [1, 1, 1]


def test_another_channel_takes_the_session_up(unary: Unary, address: str) -> None:
    made = unary.make(make(), monotonic() + 5)
    _ask(unary, 1, reset())
    other = _unary(address)
    other.attach(made, monotonic() + 5)

    assert steps_of(_ask(other, 2, step())) == 1
    other.close()


def test_a_fault_that_the_session_survives_is_a_reply(unary: Unary) -> None:
    unary.make(make(), monotonic() + 5)
    reply = _ask(unary, 1, step())

    assert reply.message.WhichOneof("response") == "error"
    assert reply.number == 1


def test_a_make_that_fails_raises_the_servers_fault(unary: Unary) -> None:
    with pytest.raises(UnknownEnv):
        unary.make(make("gym:Nowhere-v0"), monotonic() + 5)


def test_an_answer_that_is_no_message_is_the_servers_fault() -> None:
    with babbler(b"\xff") as address:
        unary = _unary(address)
        unary.make(make(), monotonic() + 5)
        with pytest.raises(CodecError, match="no message"):
            _ask(unary, 1, reset()).reset()
        with pytest.raises(ServerBug, match="cannot be read"):
            _ask(unary, 2, StepStreamRequest(close=CloseRequest()).SerializeToString())
        unary.close()


def test_a_wait_ends_with_its_deadline(unary: Unary) -> None:
    Gate.shut()
    unary.make(make(Gate), monotonic() + 5)
    _ask(unary, 1, reset())

    with pytest.raises(Broken) as broken:
        _ask(unary, 2, step(), seconds=0.2)
    assert broken.value.late
    Gate.opened.set()


def test_a_server_that_cannot_be_reached_is_a_broken_connection(address: str) -> None:
    with Proxy(address) as proxy:
        unary = _unary(proxy.address)
        unary.make(make(), monotonic() + 5)
    with pytest.raises(Broken):
        _ask(unary, 1, reset())
    unary.close()
