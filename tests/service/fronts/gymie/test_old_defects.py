"""What was wrong with Gymie-Server, each defect shown to be gone; the names are the defects'."""

import asyncio
import json
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium import spaces

from stepwire_service import gymie as guide
from stepwire_service.settings import ConfigError, Settings
from tests.odd_envs import Counter, Gated
from tests.service.fronts.gymie.agents import Classic, Modern, classic, gymie, modern, sessions_left

COUNTER = "Odd/Counter-v0"


@pytest.mark.parametrize("message", ["[1, 2]", "7", "null", "true", '"text"'])
async def test_json_that_is_no_object_dropped_the_connection_without_a_close_frame(
    agent: Classic, message: str
) -> None:
    await agent.socket.send(message)
    assert await agent.closed() == (1003, f"Message `{message}` is invalid")


@pytest.mark.parametrize("env_id", ["x" * 500, "é" * 200, "x" + "😀" * 100])
async def test_a_reason_longer_than_a_close_frame_dropped_the_connection_without_a_code(
    agent: Classic, env_id: str
) -> None:
    code, reason = await agent.refused("make", env_id=env_id)
    assert code == 1007 and f"Environment `{env_id}`".startswith(reason) and len(reason.encode()) >= 120


async def test_a_rejected_action_of_ten_floats_dropped_the_connection_without_a_code(agent: Classic) -> None:
    instance = await agent.make("Pendulum-v1")
    await agent.ask("reset", instance_id=instance)
    code, reason = await agent.refused("step", instance_id=instance, action=[0.123456789012345] * 10)
    assert code == 1007 and reason.startswith("Action `[0.123456789012345, ")


@pytest.mark.parametrize("error", [KeyError("position"), TypeError("not that")])
async def test_a_key_error_or_type_error_of_an_env_was_taken_for_one_of_the_request(error: Exception) -> None:
    class Failing(Counter):
        def reset(self, **_: Any) -> Any:
            raise error

    async with gymie({"get_env": lambda env_id: Failing()}) as address, classic(address) as agent:
        instance = await agent.make("any")
        code, reason = await agent.refused("reset", instance_id=instance)
    assert (code, reason) == (1007, f"Unknonwn error: {type(error).__name__}: {error}")


async def test_numpy_numbers_in_reward_and_info_were_taken_for_wrong_parameters() -> None:
    class Numpy(Counter):
        def step(self, action: Any) -> Any:
            return 1, np.float32(0.5), np.bool_(True), np.bool_(False), {"speed": np.float32(2), "at": np.arange(2)}

    async with gymie({"get_env": lambda env_id: Numpy()}) as address, classic(address) as agent:
        instance = await agent.make("any")
        await agent.ask("reset", instance_id=instance)
        step = await agent.ask("step", instance_id=instance, action=0)
    assert step == [1, 0.5, True, {"speed": 2.0, "at": [0, 1]}]


@pytest.mark.parametrize("env_id", ["FrozenLake-v1", "CliffWalking-v1", "Blackjack-v1"])
async def test_envs_whose_observations_are_no_arrays_could_not_be_used(agent: Classic, env_id: str) -> None:
    instance = await agent.make(env_id)
    await agent.ask("reset", instance_id=instance)
    action = await agent.ask("action_sample", instance_id=instance)
    assert len(await agent.ask("step", instance_id=instance, action=action)) == 4


async def test_the_seed_zero_was_ignored(agent: Classic) -> None:
    states = []
    for _ in range(2):
        instance = await agent.make("CartPole-v1", seed=0)
        states.append(await agent.ask("reset", instance_id=instance))
    local = gymnasium.make("CartPole-v1")
    assert states[0] == states[1] == local.reset(seed=0)[0].tolist()
    local.close()


async def test_a_step_was_drawn_before_it_was_taken() -> None:
    drawn: list[int] = []

    class Drawn(Counter):
        def render(self) -> str:
            drawn.append(self.steps)
            return ""

    async with gymie({"get_env": lambda env_id: Drawn("ansi")}) as address, classic(address) as agent:
        instance = await agent.make("any")
        await agent.ask("reset", instance_id=instance)
        await agent.ask("step", instance_id=instance, action=0, render=True)
    assert drawn == [1]


async def test_every_failure_of_a_step_was_called_a_wrong_action(gated: type[Gated]) -> None:
    async with gymie(step_deadline=0.1) as address, classic(address) as agent:
        instance = await agent.make("Odd/Gated-v0")
        await agent.ask("reset", instance_id=instance)
        code, reason = await agent.refused("step", instance_id=instance, action=1)
    assert code == 1007 and reason.startswith("Unknonwn error: ") and "did not answer step within 0.1 s" in reason


async def test_instances_outlived_their_connection_and_could_be_driven_from_another(
    address: str, newer: Modern
) -> None:
    async with classic(address) as first:
        instance = await first.make(COUNTER)
        async with classic(address) as second:
            assert await second.refused("reset", instance_id=instance) == (1007, f"Instance `{instance}` not found")
        assert await first.text("reset", instance_id=instance) == "0"
    await sessions_left(newer, 0)


async def test_a_slow_step_blocked_all_clients(address: str, gated: type[Gated]) -> None:
    async with classic(address) as slow, classic(address) as quick:
        instance = await slow.make("Odd/Gated-v0")
        await slow.ask("reset", instance_id=instance)
        await slow.send("step", instance_id=instance, action=2)
        assert await asyncio.to_thread(gated.arrived.wait, 10)
        other = await quick.make(COUNTER)
        assert await quick.text("reset", instance_id=other) == "0"
        gated.gate.set()
        await slow.receive()


def test_everybody_could_come_in_without_a_word() -> None:
    assert Settings().gymie_address == ""
    with pytest.raises(ConfigError, match=r"gymie_address 0\.0\.0\.0:0 .*--token-file"):
        guide.start("0.0.0.0", 0)


async def test_there_was_no_limit_on_instances() -> None:
    async with gymie(max_sessions=3) as address, classic(address) as agent:
        for _ in range(3):
            await agent.make(COUNTER)
        code, reason = await agent.refused("make", env_id=COUNTER)
    assert code == 1007 and "limit of sessions: 3 (max_sessions)" in reason


async def test_any_keyword_argument_reached_the_constructor(agent: Classic, tmp_path: Path) -> None:
    code, reason = await agent.refused("make", env_id="FrozenLake-v1", desc=["SFFFFFFG"] * 2)
    assert code == 1007 and reason.startswith("Parameters `{")


async def test_a_message_could_have_any_size() -> None:
    async with gymie(max_message_bytes=1024) as address, classic(address) as agent:
        await agent.socket.send("[" * 2000)
        assert (await agent.closed())[0] == 1009


@pytest.mark.parametrize("name", ["", "D", "crete"])
async def test_a_space_whose_name_was_a_part_of_discrete_was_taken_for_one(name: str) -> None:
    kind = type(name, (spaces.Space,), {"sample": lambda self, mask=None: 0, "contains": lambda self, value: True})

    class Odd(Counter):
        action_space = kind()

    async with gymie({"get_env": lambda env_id: Odd()}) as address, classic(address) as agent:
        instance = await agent.make("any")
        assert await agent.ask("action_space", instance_id=instance) == {"name": name}


async def test_two_requests_at_a_time_lost_a_reply(newer: Modern) -> None:
    instances = [await newer.make(COUNTER) for _ in range(4)]
    resets = [newer.begin("reset", instance_id=instance, seed=seed) for seed, instance in enumerate(instances)]
    drawn = [reset["info"]["drawn"] for reset in await asyncio.gather(*resets)]
    local = Counter()
    assert drawn == [local.reset(seed=seed)[1]["drawn"] for seed in range(4)]


async def test_numbers_that_are_not_finite_were_no_json(address: str) -> None:
    class Endless(Counter):
        observation_space = spaces.Box(-np.inf, np.inf, (2,))

        def reset(self, **_: Any) -> Any:
            return np.float32([np.inf, np.nan]), {}

    def strict(constant: str) -> Any:
        raise AssertionError(f"{constant} is no JSON")

    async with gymie({"get_env": lambda env_id: Endless()}) as own, classic(own) as agent:
        instance = await agent.make("any")
        for method in ("observation_space", "reset"):
            json.loads(await agent.text(method, instance_id=instance), parse_constant=strict)
    async with gymie({"get_env": lambda env_id: Endless()}) as own, modern(own) as newer:
        instance = await newer.make("any")
        reset = await newer.ask("reset", instance_id=instance)
        assert reset["observation"] == [{"$number": "Infinity"}, {"$number": "NaN"}]


def test_the_exception_of_the_guides_example_could_not_be_found() -> None:
    names: dict[str, Any] = {}
    exec("from stepwire_service.gymie import *", names)  # as the guide's programs do
    assert {"start", "override", "EnvironmentNotFound", "EnvironmentMalformed"} <= names.keys()
    assert {"InstanceNotFound", "WrongAction"} <= names.keys()
