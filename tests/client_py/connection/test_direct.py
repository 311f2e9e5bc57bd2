import os
from concurrent import futures

import grpc
import pytest

from stepwire.connection.calls import CallEnded
from stepwire.connection.direct import DirectCall


def _opened(channel: grpc.Channel) -> DirectCall:
    return DirectCall(channel, "/test/Echo", ())


def _ended(call: DirectCall) -> CallEnded:
    with pytest.raises(CallEnded) as raised:
        call.receive()
    return raised.value


def test_whoever_waits_can_be_seen(echo: str) -> None:
    with grpc.insecure_channel(echo) as channel, futures.ThreadPoolExecutor(1) as thread:
        call = _opened(channel)
        call.send(b"silence")
        assert not call.is_waited_for
        waiting = thread.submit(_ended, call)
        while not call.is_waited_for:
            assert not waiting.done()
        call.close()
        assert waiting.result().code() == grpc.StatusCode.CANCELLED


def test_reading_for_a_moment_takes_nothing_away(echo: str) -> None:
    with grpc.insecure_channel(echo) as channel:
        call = _opened(channel)
        call.send(b"one")
        call.read(0.05)
        assert call.receive() == b"one"
        call.close()


def test_a_closed_channel_is_not_read(echo: str) -> None:
    with grpc.insecure_channel(echo) as channel:
        call = _opened(channel)
        call.close()
    with pytest.raises(ValueError, match="closed"):
        call.read(0.001)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_ends_the_calls_of_all_threads_and_new_ones_work(echo: str) -> None:
    with grpc.insecure_channel(echo) as channel:
        idle, waited_for = (_opened(channel) for _ in range(2))
        idle.send(b"one")
        assert idle.receive() == b"one"
        waited_for.send(b"silence")
        with futures.ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(_ended, waited_for)
            child = os.fork()
            if child == 0:
                os._exit(0)
            assert waiting.result().code() == grpc.StatusCode.CANCELLED
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert _ended(idle).code() == grpc.StatusCode.CANCELLED
        later = _opened(channel)
        later.send(b"two")
        assert later.receive() == b"two"
        for call in (idle, waited_for, later):
            call.close()
