"""A connection takes as much as it can answer, and closes in an orderly way whichever side wants that."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from stepwire_service.fronts.gymie.connection import Room
from tests.odd_envs import Gated
from tests.service.fronts.gymie.agents import Classic, Modern, classic, gymie, modern, sessions_left
from tests.service.harness import ANYWHERE, serving

COUNTER = "Odd/Counter-v0"


async def test_no_more_than_so_many_may_enter_before_one_leaves() -> None:
    room = Room(2, 100)
    await room.enter(1)
    await room.enter(1)
    third = asyncio.create_task(room.enter(1))
    await asyncio.sleep(0)
    assert not third.done()
    room.leave(1)
    await third


async def test_no_more_than_so_many_bytes_may_enter_but_one_message_of_any_size() -> None:
    room = Room(10, 100)
    await room.enter(1000)
    second = asyncio.create_task(room.enter(1))
    await asyncio.sleep(0)
    assert not second.done()
    room.leave(1000)
    await second


async def test_who_asks_without_end_waits_and_loses_nothing(address: str, gated: type[Gated]) -> None:
    async with classic(address, "?v=2") as agent:
        ask = {"id": 0, "method": "make", "params": {"env_id": "Odd/Gated-v0"}}
        await agent.socket.send(json.dumps(ask))
        of = {"instance_id": json.loads(await agent.receive())["result"]["instance_id"]}
        await agent.socket.send(json.dumps({"id": 1, "method": "reset", "params": of}))
        await agent.receive()
        await agent.socket.send(json.dumps({"id": 2, "method": "step", "params": {**of, "action": 1}}))
        for number in range(3, 500):
            await agent.socket.send(json.dumps({"id": number, "method": "step", "params": {**of, "action": 0}}))
        gated.gate.set()
        assert [json.loads(await agent.receive())["id"] for _ in range(2, 500)] == list(range(2, 500))


async def test_why_a_connection_is_closed_is_logged_with_what_no_close_frame_has_room_for(
    agent: Classic, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await agent.refused("make", env_id="CartPole-v9")
    said = caplog.messages[-1]
    assert "is closed: 1007 Environment `CartPole-v9` not found (there is no environment" in said
    assert "`v1`" in said  # what there is instead


async def test_no_more_of_a_long_message_is_logged_than_a_line_holds(
    agent: Classic, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await agent.socket.send("x" * 10_000)
    await agent.closed()
    assert "is closed: 1003 Message `xxx" in caplog.messages[-1] and len(caplog.messages[-1]) < 600


async def test_a_slow_connection_holds_up_no_other(address: str, gated: type[Gated]) -> None:
    async with classic(address) as slow, classic(address) as quick:
        instance = await slow.make("Odd/Gated-v0")
        await slow.ask("reset", instance_id=instance)
        await slow.send("step", instance_id=instance, action=1)
        other = await quick.make(COUNTER)
        await quick.ask("reset", instance_id=other)
        assert (await quick.ask("step", instance_id=other, action=0))[0] == 1
        gated.gate.set()
        assert json.loads(await slow.receive())[0] == 1


@pytest.mark.parametrize("query", ["", "?v=2"])
async def test_the_end_of_the_server_closes_connections_with_a_code(query: str) -> None:
    async with gymie() as address:
        socket = await connect(f"ws://{address}/gym{query}", proxy=None)
        await socket.send('{"id": 1, "method": "make", "params": {"env_id": "CartPole-v1"}}')
        await socket.recv()
    with pytest.raises(ConnectionClosed) as caught:
        await socket.recv()
    assert caught.value.rcvd is not None and caught.value.rcvd.code == 1001


async def test_the_end_of_the_server_does_not_wait_for_a_step(gated: type[Gated]) -> None:
    async with gymie() as address:
        socket = await connect(f"ws://{address}/gym", proxy=None)
        agent = Classic(socket)
        instance = await agent.make("Odd/Gated-v0")
        await agent.ask("reset", instance_id=instance)
        await agent.send("step", instance_id=instance, action=2)
        assert await asyncio.to_thread(gated.arrived.wait, 10)
        asyncio.get_running_loop().call_later(0.3, gated.gate.set)  # long after the connection has ended
        closing = asyncio.create_task(agent.closed())
    assert (await closing)[0] == 1001


async def test_a_draining_server_makes_nothing_and_serves_what_there_is() -> None:
    async with serving(gymie_address=ANYWHERE, drain_time=0.1) as server, modern(server.gymie_address) as agent:
        instance = await agent.make(COUNTER)
        await server.drain()
        assert await agent.refused("make", env_id=COUNTER) == "DRAINING"
        assert await agent.ask("reset", instance_id=instance)


async def test_who_leaves_without_a_word_leaves_nothing_behind(address: str, newer: Modern) -> None:
    async with modern(address) as agent:
        await agent.make(COUNTER)
        agent.socket.transport.abort()
        await sessions_left(newer, 0)


async def test_a_bug_of_ours_is_told_and_closes_no_newer_connection(
    newer: Modern, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("stepwire_service.fronts.gymie.instances.Instances.find", lambda *_: 1 / 0)
    assert await newer.refused("reset", instance_id="a") == "INTERNAL"
    assert "ZeroDivisionError" in caplog.text
    assert await newer.ask("server_info")


async def test_a_bug_of_ours_closes_a_classic_connection_with_a_reason(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("stepwire_service.fronts.gymie.instances.Instances.find", lambda *_: 1 / 0)
    async with classic(address) as agent:
        code, reason = await agent.refused("reset", instance_id="a")
    assert code == 1007 and reason.startswith("Unknonwn error: the server has a bug")
    assert "ZeroDivisionError" in caplog.text
