"""What every front must do: the same answers and the same refusals, whichever way a request goes in."""

from collections.abc import AsyncIterator
from typing import Any

import gymnasium
import numpy as np
import pytest
from google.rpc import code_pb2
from gymnasium.utils.env_checker import data_equivalence

from stepwire.codec import decode_map, decode_space, decode_value, encode_value
from stepwire.v1 import env_service_pb2 as pb
from tests.contract.doors import DOORS, Door, Refused, ask, new_key, reset, step
from tests.service.harness import Caller, error_info, reason, served

COUNTER = "gym:Odd/Counter-v0"


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    async with served(max_envs_per_session=8, max_sessions=3) as caller:
        yield caller


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, caller: Caller) -> Door:
    return DOORS[request.param](caller)


async def refused(call: Any) -> str:
    """The reason of a call that must fail."""
    with pytest.raises(Refused) as caught:
        await call
    return reason(caught.value.status)


async def test_an_episode_equals_the_local_one(door: Door) -> None:
    local = gymnasium.make("FrozenLake-v1")
    local.action_space.seed(1)
    await door.make("gym:FrozenLake-v1")
    assert decode_space(door.made.spaces.observation_space) == local.observation_space
    first = await reset(door, seed=4)
    assert data_equivalence((decode_value(first.observation), decode_map(first.info)), local.reset(seed=4), exact=True)
    for _ in range(50):
        action = local.action_space.sample()
        theirs = await step(door, action)
        carried = (
            decode_value(theirs.observation),
            decode_value(theirs.reward),
            theirs.terminated,
            theirs.truncated,
            decode_map(theirs.info),
        )
        assert data_equivalence(carried, local.step(action), exact=True)
        if theirs.terminated or theirs.truncated:
            await reset(door)
            local.reset()
    local.close()


async def test_a_batch_equals_sync_vector_env(door: Door) -> None:
    local = gymnasium.vector.SyncVectorEnv([lambda: gymnasium.make("CartPole-v1")] * 3)
    local.action_space.seed(1)
    await door.make("gym:CartPole-v1", num_envs=3)
    first = await ask(door, "Reset", seeds=[pb.Seed(value=7), pb.Seed(value=8), pb.Seed(value=9)])
    assert np.array_equal(decode_value(first.observation), local.reset(seed=7)[0])
    for _ in range(60):
        action = local.action_space.sample()
        theirs = await step(door, action)
        observation, rewards, terminations, truncations, infos = local.step(action)
        assert np.array_equal(decode_value(theirs.observation), observation)
        assert theirs.rewards == rewards.tobytes()
        assert (theirs.terminations, theirs.truncations) == (terminations.tobytes(), truncations.tobytes())
        assert data_equivalence(decode_map(theirs.info), infos, exact=True)
    local.close()


async def test_a_request_that_comes_again_is_answered_again_and_not_executed_again(door: Door) -> None:
    await door.make(COUNTER)
    await reset(door)
    first = await door.ask(2, 0, "Step", action=encode_value(1))
    again = await door.ask(2, 0, "Step", action=encode_value(1))
    assert first == again
    third = await door.ask(3, 2, "Step", action=encode_value(1))
    assert decode_value(third.observation) == 2


async def test_a_refusal_that_comes_again_is_the_same_refusal(door: Door) -> None:
    await door.make(COUNTER)
    for _ in range(2):
        assert await refused(door.ask(1, 0, "Step", action=encode_value(0))) == "NOT_RESET"
    await door.ask(2, 0, "Reset")
    assert await refused(door.ask(1, 0, "Step", action=encode_value(0))) == "NOT_RESET"


@pytest.mark.parametrize(("number", "acked"), [(0, 0), (3, 0), (2, 2), (1, 1), (2, 9)])
async def test_numbers_out_of_order_are_refused_and_disturb_nothing(door: Door, number: int, acked: int) -> None:
    await door.make(COUNTER)
    await reset(door)
    if number == 1:
        await step(door, 0)
    assert await refused(door.ask(number, acked, "Step", action=encode_value(0))) == "OUT_OF_ORDER"
    await step(door, 0)


async def test_what_a_trainer_must_not_do_has_a_reason_each(door: Door) -> None:
    await door.make(COUNTER, kwargs={"max_episode_steps": 1})
    assert await refused(step(door, 0)) == "NOT_RESET"
    assert await refused(ask(door, "Render")) == "UNSUPPORTED"
    await reset(door)
    assert await refused(step(door, -1)) == "INVALID_ACTION"
    assert await refused(step(door, "left")) == "INVALID_ACTION"
    assert await refused(ask(door, "Reset", seeds=[pb.Seed(), pb.Seed()])) == "INVALID_OPTIONS"
    await step(door, 0)
    assert await refused(step(door, 0)) == "EPISODE_OVER"
    await reset(door)
    await step(door, 0)


async def test_a_make_that_cannot_be_has_a_reason_and_leaves_nothing(door: Door) -> None:
    assert await refused(door.make("gym:CartPoll-v1")) == "UNKNOWN_ENV"
    assert await refused(door.make("gym:Odd/Unmakable-v0")) == "GAME_FAILED"
    assert await refused(door.make(COUNTER, num_envs=9)) == "TOO_LARGE"
    assert await refused(door.make(COUNTER, make_key=b"")) == "INVALID_OPTIONS"
    await door.make(COUNTER)


async def test_a_full_house_is_at_capacity(door: Door, caller: Caller) -> None:
    for _ in range(3):
        await DOORS["unary"](caller).make(COUNTER)
    with pytest.raises(Refused) as caught:
        await door.make(COUNTER)
    assert caught.value.status.code == code_pb2.RESOURCE_EXHAUSTED
    assert error_info(caught.value.status).metadata["setting"] == "max_sessions"


async def test_the_same_make_key_gives_the_same_session(door: Door, caller: Caller) -> None:
    key = new_key()
    await door.make(COUNTER, make_key=key)
    first = door.made
    other = DOORS["unary"](caller)
    await other.make(COUNTER, make_key=key)
    assert other.made == first


async def test_a_closed_session_makes_room(door: Door, caller: Caller) -> None:
    for _ in range(2):
        await DOORS["unary"](caller).make(COUNTER)
    for _ in range(3):
        door.number = 0
        await door.make(COUNTER)
        await ask(door, "Close")
