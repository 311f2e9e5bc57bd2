"""A server of two processes: what it gives as one, and what becomes of it when one of them dies."""

import asyncio
import json
import os
import random
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import grpc
import pytest

import stepwire
from stepwire import errors
from stepwire.codec import decode_value
from stepwire_service.settings import ConfigError, Settings
from stepwire_service.workers import Workers
from tests.service.fronts.gymie.agents import modern
from tests.service.harness import ANYWHERE, Caller, reason, refused
from tests.workers import COUNTER, ODD, processes, sessions

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are workers on Linux only")


@asynccontextmanager
async def working(**settings: Any) -> AsyncIterator[Workers]:
    anywhere = {"address": ANYWHERE, "games_address": ANYWHERE, "web_address": "", "gym_allow": ("*", ODD)}
    async with Workers(Settings(**{**anywhere, "workers": 2, "log_level": "WARNING", **settings})) as workers:
        yield workers


def children() -> list[int]:
    me = os.getpid()
    return [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split()]


def made(address: str, **kwargs: Any) -> Any:
    """An environment that has been reset."""
    env = stepwire.RemoteEnv(COUNTER, address, **kwargs)
    env.reset()
    return env


@asynccontextmanager
async def talking(address: str) -> AsyncIterator[Caller]:
    """A client made of nothing but the generated stub."""
    async with grpc.aio.insecure_channel(address, options=[("grpc.use_local_subchannel_pool", 1)]) as channel:
        yield Caller(channel)


def page(workers: Workers, url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://{workers.web_address}{url}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


async def test_it_speaks_as_one_server_with_the_sums_of_all() -> None:
    async with working(web_address=ANYWHERE, games=("snake=4",), max_sessions=11) as workers:
        await workers.games_ready()
        envs = [await asyncio.to_thread(made, workers.address) for _ in range(3)]
        code, text = await asyncio.to_thread(page, workers, "/status")
        status = json.loads(text)
        assert (code, status["sessions"], status["max_sessions"], status["envs"]) == (200, 3, 11, 3)
        (snake,) = status["games"]
        hosts = snake.pop("hosts")
        assert snake == {"env_id": "game:snake", "connections": 2, "instances": 4, "free": 4}
        assert [(host["instances"], host["restarts"]) for host in hosts] == [(2, 0), (2, 0)]
        assert await workers.game_ids() == ["game:snake"]
        assert sorted(worker["sessions"] for worker in status["workers"]) == [1, 2]
        assert (await asyncio.to_thread(page, workers, "/healthz"))[0] == 200
        for env in envs:
            await asyncio.to_thread(env.close)


async def test_a_page_on_its_web_port_may_be_a_game() -> None:
    async with working(web_address=ANYWHERE) as workers:
        request = (
            f"GET / HTTP/1.1\r\nHost: {workers.games_address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c3RlcHdpcmUgc3RlcHdpcg==\r\n"
            f"Sec-WebSocket-Protocol: stepwire.v1\r\nOrigin: http://{workers.web_address}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection(*workers.games_address.split(":"))
        writer.write(request.encode())
        assert b"101" in await reader.readline()
        writer.close()


async def test_a_worker_that_is_killed_loses_its_sessions_alone_and_is_replaced() -> None:
    before = set(children())
    async with working() as workers:
        envs = [await asyncio.to_thread(made, workers.address) for _ in range(2)]
        assert await asyncio.to_thread(sessions, workers.address) == [1, 1]
        os.kill((set(children()) - before).pop(), signal.SIGKILL)
        outcomes = [await asyncio.to_thread(_stepped, env) for env in envs]
        assert {type(outcome) for outcome in outcomes} == {int, errors.SessionLost}
        for env in envs:
            await asyncio.to_thread(env.reset)
            assert await asyncio.to_thread(_stepped, env) in (1, 2)
            await asyncio.to_thread(env.close)
    assert set(children()) == before


def _stepped(env: Any) -> Any:
    try:
        return env.step(0)[0]
    except errors.StepwireError as error:
        return error


async def test_while_a_worker_is_away_the_others_take_all_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepwire_service.keeper.FIRST_PAUSE", 3600.0)
    before = set(children())
    async with working() as workers:
        os.kill((set(children()) - before).pop(), signal.SIGKILL)
        while None not in (await workers.status())["workers"]:
            pass
        envs = [await asyncio.to_thread(made, workers.address) for _ in range(3)]
        assert (await workers.status())["sessions"] == 3
        for env in envs:
            await asyncio.to_thread(env.close)


async def test_draining_lets_sessions_finish_takes_no_new_ones_and_ends_with_the_last() -> None:
    async with working(web_address=ANYWHERE) as workers:
        env = await asyncio.to_thread(made, workers.address)
        draining = asyncio.create_task(workers.drain())
        while not all(worker is None or worker["draining"] for worker in (await workers.status())["workers"]):
            pass
        assert (await asyncio.to_thread(page, workers, "/healthz"))[0] == 503
        with pytest.raises(errors.Draining):
            await asyncio.to_thread(made, workers.address, connect_timeout=0.1)
        assert await asyncio.to_thread(_stepped, env) == 1
        assert not draining.done()
        await asyncio.to_thread(env.close)
        await asyncio.wait_for(draining, 10)


async def test_unary_calls_reach_their_process_at_the_endpoint_and_no_other_process_takes_them() -> None:
    async with working() as workers:
        async with talking(workers.address) as caller:
            held = await caller.make(COUNTER)
        (other,) = {*await asyncio.to_thread(processes, workers.address)} - {held.made.endpoint}
        async with talking(held.made.endpoint) as held.caller:
            await held.reset()
            assert decode_value((await held.step(0)).observation) == 1
        async with talking(other) as held.caller:
            status = await refused(held.step(0))
            assert reason(status) == "SESSION_LOST"
            assert "in another one, whose endpoint Make has told" in status.message


async def test_a_unix_socket_leads_to_a_worker_and_each_has_one_of_its_own(tmp_path: Path) -> None:
    before = set(children())
    async with working(address=f"unix:{tmp_path}/s") as workers:
        envs = [await asyncio.to_thread(made, workers.address) for _ in range(4)]
        assert await asyncio.to_thread(sessions, workers.address) == [2, 2]
        assert await asyncio.to_thread(processes, workers.address) == [f"unix:{tmp_path}/s.{i}" for i in range(2)]
        os.kill(min(set(children()) - before), signal.SIGKILL)
        outcomes = [await asyncio.to_thread(_stepped, env) for env in envs]
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["SessionLost"] * 2 + ["int"] * 2
        for env in envs:
            await asyncio.to_thread(env.close)
    assert not (tmp_path / "s").is_symlink()


async def test_the_ports_of_workers_may_be_chosen() -> None:
    port = two_free_ports()
    async with working(worker_ports=port) as workers:
        told = await asyncio.to_thread(processes, workers.address)
        assert told == [f"127.0.0.1:{port}", f"127.0.0.1:{port + 1}"]


def two_free_ports() -> int:
    """The first of two ports in a row, from below those that the kernel gives to whoever asks for any."""
    for port in random.sample(range(20_000, 30_000), 100):
        first, second = ("127.0.0.1", port), ("127.0.0.1", port + 1)
        with suppress(OSError), socket.create_server(first), socket.create_server(second):
            return port
    raise AssertionError("no two ports in a row are free")


async def test_gymies_agents_share_a_port_and_each_keeps_its_process() -> None:
    async with working(gymie_address=ANYWHERE) as workers, AsyncExitStack() as connected:
        agents = [await connected.enter_async_context(modern(workers.gymie_address)) for _ in range(16)]
        made = [await agent.make("CartPole-v1") for agent in agents]
        for agent, instance in zip(agents, made, strict=True):
            await agent.ask("reset", instance_id=instance)
        each = [(await agent.ask("server_info"))["sessions"] for agent in agents]
        assert sum(set(each)) == 16 or each == [8] * 16


@pytest.mark.parametrize("setting", ["address", "games_address", "web_address", "gymie_address"])
async def test_a_port_that_is_taken_is_a_mistake_in_that_setting(setting: str) -> None:
    before = set(children())
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConfigError, match=f"{setting} {address}: cannot be listened on"):
            async with working(**{setting: address}):
                raise AssertionError("started")
    assert set(children()) == before


async def test_two_servers_cannot_have_the_same_port() -> None:
    async with working() as workers:
        with pytest.raises(ConfigError, match=f"address {workers.address}: cannot be listened on"):
            async with working(address=workers.address):
                raise AssertionError("started")


async def test_settings_that_no_worker_can_have_are_told_once_and_leave_nothing_behind() -> None:
    before = set(children())
    with pytest.raises(ConfigError, match="no bundled game 'snail'"):
        async with working(games=("snail=2",)):
            raise AssertionError("started")
    assert set(children()) == before


async def test_a_port_beyond_loopback_without_a_token_is_refused() -> None:
    with pytest.raises(ConfigError, match="--insecure"):
        async with working(address="0.0.0.0:0"):
            raise AssertionError("started")
