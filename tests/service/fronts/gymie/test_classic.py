"""Classic Gymie: replies as its code gives them, and for each thing that is wrong its close code and reason."""

import json
import re
from typing import Any

import numpy as np
import pytest

from stepwire_service.catalog.hooked import EnvironmentMalformed, EnvironmentNotFound, InstanceNotFound, WrongAction
from tests.odd_envs import Gated
from tests.service.fronts.gymie.agents import Classic, classic, gymie

COUNTER = "Odd/Counter-v0"


# ── replies ──


async def test_an_episode_has_the_replies_of_gymies_code(agent: Classic) -> None:
    instance = await agent.make("CartPole-v1", seed=7)
    assert re.fullmatch("[0-9a-f]{32}", instance)
    state = await agent.ask("reset", instance_id=instance)
    assert len(state) == 4 and {type(number) for number in state} == {float}
    state, reward, done, info = await agent.ask("step", instance_id=instance, action=1)
    assert (len(state), reward, done, info) == (4, 1.0, False, {})
    assert await agent.text("action_space", instance_id=instance) == '{"name": "Discrete", "n": 2}'
    assert (await agent.ask("observation_space", instance_id=instance))["shape"] == [4]
    assert await agent.ask("action_sample", instance_id=instance) in (0, 1)
    assert await agent.text("close", instance_id=instance) == "true"


async def test_the_readmes_forms_are_there_on_request(address: str) -> None:
    async with classic(address, "?readme=1") as agent:
        instance = (await agent.ask("make", env_id="FrozenLake-v1"))["instance_id"]
        assert await agent.ask("action_space", instance_id=instance) == {"name": "Discreate", "n": 4}


async def test_the_readmes_address_without_a_path_leads_here_too(address: str) -> None:
    async with classic(address, path="/") as agent:
        assert len(await agent.make(COUNTER)) == 32


async def test_done_is_said_of_an_episode_that_ended_and_of_one_that_was_cut_short(agent: Classic) -> None:
    instance = await agent.make(COUNTER, max_episode_steps=2)
    await agent.ask("reset", instance_id=instance)
    steps = [await agent.ask("step", instance_id=instance, action=0) for _ in range(2)]
    assert [step[2] for step in steps] == [False, True]
    assert [step[3].get("TimeLimit.truncated") for step in steps] == [None, True]


async def test_requests_in_a_row_are_answered_in_order(agent: Classic) -> None:
    instance = await agent.make(COUNTER)
    await agent.send("reset", instance_id=instance)
    for _ in range(200):
        await agent.send("step", instance_id=instance, action=0)
    assert [await agent.receive() for _ in range(201)][1:] == [
        f'[{count}, 1, false, {{"action": 0}}]' for count in range(1, 201)
    ]


async def test_continuous_actions_and_samples_are_lists(agent: Classic) -> None:
    instance = await agent.make("MountainCarContinuous-v0")
    await agent.ask("reset", instance_id=instance)
    action = await agent.ask("action_sample", instance_id=instance)
    assert np.array(action).shape == (1,)
    assert len(await agent.ask("step", instance_id=instance, action=action)) == 4


async def test_a_drawing_that_was_asked_for_is_made_after_the_step(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(Gated, "render", lambda self: drawn.append(self.steps))
    async with classic(address) as agent:
        instance = await agent.make("Odd/Gated-v0", render_mode="ansi")
        await agent.ask("reset", instance_id=instance)
        await agent.ask("step", instance_id=instance, action=0, render=True)
        await agent.ask("step", instance_id=instance, action=0)
        undrawable = await agent.make("Odd/Gated-v0")
        await agent.ask("reset", instance_id=undrawable)
        assert (await agent.ask("step", instance_id=undrawable, action=0, render=True))[0] == 1
    assert drawn == [1]


async def test_a_binary_frame_with_json_in_it_is_a_request(agent: Classic) -> None:
    await agent.socket.send(json.dumps({"method": "make", "params": {"env_id": COUNTER}}).encode())
    assert len(await agent.receive()) == 32


# ── what is wrong ──


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ("Wrong JSON", 1003, "Message `Wrong JSON` is invalid"),
        ("", 1003, "Message `` is invalid"),
        ("[]", 1003, "Message `[]` is invalid"),
        ("12", 1003, "Message `12` is invalid"),
        ("null", 1003, "Message `null` is invalid"),
        ('"make"', 1003, 'Message `"make"` is invalid'),
        (b"\xff\xfe", 1003, "Message `��` is invalid"),
        ("[" * 200_000, 1003, "Message `" + "[" * 114),
        ('{"prop": "value"}', 1003, "Message keys ['prop'] are missing or invalid"),
        ('{"method": "make"}', 1003, "Message keys ['method'] are missing or invalid"),
        ("{}", 1003, "Message keys [] are missing or invalid"),
        ('{"method": "zzz", "params": {}}', 1007, "Method `zzz` not found"),
        ('{"method": ["make"], "params": {}}', 1007, "Method `['make']` not found"),
        ('{"method": "__init__", "params": {}}', 1007, "Method `__init__` not found"),
        ('{"method": "make", "params": {}}', 1007, "Parameters `{}` are wrong"),
        ('{"method": "make", "params": []}', 1007, "Parameters `[]` are wrong"),
        ('{"method": "make", "params": null}', 1007, "Parameters `None` are wrong"),
        ('{"method": "make", "params": {"env_id": 1}}', 1007, "Parameters `{'env_id': 1}` are wrong"),
        ('{"method": "make", "params": {"env_id": "malformed"}}', 1007, "Environment `malformed` is malformed"),
        ('{"method": "make", "params": {"env_id": "NotFound-v1"}}', 1007, "Environment `NotFound-v1` not found"),
        ('{"method": "make", "params": {"env_id": "game:none"}}', 1007, "Environment `game:none` not found"),
        ('{"method": "reset", "params": {"instance_id": "x"}}', 1007, "Instance `x` not found"),
        ('{"method": "reset", "params": {"instance_id": 1}}', 1007, "Parameters `{'instance_id': 1}` are wrong"),
        ('{"method": "close", "params": {"instance_id": "x"}}', 1007, "Instance `x` not found"),
        ('{"method": "step", "params": {"instance_id": "x"}}', 1007, "Parameters `{'instance_id': 'x'}` are wrong"),
    ],
)
async def test_what_cannot_be_closes_the_connection_with_its_code_and_reason(
    agent: Classic, message: str | bytes, code: int, reason: str
) -> None:
    await agent.socket.send(message)
    assert await agent.closed() == (code, reason)


@pytest.mark.parametrize(
    "params",
    [
        {"seed": -1},
        {"seed": 1.5},
        {"seed": "7"},
        {"desc": ["SG"]},
        {"render_mode": "human"},
        {"not an identifier": 1},
    ],
)
async def test_parameters_of_make_that_cannot_be_are_wrong(agent: Classic, params: dict[str, Any]) -> None:
    code, reason = await agent.refused("make", env_id="FrozenLake-v1", **params)
    assert code == 1007 and reason.startswith("Parameters `{'env_id': 'FrozenLake-v1', ")


@pytest.mark.parametrize("action", ["left", 9, -1, 0.5, None, [0], {}])
async def test_an_action_outside_the_space_is_wrong(agent: Classic, action: Any) -> None:
    instance = await agent.make(COUNTER)
    await agent.ask("reset", instance_id=instance)
    assert await agent.refused("step", instance_id=instance, action=action) == (1007, f"Action `{action}` is wrong")


async def test_extra_parameters_of_a_step_are_wrong(agent: Classic) -> None:
    instance = await agent.make(COUNTER)
    code, reason = await agent.refused("step", instance_id=instance, action=0, speed=2)
    assert (code, reason[:14]) == (1007, "Parameters `{'")


async def test_a_step_at_the_wrong_time_says_what_to_do(agent: Classic) -> None:
    instance = await agent.make(COUNTER)
    assert await agent.refused("step", instance_id=instance, action=0) == (
        1007, "Unknonwn error: step before the first reset. Call reset() first."
    )  # fmt: skip


async def test_after_an_error_nothing_more_is_executed(address: str) -> None:
    made: list[str] = []

    def get_env(env_id: str) -> Any:
        made.append(env_id)
        raise EnvironmentNotFound

    async with gymie({"get_env": get_env}) as own, classic(own) as agent:
        for name in ("first", "second", "third"):
            await agent.send("make", env_id=name)
        assert (await agent.closed())[1] == "Environment `first` not found"
    assert made == ["first"]


async def test_an_observation_that_json_cannot_say_is_an_error_and_an_info_is_not(agent: Classic) -> None:
    instance = await agent.make("Odd/Uncarriable-v0")
    assert await agent.text("reset", instance_id=instance) == "0"
    code, reason = await agent.refused("step", instance_id=instance, action=0)
    assert code == 1007 and reason.startswith("Unknonwn error: ")


async def test_a_reply_beyond_the_limit_is_an_error() -> None:
    async with gymie(max_message_bytes=20_000) as address, classic(address) as agent:
        instance = await agent.make("Odd/Pixels-v0")
        code, reason = await agent.refused("reset", instance_id=instance)
        assert code == 1007 and "max_message_bytes" in reason


# ── process_step ──


async def stepped(process_step: Any, env_id: str = "CartPole-v1") -> Any:
    """What an agent sees of a step, as a reply or a refusal."""
    async with gymie({"process_step": process_step}) as address, classic(address) as agent:
        instance = await agent.make(env_id, seed=1)
        await agent.ask("reset", instance_id=instance)
        await agent.send("step", instance_id=instance, action=1)
        try:
            return json.loads(await agent.receive())
        except Exception:
            return await agent.closed()


async def test_a_step_is_what_the_users_function_makes_of_it() -> None:
    def process_step(step: Any) -> Any:
        observation, reward, done, _ = step
        return [observation.tolist()[:1], reward * 2, done, {"own": np.float32(1)}]

    state, *rest = await stepped(process_step)
    assert (len(state), *rest) == (1, 2.0, False, {"own": 1.0})


async def test_an_observation_that_is_a_number_has_tolist_for_the_users_function() -> None:
    assert (await stepped(lambda step: (step[0].tolist(), *step[1:]), COUNTER))[0] == 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (WrongAction("7"), "Action `7` is wrong"),
        (EnvironmentNotFound("a"), "Environment `a` not found"),
        (EnvironmentMalformed("a"), "Environment `a` is malformed"),
        (InstanceNotFound("a"), "Instance `a` not found"),
        (KeyError("a"), "Unknonwn error: 'a'"),
        (TypeError("no"), "Unknonwn error: no"),
    ],
)
async def test_what_the_users_function_raises_has_its_reason(error: Exception, reason: str) -> None:
    def process_step(step: Any) -> Any:
        raise error

    assert await stepped(process_step) == (1007, reason)


@pytest.mark.parametrize(
    ("made", "given"), [(None, "a NoneType"), (5, "a int"), ("step", "a str"), ({}, "a dict"), ([1, 2], "2 parts")]
)
async def test_what_is_no_step_says_what_was_expected(made: Any, given: str) -> None:
    assert await stepped(lambda step: made) == (
        1007, f"Unknonwn error: process_step gave {given}, expected [observation, reward, done, info]"
    )  # fmt: skip
