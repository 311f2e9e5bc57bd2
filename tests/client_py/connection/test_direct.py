import subprocess
import sys
from concurrent import futures
from pathlib import Path

import grpc
import pytest

from stepwire.connection.calls import CallEnded
from stepwire.connection.direct import DirectCall
from tests.client_py.serving import Server


def _opened(channel: grpc.Channel) -> DirectCall:
    return DirectCall(channel, "/test/Echo", ())


def _ended(call: DirectCall) -> CallEnded:
    with pytest.raises(CallEnded) as raised:
        call.receive()
    return raised.value


def test_it_is_open_until_it_is_closed(echo: str) -> None:
    with grpc.insecure_channel(echo) as channel:
        call = _opened(channel)
        assert call.is_open
        call.close()
        assert not call.is_open


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


def test_a_fork_ends_the_calls_of_all_threads_and_new_ones_work(server_outside: Server) -> None:
    program = Path(__file__).parents[1] / "forking.py"
    subprocess.run([sys.executable, program, "calls", server_outside.address], check=True, timeout=50)
