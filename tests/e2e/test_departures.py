"""Clients that vanish and servers that stop: what they held is free again, and whoever is left is told."""

import signal
import subprocess
import sys
import time

import pytest

import stepwire
from stepwire import errors
from tests.e2e.serving import ROOT, SHORT, Served, hosted, serving
from tests.e2e.serving import stepwire as command
from tests.e2e.waiting import soon

pytestmark = pytest.mark.timeout(60)

# ── a client that is lost ──

CLIENT = """
import sys, stepwire
env = stepwire.RemoteEnv("game:snake", sys.argv[1], transport=sys.argv[2])
env.reset()
print("playing", flush=True)
sys.stdin.read()
"""


def vanished(served: Served, transport: str = "stream") -> None:
    """A trainer makes an environment, resets it, and is killed."""
    call = [sys.executable, "-c", CLIENT, served.address, transport]
    with subprocess.Popen(call, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == "playing\n"
        client.kill()


@pytest.mark.parametrize(("transport", "flag"), [("stream", "--grace-time"), ("unary", "--idle-time")])
def test_the_game_of_a_client_that_vanished_is_free_again(transport: str, flag: str) -> None:
    with serving(*SHORT, flag, "0.5") as served, hosted(served.games):
        vanished(served, transport)
        with pytest.raises(errors.NoGameWaiting, match="game 'snake' has too few free instances: 1 wanted, 0 free"):
            stepwire.RemoteEnv("game:snake", served.address, make_timeout=0.1).reset()
        with stepwire.RemoteEnv("game:snake", served.address, make_timeout=5) as env:
            env.reset()
            env.step(0)
        assert "0.5 s" in served.log.read_text()  # why it was ended


def test_a_client_that_is_idle_keeps_its_session_as_long_as_its_stream_is_open() -> None:
    flags = ("--grace-time", "0.5", "--idle-time", "0.5")
    with serving(*SHORT, *flags) as served, hosted(served.games, instances=2):
        streamed = stepwire.RemoteEnv("game:snake", served.address)
        unary = stepwire.RemoteEnv("game:snake", served.address, transport="unary")
        with streamed, unary:
            streamed.reset(seed=1)
            unary.reset(seed=1)
            soon(lambda: "nobody called it for 0.5 s" in served.log.read_text())
            streamed.step(0)
            with pytest.raises(errors.SessionLost, match=r"nobody called it for 0.5 s.*new one"):
                unary.step(0)
            unary.reset()  # makes a new session
            unary.step(0)


# ── a server that stops ──


def test_a_server_that_drains_lets_running_sessions_finish_and_sends_others_away() -> None:
    with serving(*SHORT, "--drain-time", "20") as served, stepwire.RemoteEnv("gym:CartPole-v1", served.address) as env:
        env.reset(seed=1)
        assert command("health", served.address).returncode == 0
        served.process.send_signal(signal.SIGTERM)
        soon(lambda: "is not serving" in command("health", served.address).stdout)
        while not env.step(1)[2]:
            pass
        with pytest.raises(errors.Draining, match=r"stops within .* takes no new sessions. Use another server"):
            stepwire.RemoteEnv("gym:CartPole-v1", served.address, connect_timeout=0.2).reset()
        env.reset()  # in its own session it may go on as long as there is time
        env.close()
        assert served.process.wait(10) == 0  # and does not wait longer than it must


def test_a_session_that_goes_on_too_long_ends_with_draining() -> None:
    with serving(*SHORT, "--drain-time", "0.5") as served, stepwire.RemoteEnv("gym:CartPole-v1", served.address) as env:
        env.reset(seed=1)
        served.process.send_signal(signal.SIGTERM)
        with pytest.raises(errors.Draining, match="the server stops within 0 s"):
            while True:
                if env.step(1)[2]:
                    env.reset()
        assert served.process.wait(10) == 0
        began = time.monotonic()
        env.close()
        assert time.monotonic() - began < 3
