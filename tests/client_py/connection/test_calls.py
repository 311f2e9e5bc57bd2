import signal
import threading
from collections.abc import Iterator

import grpc
import pytest

from stepwire.connection.calls import CallEnded, QueuedCall, StreamCall, open_call
from stepwire.connection.direct import DirectCall

_METADATA = (("said", "hello"),)


@pytest.fixture(params=[DirectCall, QueuedCall])
def call(request: pytest.FixtureRequest, echo: str) -> Iterator[StreamCall]:
    with grpc.insecure_channel(echo, options=[("grpc.max_receive_message_length", -1)]) as channel:
        call = request.param(channel, "/test/Echo", _METADATA)
        yield call
        call.close()


def _ended(call: StreamCall) -> CallEnded:
    with pytest.raises(grpc.RpcError) as raised:
        call.receive()
    return raised.value  # type: ignore[return-value]


def test_messages_go_out_and_come_back_in_order(call: StreamCall) -> None:
    sent = [b"", b"one", bytes(3_000_000), b"two"]
    for data in sent:
        call.send(data)

    assert [call.receive() for _ in sent] == sent


def test_many_messages_may_be_on_their_way(call: StreamCall) -> None:
    sent = [str(i).encode() for i in range(2000)]
    for data in sent:
        call.send(data)

    assert [call.receive() for _ in sent] == sent


def test_metadata_goes_with_the_call(call: StreamCall) -> None:
    call.send(b"metadata")

    assert call.receive() == b"hello"


def test_the_servers_end_is_told_and_told_again(call: StreamCall) -> None:
    call.send(b"one")
    call.send(b"end")

    assert call.receive() == b"one"
    assert [_ended(call).code() for _ in range(2)] == [grpc.StatusCode.OK] * 2


def test_a_failure_is_told_with_its_details(call: StreamCall) -> None:
    call.send(b"fail")
    ended = _ended(call)

    assert (ended.code(), ended.details()) == (grpc.StatusCode.NOT_FOUND, "nothing here")
    assert ("why-bin", b"\0because") in [tuple(entry) for entry in ended.trailing_metadata()]


def test_a_send_after_the_end_is_nothing(call: StreamCall) -> None:
    call.send(b"end")
    _ended(call)
    call.send(b"one")

    assert _ended(call).code() == grpc.StatusCode.OK


def test_another_thread_ends_a_wait(call: StreamCall) -> None:
    call.send(b"silence")
    threading.Timer(0.1, call.cancel).start()

    assert _ended(call).code() == grpc.StatusCode.CANCELLED


def test_another_thread_may_close_while_one_waits(call: StreamCall) -> None:
    call.send(b"silence")
    threading.Timer(0.1, call.close).start()

    assert _ended(call).code() == grpc.StatusCode.CANCELLED


def test_a_closed_call_has_ended(call: StreamCall) -> None:
    call.close()
    call.close()
    call.cancel()

    assert _ended(call).code() == grpc.StatusCode.CANCELLED


def test_ctrl_c_ends_a_wait_and_the_call_can_still_be_closed(call: StreamCall) -> None:
    call.send(b"silence")
    threading.Timer(0.1, signal.raise_signal, (signal.SIGINT,)).start()
    with pytest.raises(KeyboardInterrupt):
        call.receive()
    call.cancel()
    call.close()


def test_nobody_there_is_unavailable() -> None:
    with grpc.insecure_channel("127.0.0.1:1") as channel:
        for kind in (DirectCall, QueuedCall):
            call = kind(channel, "/test/Echo", ())
            assert _ended(call).code() == grpc.StatusCode.UNAVAILABLE
            call.close()


def test_a_direct_call_is_what_one_gets(echo: str) -> None:
    with grpc.insecure_channel(echo) as channel:
        call = open_call(channel, "/test/Echo", ())
        assert isinstance(call, DirectCall)
        call.close()


def test_it_can_be_turned_off(echo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWIRE_DIRECT_CALLS", "0")
    with grpc.insecure_channel(echo) as channel:
        call = open_call(channel, "/test/Echo", ())
        assert isinstance(call, QueuedCall)
        call.close()


@pytest.mark.parametrize("wrong", ["no such method", "other arguments"])
def test_a_grpcio_that_is_made_otherwise_is_used_by_its_public_interface(wrong: str, echo: str) -> None:
    with grpc.insecure_channel(echo) as channel:
        call = open_call(_OtherChannel(channel, wrong), "/test/Echo", ())  # type: ignore[arg-type]
        call.send(b"one")
        assert (type(call), call.receive()) == (QueuedCall, b"one")
        call.close()


class _OtherChannel:
    """A channel whose inside is not the one that we know."""

    def __init__(self, channel: grpc.Channel, wrong: str) -> None:
        self._channel = object() if wrong == "no such method" else self
        self.stream_stream = channel.stream_stream

    def segregated_call(self) -> None: ...
