"""An engine asked by the old calls."""

import os
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from stepwire_bridge.compat.portal import portal
from stepwire_bridge.compat.unityremote.remote_env import RemoteEnv
from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.faults import GameSilent, TooLarge
from stepwire_bridge.messages import BadMessage
from stepwire_bridge.udp.exchange import Manners
from tests.bridge.udp.engine import Engine, free_port


@pytest.fixture
def env(engine: Engine) -> Iterator[RemoteEnv]:
    env = RemoteEnv("127.0.0.1", engine.address[1], 0, reply_seconds=5, manners=Manners(resend_after=0.1, quiet=0.05))
    yield env
    env.close()


def test_the_old_calls_send_the_old_words(engine: Engine, env: RemoteEnv) -> None:
    assert env.open(0) is True
    assert env.step("restart")["state"] == 0
    assert env.step("go", 0.1) == {"done": False, "reward": 0.1, "frame": 2, "state": 0.1}
    env.send("say", ["hello", 3])
    env.stepfv("act", [1.0, 2.5])
    env.stepfv("act", np.array([0.1, -1], np.float32))
    env.step("NOOP", -1)
    env.reset()
    assert engine.heard == [
        "restart;0;",
        "go;1;0.1;",
        "say;2;hello;3;",
        "act;1;1.0 2.5;",
        "act;1;0.1 -1.0;",
        "NOOP;1;-1;",
    ]


def test_the_ports_are_those_of_old() -> None:
    env = RemoteEnv()
    assert (env.HOST, env.OUTPUT_PORT, env.INPUT_PORT, env.BUFFER_SIZE) == ("127.0.0.1", 8081, 8080, 100_000)
    env.configure("localhost", 7070, 8090, 65_536)
    env.make()
    assert (env.HOST, env.OUTPUT_PORT, env.INPUT_PORT, env.BUFFER_SIZE) == ("localhost", 7070, 8090, 65_536)
    env.close()


def test_a_reply_that_is_lost_is_asked_for_again(engine: Engine, env: RemoteEnv) -> None:
    engine.answer = lambda name, arguments: engine.honest(name, arguments) if len(engine.heard) > 1 else []
    assert env.step("at", 3)["state"] == 3
    assert engine.heard == ["at;1;3;"] * 2


def test_no_reply_ends_in_a_fault_that_says_what_was_asked_and_the_next_command_works(engine: Engine) -> None:
    env = RemoteEnv("127.0.0.1", engine.address[1], 0, reply_seconds=0.1)
    engine.answer = lambda name, arguments: []
    with pytest.raises(
        GameSilent, match=rf"'127.0.0.1:{engine.address[1]} \(to our port \d+\)' did not answer restart"
    ):
        env.step("restart")
    engine.answer = engine.honest
    env.reply_seconds = 5
    assert env.step("at", 2)["state"] == 2
    env.close()


def test_what_is_not_made_of_fields_is_said_to_be_so(engine: Engine, env: RemoteEnv) -> None:
    engine.answer = lambda name, arguments: [b"hello"]
    with pytest.raises(BadMessage, match="the number of fields"):
        env.step("restart")
    engine.answer = engine.honest
    assert env.step("at", 2)["state"] == 2


def test_what_the_engine_would_misread_is_not_sent(engine: Engine, env: RemoteEnv) -> None:
    with pytest.raises(ValueError, match="cannot be escaped"):
        env.step("say", "a;b")
    with pytest.raises(TooLarge, match=r"limit is 8192.*buffer_size"):
        env.stepfv("act", range(5000))
    assert engine.heard == []


def test_what_the_engine_says_unasked_can_be_heard(engine: Engine) -> None:
    env = RemoteEnv("127.0.0.1", engine.address[1], free_port(), reply_seconds=5)
    env.open()
    ours = ("127.0.0.1", env.INPUT_PORT)
    waiting = threading.Timer(0.05, lambda: portal().call(engine.say, write_fields({"state": 9.0}), ours))
    waiting.start()
    assert env.receive_data() == {"state": 9.0}
    waiting.join()
    env.reply_seconds = 0.05
    with pytest.raises(GameSilent):
        env.recvall()
    env.close()


def test_threads_wait_for_each_other(engine: Engine, env: RemoteEnv) -> None:
    heard: dict[int, float] = {}
    threads = [threading.Thread(target=lambda x=x: heard.update({x: env.step("at", x)["state"]})) for x in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {x: x for x in range(8)}


def test_closing_gives_the_port_back_and_may_be_done_twice(engine: Engine) -> None:
    port = free_port()
    env = RemoteEnv("127.0.0.1", engine.address[1], port)
    env.close()
    env.open()
    env.open_receive()
    other = RemoteEnv("127.0.0.1", engine.address[1], port)
    with pytest.raises(OSError, match="in use"):
        other.open()
    env.close()
    env.close()
    assert other.open() is True
    other.close()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # of Python 3.12 and later, where there are threads
def test_a_process_that_was_forked_is_told_to_open_its_own(engine: Engine) -> None:
    env = RemoteEnv("127.0.0.1", engine.address[1], free_port())
    env.open()
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            env.step("restart")
        except RuntimeError as error:
            os.write(writing, str(error).encode())
        env.close()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        assert said.read() == "another process has opened this engine: open one in each, on ports of its own"
    os.waitpid(child, 0)
    assert env.step("restart")["state"] == 0
    env.close()
