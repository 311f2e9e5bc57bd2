"""Instances belong to their connection: from it alone they can be used, and with it they end."""

import asyncio
from typing import Any

import pytest

from tests.odd_envs import Gated
from tests.service.fronts.gymie.agents import Classic, Modern, Refused, classic, gymie, modern, sessions_left

COUNTER = "Odd/Counter-v0"


@pytest.mark.parametrize("open_", [classic, modern])
async def test_instances_end_with_their_connection(address: str, newer: Modern, open_: Any) -> None:
    async with open_(address) as agent:
        for _ in range(3):
            await agent.make(COUNTER)
        await sessions_left(newer, 3)
    await sessions_left(newer, 0)


async def test_nothing_is_looked_for_under_an_id_without_end(newer: Modern) -> None:
    assert await newer.refused("make", env_id="x" * 4096) == "UNKNOWN_ENV"
    assert await newer.refused("make", env_id="x" * 4097) == "INVALID_OPTIONS"


async def test_an_instance_of_another_connection_is_not_found(address: str, agent: Classic, newer: Modern) -> None:
    instance = await agent.make(COUNTER)
    async with classic(address) as other:
        assert await other.refused("reset", instance_id=instance) == (1007, f"Instance `{instance}` not found")
    for method in ("reset", "close", "action_space", "action_sample"):
        assert await newer.refused(method, instance_id=instance) == "UNKNOWN_INSTANCE"
    assert await agent.text("reset", instance_id=instance) == "0"


async def test_an_instance_whose_make_outlives_its_connection_is_given_up(
    address: str, newer: Modern, gated: type[Gated]
) -> None:
    async with modern(address) as agent:
        making = agent.begin("make", env_id="Odd/SlowToMake-v0")
        await sessions_left(newer, 1)
        making.cancel()
    gated.gate.set()
    await sessions_left(newer, 0)
    assert await asyncio.to_thread(gated.closed.wait, 10)


async def test_a_step_under_way_ends_with_its_connection(address: str, newer: Modern, gated: type[Gated]) -> None:
    async with classic(address) as agent:
        instance = await agent.make("Odd/Gated-v0")
        await agent.ask("reset", instance_id=instance)
        await agent.send("step", instance_id=instance, action=2)
        assert await asyncio.to_thread(gated.arrived.wait, 10)
    await sessions_left(newer, 0)


async def test_a_seed_of_make_is_for_the_next_reset_and_zero_is_one(newer: Modern) -> None:
    drawn = []
    for given in ({"seed": 0}, {"seed": 0}, {"seed": 7}):
        instance = await newer.make(COUNTER, **given)
        drawn.append([(await newer.ask("reset", instance_id=instance))["info"]["drawn"] for _ in range(3)])
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(set(drawn[0])) > 1  # the seed begins a stream, and does not repeat one episode


@pytest.mark.parametrize(
    ("env_id", "meant"),
    [
        ("NotFound-v1", "gym:NotFound-v1"),
        ("gym:NotFound-v1", "gym:NotFound-v1"),
        ("module:NotFound-v1", "gym:module:NotFound-v1"),
        ("udp:none", "udp:none"),
        ("gym", "gym:gym"),
    ],
)
async def test_an_id_without_a_known_prefix_is_gymnasiums(newer: Modern, env_id: str, meant: str) -> None:
    with pytest.raises(Refused) as caught:
        await newer.make(env_id)
    assert (caught.value.reason, caught.value.error["data"]["env_id"]) == ("UNKNOWN_ENV", meant)


async def test_a_connection_that_is_open_keeps_its_instances_however_long_nobody_asks() -> None:
    async with gymie(idle_time=0.1, grace_time=0.0) as address, classic(address) as agent:
        instance = await agent.make(COUNTER)
        await agent.ask("reset", instance_id=instance)
        async with modern(address) as other:
            await other.make(COUNTER)
            await asyncio.sleep(0.4)  # as long as the sweeper needs to come by several times
        assert (await agent.ask("step", instance_id=instance, action=0))[0] == 1


async def test_drawing_actions_does_not_disturb_the_env(newer: Modern) -> None:
    first, second = [await newer.make("CartPole-v1", seed=3) for _ in range(2)]
    for _ in range(5):
        await newer.ask("action_sample", instance_id=first, seed=1)
    states = [await newer.ask("reset", instance_id=instance) for instance in (first, second)]
    assert states[0] == states[1]


async def test_an_instance_that_was_closed_makes_room() -> None:
    async with gymie(max_sessions=2) as address, modern(address) as agent:
        for _ in range(5):
            assert await agent.ask("close", instance_id=await agent.make(COUNTER)) is True
