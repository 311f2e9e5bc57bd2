from collections.abc import Iterator
from time import monotonic

import pytest

from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import open_server
from stepwire.connection.statuses import Broken
from stepwire.connection.stream import Stream
from stepwire.errors import ServerBug, SessionTaken, UnknownEnv, UnknownSession
from stepwire.v1.env_service_pb2 import MakeResponse
from tests.client_py.connection.babbler import babbler
from tests.client_py.connection.messages import make, reset, step, steps_of, target, under
from tests.client_py.envs import Gate
from tests.proxy import Proxy


def _stream(address: str) -> Stream:
    return Stream(open_server(Endpoint(address), target(address)))


def _soon(seconds: float = 5) -> float:
    return monotonic() + seconds


@pytest.fixture(params=["stream", "queued"])
def stream(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, address: str) -> Iterator[Stream]:
    if request.param == "queued":
        monkeypatch.setenv("STEPWIRE_DIRECT_CALLS", "0")
    stream = _stream(address)
    yield stream
    stream.close()


def test_a_made_session_answers_in_order(stream: Stream) -> None:
    stream.make(make(), _soon())
    for number, request in enumerate([reset(), step(), step()], start=1):
        stream.send(under(number, request))

    assert [stream.receive(_soon()).number for _ in range(3)] == [1, 2, 3]


def test_a_make_that_fails_raises_the_servers_fault(stream: Stream) -> None:
    with pytest.raises(UnknownEnv):
        stream.make(make("gym:Nowhere-v0"), _soon())


def test_another_stream_takes_the_session_up(stream: Stream, address: str) -> None:
    made = stream.make(make(), _soon())
    stream.close()
    later = _stream(address)
    later.attach(made, _soon())
    for number, request in enumerate([reset(), step()], start=1):
        later.send(under(number, request))
    later.receive(_soon())

    assert steps_of(later.receive(_soon())) == 1
    later.close()


def test_the_older_stream_ends_with_session_taken(stream: Stream, address: str) -> None:
    made = stream.make(make(), _soon())
    newer = _stream(address)
    newer.attach(made, _soon())

    with pytest.raises(SessionTaken):
        stream.receive(_soon())
    newer.close()


def test_a_stolen_id_opens_nothing(stream: Stream, address: str) -> None:
    made = stream.make(make(), _soon())
    thief = _stream(address)

    with pytest.raises(UnknownSession):
        thief.attach(MakeResponse(session_id=made.session_id, resume_key=b"a guess"), _soon())
    thief.close()


def test_a_wait_ends_with_its_deadline(stream: Stream) -> None:
    Gate.shut()
    stream.make(make(Gate), _soon())
    for number, request in enumerate([reset(), step()], start=1):
        stream.send(under(number, request))
    stream.receive(_soon())

    with pytest.raises(Broken) as broken:
        stream.receive(_soon(0.2))
    assert broken.value.late
    Gate.opened.set()


@pytest.mark.parametrize("answer", [b"\xff", b"\x08", b"\x1a\x7f", b"junk"])
def test_an_answer_that_is_no_message_is_the_servers_fault(answer: bytes) -> None:
    with babbler(answer) as address:
        stream = _stream(address)
        stream.make(make(), _soon())
        stream.send(under(1, reset()))

        with pytest.raises(ServerBug, match="cannot be read"):
            stream.receive(_soon())
        stream.close()


def test_a_cut_connection_is_broken(address: str) -> None:
    with Proxy(address) as proxy:
        stream = _stream(proxy.address)
        stream.make(make(), _soon())
        proxy.cut()

        with pytest.raises(Broken) as broken:
            stream.receive(_soon())
        assert not broken.value.late
        stream.close()


def test_it_may_be_closed_twice(stream: Stream) -> None:
    stream.close()
    stream.close()
