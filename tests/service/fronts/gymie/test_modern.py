"""The second version: results by id, errors with reasons that close nothing, and instances beside each other."""

import asyncio
import base64
import io
import json
from typing import Any

import gymnasium
import numpy as np
import pytest
from PIL import Image

from stepwire_bridge import spaces
from tests.odd_envs import Counter, Gated
from tests.service.fronts.gymie.agents import Modern, Refused, classic, gymie, modern

COUNTER = "Odd/Counter-v0"


async def test_what_is_made_says_what_it_is(newer: Modern) -> None:
    made = await newer.ask("make", env_id="FrozenLake-v1", render_mode="ansi", kwargs={"is_slippery": False})
    assert set(made) == {"instance_id", "observation_space", "action_space", "metadata", "render_mode"}
    assert spaces.read(made["action_space"]) == gymnasium.spaces.Discrete(4)
    assert "ansi" in made["metadata"]["render_modes"] and made["render_mode"] == "ansi"
    of = {"instance_id": made["instance_id"]}
    assert await newer.ask("action_space", **of) == made["action_space"]
    assert await newer.ask("observation_space", **of) == made["observation_space"]


async def test_an_episode_equals_the_local_one(newer: Modern) -> None:
    local = gymnasium.make("CartPole-v1")
    instance = await newer.make("CartPole-v1")
    reset = await newer.ask("reset", instance_id=instance, seed=5)
    assert np.array_equal(np.float32(reset["observation"]), local.reset(seed=5)[0]) and reset["info"] == {}
    for turn in range(100):
        theirs = await newer.ask("step", instance_id=instance, action=turn % 2)
        observation, reward, terminated, truncated, info = local.step(turn % 2)
        assert np.array_equal(np.float32(theirs.pop("observation")), observation)
        assert theirs == {"reward": reward, "terminated": terminated, "truncated": truncated, "info": info}
        if terminated or truncated:
            break
    local.close()


async def test_numbers_and_texts_of_numpy_are_numbers_and_texts() -> None:
    class Numpy(Counter):
        def step(self, action: Any) -> Any:
            info = {"cost": np.float64(0.25), "name": np.str_("left"), "deep": {"parts": [np.float64("inf")]}}
            return 1, np.float64(0.5), np.bool_(True), np.bool_(False), info

    async with gymie({"get_env": lambda env_id: Numpy()}) as address, modern(address) as agent:
        instance = await agent.make("any")
        await agent.ask("reset", instance_id=instance)
        step = await agent.ask("step", instance_id=instance, action=0)
    assert step == {
        "observation": 1, "reward": 0.5, "terminated": True, "truncated": False,
        "info": {"cost": 0.25, "name": "left", "deep": {"parts": [{"$number": "Infinity"}]}},
    }  # fmt: skip


@pytest.mark.parametrize("env_id", ["Pendulum-v1", "Acrobot-v1", "FrozenLake-v1", "Blackjack-v1"])
async def test_envs_of_gymnasium_can_be_stepped(newer: Modern, env_id: str) -> None:
    instance = await newer.make(env_id)
    await newer.ask("reset", instance_id=instance)
    action = await newer.ask("action_sample", instance_id=instance)
    assert "reward" in await newer.ask("step", instance_id=instance, action=action)


async def test_options_and_seeds_reach_the_reset(newer: Modern) -> None:
    instance = await newer.make(COUNTER, seed=3)
    drawn = [
        (await newer.ask("reset", instance_id=instance, **given))["info"]
        for given in ({"options": {"level": {"$number": "9007199254740993"}}}, {"seed": 3}, {"seed": 0})
    ]
    assert drawn[0]["options"] == {"level": {"$number": "9007199254740993"}}
    assert drawn[0]["drawn"] == drawn[1]["drawn"] != drawn[2]["drawn"]


async def test_a_picture_is_a_png_and_a_drawing_is_text(newer: Modern) -> None:
    for mode in ("rgb_array", "ansi"):
        instance = await newer.make(COUNTER, render_mode=mode)
        await newer.ask("reset", instance_id=instance)
        drawn = await newer.ask("render", instance_id=instance)
        if mode == "ansi":
            assert drawn == {"text": "step 0"}
        else:
            picture = Image.open(io.BytesIO(base64.b64decode(drawn["png"])))
            assert np.array_equal(np.asarray(picture), np.zeros((2, 3, 3), np.uint8))


async def test_an_action_is_given_in_the_types_of_its_space(newer: Modern) -> None:
    instance = await newer.make("MountainCarContinuous-v0")
    await newer.ask("reset", instance_id=instance, seed=1)
    local = gymnasium.make("MountainCarContinuous-v0")
    local.reset(seed=1)
    theirs = await newer.ask("step", instance_id=instance, action=[0.1])
    assert np.array_equal(np.float32(theirs["observation"]), local.step(np.float32([0.1]))[0])
    local.close()


async def test_samples_are_in_the_space_and_repeat_with_a_seed(newer: Modern) -> None:
    instance = await newer.make("MountainCarContinuous-v0")
    first, second, again = [
        await newer.ask("action_sample", instance_id=instance, **given) for given in ({"seed": 1}, {}, {"seed": 1})
    ]
    assert first == again != second and -1 <= first[0] <= 1


async def test_what_json_cannot_say_has_the_form_of_the_game_protocol(newer: Modern) -> None:
    made = await newer.ask("make", env_id="CartPole-v1")
    assert made["observation_space"]["low"][1] == {"$number": "-Infinity"}
    assert spaces.read(json.loads(json.dumps(made["action_space"]))) == gymnasium.spaces.Discrete(2)


async def test_the_server_says_what_it_is_and_what_it_has(newer: Modern) -> None:
    await newer.make(COUNTER)
    info = await newer.ask("server_info")
    assert (info["protocol"], info["sessions"], info["draining"]) == (2, 1, False)
    envs = {env["env_id"]: env for env in await newer.ask("list_envs")}
    assert envs["gym:CartPole-v1"]["description"] and envs["gym:CartPole-v1"]["instances"] is None


async def test_nothing_is_listed_that_has_no_single_environment(newer: Modern) -> None:
    listed = [env["env_id"] for env in await newer.ask("list_envs")]
    assert {env_id.partition(":")[0] for env_id in listed} == {"gym"}
    assert await newer.refused("make", env_id="gymvec:CartPole-v1") == "UNSUPPORTED"


# ── what is wrong ──


async def test_errors_have_reasons_and_leave_the_connection_open(newer: Modern) -> None:
    assert await newer.refused("make", env_id="CartPoll-v1") == "UNKNOWN_ENV"
    assert await newer.refused("make", env_id="Odd/Unmakable-v0") == "GAME_FAILED"
    assert await newer.refused("make", env_id=COUNTER, render_mode="human") == "UNSUPPORTED"
    assert await newer.refused("make", env_id="FrozenLake-v1", kwargs={"desc": ["SG"]}) == "INVALID_OPTIONS"
    assert await newer.refused("make", env_id=COUNTER, kwargs={"not one": 1}) == "INVALID_OPTIONS"
    assert await newer.refused("make", env_id=COUNTER, kwargs={"seed": 1}) == "INVALID_OPTIONS"
    assert await newer.refused("make", env_id="Odd/Homemade-v0") == "GAME_NONSENSE"
    instance = await newer.make(COUNTER, kwargs={"max_episode_steps": 1})
    assert await newer.refused("step", instance_id=instance, action=0) == "NOT_RESET"
    await newer.ask("reset", instance_id=instance)
    assert await newer.refused("render", instance_id=instance) == "UNSUPPORTED"
    assert await newer.refused("step", instance_id=instance, action="left") == "INVALID_ACTION"
    await newer.ask("step", instance_id=instance, action=0)
    assert await newer.refused("step", instance_id=instance, action=0) == "EPISODE_OVER"
    assert await newer.ask("close", instance_id=instance) is True
    assert await newer.refused("reset", instance_id=instance) == "UNKNOWN_INSTANCE"
    assert await newer.refused("fly") == "UNKNOWN_METHOD"
    assert (await newer.ask("server_info"))["sessions"] == 0


async def test_an_error_says_what_was_given_and_expected(newer: Modern) -> None:
    instance = await newer.make(COUNTER)
    await newer.ask("reset", instance_id=instance)
    with pytest.raises(Refused) as caught:
        await newer.ask("step", instance_id=instance, action=9)
    assert caught.value.error["data"] == {"field": "action", "given": "9", "expected": "between 0 and 3"}


async def test_a_full_house_says_when_to_come_again() -> None:
    async with gymie(max_sessions=1) as address, modern(address) as agent:
        await agent.make(COUNTER)
        with pytest.raises(Refused) as caught:
            await agent.ask("make", env_id=COUNTER)
    assert caught.value.reason == "AT_CAPACITY"
    assert caught.value.error["data"]["retry_after"] == 1.0


@pytest.mark.parametrize(
    ("message", "request_id", "reason"),
    [
        ("", None, "BAD_REQUEST"),
        ("{", None, "BAD_REQUEST"),
        ("[]", None, "BAD_REQUEST"),
        ("1", None, "BAD_REQUEST"),
        ("null", None, "BAD_REQUEST"),
        (b"\xff", None, "BAD_REQUEST"),
        ("[" * 200_000, None, "BAD_REQUEST"),
        ('{"id": ' + "[" * 200_000, None, "BAD_REQUEST"),
        ("{}", None, "BAD_REQUEST"),
        ('{"id": 7}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": 1}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "fly"}', 7, "UNKNOWN_METHOD"),
        ('{"id": 7, "method": "make"}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "make", "params": []}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "make", "params": {"env_id": 1}}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "make", "params": {"env_id": "a", "seed": -1}}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "make", "params": {"env_id": "a", "speed": 1}}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "step", "params": {"instance_id": "a"}}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "step", "params": {"instance_id": "a", "action": {"$odd": 1}}}', 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "step", "params": {"action": ' + "[" * 900 + "]" * 900 + "}}", 7, "BAD_REQUEST"),
        ('{"id": 7, "method": "reset", "params": {"instance_id": "a"}}', 7, "UNKNOWN_INSTANCE"),
        ('{"id": {"a": ["b"]}, "method": "fly"}', {"a": ["b"]}, "UNKNOWN_METHOD"),
    ],
)
async def test_what_is_no_request_is_answered_with_the_id_it_has(
    address: str, message: str | bytes, request_id: Any, reason: str
) -> None:
    async with classic(address, "?v=2") as agent:
        await agent.socket.send(message)
        reply = json.loads(await agent.receive())
        assert (reply["id"], reply["error"]["reason"]) == (request_id, reason)
        await agent.socket.send('{"id": 8, "method": "server_info"}')
        assert "result" in json.loads(await agent.receive())


async def test_an_observation_that_json_cannot_say_is_nonsense_and_an_info_loses_the_entry(newer: Modern) -> None:
    instance = await newer.make("Odd/Uncarriable-v0")
    assert await newer.ask("reset", instance_id=instance) == {"observation": 0, "info": {"kept": 1}}
    assert await newer.refused("step", instance_id=instance, action=0) == "GAME_NONSENSE"


async def test_a_reply_beyond_the_limit_is_too_large() -> None:
    async with gymie(max_message_bytes=20_000) as address, modern(address) as agent:
        instance = await agent.make("Odd/Pixels-v0")
        assert await agent.refused("reset", instance_id=instance) == "TOO_LARGE"


@pytest.mark.parametrize("action", [1, 4])
async def test_what_an_env_raises_is_its_own_fault(newer: Modern, action: int) -> None:
    instance = await newer.make("Odd/Raising-v0")
    await newer.ask("reset", instance_id=instance)
    assert await newer.refused("step", instance_id=instance, action=action) == "GAME_FAILED"


# ── order ──


async def test_a_slow_instance_holds_up_no_other_of_its_connection(newer: Modern, gated: type[Gated]) -> None:
    slow, quick = await newer.make("Odd/Gated-v0"), await newer.make(COUNTER)
    for instance in (slow, quick):
        await newer.ask("reset", instance_id=instance)
    waiting = newer.begin("step", instance_id=slow, action=1)
    behind = newer.begin("step", instance_id=slow, action=0)
    assert (await newer.ask("step", instance_id=quick, action=0))["observation"] == 1
    assert not waiting.done() and not behind.done()
    gated.gate.set()
    assert [(await step)["observation"] for step in (waiting, behind)] == [1, 2]


async def test_requests_of_one_instance_are_executed_in_the_order_they_came(newer: Modern) -> None:
    instance = await newer.make(COUNTER)
    begun = [newer.begin("reset", instance_id=instance)]
    begun += [newer.begin("step", instance_id=instance, action=0) for _ in range(300)]
    begun += [newer.begin("close", instance_id=instance), newer.begin("reset", instance_id=instance)]
    done = await asyncio.gather(*begun, return_exceptions=True)
    assert [step["observation"] for step in done[1:-2]] == list(range(1, 301))
    assert done[-2] is True
    assert isinstance(done[-1], Refused) and done[-1].reason == "UNKNOWN_INSTANCE"
