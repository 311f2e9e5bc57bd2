"""AI4U's agents over networks that lose, double, delay and reorder: 300 steps each, and strangers in between."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest

from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.faults import GameGone
from stepwire_bridge.udp.endpoint import Address, open_endpoint
from tests.bridge.udp.ai4u_engine import Agent, expected
from tests.bridge.udp.ai4u_network import SECONDS, Network, bridge

STEPS = 300
DELAY = 0.002


async def played(backend: RemoteBackend, chance: random.Random) -> list[str]:
    """Play so many steps; every episode must be what the rules make of its actions. Gives what was asked for."""
    asked: list[str] = []
    while len(asked) < STEPS:
        seed, actions = chance.randrange(900), [chance.randrange(4) for _ in range(9)]
        observed = await backend.reset(seeds=[seed], options=None, mask=None, timeout=SECONDS)
        assert observed.observation.tolist() == [seed, 0]
        asked.append("reset")
        for action, result in zip(actions, expected(seed, actions), strict=False):
            told = await backend.step(np.int64(action), timeout=SECONDS)
            assert (told.observation.tolist(), *told[1:4]) == result
            asked.append(f"add;{action}")
    return asked


@pytest.mark.parametrize(
    "faults", [{}, {"doubled": 0.3}, {"doubled": 0.3, "delay": DELAY}], ids=lambda faults: " ".join(faults) or "none"
)
async def test_every_command_is_carried_out_once_and_has_its_own_answer(faults: dict[str, float]) -> None:
    async with bridge(repeat_after=60.0) as opened, Network(opened.address, seed=5, **faults) as network:
        agent = opened.join(Agent(network.address))
        backend = await opened.open()
        assert await played(backend, random.Random(1)) == agent.executed
        assert bool(network.copied) == bool(faults)


async def test_what_is_lost_is_sent_again_by_both_sides_and_carried_out_once() -> None:
    async with bridge(repeat_after=1e-9) as opened, Network(opened.address, loss=0.1, seed=5) as network:
        agent = opened.join(Agent(network.address))
        network.on_loss = agent.say_again
        backend = await opened.open()
        assert await played(backend, random.Random(1)) == agent.executed
        assert network.lost > 50


async def test_loss_copies_and_delays_together_are_borne_by_an_engine_that_asks_again() -> None:
    faults = {"loss": 0.01, "doubled": 0.2, "delay": DELAY}
    async with bridge(repeat_after=0.1) as opened, Network(opened.address, seed=5, **faults) as network:
        agent = opened.join(Agent(network.address, patience=0.2))
        backend = await opened.open()
        assert await played(backend, random.Random(1)) == agent.executed
        assert network.lost > 5
        assert network.copied > 50


async def test_a_reply_that_comes_twice_is_found_out_and_ends_the_connection() -> None:
    async with bridge() as opened, Network(opened.address, replies_doubled=0.02, seed=1) as network:
        opened.join(Agent(network.address))
        backend = await opened.open()
        with pytest.raises(GameGone, match="a reply has come twice"):
            await played(backend, random.Random(2))


async def test_strangers_neither_disturb_nor_are_answered() -> None:
    async with bridge() as opened, strangers(opened.address) as answers:
        agent = opened.join(Agent(opened.address))
        backend = await opened.open()
        assert await played(backend, random.Random(3)) == agent.executed
        unanswered = opened.agents.unanswered
        assert unanswered.unreadable > 10
        assert unanswered.strangers > 10
        assert answers == []


@asynccontextmanager
async def strangers(to: Address) -> AsyncIterator[list[bytes]]:
    """Someone who sends anything at all, all the time; gives what is answered."""
    answers: list[bytes] = []
    endpoint = await open_endpoint("127.0.0.1", 0)
    endpoint.take = lambda data, sender: answers.append(data)
    chance = random.Random(4)
    frames = [
        write_fields({"done": True, "reward": 9.0, "id": "0", "steps": 1}),
        write_fields({"__target__": "envcontrol", "wait_command": "start", "id": "0"}),
        write_fields({"__target__": "envcontrol", "__stop__": "stop", "id": "0"}),
        write_fields({"done": True, "reward": 9.0}),
        b"   9",
        b"",
    ]

    async def send() -> None:
        while True:
            endpoint.send(chance.choice([*frames, chance.randbytes(chance.randrange(200))]), to)
            await asyncio.sleep(0.001)

    sending = asyncio.create_task(send())
    yield answers
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await endpoint.close()
