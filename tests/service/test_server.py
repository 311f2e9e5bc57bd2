import asyncio
import json
import threading
import urllib.request
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

import stepwire
from stepwire.v1 import env_service_pb2 as pb
from stepwire_service.server import Server
from stepwire_service.settings import ConfigError, Settings
from tests.service.fronts.gymie.agents import classic, modern
from tests.service.harness import ANYWHERE, calling, make_request, reason, served, serving

COUNTER = "gym:Odd/Counter-v0"


async def health(server: Server, service: str) -> Any:
    async with grpc.aio.insecure_channel(server.address) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        return (await stub.Check(health_pb2.HealthCheckRequest(service=service))).status


async def status_page(server: Server) -> Any:
    def fetch() -> Any:
        with urllib.request.urlopen(f"http://{server.web_address}/status", timeout=10) as response:
            return json.load(response)

    return await asyncio.to_thread(fetch)


@pytest.mark.parametrize("service", ["", "stepwire.v1.EnvService"])
async def test_a_started_server_is_healthy_and_a_draining_one_is_not(service: str) -> None:
    async with serving(drain_time=0.0) as server:
        assert await health(server, service) == health_pb2.HealthCheckResponse.SERVING
        await server.drain()
        assert await health(server, service) == health_pb2.HealthCheckResponse.NOT_SERVING


async def test_every_port_that_was_picked_is_known() -> None:
    async with serving(web_address=ANYWHERE) as server:
        ports = {int(address.rpartition(":")[2]) for address in _addresses(server)}
        assert len(ports) == 3
        assert 0 not in ports
    assert [address.startswith("127.0.0.1:") for address in _addresses(server)] == [True] * 3


async def test_gymies_agents_may_have_a_port_and_share_the_sessions() -> None:
    async with serving() as server:
        assert server.gymie_address == ""
    async with serving(gymie_address=ANYWHERE) as server, classic(server.gymie_address) as agent:
        await agent.make(COUNTER)
        assert server.status()["sessions"] == 1


async def test_pages_of_our_own_web_port_may_be_gymies_agents() -> None:
    async with (
        serving(gymie_address=ANYWHERE, web_address=ANYWHERE) as server,
        classic(server.gymie_address, origin=f"http://{server.web_address}") as agent,
    ):
        await agent.make(COUNTER)


async def test_gymies_agents_may_play_games() -> None:
    async with serving(gymie_address=ANYWHERE, games=("snake=2",)) as server:
        await server.games_ready()
        async with modern(server.gymie_address) as agent:
            of = {"instance_id": await agent.make("game:snake", seed=1)}
            first = await agent.ask("reset", **of)
            assert first == await agent.ask("reset", **of, seed=1)
            assert "reward" in await agent.ask("step", **of, action=await agent.ask("action_sample", **of))


async def test_a_server_may_have_no_web_port() -> None:
    async with serving(web_address="") as server:
        assert server.web_address == ""


@pytest.mark.parametrize("name", ["address", "games_address", "web_address", "gymie_address"])
async def test_a_port_that_is_taken_is_a_mistake_in_that_setting(name: str) -> None:
    async with serving(web_address=ANYWHERE, gymie_address=ANYWHERE) as first:
        taken = getattr(first, name)
        with pytest.raises(ConfigError, match=f"{name} {taken}"):
            async with serving(**{name: taken}):
                raise AssertionError("started twice")
        assert await health(first, "") == health_pb2.HealthCheckResponse.SERVING


def test_a_port_beyond_loopback_without_a_token_is_refused() -> None:
    with pytest.raises(ConfigError, match="--insecure"):
        Server(Settings(address="0.0.0.0:0"))


async def test_a_token_or_insistence_opens_a_port_beyond_loopback(tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text("secret\n")
    async with serving(address="0.0.0.0:0", token_file=tokens):
        pass
    async with serving(address="0.0.0.0:0", insecure=True):
        pass


async def test_the_status_page_shows_sessions_and_envs() -> None:
    async with serving(web_address=ANYWHERE) as server, calling(server) as caller:
        await caller.make(COUNTER, num_envs=3)
        status = await status_page(server)
        assert (status["sessions"], status["envs"], status["draining"], status["games"]) == (1, 3, False, [])
        assert status["version"] == stepwire.__version__


async def test_a_draining_server_tells_running_streams_and_takes_no_new_sessions() -> None:
    async with serving(drain_time=20.0) as server, calling(server) as caller:
        stream = caller.stream()
        await stream.make(COUNTER)
        assert not (await stream.reset()).HasField("draining")
        draining = asyncio.create_task(server.drain())
        await asyncio.sleep(0)
        refusal = (await caller.stream().ask(make=make_request(COUNTER))).error
        assert reason(refusal) == "DRAINING"
        step = await stream.step(0)
        assert step.WhichOneof("response") == "step"
        assert 0 < step.draining.seconds <= 20
        assert not draining.done()
        await stream.ask(close=pb.CloseRequest())
        await asyncio.wait_for(draining, 10)


async def test_a_session_that_does_not_end_in_time_ends_with_a_clear_status() -> None:
    async with serving(drain_time=0.01) as server, calling(server) as caller:
        stream = caller.stream()
        await stream.make(COUNTER)
        await server.drain()
        await server.__aexit__()
        status = await stream.ended()
        assert (reason(status), status.code) == ("DRAINING", grpc.StatusCode.UNAVAILABLE.value[0])


async def test_many_sessions_leave_no_thread_behind() -> None:
    async with served() as caller:
        for _ in range(50):
            session = await caller.make(COUNTER)
            await session.ask("Close")
        threads = [thread for thread in threading.enumerate() if thread.name == COUNTER]
        for thread in threads:  # one may be on its last instruction
            await asyncio.to_thread(thread.join, 10)
        assert not any(thread.is_alive() for thread in threads)


def _addresses(server: Server) -> tuple[str, ...]:
    return server.address, server.games_address, server.web_address
