import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stepwire
from stepwire import errors
from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import open_server
from stepwire.connection.target import Target
from stepwire_service import embedded
from tests.client_py.envs import Counter, env_id
from tests.client_py.serving import Server, serving
from tests.proxy import Proxy


@pytest.fixture
def own_address() -> Iterator[str]:
    """Of a server for this test alone, whose sessions can be counted."""
    with embedded() as address:
        yield address


def _sessions(address: str) -> int:
    server = open_server(Endpoint(address), Target((address,)))
    try:
        return server.info(5).load.sessions
    finally:
        server.close()


def _run(*arguments: Any) -> None:
    subprocess.run([sys.executable, *map(str, arguments)], check=True, timeout=50)


def test_after_a_loss_a_step_raises_and_a_reset_makes_a_new_session(address: str) -> None:
    with Proxy(address) as proxy:
        env = stepwire.RemoteEnv(env_id(Counter), proxy.address, step_timeout=0.1)
        env.reset()
        env.step(0)
        proxy.freeze()
        with pytest.raises(errors.DeadlineExceeded):
            env.step(0)
        with pytest.raises(errors.NotReset, match="lost"):
            env.step(0)

        assert env.reset()[0] == [0]
        assert env.step(0)[0] == [1]
        env.close()


def test_when_its_server_dies_the_next_reset_goes_to_another() -> None:
    with serving() as one, serving() as other:
        env = stepwire.RemoteEnv("gym:CartPole-v1", [one.address, other.address], step_timeout=0.1)
        env.reset()
        home = one if _sessions(one.address) else other
        home.process.kill()
        with pytest.raises(errors.ConnectionFailed):
            env.step(0)

        env.reset()
        env.step(0)
        env.close()


def test_a_session_that_is_dropped_is_closed(own_address: str) -> None:
    env = stepwire.RemoteEnv(env_id(Counter), own_address)
    env.reset()
    before = _sessions(own_address)
    del env
    gc.collect()

    assert (before, _sessions(own_address)) == (1, 0)


def test_a_program_that_ends_without_closing_leaves_no_session(own_address: str) -> None:
    code = f"import stepwire; env = stepwire.RemoteEnv('gym:CartPole-v1', {own_address!r}); env.reset(seed=1)"
    _run("-c", code)

    assert _sessions(own_address) == 0


@pytest.mark.parametrize("experiments", [None, ""], ids=["old-poller", "event-engine"])
@pytest.mark.parametrize("situation", ["async", "inherited"])
def test_forked_children_have_sessions_of_their_own(
    situation: str, experiments: str | None, server_outside: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRPC_EXPERIMENTS", raising=False)
    if experiments is not None:
        monkeypatch.setenv("GRPC_EXPERIMENTS", experiments)

    _run(Path(__file__).with_name("forking.py"), situation, server_outside.address)


def _resident_kib(process: int | str) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4


def _make_and_close(address: str, times: int) -> None:
    for _ in range(times):
        env = stepwire.RemoteEnv("gym:CartPole-v1", address)
        env.reset()
        env.step(0)
        env.close()


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_is_flat_over_ten_thousand_make_and_close(server_outside: Server) -> None:
    _make_and_close(server_outside.address, 500)
    before = _resident_kib("self"), _resident_kib(server_outside.process.pid)
    _make_and_close(server_outside.address, 10_000)
    after = _resident_kib("self"), _resident_kib(server_outside.process.pid)

    assert [late / early < 1.05 for early, late in zip(before, after, strict=True)] == [True, True]
