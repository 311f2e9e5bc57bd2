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
from tests.contract.doors import DOORS, Door, Refused, ask, new_key, players, reset, step
from tests.service.fronts.gymie.agents import Modern, modern
from tests.service.harness import ANYWHERE, Caller, error_info, reason, served, serving

COUNTER = "gym:Odd/Counter-v0"


@pytest.fixture(params=[(), ("gym:*",)], ids=["in threads", "on the loop"])
async def caller(request: pytest.FixtureRequest) -> AsyncIterator[Caller]:
    async with served(max_envs_per_session=8, max_sessions=3, inline=request.param) as caller:
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


# ── asynchronous batches ──


async def send(door: Door, actions: list[int], env_ids: list[int]) -> None:
    await ask(door, "Send", action=encode_value(np.array(actions)), env_ids=env_ids)


async def test_an_asynchronous_batch_gives_every_copy_the_steps_of_an_env_of_its_own(door: Door) -> None:
    locals_ = [gymnasium.make("CartPole-v1") for _ in range(4)]
    await door.make("gym:CartPole-v1", num_envs=4, batch_size=2)
    assert (door.made.spaces.num_envs, door.made.spaces.batch_size) == (4, 2)
    first = decode_value((await ask(door, "Reset", seeds=[pb.Seed(value=copy) for copy in range(4)])).observation)
    for copy, local in enumerate(locals_):
        assert np.array_equal(first[copy], local.reset(seed=copy)[0])
    over = [False] * 4
    actions = dict.fromkeys(range(4), 1)
    await send(door, list(actions.values()), list(actions))
    for turn in range(60):
        received = await ask(door, "Recv")
        for row, copy in enumerate(received.env_ids):
            local = locals_[copy]
            theirs = (local.reset()[0], 0.0, False, False) if over[copy] else local.step(actions[copy])
            assert np.array_equal(decode_value(received.observation)[row], theirs[0])
            assert np.frombuffer(received.rewards)[row] == theirs[1]
            over[copy] = theirs[2] or theirs[3]
            assert bool(received.terminations[row]) == theirs[2]
            actions[copy] = (turn + copy) % 2
        await send(door, [actions[copy] for copy in received.env_ids], list(received.env_ids))
    for local in locals_:
        local.close()


async def test_a_send_and_a_recv_that_come_again_are_answered_again_and_not_executed_again(door: Door) -> None:
    await door.make(COUNTER, num_envs=2, batch_size=1)
    await reset(door)
    request = {"action": encode_value(np.array([0, 0])), "env_ids": [0, 1]}
    assert await door.ask(2, 1, "Send", **request) == await door.ask(2, 1, "Send", **request)
    received = await door.ask(3, 2, "Recv")
    assert await door.ask(3, 2, "Recv") == received
    assert list((await door.ask(4, 3, "Recv")).env_ids) == [1 - received.env_ids[0]]


async def test_what_must_not_be_done_with_an_asynchronous_batch_has_a_reason_each(door: Door) -> None:
    await door.make(COUNTER, num_envs=2, batch_size=1)
    assert await refused(send(door, [0], [0])) == "NOT_RESET"
    assert await refused(ask(door, "Recv")) == "NOT_RESET"
    await reset(door)
    await send(door, [0], [0])
    assert await refused(send(door, [0], [0])) == "INVALID_OPTIONS"
    assert await refused(send(door, [0], [2])) == "INVALID_OPTIONS"
    assert await refused(send(door, [7], [1])) == "INVALID_ACTION"
    assert await refused(step(door, np.array([0, 0]))) == "UNSUPPORTED"
    assert await refused(ask(door, "Render")) == "UNSUPPORTED"
    assert list((await ask(door, "Recv")).env_ids) == [0]


async def test_sending_to_a_batch_that_steps_together_is_unsupported(door: Door) -> None:
    await door.make(COUNTER, num_envs=2)
    await reset(door)
    assert await refused(send(door, [0], [0])) == "UNSUPPORTED"
    assert await refused(ask(door, "Recv")) == "UNSUPPORTED"
    await step(door, np.array([0, 0]))


async def test_an_asynchronous_batch_that_cannot_be_has_a_reason(door: Door) -> None:
    assert await refused(door.make(COUNTER, num_envs=2, batch_size=3)) == "INVALID_OPTIONS"
    assert await refused(door.make(COUNTER, batch_size=1)) == "INVALID_OPTIONS"
    disabled = pb.AUTORESET_MODE_DISABLED
    assert await refused(door.make(COUNTER, num_envs=2, batch_size=1, autoreset_mode=disabled)) == "UNSUPPORTED"
    assert await refused(door.make(COUNTER, num_envs=2, batch_size=1, render_mode="ansi")) == "UNSUPPORTED"


# ── the same through every front, Gymie's among them, whose requests have no numbers ──


@pytest.mark.parametrize("env_id", ["gym:FrozenLake-v1", "gym:CartPole-v1"])
async def test_every_front_gives_the_same_episodes_as_a_plain_call(env_id: str) -> None:
    space = gymnasium.make(env_id.removeprefix("gym:")).action_space
    space.seed(1)
    actions = [int(space.sample()) for _ in range(120)]
    async with serving(gymie_address=ANYWHERE) as server, players(server) as all_of_them:
        episodes = {}
        for name, player in all_of_them.items():
            await player.make(env_id, seed=4)
            seen: list[Any] = [np.asarray(await player.reset(), np.float32)]
            for action in actions:
                played = await player.step(action)
                over = bool(played.terminated or played.truncated)
                seen += [np.asarray(played.observation, np.float32), float(played.reward), over]
                if played.truncated is not None and name != "local":
                    assert (played.terminated, played.truncated).count(True) == over
                if over:
                    seen.append(np.asarray(await player.reset(), np.float32))
            episodes[name] = seen
    assert sum(entry is True for entry in episodes["local"]) > 2
    for name, episode in episodes.items():
        assert data_equivalence(episode, episodes["local"], exact=True), name


@pytest.fixture(params=[(), ("gym:*",)], ids=["in threads", "on the loop"])
async def newer(request: pytest.FixtureRequest) -> AsyncIterator[Modern]:
    async with (
        serving(gymie_address=ANYWHERE, max_sessions=3, inline=request.param) as server,
        modern(server.gymie_address) as agent,
    ):
        yield agent


async def test_what_an_agent_of_gymies_second_version_must_not_do_has_the_same_reasons(newer: Modern) -> None:
    of = {"instance_id": await newer.make(COUNTER, kwargs={"max_episode_steps": 1})}
    assert await newer.refused("step", **of, action=0) == "NOT_RESET"
    assert await newer.refused("render", **of) == "UNSUPPORTED"
    await newer.ask("reset", **of)
    assert await newer.refused("step", **of, action=-1) == "INVALID_ACTION"
    assert await newer.refused("step", **of, action="left") == "INVALID_ACTION"
    await newer.ask("step", **of, action=0)
    assert await newer.refused("step", **of, action=0) == "EPISODE_OVER"
    await newer.ask("reset", **of)
    await newer.ask("step", **of, action=0)


async def test_what_an_agent_of_gymies_second_version_cannot_make_has_the_same_reasons(newer: Modern) -> None:
    assert await newer.refused("make", env_id="gym:CartPoll-v1") == "UNKNOWN_ENV"
    assert await newer.refused("make", env_id="gym:Odd/Unmakable-v0") == "GAME_FAILED"
    assert await newer.refused("make", env_id=COUNTER, kwargs={"unheard": 1}) == "INVALID_OPTIONS"
    for _ in range(3):
        await newer.make(COUNTER)
    assert await newer.refused("make", env_id=COUNTER) == "AT_CAPACITY"


async def test_an_agent_of_gymies_second_version_waits_for_a_game_as_long_as_anybody() -> None:
    async with serving(gymie_address=ANYWHERE, make_deadline=0.1) as server, modern(server.gymie_address) as agent:
        assert await agent.refused("make", env_id="game:nobody") == "NO_GAME_WAITING"
