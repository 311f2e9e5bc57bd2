"""Where AI4U's engines dial in: real sockets, several agents on one port, and all that may come there."""

import asyncio
import logging
import random
from typing import Any

import numpy as np
import pytest

from stepwire_bridge.dialects.fields import read_fields, write_fields
from stepwire_bridge.faults import GameGone, GameSilent, NoGameWaiting
from stepwire_bridge.udp.ai4u_agent import AgentLink
from tests.bridge.udp.ai4u_engine import METADATA, Agent, Control, expected
from tests.bridge.udp.ai4u_network import SECONDS, bridge

CONFIGURED = "max_steps;1;4@id;1;0"


async def reset(backend: object, seeds: list[int | None]) -> list[float]:
    observed = await backend.reset(seeds=seeds, options=None, mask=None, timeout=SECONDS)  # type: ignore[attr-defined]
    numbers: list[float] = observed.observation.tolist()
    return numbers


async def test_the_handshake_is_word_for_word_that_of_the_protocol() -> None:
    async with bridge(seed_field="") as at:
        agent = await at.dial()
        assert await agent.configure() == "max_steps;1;4@id;1;0"
        assert await agent.exchange(agent.poll()) == "__noop__;1;0"
        backend = await at.open()
        resetting = asyncio.create_task(reset(backend, [None]))
        await asyncio.sleep(0)
        assert await agent.exchange(agent.poll()) == "__reset__;1;0"
        agent.control, agent.done, agent.start = Control(env_mode=False, stopped=False), False, 0
        assert await agent.exchange(agent.state()) == "__waitnewaction__;1;0"
        await resetting
        stepping = asyncio.create_task(backend.step(np.int64(3), timeout=SECONDS))
        await asyncio.sleep(0)
        assert await agent.exchange(agent.state()) == "add;1;3"
        agent.steps, agent.count, agent.reward = 1, 3, 3.0
        assert await agent.exchange(agent.state()) == "__waitnewaction__;1;0"
        assert (await stepping).reward == 3.0
        await backend.close()
        assert await agent.exchange(agent.state()) == "__pause__;1;0"
        agent.control.paused = True
        assert await agent.exchange(agent.state()) == "__waitnewaction__;1;0"
        assert await agent.exchange(agent.stop()) == "__noop__;1;0"
        assert at.lobby.describe() == []


async def test_each_datagram_has_exactly_one_reply() -> None:
    async with bridge() as at:
        agent = at.join(Agent(at.address))
        backend = await at.open()
        for seed in range(3):
            await reset(backend, [seed])
            for action in (1, 2, 1):
                await backend.step(np.int64(action), timeout=SECONDS)
        await at.leave(agent)
        assert len(agent.spoken) - len(agent.replies) in (0, 1)
        assert agent.replies.count(CONFIGURED) == 1


async def test_agents_on_one_port_are_told_by_address_and_id_and_are_instances_of_one_game() -> None:
    async with bridge() as at:
        agents = [at.join(Agent(at.address, id, start=10 * i)) for i, id in enumerate(("0", "0", "left", "right"))]
        backend = await at.open(num_envs=4)
        assert len(await reset(backend, [1, 2, 3, 4])) == 4
        told = await backend.step(np.array([0, 1, 2, 3]), timeout=SECONDS)
        assert told.observation.tolist() == [[1, 0], [2, 1], [3, 2], [4, 3]]
        assert {agent.replies[0] for agent in agents} == {
            CONFIGURED,
            "max_steps;1;4@id;1;left",
            "max_steps;1;4@id;1;right",
        }
        await backend.close()


async def test_agents_of_one_engine_take_turns_in_its_frames() -> None:
    async with bridge() as at:
        agents = [await at.dial(id) for id in ("a", "b")]

        async def play() -> None:
            for agent in agents:
                await agent.configure()
            while True:
                for agent in agents:
                    await agent.frame()

        engine = asyncio.create_task(play())
        backend = await at.open(num_envs=2)
        await reset(backend, [1, 2])
        for number in range(1, 4):
            told = await backend.step(np.array([1, 1]), timeout=SECONDS)
            assert told.observation.tolist() == [[1, number], [2, number]]
        engine.cancel()


async def test_by_id_each_agent_is_a_game_of_its_own() -> None:
    async with bridge(by_id=True) as at:
        for id in ("left", "right"):
            at.join(Agent(at.address, id))
        right, left = await at.open("counter/right"), await at.open("counter/left")
        assert [await reset(right, [1]), await reset(left, [2])] == [[1, 0], [2, 0]]


async def test_one_agents_end_does_not_disturb_another() -> None:
    async with bridge(silence_seconds=0.2) as at:
        stays, goes = at.join(Agent(at.address, "stays")), at.join(Agent(at.address, "goes"))
        backend = await at.open(num_envs=2)
        await reset(backend, [1, 2])
        await at.leave(goes)
        with pytest.raises((GameGone, GameSilent)):
            while True:
                await backend.step(np.array([0, 0]), timeout=1.0)
        at.join(Agent(at.address, "goes"))
        assert await reset(backend, [5, 6]) in ([[5, 0], [6, 0]], [[6, 0], [5, 0]])
        assert stays.replies.count("max_steps;1;4@id;1;stays") == 1


async def test_an_engine_that_is_silent_is_gone_and_one_that_starts_again_is_leased_again() -> None:
    async with bridge(silence_seconds=0.1) as at:
        agent = at.join(Agent(at.address))
        backend = await at.open()
        await reset(backend, [1])
        await at.leave(agent)
        async with asyncio.timeout(SECONDS):
            while at.lobby.describe():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        with pytest.raises(GameGone, match=r"nothing heard for 0\.1 s"):
            await backend.step(np.int64(1), timeout=SECONDS)
        at.join(Agent(at.address))
        assert await reset(backend, [7]) == [7, 0]


async def test_a_game_that_starts_anew_on_the_same_socket_is_a_new_one() -> None:
    async with bridge(repeat_after=1e-6) as at:
        agent = await at.dial()
        await agent.configure()
        await agent.exchange(agent.poll())
        backend = await at.open()
        assert await agent.configure() == CONFIGURED
        with pytest.raises(GameGone, match="started anew"):
            await backend.step(np.int64(1), timeout=SECONDS)


async def test_a_config_that_comes_twice_has_the_same_reply_and_disturbs_nothing() -> None:
    async with bridge() as at:
        agent = await at.dial()
        assert [await agent.configure(), await agent.configure()] == [CONFIGURED] * 2
        assert [status.connections for status in at.lobby.describe()] == [1]


async def test_an_agent_that_was_too_slow_comes_back_without_a_new_config_and_its_late_answer_meets_nobody() -> None:
    async with bridge(repeat_after=0.02) as at:
        agent = await at.dial()
        await agent.configure()
        backend = await at.open()
        resetting = asyncio.create_task(reset(backend, [1]))
        while not agent.executed:
            await agent.frame()
        await agent.frame()
        await resetting
        stepping = asyncio.create_task(backend.step(np.int64(1), timeout=0.05))
        await asyncio.sleep(0)
        await agent.frame()
        with pytest.raises(GameSilent):
            await stepping
        playing = asyncio.create_task(frames(agent))
        assert await reset(backend, [8]) == [8, 0]
        assert (await backend.step(np.int64(2), timeout=SECONDS)).observation.tolist() == [8, 2]
        assert agent.replies.count(CONFIGURED) == 1
        playing.cancel()


async def frames(agent: Agent) -> None:
    while True:
        await agent.frame()
        await asyncio.sleep(0)


async def test_an_agent_with_other_spaces_is_not_taken_and_gets_no_reply(caplog: pytest.LogCaptureFixture) -> None:
    other = METADATA | {"outputs": [METADATA["outputs"][0] | {"shape": [9]}]}
    async with bridge() as at:
        agents = [await at.dial(), await at.dial()]
        await agents[0].configure()
        agents[1].metadata, agents[1].patience = other, 0.05
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await agents[1].configure()
        assert "refused: BAD_HELLO" in caplog.text


async def test_no_more_agents_than_are_allowed_are_taken_and_those_gone_make_room() -> None:
    async with bridge(max_agents=2) as at:
        agents = [await at.dial(str(i)) for i in range(3)]
        for agent in agents[:2]:
            await agent.configure()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await agents[2].configure()
        assert at.agents.unanswered.too_many == 1
        await agents[0].exchange(agents[0].stop())
        assert await agents[2].configure() == "max_steps;1;4@id;1;2"


async def test_those_that_fell_silent_make_room_too() -> None:
    async with bridge(max_agents=1, silence_seconds=0.05, repeat_after=1e-6) as at:
        agents = [await at.dial(str(i)) for i in range(2)]
        await agents[0].configure()
        async with asyncio.timeout(SECONDS):
            while at.lobby.describe():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert await agents[1].configure() == "max_steps;1;4@id;1;1"


async def test_an_editor_that_looks_for_a_server_is_answered() -> None:
    async with bridge() as at:
        agent = await at.dial()
        asks = write_fields({"__target__": "envcontrol", "__remote_starter__": "remote_starter", "id": "0"})
        assert await agent.exchange(asks) == "__noop__;1;0"
        assert at.lobby.describe() == []


async def test_what_is_nobodys_or_no_frame_is_counted_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with bridge() as at:
        agent = await at.dial()
        unreadable = b"   9", b"x" * 9, write_fields({"done": True})
        for data in (*unreadable, agent.state(), agent.poll(), agent.stop(), agent.state()):
            agent._transport.sendto(data, at.address)
        await agent.configure()
        unanswered = at.agents.unanswered
        assert (unanswered.unreadable, unanswered.strangers) == (3, 3)
        assert len([record for record in caplog.records if record.name.endswith("udp.ai4u")]) == 2


async def test_whatever_a_known_agent_says_nothing_breaks_and_others_play_on(caplog: pytest.LogCaptureFixture) -> None:
    async with bridge() as at:
        at.join(Agent(at.address, "good"))
        backend = await at.open()
        await reset(backend, [1])
        bad, chance = await at.dial("bad"), random.Random(6)
        values: list[Any] = [True, -1, 2**40, 0.5, float("nan"), "", "envcontrol", "{}", "[1]", [1.0, 2.0], ["a;b"]]
        names = [
            *read_fields(bad.config()),
            *read_fields(bad.state()),
            "wait_command",
            "__stop__",
            "__remote_starter__",
        ]
        for _ in range(2000):
            said = read_fields(chance.choice([bad.config(), bad.state(), bad.poll(), bad.stop()]))
            for _ in range(chance.randrange(3)):
                said[chance.choice(names)] = chance.choice(values)
            data = write_fields(said)
            bad._transport.sendto(data[: chance.choice([len(data), chance.randrange(len(data))])], at.address)
            await asyncio.sleep(0)
        told = await backend.step(np.int64(3), timeout=SECONDS)
        assert told.observation.tolist() == [1, 3]
        assert "a bug of ours" not in caplog.text


async def test_a_peer_that_is_not_named_is_dropped() -> None:
    async with bridge(peers=("127.0.0.9",)) as at:
        agent = await at.dial()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await agent.configure()
        assert at.agents.endpoint.dropped.strangers == 1
        with pytest.raises(NoGameWaiting):
            await at.lobby.lease("counter", 1, timeout=0.01)


async def test_with_a_hold_an_engine_stands_still_while_the_trainer_thinks() -> None:
    async with bridge(hold_seconds=1.5) as at:
        agent = at.join(Agent(at.address))
        backend = await at.open()
        await reset(backend, [3])
        spoken = len(agent.spoken)
        actions = [1, 0, 1]
        for action, result in zip(actions, expected(3, actions), strict=True):
            told = await backend.step(np.int64(action), timeout=SECONDS)
            assert (told.observation.tolist(), *told[1:4]) == result
        assert len(agent.spoken) - spoken == len(actions)  # one frame a step: the one that says how it went


async def test_with_several_actuators_an_action_is_for_one_of_them() -> None:
    jump = {"name": "jump", "isContinuous": True, "shape": [2], "rangeMin": [0, 0], "rangeMax": [1, 1]}
    metadata = METADATA | {"outputs": [*METADATA["outputs"], jump]}
    async with bridge() as at:
        agents = [at.join(Agent(at.address, metadata=metadata)) for _ in range(2)]
        single, batch = await at.open(), await at.open(num_envs=1)
        for backend in (single, batch):
            await reset(backend, [1])
        action = (1, np.float32([0.5, 0.25]))
        await single.step(action, timeout=SECONDS)
        await batch.step((action,), timeout=SECONDS)
        assert [agent.executed[1:] for agent in agents] == [["jump;0.5;0.25"]] * 2


async def test_declared_fields_go_with_every_action() -> None:
    async with bridge(fields={"q": {"type": "Box", "shape": [1]}}) as at:
        agent = at.join(Agent(at.address))
        backend = await at.open()
        await reset(backend, [1])
        told = await backend.step({"add": np.int64(2), "q": np.float32([0.25])}, timeout=SECONDS)
        assert told.reward == 2
        assert "add;1;2@q;1;0.25" in agent.replies


async def test_the_bridge_stops_with_agents_connected() -> None:
    links: list[AgentLink] = []
    async with bridge() as at:
        agent = await at.dial()
        at.agents._on_link = links.append
        agent._transport.sendto(agent.config(), at.address)
        while not links:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert links[0].over
